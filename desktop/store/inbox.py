"""Every file ever received, and the contents read from them. Nothing is changed or removed afterwards.

A content is kept once per actual and claimed digest: a file edited outside has both, and parents match
on the claimed one. What a unit's state is, others work out from these rows and the decisions.
"""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.model import plain
from desktop.model.canonical import Json, canonical_text
from desktop.store import audit
from desktop.store.texts import pack, require_text, shaped, unpack, utc_text


@dataclass(frozen=True, slots=True)
class ContentHead:
    """What is known of a content without reading it.

    `claimed` is the digest that the file's manifest names, empty without one. `edited_cells` and
    `intake` (what was
    worked out of the content when it came) are JSON texts.
    """

    digest: str
    claimed: str
    plan: str
    plan_version: str
    plan_digest: str
    unit: str
    period: str
    revision: int
    parent: str | None
    content_state: str
    signature_state: str
    edited_cells: str = "[]"
    intake: str = "{}"


@dataclass(frozen=True, slots=True)
class ReceivedContent:
    """A content with its canonical JSON text."""

    head: ContentHead
    content: str


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """One arrival of one file. `sha256` is of its bytes, `received` has a zone, `sender` may be empty.

    `verdict` is what intake said: accepted, duplicate, superseded, rejected, conflict; `reason` and
    `params` are a message code and its parameters. `digest` and `claimed` name its content. `place` is the
    path and the way into archives and mails, `facts` are what else was said of the file, as JSON.
    """

    sha256: str
    name: str
    size: int
    received: datetime.datetime
    verdict: str
    sender: str = ""
    reason: str = ""
    params: Mapping[str, str] = field(default_factory=dict, hash=False)
    digest: str | None = None
    claimed: str | None = None
    id: int = 0
    place: str = ""
    facts: Json = field(default_factory=dict, hash=False)


_HEAD = (
    "digest, claimed, plan, plan_version, plan_digest, unit, period, revision, parent, content_state, "
    "signature_state, edited_cells, intake"
)
_FILE = (
    "sha256, name, size, received, verdict, sender, reason, params, digest, claimed, id, "
    "coalesce(place, ''), coalesce(facts, '{}') "
    "FROM received_file LEFT JOIN received_origin ON file = id"
)


def record(
    connection: sqlite3.Connection, file: ReceivedFile, content: ReceivedContent | None, stamp: audit.Stamp
) -> int:
    """Keep one arrival, and its content if that is new; returns the file's id.

    `digest` and `claimed` are those of `content`; what `file` says of them, and its id, isn't read.
    """
    if content is not None:
        keep_content(connection, content)
    digest = content.head.digest if content else None
    claimed = content.head.claimed if content else None
    cursor = connection.execute(
        "INSERT INTO received_file "
        "(sha256, name, size, received, sender, verdict, reason, params, digest, claimed) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(
                file.sha256,
                file.name,
                file.size,
                utc_text(file.received),
                file.sender,
                file.verdict,
                file.reason,
            ),
            *(canonical_text(dict(file.params)), digest, claimed),
        ),
    )
    file_id = int(cursor.lastrowid or 0)
    connection.execute(
        "INSERT INTO received_origin (file, place, facts) VALUES (?, ?, ?)",
        (file_id, file.place, canonical_text(dict(file.facts))),
    )
    new = canonical_text({"file": file_id, "sha256": file.sha256, "verdict": file.verdict, "digest": digest})
    head = content.head if content else None
    place = (head.plan, head.plan_digest, head.unit, head.period) if head else ()
    audit.event(connection, audit.Draft("received", None, new, *place), stamp)
    return file_id


def seen(connection: sqlite3.Connection, sha256: str) -> ReceivedFile | None:
    """The first arrival of a file with these bytes."""
    return next(_files(connection, "WHERE sha256 = ? ORDER BY id LIMIT 1", (sha256,)), None)


def known(connection: sqlite3.Connection, file: ReceivedFile) -> bool:
    """Whether this very file was seen at this place before, and nothing else is to be said of it now."""
    before = tuple(_files(connection, "WHERE sha256 = ? AND place = ?", (file.sha256, file.place)))
    if file.facts.get("told") and all(one.received != file.received for one in before):
        return False  # that it came on another day is something new
    said = (file.verdict, file.reason)
    return any(said == (one.verdict, one.reason) for one in before) or (
        file.verdict == "duplicate" and bool(before)
    )


