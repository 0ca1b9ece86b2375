"""One element's figures over the periods at hand, made comparable: what the rules on changes look at.

A stock is compared by its levels. A flow starts at zero each year, so it is compared with the same period of
last year or by what each period added: the year to date less that of the due period before it in the year.
"""

from __future__ import annotations

from decimal import Decimal

from desktop.model.decimals import EXACT
from desktop.model.element import DataElement, Nature
from desktop.model.period import Period
from desktop.values import dataclass

Dated = tuple[Period, Decimal]
"""A period and the figure reported for it."""


@dataclass(frozen=True, slots=True)
class Series:
    """An element's reported figures of one type of period, oldest first, up to and without `now`.

    Figures under an earlier definition that can't be compared are not in it.
    """

    element: DataElement
    now: Period
    earlier: tuple[Dated, ...]

    @property
    def last(self) -> Dated | None:
        """The latest earlier figure."""
        return self.earlier[-1] if self.earlier else None

    @property
    def last_within_year(self) -> Dated | None:
        """The latest earlier figure of the same year."""
        return self.last if self.last is not None and self.last[0].year == self.now.year else None

    def at(self, period: Period) -> Dated | None:
        """The figure of one earlier period."""
        return next((dated for dated in self.earlier if dated[0] == period), None)

    def like_with_like(self) -> tuple[Dated, ...]:
        """Earlier figures that may stand beside each other: a stock's levels, what a flow's periods added."""
        if self.element.nature is Nature.STOCK:
            return self.earlier
        added = ((period, self.added(period, value)) for period, value in self.earlier)
        return tuple((period, amount) for period, amount in added if amount is not None)

    def own(self, value: Decimal) -> Decimal | None:
        """The figure of `now` as it stands beside `like_with_like`; None where it can't."""
        return value if self.element.nature is Nature.STOCK else self.added(self.now, value)

    def added(self, period: Period, value: Decimal) -> Decimal | None:
        """What a period added to a flow; None where the figure before it in the year wasn't reported."""
        before = self._due_before(period)
        if before is None:
            return value
        dated = self.at(before)
        return None if dated is None else EXACT.subtract(value, dated[1])

    def behind(self, period: Period) -> tuple[Dated, ...]:
        """The earlier figures from which it follows what a period added."""
        return tuple(dated for dated in self.earlier if dated[0] in (period, self._due_before(period)))

    def _due_before(self, period: Period) -> Period | None:
        """The period before it in the year in which the element is due."""
        for number in range(period.number - 1, 0, -1):
            candidate = Period(period.type, period.year, number)
            if self.element.is_due(candidate.slot):
                return candidate
        return None


def comparable(element: DataElement, earlier: Period, now: Period) -> bool:
    """Whether figures of two periods stand under definitions that can be compared."""
    return all(
        old.comparable or not earlier.end <= old.valid_to < now.end for old in element.earlier_definitions
    )
