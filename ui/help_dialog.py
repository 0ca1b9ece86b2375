"""按键一览: the keys in a window of their own; arrows and PgDn scroll it where the screen is small."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from ui.forms import room_for
from ui.help_text import keys_text


class HelpDialog(QDialog):
    """Shows the keys; Esc closes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("按键一览"))
        self.keys = QTextBrowser()
        self.keys.setAccessibleName(self.tr("按键一览"))
        self.keys.setHtml(keys_text())
        buttons = QDialogButtonBox()
        close = buttons.addButton(self.tr("关闭(&C)"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.keys)
        layout.addWidget(buttons)
        self.resize(room_for(self, 46, 46))
        self.keys.setFocus()
