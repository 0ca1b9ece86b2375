"""Every file that travels: layout, writing, reading, manifest and what a reader refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.exchange.facade import *
else:
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

    def __getattr__(name: str) -> object:
        """Load the package when one of its names is asked for; who opens a form asks single modules."""
        if name not in __all__:
            raise AttributeError(name)
        from desktop.exchange.facade import __dict__ as names

        return names[name]
