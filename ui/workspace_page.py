"""An open workspace: which unit, which period, who is working; the form, and for consolidators the board."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import ZhibaoError
from desktop.model.period import Period
from desktop.workspace import FormChange, FormSession, Workspace
from desktop.workspace.people.period_states import PeriodState
from ui.entry.form_page import FormPage
from ui.error_reporting import show_fault
from ui.head_bar import BOARD, ENTRY, HeadBar
from ui.office_work import OfficeWork
from ui.saving import SaveWatcher
from ui.tasks import stop_tasks

if TYPE_CHECKING:
    from desktop.workspace import OfficeAnswer
    from ui.consolidation.board_page import BoardPage


class WorkspacePage(QWidget):
    """Shows one workspace. `said` carries sentences, `form_changed` follows unit and period."""

    said = Signal(str)
    form_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self.saves = SaveWatcher(self)
        self.head = HeadBar()
        self.office = OfficeWork(self)
        self.form = FormPage()
        self.pages = QStackedWidget()
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()

    @cached_property
    def board(self) -> BoardPage:
        """The consolidator's page; made when it is first wanted: who opens a form doesn't wait for it."""
        from ui.consolidation.board_page import BoardPage

        board = BoardPage()
        board.said.connect(self.said)
        self.pages.addWidget(board)
        return board

    @property
    def workspace(self) -> Workspace | None:
        """The workspace shown."""
        return self._workspace

    @property
    def session(self) -> FormSession | None:
        """The form shown."""
        return self.form.session

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Show another workspace, or none; the one before is closed once what was typed in it is kept, and
        work that goes on in it has stopped.
        """
        stop_tasks(self)
        self.form.set_session(None)
        if self._has_board:
            self.board.show_period(None, None)
        if self._workspace is not None:
            self._workspace.close()
        self._workspace = workspace
        self.office.set_workspace(workspace)
        if workspace is None:
            return
        self._settle_person(workspace)
        self.head.show_workspace(workspace)
        self._show_wording()
        self.show_mode(ENTRY)
        self._open_form()

    def show_mode(self, mode: int) -> None:
        """Bring the form or the board to the front."""
        if mode == BOARD and (self._workspace is None or not self._workspace.consolidates):
            self.said.emit(self.tr("本工作区不负责汇总。"))
            return
        self.head.show_mode(mode)
        self.pages.setCurrentWidget(self.board if mode == BOARD else self.form)
        if mode == BOARD:
            self.form.leave()
            self.board.show_period(self._workspace, self.head.current_period)
            self.board.focus_units()
        else:
            self.form.focus_sheet()

    def choose_period(self) -> None:
        """Give the keyboard to the list of periods."""
        self.head.period.setFocus()
        self.said.emit(self.tr("上下键或输入年份选择报告期，回车回到表格。"))

    def _back_from_period(self) -> None:
        if self.pages.currentWidget() is self.form:
            self.form.focus_sheet()
        else:
            self.board.focus_units()

    def check_form(self) -> None:
        """审核: what is left to do, and the way to each."""
        self._finish(check=True)

    def submit_form(self) -> None:
        """报出; a form that was handed in shows what was made."""
        self._finish(check=False)

    def _finish(self, *, check: bool) -> None:
        from ui.entry.submit_dialog import SubmitDialog

        workspace, session = self._workspace, self.session
        if workspace is None or session is None:
            return
        self.show_mode(ENTRY)
        self.form.leave()
        if session.locked:
            self.said.emit(self.tr("本期已报出。如需更正，请点“修订”。"))

        dialog = SubmitDialog(workspace, session, workspace.path.parent, self)
        dialog.edited.connect(self._edited)
        dialog.edited.connect(self.form.refresh)
        dialog.reviewed.connect(self.form.refresh)
        dialog.submitted.connect(self._submitted)
        dialog.goto.connect(self.form.go_to_address)
        dialog.finished.connect(dialog.deleteLater)
        dialog.begin(check=check)

    def revise_form(self) -> None:
        """修订: unlock for the next revision."""
        workspace, session = self._workspace, self.session
        if workspace is None or session is None:
            return
        if not session.locked:
            self.said.emit(self.tr("本期尚未报出，可以直接修改。"))
            return
        try:
            revised = workspace.start_revision(session)
        except ZhibaoError as fault:
            show_fault(self, fault)
            return
        if revised is session:
            self.form.refresh()
        else:
            self.form.set_session(revised)
        self.form.focus_sheet()
        self._refresh_states()
        self.form_changed.emit()
        said = self.tr("已开始修订：第 {n} 版草稿。").format(n=revised.life.revision)
        if revised is not session:
            said += self.tr("已转到方案第 {version} 版，对照见“换版记录”。").format(
                version=revised.plan.version
            )
        self.said.emit(said)

    def publish_package(self) -> None:
        """下发任务包 for the period shown."""
        self.office.publish_package(self.head.current_period)

    def show_keys(self) -> None:
        """签名密钥与名册."""
        self.office.show_keys(self.head.unit.currentData())

    def say_missing_keys(self) -> None:
        """Say once on this computer that a workspace came without its keys; reports go out unsigned."""
        self.office.say_missing_keys(self.head.unit.currentData())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A task package may be dropped on the form."""
        from ui.rounds.receiver import dropped_package

        if self._workspace is not None and dropped_package(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A dropped task package is shown first."""
        from ui.rounds.receiver import dropped_package

        path = dropped_package(event)
        if self._workspace is not None and path is not None:
            event.acceptProposedAction()
            self.office.receive_dropped(path)

    @Slot(object)
    def _edited(self, change: FormChange) -> None:
        self.saves.watch(change.saved)

    def _submitted(self, _made: object) -> None:
        self.form.refresh()
        self._refresh_states()
        self.form_changed.emit()

    @Slot()
    def _open_form(self) -> None:
        workspace, unit, period = self._workspace, self.head.unit.currentData(), self.head.current_period
        if workspace is None or unit is None or period is None:
            return
        self.form.leave()
        try:
            session = workspace.form(unit, period)
        except ZhibaoError as fault:
            show_fault(self, fault)
            if self.session is not None:  # still the one on the screen
                self.head.show_form(self.session.form.unit.id, self.session.form.period)
                self._refresh_states()
            return
        self.form.set_session(session)
        if self.pages.currentWidget() is not self.form:
            self.board.show_period(workspace, period)
        elif not self.head.walked_in:  # who walks in the list goes on walking
            self.form.focus_sheet()
        self.form_changed.emit()

    @Slot()
    def _open_unit(self) -> None:
        """Another unit's periods stand elsewhere."""
        if self._workspace is not None:
            self.head.fill_periods(self._workspace)
            self._open_form()

    def _refresh_states(self) -> None:
        if self._workspace is not None:
            self.head.refresh_states(self._workspace)

    @Slot()
    def _first_saved(self) -> None:
        """What was 未填 is being filled in now."""
        if self._workspace is not None and self.head.state is PeriodState.EMPTY:
            self.head.refresh_states(self._workspace)

    def add_unit(self) -> None:
        """增加填报单位: one clerk may serve two departments."""
        workspace = self._workspace
        if workspace is None:
            return
        from ui.people.add_unit_dialog import AddUnitDialog

        self.form.leave()
        dialog = AddUnitDialog(workspace, self)
        dialog.added.connect(self._unit_added)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def hand_over(self) -> None:
        """交接."""
        workspace = self._workspace
        if workspace is None:
            return
        from ui.people.handover_dialog import HandoverDialog

        self.form.leave()
        dialog = HandoverDialog(workspace, self)
        dialog.handed_over.connect(self._person_named)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_who(self) -> None:
        """Who is working: asked at opening where several people are known."""
        workspace = self._workspace
        if workspace is None or not workspace.asks_who:
            return
        from ui.people.who_dialog import WhoDialog

        dialog = WhoDialog(workspace.people, workspace.staff.worked_last(), self)
        dialog.chosen.connect(self._person_named)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self.form.focus_sheet)
        dialog.open()

    def show_place(self, unit: str, period: str, address: str) -> None:
        """Go to a field, whichever own form it is in."""
        if self.head.unit.findData(unit) < 0 or self.head.period.findData(period) < 0:
            return
        self.show_mode(ENTRY)
        self.head.show_form(unit, Period.parse(period))
        self._open_unit()
        self.form.show_place(address)

    def refresh_looks(self) -> None:
        """Colours or sizes have changed: show everything again. Qt keeps the least size of a list that drops
        down until its style changes.
        """
        for box in self.findChildren(QComboBox):
            QApplication.sendEvent(box, QEvent(QEvent.Type.StyleChange))
        if self.session is not None:
            self.form.refresh()

    @Slot(str)
    def _unit_added(self, unit: str) -> None:
        if self._workspace is not None:
            self.form.set_session(None)
            self.head.show_workspace(self._workspace)
            self.head.unit.setCurrentIndex(self.head.unit.findData(unit))
            self._open_unit()

    @Slot()
    def _reopen(self) -> None:
        """Show the workspace as it is after a package came: plan, units, periods, the form."""
        workspace = self._workspace
        if workspace is None:
            return
        self.form.set_session(None)
        self.head.show_workspace(workspace)
        self._open_form()

    @Slot(object)
    def _show_answered(self, answer: OfficeAnswer) -> None:
        """Open the form that the office answered to, at the first place that it asks about."""
        self.head.choose(answer.unit, answer.period)
        self.show_mode(ENTRY)
        self._open_form()
        if answer.opened:
            self.form.next_finding()

    @Slot()
    def _published(self) -> None:
        if self._workspace is not None:
            self.head.fill_periods(self._workspace)
            if self._has_board:
                self.board.refresh()

    @Slot(str)
    def _plan_chosen(self, plan: str) -> None:
        workspace = self._workspace
        if workspace is None or plan == workspace.plan.id:
            return
        self.form.leave()
        workspace.switch_plan(plan)
        self._reopen()
        self.said.emit(self.tr("现在按《{name}》填报。").format(name=workspace.plan.name))

    @Slot(str)
    def _person_named(self, name: str) -> None:
        if self._workspace is not None:
            self._workspace.set_person(name)
            self.head.show_people(self._workspace)
            self.said.emit(self.tr("现在由 {name} 填报。").format(name=name))

    @Slot()
    def _show_wording(self) -> None:
        if self._workspace is not None:
            wording = self._workspace.wording()
            self.form.set_wording(lambda number: wording.get(number, ""))

    @property
    def board_in_front(self) -> bool:
        """Whether the board hides the form."""
        return self._has_board and self.pages.currentWidget() is not self.form

    @property
    def _has_board(self) -> bool:
        return self.pages.count() > 1

    def _settle_person(self, workspace: Workspace) -> None:
        """One known person is who works; of several, the one who did last until somebody says otherwise."""
        if not workspace.person and len(workspace.people) == 1:
            workspace.set_person(workspace.people[0])

    def _connect(self) -> None:
        head, office = self.head, self.office
        head.plan_wanted.connect(self._plan_chosen)
        head.form_wanted.connect(self._open_form)
        head.period.left.connect(self._back_from_period)
        head.unit_wanted.connect(self._open_unit)
        self.saves.all_saved.connect(self._first_saved)
        head.person_named.connect(self._person_named)
        head.mode_wanted.connect(self.show_mode)
        head.check.clicked.connect(self.check_form)
        head.submit.clicked.connect(self.submit_form)
        office.begun.connect(self.form.leave)
        office.received.connect(self._reopen)
        office.answered.connect(self._show_answered)
        office.published.connect(self._published)
        office.worded.connect(self._show_wording)
        office.said.connect(self.said)
        self.form.edited.connect(self._edited)
        self.form.said.connect(self.said)
        self.form.revision_wanted.connect(self.revise_form)
        self.form.result_wanted.connect(self.submit_form)

    def _lay_out(self) -> None:
        self.pages.addWidget(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.head)
        layout.addWidget(self.pages, 1)
