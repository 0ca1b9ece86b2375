"""Small helpers for forms."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QWidget

SCREEN_SHARE = 0.95


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
