"""A plan as a workbook: nothing is lost on the way out and back, and what is broken is told at its cell."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from desktop.config import DEFAULT_PLAN
from desktop.definition import Loaded, bundled_plan, load_plan_folder
from desktop.definition.places import HOMES
from desktop.definition.workbook import plan_workbook, read_plan_workbook, write_plan_folder
from desktop.definition.workbook.cells import BLANK, from_cell, to_cell
from desktop.definition.workbook.choices import enumerations
from desktop.definition.workbook.columns import collection_columns, frame_columns
from desktop.definition.workbook.foreign_rows import rows_by_sheet
from desktop.definition.workbook.notes import has_note
from desktop.definition.workbook.reading import MOST_ROWS, plan_of_sheets
from desktop.definition.workbook.sheets import RawCell, Row
from desktop.errors import InputError
from desktop.exchange.parsing.foreign_sheets import foreign_sheets
from desktop.model.canonical import clean_text
from desktop.model.catalogue import message
from desktop.model.element import Mode
from desktop.model.finding import Finding, Severity
from desktop.model.narrative import NarrativeAdvice
from desktop.model.plan import Plan, ReferenceFigure
from desktop.model.target import Path as TargetPath
from desktop.model.target import PathKind
from desktop.workspace.plans.plan_files import export_plan, import_plan

PLAN = bundled_plan(DEFAULT_PLAN)
CONTENT = plan_workbook(PLAN)
Book = Any  # openpyxl's own types leave every cell's value open
Value = Any


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "方案.xlsx"
    path.write_bytes(CONTENT)
    return path


def _edited(file: Path, change: Callable[[Book], None]) -> Path:
    book = openpyxl.load_workbook(file)
    change(book)
    book.save(file)
    return file


def _cell(sheet: Worksheet, id_: str | int, key: str) -> Value:
    """The cell of an entry's field, as a person would find it."""
    keys = [cell.value for cell in sheet[2]]
    row = next(row for row in sheet.iter_rows(min_row=3) if row[0].value == id_)
    return row[keys.index(key)]


def _errors(loaded: Loaded) -> list[Finding]:
    assert loaded.plan is None
    return list(loaded.errors)


def test_the_round_trip_loses_nothing(tmp_path: Path) -> None:
    out = export_plan(None, tmp_path / "方案.xlsx")
    done = import_plan(out, tmp_path / "新方案")
    assert done.path == tmp_path / "新方案"
    assert not [finding for finding in done.findings if finding.severity is Severity.ERROR]
    again = load_plan_folder(tmp_path / "新方案").plan
    assert again is not None and again.digest == PLAN.digest
    assert plan_workbook(again) == CONTENT


def test_what_the_plan_says_of_itself_is_told_at_cells(file: Path) -> None:
    found = {finding.address: message(finding) for finding in read_plan_workbook(file).findings}
    sheet = openpyxl.load_workbook(file)["单位"]
    address = f"单位!{_cell(sheet, 'jrj', 'confidence').coordinate}"
    assert "（可信程度）" in found[address]


def test_a_changed_target_arrives(file: Path) -> None:
    def change(book: Book) -> None:
        _cell(book["目标"], "T07", "value").value = 26000.5
        _cell(book["目标"], "T07", "due").value = datetime.date(2025, 6, 30)
        _cell(book["目标"], "T07", "note").value = "=不是公式"
        _cell(book["目标"], "T07", "note").data_type = "s"

    plan = read_plan_workbook(_edited(file, change)).plan
    assert plan is not None
    target = next(target for target in plan.targets if target.id == "T07")
    assert (target.value, target.due, target.note) == (
        Decimal("26000.5"),
        datetime.date(2025, 6, 30),
        "=不是公式",
    )


def test_people_see_words_where_the_plan_has_codes(file: Path) -> None:
    book = openpyxl.load_workbook(file)
    assert book.sheetnames[:9] == [
        *("方案", "指标", "数据项", "目标", "任务", "任务分解", "单位", "审核公式", "口径说明")
    ]
    assert _cell(book["指标"], "i01", "measure").value == "比率"
    assert _cell(book["数据项"], "patents_valid", "nature").value == "期末数"
    assert "street=下发核对" in _cell(book["数据项"], "patents_valid", "mode").value.split("\n")
    assert _cell(book["目标"], "T07", "operator").value == "≥"
    assert _cell(book["目标"], "T07", "window").value == "年末"
    codes = {member.value for kind in enumerations() for member in kind if not member.value.isdigit()}
    shown = {cell.value for sheet in book.worksheets for row in sheet.iter_rows(min_row=3) for cell in row}
    keys = {cell.value for row in book["方案"].iter_rows() for cell in row[1:2]}
    ids = {kind.id for kind in PLAN.unit_kinds} | {"district"}
    assert codes & {value for value in shown if isinstance(value, str)} - keys - ids == set()


