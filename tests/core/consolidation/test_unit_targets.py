"""Targets of single units: judged on the unit's own figures, listed with what is left of the district's."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop.consolidation import consolidate
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import ItemReport, ItemStatus, Section
from desktop.model.target import Binding, Operator, Target, Window
from desktop.model.verdict import Verdict
from tests.core.consolidation.sections import accepted, section
from tests.core.plans import small_plan, target, with_changes
from tests.core.report.workbooks import by, merged, rows, written

PLAN = small_plan()
Q3 = Period.parse("2024Q3")
Q4 = Period.parse("2024Q4")


def of_unit(id_: str, whose: str, value: str, **more: Any) -> Target:  # noqa: ANN401
    fields: dict[str, Any] = {"element": "licences", "unit": "次", **more}
    return target(id_, Operator.AT_LEAST, value, unit_id=whose, **fields)


def plan_with(*more: Target, **parts: Any) -> Plan:  # noqa: ANN401
    return with_changes(PLAN, targets=(*PLAN.targets, *more), **parts)


def verdict(plan: Plan, id_: str, period: Period, *sections: Section) -> Verdict:
    return consolidate(plan, period, accepted(*sections)).target(id_).verdict


def test_a_units_target_looks_at_its_own_figures_alone() -> None:
    plan = plan_with(of_unit("one", "zone-a", "400"), of_unit("two", "street-b", "10"))
    sections = (
        section("zone-a", Q3, {"licences": "250"}),
        section("street-b", Q3, {"licences": "9"}),
        section("zone-b", Q3, {"licences": "9000"}),
    )
    one, two = (verdict(plan, id_, Q3, *sections) for id_ in ("one", "two"))
    assert (one.kind.value, one.expected, one.gap, one.pace) == (
        "behind",
        Decimal(300),
        Decimal(150),
        Decimal(150),
    )
    assert (two.kind.value, two.gap, two.incomplete) == ("on_track", Decimal(1), False)
    assert verdict(plan, "one", Q4, *sections).kind.value == "no_data"


def test_a_units_target_on_added_elements_adds_them() -> None:
    both = of_unit("both", "zone-a", "100", element="licences", plus=("talents",))
    plan = plan_with(both)
    found = verdict(plan, "both", Q4, section("zone-a", Q4, {"licences": "60", "talents": "45"}))
    assert (found.kind.value, found.value) == ("achieved", Decimal(105))
    assert verdict(plan, "both", Q4, section("zone-a", Q4, {"licences": "200"})).kind.value == "no_data"


def test_a_departments_target_on_an_indicator_is_judged_from_what_it_enters() -> None:
    rate = of_unit("rate", "court", "94", element=None, indicator="closing_rate", unit="%")
    court = section("court", Q4, {"cases_closed": "939", "cases_taken": "1000"})
    found = verdict(plan_with(rate), "rate", Q4, court)
    assert (found.kind.value, found.value, found.gap) == ("missed", Decimal("93.9"), Decimal("0.1"))


def test_amounts_are_judged_in_the_unit_that_the_target_names() -> None:
    loans = of_unit("loans", "zone-a", "2", element="pledges", unit="亿元")
    found = verdict(plan_with(loans), "loans", Q4, section("zone-a", Q4, {"pledges": "19999.99"}))
    assert (found.kind.value, found.value) == ("missed", Decimal("1.999999"))


def test_a_year_is_judged_on_its_own_report_once_everyone_is_in_it() -> None:
    each = target("each", Operator.AT_LEAST, "10", element="talents", unit="人", window=Window.EACH_YEAR)
    plan = plan_with(each)
    units = ("zone-a", "zone-b", "street-a", "street-b", "town-a")
    quick = [section(unit, Period.parse("2023Q4"), {"talents": "2"}) for unit in units]
    final = [section(unit, Period.parse("2023"), {"talents": "1"}) for unit in units]
    later = Period.parse("2024Q1")

    def of_2023(*sections: Section) -> Verdict:
        judged = consolidate(plan, later, accepted(*sections)).target("each")
        return next(one for one in judged.verdicts if one.year == 2023)

    for some in ([], final[:4]):
        found = of_2023(*quick, *some)
        assert (found.kind.value, found.basis, found.incomplete) == ("achieved", "2023Q4", False)
    found = of_2023(*quick, *final)
    assert (found.kind.value, found.basis, found.value) == ("missed", "2023", Decimal(5))
    only = of_2023(*final[:4])
    assert (only.basis, only.incomplete) == ("2023", True)


def sheet(path: Path, plan: Plan, period: Period, *sections: Section) -> list[dict[str, object]]:
    book = written(merged(plan, period, accepted(*sections)), path / "book.xlsx")
    return rows(book["目标判定"], "目标")


def row(table: list[dict[str, object]], id_: str) -> Mapping[str, object]:
    return by(table, "编号", id_)


def test_the_workbook_lists_units_targets_below_what_is_left_of_the_districts(tmp_path: Path) -> None:
    district = target(
        "whole", Operator.AT_LEAST, "1000", name="许可", element="licences", unit="次", baseline=Decimal(500)
    )
    plan = plan_with(
        district,
        of_unit("one", "zone-a", "400", name="许可", binding=Binding.BINDING, baseline=Decimal(200)),
        of_unit("two", "street-b", "70.5", name="许可"),
        of_unit("alone", "court", "94", element=None, indicator="closing_rate", unit="%"),
    )
    figures = section("zone-a", Q3, {"licences": "250"}), section("zone-b", Q3, {"licences": "900"})
    table = sheet(tmp_path, plan, Q3, *figures)
    lines = [str(entry["编号"]) for entry in table if entry["编号"]]
    assert [line[:2] for line in lines if "、" in line[:2]] == ["一、", "二、", "三、"]
    assert "许可（全区≥1000次）：已分解 470.5次，共2个单位；未分解余数 529.5次" in lines
    assert "没有相应全区目标，或者不能相加的" in lines
    assert lines.index("two") < lines.index("没有相应全区目标，或者不能相加的") < lines.index("alone")
    one = row(table, "one")
    assert (one["目标"], one["完成情况"]) == ("一开区：许可（约束性）", "落后进度")
    assert (one["判定数"], one["应达（按进度）"], one["距目标差距"], one["每季还需"]) == (250, 300, 150, 150)
    assert (one["完成率（%）"], one["本期数"], one["覆盖（已报/应报）"]) == (62.5, 250, "—")
    assert row(table, "two")["完成情况"] == "无数据"


def test_more_than_the_district_wants_is_said(tmp_path: Path) -> None:
    plan = plan_with(
        target("whole", Operator.AT_LEAST, "100", element="licences", unit="次"),
        of_unit("one", "zone-a", "101"),
    )
    lines = [str(entry["编号"]) for entry in sheet(tmp_path, plan, Q3)]
    assert any("超出全区目标 1次" in line for line in lines)


def test_without_units_targets_there_is_no_section_of_them(tmp_path: Path) -> None:
    lines = [str(entry["编号"]) for entry in sheet(tmp_path, PLAN, Q3)]
    assert not any("分解到单位" in line for line in lines)
    assert any(line.startswith("二、方案表述不一致") for line in lines)


def test_a_figure_that_misses_never_prints_equal_to_its_target(tmp_path: Path) -> None:
    near = dataclasses.replace(PLAN.targets[3], id="near", main=False)  # 30亿元, one decimal
    figures = section("zone-a", Q4, {"pledges": "299999"})
    book = written(merged(plan_with(near), Q4, accepted(figures)), tmp_path / "book.xlsx")
    sheet_ = book["目标判定"]
    found = next(line for line in sheet_.iter_rows() if line[0].value == "near")
    assert found[4].number_format.count("0") - 1 >= 4
    assert found[4].value == 29.9999


def test_an_items_percentage_is_not_called_progress_to_a_target(tmp_path: Path) -> None:
    reports = section("bureau", Q3, {}, {1: ItemReport(ItemStatus.UNDER_WAY, 70)})
    built = row(sheet(tmp_path, PLAN, Q3, reports), "centre-built")
    assert (built["判定数"], built["目标进度（%）"]) == ("完成比例70%", None)


def main_of(plan: Plan, **more: Any) -> Plan:  # noqa: ANN401
    """The plan with another window for the table's own target on pledges."""
    changed = tuple(dataclasses.replace(one, **more) if one.id == "main-4" else one for one in plan.targets)
    return with_changes(plan, targets=changed)


