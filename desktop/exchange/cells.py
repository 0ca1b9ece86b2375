"""The cells of a workbook as texts and exact numbers: what openpyxl gives, without what it guesses."""

from __future__ import annotations

import datetime
import io
import math
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto
from typing import Protocol, cast
from xml.etree.ElementTree import ParseError

from desktop.exchange.safety import Package, Refused
from desktop.exchange.visible import cell_precision
from desktop.model.decimals import canonical

_VISIBLE = "visible"
_PARSER_FAULTS = (
    ParseError,
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
"""What openpyxl raises on parts that are no proper workbook."""


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

    `text` is its content: numbers canonical, dates ISO 8601, formulas without a result as the formula.
    """

    kind: CellKind
    text: str
    ref: str
    number_format: str = ""
    formula: bool = False

    @property
    def number(self) -> Decimal | None:
        """The exact value of a number as the spreadsheet keeps it."""
        return Decimal(self.text) if self.kind is CellKind.NUMBER else None


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: row → column → cell, both from 1."""

    name: str
    visible: bool
    rows: Mapping[int, Mapping[int, Cell]]
    hidden_rows: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook's sheets in their order, and its custom document properties that are texts."""

    grids: tuple[Grid, ...]
    properties: Mapping[str, str] = field(default_factory=dict)


def load_book(package: Package) -> Book:
    """The cells of a workbook; raises Refused if it can't be parsed."""
    with warnings.catch_warnings():
        # openpyxl tells of styles and extensions that it drops; they don't touch the cells
        warnings.simplefilter("ignore")
        try:
            formulas = _formulas(package) if any(s.formulas for s in package.sheets.values()) else {}
            return _load(package, formulas)
        except _PARSER_FAULTS as error:
            raise Refused("exchange.damaged") from error


def _load(package: Package, formulas: Mapping[str, Mapping[tuple[int, int], str]]) -> Book:
    with _opened(package, data_only=True) as workbook:
        properties = {
            prop.name: prop.value for prop in workbook.custom_doc_props.props if isinstance(prop.value, str)
        }
        grids = tuple(
            Grid(
                sheet.title,
                sheet.sheet_state == _VISIBLE,
                _rows(_cells(sheet), formulas.get(sheet.title, {})),
                _hidden_rows(package, sheet),
            )
            for sheet in workbook.worksheets
        )
    return Book(grids, properties)


class _Cell(Protocol):
    """What is used of openpyxl's read-only cells."""

    value: object
    data_type: str
    row: int
    column: int
    number_format: str | None
    coordinate: str


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


def _formulas(package: Package) -> dict[str, dict[tuple[int, int], str]]:
    """The formulas by sheet and place: read apart, because values and formulas come only one at a time."""
    with _opened(package, data_only=False) as workbook:
        return {
            sheet.title: {
                (cell.row, cell.column): str(cell.value) for cell in _cells(sheet) if cell.data_type == "f"
            }
            for sheet in workbook.worksheets
        }


def _rows(cells: Iterable[_Cell], formulas: Mapping[tuple[int, int], str]) -> dict[int, dict[int, Cell]]:
    rows: dict[int, dict[int, Cell]] = {}
    for raw in cells:
        place = (raw.row, raw.column)
        cell = _cell(raw, formula=place in formulas)
        if cell is not None:
            rows.setdefault(raw.row, {})[raw.column] = cell
    for (row, column), formula in formulas.items():
        if column not in rows.get(row, {}):
            ref = _reference(row, column)
            rows.setdefault(row, {})[column] = Cell(CellKind.NO_RESULT, formula, ref, formula=True)
    return dict(sorted(rows.items()))


def _cell(raw: _Cell, *, formula: bool) -> Cell | None:
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
    return Cell(kind, text, raw.coordinate, raw.number_format or "", formula)


def _date_text(value: datetime.date | datetime.time | datetime.timedelta) -> str:
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    return str(value)


def _reference(row: int, column: int) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(column)}{row}"


def _hidden_rows(package: Package, sheet: _Sheet) -> frozenset[int]:
    part = str(sheet._worksheet_path)  # noqa: SLF001 - the only link from a sheet to its part
    scan = package.sheets.get(part)
    return scan.hidden_rows if scan else frozenset()
