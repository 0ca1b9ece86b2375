"""Who is working? A list of names, no passwords; Enter takes the one who worked last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from ui.forms import labelled

Standard = QDialogButtonBox.StandardButton


class WhoDialog(QDialog):
    """`chosen` carries the name. Closing the dialog is no way round it: it takes the one marked."""

    chosen = Signal(str)

    def __init__(self, people: Sequence[str], last: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("现在由谁填报"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("填报人"))
        self.list.addItems(list(people))
        found = self.list.findItems(last, Qt.MatchFlag.MatchExactly)
        self.list.setCurrentItem(found[0] if found else self.list.item(0))
        self.other = QLineEdit()
        self.other.setPlaceholderText(self.tr("不在名单中的，在这里写姓名"))
        self.other.setAccessibleName(self.tr("其他人的姓名"))
        buttons = QDialogButtonBox(Standard.Ok)
        buttons.button(Standard.Ok).setText(self.tr("开始填报(&S)"))
        buttons.accepted.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(self.tr("姓名记入填报痕迹，没有密码。上次填报的人已选中。")))
        layout.addWidget(self.list, 1)
        layout.addWidget(labelled(self.tr("其他人(&O)"), self.other))
        layout.addWidget(self.other)
        layout.addWidget(buttons)
        self.list.itemActivated.connect(self.accept)
        self.finished.connect(self._tell)
        self.list.setFocus()

    @property
    def name(self) -> str:
        """The name typed, else the one marked."""
        marked = self.list.item(max(self.list.currentRow(), 0))
        return self.other.text().strip() or marked.text()

    def _tell(self) -> None:
        self.chosen.emit(self.name)
