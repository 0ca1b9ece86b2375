"""Sheets of the merged workbook: formats, titles, printing, and writes whose results are checked.

Rows are always written from top to bottom, so that the same code serves workbooks that are streamed.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from desktop.exchange.format.cell_texts import LONGEST_TEXT, plain, too_long, width_of

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Cell = str | Decimal | int | datetime.datetime | None

BODY_FONT = "宋体"
HEAD_FONT = "黑体"
SYNTHETIC = "演示"
A3, A4 = 8, 9

_LINE_HEIGHT = 13.5
_ROW_HEIGHT = 17
_HIGHEST_ROW = 409  # points: what a row can be at most


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, width in characters, and whether its cells wrap or are centred."""

    title: str
    width: float
    style: str = "text"


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above every sheet and in the margins of its prints."""

    title: str
    subtitle: str
    synthetic: bool

    def of(self, sheet: str) -> str:
        """The title of one sheet."""
        return f"{'【演示】' if self.synthetic else ''}{self.title}　{sheet}"


class Styles(dict[tuple[str, str], "Format"]):
    """Formats by the name of a look and a number format (or ""), each made when it is first asked for."""

    def __init__(self, book: Workbook) -> None:
        super().__init__()
        self._book = book

    def __missing__(self, key: tuple[str, str]) -> Format:
        name, number = key
        properties: dict[str, Any] = {**_BASE, **_STYLES[name]}
        if number:
            properties["num_format"] = number
        made = self[key] = self._book.add_format(properties)
        return made


_BASE: dict[str, Any] = {"font_name": BODY_FONT, "font_size": 10, "valign": "vcenter"}
_BOX: dict[str, Any] = {"border": 1, "border_color": "#9AA5B1"}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"font_name": HEAD_FONT, "font_size": 16, "align": "center"},
    "subtitle": {"font_color": "#52606D", "align": "center"},
    "note": {"font_color": "#52606D", "text_wrap": True, "valign": "top"},
    "block": {"font_name": HEAD_FONT, "font_size": 12, "bottom": 1, "bottom_color": "#1F4E79"},
    "head": {
        **_BOX,
        "font_name": HEAD_FONT,
        "align": "center",
        "text_wrap": True,
        "bg_color": "#DCE6F1",
    },
    "text": {**_BOX, "text_wrap": True},
    "small": {**_BOX, "text_wrap": True, "font_size": 9},
    "line": {**_BOX},
    "centre": {**_BOX, "align": "center", "text_wrap": True},
    "number": {**_BOX, "align": "right"},
    "link": {**_BOX, "align": "right", "font_color": "#1F4E79"},
    "total": {**_BOX, "align": "right", "bold": True, "bg_color": "#F2F5F9"},
    "total_text": {**_BOX, "bold": True, "bg_color": "#F2F5F9", "text_wrap": True},
    "check": {**_BOX, "text_wrap": True, "font_size": 9, "font_color": "#52606D"},
    "check_centre": {**_BOX, "text_wrap": True, "font_size": 9, "font_color": "#52606D", "align": "center"},
    "check_number": {**_BOX, "align": "right", "font_size": 9, "font_color": "#52606D"},
    "good": {**_BOX, "align": "center", "bg_color": "#E3F4E1", "text_wrap": True},
    "fair": {**_BOX, "align": "center", "bg_color": "#FFF6D6", "text_wrap": True},
    "bad": {**_BOX, "align": "center", "bg_color": "#FBE3E1", "text_wrap": True},
}
_WRAPPED = frozenset(name for name, look in _STYLES.items() if "text_wrap" in look)
_SMALL = frozenset(name for name, look in _STYLES.items() if look.get("font_size", 10) < 10)


def number_format(decimals: int) -> str:
    """Thousands separators, fixed decimals, and a little room to the right."""
    return "#,##0" + ("." + "0" * decimals if decimals > 0 else "") + "_ "


class Page:
    """One sheet, written from top to bottom; `row` is the next free row, counted from zero."""

    def __init__(self, sheet: Worksheet, styles: Styles, columns: Sequence[Column]) -> None:
        self.sheet = sheet
        self.styles = styles
        self.columns = tuple(columns)
        self.row = 0
        self._lines = 1
        self._short = [_room(column.width) / 2 for column in self.columns]
        for index, column in enumerate(self.columns):
            _check(sheet.set_column(index, index, column.width))

    @property
    def last(self) -> int:
        """The index of the last column."""
        return len(self.columns) - 1

    def across(self, text: str, style: str, height: float | None = None) -> None:
        """A text over the whole width; the row is as high as the text needs, and at least `height`."""
        whole = sum(column.width for column in self.columns)
        needed = lines_of(text, whole) * _LINE_HEIGHT + 3 if style in _WRAPPED else 0
        if height is not None or needed:
            _check(self.sheet.set_row(self.row, max(height or 0, needed)))
        if self.last > 0:
            self.sheet.merge_range(self.row, 0, self.row, self.last, "", self.styles[style, ""])
        _check(self.sheet.write_string(self.row, 0, _fitting(text), self.styles[style, ""]))
        self.row += 1

    def head(self, titles: Sequence[str] | None = None, height: float = 30) -> None:
        """The row of headings."""
        _check(self.sheet.set_row(self.row, height))
        for index, title in enumerate(titles or [column.title for column in self.columns]):
            _check(self.sheet.write_string(self.row, index, _fitting(title), self.styles["head", ""]))
        self.row += 1

    def put(self, column: int, value: Cell, style: str = "", number: str = "") -> None:
        """One cell of the current row; None is an empty cell with its frame."""
        name = style or self.columns[column].style
        if isinstance(value, str) and value:
            if name in _WRAPPED and (len(value) > self._short[column] or "\n" in value):
                width = self.columns[column].width
                self._lines = max(self._lines, lines_of(value, width, small=name in _SMALL))
            code = self.sheet.write_string(self.row, column, _fitting(value), self.styles[name, ""])
        elif value is None or isinstance(value, str):
            code = self.sheet.write_blank(self.row, column, None, self.styles[name, ""])
        elif isinstance(value, datetime.datetime):
            moment = self.styles[name, "yyyy-mm-dd hh:mm"]
            code = self.sheet.write_datetime(self.row, column, value.replace(tzinfo=None), moment)
        else:
            code = self.sheet.write_number(self.row, column, _number(value), self.styles[name, number])
        _check(code)

    def formula(self, column: int, formula: str, result: Decimal, style: str, number: str = "") -> None:
        """A formula with its stored result, so that viewers that don't calculate show it."""
        _check(
            self.sheet.write_formula(self.row, column, formula, self.styles[style, number], _number(result))
        )

    def link(self, column: int, value: Decimal, where: str, number: str = "") -> None:
        """A figure that leads to the place it comes from; it stays a number."""
        look = self.styles["link", number]
        _check(self.sheet.write_url(self.row, column, f"internal:{where}", look, " "))
        _check(self.sheet.write_number(self.row, column, _number(value), look))

    def next(self) -> None:
        """Go to the next row; this one gets the height that its wrapped texts need."""
        if self._lines > 1:
            height = min(self._lines * _LINE_HEIGHT + 3, _HIGHEST_ROW)
            _check(self.sheet.set_row(self.row, height))
        self._lines = 1
        self.row += 1