def test_every_word_is_read_back_and_no_two_are_alike() -> None:
    for kind, words in enumerations().items():
        assert {member.value for member in kind} == set(words.shown)
        assert len(set(words.shown.values())) == len(words.shown)
        for member in kind:
            assert from_cell(kind, words.word(member.value)) == from_cell(kind, member.value) == member.value
        assert {from_cell(kind, text) for text in words.also} <= set(words.shown)


def test_every_column_says_what_to_write(file: Path) -> None:
    for collection in HOMES:
        assert [c.key for c in collection_columns(collection) if not has_note(collection, c)] == []
    header = openpyxl.load_workbook(file)["数据项"]["I1"]
    assert header.comment is not None and "街道=下发核对；区市场监管局=填报" in header.comment.text


def test_names_and_codes_are_read_like_ids_and_words(file: Path) -> None:
    def change(book: Book) -> None:
        _cell(book["指标"], "i03", "numerator").value = "有效发明专利"
        _cell(book["指标"], "i03", "measure").value = "ratio"
        mode = "街道=下发核对；镇=issued；区市场监管局=填报，区科技局=不报"
        _cell(book["数据项"], "patents_valid", "mode").value = mode
        _cell(book["任务分解"], 1, "bodies").value = "区市场监管局（知识产权局）；各街镇"
        _cell(book["任务分解"], 1, "task").value = PLAN.tasks[1].title
        _cell(book["单位"], "taida", "reports_to").value = "天津经济技术开发区"
        _cell(book["目标"], "T07", "indicator").value = PLAN.indicator("i07").short_name

    plan = read_plan_workbook(_edited(file, change)).plan
    assert plan is not None
    assert plan.indicator("i03").numerator == ("patents_invention_valid",)
    assert plan.element("patents_valid").mode == {
        "street": Mode.ISSUED,
        "town": Mode.ISSUED,
        "scjg": Mode.ENTERED,
        "kjj": Mode.NONE,
    }
    assert (plan.item(1).bodies, plan.item(1).task) == (("scjg", "jz"), PLAN.tasks[1].number)
    assert plan.unit("taida").reports_to == "jingkai"
    assert next(target for target in plan.targets if target.id == "T07").indicator == "i07"


def test_a_name_of_two_is_told_with_both(file: Path) -> None:
    addresses = []

    def change(book: Book) -> None:
        for id_ in ("jrj", "kjj"):
            _cell(book["单位"], id_, "short_name").value = "区某局"
        cell = _cell(book["任务分解"], 1, "bodies")
        cell.value = "区某局"
        addresses.append(f"任务分解!{cell.coordinate}")

    errors = _errors(read_plan_workbook(_edited(file, change)))
    assert [(error.code, error.address) for error in errors] == [("plan.reference_ambiguous", addresses[0])]
    assert "jrj" in message(errors[0]) and "kjj" in message(errors[0])


def test_lines_within_a_cell_are_typed_as_people_write_them(file: Path) -> None:
    def change(book: Book) -> None:
        agencies = "机构名称|文字|是\n信用代码|统一社会信用代码\n有效期|日期||是"
        _cell(book["数据项"], "agencies", "columns").value = agencies
        _cell(book["数据项"], "agencies", "earlier_definitions").value = "含分支机构|2022-12-31|否"
        _cell(book["指标"], "i03", "check_sources").value = "各单位合计|各单位合计\n部门|区统计局"
        _cell(book["单位"], "jrj", "former_names").value = "区金融办｜2018年11月30日"
        _cell(book["目标"], "T02", "quotations").value = "Q1|重点任务|任务7|212"

    loaded = read_plan_workbook(_edited(file, change))
    assert loaded.plan is not None, [message(error) for error in loaded.errors]
    agencies = loaded.plan.element("agencies")
    assert [(c.name, c.type.value, c.required, c.expires) for c in agencies.columns] == [
        ("机构名称", "text", True, False),
        ("信用代码", "credit_code", False, False),
        ("有效期", "date", False, True),
    ]
    assert [finding.code for finding in loaded.findings].count("plan.default.line_id") == 3
    assert agencies.earlier_definitions[0].valid_to == datetime.date(2022, 12, 31)
    assert [source.label for source in loaded.plan.indicator("i03").check_sources] == [
        "各单位合计",
        "区统计局",
    ]
    assert loaded.plan.unit("jrj").former_names[0].valid_to == datetime.date(2018, 11, 30)


