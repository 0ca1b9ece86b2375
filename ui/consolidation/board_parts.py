"""Small parts of the board: tables whose rows are chosen, hints for empty ones, lists to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.rows import fit_rows


def board_table(model: QAbstractItemModel, name: str) -> QTableView:
    """A table of which whole rows are chosen; Tab leaves it."""
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName(name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.setMinimumHeight(table.fontMetrics().height() * 5)
    table.verticalHeader().hide()
    fit_rows(table)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setHighlightSections(False)
    return table


def hint(text: str) -> QLabel:
    """What stands where nothing is yet: what to do next."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label


def stacked(*widgets: QWidget) -> QWidget:
    """Widgets one below the other."""
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget)
    return box


def refill(box: QComboBox, choices: Sequence[tuple[str, str]]) -> None:
    """Offer other choices, each a label and its data; what was chosen stays chosen where it can."""
    kept = box.currentData()
    box.clear()
    for label, data in choices:
        box.addItem(label, data)
    box.setCurrentIndex(max(box.findData(kept), 0))
