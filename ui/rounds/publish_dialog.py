"""下发任务包: which periods are open, by when each kind of unit reports, and how to reach the office."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.model.period import Period
from desktop.workspace import Deadline, ToPublish, Workspace
from ui.forms import labelled, room_for
from ui.scrolled import scrolled

SHOWN = 8
SIZE_EM = (44, 34)
PERIOD_ROLE = Qt.ItemDataRole.UserRole
DATE_FORMAT = "yyyy-MM-dd"


class PublishDialog(QDialog):
    """Asks what a package opens; `wanted` is the answer. Nothing is written here."""

    def __init__(self, workspace: Workspace, period: Period, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("下发任务包"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._workspace = workspace
        self.periods = QListWidget()
        self.periods.setAccessibleName(self.tr("开放的报告期"))
        self.days: dict[str, QDateEdit] = {}
        self.contact = QLineEdit(workspace.round.contact)
        self.contact.setPlaceholderText(self.tr("科室、联系人、电话"))
        self.note = QLineEdit()
        self.each = QCheckBox(self.tr("另给每个单位写一份，收到的人不用再选单位(&U)"))
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.buttons = QDialogButtonBox()
        self.go = self.buttons.addButton(self.tr("写出任务包(&W)…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        self.buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        self._fill(period)
        self._lay_out()
        self.periods.itemChanged.connect(self._periods_changed)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self._periods_changed()

    @property
    def wanted(self) -> ToPublish:
        """The periods ticked; the days typed go for the latest of them, the others have the plan's."""
        periods = self._ticked()
        days = {kind: _day(edit) for kind, edit in self.days.items()}
        deadlines = tuple(Deadline(kind, day, periods[-1]) for kind, day in days.items()) if periods else ()
        said = (self.contact.text().strip(), self.note.text().strip())
        return ToPublish(periods, deadlines, *said, addressed=self.each.isChecked())

    def _ticked(self) -> tuple[Period, ...]:
        items = (self.periods.item(row) for row in range(self.periods.count()))
        ticked = (i.data(PERIOD_ROLE) for i in items if i.checkState() is Qt.CheckState.Checked)
        return tuple(sorted(Period.parse(text) for text in ticked))

    def _fill(self, chosen: Period) -> None:
        workspace = self._workspace
        known = [p for p in workspace.periods() if p <= chosen][-SHOWN:]
        ahead = [p for p in workspace.periods() if p > chosen][:2]
        for period in reversed((*known, *ahead)):
            item = QListWidgetItem(period.label)
            item.setData(PERIOD_ROLE, str(period))
            opened = period == chosen or workspace.round.is_open(period)
            item.setCheckState(Qt.CheckState.Checked if opened else Qt.CheckState.Unchecked)
            self.periods.addItem(item)
            if period == chosen:
                self.periods.setCurrentItem(item)
        present = {unit.kind for unit in workspace.consolidated_units}
        for kind in workspace.plan.unit_kinds:
            if kind.id in present:
                edit = QDateEdit()
                edit.setDisplayFormat(DATE_FORMAT)
                edit.setAccessibleName(kind.label)
                self.days[kind.id] = edit

    def _periods_changed(self) -> None:
        """The days follow the latest period: what was said for it before, else what the plan says."""
        periods = self._ticked()
        self.go.setEnabled(bool(periods))
        if not periods:
            self.said.setText(self.tr("请至少选一个报告期。"))
            return
        latest = periods[-1]
        said = self.tr("上面的期限用于{latest}，其余报告期按方案的期限。")
        self.said.setText(said.format(latest=latest.label) if len(periods) > 1 else "")
        for kind, edit in self.days.items():
            after = self._workspace.plan.deadlines.get(kind, 15)
            day = latest.end + datetime.timedelta(days=after)
            edit.setMinimumDate(QDate(latest.end.year, latest.end.month, latest.end.day).addDays(1))
            edit.setDate(QDate(day.year, day.month, day.day))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(labelled(self.tr("开放的报告期(&P)"), self.periods), self.periods)
        labels = {kind.id: kind.label for kind in self._workspace.plan.unit_kinds}
        for kind, edit in self.days.items():
            form.addRow(self.tr("{kind}报送期限").format(kind=labels[kind]), edit)
        form.addRow(labelled(self.tr("联系方式(&C)"), self.contact), self.contact)
        form.addRow(labelled(self.tr("备注(&N)"), self.note), self.note)
        self.periods.setMinimumHeight(self.fontMetrics().height() * 6)
        content = QVBoxLayout()
        content.addLayout(form)
        content.addWidget(self.each)
        content.addWidget(self.said)
        layout = QVBoxLayout(self)
        layout.addWidget(scrolled(content), 1)
        layout.addWidget(self.buttons)
        self.resize(room_for(self, *SIZE_EM))


def _day(edit: QDateEdit) -> datetime.date:
    day = edit.date()
    return datetime.date(day.year(), day.month(), day.day())
