"""What stands at the head of printed sheets: the statistical form's fields, where the office has them."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.workspace import PaperHead
from ui.forms import room_for


class PaperHeadDialog(QDialog):
    """Edits a head; `head` is what stands in the fields."""

    def __init__(self, head: PaperHead, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("打印表头"))
        about = QLabel(self.tr("有统计报表批文的，照批文填写；没有的留空，打印时不出现。"))
        about.setWordWrap(True)
        self.number, self.issuer = QLineEdit(head.number), QLineEdit(head.issuer)
        self.approval, self.valid_until = QLineEdit(head.approval), QLineEdit(head.valid_until)
        self.readers = QLineEdit(head.readers)
        form = QFormLayout()
        for text, field in (
            (self.tr("表号(&N)"), self.number),
            (self.tr("制定机关(&I)"), self.issuer),
            (self.tr("批准文号(&A)"), self.approval),
            (self.tr("有效期至(&U)"), self.valid_until),
            (self.tr("知悉范围(&R)"), self.readers),
        ):
            field.setAccessibleName(text.split("(")[0])
            form.addRow(text, field)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(about)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.setMinimumWidth(room_for(self, 30, 0).width())

    @property
    def head(self) -> PaperHead:
        """What stands in the fields."""
        return PaperHead(
            self.number.text().strip(),
            self.issuer.text().strip(),
            self.approval.text().strip(),
            self.valid_until.text().strip(),
            self.readers.text().strip(),
        )
