"""A plan → one workbook that people can read and edit, with every field of the plan in it."""

from __future__ import annotations

import datetime
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.definition.document import plan_to_document
from desktop.definition.workbook.cells import NO, YES, to_cell
from desktop.definition.workbook.columns import (
    NOTE_KEYS,
    NOTED,
    Column,
    collection_columns,
    frame_columns,
    sheet_columns,
)
from desktop.definition.workbook.notes import choices_of, column_note
from desktop.definition.workbook.words import (
    COLLECTION_SHEETS,
    FRAME_HEADERS,
    FRAME_SHEET,
    HELP,
    HELP_SHEET,
    INDICATOR_TABLE,
    NOTE_HEADERS,
    NOTES_AFTER,
    NOTES_SHEET,
    PASTE_HEADERS,
    PASTE_NOTE,
    TASK_TABLE,
)
from desktop.errors import InputError
from desktop.exchange.format.cell_texts import LONGEST_TEXT, plain, units_of
from desktop.model.canonical import Json
from desktop.model.plan import Plan

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
_NARROWEST, _WIDEST, _WIDEST_LINE = 7, 44, 96
_LINE_HEIGHT, _HIGHEST_ROW = 16, 405
_PAGE_WIDTH = 190
"""Characters that fit on the width of a page in a size that can still be read."""
_EMPTY_ROWS = 200
"""Rows below the last one that get the drop-down lists too."""
_NOTE_SHAPE = {"author": "", "width": 320, "height": 110, "font_size": 9}

Value = str | int | None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What one sheet shows: labels, keys, notes and choices by column, and the rows.

    `line_notes` are those of the first column's rows, `line_choices` the choices of the last one's.
    """

    name: str
    labels: Sequence[str]
    keys: Sequence[str]
    rows: Sequence[Sequence[Value]]
    notes: Sequence[str] = ()
    choices: Sequence[Sequence[str]] = ()
    sources: Sequence[str] = ()
    line_notes: Sequence[str] = ()
    line_choices: Sequence[Sequence[str]] = ()


STARTING_PARTS = (
    "period_types",
    "district",
    "unit_kinds",
    "units",
    "groups",
    "families",
    "explanations",
    "narratives",
    "rounding",
    "consolidator",
    "title_before_overlaps",
    "deadlines",
)
"""What a new plan takes over from an older one."""


def plan_workbook(plan: Plan) -> bytes:
    """The workbook's bytes, the same for the same plan; raises InputError where a text is too long."""
    return _workbook(plan_to_document(plan), f"{plan.name}（方案工作簿）", paste=False)


def starter_workbook(plan: Plan | None) -> bytes:
    """A workbook for a new plan: two sheets for a document's tables, units and kinds as in `plan`."""
    document = plan_to_document(plan) if plan is not None else {}
    kept = {key: value for key, value in document.items() if key in STARTING_PARTS}
    kept["families"] = [_without_elements(setting) for setting in kept.get("families", [])]
    return _workbook(kept, "新方案（方案工作簿）", paste=True)


def _without_elements(setting: Json) -> Json:
    """A family's setting without what it says of the older plan's data elements and indicators."""
    kept = {key: value for key, value in setting.items() if key not in ("except_for", "note", "parameters")}
    parameters = [[name, value] for name, value in setting.get("parameters", []) if "." not in name]
    return kept | ({"parameters": parameters} if parameters else {})


def _workbook(document: Json, title: str, *, paste: bool) -> bytes:
    import xlsxwriter

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(content, options)
    created = datetime.datetime(2000, 1, 1)  # noqa: DTZ001  the library wants it without a zone
    workbook.set_properties({"title": title, "created": created})
    formats = _Formats(workbook)
    for table in (INDICATOR_TABLE, TASK_TABLE) if paste else ():
        _write_table_to_paste(workbook, table, formats)
    for sheet in _sheets(document):
        _write(workbook, sheet, formats)
    _write_help(workbook, formats)
    workbook.close()
    return content.getvalue()


