"""The window: a shell of menus, the first page, and the open workspace."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import QLabel, QMainWindow, QMessageBox, QStackedWidget, QWidget

from desktop.config import VERSION, folders
from desktop.errors import ZhibaoError
from desktop.workspace import Workspace, remember_workspace
from ui.error_reporting import show_fault
from ui.file_dialogs import open_file
from ui.menus import Menus
from ui.workspace_page import WorkspacePage

if TYPE_CHECKING:
    from ui.settings.start_page import NewWorkspace, StartPage

START_SIZE = (1180, 720)
SMALLEST = (960, 540)
MESSAGE_MS = 12_000


class MainWindow(QMainWindow):
    """Opens, shows and closes workspaces."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("知报"))
        self.setMinimumSize(*SMALLEST)
        self.resize(*START_SIZE)
        self.page = WorkspacePage()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.page)
        self.setCentralWidget(self._stack)
        self.saved = QLabel()
        self.saved.setAccessibleName(self.tr("保存状态"))
        self.statusBar().addPermanentWidget(self.saved)
        self._menus = Menus(self, self, self.page)
        self._connect()
        self._follow_page()

    @cached_property
    def start(self) -> StartPage:
        """The first page; made when it is first shown, with the plan to start with."""
        from desktop.workspace import named_plan
        from ui.settings.start_page import StartPage

        start = StartPage()
        start.create_wanted.connect(self.create_workspace)
        start.open_wanted.connect(self.open_workspace)
        start.browse_wanted.connect(self.ask_for_workspace)
        start.set_plan(named_plan(None))
        self._stack.addWidget(start)
        return start

    def open_workspace(self, path: Path) -> bool:
        """Open a workspace file; a fault is shown, and what was open stays open."""
        try:
            workspace = Workspace.open(path)
        except ZhibaoError as fault:
            show_fault(self, fault)
            return False
        self.show_workspace(workspace)
        return True

    def create_workspace(self, wanted: NewWorkspace) -> bool:
        """Make a workspace and open it."""
        try:
            wanted.path.parent.mkdir(parents=True, exist_ok=True)
            workspace = Workspace.create(
                wanted.path,
                [wanted.unit],
                consolidates=wanted.consolidates,
                children=wanted.children,
                person=wanted.person,
                plan=wanted.plan,
            )
        except ZhibaoError as fault:
            show_fault(self, fault)
            return False
        self.show_workspace(workspace)
        return True

    def show_start(self) -> None:
        """The first page: who are you, which unit; or which workspace."""
        self._close_workspace()
        self.start.refresh()
        self._stack.setCurrentWidget(self.start)
        self._follow_page()
        self.start.focus_first()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing keeps what is being typed and releases the file."""
        self._close_workspace()
        super().closeEvent(event)

    def show_workspace(self, workspace: Workspace) -> None:
        """Show an open workspace; the window closes it."""
        remember_workspace(workspace.path)
        self.page.set_workspace(workspace)
        self._stack.setCurrentWidget(self.page)
        self._follow_page()
        self.page.form.focus_sheet()
        self.statusBar().clearMessage()
        self.saved.setText(self.tr("✔ 已保存"))
        self.page.form.when_settled(self.page.say_missing_keys)

    def _close_workspace(self) -> None:
        self.page.set_workspace(None)
        self.saved.clear()

    @Slot()
    def _follow_page(self) -> None:
        workspace = self.page.workspace
        self._menus.follow(workspace)
        if workspace is None:
            self.setWindowTitle(self.tr("知报"))
            return
        session = self.page.session
        unit = session.form.unit.name if session else ""
        period = session.form.period.label if session else ""
        parts = [unit, period, self.tr("演示") if workspace.synthetic else "", workspace.path.name]
        self.setWindowTitle("　".join(part for part in parts if part))

    @Slot(str)
    def _say(self, text: str) -> None:
        self.statusBar().showMessage(text, MESSAGE_MS)

    @Slot(object)
    def _save_failed(self, fault: ZhibaoError) -> None:
        self.saved.setText(self.tr("✖ 未能保存"))
        if self.findChild(QMessageBox) is None:  # one box at a time: typing can go on
            show_fault(self, fault)

    def _connect(self) -> None:
        self._menus.open_wanted.connect(self.open_workspace)
        self.page.said.connect(self._say)
        self.page.form_changed.connect(self._follow_page)
        self.page.saves.saving.connect(lambda: self.saved.setText(self.tr("正在保存…")))
        self.page.saves.all_saved.connect(lambda: self.saved.setText(self.tr("✔ 已保存")))
        self.page.saves.failed.connect(self._save_failed)

    @Slot()
    def ask_for_workspace(self) -> None:
        """打开工作区: a file dialog."""
        kinds = self.tr("知报工作区 (*.zhibao);;所有文件 (*)")
        chosen = open_file(self, self.tr("打开工作区"), folders().documents, kinds)
        if chosen is not None:
            self.open_workspace(chosen)

    @Slot()
    def say_saved(self) -> None:
        """Who presses 保存 is told that nobody needs to."""
        self.page.form.leave()
        self._say(self.tr("不用手工保存：每个字段填完就自动保存。"))

    @Slot()
    def show_help_on_keys(self) -> None:
        """按键一览."""
        from ui.help_text import keys_text

        self._box(self.tr("按键一览"), keys_text())

    @Slot()
    def open_logs(self) -> None:
        """打开日志文件夹."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folders().logs)))

    @Slot()
    def show_about(self) -> None:
        """关于."""
        text = self.tr("知报 {version}\n离线填报、审核、汇总。\n日志文件夹：{logs}\n⚠ 禁止录入涉密信息。")
        self._box(self.tr("关于知报"), text.format(version=VERSION, logs=folders().logs))

    def _box(self, title: str, text: str) -> None:
        box = QMessageBox(QMessageBox.Icon.NoIcon, title, text, QMessageBox.StandardButton.Close, self)
        box.open()
