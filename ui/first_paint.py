"""What the first sight of a window needn't wait for is done right after it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Watches a widget; `done` comes once, when it has been painted and what was pressed meanwhile taken."""

    done = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.awaited = True
        """Whether the widget has never been painted."""
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of the first painting."""
        if self.awaited and event.type() is QEvent.Type.Paint:
            self.awaited = False
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.done.emit)
        return False