def open_page(
    book: Workbook, styles: Styles, name: str, columns: Sequence[Column], heading: Heading, paper: int = A4
) -> Page:
    """A new sheet with title, subtitle and print settings; the next row is the one for headings."""
    page = Page(book.add_worksheet(name), styles, columns)
    page.across(heading.of(name), "title", 28)
    page.across(heading.subtitle, "subtitle", 18)
    sheet = page.sheet
    sheet.set_default_row(_ROW_HEIGHT)
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    mark = SYNTHETIC if heading.synthetic else ""
    sheet.set_header(f"&L{mark}&R{_escaped(name)}")
    sheet.set_footer(f"&L{mark}&C第 &P 页 共 &N 页&R{_escaped(heading.title)}")
    return page


def freeze_below_head(page: Page, columns: int = 0) -> None:
    """Freeze what is above the next row, and repeat the row of headings on each page."""
    page.sheet.freeze_panes(page.row, columns)
    page.sheet.repeat_rows(page.row - 1)


@lru_cache(maxsize=4096)
def lines_of(text: str, width: float, *, small: bool = False) -> int:
    """How many lines a text takes in a column: not every program fits rows to wrapped texts by itself."""
    room = _room(width, small=small)
    return sum(max(1, math.ceil(width_of(line) / room)) for line in text.split("\n"))


def _room(width: float, *, small: bool = False) -> float:
    """Columns that a line of text has in a cell; a wide character takes two."""
    return max(width, 2) * (1.15 if small else 1.04)


def column_letter(index: int) -> str:
    """The letter of a column."""
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(index))


def _number(value: Decimal | int) -> float:
    """What a cell gets: the library formats it with 16 digits, and a decimal that way keeps all of them."""
    return cast("float", value)


@lru_cache(maxsize=4096)
def _fitting(text: str) -> str:
    """A cell holds at most 32,767 characters: what is cut says so. Kept, as most texts come many times."""
    if not too_long(text):
        return plain(text)
    mark = "……（以下从略）"
    cut = text.encode("utf-16-le")[: 2 * (LONGEST_TEXT - len(mark))]
    return cut.decode("utf-16-le", "ignore") + mark


def _escaped(text: str) -> str:
    return text.replace("&", "&&")


def _check(code: int | None) -> None:
    """The library tells of cells out of order or out of range by a code only: that would lose data
    silently.
    """
    if code:
        raise ValueError(f"the cell was not written: {code}")
