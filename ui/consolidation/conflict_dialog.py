"""对照: contents of a unit side by side; one is taken whole, or cell by cell, with a reason."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.model.plan import Plan
from desktop.workspace import Choice, Comparison, Side
from ui.consolidation.board_parts import board_table
from ui.consolidation.compare_model import CompareModel
from ui.consolidation.result_models import CONTENT_LABELS, SIGNATURE_LABELS
from ui.consolidation.row_line import RowLine
from ui.flow import FlowLayout
from ui.forms import room_for
from ui.scrolled import scrolled

SIZE_EM = (80, 46)


class ConflictDialog(QDialog):
    """Asks what counts; `choice` is the answer. Nothing is decided here, and nothing is chosen beforehand."""

    def __init__(self, comparison: Comparison, plan: Plan, parent: QWidget) -> None:
        super().__init__(parent)
        self._plan = plan
        unit = plan.unit(comparison.unit).short_name
        self.setWindowTitle(
            self.tr("对照：{unit} {period}").format(unit=unit, period=comparison.period.label)
        )
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(room_for(self, *SIZE_EM))
        self.model = CompareModel(comparison, self)
        self.table = board_table(
            self.model,
            self.tr("逐处对照"),
            weights=(3, 2, *(2 for _ in comparison.sides), 0),
            whole=(self.model.columns - 1,),
            empty=self.tr("两份的每一处都相同，选定哪一份都一样。"),
        )
        self.table.installEventFilter(self)
        self.only_different = QCheckBox(self.tr("只看不同的地方(&D)"))
        self.only_different.setChecked(True)
        self.wholes = [
            QPushButton(self.tr("整份采用第 {n} 份(&{n})").format(n=number))
            for number in range(1, len(comparison.sides) + 1)
        ]
        self.left = QLabel()
        self.left.setWordWrap(True)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(self.tr("理由"))
        self.reason.setPlaceholderText(self.tr("理由，例如与谁核对过。必填，会留在记录里。"))
        self.buttons = QDialogButtonBox()
        self.go = self.buttons.addButton(self.tr("采用(&T)"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        self._lay_out(comparison)
        self._connect()
        self._follow()

    @property
    def choice(self) -> Choice:
        """What was chosen, and why."""
        base, cells = self.model.choice
        return Choice(base, cells, self.reason.text().strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the table 1, 2, 3 … take the cell from that content; Space goes through them."""
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            row = self.table.currentIndex().row()
            if row >= 0 and self._choose_by_key(row, event):
                return True
        return super().eventFilter(watched, event)

    def _choose_by_key(self, row: int, event: QKeyEvent) -> bool:
        sides = len(self.model.comparison.sides)
        if event.key() == Qt.Key.Key_Space:
            chosen = self.model.chosen(row)
            self.model.choose(row, 0 if chosen is None else (chosen + 1) % sides)
        elif event.text().isdecimal() and 0 < int(event.text()) <= sides:
            self.model.choose(row, int(event.text()) - 1)
            self._go_on(row)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.model.open:
            self.reason.setFocus()
        else:
            return False
        self._follow()
        return True

    def _go_on(self, row: int) -> None:
        """To the next cell that waits; where none does, to the next one."""
        rows = self.model.rowCount()
        ahead = [(row + step) % rows for step in range(1, rows)]
        waiting = next((n for n in ahead if self.model.waits(n)), None)
        following = min(row + 1, rows - 1)
        self.table.selectRow(following if waiting is None else waiting)

    @Slot(int)
    def _choose_all(self, side: int) -> None:
        self.model.choose_all(side)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        waiting, said = self.model.open, bool(self.reason.text().strip())
        self.go.setEnabled(not waiting and said)
        next_ = self.tr("每一处都已选定，按回车采用。") if said else self.tr("每一处都已选定，请写明理由。")
        self.left.setText(self.tr("还有 {n} 处待选。").format(n=waiting) if waiting else next_)
        self.go.setToolTip("" if self.go.isEnabled() else self.left.text())

    def _connect(self) -> None:
        for side, button in enumerate(self.wholes):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, chosen=side: self._choose_all(chosen))
        self.only_different.toggled.connect(lambda on: self.model.show_cells(different=on))
        self.reason.textChanged.connect(self._follow)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self, comparison: Comparison) -> None:
        content = QVBoxLayout()
        for number, side in enumerate(comparison.sides, 1):
            label = QLabel(self._side(number, side))
            label.setWordWrap(True)
            content.addWidget(label)
        if self.model.rowCount():
            self.table.selectRow(0)
        how = QLabel(self.tr("在表中按 1、2……选用哪一份的这一处，空格轮换；或整份采用一份。"))
        how.setWordWrap(True)
        content.addWidget(how)
        content.addWidget(self.table, 1)
        content.addWidget(RowLine(self.table))
        content.addLayout(FlowLayout(*self.wholes, self.only_different))
        content.addWidget(self.reason)
        last = QHBoxLayout()
        last.addWidget(self.left, 1)
        last.addWidget(self.buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(scrolled(content), 1)
        layout.addLayout(last)
        self.table.setFocus()

    def _side(self, number: int, side: Side) -> str:
        unit = self._plan.unit(side.unit).short_name if self._plan.has_unit(side.unit) else side.unit
        came = f"{side.received:%Y-%m-%d %H:%M}" if side.received else self.tr("由汇总单位逐处选定")
        return self.tr(
            "第 {n} 份：{unit}第{revision}版　{file}　{came}　内容：{content}　签名：{signature}"
        ).format(
            n=number,
            unit=unit,
            revision=side.revision,
            file=side.file,
            came=came,
            content=CONTENT_LABELS.get(side.content, side.content),
            signature=SIGNATURE_LABELS.get(side.signature, side.signature),
        )
