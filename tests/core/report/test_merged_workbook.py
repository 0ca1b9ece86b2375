"""The merged workbook as its readers see it."""

from __future__ import annotations

import dataclasses
import datetime
import errno
import os
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.definition import bundled_plan
from desktop.errors import EnvironmentFault, InputError
from desktop.model.finding import Finding, Severity
from desktop.model.form import form_for
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import (
    NIL,
    Answer,
    Deduction,
    DeductionKind,
    Explanation,
    Figure,
    FigureState,
    ItemReport,
    ItemStatus,
    Section,
)
from desktop.report import merged_workbook, write_merged_workbook
from tests.core.consolidation.sections import Q4, accepted, section
from tests.core.plans import small_plan
from tests.core.report.workbooks import by, merged, rows, written

PLAN = small_plan()
UNITS = ("zone-a", "zone-b", "street-a", "street-b", "town-a")
SHEETS = [
    "汇总",
    "目标判定",
    "单位明细",
    "指标分单位",
    "任务进展",
    "报送情况",
    "审核情况",
    "差异核对",
    "数据",
]
DISPUTED = Figure(FigureState.NUMBER, Decimal(7), answer=Answer.DISPUTED)
OVERLAP = Figure(
    FigureState.NUMBER,
    Decimal("200000.50"),
    deductions=(Deduction(DeductionKind.OVERLAP, Decimal("0.25"), "street-a"),),
)
SECTIONS = (
    section("zone-a", figures={"pledges": OVERLAP, "inventions": "4000", "talents": NIL}),
    section("zone-b", figures={"pledges": "123456.78", "inventions": DISPUTED}),
    section("bureau", figures={"inventions": "24999.6"}, items={1: ItemReport(ItemStatus.DONE, 100, "=1+1")}),
)


def test_the_sheets_stand_in_their_order_and_print(tmp_path: Path) -> None:
    book = written(merged(PLAN, Q4, accepted(*SECTIONS)), tmp_path / "m.xlsx")
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize in (8, 9)
        assert sheet.print_title_rows == "$3:$3"
        assert sheet.freeze_panes is not None
        assert "演示】" not in str(sheet["A1"].value)


def test_synthetic_figures_are_marked_on_every_sheet_and_print(tmp_path: Path) -> None:
    content = dataclasses.replace(merged(PLAN, Q4, accepted(*SECTIONS)), synthetic=True)
    for sheet in written(content, tmp_path / "m.xlsx"):
        assert str(sheet["A1"].value).startswith("【演示】")
        header = sheet.oddHeader
        assert header is not None
        assert header.left is not None
        assert header.left.text == "演示"


