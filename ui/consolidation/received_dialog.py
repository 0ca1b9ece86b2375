"""收到日期: on which day files came that say nothing of it themselves, a stick that lay on the desk."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDateEdit, QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget


class ReceivedDialog(QDialog):
    """Asks for the day; `day` is the answer, never one that lies ahead."""

    def __init__(self, today: datetime.date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("收取早先收到的文件"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        said = QLabel(self.tr("按时与否按收到的日期判断。邮件按邮件上的时间，不用填；U 盘、微信收到的请填。"))
        said.setWordWrap(True)
        latest = QDate(today.year, today.month, today.day)
        self.date = QDateEdit(latest)
        self.date.setMaximumDate(latest)
        self.date.setDisplayFormat("yyyy-MM-dd")
        self.date.setCalendarPopup(True)
        self.date.setAccessibleName(self.tr("收到日期"))
        buttons = QDialogButtonBox()
        self.go = buttons.addButton(self.tr("选择文件(&F)…"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(self.tr("收到日期(&D)"), self.date)
        layout = QVBoxLayout(self)
        layout.addWidget(said)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.date.setFocus()

    @property
    def day(self) -> datetime.date:
        """The day chosen."""
        chosen = self.date.date()
        return datetime.date(chosen.year(), chosen.month(), chosen.day())


def ask_day(today: datetime.date, parent: QWidget, then: Callable[[datetime.date], None]) -> None:
    """Ask, and go on with the day."""
    dialog = ReceivedDialog(today, parent)
    dialog.accepted.connect(lambda: then(dialog.day))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
