"""The rows of a list element (名单): typed in a table that always has one empty row more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.model.canonical import clean_text
from desktop.model.element import DataElement
from ui.entry.cell_delegate import CellDelegate, type_over

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
Row = Mapping[str, str]


class ListModel(QAbstractTableModel):
    """Rows by column id; the last row is empty and becomes one when something is typed into it."""

    def __init__(self, element: DataElement, rows: Sequence[Row], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = element.columns
        self._rows = [dict(row) for row in rows]

    def rows(self) -> tuple[Row, ...]:
        """The rows that hold something."""
        return tuple(row for row in self._rows if any(row.values()))

    def remove(self, row: int) -> None:
        """Take a row away; the empty one stays."""
        if 0 <= row < len(self._rows):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()

    def rowCount(self, parent: Index | None = None) -> int:
        """The rows and the empty one."""
        return 0 if parent is not None and parent.isValid() else len(self._rows) + 1

    def columnCount(self, parent: Index | None = None) -> int:
        """The element's columns."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Titles; required columns are marked."""
        if role != Role.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1)
        column = self._columns[section]
        return f"{column.name} *" if column.required else column.name

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything can be typed."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """The text."""
        if not index.isValid() or role not in (Role.DisplayRole, Role.EditRole):
            return None
        if index.row() >= len(self._rows):
            return ""
        return self._rows[index.row()].get(self._columns[index.column()].id, "")

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Take a text; typing into the empty row adds one."""
        if role != Role.EditRole or not index.isValid():
            return False
        text = clean_text(str(value)).strip()
        if index.row() == len(self._rows):
            if not text:
                return False
            self.beginInsertRows(QModelIndex(), len(self._rows) + 1, len(self._rows) + 1)
            self._rows.append({})
            self.endInsertRows()
        self._rows[index.row()][self._columns[index.column()].id] = text
        self.dataChanged.emit(index, index)
        return True


class _ListTable(QTableView):
    """Enter and Tab go on, Ctrl+Delete takes a row away, Delete empties a cell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        delegate = CellDelegate(Qt.AlignmentFlag.AlignLeft, self)
        delegate.moved.connect(self.go)
        self.setItemDelegate(delegate)

    def go(self, step: int) -> None:
        """To the next (1) or previous (-1) cell, over the ends of rows."""
        index, columns = self.currentIndex(), self.model().columnCount()
        place = index.row() * columns + index.column() + step
        if 0 <= place < self.model().rowCount() * columns:
            self.setCurrentIndex(self.model().index(place // columns, place % columns))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Type-over by an input method, without losing what it sends first."""
        opened = self.indexWidget(self.currentIndex()) is not None
        super().inputMethodEvent(event)
        if not opened:
            type_over(self, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Those keys; the rest types and walks."""
        index, model = self.currentIndex(), self.model()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go(1)
            return
        if event.key() == Qt.Key.Key_Delete and isinstance(model, ListModel) and index.isValid():
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                model.remove(index.row())
            else:
                model.setData(index, "")
            return
        super().keyPressEvent(event)


class ListDialog(QDialog):
    """Edits the rows of one list element; `rows` are what was typed once it was accepted."""

    def __init__(self, element: DataElement, rows: Sequence[Row], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.element = element
        self.setWindowTitle(self.tr("名单　{name}").format(name=element.name))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(640, 380)
        self.model = ListModel(element, rows, self)
        self.table = _ListTable()
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("名单"))
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        advice = QLabel(
            self.tr("每行一家，带 * 的必填；已过有效期的不计数。Ctrl+Delete 删除一行。名单行数就是本期数。")
        )
        advice.setWordWrap(True)
        self.remove = QPushButton(self.tr("删除行(&D)"))
        self.remove.setAutoDefault(False)
        self.remove.clicked.connect(self._remove)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.addButton(self.remove, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(advice)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        self.table.setCurrentIndex(self.model.index(self.model.rowCount() - 1, 0))
        self.table.setFocus()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that hold something."""
        return self.model.rows()

    @Slot()
    def _remove(self) -> None:
        self.model.remove(self.table.currentIndex().row())
        self.table.setFocus()
