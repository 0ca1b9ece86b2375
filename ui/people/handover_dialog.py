"""交接: who hands over to whom, with a note; what was handed over before stands below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import ZhibaoError
from desktop.workspace import Workspace
from ui.colours import Tone, tint
from ui.forms import EnterField, room_for
from ui.rows import fit_rows
from ui.scrolled import scrolled

Standard = QDialogButtonBox.StandardButton
NOTE_LINES = 3


class HandoverDialog(QDialog):
    """Records hand-overs of one workspace; `handed_over` carries who works from now on."""

    handed_over = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("交接"))
        self._workspace = workspace
        self.note = QPlainTextEdit()
        self.taker = self._names(self.tr("接手人"), self.note)
        self.giver = self._names(self.tr("交出人"), self.taker)
        self.giver.setCurrentText(workspace.person)
        others = [name for name in workspace.people if name != workspace.person]
        self.taker.setCurrentText(others[0] if len(others) == 1 else "")
        self.note.setAccessibleName(self.tr("交接说明"))
        self.note.setPlaceholderText(self.tr("还差什么、资料在哪里、要问谁（可以不写）"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(self.note.fontMetrics().lineSpacing() * NOTE_LINES + 12)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.past = QTableWidget(0, 4)
        self._lay_out()
        self._show_past()
        self.taker.setFocus()

    @Slot()
    def accept(self) -> None:
        """Record it; what is missing is said and the dialog stays."""
        try:
            done = self._workspace.staff.hand_over(
                self.giver.currentText(), self.taker.currentText(), self.note.toPlainText()
            )
        except ZhibaoError as fault:
            tint(self.said, Tone.ERROR)
            self.said.setText(str(fault))
            self.taker.setFocus()
            return
        self.handed_over.emit(done.taker)
        super().accept()

    def _names(self, title: str, after: QWidget) -> QComboBox:
        """A list of names; Enter goes on, since what is recorded here can't be taken back."""
        box, field = QComboBox(), EnterField()
        box.setEditable(True)
        box.setLineEdit(field)
        field.passed.connect(after.setFocus)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.addItems(list(self._workspace.people))
        box.setAccessibleName(title)
        return box

    def _show_past(self) -> None:
        found = self._workspace.staff.handovers()
        self.past.setRowCount(len(found))
        for row, one in enumerate(found):
            texts = (f"{one.time.astimezone():%Y-%m-%d %H:%M}", one.giver, one.taker, one.note)
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                item.setToolTip(text)
                self.past.setItem(row, column, item)
        self.past.setVisible(bool(found))
        self._title.setText(
            self.tr("以前的交接")
            if found
            else self.tr("还没有记录过交接。交接记入填报痕迹，不能改也不能删。")
        )

    def _lay_out(self) -> None:
        self._title = QLabel()
        self._title.setWordWrap(True)
        self.past.setAccessibleName(self.tr("以前的交接"))
        self.past.setHorizontalHeaderLabels(
            [self.tr("时间"), self.tr("交出人"), self.tr("接手人"), self.tr("说明")]
        )
        self.past.verticalHeader().hide()
        self.past.setTabKeyNavigation(False)
        fit_rows(self.past)
        self.past.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.past.horizontalHeader().setStretchLastSection(True)
        buttons = QDialogButtonBox(Standard.Ok | Standard.Cancel)
        buttons.button(Standard.Ok).setText(self.tr("记录交接(&H)"))
        buttons.button(Standard.Cancel).setText(self.tr("取消"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(self.tr("交出人(&F)"), self.giver)
        form.addRow(self.tr("接手人(&T)"), self.taker)
        form.addRow(self.tr("说明(&N)"), self.note)
        content = QVBoxLayout()
        content.addLayout(form)
        content.addWidget(self.said)
        content.addWidget(self._title)
        content.addWidget(self.past, 1)
        content.addStretch()
        layout = QVBoxLayout(self)
        layout.addWidget(scrolled(content), 1)
        layout.addWidget(buttons)
        self.resize(room_for(self, 36, 30))
