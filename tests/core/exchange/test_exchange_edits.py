"""Workbooks that a person changed: the visible cell counts, and exactly what was changed is named."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font
from openpyxl.workbook import Workbook

from desktop.exchange import ContentState, EditedCell, FileReading, read_submission
from desktop.model.catalogue import message
from desktop.model.content import submission_digest
from desktop.model.finding import Severity
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
from tests.core.exchange.submissions import (
    JUMP,
    PLAN,
    STREET,
    STREET_SECTION,
    ZONE,
    ZONE_SECTION,
    cell,
    edited,
    read,
    sheet,
    submission,
    written,
)
from tests.core.plans import with_changes


def _put(code: object, header: str, value: object, page: str = "指标报表") -> Callable[[Workbook], None]:
    def change(workbook: Workbook) -> None:
        cell(sheet(workbook, page), code, header).value = value  # type: ignore[assignment]

    return change


def _section(reading: FileReading, index: int = 0) -> Section:
    assert reading.submission is not None, reading.refusal
    return reading.submission.sections[index]


def _codes(reading: FileReading) -> list[str]:
    for finding in reading.findings:
        assert message(finding)  # every code has its sentence, with every parameter
    return [finding.code for finding in reading.findings]


def test_one_changed_figure_is_named(tmp_path: Path) -> None:
    path = written(tmp_path)
    reading = edited(path, _put("pledges", "本期", 999.5))
    where = cell(sheet(openpyxl.load_workbook(path)), "pledges", "本期").coordinate
    assert reading.content is ContentState.EDITED
    assert reading.edited_cells == (EditedCell("pledges", ZONE, "12,345.67", "999.5", "指标报表", where),)
    expected = replace(ZONE_SECTION.figures["pledges"], value=Decimal("999.5"))
    assert _section(reading) == replace(ZONE_SECTION, figures={**ZONE_SECTION.figures, "pledges": expected})
    assert _section(reading).figures == {**ZONE_SECTION.figures, "pledges": expected}
    assert reading.claimed_digest == submission_digest(submission()) != reading.digest


def test_in_a_zone_file_the_right_unit_is_named(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        cell(sheet(workbook), "licences", "本期", STREET).value = 8

    reading = edited(written(tmp_path, submission(ZONE_SECTION, STREET_SECTION)), change)
    assert [(c.element, c.unit, c.was, c.now) for c in reading.edited_cells] == [
        ("licences", STREET, "7", "8")
    ]
    assert _section(reading).figures == ZONE_SECTION.figures
    assert _section(reading, 1).figure("licences") == Figure.number(Decimal(8))


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        ("talents", 5, Figure.number(Decimal(5))),
        ("talents", "无此项业务", NIL),
        ("geo_products", "１，２３４", Figure.number(Decimal(1234))),
        ("pledges", "1.2亿", Figure.number(Decimal(12000))),
        ("licences", None, Figure()),
        ("licences", 0, Figure.number(Decimal(0))),
        ("net_change", 0.1 + 0.2, Figure.number(Decimal("0.3"))),
    ],
)
def test_a_changed_cell_is_read_as_a_person_reads_it(
    tmp_path: Path, code: str, value: object, expected: Figure
) -> None:
    reading = edited(written(tmp_path), _put(code, "本期", value))
    now = _section(reading).figure(code)
    assert (now.state, now.value) == (expected.state, expected.value)
    assert [c.element for c in reading.edited_cells] == [code]


def test_a_figure_rewritten_as_text_is_no_change(tmp_path: Path) -> None:
    reading = edited(written(tmp_path), _put("pledges", "本期", "12,345.67"))
    assert (reading.content, reading.edited_cells) == (ContentState.INTACT, ())


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("大约五百", "reading.unreadable"),
        ("#REF!", "exchange.error_cell"),
        (datetime.datetime(2024, 3, 1), "exchange.date_in_number"),  # noqa: DTZ001 - as cells have it
        ("=SUM(A1:A2)", "exchange.formula_without_result"),
    ],
)
def test_what_is_no_number_is_an_error_and_never_blank(tmp_path: Path, value: object, code: str) -> None:
    reading = edited(written(tmp_path), _put("geo_products", "本期", value))
    assert _section(reading).figure("geo_products").state is FigureState.UNREADABLE
    assert (code, Severity.ERROR, "geo_products") in [
        (f.code, f.severity, f.address) for f in reading.findings
    ]
    assert [c.element for c in reading.edited_cells] == ["geo_products"]
    assert all(message(finding) for finding in reading.findings)


def test_a_number_shown_as_per_cent_is_what_is_shown(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        found = cell(sheet(workbook), "net_change", "本期")
        found.value, found.number_format = -3, "0%"

    reading = edited(written(tmp_path), change)
    assert _section(reading).figure("net_change").state is FigureState.UNREADABLE
    assert [c.element for c in reading.edited_cells] == ["net_change"]


def test_deductions_answers_items_and_explanations_are_content(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        page = sheet(workbook)
        cell(page, "pledges", "其中：与甲街道重复").value = 6
        cell(page, "pledges", "其中：区外").value = None
        cell(page, "patents", "核对").value = "异议"
        items = sheet(workbook, "任务进展")
        cell(items, 1, "状态").value = "滞后"
        cell(items, 1, "完成百分比").value = "70%"
        cell(items, 1, "进展情况").value = "装修推迟"
        cell(items, 2, "完成日期").value = "2024年11月2日"
        cell(sheet(workbook, "审核说明"), JUMP, "原因").value = "其他"

    reading = edited(written(tmp_path), change)
    section = _section(reading)
    assert section.figure("pledges").deductions == (Deduction(DeductionKind.OVERLAP, Decimal(6), STREET),)
    assert section.figure("patents").answer is Answer.DISPUTED
    assert (section.items[1].status, section.items[1].percent) == (ItemStatus.DELAYED, 70)
    assert section.items[1].narrative == "装修推迟"
    assert section.items[2].finished == datetime.date(2024, 11, 2)
    assert section.items[2].evidence == ZONE_SECTION.items[2].evidence
    assert section.explanations[0].reason == "other"
    assert [(c.element, c.aspect, c.was, c.now) for c in reading.edited_cells] == [
        ("patents", "核对", "相符", "异议"),
        ("pledges", "其中：区外", "100", ""),
        ("pledges", "其中：与甲街道重复", "5.5", "6"),
        ("item/1", "进展情况", "已完成选址。\n正在装修。", "装修推迟"),
        ("item/1", "状态", "推进中", "滞后"),
        ("item/1", "完成百分比", "60", "70%"),
        ("item/2", "完成日期", "2024-10-01", "2024年11月2日"),
        (JUMP, "原因", "确有变化", "其他"),
    ]


def test_the_word_of_older_files_for_no_news_is_the_same_state(tmp_path: Path) -> None:
    quiet = replace(ZONE_SECTION, items={1: ItemReport(ItemStatus.NO_NEWS)})
    path = written(tmp_path, submission(quiet))
    assert read(path).content is ContentState.INTACT

    def write_as_before(workbook: Workbook) -> None:
        said = cell(sheet(workbook, "任务进展"), 1, "状态")
        assert said.value == "本期无新进展", "it fits plans with months as well"
        said.value = "本季无新进展"

    reading = edited(path, write_as_before)
    assert (reading.edited_cells, _section(reading).items) == ((), quiet.items)


def test_explanations_of_one_cause_show_it_and_can_be_put_together_by_hand(tmp_path: Path) -> None:
    keys = ("flow.fell@licences", "flow.fell@oversea", JUMP, "value.unit_slip@talents")
    said = [Explanation(key, "real", f"演示：第{n}条说明文字", "sha256:0") for n, key in enumerate(keys)]
    shared = [replace(e, cause=keys[1]) if n in (1, 2) else e for n, e in enumerate(said)]
    content = submission(replace(ZONE_SECTION, explanations=tuple(shared)))
    path = written(tmp_path, content)
    page = sheet(openpyxl.load_workbook(path), "审核说明")
    assert [cell(page, key, "同因").value for key in keys] == [None, 1, 1, None]
    assert _section(read(path)).explanations == tuple(shared)

    def change(workbook: Workbook) -> None:
        found = sheet(workbook, "审核说明")
        cell(found, keys[0], "同因").value = "甲"
        cell(found, keys[2], "同因").value = None
        cell(found, keys[3], "同因").value = "甲"

    reading = edited(path, change)
    assert [e.cause for e in _section(reading).explanations] == [keys[0], keys[1], "", keys[0]]
    assert [(c.element, c.aspect, c.was, c.now) for c in reading.edited_cells] == [
        (keys[0], "同因", "", "甲"),
        (keys[2], "同因", "1", ""),
        (keys[3], "同因", "", "甲"),
    ]


def test_list_rows_are_content_and_counted(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        page = sheet(workbook, "名单")
        found = cell(page, "centres", "名称")
        found.value = "演示中心改"
        page.append(["centres", "运营中心", None, "演示中心丙", None, datetime.date(2026, 1, 1)])

    reading = edited(written(tmp_path), change)
    figure = _section(reading).figure("centres")
    assert [row["name"] for row in figure.rows] == ["演示中心改", "演示中心乙", "演示中心丙"]
    assert figure.rows[2]["until"] == "2026-01-01"
    assert figure.value == 3
    assert {c.aspect for c in reading.edited_cells} == {
        "名单第1行·名称",
        "名单新增行·名称",
        "名单新增行·有效期",
    }


def test_who_signs_is_content(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        line = sheet(workbook)["A3"]
        line.value = str(line.value).replace("演示审核人", "另一人")

    reading = edited(written(tmp_path), change)
    assert reading.submission is not None
    assert reading.submission.sign_off.reviewer == "另一人"
    assert [c.element for c in reading.edited_cells] == ["sign_off"]


def test_another_period_in_the_heading_is_an_error(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        line = sheet(workbook)["A2"]
        line.value = str(line.value).replace("2024Q4", "2024Q3")

    reading = edited(written(tmp_path), change)
    assert _codes(reading) == ["exchange.heading_changed"]


def test_a_deleted_row_is_blank_and_said(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        sheet(workbook).delete_rows(cell(sheet(workbook), "pledges", "代码").row)

    reading = edited(written(tmp_path), change)
    assert _section(reading).figure("pledges") == Figure()
    assert _codes(reading) == ["exchange.missing_row"]
    assert [(c.element, c.now) for c in reading.edited_cells] == [("pledges", "")]


def _duplicate_code(workbook: Workbook) -> None:
    page = sheet(workbook)
    page.append([one.value for one in page[cell(page, "pledges", "代码").row]])


def _unknown_code(workbook: Workbook) -> None:
    sheet(workbook).append(["no_such_code", "别的", "件", None, None, None, 5])


def _not_reported(workbook: Workbook) -> None:
    page = sheet(workbook)
    page.append(["cases_closed"])
    cell(page, "cases_closed", "本期").value = 5


def _row_without_code(workbook: Workbook) -> None:
    page = sheet(workbook)
    column = cell(page, "pledges", "本期").column
    page.cell(page.max_row + 2, column).value = 77


def _copied_sheet(workbook: Workbook) -> None:
    copy = workbook.copy_worksheet(sheet(workbook))
    cell(copy, "pledges", "本期").value = 1


def _extra_sheet(workbook: Workbook) -> None:
    workbook.create_sheet("草稿").append(["随手记"])


def _hidden_row(workbook: Workbook) -> None:
    page = sheet(workbook)
    page.row_dimensions[cell(page, "pledges", "代码").row].hidden = True


def _hidden_sheet(workbook: Workbook) -> None:
    sheet(workbook, "任务进展").sheet_state = "hidden"


def _other_measure(workbook: Workbook) -> None:
    cell(sheet(workbook), "pledges", "计量单位").value = "亿元"


def _note(workbook: Workbook) -> None:
    cell(sheet(workbook), "patents", "说明").value = "这里写了一句"


def _second_column(workbook: Workbook) -> None:
    page = sheet(workbook)
    header = cell(page, "pledges", "本期")
    page.cell(5, page.max_column + 1).value = "本期"
    page.cell(header.row, page.max_column).value = 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_duplicate_code, "exchange.duplicate_code"),
        (_unknown_code, "exchange.unknown_code"),
        (_not_reported, "exchange.not_reported"),
        (_row_without_code, "exchange.row_without_code"),
        (_copied_sheet, "exchange.duplicate_sheet"),
        (_extra_sheet, "exchange.extra_sheet"),
        (_hidden_row, "exchange.hidden_rows"),
        (_hidden_sheet, "exchange.hidden_sheet"),
        (_other_measure, "exchange.measure_changed"),
        (_note, "exchange.note_ignored"),
        (_second_column, "exchange.duplicate_column"),
    ],
)
def test_what_is_not_taken_is_said(tmp_path: Path, change: Callable[[Workbook], None], code: str) -> None:
    reading = edited(written(tmp_path), change)
    assert _codes(reading) == [code]
    assert reading.submission == submission()
    assert reading.content is ContentState.INTACT


def test_a_recomputed_figure_in_the_manifest_is_seen(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        page = sheet(workbook, "_zhibao")
        for (entry,) in page.iter_rows(min_col=2, max_col=2):
            entry.value = str(entry.value or "").replace('"12345.67"', '"99999"')
        cell(sheet(workbook), "pledges", "本期").value = 99999

    reading = edited(written(tmp_path), change)
    assert reading.content is ContentState.EDITED
    assert "exchange.manifest_altered" in _codes(reading)
    assert _section(reading).figure("pledges").value == 99999


def test_a_document_property_that_disagrees_is_said(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        properties = workbook.custom_doc_props  # type: ignore[attr-defined]
        del properties["zhibao.identity"]
        properties.append(StringProperty(name="zhibao.identity", value="other/unit/2024Q4/1"))

    assert _codes(edited(written(tmp_path), change)) == ["exchange.property_differs"]


@pytest.mark.parametrize("sections", [(ZONE_SECTION,), (ZONE_SECTION, STREET_SECTION)], ids=["clerk", "zone"])
def test_without_a_manifest_the_cells_are_read(tmp_path: Path, sections: tuple[Section, ...]) -> None:
    reading = edited(
        written(tmp_path, submission(*sections)), lambda workbook: workbook.remove(workbook["_zhibao"])
    )
    assert reading.content is ContentState.NO_MANIFEST
    assert reading.claimed_digest == ""
    assert "exchange.no_manifest" in _codes(reading)
    found = reading.submission
    assert found is not None
    assert found.identity == submission().identity
    assert found.sign_off == submission().sign_off
    assert [section.unit for section in found.sections] == [section.unit for section in sections]
    pledges = replace(ZONE_SECTION.figures["pledges"], vintage="final")
    assert found.sections[0].figures == {**ZONE_SECTION.figures, "pledges": pledges}
    assert found.sections[0].items[1] == ZONE_SECTION.items[1]
    assert found.sections[0].explanations == (replace(ZONE_SECTION.explanations[0], figures=""),)


def test_a_broken_manifest_is_as_none(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        page = sheet(workbook, "_zhibao")
        page.delete_rows(page.max_row)

    reading = edited(written(tmp_path), change)
    assert reading.content is ContentState.NO_MANIFEST
    assert "exchange.manifest_broken" in _codes(reading)


def test_another_version_of_the_plan_is_said(tmp_path: Path) -> None:
    newer = with_changes(PLAN, version="2", digest="sha256:other")
    reading = read_submission(written(tmp_path), [newer])
    assert _codes(reading) == ["exchange.other_plan_version"]
    assert reading.submission == submission()
    assert not read_submission(tmp_path / "报送.xlsx", [newer, PLAN]).findings


def test_unread_text_that_was_sent_along_stays_quiet(tmp_path: Path) -> None:
    reading = read(written(tmp_path))
    assert _section(reading).figure("talents").typed == "=1+1"
    assert not reading.findings


def _beside(tmp_path: Path, change: Callable[[Workbook], None]) -> FileReading:
    reading = edited(written(tmp_path), change)
    assert reading.content is ContentState.INTACT
    return reading


def test_a_struck_out_figure_still_counts_and_that_is_said(tmp_path: Path) -> None:
    def strike(workbook: Workbook) -> None:
        found = cell(sheet(workbook), "patents", "本期")
        found.font = Font(strike=True)

    (said,) = _beside(tmp_path, strike).findings
    assert (said.code, said.address, said.severity) == ("exchange.struck", "patents", Severity.WARNING)
    assert "仍按所填读取" in message(said)


def test_a_note_pinned_to_a_figure_is_not_lost_silently(tmp_path: Path) -> None:
    def pin(workbook: Workbook) -> None:
        cell(sheet(workbook), "patents", "本期").comment = Comment("含上月补录12件", "演示填表人")

    (said,) = _beside(tmp_path, pin).findings
    assert (said.code, said.address) == ("exchange.cell_note", "patents")
    assert "含上月补录12件" in message(said)


def test_figures_that_merging_hid_are_named(tmp_path: Path) -> None:
    def merge(workbook: Workbook) -> None:
        page = sheet(workbook)
        first, second = cell(page, "patents", "本期"), cell(page, "inventions", "本期")
        page.merge_cells(f"{first.coordinate}:{second.coordinate}")

    reading = edited(written(tmp_path), merge)
    assert [(c.element, c.was, c.now) for c in reading.edited_cells] == [("inventions", "410", "")]
    said = [finding for finding in reading.findings if finding.code == "exchange.merged"]
    assert [finding.address for finding in said] == ["inventions"]


def test_a_tab_that_another_program_loses_is_no_change(tmp_path: Path) -> None:
    figures = {**ZONE_SECTION.figures, "talents": Figure(FigureState.UNREADABLE, typed="约\t3人")}
    items = {**ZONE_SECTION.items, 1: ItemReport(ItemStatus.UNDER_WAY, 60, "一是\t选址")}
    content = submission(replace(ZONE_SECTION, figures=figures, items=items))

    def lose(workbook: Workbook) -> None:
        for page in ("指标报表", "任务进展"):
            for row in sheet(workbook, page).iter_rows():
                for found in row:
                    if isinstance(found.value, str):
                        found.value = found.value.replace("\t", "")

    reading = edited(written(tmp_path, content), lose)
    assert (reading.content, reading.edited_cells) == (ContentState.INTACT, ())
    assert reading.submission == content
