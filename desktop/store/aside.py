"""Setting a file aside: a copy beside it that nothing overwrites."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

from desktop.config.replacing import put_in_place
from desktop.errors import from_os_error

JOURNAL = "-journal"


def journal_of(path: Path) -> Path:
    """SQLite's rollback journal of a database; left behind by a crash it belongs to the file."""
    return path.with_name(path.name + JOURNAL)


def set_aside(path: Path, label: str = "damaged") -> Path:
    """Copy a closed file, and its journal if there is one, to `<stem>.<label>-<time><suffix>`.

    The time is that of the file's last change: setting aside the same file again makes no second copy.
    Raises EnvironmentFault.
    """
    try:
        changed = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC)
        copy = path.with_name(f"{path.stem}.{label}-{changed:%Y%m%dT%H%M%S%f}{path.suffix}")
        if not copy.exists():
            part = copy.with_name(copy.name + ".part")
            shutil.copy2(path, part)
            if journal_of(path).exists():
                shutil.copy2(journal_of(path), journal_of(copy))
            put_in_place(part, copy)
    except OSError as error:
        raise from_os_error(error, "另存损坏的工作区") from error
    return copy
