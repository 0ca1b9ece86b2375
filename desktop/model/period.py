"""Reporting periods: quarters, months and the year, which is a period of its own."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from functools import cache, total_ordering

from desktop.values import dataclass

_PATTERN = re.compile(r"(?P<year>[12]\d{3})(?:Q(?P<quarter>[1-4])|M(?P<month>0[1-9]|1[0-2]))?")


class PeriodType(StrEnum):
    """The kinds of period a plan may ask for. The year (年报) is prefilled from the last one in it."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_PER_YEAR = {PeriodType.MONTH: 12, PeriodType.QUARTER: 4, PeriodType.YEAR: 1}


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """One reporting period; `number` counts from 1 within the year."""

    type: PeriodType
    year: int
    number: int = 1

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read 2024Q3, 2024M05 or 2024; raises ValueError with the text otherwise."""
        match = _PATTERN.fullmatch(text.strip().upper())
        if match is None:
            raise ValueError(text)
        year = int(match["year"])
        if match["quarter"]:
            return cls(PeriodType.QUARTER, year, int(match["quarter"]))
        if match["month"]:
            return cls(PeriodType.MONTH, year, int(match["month"]))
        return cls(PeriodType.YEAR, year)

    def __str__(self) -> str:
        return f"{self.year}{self.slot}" if self.type is not PeriodType.YEAR else str(self.year)

    def __lt__(self, other: Period) -> bool:
        """By end, then the shorter first: 2024Q4 comes before 2024 (年报)."""
        return self._order < other._order

    @property
    def _order(self) -> tuple[datetime.date, int, datetime.date]:
        return (self.end, -_PER_YEAR[self.type], self.start)

    @property
    def slot(self) -> str:
        """The place within the year, as due periods name it: Q1–Q4, M01–M12 or Y."""
        match self.type:
            case PeriodType.QUARTER:
                return f"Q{self.number}"
            case PeriodType.MONTH:
                return f"M{self.number:02d}"
            case PeriodType.YEAR:
                return "Y"

    @property
    def label(self) -> str:
        """The period's name for people."""
        match self.type:
            case PeriodType.QUARTER:
                return f"{self.year}年第{'一二三四'[self.number - 1]}季度"
            case PeriodType.MONTH:
                return f"{self.year}年{self.number}月"
            case PeriodType.YEAR:
                return f"{self.year}年（年报）"

    @property
    def per_year(self) -> int:
        """How many periods of this type a year has."""
        return _PER_YEAR[self.type]

    @property
    def start(self) -> datetime.date:
        """The first day."""
        return datetime.date(self.year, (self.number - 1) * (12 // self.per_year) + 1, 1)

    @property
    def end(self) -> datetime.date:
        """The last day."""
        return _last_day(self.year, self.number * (12 // self.per_year))

    @property
    def is_year_end(self) -> bool:
        """Whether a year-to-date figure of this period is the whole year's."""
        return self.number == self.per_year

    @property
    def opens_year(self) -> bool:
        """Whether year-to-date figures start from zero in this period."""
        return self.number == 1

    @property
    def previous(self) -> Period:
        """The period of the same type before this one."""
        if self.number > 1:
            return Period(self.type, self.year, self.number - 1)
        return Period(self.type, self.year - 1, self.per_year)

    @property
    def same_last_year(self) -> Period:
        """The same period of the year before."""
        return Period(self.type, self.year - 1, self.number)

    def last_within(self, type_: PeriodType) -> Period:
        """The last period of `type_` that ends with this one; a year is prefilled from it."""
        per_year = _PER_YEAR[type_]
        return Period(type_, self.year, self.number * per_year // self.per_year)


@dataclass(frozen=True, slots=True)
class OpenPeriod:
    """A period in which is reported, and by unit id the last day of reporting."""

    period: Period
    deadlines: Mapping[str, datetime.date] = field(default_factory=dict, hash=False)


@cache
def _last_day(year: int, month: int) -> datetime.date:
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return following - datetime.timedelta(days=1)


def within(day: datetime.date, first: datetime.date | None, last: datetime.date | None) -> bool:
    """Whether a day lies between two (inclusive); None is unbounded."""
    return (first is None or first <= day) and (last is None or day <= last)


def day_text(day: datetime.date) -> str:
    """A day as it stands in a sentence, e.g. 2024年5月1日."""
    return f"{day.year}年{day.month}月{day.day}日"
