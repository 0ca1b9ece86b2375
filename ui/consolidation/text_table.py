"""A read-only table of texts, as the consolidator's dialogs show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from ui.colours import Tone, tone
from ui.consolidation.board_parts import board_table
from ui.row_table import Index, Role, RowTable


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column's title, its part of spare width, and whether its texts are figures: those are never cut."""

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


def text_view(model: TextTable, name: str, empty: str = "") -> QTableView:
    """A view for such a table; `empty` says what to do next where it has no rows."""
    weights = [column.width for column in model.described]
    whole = [n for n, column in enumerate(model.described) if column.figure]
    return board_table(model, name, weights=weights, whole=whole, empty=empty)
