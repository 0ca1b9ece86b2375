"""What a file that was edited outside the program said, and what it says now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from desktop.model.place_name import place_name
from desktop.model.plan import Plan
from desktop.workspace import BoardRow, EditedCellView
from ui.colours import Tone
from ui.consolidation.text_table import TextColumn, TextRow, TextTable, text_view

WIDTH, HEIGHT = 760, 420


class EditedDialog(QDialog):
    """The edited cells of one content: was → now. It says so too where there are none."""

    def __init__(self, edited: Sequence[EditedCellView], row: BoardRow, plan: Plan, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("对照：{unit} 在软件外的改动").format(unit=row.unit.short_name))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(WIDTH, HEIGHT)
        columns = (
            TextColumn(self.tr("单位"), 8),
            TextColumn(self.tr("位置"), 18),
            TextColumn(self.tr("报送单位的程序写的"), 11),
            TextColumn(self.tr("文件里现在是"), 11),
        )
        self.model = TextTable(columns, self)
        self.table = text_view(self.model, self.tr("改动过的单元格"))
        self.head = QLabel(
            self.tr("{file}：有 {n} 处在软件外改动过，汇总以现在的数字为准。有疑问的请退回。").format(
                file=row.file, n=len(edited)
            )
            if edited
            else self.tr("{file}：没有在软件外改动过，也没有别的内容可以对照。").format(file=row.file)
        )
        self.head.setWordWrap(True)
        self.model.set_rows([self._row(cell, plan) for cell in edited])
        self.table.setVisible(bool(edited))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("关闭"))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.head)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        if edited:
            self.table.selectRow(0)

    def _row(self, cell: EditedCellView, plan: Plan) -> TextRow:
        unit = plan.unit(cell.unit).short_name if plan.has_unit(cell.unit) else cell.unit
        blank = self.tr("（空）")
        texts = (unit, place_name(cell.element, plan), cell.was or blank, cell.now or blank)
        return TextRow(texts, Tone.WARNING)
