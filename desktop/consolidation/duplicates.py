"""Entries of list elements that several units list: a person decides whose they are."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from desktop.consolidation.aggregation import Figures, due_units
from desktop.model.canonical import digest, short_digest
from desktop.model.element import ColumnType, DataElement, ElementKind
from desktop.model.listing import Row, valid_rows
from desktop.model.period import Period
from desktop.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Duplicate:
    """One entry that several units list, known by its 统一社会信用代码 or its name.

    `key` names exactly these units and this entry: with one more unit it is another. `keep` are the units
    whose entry counts, empty while nobody decided. `counted` says how many rows of each unit count.
    """

    element: str
    name: str
    units: tuple[str, ...]
    key: str = ""
    code: str = ""
    counted: Mapping[str, int] = field(default_factory=dict, hash=False)
    keep: tuple[str, ...] = ()
    reason: str = ""


def duplicates(plan: Plan, period: Period, figures: Figures) -> tuple[Duplicate, ...]:
    """Entries of list elements that stand in more than one unit's list."""
    found: list[Duplicate] = []
    for element in plan.elements:
        if element.kind is ElementKind.LIST:
            found += _of_element(plan, element, period, figures)
    return tuple(found)


def _of_element(plan: Plan, element: DataElement, period: Period, figures: Figures) -> list[Duplicate]:
    entries = [
        (unit.id, row)
        for unit in due_units(plan, element, period)
        if unit.id in figures
        for row in figures[unit.id].figure(element.id).rows
    ]
    found = []
    for alike in _alike([_marks(element, row) for _, row in entries]):
        units = tuple(dict.fromkeys(entries[index][0] for index in alike))
        if len(units) > 1:
            found.append(_duplicate(element, [entries[index] for index in alike], units, period))
    return found


def _duplicate(
    element: DataElement, entries: list[tuple[str, Row]], units: tuple[str, ...], period: Period
) -> Duplicate:
    marks = sorted({mark for _, row in entries for mark in _marks(element, row)})
    counted = {
        unit: len(valid_rows([row for of, row in entries if of == unit], element, period.end))
        for unit in units
    }
    key = short_digest(digest([element.id, marks, sorted(units)]))
    name = next((name for _, row in entries if (name := _name(element, row))), "")
    code = next((mark.removeprefix("#") for mark in marks if mark.startswith("#")), "")
    return Duplicate(element.id, name, units, key, code, counted)


def _alike(marks: list[tuple[str, ...]]) -> Iterable[list[int]]:
    """Indexes of entries that share a mark, directly or through others, in their order."""
    group: dict[str, int] = {}
    members: dict[int, list[int]] = {}
    for index, mine in enumerate(marks):
        met = sorted({group[mark] for mark in mine if mark in group})
        target = met[0] if met else index
        joined = [index]
        for other in met:
            joined += members.pop(other)
        members[target] = sorted(joined)
        group |= {mark: target for at in members[target] for mark in marks[at]}
    return members.values()


def _marks(element: DataElement, row: Row) -> tuple[str, ...]:
    """By what an entry is known: its codes and its name, however it is written."""
    codes = [row.get(column.id, "") for column in element.columns if column.type is ColumnType.CREDIT_CODE]
    name = "".join(unicodedata.normalize("NFKC", _name(element, row)).split()).casefold()
    return (*(f"#{code}" for code in codes if code), *([name] if name else []))


def _name(element: DataElement, row: Row) -> str:
    return row.get(element.columns[0].id, "") if element.columns else ""