def test_what_is_left_out_is_filled_and_said(file: Path) -> None:
    addresses = []

    def change(book: Book) -> None:
        for key in ("short_name", "measure", "decimals", "better"):
            cell = _cell(book["指标"], "i07", key)
            cell.value = None
            addresses.append(f"指标!{cell.coordinate}")

    loaded = read_plan_workbook(_edited(file, change))
    assert loaded.plan is not None and loaded.plan.indicator("i07") == dataclasses.replace(
        PLAN.indicator("i07"), short_name=PLAN.indicator("i07").name
    )
    told = [finding.address for finding in loaded.findings if finding.code == "plan.default.value"]
    assert told == addresses


def test_a_changed_definition_arrives_from_its_own_sheet(file: Path) -> None:
    def change(book: Book) -> None:
        row = next(row for row in book["口径说明"].iter_rows(min_row=3) if row[1].value == "i01")
        row[3].value = "新的口径"

    plan = read_plan_workbook(_edited(file, change)).plan
    assert plan is not None and plan.indicator("i01").definition == "新的口径"


BROKEN: list[tuple[str, str | int, str, object, str]] = [
    ("指标", "i01", "number", "第一", "plan.wrong_type"),
    ("指标", "i02", "measure", "share", "plan.bad_choice"),
    ("指标", "i03", "numerator", "no_such_element", "plan.unknown_reference"),
    ("指标", "i04", "baseline", "约1", "plan.bad_number"),
    ("指标", "i05", "national", "也许", "plan.wrong_type"),
    ("数据项", "talents", "name", None, "plan.missing_key"),
    ("数据项", "talents", "mode", "street", "plan.wrong_type"),
    ("数据项", "talents", "mode", "street=typed", "plan.bad_choice"),
    ("数据项", "talents", "part_of", "talents", "plan.cycle"),
    ("目标", "T07", "due", "2024年底", "plan.bad_date"),
    ("目标", "T07", "value", "=1+1", "plan.cell_formula"),
    ("目标", "T07", "quotations", '[{"id":', "plan.wrong_type"),
    ("目标", "T07", "place.line", 84.5, "plan.wrong_type"),
    ("任务分解", 1, "task", 99, "plan.unknown_reference"),
    ("任务分解", 1, "bodies", "#REF!", "plan.cell_error"),
    ("单位", "jrj", "id", "金融局", "plan.bad_id"),
    ("单位", "jrj", "id", "scjg", "plan.duplicate_id"),
]


def _break(book: Book, slip: tuple[str, str | int, str, object, str]) -> str:
    sheet, id_, key, value, _ = slip
    cell = _cell(book[sheet], id_, key)
    cell.value = value
    return f"{sheet}!{cell.coordinate}"


@pytest.mark.parametrize("slip", BROKEN, ids=lambda slip: f"{slip[2]}-{slip[4]}")
def test_a_broken_cell_is_told_at_the_cell(file: Path, slip: tuple[str, str | int, str, object, str]) -> None:
    addresses: list[str] = []
    errors = _errors(read_plan_workbook(_edited(file, lambda book: addresses.append(_break(book, slip)))))
    found = [finding for finding in errors if finding.address == addresses[0]]
    assert [finding.code for finding in found] == [slip[4]]
    assert addresses[0].partition("!")[2] in message(found[0])


def test_broken_cells_are_told_together_and_nothing_is_written(file: Path, tmp_path: Path) -> None:
    reading = ("plan.wrong_type", "plan.bad_choice", "plan.bad_number", "plan.bad_date", "plan.cell_formula")
    slips = [slip for slip in BROKEN if slip[4] in reading and slip[2] != "mode"]
    addresses: set[str] = set()
    _edited(file, lambda book: addresses.update(_break(book, slip) for slip in slips))
    done = import_plan(file, tmp_path / "新方案")
    assert done.path is None
    assert {finding.address for finding in done.findings} >= addresses
    assert not (tmp_path / "新方案").exists()


