"""Forms, generated from the plan: what one unit sees in one period. Nobody writes a form by hand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from desktop.model.element import DataElement, Mode
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.task import Item
from desktop.model.unit import Unit


@dataclass(frozen=True, slots=True)
class FormRow:
    """One data element in a form. Rows that aren't `due` are shown as 本期不报 and can't be typed."""

    element: DataElement
    mode: Mode
    due: bool
    indent: int


@dataclass(frozen=True, slots=True)
class FormSection:
    """The rows of one category, in the plan's order, with parts (其中) under their wholes."""

    category: str
    rows: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True)
class FormItem:
    """One item in a form; `leads` says whether this unit sets its status."""

    item: Item
    leads: bool


@dataclass(frozen=True)
class Form:
    """What a unit fills in for a period."""

    unit: Unit
    period: Period
    sections: tuple[FormSection, ...]
    items: tuple[FormItem, ...]

    @cached_property
    def rows(self) -> tuple[FormRow, ...]:
        """All rows in order."""
        return tuple(row for section in self.sections for row in section.rows)

    @cached_property
    def due_rows(self) -> tuple[FormRow, ...]:
        """The rows that are asked for in this period."""
        return tuple(row for row in self.rows if row.due)

    def row(self, element: str) -> FormRow | None:
        """The row of an element, or None if this unit doesn't report it."""
        return self._by_element.get(element)

    @cached_property
    def _by_element(self) -> dict[str, FormRow]:
        return {row.element.id: row for row in self.rows}


def form_for(plan: Plan, unit: Unit, period: Period) -> Form:
    """The form of a unit of the plan and a period."""
    known = plan.made_once(_no_forms)
    key = (unit.id, period)
    if key not in known:
        known[key] = _form(plan, unit, period)
    return known[key]


def _no_forms(_plan: Plan) -> dict[tuple[str, Period], Form]:
    return {}


def _form(plan: Plan, unit: Unit, period: Period) -> Form:
    day = period.end
    modes = {
        element.id: mode
        for element in plan.elements
        if element.valid_on(day) and (mode := plan.mode(element, unit)) is not Mode.NONE
    }
    rows = {
        element.id: FormRow(
            element, modes[element.id], element.is_due(period.slot), _depth(plan, element, modes)
        )
        for element in plan.elements
        if element.id in modes
    }
    ordered = _parts_under_wholes(rows)
    sections = tuple(
        FormSection(category, found)
        for category in plan.categories
        if (found := tuple(row for row in ordered if row.element.category == category))
    )
    items = tuple(
        FormItem(item, plan.lead(item) == unit.id)
        for item in plan.items
        if plan.lead(item) == unit.id
        or (unit.exists_on(day) and any(plan.stands_for(body, unit) for body in item.bodies))
    )
    leading_first = sorted(items, key=lambda entry: not entry.leads)
    return Form(unit, period, sections, tuple(leading_first))


def _depth(plan: Plan, element: DataElement, shown: Collection[str]) -> int:
    """How far a part is indented: once for each whole above it that the form shows."""
    depth, whole = 0, element.part_of
    while whole is not None and whole in shown:
        depth, whole = depth + 1, plan.element(whole).part_of
    return depth


def _parts_under_wholes(rows: dict[str, FormRow]) -> list[FormRow]:
    ordered: list[FormRow] = []

    def place(row: FormRow) -> None:
        ordered.append(row)
        for other in rows.values():
            if other.element.part_of == row.element.id:
                place(other)

    for row in rows.values():
        if row.element.part_of not in rows:
            place(row)
    return ordered
