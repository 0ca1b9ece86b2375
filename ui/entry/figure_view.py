"""The sheet: a table whose one typed column is driven by the keyboard alone, as in a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QWidget,
)

from desktop.model.form import FormRow
from desktop.workspace.form.sheet_layout import SheetLayout
from ui.entry.block import Block
from ui.entry.columns import COL_CURRENT, COL_NAME
from ui.entry.figure_model import FigureModel
from ui.entry.folding import Folding
from ui.entry.search_bar import matches, next_match
from ui.entry.sheet_columns import SheetColumns
from ui.entry.typed_table import MODIFIERS, TypedTable
from ui.entry.typing_hint import FigureDelegate
from ui.entry.viewport import own_viewport
from ui.rows import fit_rows

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class FigureView(TypedTable):
    """The table of figures. `row_changed` carries the row under the cursor, a ratio too (None at none);
    `ended` says that no field follows it.
    """

    row_changed = Signal(object)
    confirm_wanted = Signal(object)
    nil_wanted = Signal(object)
    clear_wanted = Signal(object)
    rows_wanted = Signal(object)
    parts_wanted = Signal(object)
    dispute_wanted = Signal(object)
    answered = Signal(object)
    explain_wanted = Signal()
    columns_wanted = Signal()
    menu_wanted = Signal(object)
    typed_in_vain = Signal(object)
    ended = Signal()
    block_clear_wanted = Signal()
    block_confirm_wanted = Signal()
    block_nil_wanted = Signal()
    copy_wanted = Signal()
    paste_wanted = Signal()
    last_wanted = Signal()

    def __init__(
        self, model: FigureModel, kept: SheetLayout | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setViewport(own_viewport())
        self.figures = self._model = model
        self._disputed: FormRow | None = None
        self.kept = kept if kept is not None else SheetLayout.load()
        self.setModel(model)
        self.block = Block(self, model)
        self.columns = SheetColumns(self, self.kept, model.header_rows)
        self.folding = Folding(self, model, self.kept, self._to)
        self.typing = FigureDelegate(self, model)
        self.typing.moved.connect(self._leave_field)
        self.setItemDelegate(self.typing)
        self.setAccessibleName(self.tr("指标填报表"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        fit_rows(self)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(self._em(2))
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda _place: self.columns_wanted.emit())
        model.modelReset.connect(self._lay_out)
        model.folded.connect(self.columns.freeze)

    def sizeHint(self) -> QSize:
        """Room for the five columns."""
        return QSize(self._em(60), self._em(24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name takes what the other columns leave; the field under the cursor stays in sight."""
        super().resizeEvent(event)
        self.columns.fit()
        self.columns.keep_in_sight()
        if event.size().width() != event.oldSize().width():
            self.columns.keep_in_sight()  # with large type the field may lie beyond the edge

    def changeEvent(self, event: QEvent) -> None:
        """Another palette or font: colours, row heights and widths follow."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._model.dress()
            fit_rows(self)
            self.columns.fit()
            self.columns.keep_in_sight()

    def show_address(self, address: str) -> bool:
        """Go to an element's field; False if the form doesn't show it."""
        row = self._model.row_of(address)
        if row is None:
            return False
        self._unfold_to(row)
        self.setFocus()
        return True

    def dispute(self) -> None:
        """Type an own figure against the issued one; the words come next (`answered`)."""
        row = self.current_row()
        if row is not None and self._can_type():
            self._disputed = row
            self.edit(self.currentIndex())

    def current_row(self) -> FormRow | None:
        """The form's row under the cursor."""
        return self._model.form_row(self.currentIndex().row())

    def go(self, step: int) -> None:
        """To the next (1) or previous (-1) field that can be typed; at the ends it stays."""
        row = self._model.next_row(self.currentIndex().row(), step)
        if row is not None:
            self._to(row)
        elif step > 0:
            self.ended.emit()

    def go_to_empty(self) -> bool:
        """To the next field that is still to do; False if nothing is left."""
        row = self._model.next_row(max(self.currentIndex().row(), 0), only_left=True)
        if row is not None:
            self._unfold_to(row)
            self.setFocus()
        return row is not None

    def look_for(self, text: str, step: int) -> bool:
        """Go to the next row (1, -1, or 0 for this one too) whose name, code or initials hold the text."""

        def fits(row: int) -> bool:
            return matches(text, *self._model.search_keys(row))

        row = next_match(fits, self._model.rowCount(), max(self.currentIndex().row(), 0), step)
        if row is not None:
            self._unfold_to(row)
        return row is not None

    def go_to_first(self) -> None:
        """To the first field in sight that is still to do, else the first; with all folded, to a header."""
        row = self._model.next_row(-1, only_left=True)
        if row is None or self._model.is_folded(row):
            row = self._model.next_row(-1)
        self._to(row if row is not None else 0)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Every row is one field: sideways moves stay, up and down skip headers, ratios and folded rows."""
        moves = QAbstractItemView.CursorAction
        if action in (moves.MoveLeft, moves.MoveRight):
            return self.currentIndex()
        found = super().moveCursor(action, modifiers)
        step = -1 if action in (moves.MoveUp, moves.MovePageUp, moves.MovePrevious, moves.MoveEnd) else 1
        for way in (step, -step):  # at the edges a section header may be all there is that way
            row = found.row()
            while 0 <= row < self._model.rowCount() and not self._model.stops(row):
                row += way
            if self._model.stops(row):
                return self._index(row)
        return self.currentIndex()

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """A click anywhere in a row goes to its one field."""
        super().currentChanged(current, previous)
        if current.isValid() and current.column() != COL_CURRENT and self._model.form_row(current.row()):
            self._to(current.row())
            return
        self.row_changed.emit(self._model.row_at(current.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Tab walk, Space confirms, / says nil, Delete clears; anything else types."""
        if event.key() not in MODIFIERS:
            self.end_composing()
        if self._select(event) or self._blocks(event):
            return
        types = event.key() == Key.Key_F2 or (event.text() and event.text().isprintable())
        if types and self.block.several:  # as in spreadsheets: into the cell where the block was begun
            self._to(self.block.begun_at)
        if event.key() not in MODIFIERS:
            self.block.drop()
        if self.folding.key(event) or self._walk(event) or self._say(event):
            return
        row = self._model.row_at(self.currentIndex().row())
        if types and self.currentIndex().isValid() and not self._can_type():
            self.typed_in_vain.emit(row)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Not Qt's search: it jumps to a field that begins so, and the next digit overwrites that."""
        row = self._model.row_at(self.currentIndex().row())
        if row is not None:
            self.typed_in_vain.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A list opens as one; a header was folded by the first click."""
        if self._model.is_header(self.indexAt(event.position().toPoint()).row()):
            return
        row = self._model.form_row(self.indexAt(event.position().toPoint()).row())
        if row is not None and row.element.columns:
            self.rows_wanted.emit(row)
            return
        super().mouseDoubleClickEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Shift extends the block; else a new one begins. A click on a section's header folds it."""
        self.end_composing()
        index = self.indexAt(event.position().toPoint())
        if self._model.is_header(index.row()):
            if event.button() is Qt.MouseButton.LeftButton:
                self.folding.toggle(index.row())
                self.setFocus()
            return
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

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu key, or the right mouse button: what can be done with this row."""
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_wanted.emit(place)
        event.accept()

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
        if event.matches(QKeySequence.StandardKey.Cut):
            self.copy_wanted.emit()
            if self.block.several:
                self.block_clear_wanted.emit()
            elif (row := self.current_row()) is not None:
                self.clear_wanted.emit(row)
            return True
        if event.modifiers() & CONTROL and event.key() == Key.Key_D:
            self.last_wanted.emit()
            return True
        if not self.block.several:
            return False
        of_several = {
            Key.Key_Delete: self.block_clear_wanted,
            Key.Key_Backspace: self.block_clear_wanted,
            Key.Key_Space: self.block_confirm_wanted,
            Key.Key_Slash: self.block_nil_wanted,
        }
        if event.key() in of_several:
            of_several[Key(event.key())].emit()
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
        if key in (Key.Key_Home, Key.Key_End) and not shift:
            self._to_edge_of_section(last=key == Key.Key_End)
            return True
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
            case Key.Key_F3:
                self.dispute_wanted.emit(row)
            case Key.Key_F4:
                (self.rows_wanted if row.element.columns else self.parts_wanted).emit(row)
            case _:
                return False
        return True

    def _can_type(self) -> bool:
        return bool(self._model.flags(self.currentIndex()) & Qt.ItemFlag.ItemIsEditable)

    def _leave_field(self, step: int) -> None:
        row, self._disputed = self._disputed, None
        if row is not None and row == self.current_row():
            self.answered.emit(row)
        else:
            self.go(step)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Giving up gives up the answer too."""
        if hint is QAbstractItemDelegate.EndEditHint.RevertModelCache:
            self._disputed = None
        super().closeEditor(editor, hint)

    def _unfold_to(self, row: int) -> None:
        self._model.fold(row, folded=False)
        self._to(row)

    def _to_edge_of_section(self, *, last: bool) -> None:
        header = self._model.header_of(self.currentIndex().row())
        later = [row for row in self._model.header_rows() if row > header]
        end = later[0] if later else self._model.rowCount()
        rows = [n for n in range(header + 1, end) if (row := self._model.form_row(n)) and row.due]
        if rows and not self._model.is_folded(header):
            self._to(rows[-1] if last else rows[0])

    def _index(self, row: int) -> QModelIndex:
        return self._model.index(row, COL_NAME if self._model.is_header(row) else COL_CURRENT)

    def _to(self, row: int) -> None:
        self.end_composing()
        self.block.drop()
        index = self._index(row)
        self.setCurrentIndex(index)
        self.columns.keep_in_sight()

    def _em(self, characters: float) -> int:
        return int(self.fontMetrics().horizontalAdvance("国") * characters)

    def _lay_out(self) -> None:
        self.folding.hide_rows()
        self.columns.span_headers()
        self.columns.fit()
