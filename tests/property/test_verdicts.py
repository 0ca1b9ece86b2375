"""Verdicts agree with a slow calculation written from the rules alone, for any series, Q1 2022 to Q4 2025."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.model.period import Period, PeriodType
from desktop.model.target import Operator, Path, PathKind, Target, Window
from desktop.progress import judge, subject_of
from tests.core.plans import small_plan, target

PLAN = small_plan()
FIRST, LAST, BASE = 2022, 2024, 2021
WHAT = {
    "stock": {"element": "patents"},
    "flow": {"element": "oversea"},
    "over_flow": {"indicator": "licence_share"},
    "rate": {"indicator": "closing_rate"},
}
"""A stock, a flow, a flow over a stock, and a ratio of two flows."""

Said = tuple[str, Fraction | None]


@dataclass(frozen=True)
class Slow:
    """What is known: (year, quarter) → figure, with quarter 0 for the year's own."""

    figures: dict[tuple[int, int], Fraction]
    kind: str

    def at(self, year: int, quarter: int) -> Fraction | None:
        if quarter == 4 and (year, 0) in self.figures:
            return self.figures[year, 0]
        return self.figures.get((year, quarter))

    def year(self, year: int) -> Fraction | None:
        return self.at(year, 4)

    def share(self, year: int, quarter: int) -> Fraction:
        if quarter == 4:
            return Fraction(1)
        same, whole = self.at(year - 1, quarter), self.year(year - 1)
        if same is None or whole is None or whole <= 0 or same < 0:
            return Fraction(quarter, 4)
        return same / whole

    @property
    def fills_up(self) -> bool:
        return self.kind in ("flow", "over_flow")

    def worse_than_before(
        self, value: Fraction, year: int, quarter: int, base: Fraction | None, sign: int
    ) -> bool:
        others = [base]
        if self.kind != "stock":
            others = [self.at(year - 1, quarter), base if quarter == 4 else None]
        return any(other is not None and (value - other) * sign < 0 for other in others)


def slow_path(
    slow: Slow, wanted: Target, base: Fraction | None, year: int, quarter: int
) -> tuple[Fraction | None, Fraction | None]:
    """Where the straight line begins and where it is. A limit without a baseline holds from the first day; in
    the due year the path of a year's figure is the target itself, whatever the line began with.
    """
    goal = Fraction(wanted.value or 0)
    starts = {Operator.BUILD: Fraction(0), Operator.AT_MOST: goal}
    start = base if base is not None else starts.get(wanted.operator)
    if start is None:
        due_year = year == LAST and slow.kind != "stock"
        return None, goal * (slow.share(year, quarter) if slow.fills_up else 1) if due_year else None
    years = Fraction(year - BASE) if slow.kind != "stock" else Fraction(4 * (year - BASE - 1) + quarter, 4)
    expected = start + (goal - start) * years / (LAST - BASE)
    return start, expected * (slow.share(year, quarter) if slow.fills_up else 1)


def slow_at_date(slow: Slow, wanted: Target, year: int, quarter: int) -> Said:
    goal = Fraction(wanted.value or 0)
    base = None if wanted.baseline is None else Fraction(wanted.baseline)
    sign = -1 if wanted.operator is Operator.AT_MOST else 1

    def met(value: Fraction) -> bool:
        if wanted.operator is Operator.ABOVE:
            return value > goal
        return (value - goal) * sign >= 0

    if year > LAST or (year == LAST and quarter == 4):
        value = slow.year(LAST)
        return ("no_data" if value is None else "achieved" if met(value) else "missed"), None
    value = slow.at(year, quarter)
    if value is None:
        return "no_data", None
    start, expected = slow_path(slow, wanted, base, year, quarter)
    if met(value) and not (sign < 0 and slow.fills_up and quarter < 4):
        return "achieved", expected
    reference = start if wanted.operator is Operator.BUILD else base
    if slow.worse_than_before(value, year, quarter, reference, sign):
        return "regressed", expected
    if expected is None:
        return "not_comparable", None
    return ("on_track" if (value - expected) * sign >= 0 else "behind"), expected


