"""Making another plan as a person does: open the workbook of the shipped one, empty its sheets, fill in.

The keys in the sheets' second header row say which column is which; nothing else of the program is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.end2end.eco_plan.checks import FAMILIES, RULES
from tests.end2end.eco_plan.frame import FRAME, GROUPS, KINDS, REFERENCES, UNITS
from tests.end2end.eco_plan.goals import ACTIONS, ITEMS, MORE_OF_TARGETS, TARGETS, TASK_ROWS
from tests.end2end.eco_plan.measures import (
    ELEMENTS,
    INDICATORS,
    MORE_OF_ELEMENTS,
    MORE_OF_INDICATORS,
    NOTES,
)
from tests.end2end.eco_plan.sheet import Cell, Sheet

KEY_ROW = 2
More = Mapping[str, Mapping[str, Cell]]
SHEETS: Mapping[Sheet, More] = {
    KINDS: {},
    UNITS: {},
    GROUPS: {},
    REFERENCES: {},
    ELEMENTS: MORE_OF_ELEMENTS,
    INDICATORS: MORE_OF_INDICATORS,
    TARGETS: MORE_OF_TARGETS,
    ACTIONS: {},
    TASK_ROWS: {},
    ITEMS: {},
    RULES: {},
    FAMILIES: {},
    NOTES: {},
}
"""Sheet → first column's value → further cells of that row."""
EMPTIED = ("矛盾", "版本对应")


def edit_workbook(source: Path, edited: Path) -> None:
    """Write `edited`: the workbook of `source` with all its content replaced by the second plan's."""
    book = openpyxl.load_workbook(source)
    _fill_frame(book["方案"])
    for name in EMPTIED:
        _empty(book[name])
    for sheet, more in SHEETS.items():
        _fill(book, sheet, more)
    book.save(edited)


def _fill_frame(page: Worksheet) -> None:
    """One line for each key of the frame; lines that aren't said are cleared."""
    columns = _columns(page)
    left: dict[str, str | int] = dict(FRAME)
    for row in range(KEY_ROW + 1, page.max_row + 1):
        key = str(page.cell(row, columns["key"]).value)
        page.cell(row, columns["value"]).value = left.pop(key, None)
    assert not left, f"the workbook has no lines for {sorted(left)}"


def _fill(book: Workbook, sheet: Sheet, more: More) -> None:
    page = book[sheet.name]
    _empty(page)
    columns = _columns(page)
    for number, row in enumerate(sheet.rows, KEY_ROW + 1):
        cells = dict(zip(sheet.keys, row, strict=True)) | dict(more.get(str(row[0]), {}))
        for key, value in cells.items():
            if value is not None:
                page.cell(number, columns[key]).value = value


def _empty(page: Worksheet) -> None:
    if page.max_row > KEY_ROW:
        page.delete_rows(KEY_ROW + 1, page.max_row - KEY_ROW)


def _columns(page: Worksheet) -> dict[str, int]:
    """Key → number of its column."""
    return {str(cell.value): cell.column for cell in page[KEY_ROW] if cell.value is not None}
