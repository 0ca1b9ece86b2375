"""A plan workbook → a checked plan; every problem is a finding at a cell."""

from __future__ import annotations

from pathlib import Path

from desktop.definition.document import Loaded, plan_from_document
from desktop.definition.places import FRAME_FILE, Where, entries_of
from desktop.definition.reader import name_of
from desktop.definition.workbook.cells import BLANK, from_cell
from desktop.definition.workbook.columns import (
    NOTE_KEYS,
    NOTED,
    Column,
    collection_columns,
    frame_columns,
    required_collections,
)
from desktop.definition.workbook.places import Cell, Places, cell_finding
from desktop.definition.workbook.sheets import Row, Table, letters, not_a_workbook, read_sheets, table
from desktop.definition.workbook.words import (
    COLLECTION_SHEETS,
    FRAME_HEADERS,
    FRAME_SHEET,
    HELP_SHEET,
    NOTE_HEADERS,
    NOTES_SHEET,
)
from desktop.exchange.safety import open_checked
from desktop.model.canonical import Json
from desktop.model.finding import Finding, Severity

_KNOWN_SHEETS = (FRAME_SHEET, *COLLECTION_SHEETS.values(), NOTES_SHEET, HELP_SHEET)
_REQUIRED_SHEETS = (FRAME_SHEET, *(COLLECTION_SHEETS[name] for name in required_collections()))
_NOTED_SHEETS = {COLLECTION_SHEETS[collection]: collection for collection in NOTED}
_STRUCTURAL = ("plan.sheet_missing", "plan.header_missing")
"""What makes the rest unreadable, so that its findings would only hide these."""


def read_plan_workbook(path: Path) -> Loaded:
    """Read and check a plan workbook.

    Raises InputError if the file isn't one, EnvironmentFault if it can't be read.
    """
    sheets = read_sheets(open_checked(path), path.name)
    if not any(sheet in sheets for sheet in _REQUIRED_SHEETS):
        raise not_a_workbook(path.name)
    return plan_of_sheets(sheets)


def plan_of_sheets(sheets: dict[str, list[Row]]) -> Loaded:
    """The plan of a workbook's sheets; never raises on what stands in them."""
    gathering = _Gathering(sheets)
    if any(finding.code in _STRUCTURAL for finding in gathering.findings):
        return Loaded(None, tuple(gathering.findings))
    loaded = plan_from_document(gathering.document)
    told = {finding.address for finding in gathering.findings if finding.severity is Severity.ERROR}
    moved = (gathering.places.at_cell(finding) for finding in loaded.findings)
    others = dict.fromkeys(finding for finding in moved if finding.address not in told)
    findings = [*gathering.findings, *others]
    findings.sort(key=lambda finding: finding.severity is not Severity.ERROR)
    return Loaded(None if told else loaded.plan, tuple(findings))


