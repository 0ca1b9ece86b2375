"""Colours and fonts of the sheet's cells."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QGuiApplication

from ui.colours import Tone, tone, wash


class Looks:
    """Made once for a palette: a repaint asks for thousands of them."""

    def __init__(self) -> None:
        palette = QGuiApplication.palette()
        self._tones = {which: tone(palette, which) for which in Tone}
        self.field = wash(palette, Tone.INFO)
        self.header = palette.alternateBase()
        self.bold, self.slanted, self.upright = QFont(), QFont(), QFont()
        self.bold.setBold(True)
        self.slanted.setItalic(True)

    def colour(self, which: Tone | None) -> QColor | None:
        """The colour of a tone; None for the usual one."""
        return None if which is None else self._tones[which]
