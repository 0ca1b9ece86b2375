"""Reading files in a worker process that may die, hang or run out of memory without harm.

One worker reads one file at a time and is started again after a death: a process pool would break with it.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from desktop.errors import EnvironmentFault
from desktop.exchange.format.filereading import FileReading, Refusal, refused
from desktop.exchange.guarded.transport import reading_from_bytes, source_to_json, walked_from_bytes
from desktop.exchange.guarded.worker import END, MANIFEST, READ, READY, SHEETS, WALK, WORDS, work
from desktop.exchange.parsing.answers import NO_ANSWER
from desktop.exchange.parsing.foreign_sheets import ForeignSheet, sheets_from_bytes
from desktop.exchange.parsing.safety import Refused, read_limited
from desktop.exchange.parsing.sources import Source, Walked
from desktop.exchange.parsing.word_text import words_from_bytes
from desktop.exchange.reading.manifest_sheet import manifest_from_bytes
from desktop.exchange.signing.sealed_reading import read_sealed
from desktop.exchange.signing.trust import Trusted
from desktop.frozen import teach_multiprocessing
from desktop.model.plan import Plan

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Pipe
else:
    from multiprocessing.connection import Connection as Pipe

if TYPE_CHECKING:
    from desktop.exchange.guarded.job_object import Job

_TICK = 0.1
_START_SECONDS = 60.0
_END_SECONDS = 2.0
_LARGEST_ANSWER = 256 << 20
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What one file may cost: seconds of wall clock and bytes of address space."""

    seconds: float = 15.0
    memory: int = 1 << 30


class _Late(Exception):
    """The worker didn't answer in time."""


class _Lost(Exception):
    """The worker didn't survive its task; `refusal` says so of the file."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


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
        self._connection: Pipe | None = None
        self._job: Job | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, file: Path | Source, cancelled: Callable[[], bool] | None = None) -> FileReading | None:
        """The reading of one file; None if `cancelled` said so meanwhile.

        A sealed file on the disk needs no worker: nothing of it is parsed before its signature is verified.
        Raises EnvironmentFault if no worker can be started.
        """
        source = file if isinstance(file, Source) else Source.on_disk(file)
        untouched = self._untouched(source)
        if untouched is not None:
            return untouched
        try:
            return reading_from_bytes(self._ask(READ, source, cancelled))
        except _Cancelled:
            return None
        except _Lost as lost:
            return self._given_up(source, lost.refusal)
        except NO_ANSWER:
            self._kill()
            return self._given_up(source, Refusal("exchange.worker_died"))

    def walk(self, archive: Path, cancelled: Callable[[], bool] | None = None) -> Walked | None:
        """The files inside an archive or e-mail; None if `cancelled` said so meanwhile.

        Raises EnvironmentFault if no worker can be started.
        """
        source = Source.on_disk(archive)
        try:
            return walked_from_bytes(self._ask(WALK, source, cancelled))
        except _Cancelled:
            return None
        except _Lost as lost:
            return Walked(refused=((source, lost.refusal),))
        except NO_ANSWER:
            self._kill()
            return Walked(refused=((source, Refusal("exchange.worker_died")),))

    def manifest(self, source: Source) -> Mapping[str, str] | Refusal:
        """The names and values of a file's manifest sheet, none without one; or why it isn't read.

        Raises EnvironmentFault if no worker can be started.
        """
        return self._told(MANIFEST, source, manifest_from_bytes)

    def sheets(self, source: Source) -> tuple[ForeignSheet, ...] | Refusal:
        """The cells of any workbook's sheets, or why they aren't read.

        Raises EnvironmentFault if no worker can be started.
        """
        return self._told(SHEETS, source, sheets_from_bytes)

    def words(self, source: Source) -> str | Refusal:
        """The text of a Word file, or why it isn't read.

        Raises EnvironmentFault if no worker can be started.
        """
        return self._told(WORDS, source, words_from_bytes)

    def _told(self, what: str, source: Source, read: Callable[[bytes], _Found | Refusal]) -> _Found | Refusal:
        """What `read` makes of the worker's answer, or why there is none."""
        try:
            return read(self._ask(what, source, None))
        except _Lost as lost:
            return lost.refusal
        except NO_ANSWER:
            self._kill()
            return Refusal("exchange.worker_died")

    def _ask(self, what: str, source: Source, cancelled: Callable[[], bool] | None) -> bytes:
        """What the worker says; raises _Cancelled, or _Lost with what is to be said of the file."""
        stop = cancelled or _never
        try:
            connection = self._started(stop)
            connection.send_bytes(json.dumps({"do": what, "source": source_to_json(source)}).encode())
            return self._answer(connection, self._limits.seconds, stop)
        except _Cancelled:
            self._kill()
            raise
        except _Late as late:
            self._kill()
            raise _Lost(Refusal("exchange.too_slow", {"seconds": f"{self._limits.seconds:g}"})) from late
        except (EOFError, OSError) as broken:
            self._kill()
            raise _Lost(Refusal("exchange.worker_died")) from broken

    def _untouched(self, source: Source) -> FileReading | None:
        """The reading of a sealed file; None for all others, for which the worker has a word too."""
        if source.inside:
            return None
        try:
            content = read_limited(source.path)
            return read_sealed(content, source.name, self._plans, self._trusted)
        except (Refused, EnvironmentFault):
            return None

    def close(self) -> None:
        """End the worker."""
        if self._connection is not None and self._process is not None:
            with suppress(OSError):
                self._connection.send_bytes(END)
            self._process.join(_END_SECONDS)
        self._kill()

    def _given_up(self, source: Source, refusal: Refusal) -> FileReading:
        """The reading of a file that the worker didn't survive, with its digest where it can be had."""
        try:
            content = read_limited(source.path) if not source.inside else b""
        except (Refused, EnvironmentFault):
            content = b""
        sha256 = hashlib.sha256(content).hexdigest() if content else ""
        return refused(source.name, sha256, len(content), refusal)

    def _started(self, stop: Callable[[], bool]) -> Pipe:
        """The pipe to a worker that is ready."""
        if self._connection is not None:
            return self._connection
        teach_multiprocessing()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=work, args=(theirs, self._limits.memory), name="zhibao-reader", daemon=True
        )
        process.start()
        theirs.close()
        self._process, self._connection = process, ours
        self._job = _job_around(process.pid, self._limits.memory)  # before it is given anything to read
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

    def _answer(self, connection: Pipe, seconds: float, stop: Callable[[], bool]) -> bytes:
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
        if self._job is not None:
            self._job.close()
        self._process = self._connection = self._job = None


def read_files(
    files: Iterable[Path | Source],
    plans: Sequence[Plan],
    *,
    cancelled: Callable[[], bool] | None = None,
    limits: WorkerLimits | None = None,
    trusted: Trusted | None = None,
) -> Iterator[FileReading]:
    """The reading of each file in order, until `cancelled` says so.

    There is exactly one reading per file, so that progress is counting them.
    """
    stop = cancelled or _never
    with FileReader(plans, limits, trusted) as reader:
        for file in files:
            reading = None if stop() else reader.read(file, stop)
            if reading is None:
                return
            yield reading


def _job_around(pid: int | None, memory: int) -> Job | None:
    """What bounds a worker on Windows; elsewhere it bounds itself."""
    if sys.platform == "win32" and pid is not None:
        from desktop.exchange.guarded.job_object import job_around

        return job_around(pid, memory)
    return None


def _never() -> bool:
    return False
