"""The names of the package, gathered: loaded when one of them is asked for, see `__init__`."""

from __future__ import annotations

from desktop.exchange.format.filereading import (
    ContentState,
    EditedCell,
    FileKind,
    FileReading,
    Refusal,
    SignatureState,
)
from desktop.exchange.format.names import submission_file_name
from desktop.exchange.guarded.supervisor import FileReader, WorkerLimits, read_files
from desktop.exchange.guarded.two_columns import read_tables, read_two_columns
from desktop.exchange.reading.reader import read_submission
from desktop.exchange.writing.writer import write_submission

__all__ = [
    "ContentState",
    "EditedCell",
    "FileKind",
    "FileReader",
    "FileReading",
    "Refusal",
    "SignatureState",
    "WorkerLimits",
    "read_files",
    "read_submission",
    "read_tables",
    "read_two_columns",
    "submission_file_name",
    "write_submission",
]
