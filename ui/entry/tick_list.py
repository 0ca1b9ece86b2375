"""A list of things to tick, whose boxes can be seen on a dark ground too."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QListWidget

from ui.colours import Tone, is_dark, tone


class TickList(QListWidget):
    """`outline` is to be called when the list is shown anew: the theme may have changed."""

    def outline(self) -> None:
        """Fusion draws the boxes' outline darker than the window: on a dark list nobody would see it."""
        palette = QGuiApplication.palette()
        if is_dark(palette):
            palette.setColor(QPalette.ColorRole.Window, tone(palette, Tone.MUTED))
        self.setPalette(palette)
