"""Where a rule can be tried: a unit and period that it is meant for, and the figures it looks at there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.model.element import DataElement, Mode
from desktop.model.form import Form, form_for
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import Figure, Section
from desktop.model.unit import Unit
from desktop.validation import CheckContext, CompiledRule, elements_of, rules_of, units_of
from desktop.validation.expressions import Leaf, LeafKind

_UNITS = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a record; `unit` is set where another unit reports it."""

    element: DataElement
    period: Period
    unit: str = ""


Values = Mapping[Cell, Decimal | None]
"""A record's figures; None is blank."""


@dataclass(frozen=True)
class Stage:
    """A unit's form for a period with the cells that a rule looks at."""

    plan: Plan
    form: Form
    cells: tuple[Cell, ...]

    def context(self, values: Values) -> CheckContext:
        """The section of a record with what it is compared to."""
        now = self.form.period
        others = {
            cell.unit: Section(cell.unit, now, _figures({cell: values[cell]}))
            for cell in self.cells
            if cell.unit
        }
        return CheckContext(
            self.plan,
            self.form,
            self._section(values, now),
            previous=self._section(values, now.previous),
            same_last_year=self._section(values, now.same_last_year),
            others=others,
        )

    def _section(self, values: Values, period: Period) -> Section:
        own = {cell: value for cell, value in values.items() if cell.period == period and not cell.unit}
        return Section(self.form.unit.id, period, _figures(own))


def _figures(values: Values) -> dict[str, Figure]:
    return {cell.element.id: Figure.number(value) for cell, value in values.items() if value is not None}


def stages(plan: Plan, compiled: CompiledRule) -> Iterator[Stage]:
    """Units and periods for a rule, those first that are asked for most of its figures."""
    elements = [plan.element(id_) for id_ in compiled.elements]

    def asked(unit: Unit) -> int:
        return sum(plan.mode(element, unit) is not Mode.NONE for element in elements)

    units = [unit for unit in plan.units if compiled.units is None or unit.id in compiled.units]
    chosen = sorted((unit for unit in units if asked(unit)), key=asked, reverse=True)[:_UNITS]
    forms = [
        form
        for unit in chosen
        for period in _periods(plan, compiled)
        if unit.exists_on(period.end) and compiled in rules_of(plan, form := form_for(plan, unit, period))
    ]

    def worth(form: Form) -> tuple[int, bool]:
        due = {row.element.id for row in form.due_rows}
        return len(due.intersection(compiled.elements)), not form.period.opens_year

    for form in sorted(forms, key=worth, reverse=True):
        yield Stage(plan, form, _cells(plan, compiled, form))


def _periods(plan: Plan, compiled: CompiledRule) -> list[Period]:
    """For each slot the last period in which the rule is valid, later slots first."""
    rule = compiled.rule
    latest: dict[str, Period] = {}
    for period in plan.periods():
        day = period.end
        valid = not (rule.valid_from and day < rule.valid_from) and not (
            rule.valid_to and rule.valid_to < day
        )
        if valid and (not rule.slots or period.slot in rule.slots):
            latest[period.slot] = period
    return sorted(latest.values(), reverse=True)


def _cells(plan: Plan, compiled: CompiledRule, form: Form) -> tuple[Cell, ...]:
    found = (cell for leaf in compiled.leaves for cell in _cells_of(plan, leaf, form))
    return tuple(dict.fromkeys(found))


def _cells_of(plan: Plan, leaf: Leaf, form: Form) -> Iterator[Cell]:
    now = form.period
    if leaf.kind is LeafKind.GROUP:
        element = plan.element(leaf.id)
        owing = {unit.id for unit in plan.reporters(element, now)}
        for unit in units_of(plan, leaf.group, now.end):
            if unit.id in owing:
                yield Cell(element, now, "" if unit.id == form.unit.id else unit.id)
    elif leaf.is_reported:
        periods = {LeafKind.PREVIOUS: now.previous, LeafKind.SAME_LAST_YEAR: now.same_last_year}
        for id_ in elements_of(plan, leaf.id):
            yield Cell(plan.element(id_), periods.get(leaf.kind, now))
