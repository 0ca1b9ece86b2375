"""The cells of any workbook's sheets, for lists, tables and plans that people keep; runs in the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.exchange.format.filereading import Refusal
from desktop.exchange.parsing.answers import answer_from_bytes, answer_to_bytes
from desktop.exchange.parsing.cells import Cell, CellKind, load_book
from desktop.exchange.parsing.safety import check
from desktop.exchange.parsing.sources import Source, SourceReader
from desktop.model.canonical import Json


@dataclass(frozen=True, slots=True)
class ForeignSheet:
    """One sheet: its name, and row → column → cell, both from 1; blank cells aren't kept."""

    name: str
    rows: Mapping[int, Mapping[int, Cell]]


def foreign_sheets(content: bytes, name: str) -> tuple[ForeignSheet, ...]:
    """The sheets of a workbook in their order; raises Refused if it isn't one that may be parsed."""
    return tuple(ForeignSheet(grid.name, grid.rows) for grid in load_book(check(content, name)).grids)


def sheets_to_bytes(source: Source, reader: SourceReader) -> bytes:
    """The sheets of a file as JSON, or why there are none."""
    return answer_to_bytes(lambda: _to_json(foreign_sheets(reader.content(source), source.name)))


def sheets_from_bytes(content: bytes) -> tuple[ForeignSheet, ...] | Refusal:
    """What such JSON says; raises one of NO_ANSWER if it is something else."""
    return answer_from_bytes(content, _from_json)


def _to_json(sheets: tuple[ForeignSheet, ...]) -> Json:
    return {
        "sheets": [
            [sheet.name, [[row, _cells_to_json(cells)] for row, cells in sheet.rows.items()]]
            for sheet in sheets
        ]
    }


def _cells_to_json(cells: Mapping[int, Cell]) -> list[list[object]]:
    return [
        [column, cell.kind.value, cell.text, cell.ref, cell.number_format, cell.formula, cell.struck]
        for column, cell in cells.items()
    ]


def _from_json(data: Json) -> tuple[ForeignSheet, ...]:
    return tuple(
        ForeignSheet(str(name), {int(row): dict(map(_cell, cells)) for row, cells in rows})
        for name, rows in data["sheets"]
    )


def _cell(data: list[Any]) -> tuple[int, Cell]:
    column, kind, text, ref, number_format, formula, struck = data
    return int(column), Cell(
        CellKind(kind), str(text), str(ref), str(number_format), bool(formula), bool(struck)
    )
