"""Our own frozen revisions: immutable, so that every export can be made again."""

from __future__ import annotations

import datetime
import sqlite3

from desktop.store import audit
from desktop.store.texts import pack, require_text, unpack, utc_text
from desktop.values import dataclass


@dataclass(frozen=True, slots=True)
class FrozenHead:
    """What names a frozen revision, and the digest of the one before; `time` is UTC text."""

    digest: str
    plan: str
    plan_digest: str
    unit: str
    period: str
    revision: int
    parent: str | None
    time: str


_HEAD = "digest, plan, plan_digest, unit, period, revision, parent, time"


def freeze(connection: sqlite3.Connection, head: FrozenHead, content: str, stamp: audit.Stamp) -> int:
    """Keep a frozen revision (`content` is canonical JSON text) and append the event; returns its sequence.

    The chain head in a submission is taken before this, in the same job.
    Raises sqlite3.IntegrityError if the revision exists.
    """
    require_text(head.digest, content)
    connection.execute(
        f"INSERT INTO submission ({_HEAD}, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(head.digest, head.plan, head.plan_digest, head.unit, head.period, head.revision, head.parent),
            *(head.time, pack(content)),
        ),
    )
    place = (head.plan, head.plan_digest, head.unit, head.period)
    draft = audit.Draft(f"frozen/{head.revision}", head.parent, head.digest, *place)
    return audit.event(connection, draft, stamp)


def frozen_json(connection: sqlite3.Connection, digest: str) -> str | None:
    """The canonical JSON text of a frozen revision; None if it isn't ours."""
    row = connection.execute("SELECT content FROM submission WHERE digest = ?", (digest,)).fetchone()
    return unpack(row[0]) if row else None


def record_file(connection: sqlite3.Connection, digest: str, path: str, now: datetime.datetime) -> None:
    """Note where a frozen revision was written to; each writing is noted."""
    connection.execute(
        "INSERT INTO submission_file (digest, path, time) VALUES (?, ?, ?)", (digest, path, utc_text(now))
    )


def written_files(connection: sqlite3.Connection, digest: str) -> tuple[str, ...]:
    """Where a frozen revision was written to, oldest first."""
    rows = connection.execute("SELECT path FROM submission_file WHERE digest = ? ORDER BY id", (digest,))
    return tuple(str(row[0]) for row in rows)
