"""While the disk refuses: typing goes on, what isn't saved is counted, tried again, and can go elsewhere."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.config import folders
from desktop.errors import ZhibaoError
from desktop.workspace import Workspace
from ui.colours import Tone
from ui.error_reporting import show_fault
from ui.file_dialogs import make_folder_of, save_file
from ui.notice_bar import NoticeBar, Way
from ui.safety.keeper import BackupKeeper
from ui.workspace_page import WorkspacePage

if TYPE_CHECKING:
    from desktop.workspace.safety.unsaved import MadeElsewhere

NOTICE = "unsaved"
RETRY_MS = 5_000


class UnsavedWork(QObject):
    """Watches the saving of one page. `counted` carries how many edits aren't on the disk; `moved` a
    MadeElsewhere, the workspace to go on with.
    """

    counted = Signal(int)
    said = Signal(str)
    moved = Signal(object)
    _tried = Signal(object)

    def __init__(self, page: WorkspacePage, notices: NoticeBar, keeper: BackupKeeper) -> None:
        super().__init__(page)
        self._page, self._notices, self._keeper = page, notices, keeper
        self._again = QTimer(self)
        self._again.setInterval(RETRY_MS)
        self._again.timeout.connect(self.retry)
        self._tried.connect(self._take)
        page.saves.failed.connect(self._failed)
        page.saves.all_saved.connect(self._saved)

    @property
    def count(self) -> int:
        """How many edits the disk has refused."""
        workspace = self._page.workspace
        return workspace.safety.unsaved if workspace is not None else 0

    @Slot()
    def retry(self) -> None:
        """Try to save them now."""
        workspace = self._page.workspace
        if workspace is None or not workspace.safety.unsaved:
            self.stop()
        else:
            workspace.safety.retry().add_done_callback(self._tried.emit)

    def stop(self) -> None:
        """There is nothing to watch any more."""
        self._again.stop()
        self._notices.drop(NOTICE)

    def may_leave(self, parent: QWidget) -> bool:
        """Whether the workspace may be closed: what isn't saved is tried once more, else a person decides."""
        workspace = self._page.workspace
        if workspace is None:
            return True
        self._page.form.leave()
        try:
            workspace.safety.settle()
        except ZhibaoError as fault:
            return self._decide(workspace, fault, parent)
        return True

    @Slot()
    def ask_where(self) -> bool:
        """另存到…: the whole workspace, with what isn't saved, at another place. True if it is there."""
        workspace = self._page.workspace
        if workspace is None:
            return False
        self._page.form.leave()
        proposed = folders().documents / workspace.path.name
        kinds = self.tr("知报工作区 (*.zhibao)")
        chosen = save_file(self._page, self.tr("另存到"), proposed, kinds, may_exist=False)
        return chosen is not None and self.save_elsewhere(chosen)

    def save_elsewhere(self, target: Path) -> bool:
        """Make the workspace at `target` and go on there; a fault is shown and changes nothing."""
        workspace = self._page.workspace
        if workspace is None:
            return False
        try:
            make_folder_of(target)
            made = workspace.safety.save_elsewhere(target, self._page.session, self._keeper.folder)
        except ZhibaoError as fault:
            show_fault(self._page, fault)
            return False
        self.stop()
        self.moved.emit(made)
        return True

    @Slot(object)
    def _failed(self, fault: ZhibaoError) -> None:
        self.counted.emit(self.count)
        if not self.count:  # nothing to try again: say why it wasn't taken
            show_fault(self._page, fault)
            return
        self._tell(fault)
        self._again.start()

    @Slot()
    def _saved(self) -> None:
        """A later edit took the refused ones with it."""
        if self._again.isActive() and not self.count:
            self.stop()

    def _tell(self, fault: ZhibaoError) -> None:
        kept = self.tr("可以接着填：{n} 处改动还在内存里，没有丢，能写入时会自动保存。请先不要关机。")
        self._notices.say(
            NOTICE,
            f"✖ {fault.message}{kept.format(n=self.count)}{fault.remedy}",
            Tone.ERROR,
            Way(self.tr("现在重试(&Q)"), self.retry),
            Way(self.tr("另存到(&V)…"), self.ask_where),
        )

    @Slot(object)
    def _take(self, tried: Future[None]) -> None:
        fault = tried.exception()
        self.counted.emit(self.count)
        if fault is None:
            self.stop()
            self.said.emit(self.tr("✔ 刚才没能保存的改动，现在都已保存。"))
        elif not isinstance(fault, ZhibaoError):
            raise fault
        elif self.count:
            self._tell(fault)
        else:  # a later try has taken all of it meanwhile
            self.stop()

    def _decide(self, workspace: Workspace, fault: ZhibaoError, parent: QWidget) -> bool:
        box = QMessageBox(parent)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("还有没保存的改动"))
        box.setText(self.tr("{n} 处改动还没有保存。{why}").format(n=self.count, why=fault.message))
        box.setInformativeText(fault.remedy)
        elsewhere = box.addButton(self.tr("另存到(&W)…"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self.tr("返回继续填(&B)"), QMessageBox.ButtonRole.RejectRole)
        drop = box.addButton(self.tr("放弃这些改动(&D)"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(elsewhere)
        box.setEscapeButton(stay)
        box.exec()
        clicked = box.clickedButton()
        box.deleteLater()
        if clicked is elsewhere:
            return self.ask_where()
        if clicked is drop:
            workspace.safety.give_up()
            self.stop()
            return True
        return False


def moved_text(made: MadeElsewhere) -> str:
    """What to know about a workspace that goes on elsewhere."""
    if made.backup is None:
        return f"✔ 已另存到 {made.path}，现在填的就是这个文件，刚才没保存的改动也在里面。"
    return (
        f"⚠ 原文件读不出来了。已用 {made.backup.astimezone():%Y-%m-%d %H:%M} 的备份"
        f"和屏幕上的这张表另存到 {made.path}。"
        "备份以后在其他报告期填的内容还在原文件里，找回后请核对。"
    )
