"""The line above a form: unit, period, who is working, and the two ways on, 审核 and 报出."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.model.period import Period
from desktop.model.unit import Unit
from desktop.workspace import Workspace
from desktop.workspace.people.period_states import PERIOD_LABELS, PeriodStanding, PeriodState
from ui.period_box import BETWEEN, PeriodBox

ENTRY, BOARD = range(2)
STATE_ROLE = int(Qt.ItemDataRole.UserRole) + 1

NARROW_EM = 30
"""Width below which the period needs the place of who is working, and of a unit that is the only one."""
ROOMY_EM = 44
"""Width from which the name of who is working has a label, in Chinese characters."""

MARKS = {
    PeriodState.EMPTY: "○",
    PeriodState.DRAFT: "●",
    PeriodState.IN_REVIEW: "◐",
    PeriodState.SUBMITTED: "✔",
    PeriodState.RETURNED: "↩",
}


class HeadBar(QWidget):
    """Shows the choices of one workspace. `person_named` carries a name that differs from the one before."""

    form_wanted = Signal()
    unit_wanted = Signal()
    plan_wanted = Signal(str)
    person_named = Signal(str)
    mode_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._person, self._narrow = "", False
        self.title = QLabel()
        self.unit = QComboBox()
        self.unit.setAccessibleName(self.tr("单位"))
        self.period = PeriodBox()
        self.period.setAccessibleName(self.tr("报告期"))
        self.person = QComboBox()
        self.person.setAccessibleName(self.tr("正在填报的人"))
        self.person.setEditable(True)
        self.person.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for box in (self.unit, self.period, self.person):  # names and states change while it is shown
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._who = QLabel(self.tr("填报人"))
        self.modes = QButtonGroup(self)
        self.plan = QComboBox()
        self.plan.setAccessibleName(self.tr("方案"))
        self.check = QPushButton(self.tr("审核 F9"))
        self.submit = QPushButton(self.tr("报出 F12"))
        self._lay_out()
        self._connect()

    @property
    def current_period(self) -> Period | None:
        """The period chosen."""
        text = self.period.currentData()
        return Period.parse(text) if text else None

    @property
    def walked_in(self) -> bool:
        """Whether one of the lists that choose a form has the keyboard."""
        return any(box.hasFocus() for box in (self.period, self.unit, self.plan))

    def show_workspace(self, workspace: Workspace) -> None:
        """Offer what a workspace has, and choose what it opens with."""
        self.title.setText(self.tr("演示数据") if workspace.synthetic else "")
        for button in self.modes.buttons():
            button.setVisible(workspace.consolidates)
        self.plan.clear()
        for plan in workspace.plans():
            self.plan.addItem(plan.name, plan.id)
        self.plan.setCurrentIndex(self.plan.findData(workspace.plan.id))
        self.plan.setVisible(self.plan.count() > 1)
        self.unit.clear()
        for unit in workspace.own_units:
            self.unit.addItem(unit_label(unit), unit.id)
        self.unit.setEnabled(self.unit.count() > 1)
        self._show_unit()
        self.fill_periods(workspace)
        self.period.setCurrentIndex(self.period.findData(str(workspace.default_period())))
        self.show_people(workspace)

    def choose(self, unit: str, period: Period) -> None:
        """Choose a form; who listens is not told."""
        self.unit.setCurrentIndex(self.unit.findData(unit))
        self.period.setCurrentIndex(self.period.findData(str(period)))

    def show_mode(self, mode: int) -> None:
        """Mark which page is in front; what belongs to the form is seen with it only."""
        self.modes.button(mode).setChecked(True)
        for widget in (self.check, self.submit):
            widget.setVisible(mode == ENTRY)
        self._show_unit()

    def show_people(self, workspace: Workspace) -> None:
        """Offer the names known here, and show who is working."""
        self._person = workspace.person
        self.person.clear()
        self.person.addItems(workspace.people)
        self.person.setCurrentText(workspace.person)

    def fill_periods(self, workspace: Workspace) -> None:
        """Newest first, each with its state and its last day where it is asked for. The choice stays."""
        kept = self.period.currentData()
        self.period.clear()
        if self.unit.currentData() is None:
            return
        for standing in reversed(workspace.standings(self.unit.currentData())):
            self.period.addItem(self._said(standing), str(standing.period))
            self.period.setItemData(self.period.count() - 1, standing.state, STATE_ROLE)
        self.period.setCurrentIndex(self.period.findData(kept))

    def refresh_states(self, workspace: Workspace) -> None:
        """Say anew where each period stands; nothing is chosen by it."""
        for standing in workspace.standings(self.unit.currentData()):
            row = self.period.findData(str(standing.period))
            self.period.setItemText(row, self._said(standing))
            self.period.setItemData(row, standing.state, STATE_ROLE)

    def show_form(self, unit: str, period: Period) -> None:
        """Choose a form without asking for it: it is the one shown."""
        self.unit.setCurrentIndex(self.unit.findData(unit))
        self.period.setCurrentIndex(self.period.findData(str(period)))

    @property
    def state(self) -> PeriodState:
        """The state of the period chosen, as it is said in the list."""
        return PeriodState(self.period.currentData(STATE_ROLE) or PeriodState.EMPTY)

    def _said(self, standing: PeriodStanding) -> str:
        state = PERIOD_LABELS[standing.state]
        if standing.state is PeriodState.SUBMITTED:
            state = self.tr("{state}第{n}版").format(state=state, n=standing.revision)
        elif standing.revision > 1:
            state = self.tr("{state}（第{n}版）").format(state=state, n=standing.revision)
        parts = [standing.period.label, f"{MARKS[standing.state]} {state}"]
        day = standing.deadline
        if standing.overdue:
            parts.append(self.tr("⚠ 逾期"))
        if day is not None and standing.state is not PeriodState.SUBMITTED:
            parts.append(self.tr("{month}月{day}日前报").format(month=day.month, day=day.day))
        elif standing.open and day is None:
            parts.append(self.tr("开放"))
        return BETWEEN.join(parts)

    @Slot()
    def _name(self) -> None:
        name = self.person.currentText().strip()
        if name and name != self._person:
            self._person = name
            self.person_named.emit(name)

    def _connect(self) -> None:
        self.plan.activated.connect(lambda: self.plan_wanted.emit(self.plan.currentData()))
        self.unit.activated.connect(self.unit_wanted)
        self.period.activated.connect(self.form_wanted)
        self.person.activated.connect(self._name)
        editor = self.person.lineEdit()
        assert editor is not None
        editor.editingFinished.connect(self._name)
        self.modes.idClicked.connect(self.mode_wanted)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type: the boxes follow."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()
            self._fit_width(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short the name stands for itself."""
        super().resizeEvent(event)
        self._fit_width(event.size().width())

    def _fit_width(self, width: int) -> None:
        em = self.fontMetrics().horizontalAdvance("国")
        self._narrow = width < em * NARROW_EM
        self._who.setVisible(width >= em * ROOMY_EM)
        self.person.setVisible(not self._narrow)
        self.period.setMinimumWidth(em * (7 if self._narrow else 10))
        self._show_unit()

    def _show_unit(self) -> None:
        self.unit.setVisible(self.check.isVisibleTo(self) and (self.unit.isEnabled() or not self._narrow))

    def _fit(self) -> None:
        """Least widths: the period with its state needs what the others can spare."""
        em = self.fontMetrics().horizontalAdvance("国")
        self.unit.setMinimumWidth(em * 5)
        self.period.setMinimumWidth(em * 10)
        self.person.setMinimumWidth(em * 5)

    def _lay_out(self) -> None:
        self._fit()
        head = QHBoxLayout(self)
        head.setContentsMargins(6, 4, 6, 0)
        for number, text in ((ENTRY, self.tr("填报")), (BOARD, self.tr("汇总"))):
            button = QPushButton(text)
            button.setCheckable(True)
            self.modes.addButton(button, number)
            head.addWidget(button)
        for widget in (self.plan, self.unit, self.period, self._who, self.person, self.title):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.check)
        head.addWidget(self.submit)


def unit_label(unit: Unit) -> str:
    """The name by which the unit is shown above its form."""
    return unit.short_name
