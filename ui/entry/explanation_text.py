"""The field for an explanation's text: a few lines, Enter keeps it, the up key brings an old text back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

LINES = 3


class ExplanationText(QPlainTextEdit):
    """Enter says `entered` (with Shift it breaks the line), Tab leaves, the up key in an empty field says
    `recalled`.
    """

    entered = Signal()
    recalled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self._fit()

    @property
    def typed(self) -> bool:
        """Whether a person changed the text since it was put here."""
        return self.document().isModified()

    def put(self, text: str, *, typed: bool = False) -> None:
        """Bring a text; `typed` if a person typed it before."""
        self.blockSignals(True)  # nobody typed this
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.document().setModified(typed)
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps the explanation: in a dialog it must not press the default button as well."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.entered.emit()
                event.accept()
                return
        elif event.key() == Qt.Key.Key_Up and not self.toPlainText():
            self.recalled.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs another height."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        frame = 2 * (self.frameWidth() + int(self.document().documentMargin()))
        self.setFixedHeight(self.fontMetrics().lineSpacing() * LINES + frame)