class _Formats:
    def __init__(self, workbook: Workbook) -> None:
        common = {"border": 1, "border_color": "#B8C4CE", "text_wrap": True}
        self.label = workbook.add_format({**common, "bold": True, "bg_color": "#DDE6EE", "valign": "vcenter"})
        small = {"font_size": 8, "font_color": "#5A6772", "bg_color": "#F2F5F8"}
        self.key = workbook.add_format({**common, **small})
        self.text = workbook.add_format({**common, "valign": "top", "num_format": "@"})
        self.number = workbook.add_format({**common, "valign": "top", "align": "center", "num_format": "0"})
        self.line_number = workbook.add_format(
            {**common, "valign": "top", "align": "left", "num_format": "0"}
        )
        self.title = workbook.add_format({"bold": True, "font_size": 14})
        self.plain = workbook.add_format({"text_wrap": True, "valign": "top"})


def _sheets(document: Json) -> Iterator[_Sheet]:
    yield _frame(FRAME_SHEET, frame_columns(), document)
    for collection, name in COLLECTION_SHEETS.items():
        columns = sheet_columns(collection)
        rows = [[_cell(column, entry) for column in columns] for entry in document.get(collection, [])]
        yield _Sheet(
            name,
            [column.label for column in columns],
            [column.key for column in columns],
            rows,
            notes=[column_note(collection, column) for column in columns],
            choices=[_choices(column) for column in columns],
            sources=[_source(column, document) for column in columns],
        )
        if collection == NOTES_AFTER:
            labels, keys = list(NOTE_HEADERS.values()), list(NOTE_HEADERS)
            yield _Sheet(NOTES_SHEET, labels, keys, list(_notes(document)))


def _frame(name: str, columns: Sequence[Column], document: Json) -> _Sheet:
    return _Sheet(
        name,
        list(FRAME_HEADERS.values()),
        list(FRAME_HEADERS),
        [[column.label, column.key, _cell(column, document)] for column in columns],
        line_notes=[column_note("", column) for column in columns],
        line_choices=[_choices(column) for column in columns],
    )


def _choices(column: Column) -> list[str]:
    """The words among which a field takes one."""
    return [YES, NO] if column.kind is bool else choices_of(column)


def _source(column: Column, document: Json) -> str:
    """The range of ids that a field names one of; empty where it may name several or other things too."""
    collection = column.refers[0] if len(column.refers) == 1 else ""
    entries = document.get(collection, [])
    if not entries or column.kind not in (str, int) or collection not in COLLECTION_SHEETS:
        return ""
    return f"={COLLECTION_SHEETS[collection]}!$A$3:$A${len(entries) + 2 + _EMPTY_ROWS}"


def _notes(document: Json) -> Iterator[list[Value]]:
    for collection in NOTED:
        columns = {column.key: column for column in collection_columns(collection)}
        for entry in document.get(collection, []):
            texts = [_cell(columns[key], entry) if key in columns else None for key in NOTE_KEYS]
            if any(text is not None for text in texts):
                yield [COLLECTION_SHEETS[collection], entry["id"], entry["name"], *texts]


def _cell(column: Column, record: Json) -> Value:
    value = column.value_in(record)
    return None if value is None else to_cell(column.kind, value, column.like)


def _write(workbook: Workbook, sheet: _Sheet, formats: _Formats) -> None:
    page = workbook.add_worksheet(sheet.name)
    for column, (label, key) in enumerate(zip(sheet.labels, sheet.keys, strict=True)):
        page.write_string(0, column, label, formats.label)
        page.write_string(1, column, key, formats.key)
    _note_headers(page, sheet)
    for row, values in enumerate(sheet.rows, 2):
        for column, value in enumerate(values):
            _write_cell(page, row, column, value, formats, in_line=bool(sheet.line_notes))
    _arrange(page, sheet)
    _offer_choices(page, sheet)


