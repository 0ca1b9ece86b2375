"""Mutants of a plan's workbook, made from its raw rows: each says what was broken and where that is told."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, get_args, get_origin

from desktop.definition.workbook.columns import Column, frame_columns, sheet_columns
from desktop.definition.workbook.sheets import RawCell, Row
from desktop.definition.workbook.words import COLLECTION_SHEETS, FRAME_SHEET, NOTES_SHEET
from desktop.model.catalogue.family_messages import FAMILY_LABELS
from desktop.model.cell_name import cell_name

Sheets = Mapping[str, Sequence[Row]]
Book = dict[str, list[Row]]

LABELS, KEYS, FIRST = 0, 1, 2
"""Places of the header rows and of the first entry among a sheet's rows."""


@dataclass(frozen=True)
class Mutant:
    """One way to break a workbook; `address` is where a finding must stand, or what it must begin with."""

    name: str
    change: Callable[[Book], None]
    address: str
    whole_sheet: bool = False

    def told_at(self, address: str) -> bool:
        """Whether a finding at that address tells of this mutant."""
        return address.partition("!")[0] == self.address if self.whole_sheet else address == self.address


def all_mutants(sheets: Sheets) -> list[Mutant]:
    """Every mutant, each with a name of its own."""
    return [
        *_wrong_values(sheets),
        *_unknown_references(sheets),
        *_missing_values(sheets),
        *_named_slips(sheets),
        *_told_at_the_row(sheets),
        *_broken_cells(sheets),
        *_broken_frames(sheets),
        *_broken_sheets(sheets),
    ]


def column_of(sheets: Sheets, sheet: str, key: str) -> int:
    """The number of the column whose second header is `key`."""
    return next(n for n, cell in sheets[sheet][KEYS].cells.items() if cell.text == key)


def row_of(sheets: Sheets, sheet: str, id_: str) -> int:
    """The place of the row whose first cell holds an id, among the sheet's rows."""
    return next(n for n, row in enumerate(sheets[sheet]) if n >= FIRST and row.cells[1].text == id_)


def put(book: Book, sheet: str, place: int, column: int, cell: RawCell | None) -> None:
    """Set or empty a cell of a copied book."""
    row = book[sheet][place]
    cells = {number: old for number, old in row.cells.items() if number != column}
    if cell is not None:
        cells[column] = cell
    book[sheet] = [*book[sheet][:place], Row(row.number, cells), *book[sheet][place + 1 :]]


def _set(
    sheets: Sheets, sheet: str, place: int, key: str, value: object, *, type_: str = "s", why: str = ""
) -> Mutant:
    column = column_of(sheets, sheet, key)
    address = f"{sheet}!{cell_name(sheets[sheet][place].number, column)}"
    cell = None if value is None else RawCell(value, type_)
    name = f"{sheet}-{key}-{why or value}"
    return Mutant(name, lambda book: put(book, sheet, place, column, cell), address)


def _set_at(sheets: Sheets, sheet: str, id_: str, key: str, value: object) -> Mutant:
    return _set(sheets, sheet, row_of(sheets, sheet, id_), key, value, why=f"{id_}-{value}")


def _places(sheets: Sheets, sheet: str, key: str) -> int:
    """The first row that holds something in a column, else the first row."""
    column = column_of(sheets, sheet, key)
    filled = [n for n, row in enumerate(sheets[sheet]) if n >= FIRST and column in row.cells]
    return filled[0] if filled else FIRST


def _columns(sheets: Sheets) -> Iterator[tuple[str, str, Column]]:
    for collection, sheet in COLLECTION_SHEETS.items():
        if len(sheets[sheet]) > FIRST:
            yield from ((collection, sheet, column) for column in sheet_columns(collection))


def _wrong_values(sheets: Sheets) -> Iterator[Mutant]:
    """A word that is no number, date, truth or choice in every column that wants one."""
    for _, sheet, column in _columns(sheets):
        kind, values = column.kind, get_args(column.kind)
        one_of_few = _is_enum(kind) or (get_origin(kind) is tuple and _is_enum(values[0]))
        if kind in (int, Decimal, bool, datetime.date) or one_of_few:
            yield _set(sheets, sheet, _places(sheets, sheet, column.key), column.key, "乱写")
        elif get_origin(kind) in (Mapping, dict):
            yield _set(sheets, sheet, _places(sheets, sheet, column.key), column.key, "没有等号")


def _is_enum(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, StrEnum)


def _unknown_references(sheets: Sheets) -> Iterator[Mutant]:
    """A name that nothing bears in every column that names entries."""
    for _, sheet, column in _columns(sheets):
        if column.refers and column.key not in ("check_sources", "mode", "main_source.stated"):
            yield _set(sheets, sheet, _places(sheets, sheet, column.key), column.key, "查无此项")


def _missing_values(sheets: Sheets) -> Iterator[Mutant]:
    """Every field that a plan can't do without, emptied: an error, or a default that is said."""
    for sheet, keys in _REQUIRED.items():
        for key in keys:
            yield _set(sheets, sheet, _places(sheets, sheet, key), key, None, why="空白")


