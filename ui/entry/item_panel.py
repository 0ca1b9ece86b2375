"""Task progress in the form: the list of items, and the editor of the one under the cursor."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.workspace import FormSession
from ui.entry.beside import FIRST, SECOND, Beside
from ui.entry.item_editor import ItemEditor, Wording
from ui.entry.item_model import (
    COL_NARRATIVE,
    COL_NUMBER,
    COL_PERCENT,
    COL_ROLE,
    COL_STATUS,
    COL_TITLE,
    ItemModel,
)
from ui.entry.search_bar import matches, next_match
from ui.rows import fit_rows

WIDTHS_EM = {COL_NUMBER: 3.5, COL_ROLE: 3.5, COL_STATUS: 7, COL_PERCENT: 4}
Key = Qt.Key


class ItemTable(QTableView):
    """Enter goes into the editor, / says that there is nothing new and goes on; digits go to an item."""

    edit_wanted = Signal()
    no_news_wanted = Signal()
    pressed_in_vain = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The two keys of the list; the rest walks."""
        match event.key():
            case Key.Key_Return | Key.Key_Enter | Key.Key_F2:
                self.edit_wanted.emit()
            case Key.Key_Slash:
                self.no_news_wanted.emit()
            case Key.Key_Delete | Key.Key_Backspace | Key.Key_Space | Key.Key_F3 | Key.Key_F4:
                self.pressed_in_vain.emit()
            case _ if event.text().isprintable() and event.text() and not event.text().isdecimal():
                self.pressed_in_vain.emit()
            case _:
                super().keyPressEvent(event)


class ItemPanel(QWidget):
    """List and editor. `edited` carries FormChanges, `said` sentences for the status bar."""

    edited = Signal(object)
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: FormSession | None = None
        self.model = ItemModel(self)
        self.table = ItemTable()
        self.editor = ItemEditor(self.model)
        self._set_up_table()
        splitter = self._halves = Beside()
        splitter.addWidget(self.table)
        splitter.addWidget(self.editor)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        empty = QLabel(self.tr("方案没有给本单位分配任务，本页不用填写。"))
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(splitter)
        self._stack.addWidget(empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.model.edited.connect(self.edited)
        self.editor.said.connect(self.said)
        self.table.pressed_in_vain.connect(self._say_what_to_press)
        self.table.edit_wanted.connect(self.editor.focus_first)
        self.table.doubleClicked.connect(lambda _index: self.editor.focus_first())
        self.editor.wanted.connect(lambda: self._halves.turn_to(SECOND))
        self.table.no_news_wanted.connect(self._no_news)
        carry = QShortcut(QKeySequence("Ctrl+D"), self)
        carry.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        carry.activated.connect(self.editor.carry_over)
        self.table.selectionModel().currentRowChanged.connect(self._show_row)

    def set_session(self, session: FormSession | None) -> None:
        """Show another form's items."""
        self.editor.show_item(None, None)
        self._session = session
        self.model.set_session(session)
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, COL_TITLE))

    def set_wording(self, wording: Wording) -> None:
        """Where the official wording of items comes from."""
        self.editor.wording = wording
        self._show_row(self.table.currentIndex())

    def focus_table(self) -> None:
        """Give the keyboard to the list."""
        self._halves.turn_to(FIRST)
        self.table.setFocus()

    def keep(self) -> None:
        """Keep what is being typed."""
        self.editor.keep()

    @Slot()
    def _say_what_to_press(self) -> None:
        self.said.emit(self.tr("按回车到右边填写这一项；没有新进展的按 / 键。"))

    def refresh(self) -> None:
        """Show the session as it stands now; what the editor held is let go."""
        self.editor.forget()
        self.model.refresh()
        self._show_row(self.table.currentIndex())

    def look_for(self, text: str, step: int) -> bool:
        """Go to the next item (1, -1, or 0 for this one too) whose number or title holds the text."""

        def fits(row: int) -> bool:
            item = self.model.item(row)
            return item is not None and matches(text, str(item.item.number), item.item.title)

        row = next_match(fits, self.model.rowCount(), self.table.currentIndex().row(), step)
        if row is not None:
            self._to(row)
        return row is not None

    def show_number(self, number: int) -> bool:
        """Go to an item; False if the form doesn't show it."""
        row = self.model.row_of(number)
        if row is not None:
            self._to(row)
            self.editor.focus_first()
        return row is not None

    def show_row_of(self, number: int) -> None:
        """Go to an item in the list."""
        row = self.model.row_of(number)
        if row is not None:
            self._to(row)
            self.focus_table()

    def go_to_left(self) -> bool:
        """To the next item that waits for this unit, False if none; the focus stays in list or editor."""
        self.keep()
        in_editor = self.editor.isAncestorOf(self.focusWidget())
        row = self.model.next_left(self.table.currentIndex().row())
        if row is None:
            return False
        self._to(row)
        if in_editor:
            self.editor.focus_first()
        else:
            self.focus_table()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the editor for the list."""
        if event.key() == Key.Key_Escape and not self.table.hasFocus():
            self.focus_table()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the title gives way to the state."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type: widths follow."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        em = self.fontMetrics().horizontalAdvance("国")
        for column, characters in WIDTHS_EM.items():
            self.table.setColumnWidth(column, int(em * characters))
        others = sum(self.table.columnWidth(column) for column in WIDTHS_EM)
        room = self.table.viewport().width() - others
        self.table.setColumnWidth(COL_TITLE, min(max(room, em * 8), em * 18))

    def _no_news(self) -> None:
        self.editor.say_no_news()
        row = self.table.currentIndex().row() + 1
        if row < self.model.rowCount():
            self._to(row)

    def _show_row(self, current: QModelIndex) -> None:
        self.editor.show_item(self._session, self.model.item(current.row()))

    def _to(self, row: int) -> None:
        index = self.model.index(row, COL_TITLE)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(self.tr("任务进展表"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        fit_rows(table)
        table.horizontalHeader().setHighlightSections(False)
        self._fit()
        table.horizontalHeader().setSectionResizeMode(COL_NARRATIVE, QHeaderView.ResizeMode.Stretch)
