"""Typing into cells as in a spreadsheet: the keys that leave a field take its text and say where to go."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

Hint = QAbstractItemDelegate.EndEditHint
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier

MOVES_IN_EDITOR = {
    Key.Key_Down: 1,
    Key.Key_Up: -1,
    Key.Key_Return: 1,
    Key.Key_Enter: 1,
    Key.Key_Tab: 1,
    Key.Key_Backtab: -1,
}


class CellDelegate(QStyledItemDelegate):
    """A line edit per cell. Enter, Tab, up and down take the text and say where to go next."""

    moved = Signal(int)

    def __init__(self, alignment: Qt.AlignmentFlag, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._alignment = alignment

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """The field, named for screen readers after its row."""
        editor = QLineEdit(parent)
        editor.setAlignment(self._alignment | Qt.AlignmentFlag.AlignVCenter)
        editor.setFrame(False)
        editor.setAccessibleName(str(index.sibling(index.row(), 0).data() or ""))
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """What was typed, not how it is shown; what is being typed stays when the table is shown anew."""
        assert isinstance(editor, QLineEdit)
        if editor.isModified():
            return
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Keys that leave the field."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and isinstance(editor, QWidget)
        ):
            step = MOVES_IN_EDITOR.get(Key(event.key()))
            if step is not None and not event.modifiers() & CONTROL:
                backwards = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self._leave(editor, -1 if backwards else step)
                return True
        return super().eventFilter(editor, event)

    def _leave(self, editor: QWidget, step: int) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, Hint.NoHint)
        self.moved.emit(step)


def type_over(view: QAbstractItemView, event: QInputMethodEvent) -> None:
    """Put what an input method committed at once into the field that it has just opened.

    Qt opens the field but drops a text that comes without having been composed first (digits and marks in
    full width, a word from a list).
    """
    editor = view.indexWidget(view.currentIndex())
    if isinstance(editor, QLineEdit) and event.commitString() and not event.preeditString():
        editor.setText(event.commitString())
        editor.setModified(True)


def type_on(view: QAbstractItemView, text: str, cursor: int, selected: int) -> None:
    """Go on in the current field with a text that was typed before the view was there; so many characters
    from the cursor on are selected.
    """
    view.edit(view.currentIndex())
    editor = view.indexWidget(view.currentIndex())
    if isinstance(editor, QLineEdit):
        editor.setText(text)
        editor.setModified(True)
        editor.setSelection(cursor, selected)
        editor.textEdited.emit(text)
