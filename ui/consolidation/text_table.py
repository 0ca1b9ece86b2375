"""A read-only table of texts, as the consolidator's dialogs show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.colours import Tone, tone
from ui.i18n import translate
from ui.row_table import Index, Role, RowTable


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column's title, its width in Chinese characters, and whether its texts are figures."""

    title: str
    width: int
    figure: bool = False


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row; `tone` is said by a text of the row too."""

    texts: tuple[str, ...]
    tone: Tone | None = None


class TextTable(RowTable):
    """Rows of texts; long ones are whole in the tool tip."""

    def __init__(self, columns: Sequence[TextColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = len(columns)
        self.described = tuple(columns)
        self._rows: tuple[TextRow, ...] = ()

    def set_rows(self, rows: Sequence[TextRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        return self._rows[row].texts[column]

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Texts; figures to the right."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (Role.DisplayRole, Role.AccessibleTextRole, Role.ToolTipRole):
            return row.texts[index.column()]
        if role == Role.TextAlignmentRole and self.described[index.column()].figure:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ForegroundRole and row.tone is not None:
            return tone(QGuiApplication.palette(), row.tone)
        return None

    def _count(self) -> int:
        return len(self._rows)

    def _titles(self) -> Sequence[str]:
        return [column.title for column in self.described]


def text_view(model: TextTable, name: str) -> QTableView:
    """A view for such a table: rows are chosen, Ctrl+C copies them all with their titles, Tab leaves it."""
    view = QTableView()
    view.setModel(model)
    view.setAccessibleName(name)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 8)
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setStretchLastSection(True)
    em = view.fontMetrics().horizontalAdvance("国")
    for index, column in enumerate(model.described):
        view.setColumnWidth(index, em * column.width)
    view.setMinimumHeight(view.fontMetrics().height() * 5)
    copy = QAction(translate("TextTable", "复制全表"), view)
    copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
    copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(_as_text(model)))
    view.addAction(copy)
    return view


def _as_text(model: TextTable) -> str:
    titles = [column.title for column in model.described]
    rows = [[model.text(row, n) for n in range(model.columns)] for row in range(model.rowCount())]
    return "\n".join("\t".join(line) for line in (titles, *rows))