def test_columns_and_rows_may_move(file: Path) -> None:
    def change(book: Book) -> None:
        sheet = book["指标"]
        sheet.move_range(f"A1:C{sheet.max_row}", cols=sheet.max_column)
        sheet.insert_rows(1, 2)
        sheet["A1"] = "指标对照表"
        sheet.insert_rows(9, 3)
        book["数据项"].delete_rows(2)  # the Chinese headers are enough
        book["任务"].delete_rows(1)  # and so are the keys
        book.move_sheet("单位", -5)

    plan = read_plan_workbook(_edited(file, change)).plan
    assert plan is not None and plan.digest == PLAN.digest


def test_a_missing_sheet_is_named(file: Path) -> None:
    errors = _errors(read_plan_workbook(_edited(file, lambda book: book.remove(book["任务"]))))
    assert [(finding.code, finding.address) for finding in errors] == [("plan.sheet_missing", "任务")]


def test_a_missing_column_is_told_once_at_its_header(file: Path) -> None:
    errors = _errors(read_plan_workbook(_edited(file, lambda book: book["指标"].delete_cols(3))))
    assert [finding.code for finding in errors] == ["plan.missing_key"]
    assert "（名称）" in message(errors[0])


def test_what_isnt_read_is_said(file: Path) -> None:
    def change(book: Book) -> None:
        book.create_sheet("草稿")["A1"] = 1
        book["指标"].cell(2, 40).value = "联系人"
        book["方案"].append(["联系电话", "phone", "123"])
        book["口径说明"].append(["数据项", "no_such_element", "", "口径"])

    found = {finding.code for finding in read_plan_workbook(_edited(file, change)).findings}
    assert found >= {"plan.sheet_unknown", "plan.column_unknown", "plan.line_unknown", "plan.note_unknown"}


