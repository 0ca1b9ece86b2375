"""The cells of a workbook's sheets as openpyxl parses them, each sheet in one pass with its formulas.

Its own reader goes through every sheet twice before a cell is read, and a third time for the formulas, to
learn what we don't need or don't believe. So only its parsers of cells, styles and texts are used here.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import IO, Any, NamedTuple
from xml.etree.ElementTree import iterparse

from desktop.exchange.safety import Package

_SHEET_PARTS = ".xml"


class RawCell(NamedTuple):
    """A cell as the parser gives it; `formula` is empty where there is none."""

    row: int
    column: int
    value: object
    data_type: str
    number_format: str
    struck: bool
    formula: str


class _Look(NamedTuple):
    number_format: str
    struck: bool


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet: its name, whether people see it, and the part that holds its cells."""

    name: str
    visible: bool
    part: str


class ParsedBook:
    """A workbook whose sheets are read one by one; raises what openpyxl raises on parts that are none."""

    def __init__(self, package: Package) -> None:
        from openpyxl.reader.excel import ExcelReader
        from openpyxl.styles.stylesheet import apply_stylesheet

        self._package = package
        content = io.BytesIO(package.content)
        self._reader: Any = ExcelReader(content, read_only=True, data_only=True, keep_links=False)
        self._reader.read_manifest()
        self._reader.read_strings()
        self._reader.read_workbook()
        self._reader.read_custom()
        apply_stylesheet(self._reader.archive, self._reader.wb)
        self._looks: dict[int, _Look] = {}

    @property
    def properties(self) -> Mapping[str, str]:
        """The custom document properties that are texts."""
        properties = self._reader.wb.custom_doc_props.props
        return {prop.name: prop.value for prop in properties if isinstance(prop.value, str)}

    def sheets(self) -> Iterator[SheetPart]:
        """The worksheets in their order."""
        for sheet, relation in self._reader.parser.find_sheets():
            if relation.target in self._reader.valid_files and "chartsheet" not in relation.Type:
                yield SheetPart(sheet.name, sheet.state == "visible", relation.target)

    def cells(self, sheet: SheetPart) -> Iterator[RawCell]:
        """The cells of a sheet that hold something, row by row; stated dimensions are not believed."""
        if not sheet.part.lower().endswith(_SHEET_PARTS):
            raise KeyError(f"nobody looked at {sheet.part}")
        if sheet.part in self._package.sheets:
            with self._reader.archive.open(sheet.part) as part:
                yield from self._parsed(part)

    def _parsed(self, part: IO[bytes]) -> Iterator[RawCell]:
        from openpyxl.worksheet._reader import FORMULA_TAG, ROW_TAG, WorkSheetParser

        workbook = self._reader.wb
        parser: Any = WorkSheetParser(
            part,
            self._reader.shared_strings,
            data_only=True,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,  # noqa: SLF001 - openpyxl's own sheets pass them on so
            timedelta_formats=workbook._timedelta_formats,  # noqa: SLF001
        )
        # no document type or entity gets here: `check` refuses them in every part that may hold cells
        for _, element in iterparse(part):  # noqa: S314
            if element.tag == ROW_TAG:
                row: dict[int, RawCell | None] = {}
                for source, cell in zip(element, parser.parse_row(element)[1], strict=True):
                    formula = source.find(FORMULA_TAG) is not None
                    text = _formula_text(parser.parse_formula(source)) if formula else ""
                    row[cell["column"]] = self._raw(cell, text)
                element.clear()
                yield from (raw for _, raw in sorted(row.items()) if raw is not None)

    def _raw(self, cell: Mapping[str, Any], formula: str) -> RawCell | None:
        value, style = cell["value"], cell["style_id"]
        if value is None and not formula:
            return None
        look = self._looks.get(style) or self._look(style)
        return RawCell(cell["row"], cell["column"], value, cell["data_type"], *look, formula)

    def _look(self, style: int) -> _Look:
        from openpyxl.cell.read_only import ReadOnlyCell

        sheet: Any = SimpleNamespace(parent=self._reader.wb)
        styled: Any = ReadOnlyCell(sheet, 1, 1, None, style_id=style)
        found = self._looks[style] = _Look(styled.number_format or "", bool(styled.font.strike))
        return found

    def close(self) -> None:
        """Let go of the file."""
        self._reader.archive.close()


def _formula_text(formula: object) -> str:
    """A formula as it is written; one over many cells knows its text itself."""
    text = formula if isinstance(formula, str) else getattr(formula, "text", None)
    return text or "="
