"""Proof of life for the rules that look at more than one figure of one unit: peers, targets, items."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import product

from desktop.definition.proving.proof import Proof
from desktop.definition.proving.samples import Workshop, number, proof, step, upwards, usual
from desktop.model.decimals import EXACT, divide
from desktop.model.element import DataElement, ElementKind
from desktop.model.family import Family
from desktop.model.finding import Finding
from desktop.model.form import FormItem
from desktop.model.period import Period
from desktop.model.submission import ItemReport, ItemStatus, Section
from desktop.model.target import Target
from desktop.model.unit import Unit
from desktop.validation import CheckContext, peer_findings
from desktop.validation.items import item
from desktop.validation.peers import scaled_by
from desktop.validation.scores import CONSISTENCY
from desktop.validation.standing import supplied
from desktop.validation.targets import asked, verdict_on

_SIZES = tuple(Decimal(text) for text in ("0", "1000000000", "1", "100", "10000"))
"""Figures tried for what a target judges, and for what is below the line."""


def prove_peers(shop: Workshop) -> Iterator[Proof]:
    """A proof for each element and kind of unit with enough units."""
    plan = shop.plan
    for element in plan.elements:
        if element.kind is ElementKind.LIST or not plan.checks(Family.PEERS, element.id):
            continue
        place = shop.place(element)
        if place is None:
            continue
        reporters = plan.reporters(element, place[1])
        for kind in plan.unit_kinds:
            units = [unit for unit in reporters if unit.kind == kind.id]
            enough = len(units) >= plan.family(Family.PEERS).parameter("units", element.id)
            if kind.territorial and enough:
                yield _of_kind(shop, element, kind.id, units, place[1])


def _of_kind(shop: Workshop, element: DataElement, kind: str, units: list[Unit], period: Period) -> Proof:
    plan, setting, value = shop.plan, shop.plan.family(Family.PEERS), usual(element)
    below = {id_: number(Decimal(1)) for id_ in scaled_by(plan, element)}
    floor = divide(EXACT.multiply(setting.parameter("floor_percent", element.id), abs(value)), Decimal(100))
    far = divide(max(floor, step(element)) * setting.parameter("score", element.id), CONSISTENCY)
    change = max(far, setting.parameter("minimum_change", element.id)) + step(element)

    def of(unit: Unit, amount: Decimal) -> Section:
        return Section(unit.id, period, {element.id: number(amount), **below})

    others = {unit.id: of(unit, value) for unit in units[1:]}

    def context(amount: Decimal) -> CheckContext:
        own = of(units[0], amount)
        return CheckContext(plan, shop.form(units[0], period), own, others=others)

    def run(found: CheckContext) -> Iterator[Finding]:
        sections = {found.section.unit: found.section, **found.others}
        said = peer_findings(plan, period, sections).get(found.section.unit, ())
        return (finding for finding in said if finding.address == element.id)

    about = f"{element.id}:{kind}"
    apart = upwards(element, value + change)
    return proof(Family.PEERS, about, element.id, run, (context(value),), (context(apart),))


def prove_targets(shop: Workshop) -> Iterator[Proof]:
    """A proof for each target of which some unit is told."""
    for target in shop.plan.targets:
        place = _told(shop, target)
        if place is not None:
            yield _of_target(shop, target, *place)


def _told(shop: Workshop, target: Target) -> tuple[Unit, Period, tuple[str, ...]] | None:
    """The unit that is told of a target, the last period by its due day, and the elements it is judged by."""
    plan = shop.plan
    indicator = None if target.indicator is None else plan.indicator(target.indicator)
    if indicator is not None and indicator.monitor_only:
        return None
    for unit in plan.units:
        if not asked(plan, unit, target):
            continue
        for period in (found for found in shop.periods if found.end <= target.due):
            context = shop.context(unit, period, {})
            elements = supplied(context, target, own=target.unit_id == unit.id)
            if not elements:
                break
            if all(plan.element(id_).is_due(period.slot) for id_ in elements):
                return unit, period, elements
    return None


def _of_target(
    shop: Workshop, target: Target, unit: Unit, period: Period, elements: tuple[str, ...]
) -> Proof:
    indicator = None if target.indicator is None else shop.plan.indicator(target.indicator)
    below = () if indicator is None else tuple(id_ for id_ in indicator.denominator if id_ not in elements)

    def contexts() -> Iterator[CheckContext]:
        for above, under in product(_sizes(target), _SIZES[1:] if below else _SIZES[:1]):
            now = {id_: number(above) for id_ in elements} | {id_: number(under) for id_ in below}
            before = {id_: number(Decimal(100)) for id_ in (*elements, *below)}
            earlier = [Section(unit.id, period.same_last_year, before)]
            yield shop.context(unit, period, now, earlier=earlier)

    run = partial(_verdict, target)
    return proof(Family.TARGETS, target.id, elements[0], run, contexts(), contexts())


def _sizes(target: Target) -> tuple[Decimal, ...]:
    """The target's own value first: a control range passes nothing else."""
    return _SIZES if target.value is None else (target.value, *_SIZES)


def _verdict(target: Target, context: CheckContext) -> Iterator[Finding]:
    yield from verdict_on(context, target)


def prove_items(shop: Workshop) -> Iterator[Proof]:
    """A proof for each item that stands in some form."""
    plan = shop.plan
    if not plan.checks(Family.ITEMS):
        return
    period = shop.periods[0]
    for wanted in plan.items:
        for unit in plan.units_on(period.end):
            entry = next((e for e in shop.form(unit, period).items if e.item.number == wanted.number), None)
            if entry is not None:
                yield _of_item(shop, entry, unit, period)
                break


def _of_item(shop: Workshop, entry: FormItem, unit: Unit, period: Period) -> Proof:
    def context(report: ItemReport) -> CheckContext:
        section = Section(unit.id, period, items={entry.item.number: report})
        return CheckContext(shop.plan, shop.form(unit, period), section)

    passes, fails = context(ItemReport(ItemStatus.UNDER_WAY, 50)), context(ItemReport(ItemStatus.DONE, 50))
    address = f"item/{entry.item.number}"

    def run(found: CheckContext) -> Iterator[Finding]:
        return item(found, entry)

    return proof(Family.ITEMS, address, address, run, (passes,), (fails,))
