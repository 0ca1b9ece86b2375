"""The window: a shell of menus, the first page, and the open workspace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QMessageBox, QStackedWidget, QWidget

from desktop.config import VERSION, folders
from desktop.errors import ZhibaoError
from desktop.workspace import Workspace, named_plan, recent_workspaces, remember_workspace
from ui.entry.form_page import FIGURES, ITEMS
from ui.error_reporting import show_fault
from ui.file_dialogs import open_file
from ui.help_text import keys_text
from ui.settings.start_page import NewWorkspace, StartPage
from ui.workspace_page import BOARD, ENTRY, WorkspacePage

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
        self.start = StartPage()
        self.page = WorkspacePage()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.start)
        self._stack.addWidget(self.page)
        self.setCentralWidget(self._stack)
        self.saved = QLabel()
        self.saved.setAccessibleName(self.tr("保存状态"))
        self.statusBar().addPermanentWidget(self.saved)
        self._for_workspace: list[QAction] = []
        self._for_consolidator: list[QAction] = []
        self._build_menus()
        self._connect()
        self._plan_loaded = False
        self._follow_page()

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
        if not self._plan_loaded:
            self.start.set_plan(named_plan(None))
            self._plan_loaded = True
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
        self.page.say_missing_keys()

    def _close_workspace(self) -> None:
        self.page.set_workspace(None)
        self.saved.clear()

    @Slot()
    def _follow_page(self) -> None:
        workspace = self.page.workspace
        for action in self._for_workspace:
            action.setEnabled(workspace is not None)
        for action in self._for_consolidator:
            action.setEnabled(workspace is not None and workspace.consolidates)
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
        self.start.create_wanted.connect(self.create_workspace)
        self.start.open_wanted.connect(self.open_workspace)
        self.start.browse_wanted.connect(self._ask_for_workspace)
        self.page.said.connect(self._say)
        self.page.form_changed.connect(self._follow_page)
        self.page.saves.saving.connect(lambda: self.saved.setText(self.tr("正在保存…")))
        self.page.saves.all_saved.connect(lambda: self.saved.setText(self.tr("✔ 已保存")))
        self.page.saves.failed.connect(self._save_failed)

    @Slot()
    def _ask_for_workspace(self) -> None:
        kinds = self.tr("知报工作区 (*.zhibao);;所有文件 (*)")
        chosen = open_file(self, self.tr("打开工作区"), folders().documents, kinds)
        if chosen is not None:
            self.open_workspace(chosen)

    @Slot()
    def _say_saved(self) -> None:
        self.page.form.leave()
        self._say(self.tr("不用手工保存：每个字段填完就自动保存。"))

    @Slot()
    def _fill_recent(self) -> None:
        self._recent.clear()
        for path in recent_workspaces():
            action = self._recent.addAction(str(path))
            action.triggered.connect(lambda _checked=False, path=path: self.open_workspace(path))
        if self._recent.isEmpty():
            self._recent.addAction(self.tr("（还没有）")).setEnabled(False)

    def _build_menus(self) -> None:
        page, form, board = self.page, self.page.form, self.page.board
        bar = self.menuBar()
        self._build_file_menu(bar.addMenu(self.tr("文件(&F)")))
        works = self._for_workspace
        entry = bar.addMenu(self.tr("填报(&E)"))
        for text, slot, keys in (
            (self.tr("指标数据(&1)"), lambda: self._show_tab(FIGURES), ("Ctrl+1",)),
            (self.tr("任务进展(&2)"), lambda: self._show_tab(ITEMS), ("Ctrl+2",)),
            (self.tr("选择报告期(&T)"), page.choose_period, ("Ctrl+T",)),
            (self.tr("下一空项(&N)"), form.next_empty, ("Ctrl+Return", "Ctrl+Enter")),
            (self.tr("下一条审核结果(&F)"), form.next_finding, ("F8",)),
            (self.tr("写出错说明(&X)"), form.explain_here, ("F7",)),
            (self.tr("切换区域(&P)"), form.next_pane, ("F6",)),
            (self.tr("审核(&A)"), page.check_form, ("F9",)),
            (self.tr("报出(&S)…"), page.submit_form, ("F12",)),
            (self.tr("修订(&R)"), page.revise_form, ()),
        ):
            works.append(self._add(entry, text, slot, *keys))
        self._build_edit_menu(bar.addMenu(self.tr("编辑(&D)")))
        merge = bar.addMenu(self.tr("汇总(&M)"))
        for text, slot, keys in (
            (self.tr("汇总看板(&B)"), lambda: page.show_mode(BOARD), ("Ctrl+3",)),
            (self.tr("收取文件(&I)…"), board.ask_for_files, ("Ctrl+I",)),
            (self.tr("收取文件夹(&D)…"), board.ask_for_folder, ("Ctrl+Shift+I",)),
            (self.tr("导出汇总表(&E)…"), board.ask_for_export, ("Ctrl+E",)),
            (self.tr("下发任务包(&P)…"), page.publish_package, ("Ctrl+Shift+P",)),
        ):
            self._for_consolidator.append(self._add(merge, text, slot, *keys))
        help_ = bar.addMenu(self.tr("帮助(&H)"))
        self._add(help_, self.tr("按键一览(&K)"), self._show_keys, "F1")
        self._add(help_, self.tr("打开日志文件夹(&L)"), self._open_logs)
        self._add(help_, self.tr("关于(&A)"), self._about)

    def _build_edit_menu(self, edit: QMenu) -> None:
        form = self.page.form
        blocks = form.blocks
        for text, slot, keys in (
            (self.tr("撤销(&U)"), form.undo, ("Ctrl+Z",)),
            (self.tr("重做(&R)"), form.redo, ("Ctrl+Y", "Ctrl+Shift+Z")),
            # the sheet takes these keys itself: elsewhere Ctrl+C and Ctrl+V are the text field's
            (self.tr("复制(&C)") + "\tCtrl+C", blocks.copy, ()),
            (self.tr("粘贴(&P)") + "\tCtrl+V", blocks.paste, ()),
            (self.tr("取上期数(&L)") + "\tCtrl+D", blocks.take_last, ()),
            (self.tr("查找(&F)…"), form.start_search, ("Ctrl+F",)),
        ):
            self._for_workspace.append(self._add(edit, text, slot, *keys))

    def _build_file_menu(self, file: QMenu) -> None:
        page = self.page
        self._add(file, self.tr("新建工作区(&N)"), self.show_start, "Ctrl+N")
        self._add(file, self.tr("打开工作区(&O)…"), self._ask_for_workspace, "Ctrl+O")
        self._recent = file.addMenu(self.tr("最近打开(&R)"))
        self._recent.aboutToShow.connect(self._fill_recent)
        file.addSeparator()
        works = self._for_workspace
        works.append(self._add(file, self.tr("接收任务包(&P)…"), page.receive_package, "Ctrl+R"))
        works.append(self._add(file, self.tr("启用方案或方案新版(&V)…"), page.use_plan))
        works.append(self._add(file, self.tr("换版记录(&M)…"), page.show_moves))
        works.append(self._add(file, self.tr("签名密钥与名册(&G)…"), page.show_keys))
        works.append(self._add(file, self.tr("载入方案文本(&W)…"), page.ask_for_wording))
        works.append(self._add(file, self.tr("保存(&S)"), self._say_saved, "Ctrl+S"))
        works.append(self._add(file, self.tr("关闭工作区(&C)"), self.show_start, "Ctrl+W"))
        self._add(file, self.tr("退出(&Q)"), self.close, "Ctrl+Q")

    def _add(self, menu: QMenu, text: str, slot: Callable[[], object], *keys: str) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda _checked=False: slot())
        menu.addAction(action)
        return action

    def _show_tab(self, tab: int) -> None:
        self.page.show_mode(ENTRY)
        self.page.form.show_tab(tab)

    @Slot()
    def _show_keys(self) -> None:
        self._box(self.tr("按键一览"), keys_text())

    @Slot()
    def _open_logs(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folders().logs)))

    @Slot()
    def _about(self) -> None:
        text = self.tr("知报 {version}\n离线填报、审核、汇总。\n日志文件夹：{logs}\n⚠ 禁止录入涉密信息。")
        self._box(self.tr("关于知报"), text.format(version=VERSION, logs=folders().logs))

    def _box(self, title: str, text: str) -> None:
        box = QMessageBox(QMessageBox.Icon.NoIcon, title, text, QMessageBox.StandardButton.Close, self)
        box.open()
