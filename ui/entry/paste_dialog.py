"""What a paste would change, shown before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.workspace import PastePlan
from ui.colours import Tone, tone
from ui.forms import room_for
from ui.row_table import Index, Role, RowTable
from ui.rows import fit_rows

COL_NAME, COL_OLD, COL_NEW, COL_PROBLEM = range(4)
SIZE_EM = (52, 26)


class PasteModel(RowTable):
    """One row per cell of the block."""

    columns = 4

    def __init__(self, plan: PastePlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = plan.lines

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Texts; problems are coloured and have a mark."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        problem = f"{'▲' if line.takes else '✖'} {line.problem}" if line.problem else ""
        same = self.tr("不变") if not line.takes and not line.problem else line.new
        texts = (line.name, line.old, same if not line.problem or line.takes else line.text, problem)
        if role in (Role.DisplayRole, Role.AccessibleTextRole, Role.ToolTipRole):
            return texts[index.column()]
        if role == Role.TextAlignmentRole and index.column() in (COL_OLD, COL_NEW):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ForegroundRole:
            palette = QGuiApplication.palette()
            if index.column() == COL_PROBLEM:
                return tone(palette, Tone.WARNING if line.takes else Tone.ERROR)
            return None if line.takes else tone(palette, Tone.MUTED)
        return None

    def _count(self) -> int:
        return len(self._lines)

    def _titles(self) -> Sequence[str]:
        return (self.tr("指标"), self.tr("现在"), self.tr("粘贴"), self.tr("说明"))


class PasteDialog(QDialog):
    """Asks before a block is written that doesn't fit, or holds what can't be read."""

    def __init__(self, plan: PastePlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("粘贴预览"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.model = PasteModel(plan, self)
        self.table = QTableView()
        self.table.setModel(self.model)
        taken = len(plan.texts)
        left = sum(1 for line in plan.lines if line.problem and not line.takes)
        said = self.tr("将改 {n} 项。") if taken else self.tr("没有可以粘贴的数。")
        text = said.format(n=taken) + (self.tr("{n} 项不粘贴，原因见“说明”。").format(n=left) if left else "")
        self.summary = QLabel("\n".join((text, *plan.notes)))
        self.summary.setWordWrap(True)
        self.buttons = QDialogButtonBox()
        self.paste = self.buttons.addButton(self.tr("粘贴(&P)"), QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = self.buttons.addButton(self.tr("取消(&C)"), QDialogButtonBox.ButtonRole.RejectRole)
        self.paste.setEnabled(taken > 0)
        (self.paste if taken else cancel).setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.buttons)
        self._set_up_table()
        (self.paste if taken else cancel).setFocus()

    def _set_up_table(self) -> None:
        table, em = self.table, self.fontMetrics().horizontalAdvance("国")
        table.setAccessibleName(self.tr("粘贴预览"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        fit_rows(table)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(COL_NAME, QHeaderView.ResizeMode.Stretch)
        for column in (COL_OLD, COL_NEW):
            table.setColumnWidth(column, em * 8)
        table.setColumnWidth(COL_PROBLEM, em * 17)
        self.resize(room_for(self, *SIZE_EM))
