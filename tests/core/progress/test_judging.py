"""Verdicts on the cases that people ask about, with the figures that stand beside them."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from desktop.model.period import Period
from desktop.model.submission import ItemReport, ItemStatus
from desktop.model.target import Operator, Path, PathKind, Target, Window
from desktop.model.verdict import Verdict, VerdictKind
from desktop.progress import judge, judge_milestone, subject_of
from tests.core.plans import small_plan, target

PLAN = small_plan()
TARGETS = {entry.id: entry for entry in PLAN.targets}


def verdicts(wanted: Target | str, period: str, **series: str) -> tuple[Verdict, ...]:
    """Figures are named _2024Q3, and _2024 for the year's own."""
    known = {Period.parse(name[1:]): Decimal(value) for name, value in series.items()}
    chosen = TARGETS[wanted] if isinstance(wanted, str) else wanted
    return judge(PLAN, chosen, Period.parse(period), known)


def verdict(wanted: Target | str, period: str, **series: str) -> Verdict:
    (found,) = verdicts(wanted, period, **series)
    return found


def kind(wanted: Target | str, period: str, **series: str) -> str:
    return verdict(wanted, period, **series).kind.value


def test_a_stock_follows_the_line_from_the_baseline() -> None:
    found = verdict("main-2", "2022Q1", _2022Q1="14000")
    assert found.kind is VerdictKind.BEHIND
    assert found.expected == Decimal("14060.5")  # 13066 + (25000 − 13066) ÷ 12
    assert (found.gap, found.pace) == (Decimal(11000), Decimal(1000))
    assert found.completion == Decimal(56)
    assert found.time_progress is None
    assert kind("main-2", "2022Q1", _2022Q1="14060.5") == "on_track"
    assert kind("main-2", "2022Q1", _2022Q1="13065") == "regressed"
    assert kind("main-2", "2022Q1", _2022Q1="25000") == "achieved"


def test_progress_may_be_negative_or_above_a_hundred() -> None:
    assert verdict("main-6", "2022", _2022="83").progress == Decimal(-20)
    assert verdict("main-6", "2024", _2024="90").progress == Decimal(120)


def test_on_the_due_date_it_is_achieved_or_missed_and_there_is_no_pace() -> None:
    missed = verdict("main-2", "2024Q4", _2024Q4="24999", _2023Q4="20000")
    assert (missed.kind, missed.pace, missed.gap) == (VerdictKind.MISSED, None, Decimal(1))
    assert kind("main-2", "2024Q4", _2024Q4="25000") == "achieved"


def test_after_the_plans_end_the_due_years_figure_decides() -> None:
    found = verdict("main-2", "2025Q2", _2024Q4="25000", _2025Q2="3")
    assert (found.kind, found.basis, found.pace) == (VerdictKind.ACHIEVED, "2024Q4", None)
    lost = verdict("main-2", "2025Q2", _2025Q2="99999")
    assert (lost.kind, lost.reason) == (VerdictKind.NO_DATA, "final_missing")


def test_the_years_own_figure_decides_once_it_is_there_and_it_is_said_which() -> None:
    quick = verdict("main-2", "2024Q4", _2024Q4="25000")
    final = verdict("main-2", "2024", _2024Q4="25000", _2024="24000")
    assert (quick.kind, quick.basis) == (VerdictKind.ACHIEVED, "2024Q4")
    assert (final.kind, final.basis) == (VerdictKind.MISSED, "2024")
    assert verdict("main-2", "2024", _2024Q4="25000").basis == "2024Q4"


def test_a_flow_is_compared_with_its_years_path_in_the_in_year_share() -> None:
    plain = verdict("pledge-30", "2024Q1", _2024Q1="7.5")
    assert (plain.kind, plain.expected) == (VerdictKind.ON_TRACK, Decimal("7.5"))  # 30 × 1/4
    seasonal = verdict("pledge-30", "2024Q1", _2024Q1="7.5", _2023Q1="2", _2023="20")
    assert seasonal.expected == Decimal(3)  # last year a tenth had come by then
    alone = verdict("pledge-30", "2024Q1", _2024Q1="7.4", _2023Q1="2")
    assert (alone.kind, alone.expected) == (VerdictKind.BEHIND, Decimal("7.5"))  # no total, so no share


