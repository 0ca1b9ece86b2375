"""What people do in 指标报表, 名单, 任务进展 and 审核说明, in submissions and in templates filled by hand.

What can be read without a doubt is read silently; each guess is a finding at the cell; the rest is refused.
"""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop.exchange import ContentState, FileReading
from desktop.exchange.guarded.two_columns import read_two_columns
from desktop.model.catalogue import message
from desktop.model.finding import Severity
from desktop.model.submission import NIL, FigureState, Section
from tests.core.exchange.submissions import JUMP, ZONE_SECTION, cell, read, sheet, written
from tests.core.exchange.test_exchange_templates import template

FIGURES, ITEMS, LISTS, EXPLANATIONS = "指标报表", "任务进展", "名单", "审核说明"
Change = Callable[[Workbook], None]


@pytest.fixture(params=[written, template], ids=["submission", "template"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A submission's workbook, and a template: people do the same to both."""
    made: Path = request.param(tmp_path)
    return made


def hand(path: Path, change: Change) -> FileReading:
    """The reading of a file that somebody opened, changed and saved."""
    workbook = openpyxl.load_workbook(path)
    change(workbook)
    workbook.save(path)
    return read(path)


def put(code: object, header: str, value: object, page: str = FIGURES, shape: str = "") -> Change:
    """Type something into a cell, with a number format."""

    def change(workbook: Workbook) -> None:
        found = cell(sheet(workbook, page), code, header)
        found.value = value  # type: ignore[assignment]
        if shape:
            found.number_format = shape

    return change


def section_of(reading: FileReading) -> Section:
    """Its only section."""
    assert reading.submission is not None, reading.reason
    (section,) = reading.submission.sections
    return section


def said(reading: FileReading) -> set[tuple[str, str]]:
    """Code and cell of each finding; every one has its sentence."""
    for finding in reading.findings:
        assert "{" not in message(finding)
    return {(finding.code, finding.params.get("where", finding.address)) for finding in reading.findings}


def codes(reading: FileReading) -> set[str]:
    """Codes of the findings."""
    return {code for code, _ in said(reading)}


def where(path: Path, page: str, code: object, header: str) -> str:
    """Sheet and reference of a cell, as findings name it."""
    return f"{page}!{cell(sheet(openpyxl.load_workbook(path), page), code, header).coordinate}"


@pytest.mark.parametrize(
    ("code", "typed", "shape", "meant", "finding"),
    [
        ("geo_products", "１２０", "", "120", ""),
        ("geo_products", "1,200", "", "1200", ""),
        ("geo_products", "1，200", "", "1200", ""),
        ("geo_products", "120  ", "", "120", ""),
        ("geo_products", "120个", "", "120", ""),
        ("geo_products", "120 个", "", "120", ""),
        ("licences", "120个", "", "120", "reading.counter"),
        ("pledges", "3.2亿元", "", "32000", "reading.converted"),
        ("pledges", "3亿", "", "30000", "reading.multiplier"),
        ("pledges", "5000元", "", "0.5", "reading.converted"),
        ("pledges", "1.5E+3", "", "1500", "reading.scientific"),
        ("net_change", "(12)", "", "-12", "reading.parentheses"),
        ("net_change", "（12）", "", "-12", "reading.parentheses"),
        ("net_change", "－12", "", "-12", ""),
        ("net_change", -12, "#,##0_);(#,##0)", "-12", ""),
        ("net_change", -12, "0;[Red]0", "-12", "reading.unsigned_format"),
        ("net_change", -12, "0;[Red]-0", "-12", ""),
        ("pledges", 1.2, '0.0"亿元"', "12000", "reading.unit_format"),
        ("pledges", 1.2, '0.0"万元"', "1.2", ""),
        ("pledges", 1.2, 'G/通用格式"万元"', "1.2", ""),
        ("pledges", 1.2, "[$¥-804]#,##0.00", "1.2", ""),
        ("pledges", 1234.5, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1234.5", ""),
        ("pledges", 1234.5, "0.00E+00", "1234.5", ""),
        ("pledges", 7, ";;;", "7", "reading.hidden_format"),
    ],
)
def test_figures_as_people_write_them(
    path: Path, code: str, typed: object, shape: str, meant: str, finding: str
) -> None:
    reading = hand(path, put(code, "本期", typed, shape=shape))
    assert section_of(reading).figure(code).value == Decimal(meant)
    assert codes(reading) == ({finding} if finding else set())
    assert [edited.element for edited in reading.edited_cells] == [code]


@pytest.mark.parametrize(
    ("typed", "shape"),
    [
        ("十二", ""),
        ("约120", ""),
        ("120左右", ""),
        ("120-130", ""),
        ("12,00", ""),
        ("8%", ""),
        (0.08, "0%"),
        (8, '0"%"'),
        (12, '0"亿元"'),
        (123456, "#,##0,"),
        (123456, '0!.0,"万"'),
        (123456, '[>=10000]0!.0,"万";0'),
        (datetime.datetime(2024, 1, 2), ""),  # noqa: DTZ001 - as cells have it
        ("#N/A", ""),
        (True, ""),
        ("=B1+1", ""),
    ],
)
def test_what_is_no_figure_is_said_and_never_guessed(path: Path, typed: object, shape: str) -> None:
    reading = hand(path, put("geo_products", "本期", typed, shape=shape))
    assert section_of(reading).figure("geo_products").state is FigureState.UNREADABLE
    errors = {(f.severity, f.address) for f in reading.findings}
    assert errors == {(Severity.ERROR, "geo_products")}
    assert [edited.element for edited in reading.edited_cells] == ["geo_products"]


def test_a_leading_apostrophe_makes_no_difference(path: Path) -> None:
    def change(workbook: Workbook) -> None:
        found = cell(sheet(workbook), "geo_products", "本期")
        found.value, found.quotePrefix = "120", True
        found.number_format = "@"

    reading = hand(path, change)
    assert section_of(reading).figure("geo_products").value == 120
    assert not reading.findings


def test_per_cent_is_read_by_what_is_shown(tmp_path: Path) -> None:
    for shape, value, shown in (("0%", 0.08, "8%"), ("General", 0.08, "0.08"), ('0.0"%"', 8, "8%")):
        path = tmp_path / "数.xlsx"
        book = openpyxl.Workbook()
        page = book.worksheets[0]
        page.append(["abnormal_share", value])
        page["B1"].number_format = shape
        book.save(path)
        assert read_two_columns(path) == [("abnormal_share", shown)]


@pytest.mark.parametrize(("shape", "shown"), [('0.0"亿元"', "1.2亿元"), ("#,##0.0,", "1.2（缩小显示）")])
def test_a_unit_in_the_format_of_two_columns_is_not_lost(tmp_path: Path, shape: str, shown: str) -> None:
    path = tmp_path / "数.xlsx"
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["pledges", 1.2])
    page["B1"].number_format = shape
    book.save(path)
    assert read_two_columns(path) == [("pledges", shown)]


@pytest.mark.parametrize(
    ("code", "header", "page"),
    [
        ("pledges", "本期", FIGURES),
        (1, "进展情况", ITEMS),
        (1, "完成百分比", ITEMS),
        (1, "状态", ITEMS),
        ("centres", "名称", LISTS),
    ],
)
def test_strikes_and_notes_are_said_on_every_sheet(path: Path, code: object, header: str, page: str) -> None:
    def change(workbook: Workbook) -> None:
        found = cell(sheet(workbook, page), code, header)
        content: dict[str, str | int] = {"完成百分比": 50, "状态": "已完成", "本期": 12}
        found.value = content.get(header, "演示内容")
        found.font, found.comment = Font(strike=True), Comment("演示批注", "演示")

    reading = hand(path, change)
    at = where(path, page, code, header)
    note = "exchange.text_note" if page == ITEMS else "exchange.cell_note"
    assert {("exchange.struck", at), (note, at)} <= said(reading)
    # what is struck out counts all the same
    assert any(edited.now in ("演示内容", "已完成", "50", "12") for edited in reading.edited_cells)


@pytest.mark.parametrize(
    ("first", "second", "header", "page", "address"),
    [("pledges", "licences", "本期", FIGURES, "licences"), (1, 2, "进展情况", ITEMS, "item/2")],
)
def test_what_merging_hides_is_said(
    path: Path, first: object, second: object, header: str, page: str, address: str
) -> None:
    def change(workbook: Workbook) -> None:
        found = sheet(workbook, page)
        refs = [cell(found, code, header).coordinate for code in (first, second)]
        found[refs[0]].value = 9
        found.merge_cells(":".join(refs))

    reading = hand(path, change)
    assert [f.address for f in reading.findings if f.code == "exchange.merged"] == [address]


def test_merging_entries_of_a_list_is_said(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        page = sheet(workbook, LISTS)
        first = cell(page, "centres", "名称")
        page.merge_cells(f"{first.coordinate}:{page.cell(first.row + 1, first.column).coordinate}")

    reading = hand(written(tmp_path), change)
    assert [f.address for f in reading.findings if f.code == "exchange.merged"] == ["centres"]
    assert [(c.was, c.now) for c in reading.edited_cells] == [("演示中心乙", "")]


def test_strikes_and_notes_at_explanations_are_said(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        found = cell(sheet(workbook, EXPLANATIONS), JUMP, "说明")
        found.font, found.comment = Font(strike=True), Comment("演示批注", "演示")

    path = written(tmp_path)
    reading = hand(path, change)
    at = where(path, EXPLANATIONS, JUMP, "说明")
    assert said(reading) == {("exchange.struck", at), ("exchange.text_note", at)}
    assert reading.content is ContentState.INTACT


@pytest.mark.parametrize(
    ("typed", "shape", "percent", "finding"),
    [
        (60, "", 60, ""),
        ("60%", "", 60, ""),
        ("６０％", "", 60, ""),
        ("60 ", "", 60, ""),
        (0.6, "0%", 60, "exchange.percent_shown"),
        (0.6, "", None, "reading.percent"),
        ("六成", "", None, "reading.percent"),
        (160, "", None, "reading.percent"),
        (-5, "", None, "reading.percent"),
        ("#DIV/0!", "", None, "reading.percent"),
        ("=1+1", "", None, "reading.percent"),
    ],
)
def test_percentages_of_items(
    path: Path, typed: object, shape: str, percent: int | None, finding: str
) -> None:
    if path.name == "报送.xlsx":  # 60 stands there already
        hand(path, put(1, "完成百分比", None, ITEMS))
    reading = hand(path, put(1, "完成百分比", typed, ITEMS, shape))
    items = section_of(reading).items
    assert (items[1].percent if 1 in items else None) == percent
    assert codes(reading) == ({finding} if finding else set())


@pytest.mark.parametrize(
    ("typed", "shape", "taken", "finding", "severity"),
    [
        ("#REF!", "", "#REF!", "exchange.error_in_text", Severity.ERROR),
        ("=A1&B1", "", "=A1&B1", "exchange.text_formula_without_result", Severity.ERROR),
        (
            datetime.datetime(2024, 10, 1),  # noqa: DTZ001 - as cells have it
            "",
            "2024-10-01",
            "exchange.date_in_text",
            Severity.NOTICE,
        ),
        (12345678901234567, "", "12345678901234600", "exchange.long_number", Severity.WARNING),
        (5, "", "5", "", None),
        (0.6, "0%", "60%", "", None),
        ("  已完成。\r\n待验收  ", "", "已完成。\n待验收", "", None),
    ],
)
@pytest.mark.parametrize("page", [ITEMS, LISTS])
def test_texts_that_are_none(
    path: Path,
    page: str,
    typed: object,
    shape: str,
    taken: str,
    finding: str,
    severity: Severity | None,
) -> None:
    code, header = {ITEMS: (1, "进展情况"), LISTS: ("centres", "名称")}[page]
    reading = hand(path, put(code, header, typed, page, shape))
    section = section_of(reading)
    now = section.items[1].narrative if page == ITEMS else section.figure("centres").rows[0]["name"]
    assert now == taken
    found = [f for f in reading.findings if f.code == finding]
    assert [(f.severity, f.params["where"]) for f in found] == (
        [(severity, where(path, page, code, header))] if finding else []
    )


def _with_formula(path: Path, page: str, ref: str, formula: str, result: str) -> None:
    """Put a formula with its stored result into a cell, as a spreadsheet program saves it."""
    workbook = openpyxl.load_workbook(path)
    index = workbook.sheetnames.index(page) + 1
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    name = f"xl/worksheets/sheet{index}.xml"
    made = f'<c r="{ref}" t="str"><f>{formula}</f><v>{result}</v></c>'
    parts[name], count = re.subn(
        rb'<c r="%b"(?: [^>]*?)?(?:/>|>.*?</c>)' % ref.encode(), made.encode(), parts[name]
    )
    assert count == 1
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


@pytest.mark.parametrize(
    ("code", "header", "page"),
    [("geo_products", "本期", FIGURES), (1, "进展情况", ITEMS), ("centres", "名称", LISTS)],
)
def test_formulas_with_a_result_are_read_by_it_and_said(
    path: Path, code: object, header: str, page: str
) -> None:
    at = where(path, page, code, header)
    _with_formula(path, page, at.partition("!")[2], "1+1", "22")
    reading = read(path)
    section = section_of(reading)
    read_as = {
        FIGURES: str(section.figure("geo_products").value),
        ITEMS: section.items[1].narrative if 1 in section.items else "",
        LISTS: next((row["name"] for row in section.figure("centres").rows), ""),
    }
    assert read_as[page] == "22"
    assert ("exchange.formula", at) in said(reading)


@pytest.mark.parametrize(
    ("typed", "day", "finding"),
    [
        (datetime.datetime(2026, 1, 5), "2026-01-05", ""),  # noqa: DTZ001 - as cells have it
        ("2026/1/5", "2026-01-05", ""),
        ("2026年1月5日", "2026-01-05", ""),
        ("２０２６．１．５", "2026-01-05", ""),
        (46027, "2026-01-05", "exchange.number_as_date"),
        (20260105, "2026-01-05", "exchange.number_as_date"),
        ("20260105", "2026-01-05", "exchange.number_as_date"),
        ("长期", "长期", ""),
        ("#VALUE!", "#VALUE!", "exchange.error_in_text"),
    ],
)
def test_dates_in_lists(path: Path, typed: object, day: str, finding: str) -> None:
    def change(workbook: Workbook) -> None:
        cell(sheet(workbook, LISTS), "centres", "名称").value = "演示中心"
        cell(sheet(workbook, LISTS), "centres", "有效期").value = typed  # type: ignore[assignment]

    reading = hand(path, change)
    assert section_of(reading).figure("centres").rows[0]["until"] == day
    assert codes(reading) == ({finding} if finding else set())


@pytest.mark.parametrize("typed", [datetime.datetime(2025, 6, 30), "2025年6月30日", "2025/6/30"])  # noqa: DTZ001
def test_the_same_day_written_otherwise_is_no_change(tmp_path: Path, typed: object) -> None:
    reading = hand(written(tmp_path), put("centres", "有效期", typed, LISTS))
    assert (reading.content, reading.edited_cells) == (ContentState.INTACT, ())


@pytest.mark.parametrize(
    ("typed", "day", "finding"),
    [
        (datetime.datetime(2024, 10, 8), datetime.date(2024, 10, 8), ""),  # noqa: DTZ001 - as cells have it
        (45573, datetime.date(2024, 10, 8), "exchange.number_as_date"),
        ("20241008", datetime.date(2024, 10, 8), "exchange.number_as_date"),
        ("十月八日", None, "exchange.unknown_date"),
        (8, None, "exchange.unknown_date"),
    ],
)
def test_days_on_which_items_were_finished(
    tmp_path: Path, typed: object, day: datetime.date | None, finding: str
) -> None:
    reading = hand(written(tmp_path), put(2, "完成日期", typed, ITEMS))
    assert section_of(reading).items[2].finished == day
    assert codes(reading) == ({finding} if finding else set())


def _moved(page: Worksheet) -> None:
    """Turn the rows below the header upside down."""
    rows = [[one.value for one in row] for row in page.iter_rows()]
    head = next(i for i, row in enumerate(rows) if {"代码", "序号", "编号"} & {str(v) for v in row})
    for number, row in enumerate(reversed(rows[head + 1 :]), head + 2):
        for column, value in enumerate(row, 1):
            page.cell(number, column).value = value
            if isinstance(value, str):
                page.cell(number, column).data_type = "s"  # a text that looks like a formula stays a text


@pytest.mark.parametrize("name", [FIGURES, ITEMS, LISTS, EXPLANATIONS])
def test_moved_rows_inserted_columns_and_renamed_sheets_change_nothing(tmp_path: Path, name: str) -> None:
    def change(workbook: Workbook) -> None:
        page = sheet(workbook, name)
        for merged in list(page.merged_cells.ranges):
            page.unmerge_cells(str(merged))
        _moved(page)
        page.insert_cols(2)
        page.insert_rows(1, 2)
        page.title = "新名字"

    reading = hand(written(tmp_path), change)
    assert reading.content is ContentState.INTACT, reading.edited_cells
    assert section_of(reading) == ZONE_SECTION
    assert codes(reading) <= {"exchange.note_ignored"}


@pytest.mark.parametrize("name", [FIGURES, ITEMS, LISTS, EXPLANATIONS])
def test_copies_hidden_sheets_and_hidden_rows_are_said(tmp_path: Path, name: str) -> None:
    def change(workbook: Workbook) -> None:
        page = sheet(workbook, name)
        copy = workbook.copy_worksheet(page)
        page.sheet_state = "hidden"
        page.row_dimensions[page.max_row].hidden = True
        for row in copy.iter_rows(min_row=6):
            for one in row:
                if isinstance(one.value, int | float):
                    one.value = 99

    reading = hand(written(tmp_path), change)
    assert section_of(reading) == ZONE_SECTION
    assert codes(reading) == {"exchange.duplicate_sheet", "exchange.hidden_sheet", "exchange.hidden_rows"}


def test_nil_in_the_words_of_people(path: Path) -> None:
    reading = hand(path, put("geo_products", "本期", "不涉及"))
    assert section_of(reading).figure("geo_products").state is NIL.state
    assert codes(reading) == {"reading.nil"}
