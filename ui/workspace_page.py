"""An open workspace: which unit, which period, who is working; the form, and for consolidators the board."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.config import folders
from desktop.errors import ZhibaoError
from desktop.model.period import Period
from desktop.model.unit import Unit
from desktop.workspace import FormChange, FormSession, Published, Workspace
from ui.consolidation.board_page import BoardPage
from ui.entry.form_page import FormPage
from ui.entry.submit_dialog import SubmitDialog
from ui.error_reporting import show_fault
from ui.file_dialogs import open_file
from ui.keys.keys_dialog import KeysDialog
from ui.rounds.publisher import Publisher
from ui.rounds.receiver import Receiver, dropped_package
from ui.saving import SaveWatcher

ENTRY, BOARD = range(2)


class WorkspacePage(QWidget):
    """Shows one workspace. `said` carries sentences, `form_changed` follows unit and period."""

    said = Signal(str)
    form_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self.saves = SaveWatcher(self)
        self.title = QLabel()
        self.unit = QComboBox()
        self.unit.setAccessibleName(self.tr("单位"))
        self.period = QComboBox()
        self.period.setAccessibleName(self.tr("报告期"))
        self.period.setMaxVisibleItems(20)
        self.person = QComboBox()
        self.person.setAccessibleName(self.tr("正在填报的人"))
        self.person.setEditable(True)
        self.person.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.modes = QButtonGroup(self)
        self.plan = QComboBox()
        self.plan.setAccessibleName(self.tr("方案"))
        self.receiver = Receiver(self)
        self.publisher = Publisher(self)
        self.form = FormPage()
        self.board = BoardPage()
        self.pages = QStackedWidget()
        self.check = QPushButton(self.tr("审核 F9"))
        self.submit = QPushButton(self.tr("报出 F12"))
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()

    @property
    def workspace(self) -> Workspace | None:
        """The workspace shown."""
        return self._workspace

    @property
    def session(self) -> FormSession | None:
        """The form shown."""
        return self.form.session

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Show another workspace, or none; the one before is closed once what was typed in it is kept."""
        self.form.set_session(None)
        self.board.show_period(None, None)
        if self._workspace is not None:
            self._workspace.close()
        self._workspace = workspace
        if workspace is None:
            return
        self.title.setText(self.tr("演示数据") if workspace.synthetic else "")
        self._fill_choices(workspace)
        for number in (ENTRY, BOARD):
            self.modes.button(number).setVisible(workspace.consolidates)
        wording = workspace.wording()
        self.form.set_wording(lambda number: wording.get(number, ""))
        self.show_mode(ENTRY)
        self._open_form()

    def show_mode(self, mode: int) -> None:
        """Bring the form or the board to the front."""
        if mode == BOARD and (self._workspace is None or not self._workspace.consolidates):
            self.said.emit(self.tr("本工作区不负责汇总。"))
            return
        self.modes.button(mode).setChecked(True)
        self.pages.setCurrentIndex(mode)
        for widget in (self.check, self.submit, self.unit):
            widget.setEnabled(mode == ENTRY)
        if mode == BOARD:
            self.form.leave()
            self.board.show_period(self._workspace, self._current_period())
            self.board.table.setFocus()
        else:
            self.form.focus_sheet()

    def choose_period(self) -> None:
        """Give the keyboard to the list of periods."""
        self.period.setFocus()
        self.said.emit(self.tr("上下键或输入年份选择报告期，Ctrl+1 回到表格。"))

    def check_form(self) -> None:
        """审核."""
        if self.session is not None:
            self.show_mode(ENTRY)
            self.form.check()

    def submit_form(self) -> None:
        """报出: opens the dialog."""
        workspace, session = self._workspace, self.session
        if workspace is None or session is None:
            return
        self.form.leave()
        if session.locked:
            self.said.emit(self.tr("本期已报出。如需更正，请点“修订”。"))
            return
        dialog = SubmitDialog(workspace, session, workspace.path.parent, self)
        dialog.edited.connect(self._edited)
        dialog.edited.connect(self.form.refresh)
        dialog.submitted.connect(self._submitted)
        dialog.goto.connect(self.form.go_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def revise_form(self) -> None:
        """修订: unlock for the next revision."""
        session = self.session
        if session is None:
            return
        if not session.locked:
            self.said.emit(self.tr("本期尚未报出，可以直接修改。"))
            return
        assert self._workspace is not None  # there is a session
        try:
            revised = self._workspace.start_revision(session)
        except ZhibaoError as fault:
            show_fault(self, fault)
            return
        if revised is session:
            self.form.refresh()
        else:
            self.form.set_session(revised)
        self.form.focus_sheet()
        self.form_changed.emit()
        said = self.tr("已开始修订：第 {n} 版草稿。").format(n=revised.life.revision)
        if revised is not session:
            said += self.tr("已转到方案第 {version} 版，对照见“换版记录”。").format(
                version=revised.plan.version
            )
        self.said.emit(said)

    def receive_package(self) -> None:
        """接收任务包."""
        if self._workspace is not None:
            self.form.leave()
            self.receiver.ask_for_package(self._workspace)

    def use_plan(self) -> None:
        """启用方案或方案新版."""
        if self._workspace is not None:
            self.form.leave()
            self.receiver.ask_for_plan(self._workspace)

    def publish_package(self) -> None:
        """下发任务包."""
        workspace, period = self._workspace, self._current_period()
        if workspace is not None and period is not None and workspace.consolidates:
            self.form.leave()
            self.publisher.ask(workspace, period)

    def show_keys(self) -> None:
        """签名密钥与名册."""
        if self._workspace is not None:
            self.form.leave()
            KeysDialog(self._workspace, self.unit.currentData(), self).open()

    def say_missing_keys(self) -> None:
        """Say once on this computer that a workspace came without its keys; reports go out unsigned."""
        if self._workspace is not None and self._workspace.keys.missing_unsaid():
            self.show_keys()

    def show_moves(self) -> None:
        """换版记录."""
        if self._workspace is not None:
            self.receiver.show_reports(self._workspace)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A task package may be dropped on the form."""
        if self._workspace is not None and dropped_package(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A dropped task package is shown first."""
        path = dropped_package(event)
        if self._workspace is not None and path is not None:
            event.acceptProposedAction()
            self.form.leave()
            self.receiver.show_package(self._workspace, path)

    def ask_for_wording(self) -> None:
        """Load the official wording of items from the office's own copy."""
        workspace = self._workspace
        if workspace is None:
            return
        kinds = self.tr("方案文本 (*.txt *.docx);;所有文件 (*)")
        chosen = open_file(self, self.tr("载入方案文本"), folders().documents, kinds)
        if chosen is not None:
            self.load_wording(chosen)

    def load_wording(self, path: Path) -> None:
        """Load the official wording from a file and show it beside the items."""
        if self._workspace is None:
            return
        try:
            found = self._workspace.load_wording(path)
        except ZhibaoError as fault:
            show_fault(self, fault)
            return
        wording = self._workspace.wording()
        self.form.set_wording(lambda number: wording.get(number, ""))
        self.said.emit(self.tr("已载入 {n} 项工作的方案原文。").format(n=found))

    @Slot(object)
    def _edited(self, change: FormChange) -> None:
        self.saves.watch(change.saved)

    def _submitted(self, _made: object) -> None:
        self.form.refresh()
        self.form_changed.emit()

    @Slot()
    def _open_form(self) -> None:
        workspace, unit, period = self._workspace, self.unit.currentData(), self._current_period()
        if workspace is None or unit is None or period is None:
            return
        self.form.leave()
        try:
            session = workspace.form(unit, period)
        except ZhibaoError as fault:
            show_fault(self, fault)
            return
        self.form.set_session(session)
        if self.pages.currentIndex() == BOARD:
            self.board.show_period(workspace, period)
        elif not any(
            box.hasFocus() for box in (self.period, self.unit, self.plan)
        ):  # who walks in the list goes on walking
            self.form.focus_sheet()
        self.form_changed.emit()

    @Slot()
    def _received(self) -> None:
        """Show the workspace as it is after a package came: plan, units, periods, the form."""
        workspace = self._workspace
        if workspace is None:
            return
        self.form.set_session(None)
        self._fill_choices(workspace)
        self._open_form()
        self.said.emit(self.tr("已接收，现在按方案第 {v} 版填报。").format(v=workspace.plan.version))

    @Slot(object)
    def _published(self, done: Published) -> None:
        if self._workspace is not None:
            kept = self.period.currentData()
            self._fill_periods(self._workspace)
            self.period.setCurrentIndex(self.period.findData(kept))
            self.board.refresh()
        signed = self.tr("　签名指纹 {fingerprint}").format(fingerprint=done.fingerprint)
        said = self.tr("任务包已写出：{path}").format(path=done.path)
        self.said.emit(said + signed if done.fingerprint else said)

    @Slot()
    def _plan_chosen(self) -> None:
        workspace, plan = self._workspace, self.plan.currentData()
        if workspace is None or plan == workspace.plan.id:
            return
        self.form.leave()
        workspace.switch_plan(plan)
        self.form.set_session(None)
        self._fill_choices(workspace)
        self._open_form()
        self.said.emit(self.tr("现在按《{name}》填报。").format(name=workspace.plan.name))

    @Slot()
    def _person_chosen(self) -> None:
        name = self.person.currentText().strip()
        if self._workspace is None or not name or name == self._workspace.person:
            return
        self._workspace.set_person(name)
        if self.person.findText(name) < 0:
            self.person.addItem(name)
        self.said.emit(self.tr("现在由 {name} 填报。").format(name=name))

    def _current_period(self) -> Period | None:
        text = self.period.currentData()
        return Period.parse(text) if text else None

    def _fill_choices(self, workspace: Workspace) -> None:
        self.plan.clear()
        for plan in workspace.plans():
            self.plan.addItem(plan.name, plan.id)
        self.plan.setCurrentIndex(self.plan.findData(workspace.plan.id))
        self.plan.setVisible(self.plan.count() > 1)
        self.unit.clear()
        for unit in workspace.own_units:
            self.unit.addItem(unit_label(unit), unit.id)
        self.unit.setEnabled(self.unit.count() > 1)
        self._fill_periods(workspace)
        people = workspace.people
        if not workspace.person and people:
            workspace.set_person(people[0])
        self.person.clear()
        self.person.addItems(people)
        self.person.setCurrentText(workspace.person)

    def _fill_periods(self, workspace: Workspace) -> None:
        """Newest first; open ones with the day by which they are due."""
        round_ = workspace.round
        unit = self.unit.currentData() or ""
        self.period.clear()
        for period in reversed(workspace.periods()):
            label = period.label
            if round_.is_open(period):
                day = round_.deadline(unit, period)
                due = self.tr("{month}月{day}日前报") if day else self.tr("开放")
                label = f"{label}　●{due.format(month=day.month, day=day.day) if day else due}"
            self.period.addItem(label, str(period))
        self.period.setCurrentIndex(self.period.findData(str(workspace.default_period())))

    def _connect(self) -> None:
        self.plan.activated.connect(self._plan_chosen)
        self.receiver.received.connect(self._received)
        self.publisher.published.connect(self._published)
        self.unit.activated.connect(self._open_form)
        self.period.activated.connect(self._open_form)
        self.person.activated.connect(self._person_chosen)
        editor = self.person.lineEdit()
        assert editor is not None
        editor.editingFinished.connect(self._person_chosen)
        self.modes.idClicked.connect(self.show_mode)
        self.check.clicked.connect(self.check_form)
        self.submit.clicked.connect(self.submit_form)
        self.form.edited.connect(self._edited)
        self.form.said.connect(self.said)
        self.form.revision_wanted.connect(self.revise_form)
        self.board.said.connect(self.said)

    def _lay_out(self) -> None:
        em = self.fontMetrics().horizontalAdvance("国")
        self.unit.setMinimumWidth(em * 10)
        self.period.setMinimumWidth(em * 10)
        self.person.setMinimumWidth(em * 6)
        head = QHBoxLayout()
        head.setContentsMargins(6, 4, 6, 0)
        for number, text in ((ENTRY, self.tr("填报")), (BOARD, self.tr("汇总"))):
            button = QPushButton(text)
            button.setCheckable(True)
            self.modes.addButton(button, number)
            head.addWidget(button)
        who = QLabel(self.tr("填报人"))
        for widget in (self.plan, self.unit, self.period, who, self.person, self.title):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.check)
        head.addWidget(self.submit)
        self.pages.addWidget(self.form)
        self.pages.addWidget(self.board)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self.pages, 1)


def unit_label(unit: Unit) -> str:
    """The name by which the unit is shown above its form."""
    return unit.short_name
