"""Forms, generated from the plan: what one unit sees in one period. Nobody writes a form by hand."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from dataclasses import field
from functools import cached_property

from desktop.model.element import DataElement, Mode
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.task import Item
from desktop.model.unit import Unit
from desktop.values import dataclass


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


def asks(plan: Plan, unit: Unit, period: Period) -> bool:
    """Whether the form of a unit and a period asks for anything; cheaper than making it."""
    if any(row.due for section in _sections_of(plan, unit, period) for row in section.rows):
        return True
    return next(_items_of(plan, unit, period.end), None) is not None


def _form(plan: Plan, unit: Unit, period: Period) -> Form:
    items = [FormItem(item, plan.lead(item) == unit.id) for item in _items_of(plan, unit, period.end)]
    leading_first = sorted(items, key=lambda entry: not entry.leads)
    return Form(unit, period, _sections_of(plan, unit, period), tuple(leading_first))


def _items_of(plan: Plan, unit: Unit, day: datetime.date) -> Iterator[Item]:
    """The items that a unit leads, and while it exists those of the bodies that it is one of."""
    bodies = plan.made_once(_bodies) if unit.exists_on(day) else ()
    own = frozenset(body for body in bodies if plan.stands_for(body, unit))
    for item in plan.items:
        if plan.lead(item) == unit.id or not own.isdisjoint(item.bodies):
            yield item


def _bodies(plan: Plan) -> frozenset[str]:
    return frozenset(body for item in plan.items for body in item.bodies)


@dataclass(frozen=True, slots=True)
class _Shapes:
    """What units have in common: all streets bring the same elements in the same modes.

    `modes` holds for each unit the modes of the plan's elements, in their order.
    """

    modes: dict[str, tuple[Mode, ...]] = field(default_factory=dict)
    sections: dict[tuple[Period, tuple[Mode, ...]], tuple[FormSection, ...]] = field(default_factory=dict)


def _no_shapes(_plan: Plan) -> _Shapes:
    return _Shapes()


def _sections_of(plan: Plan, unit: Unit, period: Period) -> tuple[FormSection, ...]:
    shapes = plan.made_once(_no_shapes)
    modes = shapes.modes.get(unit.id)
    if modes is None:
        modes = shapes.modes[unit.id] = tuple(plan.mode(element, unit) for element in plan.elements)
    if (period, modes) not in shapes.sections:
        shapes.sections[period, modes] = _sections(plan, period, modes)
    return shapes.sections[period, modes]


def _sections(plan: Plan, period: Period, modes: tuple[Mode, ...]) -> tuple[FormSection, ...]:
    shown = {
        element.id: mode
        for element, mode in zip(plan.elements, modes, strict=True)
        if mode is not Mode.NONE and element.valid_on(period.end)
    }
    rows = {
        element.id: FormRow(
            element, shown[element.id], element.is_due(period.slot), _depth(plan, element, shown)
        )
        for element in plan.elements
        if element.id in shown
    }
    ordered = _parts_under_wholes(rows)
    return tuple(
        FormSection(category, found)
        for category in plan.categories
        if (found := tuple(row for row in ordered if row.element.category == category))
    )


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
