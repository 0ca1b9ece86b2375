"""The cells of a workbook as texts and exact numbers: what openpyxl gives, without what it guesses."""

from __future__ import annotations

import datetime
import io
import math
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum, auto
from typing import Protocol, cast
from xml.parsers.expat import ExpatError

from desktop.exchange.bare import bare
from desktop.exchange.notes import MergedRange, Notes
from desktop.exchange.safety import Package, Refused
from desktop.exchange.visible import cell_precision
from desktop.model.decimals import canonical

_VISIBLE = "visible"
_PARSER_FAULTS = (
    SyntaxError,
    ExpatError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    RecursionError,
    OSError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What openpyxl raises on parts that are no proper workbook; its XML parsers both raise a SyntaxError."""


class CellKind(Enum):
    """What a cell holds; blank cells aren't kept."""

    TEXT = auto()
    NUMBER = auto()
    DATE = auto()
    LOGICAL = auto()
    ERROR = auto()
    NO_RESULT = auto()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that isn't blank.

    `text` is its content: numbers canonical, dates ISO 8601, formulas without a result as the formula. Only
    numbers have a `number_format`.
    """

    kind: CellKind
    text: str
    ref: str
    number_format: str = ""
    formula: bool = False
    struck: bool = False

    @property
    def number(self) -> Decimal | None:
        """The exact value of a number as the spreadsheet keeps it."""
        return Decimal(self.text) if self.kind is CellKind.NUMBER else None


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: row → column → cell, both from 1; what is hidden, merged, noted at cells and struck out."""

    name: str
    visible: bool
    rows: Mapping[int, Mapping[int, Cell]]
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[MergedRange, ...] = ()
    notes: Notes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook's sheets in their order, and its custom document properties that are texts."""

    grids: tuple[Grid, ...]
    properties: Mapping[str, str] = field(default_factory=dict)


Rows = dict[int, dict[int, Cell]]
"""Row → column → cell, both from 1."""
MOST_ROWS = 100_000
HEAD_ROWS = 60
"""Filled rows from the top by which a sheet is known."""


def load_book(package: Package, wanted: Callable[[Grid], bool] | None = None) -> Book:
    """The cells of a workbook; raises Refused if it can't be parsed.

    `wanted` looks at a sheet's first filled rows; of a sheet that it doesn't want no more than these is read.
    """
    with warnings.catch_warnings():
        # openpyxl tells of styles and extensions that it drops; they don't touch the cells
        warnings.simplefilter("ignore")
        if package.as_it_is:
            with suppress(*_PARSER_FAULTS):
                return _book(package, wanted or _all)
        try:
            return _book(bare(package), wanted or _all)
        except _PARSER_FAULTS as error:
            raise Refused("exchange.damaged") from error


def _book(package: Package, wanted: Callable[[Grid], bool]) -> Book:
    """The cells; raises what the parser does, and KeyError for a sheet that it passes over without a word."""
    book, kept = _load(package, wanted)
    if len(book.grids) < len(package.sheets):
        raise KeyError("a worksheet isn't found")
    if any(scan.formulas for scan in package.sheets.values()):
        book = _with_formulas(package, book, kept)
    return book


def _all(_grid: Grid) -> bool:
    return True


def _load(package: Package, wanted: Callable[[Grid], bool]) -> tuple[Book, frozenset[str]]:
    """The book without its formulas, and the names of the sheets that were read to their end."""
    grids = []
    kept = set()
    with _opened(package, data_only=True) as workbook:
        properties = {
            prop.name: prop.value for prop in workbook.custom_doc_props.props if isinstance(prop.value, str)
        }
        for sheet in workbook.worksheets:
            head = _empty(package, sheet)
            cells = _cells(sheet)
            first = _rows(cells, HEAD_ROWS)
            if wanted(replace(head, rows=first)):
                kept.add(sheet.title)
                _rows(cells, MOST_ROWS, first)
                if len(first) > MOST_ROWS:
                    raise Refused("exchange.too_many_rows", limit=str(MOST_ROWS))
            grids.append(replace(head, rows=dict(sorted(first.items()))))
    return Book(tuple(grids), properties), frozenset(kept)


class _Font(Protocol):
    """What is used of a cell's font."""

    strike: bool | None


class _Cell(Protocol):
    """What is used of openpyxl's read-only cells."""

    value: object
    data_type: str
    row: int
    column: int
    number_format: str | None
    coordinate: str
    font: _Font | None


class _Sheet(Protocol):
    """What is used of openpyxl's read-only sheets."""

    title: str
    sheet_state: str
    rows: Iterable[Iterable[_Cell]]
    _worksheet_path: str

    def reset_dimensions(self) -> None:
        """Forget the stated dimensions."""


class _Property(Protocol):
    name: str
    value: object


class _Properties(Protocol):
    props: Iterable[_Property]


class _Workbook(Protocol):
    """What is used of openpyxl's workbooks."""

    worksheets: Iterable[_Sheet]
    custom_doc_props: _Properties

    def close(self) -> None:
        """Let go of the file."""


class _opened:  # noqa: N801 - a context manager is used as a word
    """A read-only workbook that is closed again."""

    def __init__(self, package: Package, *, data_only: bool) -> None:
        import openpyxl

        content = io.BytesIO(package.content)
        opened = openpyxl.load_workbook(content, read_only=True, data_only=data_only, keep_links=False)
        self._workbook = cast("_Workbook", opened)

    def __enter__(self) -> _Workbook:
        return self._workbook

    def __exit__(self, *_: object) -> None:
        self._workbook.close()


def _cells(sheet: _Sheet) -> Iterator[_Cell]:
    """The cells that are there; stated dimensions are not believed."""
    sheet.reset_dimensions()
    for row in sheet.rows:
        for cell in row:
            if cell.value is not None or cell.data_type == "f":
                yield cell


def _with_formulas(package: Package, book: Book, kept: frozenset[str]) -> Book:
    """The formulas marked: read apart, because values and formulas come only one at a time."""
    with _opened(package, data_only=False) as workbook:
        grids = tuple(
            replace(grid, rows=_marked(grid.rows, _cells(sheet))) if grid.name in kept else grid
            for grid, sheet in zip(book.grids, workbook.worksheets, strict=True)
        )
    return replace(book, grids=grids)


def _marked(rows: Mapping[int, Mapping[int, Cell]], cells: Iterable[_Cell]) -> Rows:
    """The rows with their formulas marked, those without a result as such."""
    marked = {number: dict(row) for number, row in rows.items()}
    for raw in cells:
        if raw.data_type != "f":
            continue
        row = marked.setdefault(raw.row, {})
        known = row.get(raw.column)
        row[raw.column] = (
            replace(known, formula=True)
            if known is not None
            else Cell(CellKind.NO_RESULT, str(raw.value), _reference(raw.row, raw.column), formula=True)
        )
    return dict(sorted(marked.items()))


def _rows(cells: Iterator[_Cell], most: int, rows: Rows | None = None) -> Rows:
    """Cells put into rows; stops beyond `most` of them, which may cut the last one short."""
    found: Rows = {} if rows is None else rows
    for raw in cells:
        cell = _cell(raw)
        if cell is not None:
            found.setdefault(raw.row, {})[raw.column] = cell
            if len(found) > most:
                break
    return found


def _cell(raw: _Cell) -> Cell | None:
    """One cell of openpyxl's; None if it is blank."""
    value = raw.value
    kind, text = CellKind.TEXT, ""
    match value:
        case bool():
            kind, text = CellKind.LOGICAL, str(value).upper()
        case int() | float() if math.isfinite(value):
            kind, text = CellKind.NUMBER, canonical(cell_precision(Decimal(repr(value))))
        case str():
            kind = CellKind.ERROR if raw.data_type == "e" else CellKind.TEXT
            text = value
        case datetime.datetime() | datetime.date() | datetime.time() | datetime.timedelta():
            kind, text = CellKind.DATE, _date_text(value)
        case _:
            kind, text = CellKind.ERROR, str(value)
    if kind is CellKind.TEXT and not text.strip():
        return None
    shape = raw.number_format if kind is CellKind.NUMBER else ""
    return Cell(kind, text, raw.coordinate, shape or "", struck=_is_struck(raw))


def _is_struck(raw: _Cell) -> bool:
    """Whether the whole cell is crossed out."""
    return bool(raw.font and raw.font.strike)


def _date_text(value: datetime.date | datetime.time | datetime.timedelta) -> str:
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    return str(value)


def _reference(row: int, column: int) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(column)}{row}"


def _empty(package: Package, sheet: _Sheet) -> Grid:
    """A sheet without its cells."""
    part = str(sheet._worksheet_path)  # noqa: SLF001 - the only link from a sheet to its part
    scan = package.sheets.get(part)
    return Grid(
        sheet.title,
        sheet.sheet_state == _VISIBLE,
        {},
        scan.hidden_rows if scan else frozenset(),
        scan.merged if scan else (),
        package.notes.get(part, {}),
    )
