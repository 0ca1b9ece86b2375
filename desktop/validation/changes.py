"""Rules over time: figures off by the factor of a unit, falls of what can't fall, jumps, outliers.

They are four ways to see one change. On one figure the most telling one that holds is said and the others are
not: a slip of the unit explains a jump, a fall explains an outlier, and a distance from the whole history
says more than one from the period before. `CHANGE_RULES` holds them in that order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache

from desktop.model.decimals import EXACT, display, divide
from desktop.model.element import ElementKind, Nature
from desktop.model.family import Family
from desktop.model.finding import Finding
from desktop.model.submission import Answer
from desktop.validation.context import reported_value
from desktop.validation.finding_maker import Maker
from desktop.validation.scores import Spread, spread
from desktop.validation.series import Dated, Series

SLIP = Decimal(4)
"""万 is 10⁴: the factor by which figures typed in the wrong unit are off."""

ChangeRule = Callable[[Maker, Series], Iterator[Finding]]


def unit_slip(make: Maker, series: Series) -> Iterator[Finding]:
    """单位疑误: about 10⁴ times, or 10⁻⁴ of, the previous figure or that of a year ago."""
    value = make.figure.value
    if not value or make.element.kind is ElementKind.LIST:
        return
    least, most = _slip_range(make.parameter(Family.UNIT_SLIP, "margin"))
    for period, other in filter(None, (series.last, series.at(series.now.same_last_year))):
        larger, smaller = max(abs(value), abs(other)), min(abs(value), abs(other))
        if smaller and least <= divide(larger, smaller) <= most:
            yield make.warning(
                "value.unit_slip",
                about={(make.element.id, period): other},
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


def fall(make: Maker, series: Series) -> Iterator[Finding]:
    """A year-to-date figure below an earlier one of its year, or a stock that only grows has fallen."""
    element = make.element
    if element.nature is Nature.FLOW and not element.negative:
        yield from _fell(make, "flow.fell", series.last_within_year)
    elif element.nature is Nature.STOCK and element.only_grows:
        yield from _fell(make, "stock.fell", series.last)


def _fell(make: Maker, code: str, last: Dated | None) -> Iterator[Finding]:
    value = reported_value(make.figure)
    if value is None or last is None or value >= last[1]:
        return
    before, previous = last
    difference = EXACT.subtract(previous, value)
    if difference < make.parameter(Family.FALL, "minimum_change"):
        return
    yield make.warning(
        code,
        about={(make.element.id, before): previous},
        value=make.shown(value),
        before=before.label,
        previous=make.shown(previous),
        difference=make.shown(difference),
    )


def outlier(make: Maker, series: Series) -> Iterator[Finding]:
    """Far from the unit's own history, by the modified z-score.

    Far from the median, and as far from the latest figure and from that of the same period last year: what
    lies near one of them is season, or a level that was explained already.
    """
    value = _judged(make)
    own = None if value is None else series.own(value)
    alike = series.like_with_like()
    if own is None or len(alike) < make.parameter(Family.OUTLIER, "periods"):
        return
    floor, step = make.parameter(Family.OUTLIER, "floor_percent"), Decimal(1).scaleb(-make.element.decimals)
    usual = spread([amount for _, amount in alike], floor, step)
    nearest = _nearest(own, usual, alike, series)
    if abs(usual.score_from(own, nearest)) <= make.parameter(Family.OUTLIER, "score"):
        return
    if abs(EXACT.subtract(own, nearest)) < make.parameter(Family.OUTLIER, "minimum_change"):
        return
    yield make.warning(
        "value.outlier" if make.element.nature is Nature.STOCK else "value.outlier_added",
        about={(make.element.id, period): amount for period, amount in series.earlier},
        value=make.shown(own),
        count=str(len(alike)),
        median=make.shown(usual.median),
        difference=make.shown(abs(EXACT.subtract(own, usual.median))),
        score=display(usual.score(own), 1),
    )


def _nearest(own: Decimal, usual: Spread, alike: tuple[Dated, ...], series: Series) -> Decimal:
    """Of the median, the latest figure and that of the same period last year, the one nearest to it."""
    last_year = [amount for period, amount in alike if period == series.now.same_last_year]
    return min((usual.median, alike[-1][1], *last_year), key=lambda other: abs(EXACT.subtract(own, other)))


def jump(make: Maker, series: Series) -> Iterator[Finding]:
    """Changed by more than a share, and by more than a least amount, against the period before.

    A stock against its latest figure within a year. A flow against the same period of last year; without
    that, what this period added against what the latest earlier one added.
    """
    value = _judged(make)
    if value is None:
        return
    code, basis = "value.jump", series.at(series.now.same_last_year)
    if make.element.nature is Nature.STOCK:
        basis = series.last
    elif basis is None:
        alike = series.like_with_like()
        code, basis, value = "value.jump_added", alike[-1] if alike else None, series.own(value)
    if value is None or basis is None or basis[0] < series.now.same_last_year:
        return
    before, previous = basis
    rests_on = (basis,) if code == "value.jump" else (*series.behind(before), *series.behind(series.now))
    change = EXACT.subtract(value, previous)
    if abs(change) < make.parameter(Family.JUMP, "minimum_change"):
        return
    percent = _percent(change, previous)
    if percent is not None and abs(percent) <= make.parameter(Family.JUMP, "percent"):
        return
    yield make.warning(
        code,
        about={(make.element.id, period): amount for period, amount in rests_on},
        value=make.shown(value),
        before=before.label,
        previous=make.shown(previous),
        way="减少" if change < 0 else "增加",
        difference=make.shown(abs(change)),
        percent="—" if percent is None else f"{display(abs(percent), 1)}%",
    )


def _percent(change: Decimal, base: Decimal) -> Decimal | None:
    """The change in per cent; None over a base that is zero or negative, where growth says nothing."""
    return divide(EXACT.multiply(change, Decimal(100)), base) if base > 0 else None


def _judged(make: Maker) -> Decimal | None:
    """The figure to weigh; None for lists, which name what is new, and for what was confirmed as issued."""
    if make.element.kind is ElementKind.LIST or make.figure.answer is Answer.CONFIRMED:
        return None
    return reported_value(make.figure)


CHANGE_RULES: tuple[tuple[Family, ChangeRule], ...] = (
    (Family.UNIT_SLIP, unit_slip),
    (Family.FALL, fall),
    (Family.OUTLIER, outlier),
    (Family.JUMP, jump),
)
"""The most telling first."""
