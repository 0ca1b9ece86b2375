"""Yardsticks: a bare program that writes the cells of a workbook anew, and one that opens and reads it."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


class Painted(NamedTuple):
    """A cell to write again: place, value, formula, number format, and what its style is made of."""

    row: int
    column: int
    value: object
    formula: str
    number_format: str
    style: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dress:
    """What a sheet has beside its cells: widths and heights by index, and merged ranges."""

    widths: tuple[tuple[int, float], ...]
    heights: tuple[tuple[int, float], ...]
    merged: tuple[tuple[int, int, int, int], ...]


def unzip_and_hash(files: Iterable[Path]) -> None:
    """Every part of every file, and the digest of its bytes."""
    for file in files:
        hashlib.sha256(file.read_bytes())
        with zipfile.ZipFile(file) as package:
            for name in package.namelist():
                package.read(name)


def save_again(file: Path) -> None:
    """What another program does with a file that a person opens and saves: its cells stay, its seal goes."""
    import openpyxl

    workbook = openpyxl.load_workbook(file)
    workbook.save(file)


def read(file: Path) -> list[list[list[object]]]:
    """Every value as openpyxl gives it in its read-only way."""
    import openpyxl

    workbook = openpyxl.load_workbook(file, read_only=True)
    with contextlib.closing(workbook):
        return [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in workbook.worksheets]


def painted(file: Path) -> list[list[Painted]]:
    """Every cell that the file has, blank ones inside merged ranges too (opened as a whole they are lost)."""
    import openpyxl
    from openpyxl.cell.read_only import ReadOnlyCell

    values: Any = openpyxl.load_workbook(file, read_only=True, data_only=True)
    formulas: Any = openpyxl.load_workbook(file, read_only=True)
    with contextlib.closing(values), contextlib.closing(formulas):
        return [
            [
                Painted(
                    cell.row - 1,
                    cell.column - 1,
                    cell.value,
                    str(beside.value) if beside.data_type == "f" else "",
                    cell.number_format,
                    tuple(cell.style_array),
                )
                for row, row_beside in zip(sheet.rows, other.rows, strict=True)
                for cell, beside in zip(row, row_beside, strict=True)
                if isinstance(cell, ReadOnlyCell)
            ]
            for sheet, other in zip(values.worksheets, formulas.worksheets, strict=True)
        ]


def dressed(file: Path) -> list[Dress]:
    """What the sheets have beside their cells."""
    import openpyxl
    from openpyxl.utils import column_index_from_string

    return [
        Dress(
            tuple((column_index_from_string(n) - 1, d.width) for n, d in sheet.column_dimensions.items()),
            tuple((n - 1, d.height) for n, d in sheet.row_dimensions.items() if d.height),
            tuple((m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1) for m in sheet.merged_cells),
        )
        for sheet in openpyxl.load_workbook(file).worksheets
    ]


def write(sheets: list[list[Painted]], path: Path, dress: list[Dress] | None = None) -> None:
    """The cells, each style as one of its own; with `dress` what stands beside them as well."""
    import xlsxwriter

    workbook = xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_formulas": False})
    styles = {cell.style: cell.number_format for cells in sheets for cell in cells}
    looks = {
        style: workbook.add_format(
            {"border": 1, "text_wrap": True, "font_size": 6 + number, "num_format": number_format}
        )
        for number, (style, number_format) in enumerate(sorted(styles.items()))
    }
    for index, cells in enumerate(sheets):
        sheet = workbook.add_worksheet()
        if dress is not None:
            _dress(sheet, dress[index])
        for row, column, value, formula, _, style in cells:
            if formula:
                sheet.write_formula(row, column, formula, looks[style], value)
            elif isinstance(value, str):
                sheet.write_string(row, column, value, looks[style])
            elif isinstance(value, int | float):
                sheet.write_number(row, column, value, looks[style])
            elif value is None:
                sheet.write_blank(row, column, None, looks[style])
            elif isinstance(value, datetime.datetime):
                sheet.write_datetime(row, column, value, looks[style])
    workbook.close()


def _dress(sheet: Worksheet, dress: Dress) -> None:
    for column, width in dress.widths:
        sheet.set_column(column, column, width)
    for row, height in dress.heights:
        sheet.set_row(row, height)
    for merged in dress.merged:
        sheet.merge_range(*merged, "")