def files(connection: sqlite3.Connection) -> Iterator[ReceivedFile]:
    """All arrivals in their order; to be consumed within the job."""
    return _files(connection, "ORDER BY id", ())


def refused(connection: sqlite3.Connection) -> tuple[ReceivedFile, ...]:
    """The arrivals that were not taken in, in their order."""
    return tuple(_files(connection, "WHERE verdict = 'rejected' ORDER BY id", ()))


def files_of(connection: sqlite3.Connection, digest: str) -> tuple[ReceivedFile, ...]:
    """The arrivals that brought a content."""
    return tuple(_files(connection, "WHERE digest = ? ORDER BY id", (digest,)))


def heads(
    connection: sqlite3.Connection, plan: str, period: str, unit: str | None = None
) -> tuple[ContentHead, ...]:
    """What was received for a period, without the contents: enough to work out who stands where.

    With a `unit` only what it sent.
    """
    if unit is None:
        return _heads(connection, "plan = ? AND period = ?", (plan, period))
    return _heads(connection, "plan = ? AND period = ? AND unit = ?", (plan, period, unit))


def heads_of(connection: sqlite3.Connection, digest: str) -> tuple[ContentHead, ...]:
    """The contents with an actual digest: one for each that files claimed for it."""
    return _heads(connection, "digest = ?", (digest,))


def _heads(connection: sqlite3.Connection, where: str, values: tuple[str, ...]) -> tuple[ContentHead, ...]:
    rows = connection.execute(
        f"SELECT {_HEAD} FROM received_content WHERE {where} ORDER BY unit, revision, digest, claimed", values
    )
    return tuple(ContentHead(*row) for row in rows)


def head(connection: sqlite3.Connection, digest: str) -> ContentHead | None:
    """What is known of a content by its actual digest; None if it was never received."""
    row = connection.execute(
        f"SELECT {_HEAD} FROM received_content WHERE digest = ? ORDER BY claimed LIMIT 1", (digest,)
    ).fetchone()
    return ContentHead(*row) if row else None


def periods(connection: sqlite3.Connection, plan: str) -> tuple[str, ...]:
    """The periods for which something was received."""
    rows = connection.execute("SELECT DISTINCT period FROM received_content WHERE plan = ?", (plan,))
    return tuple(sorted(str(row[0]) for row in rows))


def contents(connection: sqlite3.Connection, plan: str, period: str) -> Iterator[ReceivedContent]:
    """The contents of a period one by one, by unit and revision; to be consumed within the job."""
    rows = connection.execute(
        f"SELECT {_HEAD}, content FROM received_content WHERE plan = ? AND period = ? "
        "ORDER BY unit, revision, digest, claimed",
        (plan, period),
    )
    for row in rows:
        yield ReceivedContent(ContentHead(*row[:-1]), unpack(row[-1]))


def content_json(connection: sqlite3.Connection, digest: str) -> str | None:
    """The canonical JSON text of a content by its actual digest; None if never received."""
    row = connection.execute(
        "SELECT content FROM received_content WHERE digest = ? LIMIT 1", (digest,)
    ).fetchone()
    return unpack(row[0]) if row else None


def keep_content(connection: sqlite3.Connection, content: ReceivedContent) -> None:
    """Keep a content, unless it is there. One that no file brought was made here."""
    head = content.head
    require_text(head.digest, head.claimed, content.content)
    connection.execute(
        f"INSERT INTO received_content ({_HEAD}, content) "
        f"VALUES ({', '.join('?' * 14)}) ON CONFLICT DO NOTHING",
        (
            *(
                head.digest,
                head.claimed,
                head.plan,
                head.plan_version,
                head.plan_digest,
                head.unit,
                head.period,
            ),
            *(head.revision, head.parent, head.content_state, head.signature_state),
            *(head.edited_cells, head.intake),
            pack(content.content),
        ),
    )


def _files(connection: sqlite3.Connection, tail: str, values: tuple[object, ...]) -> Iterator[ReceivedFile]:
    for row in connection.execute(f"SELECT {_FILE} {tail}", values):
        yield shaped(row, _file_from, "收件记录")


def _file_from(row: tuple[Any, ...]) -> ReceivedFile:
    fields = list(row)
    fields[3] = datetime.datetime.fromisoformat(row[3])
    fields[7], fields[12] = plain.texts_by_name(json.loads(row[7])), json.loads(row[12])
    if not isinstance(fields[12], dict):
        raise ValueError("facts are an object")
    return ReceivedFile(*fields)
