"""Every window with every operator and path agrees with the slow calculation, in quarters and in months,
for the district and for single units.
"""

from __future__ import annotations

import dataclasses
import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.consolidation import consolidate
from desktop.model.period import Period, PeriodType
from desktop.model.submission import Figure, Section
from desktop.model.target import Operator, Path, PathKind, Target, Window
from desktop.progress import judge
from tests.core.plans import small_plan, target, with_changes
from tests.property.slow_verdicts import BASE, FIRST, Key, World, verdicts

QUARTERLY = small_plan()
MONTHLY = with_changes(QUARTERLY, period_types=(PeriodType.MONTH, PeriodType.YEAR))
PLANS = {4: QUARTERLY, 12: MONTHLY}
TYPES = {4: PeriodType.QUARTER, 12: PeriodType.MONTH}
WHAT = {
    "stock": ({"element": "geo_products"}, False, False),
    "flow": ({"element": "licences"}, True, True),
    "over_flow": ({"indicator": "licence_share"}, True, True),
    "rate": ({"indicator": "closing_rate"}, False, True),
}
"""What is judged; whether it fills up within the year, whether it is a year's figure."""
PLAIN = (Operator.AT_LEAST, Operator.ABOVE, Operator.AT_MOST, Operator.WITHIN, Operator.BUILD)
SENSE = [
    *((operator, window) for operator in PLAIN for window in Window),
    (Operator.CAGR, Window.AT_DATE),
    (Operator.GROWTH_EACH_YEAR, Window.EACH_YEAR),
    (Operator.IMPROVE, Window.AT_DATE),
    (Operator.IMPROVE, Window.EACH_YEAR),
]
FIGURES = st.one_of(st.integers(0, 60), st.decimals(0, 60, places=1), st.just(-1)).map(Decimal)
STEPS = st.dictionaries(st.sampled_from([2022, 2023]), st.integers(0, 60).map(Decimal), max_size=2)


@st.composite
def targets(draw: st.DrawFn, kind: str) -> Target:
    operator, window = draw(st.sampled_from(SENSE))
    if window is Window.OVER_PLAN and kind != "flow":
        window = Window.AT_DATE
    paths = [path for path in PathKind if window is not Window.OVER_PLAN or path is not PathKind.COMPOUND]
    if operator is Operator.CAGR:
        paths = [PathKind.LINEAR, PathKind.COMPOUND]
    chosen = draw(st.sampled_from(paths))
    stepped = chosen in (PathKind.STEPS, PathKind.MILESTONES)
    goal = draw(st.integers(1, 50))
    what, _, _ = WHAT[kind]
    made = target(
        "any",
        operator,
        None if operator is Operator.IMPROVE else str(goal),
        window=window,
        baseline=draw(st.none() | st.integers(0, 30).map(Decimal)),
        path=Path(chosen, steps=tuple(sorted(draw(STEPS).items())) if stepped else ()),
        **what,
    )
    if operator is Operator.WITHIN:
        made = dataclasses.replace(made, value_max=Decimal(goal + draw(st.integers(1, 20))))
    if window is Window.OVER_PLAN:
        opening = draw(st.none() | st.integers(0, 20).map(Decimal))
        made = dataclasses.replace(made, opening=opening, starts=datetime.date(FIRST, 1, 1))
    return made


@st.composite
def series(draw: st.DrawFn, n: int) -> dict[Key, Decimal]:
    """Figures of some or all periods from the year before the plan to the one after it."""
    keys = [(year, k) for year in range(BASE, 2026) for k in range(n + 1)]
    if draw(st.booleans()):
        return draw(st.fixed_dictionaries(dict.fromkeys(keys, FIGURES)))
    return draw(st.dictionaries(st.sampled_from(keys), FIGURES, max_size=len(keys)))


def period_of(n: int, key: Key) -> Period:
    year, k = key
    return Period(TYPES[n], year, k) if k else Period(PeriodType.YEAR, year)


