"""The sheets of a workbook that somebody hands over → rows of cells as a plan's reader wants them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from desktop.definition.workbook.sheets import RawCell, Row
from desktop.exchange.parsing.cells import Cell, CellKind
from desktop.exchange.parsing.foreign_sheets import ForeignSheet
from desktop.exchange.reading.comparison import is_percent


def rows_by_sheet(sheets: Iterable[ForeignSheet]) -> dict[str, list[Row]]:
    """The rows of every sheet that aren't empty, by the sheet's name."""
    return {sheet.name.strip(): list(_rows(sheet)) for sheet in sheets}


def _rows(sheet: ForeignSheet) -> Iterator[Row]:
    for number, cells in sheet.rows.items():
        found = {column: _raw(cell) for column, cell in cells.items()}
        if any(cell.text for cell in found.values()):
            yield Row(number, found)


def _raw(cell: Cell) -> RawCell:
    kind = "f" if cell.formula else "e" if cell.kind is CellKind.ERROR else "n"
    return RawCell(_value(cell), kind, is_percent(cell))


def _value(cell: Cell) -> str | Decimal | bool:
    if cell.number is not None:
        return cell.number
    return cell.text == "TRUE" if cell.kind is CellKind.LOGICAL else cell.text
