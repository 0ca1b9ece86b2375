"""What the consolidator does for the unit chosen on the board: send back, receipt, blank form, reminders."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.errors import ZhibaoError
from desktop.model.file_name import safe_part
from desktop.model.period import Period
from desktop.workspace import BoardRow, BoardState, Choice, ReturnComment, Workspace
from ui.consolidation.next_step import Way, way_of
from ui.error_reporting import show_fault
from ui.flow import FlowLayout
from ui.tasks import run_task

FOLDER = "发给各单位"
"""Beside the workspace: what goes out by mail lies there."""


class UnitActions(QWidget):
    """A row of buttons for one unit, and for all that are missing. `done` says that the board may differ."""

    done = Signal()
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._period: Period | None = None
        self._row: BoardRow | None = None
        self.details = QPushButton(self.tr("单位详情(&U)…"))
        self.compare = QPushButton(self.tr("对照(&V)…"))
        self.send_back = QPushButton(self.tr("退回(&B)…"))
        self.receipt = QPushButton(self.tr("写回执(&R)"))
        self.blank = QPushButton(self.tr("写空白报表(&T)"))
        self.remind = QPushButton(self.tr("催报全部未报单位(&K)"))
        self.open_mail = QPushButton(self.tr("用邮件程序打开(&Y)"))
        self.show_folder = QPushButton(self.tr("打开所在文件夹(&A)"))
        self._mail: Path | None = None
        self.setLayout(
            FlowLayout(
                *(self.details, self.compare, self.send_back, self.receipt, self.blank, self.remind),
                *(self.open_mail, self.show_folder),
            )
        )
        self._connect()
        self._follow()

    @property
    def unit(self) -> str:
        """The id of the unit chosen; empty for none."""
        return self._row.unit.id if self._row is not None else ""

    @property
    def folder(self) -> Path:
        """Where what is written for units goes."""
        assert self._workspace is not None
        return self._workspace.path.parent / FOLDER

    def show_period(self, workspace: Workspace | None, period: Period | None) -> None:
        """Work for another workspace or period."""
        self._workspace, self._period, self._row = workspace, period, None
        self._mail = None
        self._follow()

    def show_unit(self, row: BoardRow | None) -> None:
        """Another unit is chosen."""
        self._row = row
        self._follow()

    @Slot()
    def go_on(self) -> None:
        """Enter: what comes next for the unit chosen."""
        if self._row is not None and way_of(self._row) is Way.COMPARE:
            self.compare_contents()
        else:
            self.show_details()

    @Slot()
    def show_details(self) -> None:
        """单位详情 of the unit chosen."""
        if self._row is not None and self._period is not None:
            self.open_unit(self._row.unit.id, self._period)

    def open_unit(self, unit: str, period: Period) -> None:
        """Show everything about a unit in a period."""
        if self._workspace is None:
            return
        from ui.consolidation.unit_dialog import UnitDialog

        try:
            dialog = UnitDialog(self._workspace, unit, period, self)
        except ZhibaoError as fault:
            show_fault(self, fault)
            return
        dialog.decided.connect(self.done)
        dialog.return_wanted.connect(lambda: self._ask_for_return(dialog.page.row, period))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def compare_contents(self) -> None:
        """对照: contents between which a person decides, or what was changed outside the program."""
        workspace, period, row = self._workspace, self._period, self._row
        if workspace is None or period is None or row is None:
            return
        if row.choices:
            self._ask_which(workspace, period, row)
            return
        from ui.consolidation.edited_dialog import EditedDialog, comments_on

        edited = workspace.review.edited(row.digest)
        dialog = EditedDialog(edited, row, workspace.plan, self)
        dialog.return_wanted.connect(lambda: self._ask_for_return(row, period, comments_on(edited)))
        dialog.held.connect(lambda why: self._hold_edits(workspace, period, row, why))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _hold_edits(self, workspace: Workspace, period: Period, row: BoardRow, why: str) -> None:
        try:
            workspace.review.accept_edits(row.unit.id, period, row.digest, reason=why)
        except ZhibaoError as fault:
            show_fault(self, fault)
            return
        self.done.emit()
        self.said.emit(
            self.tr("已认可{unit}在软件外的改动，可在单位详情里撤销。").format(unit=row.unit.short_name)
        )

    def _ask_which(self, workspace: Workspace, period: Period, row: BoardRow) -> None:
        from ui.consolidation.conflict_dialog import ConflictDialog

        comparison = workspace.review.compare(row.unit.id, period, row.choices)
        dialog = ConflictDialog(comparison, workspace.plan, self)
        dialog.accepted.connect(lambda: self._take(workspace, period, row, dialog.choice))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take(self, workspace: Workspace, period: Period, row: BoardRow, choice: Choice) -> None:
        try:
            workspace.review.take(row.unit.id, period, choice)
        except ZhibaoError as fault:
            show_fault(self, fault)
            return
        self.done.emit()
        self.said.emit(
            self.tr("已选定{unit}采用的内容，可在单位详情里撤销。").format(unit=row.unit.short_name)
        )

    @Slot()
    def ask_for_return(self) -> None:
        """退回: ask for the comments, then write notice and letter."""
        if self._row is not None and self._period is not None:
            self._ask_for_return(self._row, self._period)

    def _ask_for_return(
        self, row: BoardRow, period: Period, comments: tuple[ReturnComment, ...] = ()
    ) -> None:
        workspace = self._workspace
        if workspace is None or not row.digest:
            return
        from ui.consolidation.return_dialog import ReturnDialog

        submission = workspace.content(row.digest)
        rejected = [one for one in workspace.review.explanations(period, row.digest) if one.verdict is False]
        given = (
            *(one.comment for one in rejected),
            *workspace.review.asked_above(row.unit.id, period),
            *comments,
        )
        dialog = ReturnDialog(submission, row.digest, workspace.plan, workspace.today, self, given)
        dialog.accepted.connect(lambda: self._return(row, period, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def write_receipt(self) -> None:
        """回执 for the unit chosen."""
        workspace, period, row = self._workspace, self._period, self._row
        if workspace is None or period is None or row is None:
            return
        try:
            written = workspace.office.receipts(period, self._made(), unit=row.unit.id, mail=True)
        except ZhibaoError as fault:
            show_fault(self, fault)
            return
        self._tell(self.tr("回执和邮件草稿已写出：{name}").format(name=written[0].path.name), written[0].mail)

    @Slot()
    def write_blank(self) -> None:
        """空白报表 for the unit chosen, to be filled in with WPS or Excel."""
        workspace, period, row = self._workspace, self._period, self._row
        if workspace is None or period is None or row is None:
            return
        name = self.tr("空白报表_{unit}_{period}.xlsx").format(
            unit=safe_part(row.unit.short_name), period=period
        )
        try:
            path = workspace.template(row.unit.id, period, self._made() / name)
        except ZhibaoError as fault:
            show_fault(self, fault)
            return
        self._tell(self.tr("空白报表已写出，可以发给没有安装知报的单位：{name}").format(name=path.name))

    @Slot()
    def remind_all(self) -> None:
        """催报: a draft for each unit whose report is missing."""
        workspace, period = self._workspace, self._period
        if workspace is None or period is None:
            return
        folder = self.folder
        run_task(
            self,
            self.tr("正在写催报邮件…"),
            lambda _progress: workspace.remind(period, folder),
            lambda drafts: self._tell(
                self.tr("已写出 {n} 封催报邮件草稿。").format(n=len(drafts))
                if drafts
                else self.tr("没有未报的单位，不用催报。")
            ),
        )

    @Slot()
    def show_mail(self) -> None:
        """The letter written last, in the system's mail program; its folder where the system has none."""
        if self._mail is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._mail))):
            self.said.emit(self.tr("这台电脑没有打开邮件草稿的程序，请从文件夹里取附件发送。"))
            self.open_folder()

    @Slot()
    def open_folder(self) -> None:
        """Show what was written in the system's file manager."""
        if self._workspace is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder)))

    def _return(self, row: BoardRow, period: Period, dialog: QWidget) -> None:
        from ui.consolidation.return_dialog import ReturnDialog

        assert isinstance(dialog, ReturnDialog)
        assert self._workspace is not None
        try:
            done = self._workspace.office.send_back(
                row.unit.id, period, dialog.wanted, self._made(), mail=True
            )
        except ZhibaoError as fault:
            show_fault(self, fault)
            return
        self.done.emit()
        self._tell(self.tr("已退回，通知和邮件草稿已写出：{name}").format(name=done.path.name), done.mail)

    def _made(self) -> Path:
        """The folder; where it can't be made, writing says so."""
        if self.folder.parent.is_dir():
            self.folder.mkdir(exist_ok=True)
        return self.folder

    def _tell(self, sentence: str, mail: Path | None = None) -> None:
        self._mail = mail
        self._follow()
        (self.open_mail if mail else self.show_folder).setFocus()
        self.said.emit(sentence)

    def _follow(self) -> None:
        row = self._row
        unit = row is not None
        self.details.setEnabled(unit)
        self.compare.setEnabled(row is not None and bool(row.choices or row.digest))
        self.send_back.setEnabled(unit and row is not None and bool(row.digest))
        self.receipt.setEnabled(row is not None and row.state is BoardState.ACCEPTED)
        self.blank.setEnabled(unit)
        self.remind.setEnabled(self._workspace is not None)
        self.open_mail.setVisible(self._mail is not None)
        self.show_folder.setVisible(self._workspace is not None and self.folder.is_dir())

    def _connect(self) -> None:
        self.details.clicked.connect(self.show_details)
        self.compare.clicked.connect(self.compare_contents)
        self.send_back.clicked.connect(self.ask_for_return)
        self.receipt.clicked.connect(self.write_receipt)
        self.blank.clicked.connect(self.write_blank)
        self.remind.clicked.connect(self.remind_all)
        self.open_mail.clicked.connect(self.show_mail)
        self.show_folder.clicked.connect(self.open_folder)