_REQUIRED: dict[str, tuple[str, ...]] = {
    "指标": (
        *("id", "number", "name", "short_name", "category", "national", "unit", "measure", "better"),
        *("decimals", "numerator", "main_source.kind", "main_source.label"),
    ),
    "数据项": ("id", "name", "category", "unit.typed", "nature", "decimals", "mode", "due"),
    "目标": ("id", "name", "window", "operator", "unit", "due", "place.section", "place.reference", "value"),
    "任务": ("number", "action", "title", "bodies"),
    "任务分解": ("number", "task", "title"),
    "单位": ("id", "kind", "name", "short_name", "initials"),
    "分组": ("id", "name"),
    "单位种类": ("id", "label", "territorial"),
    "行动": ("title",),
    "矛盾": ("subject", "statements", "explanation"),
    "通用审核": ("family",),
    "审核公式": ("name", "left", "operator"),
    "版本对应": ("from_version", "what", "old"),
    "已知数据": ("element", "area", "value", "date"),
}


def _named_slips(sheets: Sheets) -> Iterator[Mutant]:
    """Slips that only the plan as a whole shows."""
    for sheet, id_, key, value in _SLIPS:
        yield _set_at(sheets, sheet, id_, key, value)


_SLIPS: tuple[tuple[str, str, str, object], ...] = (
    ("单位", "jrj", "id", "scjg"),
    ("单位", "jrj", "id", "金融局"),
    ("单位", "jrj", "initials", "金融"),
    ("单位", "taida", "reports_to", "taida"),
    ("单位", "jingkai", "valid_from", "2024年13月"),
    ("数据项", "talents", "id", "patents_valid"),
    ("数据项", "talents", "id", "1号"),
    ("数据项", "talents", "decimals", 99),
    ("数据项", "talents", "mode", "街道=手填"),
    ("数据项", "talents", "mode", "不存在的单位=填报"),
    ("数据项", "talents", "mode", "街道=下发核对"),
    ("数据项", "talents", "mode", "区科技局=填报；区财政局=填报"),
    ("数据项", "talents", "due", "五季度"),
    ("数据项", "talents", "cutoff_day", 42),
    ("数据项", "talents", "vintages", "快报"),
    ("数据项", "talents", "columns", "企业名称|文字"),
    ("数据项", "talents", "columns", "企业名称|图片"),
    ("数据项", "talents", "part_of", "talents"),
    ("数据项", "patents_valid", "subset_of", "patents_high_value"),
    ("数据项", "general_budget_spend", "maximum", "-1"),
    ("指标", "i02", "id", "i01"),
    ("指标", "i02", "number", 1),
    ("指标", "i02", "category", "没有的类别"),
    ("指标", "i02", "factor", 0),
    ("指标", "i02", "check_sources", "合计"),
    ("指标", "i02", "check_sources", "各单位合计|各单位|x|y|z"),
    ("指标", "i02", "baseline", "约二十"),
    ("目标", "T07", "id", "T08"),
    ("目标", "T07", "due", "2024-02-30"),
    ("目标", "T07", "element", "talents"),
    ("目标", "T07", "value", "两万五"),
    ("目标", "T07", "value_max", "1"),
    ("目标", "T07", "starts", "2030-01-01"),
    ("目标", "T07", "unit", "亿元"),
    ("目标", "T07", "path.steps", "2022；2023"),
    ("目标", "T07", "quotations", "K7e|重点任务|任务7|第五行"),
    ("目标", "T07", "quotations", '[{"id":'),
    ("任务", "2", "number", 1),
    ("任务分解", "2", "number", 1),
    ("任务分解", "2", "task", 99),
    ("分组", "kfq", "id", "jz"),
    ("单位种类", "street", "id", "街道"),
    ("通用审核", FAMILY_LABELS["jump"], "parameters", "变动幅度=50"),
    ("通用审核", FAMILY_LABELS["jump"], "parameters", "变动幅度（%）=很大"),
    ("通用审核", FAMILY_LABELS["jump"], "family", "range"),
    ("通用审核", FAMILY_LABELS["jump"], "severity", "强制性"),
    ("审核公式", "r1", "id", "r2"),
    ("审核公式", "r1", "tolerance", "一点"),
    ("审核公式", "r1", "missing", "随便"),
    ("审核公式", "r1", "slots", "十三月"),
    ("审核公式", "r1", "left", "court_cases_closed +"),
    ("审核公式", "r1", "left", "(court_cases_closed"),
    ("审核公式", "r1", "left", "court_cases_closed > 1"),
    ("审核公式", "r1", "left", "__import__('os')"),
    ("审核公式", "r1", "left", "no_such_element"),
    ("审核公式", "r1", "left", "average(court_cases_closed)"),
    ("审核公式", "r1", "left", "prev(court_cases_closed, 2)"),
    ("审核公式", "r1", "right", "court_cases_accepted / 0"),
    ("审核公式", "r1", "right", "group_sum(court_cases_closed, no_such_group)"),
    ("审核公式", "r1", "text", "多了{surplus}件"),
    ("审核公式", "r1", "text", "多了{difference件"),
    ("审核公式", "r1", "tolerance", -1),
    ("版本对应", "0", "factor", 0),
    ("版本对应", "0", "what", "人员"),
)


