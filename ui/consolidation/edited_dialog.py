"""What a file that was edited outside the program said, and what it says now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.model.place_name import place_name
from desktop.model.plan import Plan
from desktop.workspace import BoardRow, EditedCellView, ReturnComment
from ui.colours import Tone
from ui.consolidation.row_line import RowLine
from ui.consolidation.text_table import TextColumn, TextRow, TextTable, text_view
from ui.forms import room_for
from ui.i18n import translate
from ui.scrolled import scrolled

SIZE_EM = (62, 34)


class EditedDialog(QDialog):
    """The edited cells of one content: was → now. It says so too where there are none.

    `return_wanted`: the report shall go back to the unit because of them. `held`: they hold, and why.
    """

    return_wanted = Signal()
    held = Signal(str)

    def __init__(self, edited: Sequence[EditedCellView], row: BoardRow, plan: Plan, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("对照：{unit} 在软件外的改动").format(unit=row.unit.short_name))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(room_for(self, *SIZE_EM))
        columns = (
            TextColumn(self.tr("单位"), 8),
            TextColumn(self.tr("位置"), 18),
            TextColumn(self.tr("程序写的"), 11),
            TextColumn(self.tr("现在是"), 11),
        )
        self.model = TextTable(columns, self)
        self.table = text_view(
            self.model, self.tr("改动过的单元格"), self.tr("数字与报送单位的程序写的完全一样。")
        )
        self.head = QLabel(self._said(row.file, len(edited)))
        self.head.setWordWrap(True)
        self.model.set_rows([self._row(cell, plan) for cell in edited])
        self.reason = QLineEdit()
        self.reason.setAccessibleName(self.tr("怎么核对的"))
        self.reason.setPlaceholderText(self.tr("例如：已与对方电话核实"))
        buttons = self._buttons()
        self.send_back.setEnabled(bool(edited))
        self._waits = bool(row.edits)
        self.hold.setEnabled(self._waits)
        self._lay_out(buttons)
        if edited:
            self.table.selectRow(0)
            self.table.setFocus()
        else:
            buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()

    def _said(self, file: str, count: int) -> str:
        if not count:
            none = self.tr("{file}：没有在软件外改动过，也没有别的内容可以对照。")
            return none.format(file=file)
        some = self.tr("{file}：有 {n} 处在软件外改动过，汇总以现在的数字为准。核对过就认可，有疑问就退回。")
        return some.format(file=file, n=count)

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        content = QVBoxLayout()
        content.addWidget(self.head)
        content.addWidget(self.table, 1)
        content.addWidget(RowLine(self.table))
        if self._waits:
            form = QFormLayout()
            form.addRow(self.tr("怎么核对的(&H)"), self.reason)
            content.addLayout(form)
        layout = QVBoxLayout(self)
        layout.addWidget(scrolled(content), 1)
        layout.addWidget(buttons)

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(self.tr("关闭"))
        close.setAutoDefault(False)
        self.hold = buttons.addButton(self.tr("认可这些改动(&Y)"), QDialogButtonBox.ButtonRole.ActionRole)
        self.hold.setAutoDefault(False)
        self.hold.clicked.connect(self._hold)
        self.reason.returnPressed.connect(self._hold)
        self.send_back = buttons.addButton(
            self.tr("退回，写明这些改动(&B)…"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.send_back.setAutoDefault(False)
        self.send_back.clicked.connect(self.accept)
        self.accepted.connect(self.return_wanted)
        buttons.rejected.connect(self.reject)
        return buttons

    @Slot()
    def _hold(self) -> None:
        why = self.reason.text().strip()
        if why:
            self.done(QDialog.DialogCode.Rejected)
            self.held.emit(why)
        else:
            self.head.setText(self.tr("请写一句怎么核对的，会留在记录里。"))
            self.reason.setFocus()

    def _row(self, cell: EditedCellView, plan: Plan) -> TextRow:
        unit = plan.unit(cell.unit).short_name if plan.has_unit(cell.unit) else cell.unit
        blank = self.tr("（空）")
        texts = (unit, place_name(cell.element, plan), cell.was or blank, cell.now or blank)
        return TextRow(texts, Tone.WARNING)


def comments_on(edited: Sequence[EditedCellView]) -> tuple[ReturnComment, ...]:
    """What is asked at every edited cell when the report goes back."""
    blank = translate("EditedDialog", "（空）")
    asked = translate("EditedDialog", "在软件外改动过：原为 {was}，现为 {now}，请核实。")
    return tuple(
        ReturnComment(cell.unit, cell.element, asked.format(was=cell.was or blank, now=cell.now or blank))
        for cell in edited
    )