def slow_growth(slow: Slow, wanted: Target, year: int, quarter: int) -> Said:
    """年均增长, compared as value ÷ baseline against (1 + rate)ⁿ."""
    if wanted.baseline is None or wanted.baseline <= 0:
        return "not_comparable", None
    base, rate = Fraction(wanted.baseline), 1 + Fraction(wanted.value or 0) / 100
    if year > LAST or (year == LAST and quarter == 4):
        value = slow.year(LAST)
        if value is None:
            return "no_data", None
        return ("achieved" if value / base >= rate**3 else "missed"), None
    value = slow.at(year, quarter)
    if value is None:
        return "no_data", None
    if value / base >= rate**3:
        return "achieved", None
    if slow.worse_than_before(value, year, quarter, base, 1):
        return "regressed", None
    if slow.kind == "stock":
        quarters = 4 * (year - BASE - 1) + quarter
        ahead = value > 0 and (value / base) ** 4 >= rate**quarters
    else:
        share = slow.share(year, quarter) if slow.fills_up else Fraction(1)
        ahead = value >= base * rate ** (year - BASE) * share
    return ("on_track" if ahead else "behind"), None


def slow_each_year(slow: Slow, wanted: Target, year: int, quarter: int) -> list[Said]:
    goal = Fraction(wanted.value or 0)
    said: list[Said] = []
    base = None if wanted.baseline is None else Fraction(wanted.baseline)
    for one in range(FIRST, min(year, LAST) + 1):
        if one < year or quarter == 4:
            whole = slow.year(one)
            said.append(("no_data" if whole is None else "achieved" if whole >= goal else "missed", None))
            continue
        value = slow.at(year, quarter)
        expected = goal * slow.share(year, quarter) if slow.fills_up else goal
        if value is None:
            said.append(("no_data", None))
        elif value >= goal:
            said.append(("achieved", expected))
        elif slow.worse_than_before(value, year, quarter, base, 1):
            said.append(("regressed", expected))
        else:
            said.append(("on_track" if value >= expected else "behind", expected))
    return said


def slow_over_plan(slow: Slow, wanted: Target, year: int, quarter: int) -> Said:
    goal, opening = Fraction(wanted.value or 0), Fraction(wanted.opening or 0)
    over = year > LAST or (year == LAST and quarter == 4)
    parts = [slow.year(one) for one in range(FIRST, min(year - 1, LAST) + 1)]
    if year <= LAST:
        parts.append(slow.year(year) if quarter == 4 else slow.at(year, quarter))
    if any(part is None for part in parts):
        return "no_data", None
    value = opening + sum(part for part in parts if part is not None)
    if over:
        return ("achieved" if value >= goal else "missed"), None
    step = (goal - opening) / (LAST - BASE)
    expected = opening + step * (year - FIRST) + step * slow.share(year, quarter)
    if value >= goal:
        return "achieved", expected
    return ("on_track" if value >= expected else "behind"), expected


# --- any series, any target

FIGURES = st.one_of(st.integers(0, 60), st.decimals(0, 60, places=1), st.just(-1)).map(Decimal)
KEYS = [(year, quarter) for year in range(BASE, 2026) for quarter in range(5)]
SERIES = st.dictionaries(st.sampled_from(KEYS), FIGURES, max_size=len(KEYS)) | st.fixed_dictionaries(
    dict.fromkeys(KEYS, FIGURES)
)
AT = st.tuples(st.integers(FIRST, 2025), st.integers(1, 4))
KIND = st.sampled_from(sorted(WHAT))
GOAL = st.integers(1, 50)
BASELINE = st.none() | st.integers(0, 30)


def known(series: dict[tuple[int, int], Decimal]) -> dict[Period, Decimal]:
    return {
        Period(PeriodType.QUARTER, year, quarter) if quarter else Period(PeriodType.YEAR, year): value
        for (year, quarter), value in series.items()
    }


def compare(
    kind: str,
    wanted: Target,
    series: dict[tuple[int, int], Decimal],
    at: tuple[int, int],
    expected: list[Said],
) -> None:
    got = judge(PLAN, wanted, Period(PeriodType.QUARTER, *at), known(series))
    assert [verdict.kind.value for verdict in got] == [said for said, _ in expected]
    for verdict, (_, value) in zip(got, expected, strict=True):
        if value is not None:
            assert verdict.expected is not None
            assert abs(Fraction(verdict.expected) - value) < Fraction(1, 10**40)