def test_a_flow_has_completion_beside_time_progress_and_no_progress_inside_the_year() -> None:
    found = verdict("pledge-30", "2024Q2", _2024Q2="12")
    assert (found.completion, found.time_progress, found.progress) == (Decimal(40), Decimal(50), None)
    assert found.pace == Decimal(9)
    assert verdict("pledge-30", "2024Q4", _2024Q4="45").completion == Decimal(150)


def test_a_flow_regresses_against_last_years_quarter_and_the_baseline_only_at_year_end() -> None:
    assert kind("pledge-30", "2023Q1", _2023Q1="6", _2022Q1="6.1") == "regressed"
    assert kind("pledge-30", "2023Q1", _2023Q1="6.5") == "on_track"  # below the baseline of a whole year
    assert kind("pledge-30", "2023Q4", _2023Q4="16") == "regressed"


def test_a_ratio_over_a_flow_fills_up_and_has_neither_completion_nor_another_name() -> None:
    found = verdict("main-3", "2024Q1", _2024Q1="1.3", _2023Q1="1.2")
    assert (found.kind, found.expected) == (VerdictKind.ON_TRACK, Decimal("1.25"))
    assert found.completion is None
    assert kind("main-3", "2024Q1", _2024Q1="1.3", _2023Q1="1.4") == "regressed"


def test_a_ratio_of_two_flows_is_not_cut_into_quarters() -> None:
    assert verdict("main-5", "2024Q1", _2024Q1="93").expected == Decimal(94)
    assert kind("main-5", "2023Q1", _2023Q1="60", _2022Q1="61") == "regressed"
    assert kind("main-5", "2023Q1", _2023Q1="60", _2022Q1="59") == "behind"


def test_contradicting_targets_get_two_verdicts() -> None:
    assert kind("pledge-30", "2024Q4", _2024Q4="33") == "achieved"
    growth = verdict("pledge-growth", "2024Q4", _2024Q4="33")
    assert (growth.kind, growth.gap) == (VerdictKind.MISSED, Decimal("4.349"))  # 17 × 1.3³ = 37.349
    assert kind("pledge-growth", "2024Q4", _2024Q4="37.349") == "achieved"
    assert kind("pledge-growth", "2022Q4", _2022Q4="22.1") == "on_track"
    assert kind("pledge-growth", "2022Q4", _2022Q4="22.0999") == "behind"


@pytest.mark.parametrize(
    ("baseline", "reason"), [(None, "no_baseline"), ("0", "base_not_positive"), ("-1", "base_not_positive")]
)
def test_growth_without_a_base_cannot_be_judged_and_that_is_said(baseline: str | None, reason: str) -> None:
    wanted = target(
        "g",
        Operator.CAGR,
        "20",
        element="licences",
        unit="%/年",
        baseline=None if baseline is None else Decimal(baseline),
    )
    found = verdict(wanted, "2023Q4", _2023Q4="100")
    assert (found.kind, found.reason, found.value) == (VerdictKind.NOT_COMPARABLE, reason, Decimal(100))


def test_without_a_baseline_there_is_no_path_but_a_gap() -> None:
    wanted = target("n", Operator.AT_LEAST, "140", element="patents")
    found = verdict(wanted, "2023Q4", _2023Q4="100")
    assert (found.kind, found.reason, found.gap, found.pace) == (
        VerdictKind.NOT_COMPARABLE,
        "no_baseline",
        Decimal(40),
        Decimal(10),
    )
    assert kind(wanted, "2024Q4", _2024Q4="139") == "missed"


def test_above_is_not_at_least() -> None:
    wanted = target("a", Operator.ABOVE, "600", element="patents", baseline=Decimal(460))
    assert kind(wanted, "2024Q4", _2024Q4="600") == "missed"
    assert kind(wanted, "2024Q4", _2024Q4="600.01") == "achieved"


def test_a_year_that_was_missed_stays_missed() -> None:
    found = verdicts("oversea-each-year", "2024Q2", _2022="300", _2023Q4="299", _2024Q2="140", _2023Q2="140")
    assert [(entry.year, entry.kind.value) for entry in found] == [
        (2022, "achieved"),
        (2023, "missed"),
        (2024, "behind"),
    ]
    assert found[2].pace == Decimal(80)
    later = verdicts("oversea-each-year", "2026Q1", _2022="300", _2023Q4="299", _2024="301")
    assert [entry.kind.value for entry in later] == ["achieved", "missed", "achieved"]


