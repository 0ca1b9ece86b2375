"""The modified z-score of Iglewicz and Hoaglin (1993), exact, with a floor for series that never vary."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from desktop.model.decimals import EXACT, divide
from desktop.values import dataclass

CONSISTENCY = Decimal("0.6745")
"""The third quartile of the normal distribution: it makes the MAD comparable with a standard deviation."""
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of some figures and how far they usually lie from it; `scale` is never zero."""

    median: Decimal
    scale: Decimal

    def score(self, value: Decimal) -> Decimal:
        """0.6745 × (value − median) ÷ scale."""
        return self.score_from(value, self.median)

    def score_from(self, value: Decimal, other: Decimal) -> Decimal:
        """The score of a value's distance from another figure than the median."""
        return divide(EXACT.multiply(CONSISTENCY, EXACT.subtract(value, other)), self.scale)


def spread(values: Sequence[Decimal], floor_percent: Decimal, least: Decimal) -> Spread:
    """Median and MAD of the values; the MAD is at least `floor_percent` of the median and at least `least`.

    Raises ValueError without values or with a `least` that isn't positive.
    """
    if not values or least <= 0:
        raise ValueError("a spread needs values and a positive least amount")
    middle = median(values)
    deviation = median([abs(EXACT.subtract(value, middle)) for value in values])
    floor = divide(EXACT.multiply(floor_percent, abs(middle)), _HUNDRED)
    return Spread(middle, max(deviation, floor, least))


def median(values: Sequence[Decimal]) -> Decimal:
    """The middle value, or the mean of the two in the middle."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return divide(EXACT.add(ordered[half - 1], ordered[half]), Decimal(2))