class _Gathering:
    """Gathers the document of a workbook's sheets, with the cell of every part and what couldn't be read."""

    def __init__(self, sheets: dict[str, list[Row]]) -> None:
        self.document: Json = {}
        self.places = Places()
        self.findings: list[Finding] = []
        self._sheets = sheets
        self._entries: dict[tuple[str, str], tuple[Json, Where]] = {}
        self._look_at_sheets()
        self._read_frame()
        for collection, sheet in COLLECTION_SHEETS.items():
            if sheet in sheets:
                self.document[collection] = self._read_collection(collection, sheet)
        self._read_notes()

    def _look_at_sheets(self) -> None:
        for sheet in _REQUIRED_SHEETS:
            if sheet not in self._sheets:
                self.findings.append(cell_finding("plan.sheet_missing", Severity.ERROR, Cell(sheet)))
        for sheet in self._sheets:
            if sheet not in _KNOWN_SHEETS:
                self.findings.append(cell_finding("plan.sheet_unknown", Severity.NOTICE, Cell(sheet)))

    def _table(self, sheet: str, labels: dict[str, str]) -> Table:
        """The table of a sheet; an empty one where the sheet is missing, empty, or has no headers."""
        rows = self._sheets.get(sheet, [])
        found = table(sheet, rows, labels)
        if found is None and rows:
            self.findings.append(cell_finding("plan.header_missing", Severity.ERROR, Cell(sheet, "A1")))
        self.findings += found.findings if found else ()
        return found or Table(sheet, (), {}, 1)

    def _take(self, lines: Table, row: Row, name: str, column: Column, record: Json) -> None:
        """Put a cell's value into a record."""
        fault = lines.fault(row, name, column.label)
        if fault is not None:
            self.findings.append(fault)
        raw = lines.raw(row, name)
        value = from_cell(column.kind, raw.value, percent=raw.percent)
        if value is not BLANK:
            column.put(record, value)

    def _read_frame(self) -> None:
        columns = {column.key: column for column in frame_columns()}
        by_label = {column.label: column for column in columns.values()}
        end = max((row.number for row in self._sheets.get(FRAME_SHEET, [])), default=0) + 1
        for column in columns.values():
            self.places.note(Where(FRAME_FILE), column.path, Cell(FRAME_SHEET, f"A{end}", column.label))
        lines = self._table(FRAME_SHEET, FRAME_HEADERS)
        for row in lines.rows:
            key, label = lines.raw(row, "key").text, lines.raw(row, "label").text
            found = columns.get(key) or by_label.get(label)
            if found is None:
                self._unknown_line(lines, row, key or label)
                continue
            self._take(lines, row, "value", found, self.document)
            self.places.note(Where(FRAME_FILE), found.path, lines.cell(row, "value", found.label))

    def _unknown_line(self, lines: Table, row: Row, found: str) -> None:
        cell = lines.cell(row, "key" if "key" in lines.columns else "label", "")
        self.findings.append(cell_finding("plan.line_unknown", Severity.WARNING, cell, found=found))

    def _read_collection(self, collection: str, sheet: str) -> list[Json]:
        columns = collection_columns(collection)
        lines = self._table(sheet, {column.key: column.label for column in columns})
        entries = []
        for number, row in enumerate(lines.rows, 1):
            entry: Json = {}
            for column in columns:
                self._take(lines, row, column.key, column, entry)
            where = entries_of(collection).at(name_of(entry, number))
            self._entries[(collection, name_of(entry, number))] = (entry, where)
            self._note_entry(lines, row, columns, where)
            entries.append(entry)
        return entries

    def _note_entry(self, lines: Table, row: Row, columns: tuple[Column, ...], where: Where) -> None:
        first = Cell(lines.sheet, f"{letters(min(lines.columns.values()))}{row.number}")
        self.places.note_entry(where, first)
        for column in columns:
            noted = lines.sheet in _NOTED_SHEETS and column.key in NOTE_KEYS
            elsewhere = noted and column.key not in lines.columns
            here = lines.cell(row, column.key, column.label)
            self.places.note(
                where, column.path, Cell(first.sheet, first.ref, column.label) if elsewhere else here
            )

    def _read_notes(self) -> None:
        """Definitions stand on a sheet of their own, by the sheet and the id of what they define."""
        lines = self._table(NOTES_SHEET, NOTE_HEADERS)
        for row in lines.rows:
            sheet, id_ = lines.raw(row, "of").text, lines.raw(row, "id").text
            collection = _NOTED_SHEETS.get(sheet, "")
            if (collection, id_) not in self._entries:
                cell = lines.cell(row, "id", NOTE_HEADERS["id"])
                self.findings.append(
                    cell_finding("plan.note_unknown", Severity.ERROR, cell, of=sheet, found=id_)
                )
                continue
            entry, where = self._entries[(collection, id_)]
            for column in collection_columns(collection):
                if column.key in NOTE_KEYS:
                    self._take(lines, row, column.key, column, entry)
                    cell = lines.cell(row, column.key, column.label)
                    self.places.note(where, column.path, cell)
