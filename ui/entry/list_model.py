"""The rows of a list element (名单) as a table: its columns, and beside each row whether it counts."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication

from desktop.model.element import Column, ColumnType, DataElement
from desktop.model.listing import clean_entry, is_credit_code, read_date, valid_rows
from ui.colours import Tone, tone

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
Row = Mapping[str, str]
Cells = Sequence[str]
_BREAK = re.compile(r"(?<=(\S))\s*[\r\n]\s*(?=(\S))")


class ListModel(QAbstractTableModel):
    """Rows by column id; the last row is empty and becomes one when something is typed into it. `changed`
    after each act of a person, of which `undo` takes back one.
    """

    changed = Signal()

    def __init__(
        self,
        element: DataElement,
        rows: Sequence[Row],
        day: datetime.date,
        parent: QObject | None = None,
        *,
        editable: bool = True,
    ) -> None:
        super().__init__(parent)
        self._element = element
        self._columns = element.columns
        self._rows = [dict(row) for row in rows]
        self._day = day
        self._editable = editable
        self._before: list[list[dict[str, str]]] = []
        self._after: list[list[dict[str, str]]] = []

    def rows(self) -> tuple[Row, ...]:
        """The rows that hold something."""
        return tuple(row for row in self._rows if any(row.values()))

    def counted(self) -> int:
        """How many rows count at the period's end."""
        return len(valid_rows(self.rows(), self._element, self._day))

    def problem(self, row: int) -> tuple[str, Tone]:
        """What is said of a row, and its tone."""
        if row >= len(self._rows) or not any(self._rows[row].values()):
            return "", Tone.MUTED
        listed = self._rows[row]
        for column in self._columns:
            text = listed.get(column.id, "")
            if column.required and not text:
                return self.tr("✖ 缺{name}").format(name=column.name), Tone.ERROR
            if text and column.type is ColumnType.DATE and read_date(text) is None:
                return self.tr("✖ “{name}”不是日期").format(name=column.name), Tone.ERROR
        if not valid_rows((listed,), self._element, self._day):
            return self.tr("▲ 已过有效期，不计数"), Tone.WARNING
        for column in self._columns:
            text = listed.get(column.id, "")
            if column.type is not ColumnType.CREDIT_CODE or not text:
                continue
            if not is_credit_code(text):
                return self.tr("▲ 代码核对不上，请查"), Tone.WARNING
            twin = next((n for n in range(row) if self._rows[n].get(column.id, "") == text), None)
            if twin is not None:
                return self.tr("▲ 代码与第 {n} 行重复").format(n=twin + 1), Tone.WARNING
        return self.tr("✔ 计入"), Tone.GOOD

    def remove(self, rows: Iterable[int]) -> None:
        """Take rows away; the empty one stays."""
        gone = sorted({row for row in rows if 0 <= row < len(self._rows)}, reverse=True)
        if not gone or not self._editable:
            return
        self._note()
        for row in gone:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()
        self._say()

    def empty(self, cells: Iterable[tuple[int, int]]) -> None:
        """Empty cells."""
        there = [(row, column) for row, column in cells if row < len(self._rows) and self._id(column)]
        if not there or not self._editable:
            return
        self._note()
        for row, column in there:
            self._rows[row][self._id(column)] = ""
        self._say()

    def put(self, row: int, column: int, block: Sequence[Cells]) -> int:
        """Put a block of cells in from a place down; a first line of titles says which columns they are.
        Blank cells change nothing. Gives how many rows were written.
        """
        titled = self._titled(block[0]) if block else None
        ids = titled if titled is not None else [self._id(column + n) for n in range(_width(block))]
        lines = block[1:] if titled is not None else block
        if not self._editable or not any(ids) or not lines:
            return 0
        self._note()
        more = row + len(lines) - len(self._rows)
        if more > 0:
            self.beginInsertRows(QModelIndex(), len(self._rows) + 1, len(self._rows) + more)
            self._rows.extend({} for _ in range(more))
            self.endInsertRows()
        for number, cells in enumerate(lines, row):
            for id_, text in zip(ids, cells, strict=False):
                if id_ and text.strip():
                    self._rows[number][id_] = clean_entry(_in_one_line(text), self._column(id_))
        self._say()
        return len(lines)

    def undo(self, *, redo: bool = False) -> bool:
        """Take back the last act, or do it again; False if there is none."""
        source, target = (self._after, self._before) if redo else (self._before, self._after)
        if not source:
            return False
        target.append([dict(row) for row in self._rows])
        self.beginResetModel()
        self._rows = source.pop()
        self.endResetModel()
        self.changed.emit()
        return True

    def plain_text(self, row: int, column: int) -> str:
        """A cell as it is copied."""
        return self._rows[row].get(self._id(column), "") if row < len(self._rows) else ""

    def rowCount(self, parent: Index | None = None) -> int:
        """The rows and the empty one."""
        return 0 if parent is not None and parent.isValid() else len(self._rows) + self._editable

    def columnCount(self, parent: Index | None = None) -> int:
        """The element's columns, and whether the row counts."""
        return 0 if parent is not None and parent.isValid() else len(self._columns) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Titles; required columns are marked."""
        if role != Role.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1)
        if section >= len(self._columns):
            return self.tr("是否计数")
        column = self._columns[section]
        return f"{column.name} *" if column.required else column.name

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything but the last column can be typed."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._editable and self._id(index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """The text, and what is said of the row."""
        if not index.isValid():
            return None
        said = not self._id(index.column())
        if role == Role.AccessibleTextRole:
            return self._spoken(index.row(), index.column())
        if role in (Role.DisplayRole, Role.EditRole, Role.ToolTipRole):
            return self.problem(index.row())[0] if said else self.plain_text(index.row(), index.column())
        if role == Role.ForegroundRole and said:
            return tone(QGuiApplication.palette(), self.problem(index.row())[1])
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Take a text; typing into the empty row adds one."""
        id_ = self._id(index.column())
        if role != Role.EditRole or not index.isValid() or not id_ or not self._editable:
            return False
        text = clean_entry(str(value), self._column(id_))
        if text == self.plain_text(index.row(), index.column()):
            return False
        self._note()
        if index.row() == len(self._rows):
            self.beginInsertRows(QModelIndex(), len(self._rows) + 1, len(self._rows) + 1)
            self._rows.append({})
            self.endInsertRows()
        self._rows[index.row()][id_] = text
        self._say()
        return True

    def _spoken(self, row: int, column: int) -> str:
        if not self._id(column):
            return self.problem(row)[0]
        text = self.plain_text(row, column) or self.tr("空")
        return "，".join(filter(None, (self._columns[column].name, text, self.problem(row)[0])))

    def _id(self, column: int) -> str:
        return self._columns[column].id if 0 <= column < len(self._columns) else ""

    def _column(self, id_: str) -> Column:
        return next(column for column in self._columns if column.id == id_)

    def _titled(self, cells: Cells) -> list[str] | None:
        """The column of each cell of a line of titles; None for any other line."""
        names = {column.name: column.id for column in self._columns}
        found = [text.replace("*", "").strip() for text in cells if text.strip()]
        if not found or 2 * sum(text in names for text in found) < len(found):
            return None
        return [names.get(text.replace("*", "").strip(), "") for text in cells]

    def _note(self) -> None:
        self._before.append([dict(row) for row in self._rows])
        self._after.clear()

    def _say(self) -> None:
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)  # a row may be said to repeat another
        self.changed.emit()


def _in_one_line(text: str) -> str:
    """A cell that was wrapped by hand: Chinese goes on where the line broke, other writing after a blank."""
    return _BREAK.sub(lambda found: " " if found[1].isascii() and found[2].isascii() else "", text)


def _width(block: Sequence[Cells]) -> int:
    return max((len(cells) for cells in block), default=0)
