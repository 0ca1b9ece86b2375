"""Which tone a cell of the sheet has, and how its figure is written: nothing that its text doesn't say."""

from __future__ import annotations

from desktop.model.submission import FigureState
from desktop.workspace import FormSession
from ui.colours import Tone
from ui.entry.columns import COL_CURRENT, COL_NAME, COL_REMARK
from ui.entry.figure_cells import CellTexts, RatioLine, Row


def tone_of(row: Row, column: int, session: FormSession, cells: CellTexts) -> Tone | None:
    """The tone of a cell's text; None for the usual one."""
    if column == COL_REMARK:
        return cells.remark(row).tone
    if isinstance(row, RatioLine):
        return None if column == COL_CURRENT else Tone.MUTED
    if not row.due or column not in (COL_NAME, COL_CURRENT):
        return Tone.MUTED
    if column == COL_CURRENT:
        state = session.section.figure(row.element.id).state
        if state is FigureState.UNREADABLE:
            return Tone.ERROR
        if state in (FigureState.BLANK, FigureState.NIL):
            return Tone.MUTED
    return None


def is_field(row: Row, session: FormSession) -> bool:
    """Whether a row waits for a figure: its field is tinted."""
    return not isinstance(row, RatioLine) and row.due and not session.locked


def is_slanted(row: Row, session: FormSession) -> bool:
    """Whether a row's figure is one that nobody typed."""
    if isinstance(row, RatioLine):
        return True
    return session.section.figure(row.element.id).state is FigureState.BLANK
