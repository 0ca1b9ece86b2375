"""Writing what an office sends: readable tables for people, and the manifest sheet behind them."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.exchange.atomic import write_whole
from desktop.exchange.format.layout import DEMO, MANIFEST_SHEET
from desktop.exchange.office.office_file import OfficeFile, manifest_rows
from desktop.exchange.writing.pages import cell_text, height_of, lines_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_A4 = 9


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of rows of text, with the width of each column in characters."""

    name: str
    headers: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OfficeBook:
    """What people see of such a file; `created` stands in its properties, so that bytes can be made again."""

    title: str
    tables: Sequence[Table]
    created: datetime.datetime | None = None
    synthetic: bool = False


def write_office_file(file: OfficeFile, book: OfficeBook, path: Path, *, overwrite: bool = False) -> None:
    """Write the workbook.

    Raises InputError if it exists (unless `overwrite`) or a text is too long for a cell, EnvironmentFault if
    it can't be written.
    """
    import xlsxwriter

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(content, options)
    title = f"{f'{DEMO}　' if book.synthetic else ''}{book.title}"
    workbook.set_properties({"title": cell_text(title), "created": _created(book)})
    for table in book.tables:
        _write(workbook, table, title)
    _write_manifest(workbook, file)
    workbook.close()
    write_whole(path, content.getvalue(), f"写入{file.label}", overwrite=overwrite)


def _write(workbook: Workbook, table: Table, title: str) -> None:
    sheet = workbook.add_worksheet(table.name)
    bold = workbook.add_format({"bold": True, "font_size": 14})
    header = workbook.add_format({"bold": True, "bg_color": "#DDE6EE", "border": 1, "text_wrap": True})
    cell = workbook.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, cell_text(title), bold)
    for index, row in enumerate((table.headers, *table.rows), 1):
        lines = (lines_of(text, width - 1) for text, width in zip(row, table.widths, strict=True))
        sheet.set_row(index, height_of(max(lines, default=1)))  # not every program fits wrapped text
        for column, text in enumerate(row):
            sheet.write_string(index, column, cell_text(text), header if index == 1 else cell)
    for column, width in enumerate(table.widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _write_manifest(workbook: Workbook, file: OfficeFile) -> None:
    sheet = workbook.add_worksheet(MANIFEST_SHEET)
    sheet.very_hidden()
    for index, row in enumerate(manifest_rows(file)):
        for column, text in enumerate(row):
            sheet.write_string(index, column, text)


def _created(book: OfficeBook) -> datetime.datetime:
    moment = book.created or datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    return moment.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)
