"""Decisions of a person on conflicts: the choice and the loser are kept; undoing one is a row of its own."""

from __future__ import annotations

import sqlite3

from desktop.model.canonical import canonical_text
from desktop.store import audit
from desktop.store.texts import utc_text
from desktop.values import dataclass

UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on a unit and period: `chosen` and `loser` are digests, either may be empty.

    Several losers stand one after the other with a space between. Where `kind` is about something else than
    contents, they are what its use case puts there.

    `undone_by` is the id of the row that took it back, None while it stands. `id`, `actor`, `time` and
    `undone_by` are set by the store.
    """

    plan: str
    unit: str
    period: str
    kind: str
    chosen: str
    loser: str
    reason: str = ""
    id: int = 0
    actor: str = ""
    time: str = ""
    undone_by: int | None = None


_INSERT = (
    "INSERT INTO decision (plan, unit, period, kind, chosen, loser, reason, actor, time, undoes) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def decide(connection: sqlite3.Connection, decision: Decision, stamp: audit.Stamp) -> int:
    """Keep a decision; returns its id."""
    return _insert(connection, decision, None, stamp)


def undo_decision(
    connection: sqlite3.Connection, decision_id: int, stamp: audit.Stamp, reason: str = ""
) -> int:
    """Take a decision back; returns the id of the row that says so and why.

    Raises KeyError for an unknown decision and for one taken back before.
    """
    row = connection.execute(
        "SELECT plan, unit, period, chosen, loser FROM decision WHERE id = ? AND undoes IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.undoes = decision.id)",
        (decision_id,),
    ).fetchone()
    if row is None:
        raise KeyError(decision_id)
    plan, unit, period, chosen, loser = row
    undone = Decision(plan, unit, period, UNDO, chosen, loser, reason)
    return _insert(connection, undone, decision_id, stamp)


def decisions(
    connection: sqlite3.Connection, plan: str, period: str, standing: bool = True
) -> tuple[Decision, ...]:
    """The decisions on a period in their order; with `standing` only those that weren't taken back."""
    rows = connection.execute(
        "SELECT d.plan, d.unit, d.period, d.kind, d.chosen, d.loser, d.reason, d.id, d.actor, d.time, u.id "
        "FROM decision d LEFT JOIN decision u ON u.undoes = d.id "
        "WHERE d.plan = ? AND d.period = ? AND d.undoes IS NULL ORDER BY d.id",
        (plan, period),
    )
    return tuple(d for d in (Decision(*row) for row in rows) if not (standing and d.undone_by))


def decisions_of_kind(connection: sqlite3.Connection, plan: str, kind: str) -> tuple[Decision, ...]:
    """The standing decisions of one kind on any unit and period, in their order."""
    rows = connection.execute(
        "SELECT plan, unit, period, kind, chosen, loser, reason, id, actor, time FROM decision d "
        "WHERE plan = ? AND kind = ? AND undoes IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM decision u WHERE u.undoes = d.id) ORDER BY id",
        (plan, kind),
    )
    return tuple(Decision(*row) for row in rows)


def undoings(connection: sqlite3.Connection, plan: str, period: str) -> dict[int, Decision]:
    """Id of a decision → the row that took it back."""
    rows = connection.execute(
        "SELECT plan, unit, period, kind, chosen, loser, reason, id, actor, time, undoes FROM decision "
        "WHERE plan = ? AND period = ? AND undoes IS NOT NULL ORDER BY id",
        (plan, period),
    )
    return {int(row[10]): Decision(*row[:10]) for row in rows}


def _insert(
    connection: sqlite3.Connection, decision: Decision, undoes: int | None, stamp: audit.Stamp
) -> int:
    d = decision
    cursor = connection.execute(
        _INSERT,
        (
            *(d.plan, d.unit, d.period, d.kind, d.chosen, d.loser, d.reason),
            *(stamp.actor, utc_text(stamp.now), undoes),
        ),
    )
    decision_id = int(cursor.lastrowid or 0)
    new = canonical_text(
        {
            "id": decision_id,
            "kind": d.kind,
            "chosen": d.chosen,
            "loser": d.loser,
            "reason": d.reason,
            "undoes": undoes,
        }
    )
    audit.event(connection, audit.Draft("decision", None, new, d.plan, "", d.unit, d.period), stamp)
    return decision_id
