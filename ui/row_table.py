"""A read-only table with one row per thing: the part that all such models share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class RowTable(QAbstractTableModel):
    """Counts rows and names columns; what a cell shows is `data` of the model that extends it."""

    columns = 0

    def rowCount(self, parent: Index | None = None) -> int:
        """Rows."""
        return 0 if parent is not None and parent.isValid() else self._count()

    def columnCount(self, parent: Index | None = None) -> int:
        """Columns."""
        return 0 if parent is not None and parent.isValid() else self.columns

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Role.DisplayRole:
            return None
        return self._titles()[section]

    def _count(self) -> int:
        raise NotImplementedError

    def _titles(self) -> Sequence[str]:
        raise NotImplementedError
