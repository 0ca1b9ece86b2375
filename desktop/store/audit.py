"""The audit trail: one append-only chain per workspace, each row naming the digest of the row before.

Entries replay from it. Everything else that is done (frozen, received, decided, settings) is a row
with an address that begins with `event/`.
"""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator, Sequence

from desktop.model.canonical import digest
from desktop.model.chain import ChainHead
from desktop.store.texts import require_text, utc_text
from desktop.values import dataclass

EVENT = "event/"
UNDO = "undo"
REDO = "redo"

Place = tuple[str, str, str, str]
"""Plan id, unit, period, address: what an entry is called."""

_COLUMNS = (
    "workspace, sequence, action, undoes, kind, undoable, time, actor, plan, plan_digest, unit, period, "
    "address, old, new, previous, digest"
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who does what and when. `kind` says how: type, paste, fill, undo, freeze …; `now` has a zone."""

    kind: str
    actor: str
    now: datetime.datetime
    undoes: int | None = None
    undoable: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What changed at one place; None is blank. Events leave plan, unit and period empty where none is
    meant.
    """

    address: str
    old: str | None
    new: str | None
    plan: str = ""
    plan_digest: str = ""
    unit: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One row of the trail, column by column. `action` is the sequence of the action's first row."""

    workspace: str
    sequence: int
    action: int
    undoes: int | None
    kind: str
    undoable: bool
    time: str
    actor: str
    plan: str
    plan_digest: str
    unit: str
    period: str
    address: str
    old: str | None
    new: str | None
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What `verify` found.

    `problem` is empty, or one of gap, broken_link, changed_row, cut, remade; `sequence` is the row
    it was found at, `head` the last sound one before.
    """

    ok: bool
    head: ChainHead
    problem: str = ""
    sequence: int = 0


def workspace_id(connection: sqlite3.Connection) -> str:
    """The id of this workspace."""
    return str(connection.execute("SELECT id FROM workspace").fetchone()[0])


def head(connection: sqlite3.Connection, workspace: str | None = None) -> ChainHead:
    """The last row of a chain, this workspace's unless another is named; sequence 0 for an empty one."""
    name = workspace or workspace_id(connection)
    row = connection.execute(
        "SELECT sequence, digest FROM audit WHERE workspace = ? ORDER BY sequence DESC LIMIT 1", (name,)
    ).fetchone()
    return ChainHead(name, row[0], row[1]) if row else ChainHead(name, 0, "")


def append(connection: sqlite3.Connection, drafts: Sequence[Draft], stamp: Stamp) -> range:
    """Append one action of one or more rows to this workspace's chain; returns their sequence numbers."""
    last = head(connection)
    first = last.sequence + 1
    previous = last.digest
    time = utc_text(stamp.now)
    rows: list[tuple[object, ...]] = []
    for sequence, draft in enumerate(drafts, first):
        require_text(draft.address, *(text for text in (draft.old, draft.new) if text is not None))
        body = (
            *(
                last.workspace,
                sequence,
                first,
                stamp.undoes,
                stamp.kind,
                int(stamp.undoable),
                time,
                stamp.actor,
            ),
            *(draft.plan, draft.plan_digest, draft.unit, draft.period, draft.address, draft.old, draft.new),
            previous,
        )
        previous = digest(list(body))
        rows.append((*body, previous))
    connection.executemany(f"INSERT INTO audit ({_COLUMNS}) VALUES ({', '.join('?' * 17)})", rows)
    return range(first, first + len(rows))


def event(connection: sqlite3.Connection, draft: Draft, stamp: Stamp) -> int:
    """Append one event; its address is given without `event/`. Returns its sequence number."""
    named = Draft(
        EVENT + draft.address, draft.old, draft.new, draft.plan, draft.plan_digest, draft.unit, draft.period
    )
    return append(connection, (named,), stamp)[0]


def rows(connection: sqlite3.Connection, workspace: str | None = None, first: int = 1) -> Iterator[AuditRow]:
    """The rows of a chain in order, from sequence number `first` on."""
    name = workspace or workspace_id(connection)
    return _read(connection, "workspace = ? AND sequence >= ? ORDER BY sequence", (name, first))


def history(
    connection: sqlite3.Connection, plan: str, unit: str, period: str, *patterns: str
) -> tuple[AuditRow, ...]:
    """Who entered what where, oldest first; a `*` in a pattern of addresses stands for anything."""
    either = " OR ".join(["address GLOB ?"] * len(patterns))
    where = f"unit = ? AND period = ? AND plan = ? AND ({either}) AND +workspace = ? ORDER BY sequence"
    return tuple(_read(connection, where, (unit, period, plan, *patterns, workspace_id(connection))))


def events(connection: sqlite3.Connection, unit: str, period: str) -> tuple[AuditRow, ...]:
    """The events of one unit and period, oldest first."""
    where = "unit = ? AND period = ? AND address GLOB 'event/*' AND +workspace = ? ORDER BY sequence"
    return tuple(_read(connection, where, (unit, period, workspace_id(connection))))


def events_named(connection: sqlite3.Connection, name: str) -> tuple[AuditRow, ...]:
    """All events of one name (given without `event/`), oldest first."""
    where = "address = ? AND workspace = ? ORDER BY sequence"
    return tuple(_read(connection, where, (EVENT + name, workspace_id(connection))))


def last_entered(connection: sqlite3.Connection) -> AuditRow | None:
    """The newest row by which somebody entered something; None while nobody has."""
    where = "workspace = ? AND address NOT GLOB 'event/*' ORDER BY sequence DESC LIMIT 1"
    return next(_read(connection, where, (workspace_id(connection),)), None)


def newest_first(connection: sqlite3.Connection, plan: str, unit: str, period: str) -> Iterator[AuditRow]:
    """The rows of one section from the newest back, for undo."""
    where = "unit = ? AND period = ? AND plan = ? AND +workspace = ? ORDER BY sequence DESC"
    return _read(connection, where, (unit, period, plan, workspace_id(connection)))


def verify(connection: sqlite3.Connection, remembered: ChainHead | None = None) -> AuditReport:
    """Walk the whole chain.

    With a head remembered elsewhere (a submission, a backup), a cut or re-made tail is seen too.
    """
    name = remembered.workspace if remembered and remembered.workspace else workspace_id(connection)
    last = ChainHead(name, 0, "")
    at_remembered = ""
    for row in rows(connection, name):
        problem = _fault_of(row, last)
        if problem:
            return AuditReport(ok=False, head=last, problem=problem, sequence=row.sequence)
        last = ChainHead(name, row.sequence, row.digest)
        if remembered and row.sequence == remembered.sequence:
            at_remembered = row.digest
    if remembered and remembered.sequence > last.sequence:
        return AuditReport(ok=False, head=last, problem="cut", sequence=last.sequence + 1)
    if remembered and remembered.sequence and at_remembered != remembered.digest:
        return AuditReport(ok=False, head=last, problem="remade", sequence=remembered.sequence)
    return AuditReport(ok=True, head=last)


def replay(connection: sqlite3.Connection) -> dict[Place, str]:
    """The entries as this workspace's chain makes them; blank ones are absent."""
    result: dict[Place, str] = {}
    for row in rows(connection):
        if row.address.startswith(EVENT):
            continue
        place = (row.plan, row.unit, row.period, row.address)
        if row.new is None:
            result.pop(place, None)
        else:
            result[place] = row.new
    return result


def differences(connection: sqlite3.Connection) -> tuple[Place, ...]:
    """The places whose current entry isn't what the chain replays to; empty in a sound workspace."""
    replayed = replay(connection)
    current: dict[Place, str] = {
        (plan, unit, period, address): content
        for plan, unit, period, address, content in connection.execute(
            "SELECT plan, unit, period, address, content FROM entry"
        )
    }
    places = replayed.keys() | current.keys()
    return tuple(sorted(place for place in places if replayed.get(place) != current.get(place)))


def _fault_of(row: AuditRow, last: ChainHead) -> str:
    if row.sequence != last.sequence + 1:
        return "gap"
    if row.previous != last.digest:
        return "broken_link"
    return "" if _digest_of(row) == row.digest else "changed_row"


def _digest_of(row: AuditRow) -> str:
    return digest(
        [
            *(
                row.workspace,
                row.sequence,
                row.action,
                row.undoes,
                row.kind,
                int(row.undoable),
                row.time,
                row.actor,
            ),
            *(row.plan, row.plan_digest, row.unit, row.period, row.address, row.old, row.new, row.previous),
        ]
    )


def _read(connection: sqlite3.Connection, where: str, values: tuple[object, ...]) -> Iterator[AuditRow]:
    for row in connection.execute(f"SELECT {_COLUMNS} FROM audit WHERE {where}", values):
        fields = list(row)
        fields[5] = bool(fields[5])
        yield AuditRow(*fields)
