"""Verdicts calculated slowly, from the rules alone: any window, operator and path, in quarters or months.

Nothing here uses the program's judgement. Years run from 2022 to 2024, the baseline stands at the end of
2021.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from desktop.model.target import Operator, PathKind, Target, Window

FIRST, LAST, BASE = 2022, 2024, 2021
YEARS = LAST - BASE
Key = tuple[int, int]
"""Year and number of the period within it; 0 is the year's own (年报)."""


def quotient(value: object) -> Fraction | None:
    return None if value is None else Fraction(str(value))


@dataclass(frozen=True)
class World:
    """What is known and asked. `fills_up`: starts from zero each year; `of_year`: a year's figure."""

    figures: dict[Key, Fraction]
    n: int
    wanted: Target
    fills_up: bool
    of_year: bool

    @property
    def low(self) -> Fraction | None:
        return None if self.down else quotient(self.wanted.value)

    @property
    def high(self) -> Fraction | None:
        if self.down:
            return quotient(self.wanted.value)
        return quotient(self.wanted.value_max) if self.wanted.operator is Operator.WITHIN else None

    @property
    def down(self) -> bool:
        return self.wanted.operator is Operator.AT_MOST

    @property
    def ranged(self) -> bool:
        return self.wanted.operator is Operator.WITHIN

    @property
    def base(self) -> Fraction | None:
        return quotient(self.wanted.baseline)

    def at(self, year: int, k: int) -> Fraction | None:
        if k == self.n and (year, 0) in self.figures:
            return self.figures[year, 0]
        return self.figures.get((year, k))

    def year(self, year: int) -> Fraction | None:
        return self.at(year, self.n)

    def share(self, year: int, k: int) -> Fraction:
        if k == self.n:
            return Fraction(1)
        same, whole = self.at(year - 1, k), self.year(year - 1)
        if same is None or whole is None or whole <= 0 or same < 0:
            return Fraction(k, self.n)
        return same / whole

    def met(self, value: Fraction, low: Fraction | None, high: Fraction | None) -> bool:
        if low is not None and (value < low or (value == low and self.wanted.operator is Operator.ABOVE)):
            return False
        return high is None or value <= high

    def worse(self, value: Fraction, year: int, k: int, base: Fraction | None) -> bool:
        if self.ranged:
            return False
        others = [base if not self.of_year or k == self.n else None]
        others += [self.at(year - 1, k) if self.of_year else None]
        return any((value > other if self.down else value < other) for other in others if other is not None)

    def ended(self, year: int, k: int) -> bool:
        return year > LAST or (year == LAST and k == self.n)


Ahead = Callable[[Fraction], bool]
"""Whether a figure is where the path wants it."""


def ahead_of(world: World, expected: Fraction) -> Ahead:
    return lambda value: value <= expected if world.down else value >= expected


def compound(world: World, start: Fraction, goal: Fraction, gone: Fraction, share: Fraction) -> Ahead | None:
    """start × (goal ÷ start) ^ (gone ÷ years) × share, compared by whole powers."""
    if start <= 0 or goal <= 0:
        return None
    if share == 0:
        return ahead_of(world, Fraction(0))
    power = YEARS * world.n

    def compare(value: Fraction) -> bool:
        if value <= 0:
            return world.down
        mine, theirs = (value / start / share) ** power, (goal / start) ** int(gone * world.n)
        return mine <= theirs if world.down else mine >= theirs

    return compare


def points(world: World, start: Fraction | None) -> list[tuple[int, Fraction]]:
    steps = sorted((year - BASE, Fraction(value)) for year, value in world.wanted.path.steps if year < LAST)
    return steps if start is None else [(0, start), *steps]


def on_path(world: World, kind: PathKind, start: Fraction | None, goal: Fraction, gone: Fraction) -> object:
    """The path's value after some years, None where it isn't told, "compound" where roots are needed."""
    if gone >= YEARS:
        return goal
    if kind is PathKind.LINEAR:
        return None if start is None else start + (goal - start) * gone / YEARS
    if kind is PathKind.COMPOUND:
        return "compound" if start is not None else None
    before = [point for point in points(world, start) if point[0] <= gone]
    if not before:
        return None
    if kind is PathKind.STEPS:
        return before[-1][1]
    (begin, low), after = before[-1], [point for point in points(world, start) if point[0] > gone]
    end, high = after[0] if after else (YEARS, goal)
    return low + (high - low) * (gone - begin) / (end - begin)


def path(world: World, start: Fraction | None, goal: Fraction, year: int, k: int) -> Ahead | None:
    kind = world.wanted.path.kind
    if world.wanted.operator is Operator.CAGR and kind is PathKind.LINEAR:
        kind = PathKind.COMPOUND
    gone = Fraction(year - BASE) if world.of_year else Fraction(world.n * (year - BASE - 1) + k, world.n)
    share = world.share(year, k) if world.fills_up else Fraction(1)
    found = on_path(world, kind, start, goal, gone)
    if found == "compound":
        return compound(world, start or Fraction(0), goal, gone, share)
    return ahead_of(world, found * share) if isinstance(found, Fraction) else None


def limited(
    world: World,
    value: Fraction,
    year: int,
    k: int,
    ahead: Ahead | None,
    base: Fraction | None,
    low: Fraction | None,
    high: Fraction | None,
) -> str:
    partial = world.fills_up and k < world.n
    if world.met(value, low, high) and not (partial and high is not None):
        return "achieved"
    if world.worse(value, year, k, base):
        return "regressed"
    if world.ranged:
        growing = partial and high is not None and value <= high
        return "on_track" if growing and (ahead is None or ahead(value)) else "behind"
    if ahead is None:
        return "not_comparable"
    return "on_track" if ahead(value) else "behind"


