"""The window: a shell of menus, the first page, and the open workspace."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QMainWindow, QWidget

from desktop.config import TOUR_SEEN, folders
from desktop.errors import ZhibaoError
from ui.error_reporting import show_fault
from ui.settings.appearance import Appearance
from ui.settings.live import LivePreferences

if TYPE_CHECKING:
    from desktop.workspace import HeldFile, Workspace
    from desktop.workspace.clock import Clock
    from ui.first_sight import FirstSight
    from ui.settings.start_page import NewWorkspace, StartPage

START_SIZE = (1180, 720)
SMALLEST = (960, 540)
FRAME = QSize(16, 48)
"""What a window manager puts around a window: one as large as the screen would lose its last line."""
MESSAGE_MS = 12_000


class MainWindow(QMainWindow):
    """Opens, shows and closes workspaces. It is empty until it is furnished, which is usually at once."""

    furnishing = Signal()
    """Comes before anything is made that isn't needed for the first sight of a form."""

    def __init__(self, parent: QWidget | None = None, *, furnished: bool = True) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("知报"))
        room = self.screen().availableSize() - FRAME  # 1080 lines at 300 % are 360
        self.setMinimumSize(QSize(*SMALLEST).boundedTo(room))
        self.resize(QSize(*START_SIZE).boundedTo(room))
        self.preferences = LivePreferences(self)
        self.appearance = Appearance(self.preferences, self)
        self._sight: FirstSight | None = None
        self._later: list[Callable[[], object]] = []
        if furnished:
            self.furnish()

    def furnish(self) -> None:
        """Put into the window what shows a workspace, and the menus."""
        self.furnishing.emit()
        from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout

        from ui.menus import Menus
        from ui.notice_bar import NoticeBar
        from ui.safety.guard import Guard
        from ui.scrolled import ScrolledPage
        from ui.workspace_page import WorkspacePage

        self.notices = NoticeBar()
        self.page = WorkspacePage()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.page)
        self._start_place = ScrolledPage()  # large type on a small screen needs more than it has
        self._stack.addWidget(self._start_place)
        middle = QWidget()
        lines = QVBoxLayout(middle)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.notices)
        lines.addWidget(self._stack, 1)
        self.setCentralWidget(middle)
        self.guard = Guard(self, self, self.page, self.notices, self.preferences)
        self.saved = QLabel()
        self.saved.setAccessibleName(self.tr("保存状态"))
        self.statusBar().addPermanentWidget(self.saved)
        self._menus = Menus(self, self, self.page)
        self._connect()
        self._follow_page()

    def open_first(self, path: Path, clock: Clock | None = None) -> bool:
        """Open a workspace in a window that isn't furnished: its form comes first, then the rest."""
        from desktop.workspace.held import HeldFile
        from ui.first_sight import kept_sight

        try:
            held = HeldFile(path, clock=clock)
            self._sight = kept_sight(held, self)
            if self._sight is None:
                self.show_first(_read(held, wholly=False))
            else:
                self._sight.over.connect(partial(self._go_on, path, partial(_read, held, wholly=True)))
        except ZhibaoError as fault:
            self.furnish()
            self.guard.show_opening_fault(fault, path)
            return False
        return True

    def show_first(self, workspace: Workspace) -> None:
        """The same for one that is open."""
        from ui.first_sight import first_sight

        self._sight = first_sight(workspace, self)
        go_on = partial(self._go_on, workspace.path, partial(_read_rest, workspace))
        if self._sight is not None:
            self._sight.over.connect(go_on)
        else:
            go_on()

    def _go_on(self, path: Path, read: Callable[[], Workspace]) -> None:
        sight, self._sight = self._sight, None
        self.furnish()
        try:
            self.show_workspace(read())
        except ZhibaoError as fault:
            self.guard.show_opening_fault(fault, path)
            self.show_start()
            if sight is not None:
                sight.put_away()
            return
        if sight is not None:
            middle = self.centralWidget()
            assert middle is not None  # it is furnished
            for part in (middle, self.menuBar()):
                part.show()  # now, not later: what isn't seen gets no keys, and keys may be waiting
            sight.hand_over(self.page.form, self._menus.take_key)
        for work in self._later:
            self.page.form.when_settled(work)

    def when_settled(self, work: Callable[[], object]) -> None:
        """Do something that the first sight of a form needn't wait for."""
        if self._sight is not None:
            self._later.append(work)
        else:
            self.page.form.when_settled(work)

    @cached_property
    def start(self) -> StartPage:
        """The first page; made when it is first shown, with the plan to start with."""
        from desktop.workspace import named_plan
        from ui.settings.start_page import StartPage

        start = StartPage()
        start.create_wanted.connect(self.create_workspace)
        start.open_wanted.connect(self.open_workspace)
        start.browse_wanted.connect(self.ask_for_workspace)
        start.restore_wanted.connect(self.show_backups)
        start.set_plan(named_plan(None))
        self._start_place.setWidget(start)
        return start

    def open_workspace(self, path: Path) -> bool:
        """Open a workspace file; a fault is shown, and what was open stays open."""
        if not self.guard.unsaved.may_leave(self):
            return False
        from desktop.workspace import Workspace

        try:
            workspace = Workspace.open(path)
        except ZhibaoError as fault:
            self.guard.show_opening_fault(fault, path)
            return False
        self.show_workspace(workspace)
        return True

    def create_workspace(self, wanted: NewWorkspace) -> bool:
        """Make a workspace and open it."""
        from desktop.workspace import Workspace
        from ui.file_dialogs import make_folder_of

        try:
            make_folder_of(wanted.path)
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
        if not self.guard.unsaved.may_leave(self):
            return
        self.close_workspace()
        self.start.refresh()
        self._stack.setCurrentWidget(self._start_place)
        self._follow_page()
        self.start.focus_first()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing keeps what is being typed and releases the file."""
        from ui.first_sight import keep_place, keep_sight

        if self._sight is not None:
            self._sight.end()
        if self.centralWidget() is None:  # nothing was shown yet
            super().closeEvent(event)
            return
        if not self.guard.unsaved.may_leave(self):
            event.ignore()
            return
        if not self.notices.isVisible():  # the next start may have nothing to tell
            keep_place(self.page.form.view, self)
        if self.page.workspace is not None:
            keep_sight(self.page.workspace, self.page.form)
        self.close_workspace()
        super().closeEvent(event)

    def show_workspace(self, workspace: Workspace) -> None:
        """Show an open workspace; the window closes it."""
        from desktop.workspace import remember_workspace

        remember_workspace(workspace.path)
        self.guard.release()
        self.page.set_workspace(workspace)
        self.guard.begin(workspace)
        self._stack.setCurrentWidget(self.page)
        self._follow_page()
        self.page.form.focus_sheet()
        self.statusBar().clearMessage()
        self.saved.setText(self.tr("✔ 已保存"))
        self.page.ask_who()
        self.page.form.when_settled(self._say_what_is_to_be_known)

    @Slot()
    def _say_what_is_to_be_known(self) -> None:
        """After the first sight of the form: nothing of this is worth waiting for."""
        workspace = self.page.workspace
        if workspace is None:
            return
        self.guard.tell(workspace)
        self.page.say_missing_keys()
        if not self.preferences.get(TOUR_SEEN):
            self.show_tour()

    def close_workspace(self) -> None:
        """Close the workspace without asking; what was typed is kept, what the disk refuses isn't."""
        self.guard.release()
        self._end_tour()
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

    @Slot(int)
    def _count_unsaved(self, count: int) -> None:
        said = self.tr("✖ 未保存 {n} 处").format(n=count) if count else self.tr("✔ 已保存")
        self.saved.setText(said)

    @Slot()
    def _all_saved(self) -> None:
        self._count_unsaved(self.guard.unsaved.count)

    def _connect(self) -> None:
        self._menus.open_wanted.connect(self.open_workspace)
        self.page.said.connect(self._say)
        self.page.form_changed.connect(self._follow_page)
        self.page.saves.saving.connect(lambda: self.saved.setText(self.tr("正在保存…")))
        self.page.saves.all_saved.connect(self._all_saved)
        self.guard.counted.connect(self._count_unsaved)
        self.guard.said.connect(self._say)
        # widgets hear of a new palette by an event of their own: show again what was coloured after that
        self.appearance.changed.connect(lambda: QTimer.singleShot(0, self.page.refresh_looks))

    @Slot()
    def ask_for_workspace(self) -> None:
        """打开工作区: a file dialog."""
        from ui.file_dialogs import open_file

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
        from ui.help_dialog import HelpDialog

        self._open(HelpDialog(self))

    @Slot()
    def open_logs(self) -> None:
        """打开日志文件夹."""
        from ui.settings.about_dialog import open_logs

        open_logs()

    @Slot()
    def show_about(self) -> None:
        """关于."""
        from ui.settings.about_dialog import AboutDialog

        self._open(AboutDialog(self))

    @Slot()
    def show_settings(self) -> None:
        """设置."""
        from ui.settings.settings_dialog import SettingsDialog

        self._open(SettingsDialog(self.preferences, self))

    @Slot()
    def show_backups(self) -> None:
        """从备份恢复."""
        self.guard.show_own_backups()

    @Slot()
    def show_tour(self) -> None:
        """The four hints of the first start."""
        from ui.tour import Tour
        from ui.tour_hints import hints_for

        if self.page.workspace is None or self.findChild(Tour) is not None:
            return
        Tour(hints_for(self.page), self).ended.connect(self._tour_ended)

    def _end_tour(self) -> None:
        from ui.tour import Tour

        for tour in self.findChildren(Tour):
            tour.end()

    @Slot()
    def _tour_ended(self) -> None:
        try:
            self.preferences.set(TOUR_SEEN, True)
        except ZhibaoError as fault:
            self._say(fault.message)

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _read(held: HeldFile, *, wholly: bool) -> Workspace:
    from desktop.workspace import Workspace

    return Workspace.of(held, wholly=wholly)


def _read_rest(workspace: Workspace) -> Workspace:
    """The workspace, read wholly; closed if that can't be done."""
    try:
        workspace.read_rest()
    except ZhibaoError:
        workspace.close()
        raise
    return workspace