def _told_at_the_row(sheets: Sheets) -> Iterator[Mutant]:
    """Slips of which no single cell is to blame: they are told at the row's first one."""
    for sheet, id_, key, value in (
        ("审核公式", "r1", "left", "court_cases_closed + pledge_amount"),
        ("审核公式", "r1", "right", "pledge_amount"),
    ):
        slip = _set_at(sheets, sheet, id_, key, value)
        yield replace(slip, address=f"{sheet}!A{sheets[sheet][row_of(sheets, sheet, id_)].number}")


def _broken_cells(sheets: Sheets) -> Iterator[Mutant]:
    """A formula without a result and an error value on every sheet that has entries."""
    for sheet in (*COLLECTION_SHEETS.values(), NOTES_SHEET):
        if len(sheets[sheet]) > FIRST:
            key = sheets[sheet][KEYS].cells[2].text
            yield _set(sheets, sheet, FIRST, key, "=1+1", type_="f", why="公式")
            yield _set(sheets, sheet, FIRST, key, "#REF!", type_="e", why="错误值")


def _broken_frames(sheets: Sheets) -> Iterator[Mutant]:
    """Lines of the frame: emptied, of a wrong type, out of order."""
    lines = {row.cells[2].text: place for place, row in enumerate(sheets[FRAME_SHEET]) if place >= FIRST - 1}
    wrong: dict[Any, object] = {int: "若干", bool: "也许", datetime.date: "明天", Decimal: "大约"}
    required = ("id", "name", "version", "first_year", "last_year", "baseline_year", "period_types")
    for key in (*required, "categories", "district.id", "district.kind", "district.name"):
        yield _frame(sheets, lines[key], None, f"{key}-空白")
    for column in frame_columns():
        if column.kind in wrong:
            yield _frame(sheets, lines[column.key], wrong[column.kind], f"{column.key}-乱写")
    for key, value in (
        ("last_year", 1999),
        ("period_types", "旬"),
        ("rounding", "去尾"),
        ("consolidator", "查无此局"),
        ("deadlines", "街道=早点"),
        ("deadlines", "村=7"),
        ("deadlines", "街道=999"),
        ("categories", "创造、创造"),
        ("district.kind", "street"),
        ("id", "二〇二五"),
    ):
        yield _frame(sheets, lines[key], value, f"{key}-{value}")


def _frame(sheets: Sheets, place: int, value: object, name: str) -> Mutant:
    cell = None if value is None else RawCell(value, "s")
    address = f"{FRAME_SHEET}!C{sheets[FRAME_SHEET][place].number}"
    return Mutant(f"方案-{name}", lambda book: put(book, FRAME_SHEET, place, 3, cell), address)


def _broken_sheets(sheets: Sheets) -> Iterator[Mutant]:
    """Sheets that are gone or lost their headers, columns that are gone, renamed or doubled."""
    for sheet in (FRAME_SHEET, "指标", "数据项", "目标", "任务", "任务分解", "单位", "分组", "单位种类"):
        yield Mutant(f"{sheet}-删去", lambda book, sheet=sheet: book.pop(sheet) and None, sheet, True)  # type: ignore[misc]
        yield Mutant(f"{sheet}-没有表头", lambda book, sheet=sheet: _behead(book, sheet), sheet, True)  # type: ignore[misc]
    for sheet in ("指标", "数据项", "目标", "单位"):
        for key in ("name", "id"):
            yield _without_column(sheets, sheet, key)
    for sheet, key in (("指标", "factor"), ("数据项", "scope"), ("目标", "binding"), ("单位", "aliases")):
        yield _renamed(sheets, sheet, key)
    yield Mutant("指标-改名", lambda book: book.update({"指标（新）": book["指标"]}), "指标（新）", True)


def _behead(book: Book, sheet: str) -> None:
    book[sheet] = book[sheet][FIRST if sheet != FRAME_SHEET else 1 :]
    if sheet == FRAME_SHEET:
        book[sheet] = [row for row in book[sheet] if row.cells[2].text != "key"]


def _without_column(sheets: Sheets, sheet: str, key: str) -> Mutant:
    column = column_of(sheets, sheet, key)

    def change(book: Book) -> None:
        for place in range(len(book[sheet])):
            put(book, sheet, place, column, None)

    return Mutant(f"{sheet}-{key}-删列", change, sheet, whole_sheet=True)


def _renamed(sheets: Sheets, sheet: str, key: str) -> Mutant:
    column = column_of(sheets, sheet, key)

    def change(book: Book) -> None:
        put(book, sheet, LABELS, column, RawCell("别的名字", "s"))
        put(book, sheet, KEYS, column, None)

    return Mutant(f"{sheet}-{key}-改列名", change, f"{sheet}!{cell_name(KEYS + 1, column)}")
