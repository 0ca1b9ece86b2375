"""Paths: what a target asks for before its due date.

The path of a stock is read at each period's end; that of a year's figure is set on year totals, and inside a
year multiplied by the in-year share.
"""

from __future__ import annotations

import datetime
from fractions import Fraction

from desktop.model.period import Period
from desktop.model.target import Path, PathKind
from desktop.progress.expected import Expected
from desktop.values import dataclass


@dataclass(frozen=True, slots=True)
class Course:
    """A path from `start` (None: unknown) at the end of the year `since` to `goal` at `due`."""

    path: Path
    kind: PathKind
    start: Fraction | None
    goal: Fraction
    due: datetime.date
    since: int

    def at(self, period: Period) -> Expected | None:
        """What a stock should be at the period's end; None where the path has no start."""
        months = 12 // period.per_year * period.number
        return self._after(Fraction(12 * (period.year - self.since - 1) + months, 12))

    def of_year(self, year: int) -> Expected | None:
        """What a year's total should be; None where the path has no start."""
        if year >= self.due.year:
            return Expected(self.goal)
        return self._after(Fraction(year - self.since))

    def _after(self, years: Fraction) -> Expected | None:
        """The path some years after the baseline year's end."""
        length = Fraction(12 * (self.due.year - self.since - 1) + self.due.month, 12)
        if years >= length:
            return Expected(self.goal)
        match self.kind:
            case PathKind.LINEAR:
                return self._between((Fraction(0), self.start), (length, self.goal), years)
            case PathKind.COMPOUND:
                return self._compound(years / length)
            case PathKind.STEPS:
                return self._step(years)
            case PathKind.MILESTONES:
                return self._milestones(length, years)

    def _between(
        self, first: tuple[Fraction, Fraction | None], last: tuple[Fraction, Fraction], at: Fraction
    ) -> Expected | None:
        (begin, low), (end, high) = first, last
        if low is None:
            return None
        return Expected(low + (high - low) * (at - begin) / (end - begin))

    def _compound(self, gone: Fraction) -> Expected | None:
        if self.start is None or self.start <= 0 or self.goal <= 0:
            return None
        return Expected(self.start, self.goal / self.start, gone)

    def _step(self, years: Fraction) -> Expected | None:
        """A stair: each year's value is asked for from the year's end on."""
        reached = [value for at, value in self._points() if at <= years]
        return Expected(reached[-1]) if reached else None

    def _milestones(self, length: Fraction, years: Fraction) -> Expected | None:
        """Straight lines from one milestone to the next."""
        points = self._points()
        before = [point for point in points if point[0] <= years]
        after = [point for point in points if point[0] > years]
        if not before:
            return None
        return self._between(before[-1], after[0] if after else (length, self.goal), years)

    def _points(self) -> list[tuple[Fraction, Fraction]]:
        points = [
            (Fraction(year - self.since), Fraction(value))
            for year, value in sorted(self.path.steps)
            if year < self.due.year
        ]
        return points if self.start is None else [(Fraction(0), self.start), *points]
