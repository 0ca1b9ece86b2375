"""Reference figures: shared denominators and figures split by an office, by area, date and vintage."""

from __future__ import annotations

import sqlite3

from desktop.model.canonical import canonical_text
from desktop.store import audit
from desktop.store.texts import require_text
from desktop.values import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """One figure: `area` is a unit id or the district's, `date` ISO 8601, `value` canonical decimal text."""

    plan: str
    element: str
    area: str
    date: str
    vintage: str
    value: str
    source: str = ""


def save_reference(connection: sqlite3.Connection, reference: Reference, stamp: audit.Stamp) -> bool:
    """Put a figure in place of the one for the same area, date and vintage; false if it is the same."""
    r = reference
    require_text(r.plan, r.element, r.area, r.date, r.vintage, r.value, r.source)
    row = connection.execute(
        "SELECT value, source FROM reference "
        "WHERE plan = ? AND element = ? AND area = ? AND date = ? AND vintage = ?",
        (r.plan, r.element, r.area, r.date, r.vintage),
    ).fetchone()
    if row == (r.value, r.source):
        return False
    connection.execute(
        "INSERT INTO reference (plan, element, area, date, vintage, value, source) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET value = excluded.value, source = excluded.source",
        (r.plan, r.element, r.area, r.date, r.vintage, r.value, r.source),
    )
    old = canonical_text({"value": row[0], "source": row[1]}) if row else None
    new = canonical_text({"value": r.value, "source": r.source})
    address = f"reference/{r.element}/{r.area}/{r.date}/{r.vintage}"
    audit.event(connection, audit.Draft(address, old, new, plan=r.plan), stamp)
    return True


def references(
    connection: sqlite3.Connection, plan: str, element: str | None = None
) -> tuple[Reference, ...]:
    """The figures of a plan, or of one data element, by element, area, date and vintage."""
    rows = connection.execute(
        "SELECT plan, element, area, date, vintage, value, source FROM reference "
        "WHERE plan = ? AND (? IS NULL OR element = ?) ORDER BY element, area, date, vintage",
        (plan, element, element),
    )
    return tuple(Reference(*row) for row in rows)
