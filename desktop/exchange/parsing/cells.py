"""The cells of a workbook as texts and exact numbers: what openpyxl gives, without what it guesses."""

from __future__ import annotations

import datetime
import math
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum, auto
from xml.parsers.expat import ExpatError

from desktop.exchange.format.visible import cell_precision
from desktop.exchange.parsing.bare import bare
from desktop.exchange.parsing.notes import MergedRange, Notes
from desktop.exchange.parsing.parsed_sheets import ParsedBook, RawCell, SheetPart
from desktop.exchange.parsing.safety import Package, Refused
from desktop.model.cell_name import cell_name
from desktop.model.decimals import canonical

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
    with closing(ParsedBook(package)) as parsed:
        grids = tuple(_grid(package, parsed, sheet, wanted) for sheet in parsed.sheets())
        if len(grids) < len(package.sheets):
            raise KeyError("a worksheet isn't found")
        return Book(grids, parsed.properties)


def _all(_grid: Grid) -> bool:
    return True


def _grid(package: Package, parsed: ParsedBook, sheet: SheetPart, wanted: Callable[[Grid], bool]) -> Grid:
    """A sheet with all its cells, or with the first ones if it isn't wanted."""
    scan = package.sheets.get(sheet.part)
    head = Grid(
        sheet.name,
        sheet.visible,
        {},
        scan.hidden_rows if scan else frozenset(),
        scan.merged if scan else (),
        package.notes.get(sheet.part, {}),
    )
    cells = parsed.cells(sheet)
    rows = _rows(cells, HEAD_ROWS)
    if wanted(replace(head, rows=rows)):
        _rows(cells, MOST_ROWS, rows)
        if len(rows) > MOST_ROWS:
            raise Refused("exchange.too_many_rows", limit=str(MOST_ROWS))
    return replace(head, rows=dict(sorted(rows.items())))


def _rows(cells: Iterator[RawCell], most: int, rows: Rows | None = None) -> Rows:
    """Cells put into rows; stops beyond `most` of them, which may cut the last one short."""
    found: Rows = {} if rows is None else rows
    for raw in cells:
        cell = _cell(raw)
        if cell is not None:
            found.setdefault(raw.row, {})[raw.column] = cell
            if len(found) > most:
                break
    return found


def _cell(raw: RawCell) -> Cell | None:
    """One cell of the parser's; None if it is blank."""
    value = raw.value
    kind, text = CellKind.TEXT, ""
    match value:
        case str():
            kind = CellKind.ERROR if raw.data_type == "e" else CellKind.TEXT
            text = value
        case None:
            pass
        case bool():
            kind, text = CellKind.LOGICAL, str(value).upper()
        case int() | float() if math.isfinite(value):
            kind, text = CellKind.NUMBER, canonical(cell_precision(Decimal(repr(value))))
        case datetime.datetime() | datetime.date() | datetime.time() | datetime.timedelta():
            kind, text = CellKind.DATE, _date_text(value)
        case _:
            kind, text = CellKind.ERROR, str(value)
    if kind is CellKind.TEXT and not text.strip():
        if not raw.formula:
            return None
        kind, text = CellKind.NO_RESULT, raw.formula
    shape = raw.number_format if kind is CellKind.NUMBER else ""
    return Cell(kind, text, cell_name(raw.row, raw.column), shape, bool(raw.formula), raw.struck)


def _date_text(value: datetime.date | datetime.time | datetime.timedelta) -> str:
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    return str(value)
