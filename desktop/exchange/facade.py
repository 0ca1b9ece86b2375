"""The names of the package, gathered: loaded when one of them is asked for, see `__init__`."""

from __future__ import annotations

from desktop.exchange.filereading import (
    ContentState,
    EditedCell,
    FileKind,
    FileReading,
    Refusal,
    SignatureState,
)
from desktop.exchange.names import submission_file_name
from desktop.exchange.reader import read_submission
from desktop.exchange.supervisor import FileReader, WorkerLimits, read_files
from desktop.exchange.two_columns import read_tables, read_two_columns
from desktop.exchange.writer import write_submission

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
