"""What the form looked like when the window was closed, so that the next start can show it at once.

It is made from the rest of the file, so it isn't audited. It holds while the audit trail ends where it ended
then: nothing that a form shows changes without a row there.
"""

from __future__ import annotations

import sqlite3

from desktop.store import audit
from desktop.store.texts import require_text


def keep_sight(connection: sqlite3.Connection, content: str) -> bool:
    """Keep a JSON text for as long as nothing else is written; false if the same is kept already."""
    require_text(content)
    if sight(connection) == content:
        return False
    connection.execute(
        "INSERT OR REPLACE INTO sight (id, audit_head, content) VALUES (1, ?, ?)",
        (audit.head(connection).digest, content),
    )
    return True


def sight(connection: sqlite3.Connection) -> str | None:
    """The JSON text kept last; None if there is none, or something was written after it."""
    row = connection.execute(
        "SELECT content FROM sight WHERE audit_head = ?", (audit.head(connection).digest,)
    ).fetchone()
    return str(row[0]) if row else None