def test_a_missing_line_of_the_frame_is_named(file: Path) -> None:
    errors = _errors(read_plan_workbook(_edited(file, lambda book: book["方案"].delete_rows(5))))
    assert [finding.code for finding in errors] == ["plan.missing_key"]
    assert "版本" in message(errors[0]) and errors[0].address.startswith("方案!A")


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04junk", "指标,目标".encode()], ids=["empty", "zip", "csv"]
)
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(InputError):
        import_plan(tmp_path / "a.xlsx", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(InputError, match="不是方案工作簿"):
        import_plan(tmp_path / "a.xlsx", tmp_path / "out")


def test_a_folder_that_holds_something_is_left_alone(file: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "plan.toml").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="不是空文件夹"):
        import_plan(file, taken)
    assert (taken / "plan.toml").read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_is_filled_and_nothing_else_is_left(file: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert import_plan(file, tmp_path / "out").path == tmp_path / "out"
    assert {path.name for path in tmp_path.iterdir()} == {"out", file.name}


def test_an_existing_workbook_is_not_overwritten(file: Path) -> None:
    with pytest.raises(InputError):
        export_plan(None, file)
    assert file.read_bytes() == CONTENT


def test_every_column_has_a_chinese_name() -> None:
    columns = [column for collection in HOMES for column in collection_columns(collection)]
    assert [c.key for c in (*columns, *frame_columns()) if c.label == c.key] == []


def _unusual(plan: Plan) -> Plan:
    """A plan with what the bundled one hasn't: empty collections, reference figures, texts that need care."""
    figure = ReferenceFigure(
        "patents_valid", "jingkai", Decimal("0.10"), datetime.date(2021, 12, 31), source=""
    )
    element = dataclasses.replace(plan.elements[0], definition="", note='"引号"、=1+1\n  两行')
    unit = dataclasses.replace(plan.units[0], aliases=("甲、乙", " 前有空格", "[方]"), confidence="")
    steps = ((2022, Decimal("0.5")), (2023, Decimal(7)))
    target = dataclasses.replace(plan.targets[0], path=TargetPath(PathKind.STEPS, 2020, steps))
    return dataclasses.replace(
        plan,
        contradictions=(),
        targets=(target, *plan.targets[1:]),
        references=(figure,),
        elements=(element, *plan.elements[1:]),
        units=(unit, *plan.units[1:]),
        deadlines={},
        title_before_overlaps="",
        narratives=NarrativeAdvice(20, 80),
    )


def test_unusual_content_survives(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(plan_workbook(_unusual(PLAN)))
    plan = read_plan_workbook(path).plan
    assert plan is not None and dataclasses.replace(plan, digest=PLAN.digest) == _unusual(PLAN)
    write_plan_folder(plan, tmp_path / "out")
    again = load_plan_folder(tmp_path / "out").plan
    assert again is not None and again.digest == plan.digest


TEXTS = st.one_of(
    st.text(max_size=12),
    st.text("、=\n\"'[]{}, _x0041", max_size=9),
).map(clean_text)


@given(TEXTS)
def test_any_text_survives_its_cell(text: str) -> None:
    assert from_cell(str, to_cell(str, text)) == text


@given(st.lists(TEXTS, max_size=4))
def test_any_list_survives_its_cell(texts: list[str]) -> None:
    assert from_cell(tuple[str, ...], to_cell(tuple[str, ...], texts)) == texts


@given(st.lists(st.integers(-(10**15), 10**15), max_size=4))
def test_any_list_of_numbers_survives_its_cell(numbers: list[int]) -> None:
    assert from_cell(tuple[int, ...], to_cell(tuple[int, ...], numbers)) == numbers


@given(st.lists(st.tuples(TEXTS, TEXTS).map(list), max_size=4))
def test_any_table_survives_its_cell(pairs: list[list[str]]) -> None:
    assert from_cell(dict[str, str], to_cell(dict[str, str], pairs)) == pairs


@pytest.mark.parametrize(
    ("kind", "cell", "percent", "value"),
    [
        (Decimal, Decimal("23.3"), False, "23.3"),
        (
            Decimal,
            Decimal("0.08"),
            True,
            "8%",
        ),  # refused by the plan's reader: whether 8 or 0.08 is meant isn't ours to say
        (int, "12", False, 12),
        (int, Decimal(12), False, 12),
        (bool, "是", False, True),
        (bool, False, False, False),
        (str, 1, False, "1"),
        (str, "  ", False, BLANK),
        (datetime.date, "2024-12-31", False, "2024-12-31"),
        (datetime.date, "2024年5月1日", False, "2024-05-01"),
        (
            dict[str, Mode],
            "street=entered\ntown = issued",
            False,
            [["street", "entered"], ["town", "issued"]],
        ),
        (tuple[str, ...], "甲、 乙、", False, ["甲", "乙"]),
    ],
)
def test_cells_are_read_as_people_mean_them(kind: Value, cell: Value, percent: bool, value: Value) -> None:
    assert from_cell(kind, cell, percent=percent) == value


SHEETS = rows_by_sheet(foreign_sheets(CONTENT, "方案.xlsx"))
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from(["[[1,2]]", '[{"id":1}]', "{", '{"a":1,"a":2}', "a=b", "[" * 5000, "1e999", "9" * 5000]),
)


@settings(max_examples=60)
@given(st.data())
def test_junk_in_any_cell_never_raises(data: st.DataObject) -> None:
    sheets = dict(SHEETS)
    for _ in range(3):
        name = data.draw(st.sampled_from(sorted(sheets)))
        index = data.draw(st.integers(0, len(sheets[name]) - 1))
        row = sheets[name][index]
        column = data.draw(st.sampled_from(sorted(row.cells)))
        cells = {**row.cells, column: RawCell(data.draw(JUNK), data.draw(st.sampled_from("nsfe")))}
        sheets[name] = [*sheets[name][:index], Row(row.number, cells), *sheets[name][index + 1 :]]
    loaded = plan_of_sheets(sheets)
    assert (loaded.plan is None) == bool(loaded.errors)
    assert all(message(finding) and finding.address for finding in loaded.findings)


def test_a_workbook_far_longer_than_a_plan_is_refused_with_its_length(file: Path) -> None:
    def lengthen(book: Book) -> None:
        sheet = book["口径说明"]
        last = [cell.value for cell in sheet[sheet.max_row]]
        for _ in range(MOST_ROWS):
            sheet.append(last)

    with pytest.raises(InputError, match=rf"共有 {MOST_ROWS + 537} 行"):
        read_plan_workbook(_edited(file, lengthen))
