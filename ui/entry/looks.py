"""How the cells of the sheet look: colours and fonts, which say nothing that their texts don't say."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QGuiApplication

from desktop.model.submission import FigureState
from desktop.workspace import FormSession
from ui.colours import Tone, tone, wash
from ui.entry.columns import COL_CURRENT, COL_NAME, COL_REMARK
from ui.entry.figure_cells import CellTexts, RatioLine, Row


class Looks:
    """Colours and fonts, made once for a palette: a repaint asks for thousands of them."""

    def __init__(self) -> None:
        palette = QGuiApplication.palette()
        self.tones = {which: tone(palette, which) for which in Tone}
        self.field = wash(palette, Tone.INFO)
        self.header = palette.alternateBase()
        self.bold, self.slanted, self.upright = QFont(), QFont(), QFont()
        self.bold.setBold(True)
        self.slanted.setItalic(True)

    def foreground(self, row: Row, column: int, session: FormSession, cells: CellTexts) -> QColor | None:
        """The colour of a cell's text; None for the usual one."""
        if column == COL_REMARK:
            return self.tones[cells.remark(row).tone]
        if isinstance(row, RatioLine):
            return None if column == COL_CURRENT else self.tones[Tone.MUTED]
        if not row.due or column not in (COL_NAME, COL_CURRENT):
            return self.tones[Tone.MUTED]
        if column == COL_CURRENT:
            state = session.section.figure(row.element.id).state
            if state is FigureState.UNREADABLE:
                return self.tones[Tone.ERROR]
            if state in (FigureState.BLANK, FigureState.NIL):
                return self.tones[Tone.MUTED]
        return None

    def background(self, row: Row, column: int, session: FormSession) -> QColor | None:
        """A field that waits for figures is tinted."""
        if column != COL_CURRENT or isinstance(row, RatioLine):
            return None
        return self.field if row.due and not session.locked else None

    def font(self, row: Row, session: FormSession) -> QFont:
        """The font of a row's figure."""
        if isinstance(row, RatioLine):
            return self.slanted
        blank = session.section.figure(row.element.id).state is FigureState.BLANK
        return self.slanted if blank else self.upright
