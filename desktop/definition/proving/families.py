"""Proof of life for generated rules: one for each family and element, list, target or item that it fits.

A family that a plan switches off for an element has no rule there, and so has nothing to prove.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial

from desktop.definition.proving.changes import prove_changes
from desktop.definition.proving.groups import prove_items, prove_peers, prove_targets
from desktop.definition.proving.proof import Proof
from desktop.definition.proving.samples import Workshop, number, proof, step, usual, with_rows
from desktop.model.element import ColumnType, DataElement, ElementKind, Mode
from desktop.model.family import Family
from desktop.model.finding import Finding
from desktop.model.plan import Plan
from desktop.model.submission import BLANK, Answer, Deduction, DeductionKind, Figure
from desktop.validation import CheckContext
from desktop.validation.engine import ROW_RULES
from desktop.validation.finding_maker import Maker

_RULES = {rule.family: rule.run for rule in ROW_RULES}
_CREDIT_CODE = "91350100M000100Y43"
_FAR = datetime.date(2999, 12, 31)


def prove_families(plan: Plan) -> tuple[Proof, ...]:
    """A proof for each generated rule of a plan, in the order of families and of the plan."""
    shop = Workshop(plan)
    found: list[Proof] = []
    for family, prove in _ROWS.items():
        for element in plan.elements:
            if plan.checks(family, element.id):
                found.extend(prove(shop, element))
    return (
        *found,
        *prove_changes(shop),
        *prove_peers(shop),
        *prove_targets(shop),
        *prove_items(shop),
    )


def _run(family: Family, element: str, codes: str, context: CheckContext) -> Iterator[Finding]:
    """What the family's rule says of an element, of findings whose code and qualifier begin so."""
    row = context.form.row(element)
    if row is not None:
        for finding in _RULES[family](Maker(context, row.element), row):
            if f"{finding.code}@{finding.qualifier}".startswith(codes):
                yield finding


def _plain(
    shop: Workshop, family: Family, element: DataElement, about: str, code: str, good: Figure, bad: Figure
) -> Iterator[Proof]:
    """A rule on one figure by itself."""
    place = shop.place(element, wanted=Mode.ENTERED) or shop.place(element)
    if place is not None:
        run = partial(_run, family, element.id, code)
        records = (shop.context(*place, {element.id: figure}) for figure in (good, bad))
        passes, fails = records
        yield proof(family, about, element.id, run, (passes,), (fails,))


def _required(shop: Workshop, element: DataElement) -> Iterator[Proof]:
    if shop.place(element, wanted=Mode.ENTERED) is not None:
        good = number(usual(element))
        yield from _plain(shop, Family.REQUIRED, element, element.id, "value.required", good, BLANK)


def _decimals(shop: Workshop, element: DataElement) -> Iterator[Proof]:
    value = usual(element)
    finer = number(value + step(element) / 10)
    yield from _plain(shop, Family.DECIMALS, element, element.id, "value.", number(value), finer)


def _sign(shop: Workshop, element: DataElement) -> Iterator[Proof]:
    if not element.negative:
        bad = number(-step(element))
        yield from _plain(shop, Family.SIGN, element, element.id, "value.", number(Decimal(0)), bad)


def _range(shop: Workshop, element: DataElement) -> Iterator[Proof]:
    for limit, code, way in ((element.minimum, "range.below", -1), (element.maximum, "range.above", 1)):
        if limit is not None:
            about = f"{element.id}:{'minimum' if way < 0 else 'maximum'}"
            bad = number(limit + way * step(element))
            yield from _plain(shop, Family.RANGE, element, about, code, number(limit), bad)


def _deductions(shop: Workshop, element: DataElement) -> Iterator[Proof]:
    value = usual(element)

    def taken(amount: Decimal) -> Figure:
        return replace(number(value), deductions=(Deduction(DeductionKind.OUTSIDE, amount),))

    if element.kind is ElementKind.NUMBER:
        good, bad = taken(value), taken(value + step(element))
        yield from _plain(shop, Family.DEDUCTIONS, element, element.id, "deductions.exceed", good, bad)


def _subset(shop: Workshop, element: DataElement) -> Iterator[Proof]:
    for whole in element.subset_of:
        place = shop.place(element, beside=whole)
        passes: tuple[CheckContext, ...] = ()
        fails: tuple[CheckContext, ...] = ()
        if place is not None:
            limit = usual(shop.plan.element(whole))
            parts = (limit, limit + step(element))
            passes, fails = (
                (shop.context(*place, {element.id: number(part), whole: number(limit)}),) for part in parts
            )
        run = partial(_run, Family.SUBSET, element.id, f"subset.exceeds@{whole}")
        yield proof(Family.SUBSET, f"{element.id}:{whole}", element.id, run, passes, fails)


def _issued(shop: Workshop, element: DataElement) -> Iterator[Proof]:
    place = shop.place(element, wanted=Mode.ISSUED)
    if place is None:
        return
    value = usual(element)
    passes, fails = (
        shop.context(*place, {element.id: replace(number(own), answer=answer)}, reference={element.id: value})
        for own, answer in ((value, Answer.CONFIRMED), (value + step(element), Answer.DISPUTED))
    )
    run = partial(_run, Family.ISSUED, element.id, "issued.")
    yield proof(Family.ISSUED, element.id, element.id, run, (passes,), (fails,))


def _lists(shop: Workshop, element: DataElement) -> Iterator[Proof]:
    if element.kind is ElementKind.LIST:
        texts = {ColumnType.DATE: _FAR.isoformat(), ColumnType.CREDIT_CODE: _CREDIT_CODE}
        row = {column.id: texts.get(column.type, "演示") for column in element.columns}
        good, bad = with_rows(number(Decimal(1)), (row,)), number(Decimal(1))
        yield from _plain(shop, Family.LISTS, element, element.id, "list.", good, bad)


_ROWS = {
    Family.REQUIRED: _required,
    Family.DECIMALS: _decimals,
    Family.SIGN: _sign,
    Family.RANGE: _range,
    Family.DEDUCTIONS: _deductions,
    Family.SUBSET: _subset,
    Family.ISSUED: _issued,
    Family.LISTS: _lists,
}
