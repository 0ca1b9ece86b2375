"""Proof of life for the rules on changes: a figure beside earlier ones of the same unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial

from desktop.definition.proving.proof import Proof
from desktop.definition.proving.samples import Workshop, due_before, number, proof, step, upwards, usual
from desktop.model.decimals import EXACT, divide
from desktop.model.element import DataElement, ElementKind, Nature
from desktop.model.family import Family
from desktop.model.finding import Finding
from desktop.model.period import Period
from desktop.model.submission import Section
from desktop.model.unit import Unit
from desktop.validation import CheckContext
from desktop.validation.changes import CHANGE_RULES
from desktop.validation.finding_maker import Maker
from desktop.validation.scores import CONSISTENCY

_RULES = dict(CHANGE_RULES)


def prove_changes(shop: Workshop) -> Iterator[Proof]:
    """Proofs of unit slips, falls, outliers and jumps."""
    for family, prove in (
        (Family.UNIT_SLIP, _unit_slip),
        (Family.FALL, _fall),
        (Family.OUTLIER, _outlier),
        (Family.JUMP, _jump),
    ):
        for element in shop.plan.elements:
            listed = element.kind is ElementKind.LIST and family is not Family.FALL
            if not listed and shop.plan.checks(family, element.id):
                place = shop.place(element)
                if place is not None:
                    yield from prove(shop, element, *place)


def _run(family: Family, element: DataElement, context: CheckContext) -> Iterator[Finding]:
    yield from _RULES[family](Maker(context, element), context.series(element))


def _pair(
    shop: Workshop,
    family: Family,
    element: DataElement,
    unit: Unit,
    period: Period,
    earlier: Mapping[Period, Decimal],
    good: Decimal,
    bad: Decimal,
) -> Proof:
    """The same earlier figures with one that passes and one that doesn't."""
    before = [Section(unit.id, then, {element.id: number(value)}) for then, value in earlier.items()]
    passes, fails = (
        shop.context(unit, period, {element.id: number(value)}, earlier=before) for value in (good, bad)
    )
    return proof(family, element.id, element.id, partial(_run, family, element), (passes,), (fails,))


def _unit_slip(shop: Workshop, element: DataElement, unit: Unit, period: Period) -> Iterator[Proof]:
    earlier = due_before(element, period)
    if earlier is not None:
        value = usual(element)
        slipped = EXACT.multiply(value, Decimal(10000))
        yield _pair(shop, Family.UNIT_SLIP, element, unit, period, {earlier: value}, value, slipped)


def _fall(shop: Workshop, element: DataElement, unit: Unit, period: Period) -> Iterator[Proof]:
    flow = element.nature is Nature.FLOW
    if element.negative if flow else not element.only_grows:
        return
    earlier = due_before(element, period, within_year=flow)
    for other in shop.periods:
        if earlier is None and element.is_due(other.slot):
            period, earlier = other, due_before(element, other, within_year=flow)
    if earlier is None:
        return  # asked for once a year: there is nothing within the year to fall below
    value = usual(element)
    setting = shop.plan.family(Family.FALL)
    least = max(step(element), setting.parameter("minimum_change", element.id))
    above = upwards(element, EXACT.add(value, least))
    yield _pair(shop, Family.FALL, element, unit, period, {earlier: above}, above, value)


def _jump(shop: Workshop, element: DataElement, unit: Unit, period: Period) -> Iterator[Proof]:
    earlier = period.same_last_year if element.nature is Nature.FLOW else due_before(element, period)
    if earlier is None:
        return
    value, setting = usual(element), shop.plan.family(Family.JUMP)
    share = divide(EXACT.multiply(abs(value), setting.parameter("percent", element.id)), Decimal(100))
    change = max(share, setting.parameter("minimum_change", element.id))
    jumped = upwards(element, value + change + step(element))
    yield _pair(shop, Family.JUMP, element, unit, period, {earlier: value}, value, jumped)


def _outlier(shop: Workshop, element: DataElement, unit: Unit, period: Period) -> Iterator[Proof]:
    value, setting = usual(element), shop.plan.family(Family.OUTLIER)
    earlier = _steady(element, period, value, int(setting.parameter("periods", element.id)))
    floor = divide(EXACT.multiply(setting.parameter("floor_percent", element.id), abs(value)), Decimal(100))
    scale = max(floor, step(element))
    far = divide(EXACT.multiply(scale, setting.parameter("score", element.id)), CONSISTENCY)
    change = max(far, setting.parameter("minimum_change", element.id)) + step(element)
    before = due_before(element, period, within_year=True) if element.nature is Nature.FLOW else None
    good = value if before is None else earlier[before] + value
    yield _pair(shop, Family.OUTLIER, element, unit, period, earlier, good, upwards(element, good + change))


def _steady(element: DataElement, now: Period, value: Decimal, count: int) -> dict[Period, Decimal]:
    """Whole years before a period and the year up to it, in which each period is like the others."""
    slots = [Period(now.type, now.year, n) for n in range(1, now.per_year + 1)]
    due = [slot.number for slot in slots if element.is_due(slot.slot)]
    years = -(-count // len(due))
    found: dict[Period, Decimal] = {}
    for year in range(now.year - years, now.year + 1):
        for place, slot in enumerate(due, start=1):
            then = Period(now.type, year, slot)
            if then < now:
                found[then] = (
                    value if element.nature is Nature.STOCK else EXACT.multiply(value, Decimal(place))
                )
    return found
