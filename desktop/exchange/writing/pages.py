"""One readable sheet being written: header block, column headers, cells, and how it prints."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.errors import InputError
from desktop.exchange.format.cell_texts import LONGEST_TEXT, plain, too_long, width_of
from desktop.exchange.format.layout import Column
from desktop.exchange.format.visible import Visible
from desktop.exchange.writing.styles import Formats, Style, decimals_format
from desktop.model.decimals import places

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_A4 = 9
_TITLE_HEIGHT = 30
_META_HEIGHT = 18
_LINE_HEIGHT = 15
_ROW_AIR = 5
_TALLEST = 400
_SMALL = 1.3
_HEADER_HEIGHT = 32
_MARGIN = 0.5


class Page:
    """A sheet whose columns are declared in the layout; rows are written from top to bottom."""

    def __init__(self, workbook: Workbook, formats: Formats, name: str, columns: Sequence[Column]) -> None:
        self._formats = formats
        self._columns = {column.id: index for index, column in enumerate(columns)}
        self._headers = columns
        self._widths = [column.width for column in columns]
        self._sheet = workbook.add_worksheet(name)
        self._span = len(columns) - 1
        self._row = 0
        self._lines = 1
        for index, column in enumerate(columns):
            self._sheet.set_column(index, index, column.width)

    @property
    def at(self) -> int:
        """The current row as people count it, from 1."""
        return self._row + 1

    @property
    def columns(self) -> tuple[str, ...]:
        """The ids of the columns, in order."""
        return tuple(self._columns)

    def heading(self, title: str, lines: Sequence[tuple[str, Style]], footer: str, page_header: str) -> None:
        """The title, lines about the whole sheet, and the column headers, which stay in sight."""
        self._across(title, Style.TITLE, _TITLE_HEIGHT)
        for line, style in lines:
            self._across(line, style, _META_HEIGHT)
        self._sheet.set_row(self._row, _HEADER_HEIGHT)
        for index, column in enumerate(self._headers):
            self._sheet.write_string(
                self._row, index, cell_text(column.header), self._formats.get(Style.HEADER)
            )
        self._print_setup(footer, page_header)
        self._row += 1

    def category(self, name: str, column: str) -> None:
        """A line between rows that names what follows."""
        for index in range(len(self._headers)):
            self._sheet.write_blank(self._row, index, None, self._formats.get(Style.CATEGORY))
        self.cell(column, name, Style.CATEGORY)
        self.next_row()

    def cell(
        self, column: str, content: Visible, style: Style, *, indent: int = 0, decimals: int = 0
    ) -> None:
        """One cell of the current row; nothing where the sheet has no such column."""
        index = self._columns.get(column)
        if index is None:
            return
        if content is None:
            self._sheet.write_blank(self._row, index, None, self._formats.get(style))
        elif isinstance(content, str):
            self._make_room(content, index, style, indent)
            self._sheet.write_string(self._row, index, cell_text(content), self._formats.get(style, indent))
        else:
            shape = decimals_format(max(decimals, places(content)))
            # the format of numbers in the file is binary; at most 15 digits come here, which survive that
            self._sheet.write_number(
                self._row, index, float(content), self._formats.get(style, indent, shape)
            )

    def next_row(self) -> None:
        """Go on with the next row. Its height is ours to say: not every program fits wrapped text."""
        self._sheet.set_row(self._row, height_of(self._lines))
        self._lines = 1
        self._row += 1

    def _make_room(self, text: str, index: int, style: Style, indent: int = 0) -> None:
        """See to it that the current row is high enough for a text."""
        width = self._widths[index]
        room = (width * _SMALL if style is Style.CODE else width) - indent - 1
        # most texts fit, and that is seen without looking at each character
        if 2 * len(text) > room or "\n" in text:
            self._lines = max(self._lines, lines_of(text, room))

    def _across(self, text: str, style: Style, height: int) -> None:
        self._sheet.set_row(self._row, height)
        cell_format = self._formats.get(style)
        self._sheet.merge_range(self._row, 0, self._row, self._span, "", cell_format)
        self._sheet.write_string(self._row, 0, cell_text(text), cell_format)
        self._row += 1

    def _print_setup(self, footer: str, page_header: str) -> None:
        sheet = self._sheet
        sheet.freeze_panes(self._row + 1, 0)
        sheet.repeat_rows(self._row)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=_MARGIN, right=_MARGIN, top=0.7, bottom=0.7)
        sheet.set_header(f"&R{page_header}" if page_header else "")
        sheet.set_footer(f"&L{footer}&R第 &P 页，共 &N 页")
        sheet.hide_gridlines(2)


def lines_of(text: str, room: float) -> int:
    """About how many lines a text takes where so many characters fit; a Chinese one counts twice."""
    return sum(max(1, math.ceil(width_of(line) / max(room, 1))) for line in text.split("\n"))


def height_of(lines: int) -> float:
    """The height in points of a row with so many lines."""
    return min(lines * _LINE_HEIGHT + _ROW_AIR, _TALLEST)


def cell_text(text: str) -> str:
    """A text as it may stand in a cell; raises InputError if it is longer than a cell holds."""
    if too_long(text):
        raise InputError(
            "exchange.text_too_long",
            f"文字超过 {LONGEST_TEXT} 个字符，工作簿的单元格放不下：{text[:20]}……",
            "请缩短后再报送。",
        )
    return plain(text)
