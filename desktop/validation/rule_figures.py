"""The figures that the plan's own rules name, looked up for one section.

- A data element is what the unit reported, before deductions; one that isn't on its form is the published
  figure, if there is one. An indicator is always computed from its data elements.
- `prev` is the period before of the same type. The year to date starts at zero: in the year's first quarter
  or month a flow has no period before, so it is missing. Figures under a definition that can't be compared
  are missing too.
- `baseline` and `target` are the unit's own before the district's.
- `group_sum` adds up the units of a group whose sections are at hand; it is complete once all that owe the
  figure are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from desktop.model.decimals import divide, total
from desktop.model.element import DataElement, Nature
from desktop.model.indicator import Indicator
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import Section
from desktop.model.target import Operator, Target
from desktop.progress import indicator_value
from desktop.validation.context import CheckContext, reported_value
from desktop.validation.expressions import Leaf, LeafKind
from desktop.validation.finding_maker import Figures
from desktop.validation.rule_compiling import is_indicator, units_of
from desktop.validation.series import comparable
from desktop.validation.standing import amount_of

_WITH_A_FIGURE = (Operator.AT_LEAST, Operator.ABOVE, Operator.AT_MOST, Operator.WITHIN, Operator.BUILD)
"""Operators whose value is a figure, not a rate of growth."""


@dataclass(frozen=True, slots=True)
class Found:
    """A figure, None where it is missing. `spoken` is what it was made of.

    `complete` is false for a sum of a group of which not all have reported, `computable` for a ratio whose
    divisor is zero.
    """

    value: Decimal | None
    spoken: Figures = field(default_factory=dict, hash=False)
    complete: bool = True
    computable: bool = True


@dataclass(frozen=True)
class Lookup:
    """Looks up figures for one check; each leaf once."""

    context: CheckContext
    _known: dict[Leaf, Found] = field(default_factory=dict)

    @cached_property
    def on_form(self) -> frozenset[str]:
        """The data elements on the unit's form."""
        return frozenset(row.element.id for row in self.context.form.rows)

    @cached_property
    def due(self) -> frozenset[str]:
        """Those that are asked for in this period."""
        return frozenset(row.element.id for row in self.context.form.due_rows)

    @cached_property
    def _sections(self) -> Mapping[Period, Section]:
        return self.context.sections()

    def of(self, leaf: Leaf) -> Found:
        """The figure of a leaf."""
        if leaf not in self._known:
            self._known[leaf] = self._find(leaf)
        return self._known[leaf]

    def _find(self, leaf: Leaf) -> Found:
        now = self.context.period
        match leaf.kind:
            case LeafKind.OWN:
                return self._at(leaf.id, now)
            case LeafKind.PREVIOUS:
                return self._at(leaf.id, now.previous)
            case LeafKind.SAME_LAST_YEAR:
                return self._at(leaf.id, now.same_last_year)
            case LeafKind.BASELINE | LeafKind.TARGET:
                value = self._stated(leaf)
                return Found(value, {(f"{leaf.id}/{leaf.kind.value}", now): _said(value)})
            case LeafKind.GROUP:
                return self._group(leaf)

    def _at(self, id_: str, period: Period) -> Found:
        section = self._sections.get(period)
        if is_indicator(self.context.plan, id_) and not self.context.plan.has_element(id_):
            return self._indicator(self.context.plan.indicator(id_), period, section)
        value = self._reported(self.context.plan.element(id_), period, section)
        return Found(value, {(id_, period): _said(value)})

    def _reported(self, element: DataElement, period: Period, section: Section | None) -> Decimal | None:
        if section is None or not self._may_stand_beside(element, period):
            return None
        if element.id in self.on_form:
            return reported_value(section.figure(element.id))
        return amount_of(self.context, section, element.id, own=True)

    def _may_stand_beside(self, element: DataElement, period: Period) -> bool:
        now = self.context.period
        if period == now:
            return True
        starts = now.opens_year and not now.is_year_end and element.nature is Nature.FLOW
        return not (starts and period == now.previous) and comparable(element, period, now)

    def _indicator(self, indicator: Indicator, period: Period, section: Section | None) -> Found:
        plan = self.context.plan
        amounts: dict[str, Decimal | None] = {}
        for id_ in (*indicator.numerator, *indicator.denominator):
            beside = section is not None and self._may_stand_beside(plan.element(id_), period)
            known = section if beside else None
            amounts[id_] = None if known is None else amount_of(self.context, known, id_, own=True)
        value = indicator_value(indicator, amounts)
        spoken = {(id_, period): _said(amount) for id_, amount in amounts.items()}
        return Found(value, spoken, computable=value is not None or None in amounts.values())

    def _group(self, leaf: Leaf) -> Found:
        context = self.context
        element = context.plan.element(leaf.id)
        owing = {unit.id for unit in context.plan.reporters(element, context.period)}
        asked = [unit.id for unit in units_of(context.plan, leaf.group, context.period.end)]
        at_hand = {**context.others, context.section.unit: context.section}
        said = {
            id_: at_hand[id_].figure(leaf.id).amount if id_ in at_hand else None
            for id_ in asked
            if id_ in owing
        }
        known = [amount for amount in said.values() if amount is not None]
        others = any(id_ in context.others and id_ != context.section.unit for id_ in said)
        spoken = {(f"{leaf.id}/{id_}", context.period): _said(amount) for id_, amount in said.items()}
        return Found(total(known) if known and others else None, spoken, len(known) == len(said))

    def _stated(self, leaf: Leaf) -> Decimal | None:
        """A baseline or a target: of the unit's own target, of the district's main one, of any other."""
        plan, unit = self.context.plan, self.context.form.unit.id
        found = targets_for(plan, leaf)
        for id_ in (unit, plan.district.id):
            if id_ in found:
                return found[id_]
        return None


def targets_for(plan: Plan, leaf: Leaf) -> dict[str, Decimal]:
    """The baselines or targets that a leaf stands for, by the unit's or the district's id."""
    found: dict[str, Decimal] = {}
    for target in sorted(plan.targets_of(leaf.id), key=lambda target: not target.main):
        value = None if target.plus else _figure_of(plan, target, leaf)
        if value is not None:
            found.setdefault(target.unit_id or plan.district.id, value)
    if is_indicator(plan, leaf.id):
        indicator = plan.indicator(leaf.id)
        said = indicator.target if leaf.kind is LeafKind.TARGET else indicator.baseline
        if said is not None:
            found.setdefault(plan.district.id, said)
    return found


def _figure_of(plan: Plan, target: Target, leaf: Leaf) -> Decimal | None:
    """In the unit in which the figure itself is: data elements as they are typed."""
    if leaf.kind is LeafKind.TARGET and target.operator not in _WITH_A_FIGURE:
        return None
    value = target.value if leaf.kind is LeafKind.TARGET else target.baseline
    if value is None or not plan.has_element(leaf.id):
        return value
    unit = plan.element(leaf.id).unit
    return divide(value, unit.show_factor) if unit.shown and target.unit == unit.shown else value


def _said(value: Decimal | None) -> Decimal | str:
    return "" if value is None else value
