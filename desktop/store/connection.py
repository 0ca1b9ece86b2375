"""The one connection: how it is set up, and what a transaction is."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote_from_bytes

T = TypeVar("T")


def connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """Open a database file in `mode` (rw: it must exist; rwc: it is made; ro).

    Nothing is read or locked yet. It may be handed to another thread, but only one uses it.
    """
    return sqlite3.connect(
        f"{_uri(path)}?mode={mode}", uri=True, timeout=0, isolation_level=None, check_same_thread=False
    )


def _uri(path: Path) -> str:
    """`file:` with an empty authority: SQLite refuses `Path.as_uri()` of a Windows share (file://server/…)."""
    text = path.absolute().as_posix()
    return f"file://{'' if text.startswith('/') else '/'}{quote_from_bytes(os.fsencode(text), safe='/:')}"


def sqlite_version() -> str:
    """The version of the SQLite library in use."""
    return sqlite3.sqlite_version


def take_exclusively(connection: sqlite3.Connection) -> None:
    """Lock the file for as long as the connection is open; raises SQLITE_BUSY at once if another has it.

    A rollback journal, not WAL: people copy the file while it is open, and the copy must hold everything.
    """
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")


def in_transaction(connection: sqlite3.Connection, job: Callable[[sqlite3.Connection], T]) -> T:
    """Run a job as one transaction: all of it is on disk when this returns, or nothing of it is kept."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        result = job(connection)
        connection.execute("COMMIT")
    except BaseException:
        roll_back(connection)
        raise
    return result


def roll_back(connection: sqlite3.Connection) -> None:
    """Drop what isn't committed.

    SQLite may have done so itself; on a dead disk it can only fail, and the journal brings the file
    back at the next opening.
    """
    if not connection.in_transaction:
        return
    try:
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return
