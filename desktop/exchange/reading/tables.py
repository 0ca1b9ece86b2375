"""Finding our tables in a workbook: sheets by their headers, columns by header text, whatever was moved."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from desktop.exchange.format.layout import (
    GUIDE_SHEET,
    LIST_ID,
    MANIFEST_SHEET,
    REQUIRED_HEADERS,
    Sheet,
    known_headers,
    overlap_id,
)
from desktop.exchange.parsing.cells import HEAD_ROWS, Book, Cell, CellKind, Grid
from desktop.exchange.parsing.notes import MergedRange, Notes
from desktop.model.finding import Finding, Severity
from desktop.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header: column id → cell."""

    number: int
    cells: Mapping[str, Cell]
    hidden: bool

    def text(self, column: str) -> str:
        """A cell's text, trimmed; empty where there is none."""
        cell = self.cells.get(column)
        return cell.text.strip() if cell else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was found: the sheet's own name, its columns, its rows, and the lines above the header."""

    name: str
    headers: Mapping[str, str]
    rows: tuple[Row, ...]
    above: tuple[str, ...]
    merged: tuple[MergedRange, ...] = ()
    notes: Notes = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    """Column id → its letters."""


Tables = Mapping[Sheet, Table]


def find_tables(book: Book, plan: Plan) -> tuple[Tables, list[Finding]]:
    """The tables of a submission, and what is odd about the sheets."""
    findings: list[Finding] = []
    candidates: dict[Sheet, list[tuple[Grid, int]]] = {}
    for grid in book.grids:
        if grid.name in (MANIFEST_SHEET, GUIDE_SHEET) or not grid.rows:
            continue
        found = _which(grid)
        if found is None:
            findings.append(_about(grid.name, "exchange.extra_sheet", Severity.NOTICE))
        else:
            candidates.setdefault(found[0], []).append((grid, found[1]))
    tables = {}
    for sheet, grids in candidates.items():
        # a copy is named differently, so the sheet with the declared name goes first
        chosen, *others = sorted(grids, key=lambda entry: entry[0].name != sheet.value)
        findings += [
            _about(other.name, "exchange.duplicate_sheet", Severity.WARNING, used=chosen[0].name)
            for other, _ in others
        ]
        tables[sheet] = _table(sheet, *chosen, plan, findings)
    return tables, findings


def is_ours(grid: Grid) -> bool:
    """Whether a sheet is one of a submission's, by its first rows."""
    return grid.name == MANIFEST_SHEET or _which(grid) is not None


def header_key(text: str) -> str:
    """A header without what a re-save or a person's line break may change."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _which(grid: Grid) -> tuple[Sheet, int] | None:
    """Which of our sheets this is, and the row of its header."""
    for number, row in _first_rows(grid):
        present = {header_key(cell.text) for cell in row.values() if cell.kind is CellKind.TEXT}
        for sheet, required in REQUIRED_HEADERS.items():
            if all(header_key(header) in present for header in required):
                return sheet, number
    return None


def _first_rows(grid: Grid) -> Iterator[tuple[int, Mapping[int, Cell]]]:
    for count, entry in enumerate(grid.rows.items()):
        if count >= HEAD_ROWS:
            return
        yield entry


def _table(sheet: Sheet, grid: Grid, header_row: int, plan: Plan, findings: list[Finding]) -> Table:
    columns: dict[int, str] = {}
    headers: dict[str, str] = {}
    for index, cell in grid.rows[header_row].items():
        id_ = _column_id(sheet, cell.text, plan)
        if id_ is None:
            continue
        if id_ in headers:
            findings.append(
                _about(
                    grid.name, "exchange.duplicate_column", Severity.WARNING, header=cell.text, cell=cell.ref
                )
            )
            continue
        columns[index] = id_
        headers[id_] = cell.text
    rows = tuple(
        Row(number, {columns[i]: cell for i, cell in row.items() if i in columns}, number in grid.hidden_rows)
        for number, row in grid.rows.items()
        if number > header_row
    )
    above = tuple(
        cell.text for number, row in grid.rows.items() if number < header_row for cell in row.values()
    )
    findings += _hidden(grid, rows)
    letters = {id_: ref_letters(grid.rows[header_row][index].ref) for index, id_ in columns.items()}
    return Table(grid.name, headers, rows, above, grid.merged, grid.notes, letters)


def ref_letters(ref: str) -> str:
    """The letters of a cell reference."""
    return ref.rstrip("0123456789")


def _column_id(sheet: Sheet, header: str, plan: Plan) -> str | None:
    key = header_key(header)
    for known, id_ in known_headers(sheet).items():
        if header_key(known) == key:
            return id_
    if sheet is Sheet.FIGURES:
        return overlap_id(header.strip(), plan)
    if sheet is Sheet.LISTS:
        names = (column.name for element in plan.elements for column in element.columns)
        return next((LIST_ID + name for name in names if header_key(name) == key), None)
    return None


def _hidden(grid: Grid, rows: tuple[Row, ...]) -> Iterator[Finding]:
    if not grid.visible:
        yield _about(grid.name, "exchange.hidden_sheet", Severity.WARNING)
    hidden = [str(row.number) for row in rows if row.hidden and row.text("code")]
    if hidden:
        yield _about(grid.name, "exchange.hidden_rows", Severity.WARNING, rows="、".join(hidden))


def _about(sheet: str, code: str, severity: Severity, **params: str) -> Finding:
    return Finding(
        code,
        severity,
        address=f"{sheet}!",
        qualifier=params.get("cell", ""),
        params={"sheet": sheet, **params},
    )
