"""A viewport that PySide knows."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget


def own_viewport() -> QWidget:
    """What a table would make for itself. PySide knows the class of what was made here; for a widget that Qt
    made it loads all classes of widgets there are, and opening the first field hands over the viewport.
    """
    port = QWidget()
    port.setObjectName("qt_scrollarea_viewport")
    port.setBackgroundRole(QPalette.ColorRole.Base)
    port.setAutoFillBackground(True)
    return port
