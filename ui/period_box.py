"""The list of periods above a form: what there is no room for is left out whole, the last part first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QWidget

BETWEEN = "　"


class PeriodBox(QComboBox):
    """Its entries are parts joined by `BETWEEN`, the most telling first; the list shows them all.

    `left` says that Enter or Esc was pressed while the list is closed: on to the form.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(20)
        self.currentTextChanged.connect(self.setToolTip)

    @property
    def shown(self) -> str:
        """What can be read of the chosen entry while the list is closed."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return str(option.currentText)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc leave; the rest chooses."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.left.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Half a date says less than none."""
        super().initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        parts = self.currentText().split(BETWEEN)
        while len(parts) > 1 and self.fontMetrics().horizontalAdvance(BETWEEN.join(parts)) > field.width():
            parts.pop()
        option.currentText = BETWEEN.join(parts)
