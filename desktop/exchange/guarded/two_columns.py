"""Reading a plain list or table from a workbook, as people keep it."""

from __future__ import annotations

from pathlib import Path

from desktop.exchange.format.filereading import Refusal
from desktop.exchange.format.visible import comparable
from desktop.exchange.guarded.guarded_sheets import read_sheets
from desktop.exchange.parsing.cells import MOST_ROWS, Cell
from desktop.exchange.parsing.foreign_sheets import ForeignSheet
from desktop.exchange.reading.comparison import is_percent
from desktop.model.cell_formats import shape_of
from desktop.model.decimals import canonical

_SCALED = "（缩小显示）"
_NARROWEST, _WIDEST = 2, 200


def read_two_columns(path: Path) -> list[tuple[str, str]]:
    """Code and value of each row of the first sheet that has any: column A and column B.

    Raises InputError if the file isn't such a workbook, EnvironmentFault if it can't be read.
    """
    for sheet in read_sheets(path):
        rows = [(_text(row[1]), _text(row[2]) if 2 in row else "") for row in sheet.rows.values() if 1 in row]
        if any(value for _, value in rows):
            return rows
    raise Refusal("exchange.two_columns", {"name": path.name}).fault()


def read_tables(path: Path) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The sheets with two filled columns, each row by row from A1, as a person sees its cells.

    Raises InputError if the file isn't a workbook with one, EnvironmentFault if it can't be read.
    """
    found = tuple(table for sheet in read_sheets(path) if (table := _table(sheet)))
    if not found:
        raise Refusal("exchange.two_columns", {"name": path.name}).fault()
    return found


def _table(sheet: ForeignSheet) -> tuple[tuple[str, ...], ...]:
    width = max((max(row) for row in sheet.rows.values() if row), default=0)
    if width < _NARROWEST or max(sheet.rows) > MOST_ROWS or width > _WIDEST:
        return ()
    return tuple(
        tuple(
            _text(cell) if (cell := sheet.rows.get(number, {}).get(column)) else ""
            for column in range(1, width + 1)
        )
        for number in range(1, max(sheet.rows) + 1)
    )


def _text(cell: Cell) -> str:
    """What a person sees: per cent as per cent, units that the format shows, the rest exactly."""
    number = cell.number
    if number is None:
        return comparable(cell.text)
    if is_percent(cell):
        return canonical(number * 100) + "%"
    shape = shape_of(cell.number_format, number)
    # behind digits, what is said here keeps a scaled figure from being read as it stands
    return cell.text + (_SCALED if shape.scaled else shape.unit)
