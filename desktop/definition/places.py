"""Where each part of a plan stands in its folder, so that a finding can name file and key."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.model.catalogue import REMEDIES
from desktop.model.finding import Finding, Severity

FRAME_FILE = "plan.toml"

TABLES: dict[str, dict[str, str]] = {
    FRAME_FILE: {"unit_kind": "unit_kinds", "reference": "references", "mapping": "mapping"},
    "units.toml": {"unit": "units", "group": "groups"},
    "elements.toml": {"element": "elements"},
    "indicators.toml": {"indicator": "indicators"},
    "targets.toml": {"target": "targets", "contradiction": "contradictions"},
    "rules.toml": {"family": "families", "rule": "rules"},
    "tasks.toml": {"action": "actions", "task": "tasks", "item": "items"},
}
"""File → name of a table in it → the plan's collection that the table is an entry of."""

HOMES: dict[str, tuple[str, str]] = {
    collection: (file, table) for file, tables in TABLES.items() for table, collection in tables.items()
}
"""Collection → its file and its table there."""


@dataclass(frozen=True, slots=True)
class Where:
    """A key in a file of the plan's folder; an empty key is the file itself."""

    file: str
    key: str = ""

    def at(self, key: str) -> Where:
        """A key below this one."""
        return Where(self.file, f"{self.key}.{key}" if self.key else key)

    @property
    def address(self) -> str:
        """What a finding carries, e.g. elements.toml#patents_valid.decimals."""
        return f"{self.file}#{self.key}" if self.key else self.file


def table_of(collection: str) -> Where:
    """The table (or the key) in which a field of the plan stands."""
    file, table = HOMES.get(collection, (FRAME_FILE, collection))
    return Where(file, table)


def entries_of(collection: str) -> Where:
    """Where the entries of a collection are named: a file with one table needs no table name before ids."""
    where = table_of(collection)
    return Where(where.file) if len(TABLES[where.file]) == 1 else where


def entry_of(collection: str, id_: str | int, field: str = "") -> Where:
    """One entry of a collection, or one field of it."""
    entry = entries_of(collection).at(str(id_))
    return entry.at(field) if field else entry


def plan_finding(code: str, severity: Severity, where: Where, **params: str) -> Finding:
    """A finding whose parameters hold `file`, `key` and the remedy of its code."""
    known = {"file": where.file, "key": where.key or where.file, **params}
    remedy = REMEDIES[code].format_map(known)
    return Finding(code, severity, address=where.address, params={**known, "remedy": remedy})


def plan_error(code: str, where: Where, **params: str) -> Finding:
    """An error of the plan: with one of these the plan isn't used."""
    return plan_finding(code, Severity.ERROR, where, **params)
