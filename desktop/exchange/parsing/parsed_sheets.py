"""The cells of a workbook's sheets as openpyxl parses them, each sheet in one pass with its formulas.

Its own reader goes through every sheet twice before a cell is read, and a third time for the formulas, to
learn what we don't need or don't believe. So only its parsers of cells, styles and texts are used here.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import IO, Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement, iterparse

from desktop.exchange.parsing.safety import Package

_SHEET_PARTS = ".xml"
_MOST_FOLLOWERS = 1_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _CELL, _COLUMN, _DATA = f"{_MAIN}row", f"{_MAIN}c", f"{_MAIN}col", f"{_MAIN}sheetData"
_FORMULA, _VALUE, _INLINE = f"{_MAIN}f", f"{_MAIN}v", f"{_MAIN}is"
_PIECE, _TEXT = f"{_MAIN}r", f"{_MAIN}t"


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
        from openpyxl.worksheet._reader import WorkSheetParser

        workbook = self._reader.wb
        parser: Any = WorkSheetParser(
            part,
            self._reader.shared_strings,
            data_only=True,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,  # noqa: SLF001 - openpyxl's own sheets pass them on so
            timedelta_formats=workbook._timedelta_formats,  # noqa: SLF001
        )
        formulas = _Formulas(parser)
        # no document type or entity gets here: `check` refuses them in every part that may hold cells
        for element in _rows(iterparse(part)):  # noqa: S314
            _join_pieces(element)
            row: dict[int, RawCell | None] = {}
            for source, cell in zip(element, parser.parse_row(element)[1], strict=True):
                row[cell["column"]] = self._raw(cell, formulas.text(source))
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


class _Formulas:
    """The formulas of a sheet as they are written."""

    def __init__(self, parser: Any) -> None:  # noqa: ANN401 - openpyxl's, of which one method is used
        self._parser = parser
        self._followers = 0

    def text(self, cell: Element) -> str:
        """A cell's formula, empty where there is none.

        Of one that follows another only `=` is said where there is a result beside it, and after so many:
        each is worked out from the first one's text.
        """
        formula = cell.find(_FORMULA)
        if formula is None:
            return ""
        if not formula.text:
            self._followers += 1
            if cell.findtext(_VALUE) or self._followers > _MOST_FOLLOWERS:
                return "="
        found = self._parser.parse_formula(cell)
        # one over many cells knows its text itself
        text = found if isinstance(found, str) else getattr(found, "text", None)
        return text or "="


def _rows(events: Iterable[tuple[str, Element]]) -> Iterator[Element]:
    """The rows as they are closed; what else there is much of beside them is dropped at once."""
    behind = False
    for _, element in events:
        if behind or element.tag == _COLUMN:
            element.clear()
        elif element.tag == _ROW:
            yield element
            element.clear()
        else:
            behind = element.tag == _DATA


def _join_pieces(row: Element) -> None:
    """Put texts of many pieces that stand in their cells into one; the parser makes an object of each."""
    for texts in row.findall(f"{_CELL}/{_INLINE}"):
        if texts.find(_PIECE) is not None:
            pieces = (*texts.findall(_TEXT), *texts.findall(f"{_PIECE}/{_TEXT}"))
            whole = "".join(piece.text or "" for piece in pieces)
            texts.clear()
            SubElement(texts, _TEXT).text = whole
