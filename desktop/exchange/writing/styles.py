"""How our workbooks look: formats by name, made once per workbook."""

from __future__ import annotations

from enum import StrEnum, auto
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

_FONT = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"}
_GRID = {"border": 1, "border_color": "#A6A6A6"}
_INPUT = {"bg_color": "#FFF9DB"}
_OPEN = {"locked": False}
_SHADED = {"bg_color": "#F2F2F2"}
_QUIET = {"font_color": "#595959"}


class Style(StrEnum):
    """A cell's look."""

    TITLE = auto()
    META = auto()
    NOTICE = auto()
    HEADER = auto()
    CATEGORY = auto()
    CODE = auto()
    TEXT = auto()
    CENTER = auto()
    NUMBER = auto()
    NOT_DUE = auto()
    INPUT_NUMBER = auto()
    INPUT_TEXT = auto()
    INPUT_CENTER = auto()
    FILL_NUMBER = auto()
    FILL_TEXT = auto()
    FILL_CENTER = auto()
    FILL_EXACT = auto()
    FILL_LINE = auto()
    LIVE_LINE = auto()
    LIVE_CELL = auto()
    CHECK = auto()
    GUIDE = auto()
    GUIDE_WORD = auto()


_PROPERTIES: dict[Style, dict[str, Any]] = {
    Style.TITLE: {"bold": True, "font_size": 16, "align": "center"},
    Style.META: {"align": "left"},
    Style.NOTICE: {**_QUIET, "font_size": 9, "align": "left"},
    Style.HEADER: {**_GRID, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#DCE6F1"},
    Style.CATEGORY: {**_GRID, **_SHADED, "bold": True},
    Style.CODE: {**_GRID, "font_color": "#6E6E6E", "font_size": 8, "text_wrap": True, "align": "left"},
    Style.TEXT: {**_GRID, "text_wrap": True, "align": "left"},
    Style.CENTER: {**_GRID, "text_wrap": True, "align": "center"},
    Style.NUMBER: {**_GRID, **_QUIET, "align": "right"},
    Style.NOT_DUE: {**_GRID, **_SHADED, **_QUIET, "align": "center"},
    Style.INPUT_NUMBER: {**_GRID, **_INPUT, "align": "right"},
    Style.INPUT_TEXT: {**_GRID, **_INPUT, "text_wrap": True, "align": "left"},
    Style.INPUT_CENTER: {**_GRID, **_INPUT, "text_wrap": True, "align": "center"},
    # the cells of a template that stay open when its sheets are protected
    Style.FILL_NUMBER: {**_GRID, **_INPUT, **_OPEN, "align": "right"},
    Style.FILL_TEXT: {**_GRID, **_INPUT, **_OPEN, "text_wrap": True, "align": "left"},
    Style.FILL_CENTER: {**_GRID, **_INPUT, **_OPEN, "text_wrap": True, "align": "center"},
    # text whatever is typed: spreadsheets cut numbers of 18 digits and turn dates into their own
    Style.FILL_EXACT: {**_GRID, **_INPUT, **_OPEN, "text_wrap": True, "align": "left", "num_format": "@"},
    Style.FILL_LINE: {**_INPUT, **_OPEN, "align": "left"},
    Style.LIVE_LINE: {"bold": True, "align": "left", "font_color": "#1F4E79"},
    Style.LIVE_CELL: {**_GRID, "bold": True, "text_wrap": True, "align": "left", "font_color": "#1F4E79"},
    Style.CHECK: {**_GRID, **_QUIET, "font_size": 9, "text_wrap": True, "align": "left"},
    Style.GUIDE: {**_GRID, "text_wrap": True, "align": "left", "valign": "top"},
    Style.GUIDE_WORD: {**_GRID, **_SHADED, "bold": True, "align": "center", "valign": "top"},
}


class Formats:
    """The formats of one workbook; indented and numeric variants are made when first asked for."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[Style, int, str], Format] = {}

    def get(self, style: Style, indent: int = 0, number_format: str = "") -> Format:
        """The format of a style."""
        key = (style, indent, number_format)
        found = self._made.get(key)
        if found is None:
            properties: dict[str, Any] = {**_FONT, **_PROPERTIES[style]}
            if indent:
                properties["indent"] = indent
            if number_format:
                properties["num_format"] = number_format
            found = self._made[key] = self._workbook.add_format(properties)
        return found


def decimals_format(decimals: int) -> str:
    """The number format of that many decimals, with thousands separators."""
    return "#,##0." + "0" * decimals if decimals else "#,##0"
