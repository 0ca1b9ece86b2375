"""The height of rows in tables, and a grid that can be seen, as the settings have them."""

from __future__ import annotations

from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QTableView

from ui.colours import is_dark

PADDING_PROPERTY = "zhibao_row_padding"
USUAL_PADDING = 10
"""What a row has beyond its text, in pixels."""

GRID = QColor("#565b64")


def fit_rows(view: QTableView) -> None:
    """Give a table's rows their height; called when a table is made and when a setting changes."""
    app = QApplication.instance()
    padding = app.property(PADDING_PROPERTY) if app is not None else None
    wanted = view.fontMetrics().height() + (padding if isinstance(padding, int) else USUAL_PADDING)
    view.verticalHeader().setDefaultSectionSize(wanted)
    # Fusion draws the grid a little darker than a table's window colour: in the dark nobody would see it
    palette = QGuiApplication.palette()
    colour = GRID if is_dark(palette) else palette.window().color()
    own = view.palette()
    if own.window().color() != colour:
        own.setColor(QPalette.ColorRole.Window, colour)
        view.setPalette(own)
