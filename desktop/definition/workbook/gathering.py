"""A workbook's sheets → a draft: every record with its cells, and what couldn't be read."""

from __future__ import annotations

from desktop.definition.workbook.cells import BLANK, from_cell
from desktop.definition.workbook.columns import (
    NOTE_KEYS,
    NOTED,
    Column,
    collection_columns,
    frame_columns,
    required_collections,
)
from desktop.definition.workbook.draft import Draft, Entry
from desktop.definition.workbook.places import Cell
from desktop.definition.workbook.sheets import Row, Table, table
from desktop.definition.workbook.words import (
    COLLECTION_SHEETS,
    FRAME_HEADERS,
    FRAME_SHEET,
    HELP_SHEET,
    INDICATOR_TABLE,
    NOTE_HEADERS,
    NOTES_SHEET,
    TASK_TABLE,
)
from desktop.model.canonical import Json
from desktop.model.cell_name import cell_name
from desktop.model.finding import Severity

_KNOWN_SHEETS = (
    FRAME_SHEET,
    *COLLECTION_SHEETS.values(),
    NOTES_SHEET,
    HELP_SHEET,
    INDICATOR_TABLE,
    TASK_TABLE,
)
REQUIRED_SHEETS = (FRAME_SHEET, *(COLLECTION_SHEETS[name] for name in required_collections()))
_NOTED_SHEETS = {COLLECTION_SHEETS[collection]: collection for collection in NOTED}

Sheets = dict[str, list[Row]]


def gather(sheets: Sheets) -> Draft:
    """The draft of a workbook's own sheets; never raises on what stands in them."""
    gathering = _Gathering(sheets)
    return gathering.draft


class _Gathering:
    def __init__(self, sheets: Sheets) -> None:
        self.draft = Draft(Entry({}, Cell(FRAME_SHEET)))
        self._sheets = sheets
        self._look_at_sheets()
        self._read_frame()
        for collection, sheet in COLLECTION_SHEETS.items():
            if sheet in sheets:
                self.draft.entries[collection] = self._read_collection(collection, sheet)
        self._read_notes()

    def _look_at_sheets(self) -> None:
        for sheet in REQUIRED_SHEETS:
            if sheet not in self._sheets:
                self.draft.say("plan.sheet_missing", Severity.ERROR, Cell(sheet))
        for sheet in self._sheets:
            if sheet not in _KNOWN_SHEETS:
                self.draft.say("plan.sheet_unknown", Severity.NOTICE, Cell(sheet))

    def _table(self, sheet: str, labels: dict[str, str]) -> Table:
        """The table of a sheet; an empty one where the sheet is missing, empty, or has no headers."""
        rows = self._sheets.get(sheet, [])
        found = table(sheet, rows, labels)
        if found is None and rows:
            self.draft.say("plan.header_missing", Severity.ERROR, Cell(sheet, "A1"))
        self.draft.findings += found.findings if found else ()
        return found or Table(sheet, (), {}, 1)

    def _take(self, lines: Table, row: Row, name: str, column: Column, record: Json) -> None:
        """Put a cell's value into a record."""
        fault = lines.fault(row, name, column.label)
        if fault is not None:
            self.draft.findings.append(fault)
        raw = lines.raw(row, name)
        value = from_cell(column.kind, raw.value, column.like, percent=raw.percent)
        if value is not BLANK:
            column.put(record, value)

    def _read_frame(self) -> None:
        columns = {column.key: column for column in frame_columns()}
        by_label = {column.label: column for column in columns.values()}
        end = max((row.number for row in self._sheets.get(FRAME_SHEET, [])), default=0) + 1
        frame = self.draft.frame
        for column in columns.values():
            frame.cells[column.path] = Cell(FRAME_SHEET, f"A{end}", column.label)
        lines = self._table(FRAME_SHEET, FRAME_HEADERS)
        for row in lines.rows:
            key, label = lines.raw(row, "key").text, lines.raw(row, "label").text
            found = columns.get(key) or by_label.get(label)
            if found is None:
                cell = lines.cell(row, "key" if "key" in lines.columns else "label", "")
                self.draft.say("plan.line_unknown", Severity.WARNING, cell, found=key or label)
                continue
            self._take(lines, row, "value", found, frame.record)
            frame.cells[found.path] = lines.cell(row, "value", found.label)

    def _read_collection(self, collection: str, sheet: str) -> list[Entry]:
        columns = collection_columns(collection)
        lines = self._table(sheet, {column.key: column.label for column in columns})
        return [self._read_entry(lines, row, columns) for row in lines.rows]

    def _read_entry(self, lines: Table, row: Row, columns: tuple[Column, ...]) -> Entry:
        first = Cell(lines.sheet, cell_name(row.number, min(lines.columns.values())))
        entry = Entry({}, first)
        for column in columns:
            self._take(lines, row, column.key, column, entry.record)
            noted = lines.sheet in _NOTED_SHEETS and column.key in NOTE_KEYS
            elsewhere = noted and column.key not in lines.columns
            here = lines.cell(row, column.key, column.label)
            entry.cells[column.path] = Cell(first.sheet, first.ref, column.label) if elsewhere else here
        return entry

    def _read_notes(self) -> None:
        """Definitions stand on a sheet of their own, by the sheet and the id or name of what they define."""
        lines = self._table(NOTES_SHEET, NOTE_HEADERS)
        for row in lines.rows:
            sheet, id_, name = (lines.raw(row, key).text for key in ("of", "id", "name"))
            collection = _NOTED_SHEETS.get(sheet, "")
            entry = self._noted(collection, id_, name)
            if entry is None:
                cell = lines.cell(row, "id", NOTE_HEADERS["id"])
                self.draft.say("plan.note_unknown", Severity.ERROR, cell, of=sheet, found=id_ or name)
                continue
            for column in collection_columns(collection):
                if column.key in NOTE_KEYS:
                    self._take(lines, row, column.key, column, entry.record)
                    entry.cells[column.path] = lines.cell(row, column.key, column.label)

    def _noted(self, collection: str, id_: str, name: str) -> Entry | None:
        key, wanted = ("id", id_) if id_ else ("name", name)
        found = [e for e in self.draft.entries.get(collection, []) if str(e.record.get(key)) == wanted]
        return found[0] if wanted and (len(found) == 1 or (id_ and found)) else None