def test_over_the_plan_years_and_the_year_to_date_add_up() -> None:
    wanted = target(
        "t",
        Operator.AT_LEAST,
        "50",
        element="talents",
        window=Window.OVER_PLAN,
        starts=datetime.date(2023, 1, 1),
        opening=Decimal(22),
    )
    found = verdict(wanted, "2024Q2", _2023="19", _2024Q2="6")
    assert (found.value, found.gap, found.completion) == (Decimal(47), Decimal(3), Decimal(94))
    assert found.kind is VerdictKind.ON_TRACK
    assert (found.expected, found.pace) == (Decimal(43), Decimal("1.5"))  # 22 + 28 × 3/4
    broken = verdict("talents-50", "2024Q2", _2022="22", _2024Q2="6")
    assert (broken.kind, broken.reason, broken.year) == (VerdictKind.NO_DATA, "year_missing", 2023)
    assert kind(wanted, "2025Q1", _2023="19", _2024="9", _2025Q1="100") == "achieved"


def test_what_is_to_be_built_is_met_at_the_lower_figure() -> None:
    assert [verdict("centres-3-5", "2024Q4", _2024Q4=str(n)).kind.value for n in (2, 3, 5, 6)] == [
        "missed",
        "achieved",
        "achieved",
        "achieved",
    ]
    assert [verdict("centres-3-5", "2024Q4", _2024Q4=str(n)).exceeded for n in (3, 5, 6)] == [
        False,
        False,
        True,
    ]
    assert verdict("centres-3-5", "2023Q4", _2023Q4="2").expected == Decimal(
        2
    )  # two of three years from zero


def test_a_limit_holds_from_the_first_day_and_a_flows_only_at_years_end() -> None:
    assert kind("abnormal-1", "2022Q1", _2022Q1="1") == "achieved"
    assert kind("abnormal-1", "2022Q1", _2022Q1="1.01") == "behind"
    capped = target("c", Operator.AT_MOST, "100", element="oversea")
    assert kind(capped, "2024Q1", _2024Q1="20") == "on_track"
    assert kind(capped, "2024Q1", _2024Q1="26") == "behind"
    assert kind(capped, "2024Q4", _2024Q4="100") == "achieved"


def test_a_control_range_is_met_inside() -> None:
    wanted = target("r", Operator.WITHIN, "2", value_max=Decimal(4), element="patents")
    assert [kind(wanted, "2023Q4", _2023Q4=value) for value in ("1", "2", "4", "5")] == [
        "behind",
        "achieved",
        "achieved",
        "behind",
    ]
    assert verdict(wanted, "2023Q4", _2023Q4="5").gap == Decimal(1)
    assert kind(wanted, "2024Q4", _2024Q4="5") == "missed"


def test_something_set_up_once_stays_set_up() -> None:
    wanted = target("o", Operator.AT_LEAST, "5000", element="geo_products", window=Window.ONCE)
    assert kind(wanted, "2023Q4", _2022Q2="5000", _2023Q4="4000") == "achieved"
    early = verdict(wanted, "2023Q4", _2023Q4="0")
    assert (early.kind, early.reason) == (VerdictKind.ON_TRACK, "before_due")
    assert kind(wanted, "2025Q1", _2023Q4="0", _2025Q1="5000") == "missed"


def test_growth_of_each_year_is_against_the_year_before() -> None:
    wanted = target(
        "g", Operator.GROWTH_EACH_YEAR, "20", element="licences", unit="%/年", baseline=Decimal(100)
    )
    found = verdicts(wanted, "2024Q2", _2022="120", _2023="143", _2024Q2="80", _2023Q2="65")
    assert [entry.kind.value for entry in found] == ["achieved", "missed", "on_track"]
    assert found[2].expected == Decimal(78)  # a fifth more than last year's half
    assert verdicts(wanted, "2023Q4", _2023Q4="200")[1].reason == "no_base"


