"""What a workspace is set up for: own units with their roles and children, people, options. All audited."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from desktop.model import plain
from desktop.model.canonical import Json, canonical_text
from desktop.store import audit
from desktop.store.texts import kept, require_text
from desktop.values import dataclass

PEOPLE = "people"
OWN_KEY = "own_key/"
"""Begins the name of the setting that holds an own unit's public key; the unit's id follows."""


@dataclass(frozen=True, slots=True)
class OwnUnit:
    """A unit that this workspace reports for; `children` are the units it consolidates."""

    plan: str
    unit: str
    consolidates: bool = False
    children: tuple[str, ...] = ()


def setting(connection: sqlite3.Connection, name: str) -> str | None:
    """A setting's JSON text; None if never set."""
    row = connection.execute("SELECT content FROM setting WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else None


def set_setting(connection: sqlite3.Connection, name: str, content: str, stamp: audit.Stamp) -> bool:
    """Set a setting (JSON text); false if it already was so."""
    require_text(content)
    old = setting(connection, name)
    if old == content:
        return False
    connection.execute(
        "INSERT INTO setting (name, content) VALUES (?, ?) "
        "ON CONFLICT DO UPDATE SET content = excluded.content",
        (name, content),
    )
    audit.event(connection, audit.Draft(f"setting/{name}", old, content), stamp)
    return True


def settings(connection: sqlite3.Connection) -> dict[str, str]:
    """Name → JSON text of all settings."""
    return dict(connection.execute("SELECT name, content FROM setting ORDER BY name").fetchall())


def settings_below(connection: sqlite3.Connection, prefix: str) -> dict[str, str]:
    """Rest of the name → JSON text of the settings whose names begin so, by name."""
    rows = connection.execute(
        "SELECT substr(name, ?), content FROM setting WHERE substr(name, 1, ?) = ? ORDER BY name",
        (len(prefix) + 1, len(prefix), prefix),
    )
    return dict(rows.fetchall())


def people(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The names of those who work here."""
    text = setting(connection, PEOPLE)
    return kept(text, plain.texts, "人员名单") if text else ()


def set_people(connection: sqlite3.Connection, names: Sequence[str], stamp: audit.Stamp) -> bool:
    """Replace the list of names; false if it already was so."""
    return set_setting(connection, PEOPLE, canonical_text(list(names)), stamp)


def own_units(connection: sqlite3.Connection, plan: str | None = None) -> tuple[OwnUnit, ...]:
    """The own units in their order, of one plan or of all."""
    rows = connection.execute(
        "SELECT plan, unit, consolidates, children FROM own_unit "
        "WHERE ? IS NULL OR plan = ? ORDER BY plan, position",
        (plan, plan),
    )
    return tuple(
        OwnUnit(row[0], row[1], bool(row[2]), kept(row[3], plain.texts, "下级单位名单")) for row in rows
    )


def set_own_units(
    connection: sqlite3.Connection, plan: str, units: Sequence[OwnUnit], stamp: audit.Stamp
) -> bool:
    """Replace the own units of a plan; false if they already were so."""
    before = own_units(connection, plan)
    if before == tuple(units):
        return False
    if any(unit.plan != plan for unit in units):
        raise ValueError("an own unit of another plan")
    connection.execute("DELETE FROM own_unit WHERE plan = ?", (plan,))
    connection.executemany(
        "INSERT INTO own_unit (plan, unit, position, consolidates, children) VALUES (?, ?, ?, ?, ?)",
        [
            (plan, unit.unit, position, int(unit.consolidates), canonical_text(list(unit.children)))
            for position, unit in enumerate(units)
        ],
    )
    old = canonical_text([_to_json(unit) for unit in before]) if before else None
    new = canonical_text([_to_json(unit) for unit in units])
    audit.event(connection, audit.Draft("own_units", old, new, plan=plan), stamp)
    return True


def units_with_own_keys(connection: sqlite3.Connection) -> frozenset[str]:
    """The units that sign from this workspace."""
    return frozenset(settings_below(connection, OWN_KEY))


def _to_json(unit: OwnUnit) -> Json:
    return {"unit": unit.unit, "consolidates": unit.consolidates, "children": list(unit.children)}