def summary_of(path: Path, plan: Plan, period: Period, *sections: Section) -> Mapping[str, object]:
    book = written(merged(plan, period, accepted(*sections)), path / "book.xlsx")
    return by(rows(book["汇总"], "指标"), "序号", 4)


def test_the_tables_own_target_says_which_years_were_missed(tmp_path: Path) -> None:
    plan = main_of(PLAN, window=Window.EACH_YEAR, value=Decimal(10), binding=Binding.EXPECTED)
    figures = [
        section("zone-a", Period.parse(period), {"pledges": amount})
        for period, amount in (("2022Q4", "90000"), ("2023Q4", "110000"), ("2024Q3", "60000"))
    ]
    said = summary_of(tmp_path, plan, Q3, *figures)
    assert "2022年未达标（未汇全），2023年已达标（未汇全）" in str(said["备注"])
    assert str(said["指标"]).endswith("（预期性）")
    assert (said["完成情况"], said["应达（按进度）"], said["每季还需"]) == ("落后进度（未汇全）", 7.5, 4)


def test_a_sum_over_the_plan_is_said_beside_the_periods_figure(tmp_path: Path) -> None:
    plan = main_of(PLAN, window=Window.OVER_PLAN, baseline=None)
    figures = [
        section("zone-a", Period.parse(period), {"pledges": "90000"})
        for period in ("2022Q4", "2023Q4", "2024Q3")
    ]
    said = summary_of(tmp_path, plan, Q3, *figures)
    assert (said["本期（汇总数）"], said["距目标差距"], said["每季还需"]) == (9, 3, 3)
    assert "按方案期累计27.0判定" in str(said["备注"])