def slow_of(kind: str, series: dict[tuple[int, int], Decimal]) -> Slow:
    return Slow({key: Fraction(value) for key, value in series.items()}, kind)


@given(
    KIND,
    st.sampled_from([Operator.AT_LEAST, Operator.ABOVE, Operator.AT_MOST, Operator.BUILD]),
    GOAL,
    BASELINE,
    SERIES,
    AT,
)
@settings(max_examples=400)
def test_targets_at_a_date(
    kind: str,
    operator: Operator,
    goal: int,
    baseline: int | None,
    series: dict[tuple[int, int], Decimal],
    at: tuple[int, int],
) -> None:
    base = None if baseline is None else Decimal(baseline)
    wanted = target("any", operator, str(goal), baseline=base, **WHAT[kind])
    compare(kind, wanted, series, at, [slow_at_date(slow_of(kind, series), wanted, *at)])


@given(KIND, st.sampled_from([0, 10, 30, 50]), BASELINE, SERIES, AT)
@settings(max_examples=300)
def test_yearly_growth_is_compared_by_powers(
    kind: str, rate: int, baseline: int | None, series: dict[tuple[int, int], Decimal], at: tuple[int, int]
) -> None:
    base = None if baseline is None else Decimal(baseline)
    wanted = target("any", Operator.CAGR, str(rate), unit="%/年", baseline=base, **WHAT[kind])
    compare(kind, wanted, series, at, [slow_growth(slow_of(kind, series), wanted, *at)])


@given(KIND, GOAL, BASELINE, SERIES, AT)
@settings(max_examples=300)
def test_each_year_has_its_own_verdict(
    kind: str, goal: int, baseline: int | None, series: dict[tuple[int, int], Decimal], at: tuple[int, int]
) -> None:
    base = None if baseline is None else Decimal(baseline)
    wanted = target("any", Operator.AT_LEAST, str(goal), window=Window.EACH_YEAR, baseline=base, **WHAT[kind])
    compare(kind, wanted, series, at, slow_each_year(slow_of(kind, series), wanted, *at))


@given(GOAL, st.none() | st.integers(0, 20), SERIES, AT)
@settings(max_examples=300)
def test_over_the_plan_adds_years_and_the_year_to_date(
    goal: int, opening: int | None, series: dict[tuple[int, int], Decimal], at: tuple[int, int]
) -> None:
    wanted = target(
        "any",
        Operator.AT_LEAST,
        str(goal),
        window=Window.OVER_PLAN,
        starts=datetime.date(FIRST, 1, 1),
        opening=None if opening is None else Decimal(opening),
        **WHAT["flow"],
    )
    compare("flow", wanted, series, at, [slow_over_plan(slow_of("flow", series), wanted, *at)])


@given(st.integers(1, 40), st.integers(41, 90), st.integers(1, 11), st.integers(-1, 1))
def test_a_compound_path_is_compared_without_roots(start: int, goal: int, quarters: int, nudge: int) -> None:
    """A figure just at, above or below an irrational expectation falls on the right side of it."""
    year, quarter = FIRST + (quarters - 1) // 4, (quarters - 1) % 4 + 1
    path = Path(PathKind.COMPOUND, BASE)
    wanted = target("any", Operator.AT_LEAST, str(goal), baseline=Decimal(start), path=path, **WHAT["stock"])
    about = Decimal(round(start * (goal / start) ** (quarters / 12) * 1000) + nudge).scaleb(-3)
    ahead = (Fraction(about) / start) ** 12 >= Fraction(goal, start) ** quarters
    verdict = judge(PLAN, wanted, Period(PeriodType.QUARTER, year, quarter), {
        Period(PeriodType.QUARTER, year, quarter): about
    })[0]  # fmt: skip
    worse = about < start
    met = about >= goal
    assert verdict.kind.value == (
        "achieved" if met else "regressed" if worse else "on_track" if ahead else "behind"
    )


def test_the_four_kinds_are_what_the_slow_calculation_takes_them_for() -> None:
    subjects = {
        kind: subject_of(PLAN, target("any", Operator.AT_LEAST, "1", **what)) for kind, what in WHAT.items()
    }
    assert {kind: (s.accumulates, s.yearly) for kind, s in subjects.items() if s is not None} == {
        "stock": (False, False),
        "flow": (True, True),
        "over_flow": (True, True),
        "rate": (False, True),
    }
