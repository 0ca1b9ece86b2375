"""Small parts of the board: tables whose rows are chosen, hints for empty ones, lists to choose from."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.empty_hint import EmptyHint
from ui.fitted_columns import FittedColumns
from ui.i18n import translate
from ui.rows import fit_rows

LEAST_ROWS = 4
"""Rows that a table shows on the smallest screen."""


def board_table(
    model: QAbstractItemModel,
    name: str,
    *,
    weights: Sequence[int] = (),
    whole: Collection[int] = (),
    empty: str = "",
) -> QTableView:
    """A table of which whole rows are chosen. Tab leaves it, Ctrl+C copies all of it with its titles.

    `weights` say which columns take spare width, `whole` which are never cut, `empty` what to do next where
    there are no rows.
    """
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName(name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    fit_rows(table)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    row = table.verticalHeader().defaultSectionSize()
    table.setMinimumHeight(table.horizontalHeader().sizeHint().height() + LEAST_ROWS * row)
    table.horizontalHeader().setHighlightSections(False)
    FittedColumns(table, weights or (1,) * model.columnCount(), whole)
    if empty:
        EmptyHint(table, empty)
    copy = QAction(translate("TextTable", "复制全表"), table)
    copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
    copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(as_text(model)))
    table.addAction(copy)
    return table


class SaidLine(QLabel):
    """What is said of the row chosen: two lines at least, so that what is below stays where it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def heightForWidth(self, width: int) -> int:
        """At least two lines."""
        return max(super().heightForWidth(width), 2 * self.fontMetrics().lineSpacing())


def as_text(model: QAbstractItemModel) -> str:
    """A whole table with its titles, for the clipboard."""
    columns = range(model.columnCount())
    titles = [str(model.headerData(n, Qt.Orientation.Horizontal)) for n in columns]
    rows = [[str(model.index(row, n).data() or "") for n in columns] for row in range(model.rowCount())]
    return "\n".join("\t".join(line) for line in (titles, *rows))


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
