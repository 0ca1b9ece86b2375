"""The workspace file: one SQLite database per office, its one writer thread, and all SQL.

It deals in text, whole numbers and JSON text: decimals arrive as canonical text and leave as such.
Functions that take a connection are called inside a job of `Store.run` or `Store.submit`; a job is
one transaction.
"""

from __future__ import annotations

from sqlite3 import Connection

from desktop.store.opening import Facts, create_store, open_store
from desktop.store.writer import Store

__all__ = ["Connection", "Facts", "Store", "create_store", "open_store"]