def world(kind: str, n: int, wanted: Target, figures: dict[Key, Decimal]) -> World:
    _, fills_up, of_year = WHAT[kind]
    known = {key: Fraction(value) for key, value in figures.items()}
    return World(known, n, wanted, fills_up, of_year)


@pytest.mark.parametrize("n", [4, 12])
@pytest.mark.parametrize("kind", sorted(WHAT))
@given(data=st.data())
@settings(max_examples=200)
def test_verdicts_agree_with_the_slow_calculation(kind: str, n: int, data: st.DataObject) -> None:
    wanted = data.draw(targets(kind))
    figures = data.draw(series(n))
    at = (data.draw(st.integers(FIRST, 2025)), data.draw(st.integers(1, n)))
    known = {period_of(n, key): value for key, value in figures.items()}
    got = judge(PLANS[n], wanted, period_of(n, at), known)
    assert [verdict.kind.value for verdict in got] == verdicts(world(kind, n, wanted, figures), *at)
    for verdict in got:
        assert (verdict.pace is None) == (verdict.pace_per is None)
        assert verdict.pace_per in (None, TYPES[n])
        if at[0] == 2025 or at == (2024, n):
            assert verdict.pace is None


@pytest.mark.parametrize("kind", [PathKind.STEPS, PathKind.MILESTONES, PathKind.COMPOUND])
@given(
    what=st.sampled_from(["stock", "flow", "rate"]),
    down=st.booleans(),
    ends=st.tuples(st.integers(1, 40), st.integers(41, 60)),
    steps=st.tuples(st.integers(0, 60), st.integers(0, 60)),
    at=st.tuples(st.integers(2022, 2024), st.integers(1, 11)),
    value=st.decimals(0, 60, places=1),
)
@settings(max_examples=150)
def test_each_path_leads_through_its_own_points(
    kind: PathKind,
    what: str,
    down: bool,
    ends: tuple[int, int],
    steps: tuple[int, int],
    at: Key,
    value: Decimal,
) -> None:
    start, goal = reversed(ends) if down else ends
    stepped = ((2022, Decimal(steps[0])), (2023, Decimal(steps[1])))
    wanted = target(
        "any",
        Operator.AT_MOST if down else Operator.AT_LEAST,
        str(goal),
        baseline=Decimal(start),
        path=Path(kind, steps=() if kind is PathKind.COMPOUND else stepped),
        **WHAT[what][0],
    )
    (verdict,) = judge(MONTHLY, wanted, period_of(12, at), {period_of(12, at): value})
    assert [verdict.kind.value] == verdicts(world(what, 12, wanted, {at: value}), *at)


OTHERS = ("zone-b", "street-a", "street-b")


@pytest.mark.parametrize("n", [4, 12])
@given(data=st.data())
@settings(max_examples=40)
def test_a_units_target_is_judged_on_the_units_figures_whatever_others_report(
    n: int, data: st.DataObject
) -> None:
    kind = data.draw(st.sampled_from(["stock", "flow"]))
    wanted = dataclasses.replace(data.draw(targets(kind)), unit_id="zone-a")
    figures = data.draw(series(n))
    at = (data.draw(st.integers(FIRST, 2024)), data.draw(st.integers(1, n)))
    others = data.draw(st.lists(st.sampled_from(OTHERS), unique=True))
    element = str(wanted.element)
    accepted: dict[Period, dict[str, Section]] = {}
    for key, value in figures.items():
        period = period_of(n, key)
        accepted[period] = {"zone-a": Section("zone-a", period, {element: Figure.number(value)})}
        for unit in others:
            accepted[period][unit] = Section(unit, period, {element: Figure.number(Decimal(7))})
    plan = with_changes(PLANS[n], targets=(wanted,), contradictions=(), items=())
    judged = consolidate(plan, period_of(n, at), accepted).targets[0]
    seen = {key: value for key, value in figures.items() if (key[0], key[1] or n) <= at}
    assert [verdict.kind.value for verdict in judged.verdicts] == verdicts(world(kind, n, wanted, seen), *at)
    assert not any(verdict.incomplete for verdict in judged.verdicts)
