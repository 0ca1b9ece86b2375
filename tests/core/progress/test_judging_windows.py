"""Paces by period, declines, ranges, improvement by year, shares on incomplete figures, in months too."""

from __future__ import annotations

import dataclasses
import datetime
from decimal import Decimal

import pytest

from desktop.model.indicator import Better
from desktop.model.period import Period, PeriodType
from desktop.model.plan import Plan
from desktop.model.target import Operator, Path, PathKind, Target, Window
from desktop.model.verdict import Verdict
from desktop.progress import PACE_LABELS, judge, show_verdict, subject_of
from tests.core.plans import small_plan, target, with_changes

PLAN = small_plan()
MONTHLY = with_changes(PLAN, period_types=(PeriodType.MONTH, PeriodType.YEAR))
STOCK = target("stock", Operator.AT_LEAST, "360", element="patents", baseline=Decimal(0))
FLOW = target("flow", Operator.AT_LEAST, "120", element="oversea", window=Window.EACH_YEAR)


def all_of(wanted: Target, period: str, plan: Plan = PLAN, **series: str) -> tuple[Verdict, ...]:
    known = {Period.parse(name[1:]): Decimal(value) for name, value in series.items()}
    return judge(plan, wanted, Period.parse(period), known)


def last_of(wanted: Target, period: str, plan: Plan = PLAN, **series: str) -> Verdict:
    return all_of(wanted, period, plan, **series)[-1]


def test_the_pace_is_told_in_the_periods_of_the_plan() -> None:
    quarter = last_of(STOCK, "2023Q4", _2023Q4="120")
    month = last_of(STOCK, "2023M12", MONTHLY, _2023M12="120")
    assert (quarter.pace, quarter.pace_per) == (Decimal(60), PeriodType.QUARTER)
    assert (month.pace, month.pace_per) == (Decimal(20), PeriodType.MONTH)
    assert PACE_LABELS[PeriodType.MONTH] == "每月还需"


@pytest.mark.parametrize(("plan", "pace"), [(PLAN, 60), (MONTHLY, 20)])
def test_at_the_annual_report_the_pace_is_that_of_the_plans_main_periods(plan: Plan, pace: int) -> None:
    found = last_of(STOCK, "2023", plan, _2023="120")
    assert (found.pace, found.pace_per) == (Decimal(pace), plan.period_types[0])


def test_a_months_figure_is_compared_with_the_same_months_share_of_last_year() -> None:
    plain = last_of(FLOW, "2024M03", MONTHLY, _2024M03="30")
    assert (plain.kind.value, plain.expected, plain.time_progress) == ("on_track", Decimal(30), Decimal(25))
    seasonal = last_of(FLOW, "2024M03", MONTHLY, _2024M03="30", _2023M03="60", _2023M12="120")
    assert (seasonal.kind.value, seasonal.expected) == ("regressed", Decimal(60))
    assert last_of(FLOW, "2024M03", MONTHLY, _2024M03="30").pace == Decimal(10)


def test_a_share_of_incomplete_figures_is_not_used() -> None:
    series = {Period.parse("2024Q1"): Decimal(40), Period.parse("2023Q1"): Decimal(5)}
    series[Period.parse("2023")] = Decimal(100)
    whole = judge(PLAN, FLOW, Period.parse("2024Q1"), series)[-1]
    partly = judge(PLAN, FLOW, Period.parse("2024Q1"), series, incomplete_periods=[Period.parse("2023Q1")])[
        -1
    ]
    assert (whole.expected, partly.expected) == (Decimal(6), Decimal(30))


def test_growth_on_an_incomplete_base_is_marked() -> None:
    grown = target("grown", Operator.GROWTH_EACH_YEAR, "10", element="oversea", unit="%")
    series = {Period.parse("2023"): Decimal(100), Period.parse("2024"): Decimal(120)}
    found = judge(PLAN, grown, Period.parse("2024"), series, incomplete_periods=[Period.parse("2023")])
    assert found[-1].incomplete


