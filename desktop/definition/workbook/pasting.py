"""The two tables of an official document, pasted as they are → records of the draft."""

from __future__ import annotations

from desktop.definition.workbook.draft import Draft
from desktop.definition.workbook.gathering import Sheets
from desktop.definition.workbook.pasted_tables import Pasted, find_table
from desktop.definition.workbook.pasting_indicators import ROLES as INDICATOR_ROLES
from desktop.definition.workbook.pasting_indicators import paste_indicators
from desktop.definition.workbook.pasting_tasks import ROLES as TASK_ROLES
from desktop.definition.workbook.pasting_tasks import paste_tasks
from desktop.definition.workbook.places import Cell
from desktop.definition.workbook.words import INDICATOR_TABLE, TASK_TABLE
from desktop.model.cell_name import cell_name
from desktop.model.finding import Severity


def paste(draft: Draft, sheets: Sheets) -> None:
    """Read the pasted tables into the draft; what isn't read is said at its cell."""
    for sheet, roles, needed, read in (
        (TASK_TABLE, TASK_ROLES, ("content", "task"), paste_tasks),
        (INDICATOR_TABLE, INDICATOR_ROLES, ("name",), paste_indicators),
    ):
        rows = sheets.get(sheet, [])
        if not rows:
            continue
        table = find_table(sheet, rows, roles)
        if table is None or not any(role in table.columns for role in needed):
            draft.say("plan.pasted.no_header", Severity.ERROR, Cell(sheet, f"A{rows[0].number}"))
            continue
        _say_unread(draft, table)
        read(draft, table)


def _say_unread(draft: Draft, table: Pasted) -> None:
    for column in table.unread:
        cell = Cell(table.sheet, cell_name(table.header_row, column))
        draft.say("plan.pasted.column_unread", Severity.NOTICE, cell, found=table.headers[column])
