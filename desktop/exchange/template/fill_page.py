"""A page of a template: open cells with hints and checks, live formulas, notes, and all else protected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.exchange.format.layout import Column
from desktop.exchange.template.template_checks import ODD, OPEN, WRONG
from desktop.exchange.writing.pages import Page, cell_text
from desktop.exchange.writing.styles import Formats, Style, decimals_format

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

CHECK_COLUMN = "check"
"""The id of the column of checks."""

_LONGEST_LIST = 255
_LONGEST_MESSAGE = 255
_LONGEST_TITLE = 32
_ALLOWED = {
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
}
"""What a protected sheet still lets people do; there is no password, protection is only help."""
_COLOURS = {
    WRONG: {"bg_color": "#F8CBAD", "font_color": "#9C0006", "bold": True},
    ODD: {"bg_color": "#FFD966"},
    OPEN: {"bg_color": "#FFE699"},
}
"""First character of a check → the look of the row's cells; the character itself says it without colour."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What helps to fill one open cell: a hint while it is chosen, and what may stand there.

    `choices` make a drop-down. `formula` is true for what may stand there.
    What isn't allowed is stopped with `refusal`; if `only_warns`, it may stay after a question.
    """

    title: str
    hint: str
    choices: Sequence[str] = ()
    formula: str = ""
    refusal: str = ""
    only_warns: bool = False

    def options(self) -> dict[str, object]:
        """As the writing library takes it."""
        said: dict[str, object] = {
            "validate": "any",
            "input_title": self.title[:_LONGEST_TITLE],
            "input_message": self.hint[:_LONGEST_MESSAGE],
        }
        if self.choices and _fit_in_a_list(self.choices):
            said |= {"validate": "list", "source": list(self.choices)}
        elif self.formula:
            said |= {"validate": "custom", "value": self.formula}
        if self.refusal:
            said |= {
                "error_title": "请核对" if self.only_warns else "不能这样填",
                "error_message": self.refusal[:_LONGEST_MESSAGE],
                "error_type": "warning" if self.only_warns else "stop",
            }
        return said


def _fit_in_a_list(choices: Sequence[str]) -> bool:
    """Whether words may stand in a drop-down: commas part them, and quotation marks would end the list."""
    return len(",".join(choices)) <= _LONGEST_LIST and not any('"' in word or "," in word for word in choices)


class FillPage(Page):
    """A page that people fill in. Rows are written from top to bottom, then `finish` is called."""

    def __init__(self, workbook: Workbook, formats: Formats, name: str, columns: Sequence[Column]) -> None:
        super().__init__(workbook, formats, name, columns)
        self.name = name
        self._looks = {sign: workbook.add_format(look) for sign, look in _COLOURS.items()}
        self._lines_at = 0
        self._first = 0
        self._opened: dict[str, list[str]] = {}
        self.left = ""
        """The live line's text as long as nothing was filled in."""

    def begin(self, title: str, lines: Sequence[tuple[str, Style]], page_header: str) -> None:
        """The title, the lines below it (the last one is the live line), and the column headers."""
        # the codes, last, stay off the paper
        self._span -= 1
        self.heading(title, lines, footer=self.name, page_header=page_header)
        self._lines_at = len(lines)
        self._first = self._row

    @property
    def live_line(self) -> str:
        """The reference of the line that says what is left."""
        return f"'{self.name}'!$A${self._lines_at + 1}"

    def letters(self, column: str) -> str:
        """The letters of a column; raises KeyError if the page has no such column."""
        from xlsxwriter.utility import xl_col_to_name

        letters: str = xl_col_to_name(self._columns[column])
        return letters

    def ref(self, column: str, row: int | None = None) -> str:
        """The reference of a cell, in the current row unless said; empty where there is no such column."""
        return f"{self.letters(column)}{row or self.at}" if column in self._columns else ""

    def open_cell(self, column: str, style: Style, entry: Entry, *, decimals: int = 0) -> None:
        """A blank cell of the current row to fill in."""
        index = self._columns[column]
        shape = decimals_format(decimals) if style is Style.FILL_NUMBER else ""
        self._sheet.write_blank(self._row, index, None, self._formats.get(style, number_format=shape))
        self._sheet.data_validation(self._row, index, self._row, index, entry.options())
        self._opened.setdefault(column, []).append(self.ref(column))

    def formula(self, column: str, formula: str, result: str, style: Style = Style.CHECK) -> None:
        """A formula in the current row, with the result that it has as long as nothing was filled in."""
        index = self._columns[column]
        self._sheet.write_formula(self._row, index, formula, self._formats.get(style), result)
        self._make_room(result, index, style)
        if column == CHECK_COLUMN:
            self._opened.setdefault(column, []).append(self.ref(column))

    def note(self, column: str, text: str) -> None:
        """A note at a cell of the current row."""
        if text:
            options = {"author": "", "x_scale": 2.2, "y_scale": 1.2, "font_size": 9, "font_name": "宋体"}
            self._sheet.write_comment(self._row, self._columns[column], cell_text(text), options)

    def say_left(self, formula: str, result: str) -> None:
        """The live line."""
        self.left = result
        self._sheet.write_formula(self._lines_at, 0, formula, self._formats.get(Style.LIVE_LINE), result)

    def hint_at_line(self, index: int, entry: Entry) -> None:
        """A hint at one of the lines below the title, counted from 1."""
        self._sheet.data_validation(index, 0, index, 0, entry.options())

    def rows_of(self, column: str) -> str:
        """The range of a column from the first row to the last one written."""
        letters = self.letters(column)
        return f"${letters}${self._first + 1}:${letters}${max(self._row, self._first + 1)}"

    def finish(self, *coloured: str) -> None:
        """Colour the checks, and the open cells of these columns, by the checks; protect the rest."""
        for column in (CHECK_COLUMN, *coloured):
            cells = self._opened.get(column)
            if not cells:
                continue
            row = cells[0].removeprefix(self.letters(column))
            for sign, look in self._looks.items():
                options = {
                    "type": "formula",
                    "criteria": f'=LEFT(${self.letters(CHECK_COLUMN)}{row},1)="{sign}"',
                    "format": look,
                    "multi_range": " ".join(cells),
                }
                self._sheet.conditional_format(cells[0], options)
        self.protect()

    def print_up_to(self, column: str) -> None:
        """Leave the columns after this one off the paper."""
        self._sheet.print_area(0, 0, max(self._row - 1, self._first), self._columns[column])

    def protect(self) -> None:
        """Lock all cells that aren't open."""
        options: Mapping[str, bool] = _ALLOWED
        self._sheet.protect("", dict(options))