def test_where_lower_is_better_yearly_growth_is_a_decline() -> None:
    lower = tuple(
        dataclasses.replace(i, better=Better.LOWER) if i.id == "satisfied" else i for i in PLAN.indicators
    )
    plan = with_changes(PLAN, indicators=lower)
    falls = target("falls", Operator.CAGR, "-10", indicator="satisfied", baseline=Decimal(1000), unit="%")
    assert last_of(falls, "2024", plan, _2024="729").kind.value == "achieved"
    assert last_of(falls, "2024", plan, _2024="729.1").kind.value == "missed"
    assert last_of(falls, "2022", plan, _2022="900").kind.value == "on_track"
    assert last_of(falls, "2022", plan, _2022="901").kind.value == "behind"
    each = dataclasses.replace(falls, operator=Operator.GROWTH_EACH_YEAR)
    years = all_of(each, "2023", plan, _2022="900", _2023="811")
    assert [verdict.kind.value for verdict in years] == ["achieved", "missed"]


def test_a_range_is_left_behind_by_a_flow_that_comes_too_slowly() -> None:
    wanted = target(
        "range",
        Operator.WITHIN,
        "100",
        value_max=Decimal(120),
        element="oversea",
        window=Window.EACH_YEAR,
        starts=datetime.date(2024, 1, 1),
    )
    assert last_of(wanted, "2024Q2", _2024Q2="49").kind.value == "behind"
    assert last_of(wanted, "2024Q2", _2024Q2="50").kind.value == "on_track"
    assert last_of(wanted, "2024Q2", _2024Q2="121").kind.value == "behind"
    assert last_of(wanted, "2024Q4", _2024Q4="120").kind.value == "achieved"


def test_improving_every_year_gives_a_verdict_per_year_and_a_bad_year_stays_bad() -> None:
    wanted = target(
        "better", Operator.IMPROVE, None, indicator="satisfied", window=Window.EACH_YEAR, baseline=Decimal(84)
    )
    found = all_of(wanted, "2024", _2022="85", _2023="85", _2024="86")
    assert [(v.year, v.kind.value) for v in found] == [
        (2022, "achieved"),
        (2023, "missed"),
        (2024, "achieved"),
    ]


def test_steps_of_a_target_over_the_plan_are_what_is_there_by_each_years_end() -> None:
    wanted = target(
        "sum",
        Operator.AT_LEAST,
        "90",
        element="talents",
        window=Window.OVER_PLAN,
        path=Path(PathKind.STEPS, steps=((2022, Decimal(10)), (2023, Decimal(50)))),
    )
    found = last_of(wanted, "2023Q2", _2022="10", _2023Q2="20")
    assert (found.value, found.expected, found.kind.value) == (
        Decimal(30),
        Decimal(30),
        "on_track",
    )  # 10 and half of the 40


def test_a_pace_that_is_not_zero_never_prints_as_zero() -> None:
    wanted = target("one", Operator.AT_LEAST, "1", element="geo_products", unit="个", baseline=Decimal(0))
    verdict = last_of(wanted, "2022M01", MONTHLY, _2022M01="0")
    subject = subject_of(MONTHLY, wanted)
    assert subject is not None
    shown = show_verdict(wanted, subject, verdict, PLAN.rounding)
    assert (shown.pace, shown.pace_label) == ("0.03", "每月还需")


def test_ratios_and_limits_show_neither_completion_nor_progress() -> None:
    ratio = next(entry for entry in PLAN.targets if entry.id == "main-5")
    limit = target("limit", Operator.AT_MOST, "10", element="geo_products", baseline=Decimal(20), unit="个")
    for wanted, period, series in (
        (ratio, "2024Q4", {"_2024Q4": "93"}),
        (limit, "2024Q2", {"_2024Q2": "12"}),
    ):
        subject = subject_of(PLAN, wanted)
        assert subject is not None
        shown = show_verdict(wanted, subject, last_of(wanted, period, PLAN, **series), PLAN.rounding)
        assert (shown.completion, shown.progress) == ("", "")
        assert shown.gap


def test_progress_of_growth_starts_at_last_year_not_at_the_plans_baseline() -> None:
    grown = target(
        "grown", Operator.GROWTH_EACH_YEAR, "10", element="patents", unit="%", baseline=Decimal(50)
    )
    assert last_of(grown, "2024", _2023="100", _2024="105").progress == Decimal(50)


def test_a_fall_that_is_needed_is_called_a_fall() -> None:
    limit = target("limit", Operator.AT_MOST, "10", element="geo_products", baseline=Decimal(20), unit="个")
    subject = subject_of(PLAN, limit)
    assert subject is not None
    shown = show_verdict(limit, subject, last_of(limit, "2024Q2", _2024Q2="14"), PLAN.rounding)
    assert (shown.pace_label, shown.pace) == ("每季还需", "下降2")
