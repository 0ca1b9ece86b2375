"""Where a part of a plan stands in its workbook, so that a finding names sheet and cell."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from desktop.definition.places import FRAME_FILE, Where, entries_of, table_of
from desktop.definition.workbook.choices import enumerations
from desktop.definition.workbook.words import COLLECTION_SHEETS, FRAME_SHEET
from desktop.model.catalogue import REMEDIES
from desktop.model.catalogue.plan_messages import TYPES, WORKBOOK_REMEDIES, WORKBOOK_TYPES
from desktop.model.catalogue.plan_workbook_messages import SAID_AT_CELLS
from desktop.model.finding import Finding, Severity

_EXPECTED = {
    **{TYPES[name]: text for name, text in WORKBOOK_TYPES.items()},
    **{
        "、".join(member.value for member in kind): "、".join(words.shown.values())
        for kind, words in enumerations().items()
    },
}
"""What findings on a document say of types and choices → what a workbook calls them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the workbook with the name of its column or line; without `ref` the sheet as a whole."""

    sheet: str
    ref: str = ""
    label: str = ""

    @property
    def address(self) -> str:
        """What a finding carries, e.g. 数据项!C12."""
        return f"{self.sheet}!{self.ref}" if self.ref else self.sheet

    @property
    def params(self) -> dict[str, str]:
        """How messages name it."""
        key = f"{self.ref}（{self.label}）" if self.label else self.ref or self.sheet
        return {"file": f"工作表“{self.sheet}”", "key": key}


def cell_finding(code: str, severity: Severity, cell: Cell, **params: str) -> Finding:
    """A finding at a cell, with the remedy that fits a workbook."""
    known = {**params, **cell.params}
    said = SAID_AT_CELLS.get(code) or WORKBOOK_REMEDIES.get(code) or REMEDIES[code]
    remedy = said.format_map(known)
    return Finding(code, severity, address=cell.address, params={**known, "remedy": remedy})


class Places:
    """Addresses of findings on a document → cells."""

    def __init__(self) -> None:
        self._cells = {FRAME_FILE: Cell(FRAME_SHEET)}
        for collection, sheet in COLLECTION_SHEETS.items():
            self._cells[entries_of(collection).address] = Cell(sheet)
            self._cells[table_of(collection).address] = Cell(sheet)

    def note(self, entry: Where, path: tuple[str, ...], cell: Cell) -> None:
        """Remember where a field stands; its holder (`unit` of `unit.typed`) stands at its first cell."""
        for length in range(len(path), 0, -1):
            whole = length == len(path)
            address = entry.at(".".join(path[:length])).address
            if whole or address not in self._cells:
                self._cells[address] = cell

    def note_entry(self, entry: Where, cell: Cell) -> None:
        """Remember where an entry stands: findings on the whole of it go there."""
        self._cells[entry.address] = cell

    def find(self, address: str) -> Cell:
        """The cell of a finding's address, or of the nearest part that has one."""
        while address not in self._cells:
            file, hash_, key = address.partition("#")
            if not hash_:
                return Cell(FRAME_SHEET)
            above = key.rpartition(".")[0]
            address = f"{file}#{above}" if above else file
        return self._cells[address]

    def at_cell(self, finding: Finding) -> Finding:
        """A finding on the document as one on the workbook."""
        params = {
            name: _EXPECTED.get(text, text)
            for name, text in finding.params.items()
            if name not in ("file", "key", "remedy")
        }
        moved = cell_finding(finding.code, finding.severity, self.find(finding.address), **params)
        return dataclasses.replace(moved, qualifier=finding.qualifier)
