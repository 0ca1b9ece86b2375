"""汇总结果: the indicators' district figures, and the way to what is behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QTableView, QVBoxLayout, QWidget

from desktop.model.period import Period
from desktop.workspace import ChangesSince, IndicatorTotal, Trace, Workspace
from ui.consolidation.result_models import TotalModel
from ui.flow import FlowLayout
from ui.tasks import run_task

if TYPE_CHECKING:
    from ui.consolidation.decision_dialog import DecisionDialog
    from ui.consolidation.references_dialog import ReferencesDialog


class TotalsPanel(QWidget):
    """Totals of one period; `changed`: something was decided, `computed`: they were put together."""

    changed = Signal()
    computed = Signal()

    def __init__(self, table: QTableView, model: TotalModel) -> None:
        super().__init__()
        self._workspace: Workspace | None = None
        self._period: Period | None = None
        self.table, self.model = table, model
        self.compute = QPushButton(self.tr("计算合计(&J)"))
        self.trace = QPushButton(self.tr("追溯(&S)…"))
        self.overlaps = QPushButton(self.tr("区域重叠(&O)…"))
        self.duplicates = QPushButton(self.tr("重复条目(&N)…"))
        self.changes = QPushButton(self.tr("与上次导出比(&Q)…"))
        self.references = QPushButton(self.tr("参考数据(&G)…"))
        self._lay_out()
        self._connect()
        self.set_totals(())

    def show_period(self, workspace: Workspace | None, period: Period | None) -> None:
        """Show another workspace or period: what was computed for the one before goes."""
        if (workspace, period) != (self._workspace, self._period):
            self.set_totals(())
        self._workspace, self._period = workspace, period

    def set_totals(self, totals: Sequence[IndicatorTotal]) -> None:
        """Show the totals."""
        self.model.set_totals(totals)
        self.trace.setEnabled(bool(totals))
        if totals:
            self.table.selectRow(0)

    @Slot()
    def compute_totals(self) -> None:
        """Put the period together beside the GUI thread."""
        workspace, period = self._workspace, self._period
        if workspace is not None and period is not None:
            run_task(
                self,
                self.tr("正在计算合计…"),
                lambda _p: workspace.totals.indicators(period),
                lambda totals: self._computed(period, totals),
            )

    @Slot()
    def trace_current(self) -> None:
        """追溯 the indicator in the current row."""
        workspace, period, row = self._workspace, self._period, self.table.currentIndex().row()
        if workspace is None or period is None or row < 0:
            return
        subject = self.model.total(row).indicator
        run_task(
            self,
            self.tr("正在追溯…"),
            lambda _p: workspace.totals.trace(period, subject),
            self._show_trace,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on a row opens it."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        pressed = event if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if pressed is not None and pressed.key() in enter and not pressed.modifiers():
            self.trace_current()
            return True
        return super().eventFilter(watched, event)

    def _computed(self, period: Period, totals: tuple[IndicatorTotal, ...]) -> None:
        if period != self._period:  # another period was chosen meanwhile
            return
        self.set_totals(totals)
        self.computed.emit()
        self.table.setFocus()

    def _show_trace(self, trace: Trace) -> None:
        from ui.consolidation.trace_dialog import TraceDialog

        if self._workspace is not None:
            dialog = TraceDialog(self._workspace, trace, self)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    @Slot()
    def _show_overlaps(self) -> None:
        from ui.consolidation.overlaps_dialog import OverlapsDialog

        if self._workspace is not None and self._period is not None:
            self._open(OverlapsDialog(self._workspace, self._period, self))

    @Slot()
    def _show_duplicates(self) -> None:
        from ui.consolidation.duplicates_dialog import DuplicatesDialog

        if self._workspace is not None and self._period is not None:
            self._open(DuplicatesDialog(self._workspace, self._period, self))

    @Slot()
    def _show_references(self) -> None:
        from ui.consolidation.references_dialog import ReferencesDialog

        if self._workspace is not None and self._period is not None:
            self._open(ReferencesDialog(self._workspace, self._period, self))

    @Slot()
    def _show_changes(self) -> None:
        workspace, period = self._workspace, self._period
        if workspace is not None and period is not None:
            run_task(
                self,
                self.tr("正在比较…"),
                lambda _p: workspace.totals.changes_since(period),
                self._changes_found,
            )

    def _changes_found(self, found: ChangesSince) -> None:
        from ui.consolidation.changes_dialog import ChangesDialog

        if self._workspace is not None:
            self._open(ChangesDialog(self._workspace, found, self))

    def _open(self, dialog: DecisionDialog | ReferencesDialog) -> None:
        dialog.finished.connect(lambda _code: self._closed(dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _closed(self, dialog: DecisionDialog | ReferencesDialog) -> None:
        """Totals on screen follow what was decided."""
        if dialog.decided and self.model.rowCount():
            self.compute_totals()
        self.changed.emit()

    def _connect(self) -> None:
        self.compute.clicked.connect(self.compute_totals)
        self.trace.clicked.connect(self.trace_current)
        self.overlaps.clicked.connect(self._show_overlaps)
        self.duplicates.clicked.connect(self._show_duplicates)
        self.changes.clicked.connect(self._show_changes)
        self.references.clicked.connect(self._show_references)
        self.table.doubleClicked.connect(self.trace_current)
        self.table.installEventFilter(self)

    def _lay_out(self) -> None:
        row = FlowLayout(
            *(self.compute, self.trace, self.overlaps, self.duplicates, self.changes, self.references)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