def test_improving_needs_no_figure() -> None:
    wanted = target("i", Operator.IMPROVE, None, indicator="satisfied", unit="分", baseline=Decimal(84))
    assert kind(wanted, "2022", _2022="84.1") == "on_track"
    assert kind(wanted, "2022", _2022="84") == "behind"
    assert kind(wanted, "2023", _2022="86", _2023="85") == "regressed"
    assert kind(wanted, "2024", _2023="85", _2024="85") == "missed"


def test_paths_may_be_stairs_or_milestones() -> None:
    steps = ((2022, Decimal(10)), (2023, Decimal(40)))
    stairs = target(
        "s",
        Operator.AT_LEAST,
        "100",
        element="patents",
        baseline=Decimal(0),
        path=Path(PathKind.STEPS, 2021, steps),
    )
    lines = target(
        "m",
        Operator.AT_LEAST,
        "100",
        element="patents",
        baseline=Decimal(0),
        path=Path(PathKind.MILESTONES, 2021, steps),
    )
    assert verdict(stairs, "2023Q2", _2023Q2="11").expected == Decimal(10)
    assert verdict(lines, "2023Q2", _2023Q2="11").expected == Decimal(25)
    assert verdict(stairs, "2023Q4", _2023Q4="11").expected == Decimal(40)


def test_figures_are_judged_in_the_targets_unit() -> None:
    wanted = target("u", Operator.AT_LEAST, "30", element="pledges", unit="亿元")
    subject = subject_of(PLAN, wanted)
    assert subject is not None
    assert subject.unit == "亿元"
    assert verdict(wanted, "2024Q4", _2024Q4="300000").value == Decimal(30)
    plain = target("u", Operator.AT_LEAST, "5000", element="pledges", unit="万元")
    assert kind(plain, "2024Q4", _2024Q4="5000") == "achieved"


def test_no_figure_no_target_no_judgement() -> None:
    assert verdict("main-6", "2023Q1", _2022="85").reason == "not_due"
    assert verdict("main-2", "2023Q1").reason == "not_reported"
    assert kind("main-7", "2023Q1", _2023Q1="900") == "monitor_only"
    assert kind(target("x", Operator.AT_LEAST, None, element="patents"), "2023Q1", _2023Q1="1") == "no_target"
    assert verdict(target("x", Operator.AT_LEAST, "1"), "2023Q1").reason == "no_measure"


def test_the_mark_of_an_incomplete_total_goes_with_the_figure() -> None:
    at, before = Period.parse("2024Q2"), Period.parse("2022Q4")
    series = {at: Decimal(6), before: Decimal(22), Period.parse("2023"): Decimal(19)}
    total = TARGETS["talents-50"]
    assert judge(PLAN, total, at, series, incomplete=True)[0].incomplete
    assert judge(PLAN, total, at, series, incomplete_periods={before})[0].incomplete
    assert not judge(PLAN, total, at, series)[0].incomplete
    yearly = judge(PLAN, TARGETS["oversea-each-year"], at, series, incomplete=True)
    assert [entry.incomplete for entry in yearly] == [False, False, True]


def test_milestones_follow_their_items() -> None:
    wanted = target("m", Operator.COMPLETE, None, items=(1, 2))
    done, way = ItemReport(ItemStatus.DONE), ItemReport(ItemStatus.UNDER_WAY, 40)
    now, end = Period.parse("2023Q4"), Period.parse("2024Q4")
    assert judge_milestone(wanted, {}, now).kind is VerdictKind.NO_DATA
    under_way = judge_milestone(wanted, {1: done, 2: way}, now)
    assert (under_way.kind, under_way.progress) == (VerdictKind.ON_TRACK, Decimal(40))
    assert (
        judge_milestone(wanted, {1: done, 2: ItemReport(ItemStatus.DELAYED)}, now).kind is VerdictKind.BEHIND
    )
    assert judge_milestone(wanted, {1: done}, now).incomplete
    assert judge_milestone(wanted, {1: done, 2: done}, now).kind is VerdictKind.ACHIEVED
    assert judge_milestone(wanted, {1: done, 2: way}, end).kind is VerdictKind.MISSED
    late = ItemReport(ItemStatus.DONE, finished=datetime.date(2025, 1, 2))
    assert judge_milestone(wanted, {1: done, 2: late}, Period.parse("2025Q1")).reason == "done_late"
