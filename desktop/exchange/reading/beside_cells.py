"""What people do beside a figure and expect to be understood: merging cells, pinning notes, striking out.

None of it changes what is read; each is said, so that nobody is surprised by the figure that was taken.
"""

from __future__ import annotations

from desktop.exchange.parsing.notes import column_number
from desktop.exchange.reading.comparison import Log, Place
from desktop.model.finding import Severity


def note_beside(place: Place, columns: tuple[str, ...], log: Log, own_notes: tuple[str, ...] = ()) -> None:
    """Findings on one row's content cells; `own_notes` are those that the program itself pins to cells."""
    if place.table is None or place.row is None:
        return
    number = place.row.number
    merged_here = [merged for merged in place.table.merged if merged.top <= number <= merged.bottom]
    for column in columns:
        letters = place.table.columns.get(column, "")
        cell = place.cell(column)
        if cell and cell.struck:
            log.say(place, "exchange.struck", Severity.WARNING, column, content=cell.text)
        for merged in merged_here:
            if letters and merged.covers(number, column_number(letters)):
                log.say(place, "exchange.merged", Severity.WARNING, column, range=merged.text)
                break
        note = place.table.notes.get(f"{letters}{number}", "")
        if note and note not in own_notes:
            code = "exchange.cell_note" if log.plan.has_element(place.address) else "exchange.text_note"
            log.say(place, code, Severity.NOTICE, column, content=note)
