"""Small helpers for forms."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget


def labelled(text: str, field: QWidget) -> QLabel:
    """A label whose access key goes to the field; QFormLayout does so only where the field stands alone."""
    label = QLabel(text)
    label.setBuddy(field)
    return label
