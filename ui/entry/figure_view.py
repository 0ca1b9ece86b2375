"""The sheet: a table whose one typed column is driven by the keyboard alone, as in a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from desktop.model.form import FormRow
from ui.entry.block import Block
from ui.entry.cell_delegate import CellDelegate, type_over
from ui.entry.figure_model import (
    COL_CURRENT,
    COL_NAME,
    COL_PREVIOUS,
    COL_REMARK,
    COL_UNIT,
    COLUMNS,
    FigureModel,
)
from ui.entry.search_bar import matches, next_match

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MODIFIERS = (Key.Key_Shift, Key.Key_Control, Key.Key_Alt, Key.Key_Meta)

WIDTHS_EM = {COL_UNIT: 6, COL_PREVIOUS: 9, COL_CURRENT: 11, COL_REMARK: 13}
"""Widths in widths of a Chinese character; the name takes what is left."""

ROW_PADDING = 10


class FigureView(QTableView):
    """The table of figures. `row_changed` carries the form's row under the cursor (None at none)."""

    row_changed = Signal(object)
    confirm_wanted = Signal(object)
    nil_wanted = Signal(object)
    clear_wanted = Signal(object)
    rows_wanted = Signal(object)
    typed_in_vain = Signal(object)
    block_clear_wanted = Signal()
    copy_wanted = Signal()
    paste_wanted = Signal()
    last_wanted = Signal()

    def __init__(self, model: FigureModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.block = Block(self, model)
        delegate = CellDelegate(Qt.AlignmentFlag.AlignRight, self)
        delegate.moved.connect(self.go)
        self.setItemDelegate(delegate)
        self.setAccessibleName(self.tr("指标填报表"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setWordWrap(False)
        self.setShowGrid(True)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + ROW_PADDING)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(self._em(4))
        model.modelReset.connect(self._lay_out)

    def sizeHint(self) -> QSize:
        """Room for the five columns."""
        return QSize(self._em(60), self._em(24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name takes what the other columns leave."""
        super().resizeEvent(event)
        self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Columns are as wide as their characters need."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_columns()

    def show_address(self, address: str) -> bool:
        """Go to an element's field; False if the form doesn't show it."""
        row = self._model.row_of(address)
        if row is None:
            return False
        self._to(row)
        self.setFocus()
        return True

    def current_row(self) -> FormRow | None:
        """The form's row under the cursor."""
        return self._model.form_row(self.currentIndex().row())

    def go(self, step: int) -> None:
        """To the next (1) or previous (-1) field that can be typed; at the ends it stays."""
        row = self._model.next_row(self.currentIndex().row(), step)
        if row is not None:
            self._to(row)

    def go_to_empty(self) -> bool:
        """To the next field that is still to do; False if nothing is left."""
        row = self._model.next_row(max(self.currentIndex().row(), 0), only_left=True)
        if row is not None:
            self._to(row)
            self.setFocus()
        return row is not None

    def look_for(self, text: str, step: int) -> bool:
        """Go to the next row (1, -1, or 0 for this one too) whose name, code or initials hold the text."""

        def fits(row: int) -> bool:
            found = self._model.form_row(row)
            return found is not None and matches(
                text, found.element.name, found.element.id, found.element.initials
            )

        row = next_match(fits, self._model.rowCount(), max(self.currentIndex().row(), 0), step)
        if row is not None:
            self._to(row)
        return row is not None

    def go_to_first(self) -> None:
        """To the first field that is still to do, else the first one."""
        row = self._model.next_row(-1, only_left=True)
        if row is None:
            row = self._model.next_row(-1)
        if row is not None:
            self._to(row)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Every row is one field: sideways moves stay, up and down skip section headers."""
        moves = QAbstractItemView.CursorAction
        if action in (moves.MoveLeft, moves.MoveRight):
            return self.currentIndex()
        found = super().moveCursor(action, modifiers)
        step = -1 if action in (moves.MoveUp, moves.MovePageUp, moves.MovePrevious, moves.MoveEnd) else 1
        row = found.row()
        for way in (step, -step):  # at the edges a section header may be all there is that way
            while 0 <= row < self._model.rowCount() and self._model.form_row(row) is None:
                row += way
            if 0 <= row < self._model.rowCount():
                return self._model.index(row, COL_CURRENT)
            row = found.row()
        return self.currentIndex()

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """A click anywhere in a row goes to its one field."""
        super().currentChanged(current, previous)
        if current.isValid() and current.column() != COL_CURRENT and self._model.form_row(current.row()):
            self._to(current.row())
            return
        self.row_changed.emit(self._model.form_row(current.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Tab walk, Space confirms, / says nil, Delete clears; anything else types."""
        if self._select(event) or self._blocks(event):
            return
        if event.key() not in MODIFIERS:
            self.block.drop()
        if self._walk(event) or self._say(event):
            return
        row = self.current_row()
        if row is not None and event.text().isprintable() and event.text() and not self._can_type():
            self.typed_in_vain.emit(row)
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Type-over by an input method, without losing what it sends first."""
        opened = self.indexWidget(self.currentIndex()) is not None
        super().inputMethodEvent(event)
        if not opened:
            type_over(self, event)

    def keyboardSearch(self, _search: str) -> None:
        """Not Qt's search: it jumps to a field that begins so, and the next digit overwrites that."""
        row = self.current_row()
        if row is not None:
            self.typed_in_vain.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A list opens as one."""
        row = self._model.form_row(self.indexAt(event.position().toPoint()).row())
        if row is not None and row.element.columns:
            self.rows_wanted.emit(row)
            return
        super().mouseDoubleClickEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Shift extends the block; else a new one begins."""
        index = self.indexAt(event.position().toPoint())
        if event.modifiers() & SHIFT and self._model.form_row(index.row()) is not None:
            self.block.extend(index.row(), index.column())
            return
        self.block.drop()
        super().mousePressEvent(event)
        if self._model.form_row(index.row()) is not None:
            self._to(index.row())
            self.block.start(index.row(), index.column())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """With the button down the block follows the mouse."""
        index = self.indexAt(event.position().toPoint())
        if not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
        elif index.isValid() and self.state() is not QAbstractItemView.State.EditingState:
            self.block.drag(index.row(), index.column())

    def _select(self, event: QKeyEvent) -> bool:
        """Keys that make the block larger or smaller."""
        control, shift = event.modifiers() & CONTROL, event.modifiers() & SHIFT
        if control and event.key() == Key.Key_A:
            self.block.everything()
            return True
        if control and shift and event.key() in (Key.Key_Home, Key.Key_End):
            self.block.to_edge(1 if event.key() == Key.Key_End else -1)
            return True
        return bool(shift) and not control and self.block.key(event.key())

    def _blocks(self, event: QKeyEvent) -> bool:
        """Copy, paste and last period's figures: of the whole block."""
        wanted = {
            QKeySequence.StandardKey.Copy: self.copy_wanted,
            QKeySequence.StandardKey.Paste: self.paste_wanted,
        }
        for keys, signal in wanted.items():
            if event.matches(keys):
                signal.emit()
                return True
        if event.modifiers() & CONTROL and event.key() == Key.Key_D:
            self.last_wanted.emit()
            return True
        if self.block.several and event.key() in (Key.Key_Delete, Key.Key_Backspace):
            self.block_clear_wanted.emit()
            return True
        return False

    def _walk(self, event: QKeyEvent) -> bool:
        key, shift = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.modifiers() & CONTROL:
            if key in (Key.Key_Home, Key.Key_End):
                row = (
                    self._model.next_row(-1)
                    if key == Key.Key_Home
                    else self._model.next_row(self._model.rowCount(), -1)
                )
                if row is not None:
                    self._to(row)
                return True
            return False
        if key in (Key.Key_Return, Key.Key_Enter, Key.Key_Tab, Key.Key_Backtab):
            self.go(-1 if shift or key == Key.Key_Backtab else 1)
            return True
        return False

    def _say(self, event: QKeyEvent) -> bool:
        row = self.current_row()
        if row is None:
            return False
        plain = not event.modifiers() & CONTROL
        match event.key():
            case Key.Key_Space if plain:
                self.confirm_wanted.emit(row)
            case Key.Key_Slash if plain:
                self.nil_wanted.emit(row)
            case Key.Key_0 if not plain:
                self.nil_wanted.emit(row)
            case Key.Key_Delete | Key.Key_Backspace if plain:
                self.clear_wanted.emit(row)
            case Key.Key_F4 if row.element.columns:
                self.rows_wanted.emit(row)
            case _:
                return False
        return True

    def _can_type(self) -> bool:
        return bool(self._model.flags(self.currentIndex()) & Qt.ItemFlag.ItemIsEditable)

    def _to(self, row: int) -> None:
        self.block.drop()
        index = self._model.index(row, COL_CURRENT)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _em(self, characters: float) -> int:
        return int(self.fontMetrics().horizontalAdvance("国") * characters)

    def _lay_out(self) -> None:
        self.clearSpans()
        for row in self._model.header_rows():
            self.setSpan(row, 0, 1, COLUMNS)
        self._fit_columns()

    def _fit_columns(self) -> None:
        for column, characters in WIDTHS_EM.items():
            self.setColumnWidth(column, self._em(characters))
        rest = self.viewport().width() - sum(self.columnWidth(column) for column in WIDTHS_EM)
        self.setColumnWidth(COL_NAME, max(rest, self._em(10)))
