"""What keeps a window's work safe: backups, what a crash left, risky places, a disk that refuses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.config import BACKUP_FOLDER
from desktop.errors import WorkspaceDamaged, ZhibaoError
from desktop.model.catalogue import text
from desktop.workspace import Workspace
from ui.colours import Tone
from ui.error_reporting import show_fault
from ui.i18n import translate
from ui.notice_bar import NoticeBar, Way
from ui.safety.keeper import BackupKeeper, BackupMade
from ui.safety.unsaved import UnsavedWork, moved_text
from ui.settings.live import LivePreferences
from ui.workspace_page import WorkspacePage

if TYPE_CHECKING:
    from desktop.workspace.safety.unsaved import MadeElsewhere, Recovered

RECOVERED, BACKUP, MOVED, RESTORED, PLACE = "recovered", "backup", "moved", "restored", "place/"

RESTORABLE = ("workspace.damaged", "workspace.not_one", "workspace.missing", "workspace.no_plan")
"""Faults of opening after which a backup helps."""


class Opener(Protocol):
    """What the guard asks of its window."""

    def open_workspace(self, path: Path) -> bool:
        """Open a workspace file."""

    def close_workspace(self) -> None:
        """Close the one that is open, without asking."""


class Guard(QObject):
    """Works for one window. `said` carries sentences for the status bar, `counted` edits not on the disk."""

    said = Signal(str)
    counted = Signal(int)

    def __init__(
        self, window: QWidget, opener: Opener, page: WorkspacePage, notices: NoticeBar, live: LivePreferences
    ) -> None:
        super().__init__(window)
        self._window, self._opener, self._page, self._notices = window, opener, page, notices
        self._live = live
        self.keeper = BackupKeeper(live, self)
        self.unsaved = UnsavedWork(page, notices, self.keeper)
        self.keeper.made.connect(self._backed_up)
        self.keeper.failed.connect(self._backup_failed)
        self.unsaved.said.connect(self.said)
        self.unsaved.counted.connect(self.counted)
        self.unsaved.moved.connect(self._go_on_elsewhere)
        live.changed.connect(self._follow)

    def begin(self, workspace: Workspace) -> None:
        """Look after a workspace that has just been opened."""
        self.keeper.set_workspace(workspace)

    def tell(self, workspace: Workspace) -> None:
        """Say what is to be known about it; this reads the disk and can wait for the form."""
        from desktop.workspace.safety.backing_up import place_warnings

        found = workspace.safety.recovered()
        if found is not None:
            ways = (Way(self.tr("到那一格(&Y)"), lambda: self._go_to(found)),) if found.address else ()
            self._notices.say(RECOVERED, recovered_text(found), Tone.INFO, *ways)
        for code in place_warnings(workspace.path):
            self._notices.say(PLACE + code, f"⚠ {text(code, {})}", Tone.WARNING)

    def release(self) -> None:
        """The workspace is about to be closed."""
        self.keeper.set_workspace(None)
        self.unsaved.stop()
        self._notices.clear()

    def show_opening_fault(self, fault: ZhibaoError, path: Path) -> None:
        """Say why a workspace can't be opened; where a backup helps, offer it right there."""
        box = show_fault(self._window, fault)
        if isinstance(fault, WorkspaceDamaged) or fault.code in RESTORABLE:
            button = box.addButton(self.tr("从备份恢复(&R)…"), QMessageBox.ButtonRole.ActionRole)
            button.clicked.connect(lambda: self.show_backups(path))
            box.setDefaultButton(button)

    @Slot()
    def show_own_backups(self) -> None:
        """从备份恢复: of the open workspace, or of one that is asked for."""
        workspace = self._page.workspace
        if workspace is not None:
            self._page.form.leave()
            self.show_backups(workspace.path)
            return
        from desktop.config import folders
        from desktop.workspace import recent_workspaces
        from ui.file_dialogs import save_file

        recent = recent_workspaces()
        proposed = recent[0] if recent else folders().documents / "知报.zhibao"
        kinds = self.tr("知报工作区 (*.zhibao)")
        title = self.tr("要恢复哪个工作区（现有的文件会改名保留）")
        chosen = save_file(self._window, title, proposed, kinds, may_exist=False)
        if chosen is not None:
            self.show_backups(chosen)

    def show_backups(self, target: Path) -> None:
        """The backups from which the workspace at `target` can be restored."""
        from ui.safety.backups_dialog import BackupsDialog

        workspace = self._page.workspace
        own = workspace is not None and workspace.path == target
        id_ = workspace.safety.workspace_id() if own and workspace is not None else None
        dialog = BackupsDialog(self.keeper.folder, target, id_, self._window)
        dialog.wanted.connect(lambda backup: self.restore(backup, target))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def restore(self, backup: Path, target: Path) -> bool:
        """Put a backup in a workspace's place and open it; a fault is shown, and what was open is again."""
        from desktop.workspace.safety.backing_up import restore_backup
        from ui.file_dialogs import make_folder_of

        workspace = self._page.workspace
        here = workspace is not None and workspace.path == target
        if here and not self.unsaved.may_leave(self._window):
            return False
        if here:
            self._opener.close_workspace()
        try:
            make_folder_of(target)
            aside = restore_backup(backup, target)
        except ZhibaoError as fault:
            show_fault(self._window, fault)
            if here:
                self._opener.open_workspace(target)
            return False
        if not self._opener.open_workspace(target):
            return False
        said = self.tr("✔ 已从备份恢复。")
        if aside is not None:
            said += self.tr("原来的文件改名为“{name}”，在同一个文件夹里。").format(name=aside.name)
        self._notices.say(RESTORED, said, Tone.GOOD)
        return True

    def _go_to(self, found: Recovered) -> None:
        self._notices.drop(RECOVERED)
        self._page.show_place(*found.place, found.address)

    @Slot(object)
    def _go_on_elsewhere(self, made: MadeElsewhere) -> None:
        self._opener.close_workspace()
        if self._opener.open_workspace(made.path):
            self._notices.say(MOVED, moved_text(made), Tone.GOOD if made.backup is None else Tone.WARNING)

    @Slot(object)
    def _backed_up(self, made: BackupMade) -> None:
        self._notices.drop(BACKUP)
        if made.path is not None:
            self.said.emit(self.tr("已自动备份。"))

    @Slot(object)
    def _backup_failed(self, fault: ZhibaoError) -> None:
        damaged = isinstance(fault, WorkspaceDamaged)
        kept = self.tr("以前的备份都还在。") if damaged else self.tr("填写和保存不受影响。")
        ways = (
            (Way(self.tr("从备份恢复(&K)…"), self.show_own_backups),)
            if damaged
            else (Way(self.tr("重试(&K)"), self.keeper.back_up),)
        )
        put_right = self.tr("请插好存放备份的U盘或硬盘再重试，或按 Ctrl+, 换一个备份文件夹。")
        said = f"⚠ {fault.message}{kept}{fault.remedy if damaged else put_right}"
        self._notices.say(BACKUP, said, Tone.ERROR if damaged else Tone.WARNING, *ways)

    @Slot(str)
    def _follow(self, name: str) -> None:
        if name == BACKUP_FOLDER.name:
            self.keeper.back_up()


def recovered_text(found: Recovered) -> str:
    """What to say after a crash."""
    said = translate("Guard", "ℹ 上次没有正常关闭（断电、死机或被强行结束）。已经录入的都在，没有丢。")
    if not found.what or found.time is None:
        return said
    value = f" = {found.value}" if found.value else ""
    last = translate("Guard", "最后保存的是：{unit}　{period}“{what}”{value}（{person}，{time}）。")
    rest = translate("Guard", "只有当时正在输入、还没离开的那一格需要再看一眼。")
    when = f"{found.time.astimezone():%m-%d %H:%M}"
    return (
        said
        + last.format(
            unit=found.unit, period=found.period, what=found.what, value=value, person=found.person, time=when
        )
        + rest
    )
