"""The columns of the sheet: their order, titles and widths, and which are there at first sight."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.workspace.form.sheet_layout import SheetLayout
from ui.i18n import translate

(
    COL_NAME,
    COL_UNIT,
    COL_CODE,
    COL_LAST_YEAR,
    COL_PREVIOUS,
    COL_CURRENT,
    COL_GROWTH,
    COL_TARGET,
    COL_STANDING,
    COL_REMARK,
) = range(10)
COLUMNS = 10

KEYS = (
    "name",
    "unit",
    "code",
    "last_year",
    "previous",
    "current",
    "growth",
    "target",
    "standing",
    "remark",
)
"""What a column is called in the layout that is kept."""

ALWAYS = (COL_NAME, COL_CURRENT)
"""Without these there would be no sheet."""

ON_WIDE_WINDOWS = (COL_LAST_YEAR, COL_GROWTH, COL_TARGET, COL_STANDING)
WHEN_ASKED = (*ON_WIDE_WINDOWS, COL_CODE)
FROZEN = (COL_NAME, COL_UNIT)
NUMBER_COLUMNS = (COL_LAST_YEAR, COL_PREVIOUS, COL_CURRENT, COL_GROWTH)

WIDTHS_EM: Mapping[int, float] = {
    COL_UNIT: 6,
    COL_CODE: 11,
    COL_LAST_YEAR: 8,
    COL_PREVIOUS: 9,
    COL_CURRENT: 11,
    COL_GROWTH: 8,
    COL_TARGET: 9,
    COL_STANDING: 13,
    COL_REMARK: 13,
}
"""Widths in widths of a Chinese character; the name takes what is left."""

LEAST_NAME_EM = 10
GIVING_WAY = (COL_PREVIOUS, COL_UNIT)
"""Given up in this order where else the figure that is typed would lie beyond the edge; both stand beside the
sheet as well.
"""
ROOMY_NAME_EM = 17
"""The name's width that must be left before a wide window shows more columns by itself."""
LEAST_EM, MOST_EM = 3, 60


def laid_out(layout: SheetLayout, room: int, character: int) -> dict[int, int]:
    """The columns shown in a room of so many pixels, in order, and their widths in pixels; `character` is the
    width of a Chinese character.
    """

    def asked(column: int) -> float:
        return layout.widths.get(KEYS[column], WIDTHS_EM.get(column, LEAST_NAME_EM))

    def pixels(characters: float) -> int:
        return max(int(character * characters), 1)

    said = {column: layout.columns[key] for column, key in enumerate(KEYS) if key in layout.columns}
    shown = [
        column for column in range(COLUMNS) if column in ALWAYS or said.get(column, column not in WHEN_ASKED)
    ]
    for column in GIVING_WAY:
        before = sum(WIDTHS_EM.get(other, LEAST_NAME_EM) for other in shown if other <= COL_CURRENT)
        if column in shown and column not in said and room < pixels(before):
            shown.remove(column)
    more = [column for column in ON_WIDE_WINDOWS if column not in said]
    taken = sum(asked(column) for column in (*shown, *more) if column != COL_NAME)
    if room >= pixels(taken + ROOMY_NAME_EM):
        shown = sorted((*shown, *more))
    widths = {column: pixels(asked(column)) for column in shown}
    if KEYS[COL_NAME] not in layout.widths:
        rest = room - sum(width for column, width in widths.items() if column != COL_NAME)
        widths[COL_NAME] = max(rest, pixels(LEAST_NAME_EM))
    return widths


def titles() -> tuple[str, ...]:
    """The columns' titles in order."""
    return (
        translate("FigureModel", "指标名称"),
        translate("FigureModel", "计量单位"),
        translate("FigureModel", "代码"),
        translate("FigureModel", "上年同期"),
        translate("FigureModel", "上期"),
        translate("FigureModel", "本期"),
        translate("FigureModel", "同比"),
        translate("FigureModel", "目标"),
        translate("FigureModel", "完成情况"),
        translate("FigureModel", "说明"),
    )
