"""Templates: what a person meets who fills one in, and what is read when it comes back."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from desktop.definition import bundled_plan
from desktop.exchange import ContentState, FileKind, FileReading, SignatureState, read_submission
from desktop.exchange.template.template_guide import Round
from desktop.exchange.template.template_rows import Beside
from desktop.exchange.template.template_writer import template_bytes, write_template_workbook
from desktop.model.form import form_for
from desktop.model.period import Period
from desktop.model.submission import (
    NIL,
    Answer,
    Coverage,
    Figure,
    FigureState,
    ItemReport,
    ItemStatus,
    Section,
    SignOff,
    Submission,
)
from tests.core.exchange.submissions import PLAN, Q4, ZONE, cell, read, sheet, submission
from tests.soffice import convert

ISSUED = {"patents": Figure.number(Decimal(1200)), "inventions": Figure.number(Decimal(410))}
PREVIOUS = {"pledges": Figure.number(Decimal("9000.5")), "licences": Figure.number(Decimal(30))}
KNOWN = Beside(PREVIOUS, ISSUED)
ROUND = Round(datetime.date(2025, 1, 10), "演示市场监管局", "jubao@example.com")
TYPED = {
    "oversea": 37,
    "geo_products": 0,
    "pledges": 12345.67,
    "licences": "无此项业务",
    "talents": 5,
    "net_change": -3,
}
MEANT = {
    "oversea": Figure.number(Decimal(37)),
    "geo_products": Figure.number(Decimal(0)),
    "pledges": Figure.number(Decimal("12345.67")),
    "licences": NIL,
    "talents": Figure.number(Decimal(5)),
    "net_change": Figure.number(Decimal(-3)),
}


def blank(unit: str = ZONE, **more: object) -> Submission:
    """The revision that a template holds."""
    empty = Section(unit, Q4, coverage=Coverage(10, 0))
    return replace(submission(empty), unit=unit, sign_off=SignOff(), synthetic=False, **more)  # type: ignore[arg-type]


def template(folder: Path, beside: Beside = KNOWN, unit: str = ZONE) -> Path:
    """A written template."""
    path = folder / "空白.xlsx"
    write_template_workbook(blank(unit), PLAN, path, beside, ROUND)
    return path


def type_in(workbook: Workbook, values: dict[str, object], header: str = "本期") -> None:
    """Type into cells as a person finds them."""
    for code, value in values.items():
        cell(sheet(workbook), code, header).value = value  # type: ignore[assignment]


def filled(folder: Path, change: Callable[[Workbook], None], beside: Beside = KNOWN) -> FileReading:
    """The reading of a template that somebody filled in and saved."""
    path = template(folder, beside)
    workbook = openpyxl.load_workbook(path)
    change(workbook)
    workbook.save(path)
    return read(path)


def section_of(reading: FileReading) -> Section:
    """Its only section."""
    assert reading.submission is not None, reading.reason
    (section,) = reading.submission.sections
    return section


def codes(reading: FileReading) -> set[str]:
    """Codes of what is said about the file."""
    return {finding.code for finding in reading.findings}


def test_a_blank_template_is_known_as_one(tmp_path: Path) -> None:
    reading = read(template(tmp_path))
    assert (reading.kind, reading.content) == (FileKind.TEMPLATE, ContentState.INTACT)
    assert (reading.findings, reading.edited_cells) == ((), ())


def test_what_was_filled_in_is_a_submission_without_a_signature(tmp_path: Path) -> None:
    reading = filled(tmp_path, lambda workbook: type_in(workbook, TYPED))
    assert (reading.kind, reading.signature) == (FileKind.TEMPLATE, SignatureState.NONE)
    assert section_of(reading).figures == MEANT
    assert section_of(reading).coverage == Coverage(10, 6)
    assert {edited.element for edited in reading.edited_cells} == MEANT.keys()
    assert not codes(reading)
    # a later revision that names this content as its parent means what was filled in, not the blank
    assert reading.claimed_digest == reading.digest


def test_figures_are_read_as_people_type_them(tmp_path: Path) -> None:
    typed: dict[str, object] = {
        "oversea": "１２３",
        "pledges": "1.2亿",
        "licences": "1,234",
        "talents": "无",
        "geo_products": "3个",
    }
    figures = section_of(filled(tmp_path, lambda workbook: type_in(workbook, typed))).figures
    assert {code: figure.value for code, figure in figures.items()} == {
        "oversea": Decimal(123),
        "pledges": Decimal(12000),
        "licences": Decimal(1234),
        "talents": None,
        "geo_products": Decimal(3),
    }
    assert figures["talents"] == NIL


def test_text_in_a_number_cell_stays_as_typed_with_an_error(tmp_path: Path) -> None:
    reading = filled(tmp_path, lambda workbook: type_in(workbook, {"oversea": "大约四十"}))
    figure = section_of(reading).figures["oversea"]
    assert (figure.state, figure.typed) == (FigureState.UNREADABLE, "大约四十")
    assert codes(reading) == {"reading.unreadable"}


def test_a_confirmed_figure_is_the_issued_one(tmp_path: Path) -> None:
    def fill(workbook: Workbook) -> None:
        type_in(workbook, {"patents": "相符", "inventions": "异议"}, "核对")
        type_in(workbook, {"inventions": 405})

    figures = section_of(filled(tmp_path, fill)).figures
    assert figures["patents"] == replace(Figure.number(Decimal(1200)), answer=Answer.CONFIRMED)
    assert figures["inventions"] == replace(Figure.number(Decimal(405)), answer=Answer.DISPUTED)


def test_a_dispute_without_a_figure_is_an_error(tmp_path: Path) -> None:
    reading = filled(tmp_path, lambda workbook: type_in(workbook, {"patents": "异议"}, "核对"))
    assert codes(reading) == {"exchange.disputed_blank"}


def test_reasons_and_remarks_beside_figures_travel_as_explanations(tmp_path: Path) -> None:
    def fill(workbook: Workbook) -> None:
        type_in(workbook, TYPED)
        type_in(workbook, {"pledges": "确有变化"}, "原因")
        type_in(workbook, {"pledges": "演示：一家企业新增大额质押", "talents": "演示：含柔性引进"}, "说明")

    reading = filled(tmp_path, fill)
    said = {e.finding: (e.reason, e.text) for e in section_of(reading).explanations}
    assert said == {
        "remark@pledges": ("real", "演示：一家企业新增大额质押"),
        "remark@talents": ("", "演示：含柔性引进"),
    }
    assert not codes(reading)


def test_lists_are_counted_by_their_rows(tmp_path: Path) -> None:
    def fill(workbook: Workbook) -> None:
        rows = [row for row in sheet(workbook, "名单").iter_rows() if "centres" in [c.value for c in row]]
        assert len(rows) >= 20
        for row, name, until in zip(
            rows, ("演示中心甲", "演示中心乙", "演示中心丙"), ("2025-06-30", "", "2023/1/1"), strict=False
        ):
            row[2].value, row[4].value = name, until

    figure = section_of(filled(tmp_path, fill)).figures["centres"]
    assert figure.value == Decimal(2), "the third has expired"
    assert [row["name"] for row in figure.rows] == ["演示中心甲", "演示中心乙", "演示中心丙"]


def test_a_list_row_without_a_code_is_said(tmp_path: Path) -> None:
    def fill(workbook: Workbook) -> None:
        page = sheet(workbook, "名单")
        page.cell(page.max_row + 1, 3, "演示中心丁")

    reading = filled(tmp_path, fill)
    assert codes(reading) == {"exchange.list_row_without_code"}


def test_items_are_read_with_status_and_date(tmp_path: Path) -> None:
    path = tmp_path / "空白.xlsx"
    write_template_workbook(blank("zone-a"), PLAN, path, KNOWN, ROUND)
    workbook = openpyxl.load_workbook(path)
    page = sheet(workbook, "任务进展")
    for header, value in (("状态", "已完成"), ("完成百分比", 100), ("进展情况", "演示：已建成")):
        cell(page, 2, header).value = value
    cell(page, 2, "完成日期").value = datetime.date(2024, 11, 30)
    cell(page, 1, "状态").value = "本期无新进展"
    workbook.save(path)
    assert section_of(read(path)).items == {
        1: ItemReport(ItemStatus.NO_NEWS),
        2: ItemReport(ItemStatus.DONE, 100, "演示：已建成", datetime.date(2024, 11, 30)),
    }


def test_who_signs_off_can_be_typed(tmp_path: Path) -> None:
    def fill(workbook: Workbook) -> None:
        for row in sheet(workbook).iter_rows(max_row=6):
            if str(row[0].value).startswith("单位负责人"):
                row[0].value = "单位负责人：演示甲　审核人：演示乙　填表人：演示丙　报出日期：2025年1月8日"

    reading = filled(tmp_path, fill)
    assert reading.submission is not None
    assert reading.submission.sign_off == SignOff("演示甲", "演示乙", "演示丙", datetime.date(2025, 1, 8))


def test_cut_rows_and_copied_sheets_do_no_harm(tmp_path: Path) -> None:
    def fill(workbook: Workbook) -> None:
        type_in(workbook, TYPED)
        page = sheet(workbook)
        workbook.copy_worksheet(page)
        page.delete_rows(cell(page, "oversea", "本期").row)

    reading = filled(tmp_path, fill)
    assert section_of(reading).figures == {k: v for k, v in MEANT.items() if k != "oversea"}
    assert "exchange.duplicate_sheet" in codes(reading)


def test_without_its_hidden_sheet_it_is_read_by_what_is_seen(tmp_path: Path) -> None:
    def fill(workbook: Workbook) -> None:
        type_in(workbook, TYPED)
        type_in(workbook, {"patents": "相符"}, "核对")
        del workbook["_zhibao"]

    reading = filled(tmp_path, fill)
    assert reading.content is ContentState.NO_MANIFEST
    assert section_of(reading).figures["patents"].value == Decimal(1200)
    assert {k: v for k, v in section_of(reading).figures.items() if k != "patents"} == MEANT


@pytest.mark.soffice
def test_libreoffice_computes_what_is_left_and_loses_nothing(tmp_path: Path) -> None:
    path = template(tmp_path)
    assert _left(path) == "○ 指标报表还有 9 项未填。"
    workbook = openpyxl.load_workbook(path)
    type_in(workbook, TYPED | {"talents": -5, "oversea": 6000})
    type_in(workbook, {"patents": "相符"}, "核对")
    workbook.save(path)
    (saved,) = convert([path], tmp_path / "saved", recalc=True)
    assert _left(saved) == "○ 指标报表还有 2 项未填；✗ 有误 1 项，请改正；⚠ 请核对 1 项。"
    before, after = read(path), read(saved)
    assert after.submission == before.submission
    assert (after.kind, codes(after)) == (FileKind.TEMPLATE, codes(before))
    checks = openpyxl.load_workbook(saved, data_only=True)
    said = {code: cell(sheet(checks), code, "检查").value for code in ("talents", "oversea", "patents")}
    assert said == {"talents": "✗ 不能是负数", "oversea": "⚠ 超出常见范围", "patents": "√"}


@pytest.mark.soffice
def test_checks_say_what_the_rules_will_say(tmp_path: Path) -> None:
    """One file per case: what was typed where, and the check that a person sees."""
    beside = Beside(PREVIOUS | {"talents": Figure.number(Decimal(20))}, ISSUED)
    cases: list[tuple[dict[str, object], dict[str, object], str, str]] = [
        ({"licences": "无"}, {}, "licences", "√"),
        ({"licences": 31.5}, {}, "licences", "✗ 应为整数"),
        ({"pledges": 9100.123}, {}, "pledges", "✗ 应为最多 2 位小数"),
        ({"net_change": -3}, {}, "net_change", "√"),
        ({"licences": "大约三十"}, {}, "licences", "⚠ 不是数值，请核对"),
        ({"pledges": 91000000}, {}, "pledges", "⚠ 计量单位填错？"),
        ({"talents": 19}, {}, "talents", "⚠ 小于上期"),
        ({"patents": 400, "inventions": 410}, {}, "inventions", "✗ 大于“有效专利”"),
        ({"patents": 1300}, {"patents": "相符"}, "patents", "⚠ 与下发数不同"),
        ({}, {"patents": "异议"}, "patents", "✗ 请填本单位的数"),
        ({"patents": 1300}, {"patents": "异议"}, "patents", "√"),
        ({"centres": "无此项业务"}, {}, "centres", "√"),
    ]
    paths = []
    for number, (figures, answers, _, _) in enumerate(cases):
        paths.append(tmp_path / f"{number}.xlsx")
        write_template_workbook(blank(), PLAN, paths[-1], beside, ROUND)
        workbook = openpyxl.load_workbook(paths[-1])
        type_in(workbook, figures)
        type_in(workbook, answers, "核对")
        workbook.save(paths[-1])
    saved = convert(paths, tmp_path / "saved", recalc=True)
    for path, (figures, _, code, said) in zip(saved, cases, strict=True):
        page = sheet(openpyxl.load_workbook(path, data_only=True))
        assert cell(page, code, "检查").value == said, figures


def _left(path: Path) -> str:
    page = sheet(openpyxl.load_workbook(path, data_only=True))
    return next(str(row[0].value) for row in page.iter_rows(max_row=8) if "未填" in str(row[0].value))


def test_only_cells_to_fill_are_open(tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(template(tmp_path))
    page = sheet(workbook)
    assert page.protection.sheet
    assert not page.protection.password
    assert not cell(page, "oversea", "本期").protection.locked
    for header in ("指标名称", "计量单位", "上期", "下发数", "检查", "代码"):
        assert cell(page, "oversea", header).protection.locked, header
    assert cell(page, "pledges", "上期").value == 9000.5
    assert all(workbook[name].protection.sheet for name in ("填写说明", "名单", "任务进展"))


def test_cells_help_and_refuse_what_rules_call_an_error(tmp_path: Path) -> None:
    page = sheet(openpyxl.load_workbook(template(tmp_path)))
    hint = _validation(page, cell(page, "pledges", "本期").coordinate)
    said = f"{hint.promptTitle}{hint.prompt}"
    assert all(words in said for words in ("万元", "本年累计", "2 位小数")), said
    assert hint.errorStyle in (None, "stop")
    answers = _validation(page, cell(page, "patents", "核对").coordinate)
    assert answers.formula1 == '"相符,异议"'
    reasons = _validation(page, cell(page, "pledges", "原因").coordinate)
    assert "确有变化" in str(reasons.formula1)
    note = cell(page, "pledges", "指标名称").comment
    assert note is not None
    assert note.text == PLAN.element("pledges").definition


def _validation(page: Worksheet, ref: str) -> DataValidation:
    found: list[DataValidation] = [v for v in page.data_validations.dataValidation if ref in v.sqref]
    assert len(found) == 1
    return found[0]


def test_the_first_sheet_says_by_when_and_where_to(tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(template(tmp_path))
    assert workbook.sheetnames[0] == "填写说明"
    said = "\n".join(str(value) for row in sheet(workbook, "填写说明").values for value in row if value)
    for words in ("2025年1月10日", "jubao@example.com", "禁止录入涉密信息", "无此项业务", "万元"):
        assert words in said, words


def test_the_same_content_gives_the_same_bytes() -> None:
    once, again = (template_bytes(blank(), PLAN, KNOWN, ROUND) for _ in range(2))
    assert once == again


@pytest.mark.parametrize(
    ("plan_id", "period"),
    [("binhai-ip-2022-2024", "2023"), ("demo-eco-2024-2026", "2025M05")],
)
def test_every_unit_of_the_bundled_plans_has_its_template(tmp_path: Path, plan_id: str, period: str) -> None:
    plan = bundled_plan(plan_id)
    for unit in plan.units:
        form = form_for(plan, unit, Period.parse(period))
        empty = Section(unit.id, form.period, coverage=Coverage(len(form.due_rows), 0))
        content = Submission(
            plan.id, plan.version, plan.digest, unit.id, form.period, 1, None, (empty,), synthetic=True
        )
        issued = {row.element.id: Figure.number(Decimal(7)) for row in form.rows}
        path = tmp_path / f"{unit.id}.xlsx"
        write_template_workbook(content, plan, path, Beside(issued, issued), ROUND)
        reading = read_submission(path, [plan])
        assert (reading.content, reading.findings) == (ContentState.INTACT, ()), unit.name
        assert reading.submission == content
