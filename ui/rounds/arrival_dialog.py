"""Shows what a task package, return or receipt brings before it is taken in, and what it brought."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.workspace import Arrival, MovedForm, OfficeAnswer
from ui.forms import room_for
from ui.i18n import translate

SIZE_EM = (60, 40)


class LinesDialog(QDialog):
    """A heading and lines to read, and buttons."""

    def __init__(self, title: str, heading: str, lines: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(room_for(self, *SIZE_EM))
        self.heading = QLabel(heading)
        self.heading.setWordWrap(True)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.text = QPlainTextEdit("\n".join(lines))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(title)
        self.compared = QCheckBox()
        self.compared.hide()
        self.buttons = QDialogButtonBox()
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.heading)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.compared)
        layout.addWidget(self.buttons)
        self.finished.connect(self.deleteLater)

    def offer(self, accept: str, leave: str) -> None:
        """Two buttons; Enter is the first."""
        button = self.buttons.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
        button.setDefault(True)
        self.buttons.addButton(leave, QDialogButtonBox.ButtonRole.RejectRole)
        button.setFocus()

    def only_close(self, text: str) -> None:
        """One button, for what is only to be read."""
        button = self.buttons.addButton(text, QDialogButtonBox.ButtonRole.RejectRole)
        button.setDefault(True)
        button.setFocus()


def before_dialog(arrival: Arrival | OfficeAnswer, parent: QWidget) -> LinesDialog:
    """What a file or plan would bring; accepted means take it in."""
    dialog = LinesDialog(translate("Arrival", "接收前请核对"), arrival.heading, arrival.lines, parent)
    if arrival.unchanged:
        dialog.only_close(translate("Arrival", "关闭"))
    else:
        signed = arrival.signature
        if signed is not None and signed.fingerprint and not signed.confirmed:
            asked = translate("Arrival", "已与汇总单位电话核对指纹：{fingerprint}(&P)")
            dialog.compared.setText(asked.format(fingerprint=signed.fingerprint))
            dialog.compared.show()
        dialog.offer(translate("Arrival", "确认接收(&Y)"), translate("Arrival", "先不接收"))
    return dialog


def after_dialog(arrival: Arrival | OfficeAnswer, parent: QWidget) -> LinesDialog:
    """What came, and what became of the drafts."""
    dialog = LinesDialog(translate("Arrival", "已接收"), arrival.heading, arrival.lines, parent)
    dialog.only_close(translate("Arrival", "关闭"))
    return dialog


def reports_dialog(forms: Sequence[MovedForm], parent: QWidget) -> LinesDialog:
    """The reports of all drafts that moved to another version, the last first."""
    lines = [line for form in forms for line in (form.sentence, *(f"  {one}" for one in form.lines), "")]
    heading = translate("Arrival", "草稿随方案换版转入的记录，最近的在前。")
    if not forms:
        lines = [translate("Arrival", "还没有：方案换版时，未报出的草稿会自动转入新版，并在这里留下对照。")]
    dialog = LinesDialog(translate("Arrival", "换版记录"), heading, lines, parent)
    dialog.only_close(translate("Arrival", "关闭"))
    return dialog
