"""Small questions about keys: a passphrase, the last day of a key, the fingerprint heard by telephone."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ui.i18n import translate


class Question(QDialog):
    """A sentence, some fields, and two buttons; `complaint` says what is wrong with the answer."""

    def __init__(self, title: str, said: str, accept: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        text = QLabel(said)
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setMinimumWidth(text.fontMetrics().horizontalAdvance("国") * 26)
        self.fields = QFormLayout()
        self.complaint = QLabel()
        self.complaint.setWordWrap(True)
        self.complaint.hide()
        self.buttons = QDialogButtonBox()
        go = self.buttons.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(translate("Keys", "取消"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        layout.addLayout(self.fields)
        layout.addWidget(self.complaint)
        layout.addWidget(self.buttons)
        go.setDefault(True)  # a button has to be in its dialog for that
        self.finished.connect(self.deleteLater)

    def complain(self, text: str) -> None:
        """Say what is wrong and stay."""
        self.complaint.setText(f"⚠ {text}")
        self.complaint.show()


class PassphraseQuestion(Question):
    """A passphrase: twice to protect a file, once to open one."""

    def __init__(self, title: str, said: str, parent: QWidget, *, twice: bool) -> None:
        super().__init__(title, said, translate("Keys", "确定"), parent)
        self.first = _secret()
        self.fields.addRow(translate("Keys", "口令"), self.first)
        self.second = _secret() if twice else self.first
        if twice:
            self.fields.addRow(translate("Keys", "再输一次"), self.second)

    @property
    def passphrase(self) -> str:
        """What was typed."""
        return self.first.text()

    def accept(self) -> None:
        """Accept if both fields say the same."""
        if self.first.text() != self.second.text():
            self.complain(translate("Keys", "两次输入的口令不同。"))
            return
        super().accept()


class LastDayQuestion(Question):
    """Until which day a unit's keys count."""

    def __init__(self, name: str, today: datetime.date, parent: QWidget) -> None:
        said = translate(
            "Keys", "停用{name}的密钥：此后用它签名的文件会提示“与名册不同”。遗失的，选遗失前的最后一天。"
        )
        super().__init__(
            translate("Keys", "停用密钥"), said.format(name=name), translate("Keys", "停用"), parent
        )
        self.day = QDateEdit(QDate(today.year, today.month, today.day))
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setMaximumDate(QDate(today.year, today.month, today.day))
        self.fields.addRow(translate("Keys", "有效至"), self.day)

    @property
    def last(self) -> datetime.date:
        """The last day that counts."""
        day = self.day.date()
        return datetime.date(day.year(), day.month(), day.day())


class FingerprintQuestion(Question):
    """The office's new fingerprint, as it was heard over the telephone."""

    def __init__(self, said: str, parent: QWidget) -> None:
        super().__init__(
            translate("Keys", "汇总单位的密钥不同"), said, translate("Keys", "核对并继续"), parent
        )
        self.heard = QLineEdit()
        self.heard.setPlaceholderText("12345 67890 12345 67890")
        self.fields.addRow(translate("Keys", "电话中听到的指纹"), self.heard)

    @property
    def fingerprint(self) -> str:
        """What was heard."""
        return self.heard.text().strip()


def _secret() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
