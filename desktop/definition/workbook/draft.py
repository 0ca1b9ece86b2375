"""What a workbook's sheets say, before it is a plan: records, the cells of their fields, and findings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from desktop.definition.places import FRAME_FILE, Where, entries_of
from desktop.definition.reader import name_of
from desktop.definition.workbook.cells import to_cell
from desktop.definition.workbook.columns import Column, collection_columns, frame_columns
from desktop.definition.workbook.places import Cell, Places, cell_finding
from desktop.definition.workbook.words import COLLECTION_SHEETS
from desktop.model.canonical import Json
from desktop.model.finding import Finding, Severity

Path = tuple[str, ...]
_LONGEST_SHOWN = 60


@dataclass(slots=True)
class Entry:
    """One record: its document, its first cell and the cells of its fields.

    `drafted` says that it came without an id, so that its targets and data elements may be missing too.
    """

    record: Json
    home: Cell
    cells: dict[Path, Cell] = field(default_factory=dict)
    drafted: bool = False

    def cell(self, column: Column) -> Cell:
        """Where a field stands, or should stand."""
        return self.cells.get(column.path) or Cell(self.home.sheet, self.home.ref, column.label)


class Draft:
    """Everything that was gathered; `sheets` are those that stand in the workbook."""

    def __init__(self, frame: Entry) -> None:
        self.frame = frame
        self.entries: dict[str, list[Entry]] = {}
        self.findings: list[Finding] = []
        self.years: tuple[int | None, int | None] = (None, None)
        """Baseline and target year in the headers of a pasted table."""
        self.responsible: dict[str, tuple[str, ...]] = {}
        """Bodies that a pasted table names for an indicator."""
        self.each_year: set[str] = set()
        """Indicators whose unit says that they are counted each year (件/年)."""
        self.wordings: list[tuple[str, tuple[str, ...]]] = []
        """Texts of pasted items with their bodies: they often name the indicators they serve."""
        self._defaulted: set[tuple[str, str, str]] = set()

    def add(self, collection: str, entry: Entry) -> Entry:
        """Add an entry at the end of its collection."""
        self.entries.setdefault(collection, []).append(entry)
        return entry

    def records(self, collection: str) -> list[Json]:
        """The documents of a collection's entries."""
        return [entry.record for entry in self.entries.get(collection, [])]

    def document(self) -> Json:
        """The plan's document."""
        collections = {name: self.records(name) for name in COLLECTION_SHEETS if name in self.entries}
        return {**self.frame.record, **collections}

    def places(self) -> Places:
        """Where the parts of the document stand in the workbook."""
        places = Places()
        for path, cell in self.frame.cells.items():
            places.note(Where(FRAME_FILE), path, cell)
        for collection, entries in self.entries.items():
            for number, entry in enumerate(entries, 1):
                where = entries_of(collection).at(name_of(entry.record, number))
                places.note_entry(where, entry.home)
                for column in collection_columns(collection):
                    places.note(where, column.path, entry.cell(column))
        return places

    def say(self, code: str, severity: Severity, cell: Cell, **params: str) -> None:
        """Note a finding at a cell, once."""
        known = (code, cell.address, "|".join(params.values()))
        if known not in self._defaulted:
            self._defaulted.add(known)
            self.findings.append(cell_finding(code, severity, cell, **params))

    def default(self, collection: str, entry: Entry, key: str, value: Any, why: str) -> None:
        """Fill a field that was left out, and say so at its cell; a field that holds something stays."""
        column = _column(collection, key)
        if column.value_in(entry.record) is not None:
            return
        column.put(entry.record, value)
        shown = str(to_cell(column.kind, value, column.like)).replace("\n", "；")
        if len(shown) > _LONGEST_SHOWN:
            shown = f"{shown[:_LONGEST_SHOWN]}…"
        cell = entry.cell(column)
        self.say(
            "plan.default.value",
            Severity.NOTICE,
            Cell(cell.sheet, cell.ref, column.label),
            value=shown,
            why=why,
        )

    def free_id(self, collection: str, prefix: str, number: int) -> str:
        """An id such as e07 that no entry of the collection has."""
        taken = {record.get("id") for record in self.records(collection)}
        while f"{prefix}{number:02d}" in taken:
            number += 1
        return f"{prefix}{number:02d}"


def _column(collection: str, key: str) -> Column:
    columns: Iterable[Column] = collection_columns(collection) if collection else frame_columns()
    return next(column for column in columns if column.key == key)


def bare_name(text: str) -> str:
    """A name in one line, without the numbering before it."""
    return re.sub(r"^[\s（(]*[0-9一二三四五六七八九十]+[）).、．]\s*", "", "".join(text.split()))
