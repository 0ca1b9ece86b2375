"""The menus of the window, and which of their actions can be used now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from desktop.workspace import Workspace
from desktop.workspace.people.recent import remembered_workspaces
from ui.entry.form_page import FIGURES, ITEMS
from ui.head_bar import BOARD, ENTRY
from ui.workspace_page import WorkspacePage

Slots = tuple[tuple[str, Callable[[], object], tuple[str, ...]], ...]


class Shell(Protocol):
    """What the menus ask of the window itself."""

    def show_start(self) -> None:
        """The first page."""

    def ask_for_workspace(self) -> None:
        """打开工作区."""

    def say_saved(self) -> None:
        """保存."""

    def show_help_on_keys(self) -> None:
        """按键一览."""

    def open_logs(self) -> None:
        """打开日志文件夹."""

    def show_settings(self) -> None:
        """设置."""

    def show_tour(self) -> None:
        """使用提示."""

    def show_backups(self) -> None:
        """从备份恢复."""

    def show_about(self) -> None:
        """关于."""


class Menus(QObject):
    """Builds the menu bar of one window; `open_wanted` carries the path of a recent workspace."""

    open_wanted = Signal(Path)

    def __init__(self, window: QMainWindow, shell: Shell, page: WorkspacePage) -> None:
        super().__init__(window)
        self._window, self._shell, self._page = window, shell, page
        self._for_workspace: list[QAction] = []
        self._for_consolidator: list[QAction] = []
        bar = window.menuBar()
        self._build_file_menu(bar.addMenu(self.tr("文件(&F)")))
        self._for_workspace += self._fill(bar.addMenu(self.tr("填报(&E)")), self._entry())
        self._for_workspace += self._fill(bar.addMenu(self.tr("编辑(&D)")), self._edit())
        self._for_consolidator += self._fill(bar.addMenu(self.tr("汇总(&M)")), self._merge())
        self._fill(bar.addMenu(self.tr("帮助(&H)")), self._help())

    def follow(self, workspace: Workspace | None) -> None:
        """Let only those be used that have something to work on."""
        for action in self._for_workspace:
            action.setEnabled(workspace is not None)
        for action in self._for_consolidator:
            action.setEnabled(workspace is not None and workspace.consolidates)

    def _build_file_menu(self, file: QMenu) -> None:
        shell, page, office = self._shell, self._page, self._page.office
        self._fill(
            file,
            (
                (self.tr("新建工作区(&N)"), shell.show_start, ("Ctrl+N",)),
                (self.tr("打开工作区(&O)…"), shell.ask_for_workspace, ("Ctrl+O",)),
            ),
        )
        self._recent = file.addMenu(self.tr("最近打开(&R)"))
        self._recent.aboutToShow.connect(self._fill_recent)
        file.addSeparator()
        self._for_workspace += self._fill(
            file,
            (
                (self.tr("接收任务包、退回、回执(&P)…"), office.receive_package, ("Ctrl+R",)),
                (self.tr("启用方案或方案新版(&V)…"), office.use_plan, ()),
                (self.tr("换版记录(&M)…"), office.show_moves, ()),
                (self.tr("签名密钥与名册(&G)…"), page.show_keys, ()),
                (self.tr("载入方案文本(&W)…"), office.ask_for_wording, ()),
                (self.tr("增加填报单位(&U)…"), page.add_unit, ()),
                (self.tr("交接(&H)…"), page.hand_over, ()),
                (self.tr("保存(&S)"), shell.say_saved, ("Ctrl+S",)),
                (self.tr("关闭工作区(&C)"), shell.show_start, ("Ctrl+W",)),
            ),
        )
        self._fill(
            file,
            (
                (self.tr("从备份恢复(&B)…"), shell.show_backups, ()),
                (self.tr("设置(&E)…"), shell.show_settings, ("Ctrl+,",)),
                (self.tr("退出(&Q)"), self._window.close, ("Ctrl+Q",)),
            ),
        )

    def _entry(self) -> Slots:
        page, form = self._page, self._page.form
        return (
            (self.tr("指标数据(&1)"), lambda: self._show_tab(FIGURES), ("Ctrl+1",)),
            (self.tr("任务进展(&2)"), lambda: self._show_tab(ITEMS), ("Ctrl+2",)),
            (self.tr("选择报告期(&T)"), page.choose_period, ("Ctrl+T",)),
            (self.tr("下一空项(&N)"), lambda: self._in_form(form.next_empty), ("Ctrl+Return", "Ctrl+Enter")),
            (self.tr("下一条审核结果(&F)"), self._next_place, ("F8",)),
            (self.tr("上一条审核结果(&B)"), lambda: self._next_place(back=True), ("Shift+F8",)),
            (self.tr("写出错说明(&X)"), lambda: self._in_form(form.explain_here), ("F7",)),
            (self.tr("切换区域(&P)"), self._next_pane, ("F6",)),
            (self.tr("审核(&A)"), page.check_form, ("F9",)),
            (self.tr("报出(&S)…"), page.submit_form, ("F12",)),
            (self.tr("修订(&R)"), page.revise_form, ()),
        )

    def _edit(self) -> Slots:
        form, blocks = self._page.form, self._page.form.blocks
        return (
            (self.tr("撤销(&U)"), lambda: self._in_form(form.undo), ("Ctrl+Z",)),
            (self.tr("重做(&R)"), lambda: self._in_form(form.redo), ("Ctrl+Y", "Ctrl+Shift+Z")),
            # the sheet takes these keys itself: elsewhere Ctrl+C and Ctrl+V are the text field's
            (self.tr("复制(&C)") + "\tCtrl+C", lambda: self._in_form(blocks.copy), ()),
            (self.tr("粘贴(&P)") + "\tCtrl+V", lambda: self._in_form(blocks.paste), ()),
            (self.tr("取上期数(&L)") + "\tCtrl+D", lambda: self._in_form(blocks.take_last), ()),
            (self.tr("查找(&F)…"), lambda: self._in_form(form.start_search), ("Ctrl+F",)),
            (self.tr("显示哪些列(&O)…"), form.show_columns, ("Ctrl+L",)),
        )

    def _merge(self) -> Slots:
        page = self._page
        return (
            (self.tr("汇总看板(&B)"), lambda: page.show_mode(BOARD), ("Ctrl+3",)),
            (self.tr("下一个待处理单位(&N)") + "\tF8", self._next_to_do, ()),
            (self.tr("收取文件(&I)…"), self._take_in_files, ("Ctrl+I",)),
            (self.tr("收取文件夹(&D)…"), self._take_in_folder, ("Ctrl+Shift+I",)),
            (self.tr("收取早先收到的文件(&R)…"), self._take_in_older, ()),
            (self.tr("导出汇总表(&E)…"), self._export, ("Ctrl+E",)),
            (self.tr("下发任务包(&P)…"), page.publish_package, ("Ctrl+Shift+P",)),
            (self.tr("集体成员与牵头单位(&G)…"), page.office.fill_groups, ()),
            (self.tr("延期(&X)…"), lambda: page.office.extend(page.head.current_period), ()),
        )

    def _help(self) -> Slots:
        shell = self._shell
        return (
            (self.tr("按键一览(&K)"), shell.show_help_on_keys, ("F1",)),
            (self.tr("使用提示(&T)"), shell.show_tour, ()),
            (self.tr("打开日志文件夹(&L)"), shell.open_logs, ()),
            (self.tr("关于(&A)"), shell.show_about, ()),
        )

    def _fill(self, menu: QMenu, slots: Slots) -> list[QAction]:
        return [self._add(menu, text, slot, *keys) for text, slot, keys in slots]

    def _add(self, menu: QMenu, text: str, slot: Callable[[], object], *keys: str) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda _checked=False: slot())
        menu.addAction(action)
        return action

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key stands for, for a widget that was there before the menus; false if nothing."""
        keys = QKeySequence(event.keyCombination())
        for action in self.findChildren(QAction):
            if action.isEnabled() and keys in action.shortcuts():
                action.trigger()
                return True
        return False

    def _in_form(self, act: Callable[[], object]) -> None:
        """Do something to the form, if that is in front: nobody undoes what isn't seen."""
        if self._page.board_in_front:
            self._page.said.emit(self.tr("这一步用在填报页上，按 Ctrl+1 回到填报。"))
        else:
            act()

    def _next_place(self, *, back: bool = False) -> None:
        """F8: the next finding of the form, or the next unit of the board that waits for somebody."""
        page = self._page
        if page.board_in_front:
            page.board.next_to_do()
        elif back:
            page.form.previous_finding()
        else:
            page.form.next_finding()

    def _next_pane(self) -> None:
        """F6: the next part of the page in front."""
        page = self._page
        if page.board_in_front:
            page.board.next_pane()
        else:
            page.form.next_pane()

    def _next_to_do(self) -> None:
        self._page.show_mode(BOARD)
        self._page.board.next_to_do()

    def _take_in_files(self) -> None:
        self._page.board.ask_for_files()

    def _take_in_folder(self) -> None:
        self._page.board.ask_for_folder()

    def _take_in_older(self) -> None:
        self._page.show_mode(BOARD)
        if self._page.workspace is not None and self._page.workspace.consolidates:
            self._page.board.ask_for_older_files()

    def _export(self) -> None:
        self._page.board.ask_for_export()

    def _show_tab(self, tab: int) -> None:
        self._page.show_mode(ENTRY)
        self._page.form.show_tab(tab)

    @Slot()
    def _fill_recent(self) -> None:
        self._recent.clear()
        for path in remembered_workspaces():
            there = path.is_file()
            said = str(path) if there else self.tr("{path}（找不到）").format(path=path)
            action = self._recent.addAction(said)
            action.setEnabled(there)
            action.triggered.connect(lambda _checked=False, path=path: self.open_wanted.emit(path))
        if self._recent.isEmpty():
            self._recent.addAction(self.tr("（还没有）")).setEnabled(False)
