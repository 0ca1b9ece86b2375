"""What a clerk is told of targets and ratios while a form is being filled."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop.model.catalogue import message
from desktop.model.family import Family, FamilySetting
from desktop.model.period import Period
from desktop.model.plan import Plan, ReferenceFigure
from desktop.model.target import Binding, Contradiction, Operator, Target, Window
from desktop.workspace import FormSession, TargetStanding, Workspace, live_ratios, target_standings
from tests.core.plans import small_plan, target, with_changes
from tests.core.workspace.workspaces import at

PLAN = small_plan()
Q3 = Period.parse("2024Q3")
YEARLY = datetime.date(2022, 1, 1)


def own(value: str = "400", **more: Any) -> Target:  # noqa: ANN401
    """A target of 一开区 for the licences of a year."""
    fields: dict[str, Any] = {
        "name": "一开区许可转让",
        "element": "licences",
        "unit": "次",
        "unit_id": "zone-a",
        "baseline": Decimal(200),
        **more,
    }
    return target("own", Operator.AT_LEAST, value, **fields)


@contextmanager
def opened(folder: Path, plan: Plan, unit: str = "zone-a", period: Period = Q3) -> Iterator[FormSession]:
    """The form of a unit in October 2024."""
    with Workspace.create(
        folder / "one.zhibao", [unit], plan=plan, person="演示员", clock=at("2024-10-05")
    ) as workspace:
        yield workspace.form(unit, period)


def plan_with(*more: Target, **parts: Any) -> Plan:  # noqa: ANN401
    return with_changes(PLAN, targets=(*PLAN.targets, *more), **parts)


def of(session: FormSession, element: str, id_: str) -> TargetStanding:
    return next(one for one in target_standings(session, element) if one.target.id == id_)


def told(session: FormSession) -> dict[str, str]:
    return {f.code: message(f) for f in session.findings if f.qualifier == "own"}


def test_the_units_own_target_comes_first_with_path_gap_and_pace(tmp_path: Path) -> None:
    with opened(tmp_path, plan_with(own(binding=Binding.BINDING))) as session:
        session.type_figure("licences", "240")
        standing = target_standings(session, "licences")[0]
        assert (standing.target.id, standing.own, standing.binding) == ("own", True, "约束性")
        assert (standing.verdict, standing.unit) == ("落后进度", "次")
        shown = standing.shown  # 400 by the year's end: three quarters of it by now
        assert (shown.goal, shown.expected, shown.gap) == ("400", "300", "160")
        assert (shown.pace_label, shown.pace) == ("每季还需", "160")
        assert (shown.completion, shown.time_progress) == ("60.0", "75.0")
        assert "应为300次（目标400次），还差160次，每季还需160次" in told(session)["target.own_behind"]


def test_a_district_target_that_many_units_make_has_no_verdict_in_one_units_form(tmp_path: Path) -> None:
    with opened(tmp_path, plan_with()) as session:
        session.type_figure("talents", "3")
        standing = of(session, "talents", "talents-50")
        assert (standing.own, standing.verdict, standing.shown.gap) == (False, "", "")


def test_readings_that_contradict_each_other_are_not_for_clerks(tmp_path: Path) -> None:
    quoted = dataclasses.replace(
        target("quoted", Operator.AT_LEAST, "35", indicator="pledged", unit="亿元"),
        quotations=(PLAN.targets[7].quotations[0],),
    )
    doubt = Contradiction("more", "演示", ("quoted", "own"), "演示")
    plan = plan_with(quoted, own(), contradictions=(*PLAN.contradictions, doubt))
    with opened(tmp_path, plan) as session:
        session.type_figure("pledges", "20000")
        session.type_figure("licences", "1")
        assert [s.target.id for s in target_standings(session, "pledges")] == ["main-4"]
        assert "own" not in [s.target.id for s in target_standings(session, "licences")]
        assert told(session) == {}


def test_a_department_sees_where_its_ratio_stands_with_the_figures_put_in(tmp_path: Path) -> None:
    with opened(tmp_path, PLAN, "court") as session:
        assert live_ratios(session, "cases_taken") == ()
        session.type_figure("cases_taken", "1000")
        session.type_figure("cases_closed", "939")
        (ratio,) = live_ratios(session, "cases_taken")
        assert (ratio.numerator, ratio.denominator) == ((("审结件数", "939"),), (("受理件数", "1,000"),))
        assert (ratio.factor, ratio.value, ratio.unit) == ("100", "93.9", "%")
        standing = of(session, "cases_closed", "main-5")
        assert (standing.shown.value, standing.shown.gap, standing.shown.completion) == ("93.9", "0.1", "")


def test_a_ratio_that_misses_its_target_never_prints_equal_to_it(tmp_path: Path) -> None:
    with opened(tmp_path, PLAN, "court") as session:
        session.type_figure("cases_taken", "10000")
        session.type_figure("cases_closed", "9399")
        (ratio,) = live_ratios(session, "cases_closed")
        assert ratio.value == "93.99"


def test_a_units_own_ratio_needs_the_plans_leave(tmp_path: Path) -> None:
    issued = ReferenceFigure("patents", "zone-a", Decimal(2000), Q3.end)
    ratios = tuple(
        dataclasses.replace(i, own_ratio=True) if i.id == "licence_share" else i for i in PLAN.indicators
    )
    for name, plan, shown in (
        ("without", PLAN, []),
        ("with", with_changes(PLAN, indicators=ratios), ["2.5"]),
    ):
        folder = tmp_path / name
        folder.mkdir()
        with Workspace.create(
            folder / "one.zhibao", ["zone-a"], plan=plan, person="演示员", clock=at("2024-10-05")
        ) as workspace:
            workspace.set_references([issued])
            session = workspace.form("zone-a", Q3)
            session.confirm_issued("patents")
            session.type_figure("licences", "50")
            assert [ratio.value for ratio in live_ratios(session, "licences")] == shown


def test_the_family_is_switched_off_for_one_target_by_what_it_judges(tmp_path: Path) -> None:
    for name, setting in (
        ("all", FamilySetting(Family.TARGETS, enabled=False)),
        ("one", FamilySetting(Family.TARGETS, except_for=("licences",))),
    ):
        folder = tmp_path / name
        folder.mkdir()
        with opened(folder, plan_with(own(), families=(setting,))) as session:
            session.type_figure("licences", "1")
            assert told(session) == {}
    with opened(tmp_path, plan_with(own())) as session:
        session.type_figure("licences", "1")
        assert list(told(session)) == ["target.own_behind"]


@pytest.mark.parametrize(
    ("period", "figure", "code", "words"),
    [
        ("2024Q4", "399", "target.own_missed", "未达到400次，差1次"),
        ("2024Q4", "400", None, ""),
        ("2024Q3", "300", None, ""),
    ],
)
def test_a_units_own_target_missed_at_its_date_is_told(
    tmp_path: Path, period: str, figure: str, code: str | None, words: str
) -> None:
    with opened(tmp_path, plan_with(own()), period=Period.parse(period)) as session:
        session.type_figure("licences", figure)
        found = told(session)
        assert list(found) == ([] if code is None else [code])
        assert words in "".join(found.values())


def test_a_figure_behind_its_path_never_prints_equal_to_it(tmp_path: Path) -> None:
    wanted = own("13333", name="演示", starts=YEARLY, window=Window.EACH_YEAR)
    with opened(tmp_path, plan_with(wanted)) as session:
        session.type_figure("licences", "9999")
        shown = of(session, "licences", "own").shown
        assert (shown.value, shown.expected) == ("9,999", "10,000")
        session.type_figure("licences", "10000")
        assert of(session, "licences", "own").verdict == "符合进度"


def test_another_units_target_is_not_shown(tmp_path: Path) -> None:
    with opened(tmp_path, plan_with(own()), "street-b") as session:
        assert "own" not in [s.target.id for s in target_standings(session, "licences")]


def test_at_the_years_end_it_is_said_on_which_figure_the_verdict_stands(tmp_path: Path) -> None:
    plan = plan_with(own())
    with Workspace.create(
        tmp_path / "one.zhibao", ["zone-a"], plan=plan, person="演示员", clock=at("2025-02-01")
    ) as workspace:
        quick = workspace.form("zone-a", Period.parse("2024Q4"))
        quick.type_figure("licences", "400").saved.result()
        assert of(quick, "licences", "own").basis == "2024年第四季度"
        final = workspace.form("zone-a", Period.parse("2024"))
        final.type_figure("licences", "390")
        standing = of(final, "licences", "own")
        assert (standing.verdict, standing.basis) == ("未达标", "2024年（年报）")
        assert list(told(final)) == ["target.own_missed"]
        assert of(workspace.form("zone-a", Period.parse("2024Q3")), "licences", "own").verdict == ""