def floor(world: World, year: int, k: int) -> Ahead | None:
    """What a year's figure should have of a range's lower limit by now."""
    if world.low is None or not world.fills_up or k == world.n:
        return None
    wanted = world.low * world.share(year, k)
    return lambda value: value >= wanted


def at_date(world: World, year: int, k: int) -> str:
    low, high, start = world.low, world.high, world.base
    if world.wanted.operator is Operator.BUILD and start is None:
        start = Fraction(0)
    if world.wanted.operator is Operator.CAGR:
        if start is None or start <= 0:
            return "not_comparable"
        low = start * (1 + (low or Fraction(0)) / 100) ** YEARS
    value = world.year(LAST) if world.ended(year, k) else world.at(year, k)
    if value is None:
        return "no_data"
    if world.ended(year, k):
        return "achieved" if world.met(value, low, high) else "missed"
    goal = high if low is None else low
    begin = goal if world.down and start is None else start
    ahead = path(world, begin, goal or Fraction(0), year, k)
    if world.ranged:
        ahead = floor(world, year, k) if year == LAST else None
    return limited(world, value, year, k, ahead, start, low, high)


def each_year(world: World, year: int, k: int) -> list[str]:
    return [one_year(world, one, k if one == year else world.n) for one in range(FIRST, min(year, LAST) + 1)]


def one_year(world: World, year: int, k: int) -> str:
    low, high, before = world.low, world.high, None
    if world.wanted.operator is Operator.GROWTH_EACH_YEAR:
        before = world.year(year - 1)
        if before is None and year - 1 == BASE:
            before = world.base
        if before is None or before <= 0:
            return "not_comparable"
        low = before * (1 + (low or Fraction(0)) / 100)
    value = world.at(year, k)
    if value is None:
        return "no_data"
    if k == world.n:
        return "achieved" if world.met(value, low, high) else "missed"
    goal = low if low is not None else high or Fraction(0)
    if world.ranged:
        ahead = floor(world, year, k)
    elif world.fills_up:
        ahead = ahead_of(world, goal * world.share(year, k))
    elif before is not None and not world.of_year:
        ahead = ahead_of(world, before + (goal - before) * k / world.n)
    else:
        ahead = ahead_of(world, goal)
    return limited(world, value, year, k, ahead, world.base, low, high)


def improve(world: World, year: int, k: int) -> list[str]:
    if world.wanted.window is Window.EACH_YEAR:
        years = range(FIRST, min(year, LAST) + 1)
        return [
            better(world, one, k if one == year else world.n, ended=one < year or k == world.n)
            for one in years
        ]
    if world.ended(year, k):
        return [better(world, LAST, world.n, ended=True)]
    return [better(world, year, k, ended=False)]


def better(world: World, year: int, k: int, *, ended: bool) -> str:
    value, before = world.at(year, k), world.at(year - 1, k)
    if value is None:
        return "no_data"
    if before is None and (k == world.n or not world.of_year):
        before = world.base
    if before is None:
        return "not_comparable"
    if ended:
        return "achieved" if value > before else "missed"
    return "on_track" if value > before else "behind" if value == before else "regressed"


def over_plan(world: World, year: int, k: int) -> str:
    opening, over = quotient(world.wanted.opening) or Fraction(0), world.ended(year, k)
    parts = [world.year(one) for one in range(FIRST, min(year - 1, LAST) + 1)]
    if year <= LAST:
        parts.append(world.at(year, k))
    if any(part is None for part in parts):
        return "no_data"
    value = opening + sum(part for part in parts if part is not None)
    if over:
        return "achieved" if world.met(value, world.low, world.high) else "missed"
    if world.high is None and world.met(value, world.low, None):
        return "achieved"
    if world.ranged:
        return "on_track" if world.high is not None and value <= world.high else "behind"
    goal = world.low if world.low is not None else world.high or Fraction(0)
    start = goal if world.down else opening
    kind = world.wanted.path.kind
    ends = [on_path(world, kind, start, goal, Fraction(one - BASE)) for one in (year - 1, year)]
    if not all(isinstance(end, Fraction) for end in ends):
        return "not_comparable"
    before, after = (end for end in ends if isinstance(end, Fraction))
    expected = before + (after - before) * world.share(year, k)
    return "on_track" if ahead_of(world, expected)(value) else "behind"


def once(world: World, year: int, k: int) -> str:
    last = min((year, k), (LAST, world.n))
    known = [value for (y, q), value in world.figures.items() if (y, q or world.n) <= last]
    if not known:
        return "no_data"
    if any(world.met(value, world.low, world.high) for value in known):
        return "achieved"
    return "missed" if world.ended(year, k) else "on_track"


def verdicts(world: World, year: int, k: int) -> list[str]:
    """What is to be said of a target at a period, a year each for each-year targets."""
    if world.wanted.operator is Operator.IMPROVE:
        return improve(world, year, k)
    if world.wanted.operator is Operator.GROWTH_EACH_YEAR or world.wanted.window is Window.EACH_YEAR:
        return each_year(world, year, k)
    if world.wanted.window is Window.OVER_PLAN and world.fills_up:
        return [over_plan(world, year, k)]
    return [once(world, year, k) if world.wanted.window is Window.ONCE else at_date(world, year, k)]
