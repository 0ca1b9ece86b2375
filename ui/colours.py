"""Colours that say something, for light and dark palettes. They never say it alone: a text stands beside."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

WASH_ALPHA = 22

DARK_BELOW = 128
"""A window background darker than this lightness (0–255) is a dark theme."""


class Tone(StrEnum):
    """What a colour says."""

    ERROR = "error"
    WARNING = "warning"
    GOOD = "good"
    INFO = "info"
    MUTED = "muted"


# Each pair has a contrast of at least 4.5:1 on every background of ui.palettes, light and dark.
_LIGHT = {
    Tone.ERROR: "#b3261e",
    Tone.WARNING: "#8a5300",
    Tone.GOOD: "#1b6e3c",
    Tone.INFO: "#1f5fa8",
    Tone.MUTED: "#5f6368",
}
_DARK = {
    Tone.ERROR: "#ff8a80",
    Tone.WARNING: "#ffc46b",
    Tone.GOOD: "#7bd69a",
    Tone.INFO: "#8ab8f5",
    Tone.MUTED: "#a8adb3",
}


def is_dark(palette: QPalette) -> bool:
    """Whether the palette belongs to a dark theme."""
    return palette.color(QPalette.ColorRole.Base).lightness() < DARK_BELOW


def tone(palette: QPalette, which: Tone) -> QColor:
    """The text colour for something said."""
    return QColor((_DARK if is_dark(palette) else _LIGHT)[which])


def wash(palette: QPalette, which: Tone) -> QColor:
    """A table's background faintly tinted by something said. It is opaque: what isn't, Qt blends in threads,
    and the first painting would wait for them.
    """
    ground, colour = palette.base().color(), tone(palette, which)
    return QColor(
        *(
            round(below + (above - below) * WASH_ALPHA / 255)
            for below, above in (
                (ground.red(), colour.red()),
                (ground.green(), colour.green()),
                (ground.blue(), colour.blue()),
            )
        )
    )


def tint(widget: QWidget, which: Tone) -> None:
    """Give a widget's text a colour that follows when light and dark change."""
    for old in widget.findChildren(_Tint):
        old.which = which
        old.apply()
        return
    _Tint(widget, which).apply()


class _Tint(QObject):
    """Sets the colour again whenever the palette around its widget changes."""

    def __init__(self, widget: QWidget, which: Tone) -> None:
        super().__init__(widget)
        self._widget = widget
        self._applying = False
        self.which = which
        widget.installEventFilter(self)

    def apply(self) -> None:
        """Take the colour for the palette that holds now."""
        self._applying = True
        palette = self._widget.palette()
        palette.setColor(self._widget.foregroundRole(), tone(palette, self.which))
        self._widget.setPalette(palette)
        self._applying = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the palette."""
        if event.type() == QEvent.Type.PaletteChange and not self._applying:
            self.apply()
        return False
