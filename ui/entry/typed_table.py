"""A table that is typed into with an input method, too: what is being composed never empties a cell."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QLineEdit, QTableView, QWidget

from ui.entry.cell_delegate import type_over

Key = Qt.Key
MODIFIERS = (Key.Key_Shift, Key.Key_Control, Key.Key_Alt, Key.Key_Meta)


class TypedTable(QTableView):
    """While a text is composed over a cell, Qt keeps the keyboard with the table and has emptied the field:
    until a text is given, that isn't what somebody typed.
    """

    _composing = False

    def end_composing(self) -> None:
        """Before the cursor goes elsewhere: the input method gives its text now, or the cell stays."""
        if self._composing:
            QGuiApplication.inputMethod().commit()
        if self._composing:
            self.inputMethodEvent(QInputMethodEvent())

    def keep_typed(self) -> None:
        """Keep what stands in the open field, and close it; the table has the keyboard then."""
        self.end_composing()
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            editor.clearFocus()
            self.setFocus()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Type-over by an input method, without losing what it sends first, or what stood there if nothing
        comes of it.
        """
        composing, self._composing = self._composing, bool(event.preeditString())
        opened = self.indexWidget(self.currentIndex()) is not None
        super().inputMethodEvent(event)
        if not opened:
            type_over(self, event)
        elif composing and not self._composing and not event.commitString():
            self._give_up()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that the input method left to the table."""
        if event.key() not in MODIFIERS:
            self.end_composing()
        super().keyPressEvent(event)
        if event.key() == Key.Key_F2:
            self._go_on_at_the_end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens the field as F2 does."""
        super().mouseDoubleClickEvent(event)
        self._go_on_at_the_end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click elsewhere."""
        self.end_composing()
        super().mousePressEvent(event)

    def commitData(self, editor: QWidget) -> None:
        """Only what was typed."""
        if not self._composing:
            super().commitData(editor)

    def _go_on_at_the_end(self) -> None:
        """As in a spreadsheet: a field opened to be corrected isn't typed over."""
        editor = self.indexWidget(self.currentIndex())
        if isinstance(editor, QLineEdit):
            editor.setCursorPosition(len(editor.text()))

    def _give_up(self) -> None:
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
