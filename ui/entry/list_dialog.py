"""The rows of a list element (名单), in a table of their own over the sheet; each change is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import InputError
from desktop.model.element import ColumnType, DataElement
from desktop.model.period import Period
from desktop.workspace import read_block
from ui.entry.block import cell_text
from ui.entry.cell_delegate import CellDelegate
from ui.entry.list_model import ListModel, Row
from ui.entry.pasted import pasted_table
from ui.entry.typed_table import MODIFIERS, TypedTable
from ui.forms import room_for
from ui.rows import fit_rows

Key = Qt.Key
Keys = QKeySequence.StandardKey
CONTROL = Qt.KeyboardModifier.ControlModifier
SIZE_EM = (76, 30)
STATE_EM = 14
WIDTHS_EM = {ColumnType.TEXT: 11, ColumnType.DATE: 8, ColumnType.CREDIT_CODE: 13}


class ListTable(TypedTable):
    """Enter and Tab go on, Ctrl+Delete takes rows away, Delete empties cells; copy, paste and undo. `said`
    carries a sentence.
    """

    said = Signal(str)

    def __init__(self, model: ListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setAccessibleName(self.tr("名单"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setWordWrap(False)
        delegate = CellDelegate(Qt.AlignmentFlag.AlignLeft, self)
        delegate.moved.connect(self.go)
        self.setItemDelegate(delegate)
        fit_rows(self)

    def go(self, step: int) -> None:
        """To the next (1) or previous (-1) cell that can be typed, over the ends of rows."""
        index, columns = self.currentIndex(), self._model.columnCount() - 1
        place = index.row() * columns + min(index.column(), columns - 1) + step
        if 0 <= place < self._model.rowCount() * columns:
            self.setCurrentIndex(self._model.index(place // columns, place % columns))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Those keys; the rest types and walks."""
        if event.key() not in MODIFIERS:
            self.end_composing()
        if event.key() in (Key.Key_Return, Key.Key_Enter):
            self.go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() in (Key.Key_Delete, Key.Key_Backspace):
            if event.modifiers() & CONTROL:
                self.remove_rows()
            else:
                self._model.empty((index.row(), index.column()) for index in self._selected())
        elif event.matches(Keys.Copy):
            self._copy()
        elif event.matches(Keys.Paste):
            self._paste()
        elif event.matches(Keys.Undo) or event.matches(Keys.Redo):
            self._reverse(redo=event.matches(Keys.Redo))
        elif event.key() == Key.Key_Y and event.modifiers() & CONTROL:
            self._reverse(redo=True)
        else:
            super().keyPressEvent(event)

    def remove_rows(self) -> None:
        """Take away the rows in which something is selected."""
        self._model.remove({index.row() for index in self._selected()})

    def _selected(self) -> list[QModelIndex]:
        return self.selectionModel().selectedIndexes() or [self.currentIndex()]

    def _copy(self) -> None:
        rows = sorted({index.row() for index in self._selected()})
        columns = sorted({index.column() for index in self._selected()})
        lines = ("\t".join(cell_text(self._model.plain_text(row, n)) for n in columns) for row in rows)
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.said.emit(self.tr("已复制 {n} 行。").format(n=len(rows)))

    def _paste(self) -> None:
        try:
            block = read_block(pasted_table())
        except InputError as error:
            self.said.emit(str(error))
            return
        place = min((index.row(), index.column()) for index in self._selected())
        filled = [cells for cells in block if any(cells)]
        written = self._model.put(max(place[0], 0), max(place[1], 0), filled)
        said = self.tr("已粘贴 {n} 行，Ctrl+Z 撤销。") if written else self.tr("剪贴板里没有可以粘贴的行。")
        self.said.emit(said.format(n=written))

    def _reverse(self, *, redo: bool) -> None:
        if not self._model.undo(redo=redo):
            self.said.emit(
                self.tr("没有可以重做的操作。") if redo else self.tr("本次打开后没有可以撤销的操作。")
            )
        elif not self.currentIndex().isValid():
            self.setCurrentIndex(self._model.index(max(self._model.rowCount() - 1, 0), 0))


class ListDialog(QDialog):
    """Edits, or after 报出 only shows, the rows of a list element. `changed` after each change of `rows`;
    `standing` says then how they stand to an issued figure.
    """

    changed = Signal()

    def __init__(
        self,
        element: DataElement,
        rows: Sequence[Row],
        period: Period,
        parent: QWidget | None = None,
        *,
        editable: bool = True,
        standing: Callable[[], str] = lambda: "",
    ) -> None:
        super().__init__(parent)
        self.element = element
        self._standing = standing
        self.setWindowTitle(self.tr("名单　{name}").format(name=element.name))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.model = ListModel(element, rows, period.end, self, editable=editable)
        self.table = ListTable(self.model)
        self._fit_columns()
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.remove = QPushButton(self.tr("删除行(&D)"))
        self.remove.setEnabled(editable)
        self.remove.clicked.connect(self._remove)
        self._lay_out()
        self.model.changed.connect(self._changed)
        self.table.said.connect(self._count)
        self._count("")
        self.table.setCurrentIndex(self.model.index(max(self.model.rowCount() - 1, 0), 0))
        self.table.setFocus()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that hold something."""
        return self.model.rows()

    def done(self, result: int) -> None:
        """What is being typed is kept first."""
        self.table.keep_typed()
        super().done(result)

    @Slot()
    def _changed(self) -> None:
        self.changed.emit()
        self._count("")

    @Slot(str)
    def _count(self, said: str) -> None:
        counted = self.tr("共 {n} 行，计入 {m} 行。").format(n=len(self.rows), m=self.model.counted())
        self.summary.setText(f"{counted}{said or self._standing()}")

    @Slot()
    def _remove(self) -> None:
        self.table.remove_rows()
        self.table.setFocus()

    def _lay_out(self) -> None:
        advice = QLabel(
            self.tr(
                "每行一家，带 * 的必填；已过有效期的不计数，计入的行数就是本期数。"
                "可与 Excel、WPS 互相复制；Ctrl+Delete 删除行，Ctrl+Z 撤销，Esc 关闭。"
            )
        )
        advice.setWordWrap(True)
        buttons = QDialogButtonBox()
        close = buttons.addButton(self.tr("关闭(&C)"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.remove, QDialogButtonBox.ButtonRole.ResetRole)
        for button in (close, self.remove):
            button.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.addWidget(advice)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.summary)
        layout.addWidget(buttons)
        self.resize(room_for(self, *SIZE_EM))

    def _fit_columns(self) -> None:
        em = self.fontMetrics().horizontalAdvance("国")
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        for number, column in enumerate(self.element.columns):
            self.table.setColumnWidth(number, em * WIDTHS_EM[column.type])
        self.table.setColumnWidth(self.model.columnCount() - 1, em * STATE_EM)
        header.setMinimumSectionSize(em * 7)  # names stay legible on a small screen; the rest is scrolled to
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
