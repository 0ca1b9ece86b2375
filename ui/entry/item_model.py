"""The table of task progress: a thin adapter of one form session, items led by the unit first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop.model.form import FormItem
from desktop.model.submission import ItemReport, ItemStatus
from desktop.workspace import FormChange, FormSession
from ui.colours import Tone, tone
from ui.entry.item_words import is_left, role_label, status_label
from ui.row_table import Index, Role, RowTable

COL_NUMBER, COL_TITLE, COL_ROLE, COL_STATUS, COL_PERCENT, COL_NARRATIVE = range(6)
COLUMNS = 6


class ItemModel(RowTable):
    """Items of a form. `edited` carries the FormChange of an edit."""

    columns = COLUMNS
    edited = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session: FormSession | None = None
        self._items: tuple[FormItem, ...] = ()

    def set_session(self, session: FormSession | None) -> None:
        """Show another form's items."""
        self.beginResetModel()
        self._session = session
        self._items = session.form.items if session else ()
        self.endResetModel()

    def item(self, row: int) -> FormItem | None:
        """The item in a row."""
        return self._items[row] if 0 <= row < len(self._items) else None

    def report(self, item: FormItem) -> ItemReport:
        """What was said about an item; blank if nothing."""
        return (
            self._session.section.items.get(item.item.number, ItemReport()) if self._session else ItemReport()
        )

    def refresh(self) -> None:
        """Show the session as it stands now."""
        if self._items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._items) - 1, COLUMNS - 1))

    def row_of(self, number: int) -> int | None:
        """The row of an item's number."""
        return next((row for row, item in enumerate(self._items) if item.item.number == number), None)

    def left(self) -> int:
        """How many items still wait for this unit."""
        return sum(1 for item in self._items if is_left(item, self.report(item)))

    def next_left(self, after: int) -> int | None:
        """The next row that waits for this unit, searched round the end."""
        count = len(self._items)
        rows = (row % count for row in range(after + 1, after + 1 + count))
        return next((row for row in rows if is_left(self._items[row], self.report(self._items[row]))), None)

    def put(self, item: FormItem, report: ItemReport) -> FormChange | None:
        """Store what is said about an item; None if that changes nothing or the form is locked."""
        if self._session is None or self._session.locked or report == self.report(item):
            return None
        change = self._session.set_item(item.item.number, report)
        row = self.row_of(item.item.number)
        if row is not None:
            self.dataChanged.emit(self.index(row, 0), self.index(row, COLUMNS - 1))
        self.edited.emit(change)
        return change

    def _count(self) -> int:
        return len(self._items)

    def _titles(self) -> Sequence[str]:
        return (
            self.tr("序号"),
            self.tr("工作事项"),
            self.tr("职责"),
            self.tr("状态"),
            self.tr("完成"),
            self.tr("进展情况"),
        )

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Texts; items that still wait are said to."""
        item = self.item(index.row()) if index.isValid() else None
        if item is None:
            return None
        report = self.report(item)
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return self._text(item, report, index.column())
        if role == Role.ToolTipRole and index.column() in (COL_TITLE, COL_NARRATIVE):
            return item.item.title if index.column() == COL_TITLE else report.narrative or None
        if role == Role.ForegroundRole:
            return self._foreground(item, report, index.column())
        return None

    def _text(self, item: FormItem, report: ItemReport, column: int) -> str:
        match column:
            case 0:
                return str(item.item.number)
            case 1:
                return item.item.title
            case 2:
                return role_label(item)
            case 3:
                return self._left_status(report) if is_left(item, report) else self._said_status(item, report)
            case 4:
                return "" if report.percent is None else f"{report.percent}%"
            case _:
                return report.narrative.replace("\n", " ")

    def _foreground(self, item: FormItem, report: ItemReport, column: int) -> Any:
        palette = QGuiApplication.palette()
        if column in (COL_NUMBER, COL_ROLE):
            return tone(palette, Tone.MUTED)
        if column == COL_STATUS:
            return tone(palette, Tone.WARNING if is_left(item, report) else Tone.GOOD)
        return None

    def _left_status(self, report: ItemReport) -> str:
        return self.tr("待填") if report.blank else self.tr("待选状态")

    def _said_status(self, item: FormItem, report: ItemReport) -> str:
        session = self._session
        if session is None or report.blank:
            return ""
        said = report.status is not ItemStatus.NOT_SAID
        text = status_label(report.status, session.form.period) if said else self.tr("已填写")
        before = session.frozen.items.get(item.item.number, ItemReport()) if session.frozen else report
        return (
            self.tr("{status}（改）").format(status=text) if before != report and not session.locked else text
        )
