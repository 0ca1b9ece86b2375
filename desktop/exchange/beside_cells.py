"""What people do beside a figure and expect to be understood: merging cells, pinning notes, striking out.

None of it changes what is read; each is said, so that nobody is surprised by the figure that was taken.
"""

from __future__ import annotations

from desktop.exchange.comparison import Log, Place
from desktop.exchange.notes import covers
from desktop.exchange.tables import Row, Table
from desktop.model.finding import Severity


def note_beside(place: Place, columns: tuple[str, ...], log: Log, own_notes: tuple[str, ...] = ()) -> None:
    """Findings on one row's content cells; `own_notes` are those that the program itself pins to cells."""
    if place.table is None or place.row is None:
        return
    for column in columns:
        cell = place.cell(column)
        ref = cell.ref if cell else _reference(place.table, place.row, column)
        if cell and cell.struck:
            log.say(place, "exchange.struck", Severity.WARNING, column, content=cell.text)
        merged = next((range_ for range_ in place.table.merged if covers(range_, ref)), "")
        if merged:
            log.say(place, "exchange.merged", Severity.WARNING, column, range=merged)
        note = place.table.notes.get(ref, "")
        if note and note not in own_notes:
            code = "exchange.cell_note" if log.plan.has_element(place.address) else "exchange.text_note"
            log.say(place, code, Severity.NOTICE, column, content=note)


def _reference(table: Table, row: Row, column: str) -> str:
    letters = table.columns.get(column, "")
    return f"{letters}{row.number}" if letters else ""
