"""The consolidator's page: who has reported, taking files in, exporting the merged workbook."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.config import folders
from desktop.errors import ZhibaoError
from desktop.model.file_name import safe_part
from desktop.model.period import Period
from desktop.workspace import Board, BoardRow, Exported, FileOutcome, Workspace
from ui.consolidation.board_filters import BoardFilters
from ui.consolidation.board_model import COL_UNIT, BoardFilter, BoardModel
from ui.consolidation.board_parts import SaidLine, stacked
from ui.consolidation.board_tables import outcome_table, total_table, unit_table
from ui.consolidation.halves import UNITS, Halves
from ui.consolidation.inbox_panel import InboxPanel
from ui.consolidation.next_step import needs_person, next_step
from ui.consolidation.outcome_lines import outcome_text
from ui.consolidation.result_models import OutcomeModel, TotalModel, verdict_label
from ui.consolidation.totals_panel import TotalsPanel
from ui.consolidation.unit_actions import UnitActions
from ui.consolidation.year_panel import YearPanel
from ui.error_reporting import show_fault
from ui.file_dialogs import open_files, open_folder, save_file
from ui.flow import FlowLayout
from ui.scrolled import scrolled
from ui.tasks import run_task

OUTCOMES, TOTALS, INBOX, YEAR = range(UNITS + 1, UNITS + 5)


class BoardPage(QWidget):
    """One period of a consolidating workspace. `said` carries a sentence for the status bar."""

    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._period: Period | None = None
        self._exported: Path | None = None
        self.board = BoardModel(self)
        self.filter = BoardFilter(self)
        self.filter.setSourceModel(self.board)
        self.outcomes = OutcomeModel(self)
        self.totals = TotalModel(self)
        self.counts = QLabel()
        self.counts.setWordWrap(True)
        self.filters = BoardFilters()
        self.inbox = InboxPanel()
        self.year = YearPanel()
        self.take_files = QPushButton(self.tr("收取文件(&I)…"))
        self.take_folder = QPushButton(self.tr("收取文件夹(&W)…"))
        self.export = QPushButton(self.tr("导出汇总表(&X)…"))
        self.next = QPushButton(self.tr("下一个待处理(&Z) F8"))
        self.convert = QPushButton(self.tr("转换后读取(&C)"))
        self.convert.hide()
        self.open_folder = QPushButton(self.tr("打开所在文件夹"))
        self.open_folder.hide()
        self.unit_actions = UnitActions()
        self.table = unit_table(self.filter)
        self.outcome_table = outcome_table(self.outcomes)
        self.total_table = total_table(self.totals)
        self.unit_line, self.detail = SaidLine(), SaidLine()
        tools = QWidget()
        tools.setLayout(FlowLayout(self.unit_actions, self.filters))
        units = stacked(tools, self.unit_line, self.table)
        self.halves = Halves(units, self.tr("各单位"))
        self.tabs = self.halves.tabs
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()

    def show_period(self, workspace: Workspace | None, period: Period | None) -> None:
        """Show another workspace or period."""
        self._workspace, self._period = workspace, period
        self.unit_actions.show_period(workspace, period)
        self.totals_panel.show_period(workspace, period)
        self.refresh()

    def refresh(self) -> None:
        """Show the board as it stands now."""
        if self._workspace is None or self._period is None:
            self.board.set_board(None, None)
            return
        board = self._workspace.board(self._period)
        chosen = self.unit_actions.unit
        self.board.set_board(self._workspace.plan, board)
        self.filters.show_board(self._workspace.plan, board)
        self._show_counts(board)
        self._refilter()
        self.tabs.setTabText(YEAR, self.tr("{year}全年").format(year=self._period.year))
        self._show_tab(self.tabs.currentIndex())
        self._choose(chosen)
        if not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._show_unit(self.table.currentIndex().row())

    def take_in(
        self, paths: Sequence[Path], *, convert: bool = False, received: datetime.date | None = None
    ) -> None:
        """Take files and folders in beside the GUI thread, as `Workspace.take_in` does."""
        workspace = self._workspace
        if workspace is None or not paths:
            return
        run_task(
            self,
            self.tr("正在收取文件…"),
            lambda progress: workspace.take_in(paths, progress=progress, convert=convert, received=received),
            self._taken,
        )

    def export_to(self, out: Path, *, overwrite: bool) -> None:
        """Write the merged workbook beside the GUI thread."""
        workspace, period = self._workspace, self._period
        if workspace is None or period is None:
            return
        run_task(
            self,
            self.tr("正在生成汇总表…"),
            lambda _progress: workspace.export(period, out, overwrite=overwrite),
            lambda exported: self._written(period, exported),
            self._export_failed,
        )

    @Slot()
    def ask_for_files(self) -> None:
        """Choose files to take in."""
        self.take_in(self._files())

    @Slot()
    def ask_for_older_files(self) -> None:
        """Choose files that came on an earlier day."""
        from ui.consolidation.received_dialog import ask_day

        if self._workspace is not None:
            ask_day(self._workspace.today, self, lambda day: self.take_in(self._files(), received=day))

    def _files(self) -> Sequence[Path]:
        kinds = self.tr("报送文件 (*.xlsx *.zip *.eml *.xls *.et);;所有文件 (*)")
        return open_files(self, self.tr("收取报送文件"), folders().documents, kinds)

    @Slot()
    def ask_for_folder(self) -> None:
        """Choose a folder to take in."""
        chosen = open_folder(self, self.tr("收取文件夹"), folders().documents)
        if chosen is not None:
            self.take_in([chosen])

    @Slot()
    def convert_refused(self) -> None:
        """Try those again that were refused and could be converted."""
        self.take_in([Path(outcome.path) for outcome in self.outcomes.convertible()], convert=True)

    @Slot()
    def ask_for_export(self) -> None:
        """Choose where the merged workbook goes."""
        if self._workspace is None or self._period is None:
            return
        name = self.tr("{district}指标汇总表_{period}.xlsx").format(
            district=safe_part(self._workspace.plan.district.short_name), period=self._period
        )
        proposed = self._workspace.path.parent / name
        chosen = save_file(self, self.tr("导出汇总表"), proposed, self.tr("工作簿 (*.xlsx)"))
        if chosen is not None:
            self.export_to(chosen, overwrite=True)  # the dialog has asked

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere on the page."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Dropped files and folders are taken in."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.take_in(paths)

    def _taken(self, outcomes: tuple[FileOutcome, ...]) -> None:
        if self._workspace is None:
            return
        self.outcomes.set_outcomes(self._workspace.plan, outcomes)
        self._offer_conversion()
        self._show_results(OUTCOMES)
        counts: dict[str, int] = {}
        for outcome in outcomes:
            label = verdict_label(outcome)
            counts[label] = counts.get(label, 0) + 1
        text = self.tr("收取 {n} 个文件：{parts}。").format(
            n=len(outcomes),
            parts="，".join(f"{label} {n}" for label, n in counts.items()) or self.tr("没有文件"),
        )
        self.tabs.setTabText(OUTCOMES, self.tr("收取结果（{n}）").format(n=len(outcomes)))
        self.said.emit(text)
        self.refresh()
        if outcomes:
            self.outcome_table.selectRow(0)

    @Slot()
    def next_to_do(self) -> None:
        """F8: the next unit, of those shown, for which somebody has to decide something."""
        count, at = self.filter.rowCount(), self.table.currentIndex().row()
        around = [(at + step) % count for step in range(1, count + 1)]
        found = next((row for row in around if needs_person(self._row(row))), None)
        self.focus_units()
        if found is None:
            self.said.emit(self.tr("这里没有等着处理的单位。"))
            return
        self.table.setCurrentIndex(self.filter.index(found, 0))

    def next_pane(self) -> None:
        """F6: from the units to what is below them, and back."""
        focus = QApplication.focusWidget()
        front = self.tabs.currentWidget()
        inside = focus is not None and front.isAncestorOf(focus)
        if self.tabs.currentIndex() == UNITS or not (inside or focus is self.table):
            self.focus_units() if focus is not self.table else self.tabs.setFocus()
        elif inside:
            self.focus_units()
        else:
            (self._front_table() or self.tabs).setFocus()

    def focus_units(self) -> None:
        """Give the keyboard to the list of units."""
        self.halves.show_units()
        self.table.setFocus()

    def _front_table(self) -> QWidget | None:
        """The table of the tab in front."""
        tables = {
            OUTCOMES: self.outcome_table,
            TOTALS: self.total_table,
            INBOX: self.inbox.table,
            YEAR: self.year.table,
        }
        return tables.get(self.tabs.currentIndex())

    def _row(self, row: int) -> BoardRow:
        """The unit in a row as it is shown."""
        return self.board.row(self.filter.mapToSource(self.filter.index(row, 0)).row())

    def _offer_conversion(self) -> None:
        """Show the button where this computer has a program that could help with what was refused."""
        found = self.outcomes.convertible()
        self.convert.setVisible(bool(found))
        if found:
            names = {"n": len(found), "name": found[0].converter}
            self.convert.setToolTip(self.tr("用 {name} 把 {n} 个 .xls 或 .et 文件转换后读取").format(**names))

    def _written(self, period: Period, exported: Exported) -> None:
        self._exported = exported.path
        if period == self._period:  # nobody chose another one meanwhile
            self.totals_panel.set_totals(exported.totals)
        self._show_results(TOTALS)
        self.open_folder.show()
        self.open_folder.setFocus()
        self.said.emit(self.tr("汇总表已导出：{path}").format(path=exported.path))

    def _export_failed(self, fault: ZhibaoError) -> None:
        show_fault(self, fault)

    def _show_outcome(self, row: int) -> None:
        if row < 0 or self._workspace is None:
            return
        self.detail.setText(outcome_text(self.outcomes.outcome(row), self._workspace.plan))

    def _choose(self, unit: str) -> None:
        """The unit that was chosen stays chosen when the board is read anew."""
        for row in range(self.filter.rowCount()):
            if self._row(row).unit.id == unit:
                self.table.setCurrentIndex(self.filter.index(row, 0))

    def _show_unit(self, row: int) -> None:
        if row < 0:
            self.unit_actions.show_unit(None)
            self.unit_line.setText(self.tr("选中一个单位，这里说明它的情况和下一步做什么。"))
            return
        unit = self._row(row)
        self.unit_actions.show_unit(unit)
        step = next_step(unit)
        parts = (unit.unit.short_name, f"【{unit.label}】", *unit.remarks, f"→ {step}" if step else "")
        self.unit_line.setText("".join(parts))

    def _show_counts(self, board: Board) -> None:
        waiting = sum(needs_person(row) for row in board.rows)
        self.next.setEnabled(bool(waiting))
        parts = [self.tr("待处理 {n}").format(n=waiting)] if waiting else []
        parts.append(self.tr("{n} 个单位：").format(n=len(board.rows)))
        parts += [f"{label} {n}" for _, label, n in board.counts()]
        text = "　".join(part.replace(" ", "\u00a0") for part in parts)  # a number stays with its word
        text += f"（{board.kinds}）" if board.kinds else ""
        days = sorted(set(board.deadlines.values()))
        if days:
            text += self.tr("　截止 {days}").format(days="、".join(f"{d.month}月{d.day}日" for d in days))
        assert self._workspace is not None
        today = self._workspace.today
        last = board.next_deadline(today)
        if last is not None:
            left = (last - today).days
            text += self.tr("（还有 {n} 天）").format(n=left) if left else self.tr("（今天截止）")
        self.counts.setText(text)

    @Slot()
    def _refilter(self) -> None:
        self.filter.show_only(*self.filters.chosen)

    @Slot(int)
    def _show_tab(self, tab: int) -> None:
        """What a tab shows is read when it is looked at."""
        if self._workspace is None or self._period is None:
            return
        if tab == INBOX:
            count = self.inbox.show_workspace(self._workspace)
            self.tabs.setTabText(INBOX, self.tr("收件箱（{n}）").format(n=count))
        elif tab == YEAR:
            self.year.show_year(self._workspace, self._period.year)

    def _show_results(self, tab: int) -> None:
        self.tabs.setCurrentIndex(tab)
        self.halves.give_results_room()

    def _connect(self) -> None:
        self.filters.changed.connect(self._refilter)
        self.tabs.currentChanged.connect(self._show_tab)
        self.table.activated.connect(self.unit_actions.go_on)
        self.next.clicked.connect(self.next_to_do)
        self.year.wanted.connect(lambda place: self.unit_actions.open_unit(*place))
        self.take_files.clicked.connect(self.ask_for_files)
        self.take_folder.clicked.connect(self.ask_for_folder)
        self.export.clicked.connect(self.ask_for_export)
        self.convert.clicked.connect(self.convert_refused)
        self.unit_actions.done.connect(self.refresh)
        self.unit_actions.said.connect(self.said)
        self.open_folder.clicked.connect(self._open_folder)
        self.table.selectionModel().currentRowChanged.connect(lambda index: self._show_unit(index.row()))
        self.outcome_table.selectionModel().currentRowChanged.connect(
            lambda index: self._show_outcome(index.row())
        )

    @Slot()
    def _open_folder(self) -> None:
        if self._exported is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._exported.parent)))

    def _lay_out(self) -> None:
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(COL_UNIT, Qt.SortOrder.AscendingOrder)
        self._fill_tabs()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 0)
        layout.setSpacing(4)
        layout.addLayout(
            FlowLayout(
                *(self.take_files, self.take_folder, self.convert, self.export, self.open_folder),
                self.next,
            )
        )
        layout.addWidget(self.counts)
        layout.addWidget(self.halves, 1)

    def _fill_tabs(self) -> None:
        self.totals_panel = TotalsPanel(self.total_table, self.totals)
        self.totals_panel.changed.connect(self.refresh)
        self.totals_panel.computed.connect(lambda: self._show_results(TOTALS))
        results = stacked(self.outcome_table, self.detail)
        for shown, title in (
            (results, self.tr("收取结果")),
            (self.totals_panel, self.tr("汇总结果")),
            (self.inbox, self.tr("收件箱")),
            (self.year, self.tr("全年")),
        ):
            self.tabs.addTab(scrolled(shown), title)
        self.tabs.setCurrentIndex(OUTCOMES)
