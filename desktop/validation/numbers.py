"""Rules on one number by itself: its decimals, its sign, its plausible range, what is deducted from it."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.model.decimals import EXACT, canonical, places, total
from desktop.model.finding import Finding
from desktop.model.form import FormRow
from desktop.validation.finding_maker import Maker


def decimals(make: Maker, row: FormRow) -> Iterator[Finding]:
    """Not more decimals than the element has."""
    value = make.figure.value
    if value is None or places(value) <= row.element.decimals:
        return
    if row.element.decimals == 0:
        yield make.error("value.integer", value=make.shown(value))
    else:
        yield make.error("value.decimals", value=make.shown(value), decimals=str(row.element.decimals))


def sign(make: Maker, _row: FormRow) -> Iterator[Finding]:
    """Not negative."""
    value = make.figure.value
    if value is not None and value < 0:
        yield make.error("value.negative", value=make.shown(value))


def plausible(make: Maker, row: FormRow) -> Iterator[Finding]:
    """Inside the plausible range, which warns and never blocks."""
    value, low, high = make.figure.value, row.element.minimum, row.element.maximum
    if value is None:
        return
    if low is not None and value < low:
        difference = make.shown(EXACT.subtract(low, value))
        yield make.warning(
            "range.below", value=make.shown(value), limit=make.shown(low), difference=difference
        )
    if high is not None and value > high:
        difference = make.shown(EXACT.subtract(value, high))
        yield make.warning(
            "range.above", value=make.shown(value), limit=make.shown(high), difference=difference
        )


def deductions(make: Maker, row: FormRow) -> Iterator[Finding]:
    """Parts taken off (其中) are not negative and together not above the figure."""
    figure = make.figure
    if not figure.deductions or figure.value is None:
        return
    taken = total([deduction.value for deduction in figure.deductions])
    about = {
        (f"{row.element.id}/{number}", make.context.period): canonical(deduction.value)
        for number, deduction in enumerate(figure.deductions)
    }
    if any(deduction.value < 0 for deduction in figure.deductions):
        yield make.error("deductions.negative", about=about)
    if taken > figure.value:
        yield make.error(
            "deductions.exceed",
            about=about,
            value=make.shown(figure.value),
            deducted=make.shown(taken),
            difference=make.shown(EXACT.subtract(taken, figure.value)),
        )
