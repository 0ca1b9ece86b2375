"""What people enter: one content (canonical JSON text) per plan, unit, period and address.

Addresses are `figure/<element id>`, `item/<number>`, `explanation/<finding key>`, `sign_off`, `life`. A blank
content is None and has no row. Value, findings and audit rows commit together, because a job is
one transaction.
"""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Sequence

from desktop.store import audit, plans
from desktop.store.texts import require_text
from desktop.values import dataclass

FIGURE = "figure/"
ITEM = "item/"
EXPLANATION = "explanation/"
SIGN_OFF = "sign_off"
LIFE = "life"


@dataclass(frozen=True, slots=True)
class Change:
    """The content wanted at an address; None makes it blank."""

    address: str
    content: str | None


@dataclass(frozen=True, slots=True)
class Edit:
    """One action of one person on one section: a field typed, a block pasted, a form filled.

    `plan` is the plan's id; the entry also keeps the digest of that plan's newest version in the
    workspace. `findings` (JSON texts) replace the section's; None leaves them. An action that isn't
    `undoable` (送审, 报出) is passed over by undo.
    """

    plan: str
    unit: str
    period: str
    changes: tuple[Change, ...]
    actor: str
    action: str = "type"
    findings: tuple[str, ...] | None = None
    undoes: int | None = None
    undoable: bool = True


@dataclass(frozen=True, slots=True)
class Changed:
    """What an edit changed at one address."""

    address: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit did. Nothing changed: no audit row, `action_id` None and an empty `sequence`."""

    action_id: int | None
    sequence: range
    changed: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class EnteredPlace:
    """A unit and period with entries; `plans` are digests of the plan versions they name."""

    unit: str
    period: str
    plans: tuple[str, ...]


def edit(connection: sqlite3.Connection, wanted: Edit, now: datetime.datetime) -> Edited:
    """Bring the section to the contents wanted and append one audit row per content that differs.

    Raises InputError if the workspace has no plan of that id.
    """
    plan_digest = plans.newest_digest(connection, wanted.plan)
    changed = _differing(connection, wanted)
    _write(connection, wanted, changed, plan_digest)
    if wanted.findings is not None:
        set_findings(connection, wanted.plan, wanted.unit, wanted.period, wanted.findings)
    if not changed:
        return Edited(None, range(0), ())
    drafts = [
        audit.Draft(c.address, c.old, c.new, wanted.plan, plan_digest, wanted.unit, wanted.period)
        for c in changed
    ]
    stamp = audit.Stamp(wanted.action, wanted.actor, now, wanted.undoes, wanted.undoable)
    sequence = audit.append(connection, drafts, stamp)
    return Edited(sequence[0], sequence, changed)


def content(connection: sqlite3.Connection, plan: str, unit: str, period: str, address: str) -> str | None:
    """The content at an address; None if blank."""
    row = connection.execute(
        "SELECT content FROM entry WHERE plan = ? AND unit = ? AND period = ? AND address = ?",
        (plan, unit, period, address),
    ).fetchone()
    return str(row[0]) if row else None


def section(connection: sqlite3.Connection, plan: str, unit: str, period: str) -> dict[str, str]:
    """Address → content of everything entered for a unit and period."""
    return dict(
        connection.execute(
            "SELECT address, content FROM entry WHERE plan = ? AND unit = ? AND period = ?",
            (plan, unit, period),
        ).fetchall()
    )


def places(connection: sqlite3.Connection, plan: str) -> tuple[EnteredPlace, ...]:
    """Every unit and period with entries, and the digests of the plan versions they were entered under."""
    rows = connection.execute(
        "SELECT unit, period, group_concat(DISTINCT plan_digest) FROM entry WHERE plan = ? "
        "GROUP BY unit, period ORDER BY period, unit",
        (plan,),
    )
    return tuple(EnteredPlace(row[0], row[1], tuple(sorted(row[2].split(",")))) for row in rows)


def set_plan_digest(connection: sqlite3.Connection, plan: str, unit: str, period: str, digest: str) -> None:
    """Say that a section's entries are those of another version of the plan."""
    connection.execute(
        "UPDATE entry SET plan_digest = ? WHERE plan = ? AND unit = ? AND period = ? AND plan_digest <> ?",
        (digest, plan, unit, period, digest),
    )


def findings(connection: sqlite3.Connection, plan: str, unit: str, period: str) -> tuple[str, ...]:
    """The section's findings as they were stored, JSON texts in order."""
    rows = connection.execute(
        "SELECT content FROM finding WHERE plan = ? AND unit = ? AND period = ? ORDER BY position",
        (plan, unit, period),
    )
    return tuple(str(row[0]) for row in rows)


def set_findings(
    connection: sqlite3.Connection, plan: str, unit: str, period: str, contents: Sequence[str]
) -> None:
    """Replace the section's findings; writes nothing if they are the same."""
    require_text(*contents)
    if findings(connection, plan, unit, period) == tuple(contents):
        return
    connection.execute("DELETE FROM finding WHERE plan = ? AND unit = ? AND period = ?", (plan, unit, period))
    connection.executemany(
        "INSERT INTO finding (plan, unit, period, position, content) VALUES (?, ?, ?, ?, ?)",
        [(plan, unit, period, position, text) for position, text in enumerate(contents)],
    )


def _differing(connection: sqlite3.Connection, wanted: Edit) -> tuple[Changed, ...]:
    result: dict[str, Changed] = {}
    for change in wanted.changes:
        if change.content is not None:
            require_text(change.content)
        old = content(connection, wanted.plan, wanted.unit, wanted.period, change.address)
        result[change.address] = Changed(change.address, old, change.content)
    return tuple(c for c in result.values() if c.old != c.new)


def _write(
    connection: sqlite3.Connection, wanted: Edit, changed: tuple[Changed, ...], plan_digest: str
) -> None:
    place = (wanted.plan, wanted.unit, wanted.period)
    connection.executemany(
        "DELETE FROM entry WHERE plan = ? AND unit = ? AND period = ? AND address = ?",
        [(*place, c.address) for c in changed if c.new is None],
    )
    connection.executemany(
        "INSERT INTO entry (plan, unit, period, address, plan_digest, content) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET content = excluded.content, plan_digest = excluded.plan_digest",
        [(*place, c.address, plan_digest, c.new) for c in changed if c.new is not None],
    )
