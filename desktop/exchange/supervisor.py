"""Reading files in a worker process that may die, hang or run out of memory without harm."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop.exchange.filereading import FileReading
from desktop.model.plan import Plan


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What one file may cost: seconds of wall clock and bytes of address space."""

    seconds: float = 20.0
    memory: int = 1 << 30


class FileReader:
    """Reads files one after another in one worker process, restarted after a death; a context manager.

    `read` may be called from one thread at a time. A file that can't be opened gives a refused reading too.
    """

    def __init__(self, plans: Sequence[Plan], limits: WorkerLimits | None = None) -> None:
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, path: Path, cancelled: Callable[[], bool] | None = None) -> FileReading | None:
        """The reading of one file; None if `cancelled` said so meanwhile."""
        raise NotImplementedError

    def close(self) -> None:
        """End the worker."""
        raise NotImplementedError


def read_files(
    paths: Iterable[Path],
    plans: Sequence[Plan],
    *,
    cancelled: Callable[[], bool] | None = None,
    limits: WorkerLimits | None = None,
) -> Iterator[FileReading]:
    """The reading of each file in order (one per path, so that progress is counting), until `cancelled` says so."""
    raise NotImplementedError
