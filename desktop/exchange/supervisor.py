"""Reading files in a worker process that may die, hang or run out of memory without harm.

One worker reads one file at a time and is started again after a death: a process pool would break with it.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop.errors import EnvironmentFault
from desktop.exchange.filereading import FileReading, Refusal, refused
from desktop.exchange.safety import Refused, read_limited
from desktop.exchange.sealed_reading import read_sealed
from desktop.exchange.transport import reading_from_bytes
from desktop.exchange.trust import Trusted
from desktop.exchange.worker import END, READY, work
from desktop.model.plan import Plan

_TICK = 0.1
_START_SECONDS = 60.0
_END_SECONDS = 2.0
_LARGEST_ANSWER = 256 << 20


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What one file may cost: seconds of wall clock and bytes of address space."""

    seconds: float = 20.0
    memory: int = 1 << 30


class _Late(Exception):
    """The worker didn't answer in time."""


class _Cancelled(Exception):
    """Somebody doesn't want the answer any more."""


class FileReader:
    """Reads files one after another in one worker process, restarted after a death; a context manager.

    It may be used from one thread at a time. Every file gives a reading, whatever becomes of the worker.
    """

    def __init__(
        self, plans: Sequence[Plan], limits: WorkerLimits | None = None, trusted: Trusted | None = None
    ) -> None:
        self._plans = tuple(plans)
        self._trusted = trusted or Trusted()
        self._limits = limits or WorkerLimits()
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, path: Path, cancelled: Callable[[], bool] | None = None) -> FileReading | None:
        """The reading of one file; None if `cancelled` said so meanwhile.

        A file whose seal holds needs no worker: nothing of it is parsed before its signature is verified.
        Raises EnvironmentFault if no worker can be started.
        """
        stop = cancelled or _never
        untouched = self._untouched(path)
        if untouched is not None:
            return untouched
        try:
            connection = self._started(stop)
            connection.send_bytes(os.fsencode(path.absolute()))
            return reading_from_bytes(self._answer(connection, self._limits.seconds, stop))
        except _Cancelled:
            self._kill()
            return None
        except _Late:
            self._kill()
            return _given_up(path, Refusal("exchange.too_slow", {"seconds": f"{self._limits.seconds:g}"}))
        except (EOFError, OSError, ValueError, KeyError, TypeError):
            # the pipe broke, or what came through it was no reading
            self._kill()
            return _given_up(path, Refusal("exchange.worker_died"))

    def _untouched(self, path: Path) -> FileReading | None:
        """The reading of a sealed file; None for all others, for which the worker has a word too."""
        try:
            return read_sealed(read_limited(path), path.name, self._plans, self._trusted)
        except (Refused, EnvironmentFault):
            return None

    def close(self) -> None:
        """End the worker."""
        if self._connection is not None and self._process is not None:
            with suppress(OSError):
                self._connection.send_bytes(END)
            self._process.join(_END_SECONDS)
        self._kill()

    def _started(self, stop: Callable[[], bool]) -> Connection:
        """The pipe to a worker that is ready."""
        if self._connection is not None:
            return self._connection
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=work, args=(theirs, self._limits.memory), name="zhibao-reader", daemon=True
        )
        process.start()
        theirs.close()
        self._process, self._connection = process, ours
        try:
            ready = self._answer(ours, _START_SECONDS, stop) == READY
            # not as an argument: that goes through a pipe which a plan overfills; a worker that died before
            # reading it would leave us writing for ever
            ours.send((self._plans, self._trusted))
        except (EOFError, OSError, _Late):
            ready = False
        if not ready:
            self._kill()
            raise EnvironmentFault(
                "exchange.worker_not_started",
                "读取文件的程序无法启动。",
                "请关闭其他程序后重试，或重新启动电脑。",
            )
        return ours

    def _answer(self, connection: Connection, seconds: float, stop: Callable[[], bool]) -> bytes:
        """What the worker says next; raises EOFError if it dies instead."""
        assert self._process is not None  # started before anything is asked
        deadline = time.monotonic() + seconds
        while True:
            ready = wait([connection, self._process.sentinel], timeout=_TICK)
            if connection in ready or (ready and connection.poll()):
                return connection.recv_bytes(_LARGEST_ANSWER)
            if ready:
                raise EOFError
            if stop():
                raise _Cancelled
            if time.monotonic() > deadline:
                raise _Late

    def _kill(self) -> None:
        """End the worker without asking it, and forget it."""
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._connection = None


def read_files(
    paths: Iterable[Path],
    plans: Sequence[Plan],
    *,
    cancelled: Callable[[], bool] | None = None,
    limits: WorkerLimits | None = None,
    trusted: Trusted | None = None,
) -> Iterator[FileReading]:
    """The reading of each file in order, until `cancelled` says so.

    There is exactly one reading per path, so that progress is counting them.
    """
    stop = cancelled or _never
    with FileReader(plans, limits, trusted) as reader:
        for path in paths:
            reading = None if stop() else reader.read(path, stop)
            if reading is None:
                return
            yield reading


def _never() -> bool:
    return False


def _given_up(path: Path, refusal: Refusal) -> FileReading:
    """The reading of a file that the worker didn't survive; its bytes are still named."""
    try:
        content = read_limited(path)
    except (Refused, EnvironmentFault):
        return refused(path.name, "", 0, refusal)
    return refused(path.name, hashlib.sha256(content).hexdigest(), len(content), refusal)
