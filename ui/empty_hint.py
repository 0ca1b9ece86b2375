"""What stands in an empty table: what to do next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QLabel, QTableView

from ui.colours import Tone, tint


class EmptyHint(QLabel):
    """Lies on a table while it has no rows; who listens hears it as the table's description."""

    def __init__(self, view: QTableView, text: str) -> None:
        super().__init__(text, view.viewport())
        self._view = view
        self.setWordWrap(True)
        self.setMargin(8)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        tint(self, Tone.MUTED)
        view.viewport().installEventFilter(self)
        model = view.model()
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            signal.connect(self.follow)
        self.follow()

    def say(self, text: str) -> None:
        """Another sentence."""
        self.setText(text)
        self.follow()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Fill the table's room."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._view.viewport().rect())
        return False

    @Slot()
    def follow(self) -> None:
        """Be there while there are no rows."""
        empty = self._view.model().rowCount() == 0
        self.setGeometry(self._view.viewport().rect())
        self.setVisible(empty)
        self._view.setAccessibleDescription(self.text() if empty else "")
