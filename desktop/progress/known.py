"""What is known of one figure over time, and which figure speaks for a period, a year and a date."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from desktop.model.period import Period, PeriodType
from desktop.values import dataclass

_YEAR_END = (PeriodType.YEAR, PeriodType.QUARTER, PeriodType.MONTH)
_WITHIN_YEAR = (PeriodType.QUARTER, PeriodType.MONTH)


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure and the period it was reported for."""

    value: Fraction
    basis: Period


@dataclass(frozen=True, slots=True)
class Known:
    """A series of figures, multiplied by `factor` when taken out."""

    series: Mapping[Period, Decimal]
    factor: Decimal = Decimal(1)

    def of(self, period: Period) -> Reported | None:
        """The figure of a period; at a year's end the year's own (年报) comes before the quarter's."""
        if not period.is_year_end:
            return self._first((period,))
        return self._first((Period(PeriodType.YEAR, period.year), period, *_last_periods(period.year)))

    def of_year(self, year: int) -> Reported | None:
        """The final figure of a year."""
        return self._first(_last_periods(year))

    def at_due(self, due: datetime.date) -> Reported | None:
        """The figure that decides at a due date: of the first period of its year that ends on or after it."""
        if due.month < 12:
            for type_ in _WITHIN_YEAR:
                length = 12 // Period(type_, due.year).per_year
                reported = self._first((Period(type_, due.year, (due.month - 1) // length + 1),))
                if reported is not None:
                    return reported
        return self.of_year(due.year)

    def until(self, day: datetime.date) -> list[Reported]:
        """All figures of periods that end on or before a day, in order."""
        factor = Fraction(self.factor)
        return [Reported(Fraction(self.series[p]) * factor, p) for p in sorted(self.series) if p.end <= day]

    def share(self, period: Period) -> Fraction:
        """Which share of a year's total is there at `period`: last year's share at the same period, if its
        figure and its year's total are known and positive, else the share of the year gone by.
        """
        if period.is_year_end:
            return Fraction(1)
        same, whole = self.of(period.same_last_year), self.of_year(period.year - 1)
        if same is not None and whole is not None and whole.value > 0 and same.value >= 0:
            return same.value / whole.value
        return Fraction(period.number, period.per_year)

    def _first(self, periods: tuple[Period, ...]) -> Reported | None:
        for period in periods:
            if period in self.series:
                return Reported(Fraction(self.series[period]) * Fraction(self.factor), period)
        return None


def _last_periods(year: int) -> tuple[Period, ...]:
    """The periods that end with a year, the year's own first."""
    return tuple(Period(type_, year, Period(type_, year).per_year) for type_ in _YEAR_END)
