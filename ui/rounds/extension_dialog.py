"""延期: one unit may report later in one period; why, and who approved it, is kept."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QDate, Slot
from PySide6.QtWidgets import QDateEdit, QFormLayout, QLineEdit, QPushButton, QWidget

from desktop.model.period import Period
from desktop.workspace import Extension, Workspace
from ui.consolidation.decision_dialog import DecisionDialog
from ui.consolidation.text_table import TextColumn, TextRow
from ui.flow import FlowLayout
from ui.forms import labelled
from ui.settings.unit_picker import UnitPicker

SIZE_EM = (46, 30)
DAYS = 7
"""Usually so many days are given from today."""


class ExtensionDialog(DecisionDialog):
    """What was granted in a period, and a form to grant one more."""

    def __init__(self, workspace: Workspace, period: Period, parent: QWidget) -> None:
        columns = (
            TextColumn(self.tr("单位"), 10),
            TextColumn(self.tr("延期至"), 7),
            TextColumn(self.tr("批准人"), 6),
            TextColumn(self.tr("理由"), 14),
        )
        title = self.tr("延期 {period}").format(period=period.label)
        empty = self.tr("本期还没有单位延期。")
        super().__init__(title, columns, SIZE_EM, parent, empty=empty)
        self._workspace, self._period = workspace, period
        self._granted: tuple[Extension, ...] = ()
        self.picker = UnitPicker()
        self.picker.set_plan(workspace.plan)
        today = workspace.today
        self.day = QDateEdit(QDate(today.year, today.month, today.day).addDays(DAYS))
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setAccessibleName(self.tr("延期至"))
        self.reason = QLineEdit()
        self.reason.setAccessibleName(self.tr("理由"))
        self.approver = QLineEdit()
        self.approver.setAccessibleName(self.tr("批准人"))
        self.grant = QPushButton(self.tr("延期(&D)"))
        self.withdraw = QPushButton(self.tr("撤销选中的延期(&Z)"))
        self._connect()
        self.lay_out(self._form(), FlowLayout(self.grant, self.withdraw))
        self._show_granted()
        self.picker.field.setFocus()

    def _connect(self) -> None:
        for button, act in ((self.grant, self._grant), (self.withdraw, self._withdraw)):
            button.setAutoDefault(False)
            button.clicked.connect(act)
        self.picker.accepted.connect(self.day.setFocus)
        self.approver.returnPressed.connect(self._grant)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.addRow(labelled(self.tr("单位(&U)"), self.picker.field), self.picker)
        form.addRow(self.tr("延期至(&T)"), self.day)
        form.addRow(self.tr("理由(&R)"), self.reason)
        form.addRow(self.tr("批准人(&A)"), self.approver)
        return form

    def _show_granted(self) -> None:
        granted, plan = self._workspace.extensions(self._period), self._workspace.plan
        said = self.tr("已延期 {n} 个单位；写进下一次下发的任务包，按时与否按延期后的日期判断。")
        self.head.setText(said.format(n=len(granted)))
        self._granted = granted
        self.withdraw.setEnabled(bool(granted))
        self.rows.set_rows(
            [
                TextRow((plan.unit(one.unit).short_name, one.day.isoformat(), one.approver, one.reason))
                for one in granted
            ]
        )

    @Slot()
    def _grant(self) -> None:
        unit, day = self.picker.unit, self.day.date()
        if unit is None:
            self.head.setText(self.tr("请选择单位：输入名称或拼音首字母，再用上下键选定。"))
            self.picker.field.setFocus()
            return
        wanted = Extension(
            unit.id,
            self._period,
            datetime.date(day.year(), day.month(), day.day()),
            self.reason.text(),
            self.approver.text(),
        )
        if self.attempt(lambda: self._workspace.extend(wanted)):
            self._show_granted()
            self.picker.field.setFocus()

    @Slot()
    def _withdraw(self) -> None:
        """撤销 the extension chosen, with the reason that stands in the field."""
        at = self.current
        if not 0 <= at < len(self._granted):
            self.head.setText(self.tr("请先在表中选中要撤销的延期。"))
            self.table.setFocus()
            return
        unit, why = self._granted[at].unit, self.reason.text()
        if self.attempt(lambda: self._workspace.withdraw_extension(unit, self._period, reason=why)):
            self.reason.clear()
            self._show_granted()
            self.head.setText(self.tr("已撤销，期限改回原来的。任务包如已带延期后的日期下发，请重新下发。"))
            self.stay_at(at)
