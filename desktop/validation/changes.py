"""Rules over time: falls of what can't fall, and figures that are off by the factor of a unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from desktop.model.decimals import EXACT, display, divide
from desktop.model.element import ElementKind, Nature
from desktop.model.family import Family
from desktop.model.finding import Finding
from desktop.model.form import FormRow
from desktop.model.period import Period
from desktop.validation.context import CheckContext, reported_value
from desktop.validation.finding_maker import Maker

SLIP = Decimal(4)
"""万 is 10⁴: the factor by which figures typed in the wrong unit are off."""


def flow_fell(context: CheckContext, row: FormRow) -> Iterator[Finding]:
    """A year-to-date figure below an earlier one of its year: a correction, or a single quarter's figure."""
    if row.element.nature is Nature.FLOW and not row.element.negative:
        yield from _fell(context, row, "flow.fell", within_year=True)


def stock_fell(context: CheckContext, row: FormRow) -> Iterator[Finding]:
    """A stock that only grows has fallen."""
    if row.element.nature is Nature.STOCK and row.element.only_grows:
        yield from _fell(context, row, "stock.fell", within_year=False)


def _fell(context: CheckContext, row: FormRow, code: str, *, within_year: bool) -> Iterator[Finding]:
    make = Maker(context, row.element)
    value, last = reported_value(make.figure), context.last_before(row.element.id, within_year=within_year)
    if value is None or last is None or value >= last[1]:
        return
    before, previous = last
    yield make.warning(
        code,
        about={(row.element.id, before): previous},
        value=make.shown(value),
        before=before.label,
        previous=make.shown(previous),
        difference=make.shown(EXACT.subtract(previous, value)),
    )


def unit_slip(context: CheckContext, row: FormRow) -> Iterator[Finding]:
    """单位疑误: about 10⁴ times, or 10⁻⁴ of, the previous figure or that of a year ago."""
    make = Maker(context, row.element)
    value = make.figure.value
    if not value or row.element.kind is ElementKind.LIST:
        return
    least, most = _slip_range(context.plan.family(Family.UNIT_SLIP).parameter("margin"))
    for period, other in _compared(context, row.element.id):
        larger, smaller = max(abs(value), abs(other)), min(abs(value), abs(other))
        if least <= divide(larger, smaller) <= most:
            yield make.warning(
                "value.unit_slip",
                about={(row.element.id, period): other},
                value=make.shown(value),
                before=period.label,
                previous=make.shown(other),
                ratio=display(divide(larger, smaller), 0),
            )
            return


@lru_cache(maxsize=8)
def _slip_range(margin: Decimal) -> tuple[Decimal, Decimal]:
    """The ratios that lie within a factor of 10^margin of 10⁴."""
    return EXACT.power(Decimal(10), SLIP - margin), EXACT.power(Decimal(10), SLIP + margin)


def _compared(context: CheckContext, element: str) -> list[tuple[Period, Decimal]]:
    """The last figure and that of a year ago, where they aren't zero."""
    found = [context.last_before(element)]
    if context.same_last_year is not None:
        last_year = context.same_last_year.figure(element).value
        found.append(None if last_year is None else (context.same_last_year.period, last_year))
    return [entry for entry in found if entry is not None and entry[1]]