def test_district_totals_are_formulas_over_the_data_with_their_results(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    content = merged(PLAN, Q4, accepted(*SECTIONS))
    results, formulas = written(content, path), load_workbook(path)
    shown = by(rows(results["汇总"], "指标"), "指标", "质押融资登记金额")
    assert shown["本期（汇总数）"] == pytest.approx(32.345703, abs=1e-12)
    assert shown["覆盖（已报/应报）"] == "2/5"
    assert shown["缺报单位"] == "甲街道、乙街道、丙镇"
    cell = by(rows(formulas["汇总"], "指标"), "指标", "质押融资登记金额")
    assert str(cell["本期（汇总数）"]).startswith("=ROUND(")
    assert "SUMIFS('数据'!" in str(cell["分子"])
    assert not any(
        "全区数" in str(value) for row in results["汇总"].iter_rows(values_only=True) for value in row
    )


def test_units_figures_are_values_that_lead_to_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    write_merged_workbook(merged(PLAN, Q4, accepted(*SECTIONS)), path)
    book = load_workbook(path)
    sheet, data = book["单位明细"], book["数据"]
    names = [cell.value for cell in sheet[3]]
    row = next(row for row in sheet.iter_rows(min_row=4) if row[1].value == "质押登记金额")
    cell = row[names.index("二开区")]
    assert cell.value == 123456.78
    assert cell.hyperlink is not None
    target = str(cell.hyperlink.location).rpartition("!")[2]
    linked = data[target].row
    assert [data.cell(linked, column).value for column in (1, 4, 10)] == ["zone-b", "pledges", 123456.78]


def test_missing_blank_nil_and_not_due_are_four_things(tmp_path: Path) -> None:
    figures = accepted(*SECTIONS)
    book = written(merged(PLAN, Q4, figures), tmp_path / "m.xlsx")
    table = rows(book["单位明细"], "数据项")
    talents = by(table, "数据项", "引进人才")
    assert [talents[unit] for unit in ("一开区", "二开区", "甲街道")] == ["无此项", "空白", "缺报"]
    assert by(table, "数据项", "社会满意度")["部门数"] == "本期不报"
    assert by(table, "数据项", "社会满意度")["一开区"] == "—"


def test_missing_units_are_named_and_nothing_is_made_up_for_them(tmp_path: Path) -> None:
    book = written(merged(PLAN, Q4, accepted(*SECTIONS)), tmp_path / "m.xlsx")
    states = rows(book["报送情况"], "单位")
    assert by(states, "单位", "甲街道")["状态"] == "逾期（缺报）"
    assert by(states, "单位", "一开区")["状态"] == "已接收"
    assert "缺报：甲街道、乙街道、丙镇" in str(states[-1]["序号"])
    assert {row["单位编码"] for row in rows(book["数据"], "单位编码")} == {"zone-a", "zone-b", "bureau"}


def test_sources_that_differ_stand_side_by_side(tmp_path: Path) -> None:
    book = written(merged(PLAN, Q4, accepted(*SECTIONS)), tmp_path / "m.xlsx")
    row = by(rows(book["差异核对"], "数据项"), "数据项", "有效发明专利")
    assert (row["部门数"], row["各单位合计"]) == (24999.6, 4007)
    assert row["有异议单位"] == "二开区"
    main, check = rows(book["汇总"], "指标")[2:4]
    assert (main["数据来源"], check["指标"]) == ("市监局", "　校核：各单位合计")


def test_a_figure_that_would_look_like_the_target_it_misses_shows_more_decimals(tmp_path: Path) -> None:
    book = written(merged(PLAN, Q4, accepted(*SECTIONS)), tmp_path / "m.xlsx")
    sheet = book["汇总"]
    row = next(row for row in sheet.iter_rows(min_row=4) if row[1].value == "有效发明专利量")
    assert row[4].number_format.startswith("#,##0.0")
    assert row[6].value == "未达标"


def test_contradicting_targets_have_their_verdicts_side_by_side(tmp_path: Path) -> None:
    figures = accepted(*(section(unit, figures={"pledges": "62000"}) for unit in UNITS))
    book = written(merged(PLAN, Q4, figures), tmp_path / "m.xlsx")
    table = rows(book["目标判定"], "目标")
    start = next(n for n, row in enumerate(table) if "质押融资：30亿元与年均增长30%" in str(row["编号"]))
    readings = {row["编号"]: row["完成情况"] for row in table[start + 1 : start + 3]}
    assert readings == {"pledge-30": "已达标", "pledge-growth": "未达标"}


def test_texts_that_look_like_formulas_stay_texts(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    write_merged_workbook(merged(PLAN, Q4, accepted(*SECTIONS)), path)
    cells = [c for row in load_workbook(path)["任务进展"].iter_rows() for c in row if c.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_findings_stand_beside_their_explanations(tmp_path: Path) -> None:
    finding = Finding(
        "consolidation.returned",
        Severity.WARNING,
        address="talents",
        params={"unit": "一开区", "period": "2024Q4", "revision": "1"},
    )
    explanation = Explanation(finding.key, "correction", "演示：上期多报", "d", forced=True)
    zone = dataclasses.replace(section("zone-a", figures={"talents": "3"}), explanations=(explanation,))
    content = dataclasses.replace(merged(PLAN, Q4, accepted(zone)), findings={"zone-a": (finding,)})
    [row] = rows(written(content, tmp_path / "m.xlsx")["审核情况"], "审核结果")
    assert (row["数据项或事项"], row["级别"]) == ("引进人才", "核实性")
    assert (row["原因类别"], row["说明"], row["带错上报"]) == ("上期更正", "演示：上期多报", "是")


def test_the_review_says_which_explanations_are_void_shared_or_pasted(tmp_path: Path) -> None:
    def found(element: str) -> Finding:
        params = {"name": element, "unit": "件", "value": "9", "limit": "5", "difference": "4"}
        return Finding(
            "range.above", Severity.WARNING, "zone-a", str(Q4), element, "", params, f"now {element}"
        )

    findings = tuple(map(found, ("oversea", "pledges", "licences", "talents", "net_change")))
    said = [Explanation(f.key, "other", "演示：两家企业迁入后并表", f.figures) for f in findings]
    cause = said[0].finding
    explanations = (
        dataclasses.replace(said[0], cause=cause),
        dataclasses.replace(said[1], cause=cause),
        said[2],
        dataclasses.replace(said[3], figures="as it was"),
        dataclasses.replace(said[4], text="正常"),
    )
    zone = dataclasses.replace(section("zone-a", figures={"oversea": "9"}), explanations=explanations)
    content = dataclasses.replace(merged(PLAN, Q4, accepted(zone)), findings={"zone-a": findings})
    table = rows(written(content, tmp_path / "m.xlsx")["审核情况"], "审核结果")
    states = {row["审核代码"]: row["说明状态"] for row in table}
    assert [states[f.key] for f in findings[:4]] == ["同因1", "同因1", None, "失效：数据已改动"]
    assert str(states[findings[4].key]).startswith("未采用：说明只写了“正常”")
    [pasted] = [row["审核结果"] for row in table if str(row["审核代码"]).startswith("explanation.repeated")]
    assert str(pasted).startswith("海外发明专利授权、质押登记金额、许可转让次数的说明文字相同")


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    content = merged(PLAN, Q4, accepted(*SECTIONS))
    one, two = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    write_merged_workbook(content, one)
    write_merged_workbook(content, two)
    assert one.read_bytes() == two.read_bytes()


def test_a_file_that_is_there_is_only_replaced_when_told(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    path.write_text("earlier")
    content = merged(PLAN, Q4, accepted(*SECTIONS))
    with pytest.raises(InputError, match="已存在"):
        write_merged_workbook(content, path)
    assert path.read_text() == "earlier"
    write_merged_workbook(content, path, overwrite=True)
    assert load_workbook(path).sheetnames == SHEETS


def test_a_full_disk_leaves_nothing_behind_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    path = tmp_path / "m.xlsx"
    path.write_text("earlier")
    with pytest.raises(EnvironmentFault, match="磁盘已满"):
        write_merged_workbook(merged(PLAN, Q4, accepted(*SECTIONS)), path, overwrite=True)
    assert [entry.name for entry in tmp_path.iterdir()] == ["m.xlsx"]
    assert path.read_text() == "earlier"


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="不存在"):
        write_merged_workbook(merged(PLAN, Q4, accepted(*SECTIONS)), tmp_path / "none" / "m.xlsx")


def test_a_streamed_workbook_holds_the_same_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = merged(PLAN, Q4, accepted(*SECTIONS))
    whole = written(content, tmp_path / "whole.xlsx")
    monkeypatch.setattr(merged_workbook, "STREAM_FROM", 0)
    streamed = written(content, tmp_path / "streamed.xlsx")
    for sheet in whole:
        assert list(streamed[sheet.title].iter_rows(values_only=True)) == list(
            sheet.iter_rows(values_only=True)
        )


def test_a_period_without_any_report_still_gives_a_workbook(tmp_path: Path) -> None:
    book = written(merged(PLAN, Q4, {}), tmp_path / "m.xlsx")
    row = by(rows(book["汇总"], "指标"), "指标", "质押融资登记金额")
    assert (row["本期（汇总数）"], row["覆盖（已报/应报）"]) == ("未报", "0/5")


def test_the_real_plan_fills_every_sheet(tmp_path: Path) -> None:
    plan = bundled_plan("binhai-ip-2022-2024")
    sections = [_filled(plan, unit.id) for unit in plan.units]
    book = written(merged(plan, Q4, accepted(*sections)), tmp_path / "m.xlsx")
    summary = rows(book["汇总"], "指标")
    assert [row["序号"] for row in summary if isinstance(row["序号"], int)] == list(range(1, 21))
    subjects = [row["编号"] for row in rows(book["目标判定"], "目标") if str(row["编号"]).startswith("（")]
    assert len(subjects) == len(plan.contradictions)
    assert {row["事项"] for row in rows(book["任务进展"], "事项")} == {item.number for item in plan.items}


def _filled(plan: Plan, unit: str) -> Section:
    form = form_for(plan, plan.unit(unit), Period.parse("2024Q4"))
    figures = {row.element.id: Figure.number(Decimal(7)) for row in form.due_rows}
    reported = ItemReport(ItemStatus.DONE, 100, "演示", datetime.date(2024, 12, 1))
    return Section(unit, form.period, figures, {entry.item.number: reported for entry in form.items})