def _write_cell(
    page: Worksheet, row: int, column: int, value: Value, formats: _Formats, *, in_line: bool
) -> None:
    if isinstance(value, int):
        page.write_number(row, column, value, formats.line_number if in_line else formats.number)
    elif value is None:
        page.write_blank(row, column, None, formats.text)
    elif page.write_string(row, column, plain(value), formats.text) or units_of(value) > LONGEST_TEXT:
        raise InputError(
            "plan.text_too_long",
            f"{page.name}第{row + 1}行第{column + 1}列的内容超过32767个字符，放不进一个单元格。",
            "请缩短后再导出。",
        )


def _arrange(page: Worksheet, sheet: _Sheet) -> None:
    widths = [_width(column, sheet) for column in range(len(sheet.keys))]
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    for row, values in enumerate(sheet.rows, 2):
        lines = max(_lines(value, width) for value, width in zip(values, widths, strict=True))
        page.set_row(row, min(lines * _LINE_HEIGHT, _HIGHEST_ROW))
    page.freeze_panes(2, 2)
    page.autofilter(1, 0, len(sheet.rows) + 1, len(widths) - 1)
    page.repeat_rows(0, 1)
    page.repeat_columns(0, 1)
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(0.4, 0.4, 0.5, 0.5)
    page.fit_to_pages(-(-sum(widths) // _PAGE_WIDTH), 0)
    page.set_footer("&C&A　&P/&N")


def _width(column: int, sheet: _Sheet) -> int:
    """The width of a column in characters: a Chinese one counts as two."""
    texts = [sheet.labels[column], *(str(row[column]) for row in sheet.rows if row[column] is not None)]
    widest = max(_measured(line) for text in texts for line in text.split("\n"))
    limit = _WIDEST_LINE if sheet.line_notes else _WIDEST
    return min(max(widest + 2, _measured(sheet.keys[column]) * 4 // 5 + 2, _NARROWEST), limit)


def _lines(value: Value, width: int) -> int:
    """Lines that a wrapped text takes: not every program sizes the rows by itself."""
    return sum(max(1, -(-_measured(line) // (width - 1))) for line in str(value or "").split("\n"))


def _measured(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def _note_headers(page: Worksheet, sheet: _Sheet) -> None:
    """A sentence at each header: what to write there."""
    for column, text in enumerate(sheet.notes):
        page.write_comment(0, column, text, _NOTE_SHAPE)
    for row, text in enumerate(sheet.line_notes, 2):
        page.write_comment(row, 0, text, _NOTE_SHAPE)


def _offer_choices(page: Worksheet, sheet: _Sheet) -> None:
    """Drop-down lists where a field takes one of a few words or names one entry; codes and names pass too."""
    last = len(sheet.rows) + 1 + _EMPTY_ROWS
    for column, choices in enumerate(sheet.choices):
        source = choices or sheet.sources[column]
        if source:
            page.data_validation(2, column, last, column, _list_of(source))
    for row, choices in enumerate(sheet.line_choices, 2):
        if choices:
            page.data_validation(row, 2, row, 2, _list_of(choices))


def _list_of(source: Sequence[str]) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": source,
        "error_type": "warning",
        "error_title": "请核对",
        "error_message": "不在下拉列表里。写名称或代码也可以，确定要保留吗？",
    }


def _write_table_to_paste(workbook: Workbook, name: str, formats: _Formats) -> None:
    """An empty sheet with the usual headers: pasting goes over them."""
    page = workbook.add_worksheet(name)
    for column, (label, width) in enumerate(PASTE_HEADERS[name].items()):
        page.write_string(0, column, label, formats.label)
        page.set_column(column, column, width, formats.plain)
    page.write_comment(0, 0, PASTE_NOTE, _NOTE_SHAPE)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)


def _write_help(workbook: Workbook, formats: _Formats) -> None:
    page = workbook.add_worksheet(HELP_SHEET)
    page.write_string(0, 0, HELP_SHEET, formats.title)
    for row, text in enumerate(HELP, 1):
        page.write_string(row, 0, text, formats.plain)
    page.set_column(0, 0, 110)
    page.set_landscape()
    page.set_paper(_A4)
