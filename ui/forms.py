"""Small helpers for forms."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

SCREEN_SHARE = 0.95


class EnterField(QLineEdit):
    """A field that says when Enter was pressed in it, and never presses the button of its dialog."""

    passed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is kept from the dialog."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.passed.emit()
            event.accept()
            return
        super().keyPressEvent(event)


def labelled(text: str, field: QWidget) -> QLabel:
    """A label whose access key goes to the field; QFormLayout does so only where the field stands alone."""
    label = QLabel(text)
    label.setBuddy(field)
    return label


def em_of(widget: QWidget) -> int:
    """The width of a Chinese character in a widget's type, in pixels."""
    return widget.fontMetrics().horizontalAdvance("国")


def room_for(widget: QWidget, wide: float, high: float) -> QSize:
    """A size in widths of a Chinese character, never larger than what the screen has to give."""
    em = em_of(widget)
    there = widget.screen().availableGeometry().size() * SCREEN_SHARE
    return QSize(int(em * wide), int(em * high)).boundedTo(there)
