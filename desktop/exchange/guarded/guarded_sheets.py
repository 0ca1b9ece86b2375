"""Reading any workbook that a person hands over, under the supervisor: its parser may die without harm."""

from __future__ import annotations

from pathlib import Path

from desktop.errors import from_os_error
from desktop.exchange.format.filereading import Refusal
from desktop.exchange.guarded.supervisor import FileReader, WorkerLimits
from desktop.exchange.parsing.foreign_sheets import ForeignSheet
from desktop.exchange.parsing.sources import Source


def read_sheets(path: Path, limits: WorkerLimits | None = None) -> tuple[ForeignSheet, ...]:
    """The sheets of a workbook on the disk, in their order.

    Raises InputError with the remedy if it isn't to be read, EnvironmentFault if it can't be.
    """
    require_there(path)
    with FileReader((), limits) as reader:
        found = reader.sheets(Source.on_disk(path))
    if isinstance(found, Refusal):
        raise found.fault()
    return found


def require_there(path: Path) -> None:
    """Raise EnvironmentFault if the file can't be opened: the worker could only say that it wasn't read."""
    try:
        path.open("rb").close()
    except OSError as error:
        raise from_os_error(error, "读取文件") from error
