"""单位详情: revisions, changes, files, explanations, messages, decisions, paper and last day of a unit."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import ZhibaoError
from desktop.model.period import Period
from desktop.workspace import (
    PAPER_LABELS,
    BoardState,
    Choice,
    Extension,
    PaperState,
    Side,
    StampedPaper,
    UnitPage,
    Workspace,
)
from ui.consolidation.board_parts import stacked
from ui.consolidation.row_line import RowLine
from ui.consolidation.text_table import TextTable, text_view
from ui.consolidation.unit_tables import (
    DECISIONS,
    EXPLANATIONS,
    MESSAGES,
    REVISIONS,
    columns,
    hints,
    rows_of,
    titles,
)
from ui.error_reporting import show_fault
from ui.flow import FlowLayout
from ui.forms import em_of, labelled, room_for
from ui.scrolled import scrolled

Thing = TypeVar("Thing")

SIZE_EM = (80, 48)


class UnitDialog(QDialog):
    """Everything about one unit in a period. What is decided here is kept at once; `decided` says so.

    `return_wanted`: the report shall go back to the unit.
    """

    decided = Signal()
    return_wanted = Signal()

    def __init__(self, workspace: Workspace, unit: str, period: Period, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace, self._unit, self._period = workspace, unit, period
        self.page: UnitPage = workspace.review.unit(unit, period)
        self.setWindowTitle(self.tr("{unit}　{period}").format(unit=self.page.unit.name, period=period.label))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(room_for(self, *SIZE_EM))
        self.head = QLabel()
        self.head.setWordWrap(True)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.models = [TextTable(described, self) for described in columns()]
        described = zip(self.models, titles(), hints(), strict=True)
        self.tables = [text_view(model, name, empty) for model, name, empty in described]
        self.set_aside = QPushButton(self.tr("撤销接收(&V)"))
        self.take = QPushButton(self.tr("采用这一版(&T)"))
        self.release = QPushButton(self.tr("放行(&R)"))
        self.agree = QPushButton(self.tr("认可(&A)"))
        self.disagree = QPushButton(self.tr("不予认可(&N)"))
        self.send_back = QPushButton(self.tr("退回(&B)…"))
        self.undo = QPushButton(self.tr("撤销这个决定(&Z)"))
        self.reason = QLineEdit()
        self.reason.setAccessibleName(self.tr("理由"))
        self.reason.setPlaceholderText(self.tr("理由：除了认可和纸质件相符，每个决定都要写，会留在记录里。"))
        self.paper_agrees = QPushButton(self.tr("纸质件相符(&M)"))
        self.paper_differs = QPushButton(self.tr("纸质件不符(&D)"))
        self.day = QDateEdit()
        self.approver = QLineEdit()
        self.extend = QPushButton(self.tr("延期(&E)"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._lay_out()
        self._connect()
        self._show()
        self.tabs.setCurrentIndex(self._first)
        self.tables[self._first].setFocus()

    @property
    def _first(self) -> int:
        """The table that needs somebody."""
        if self.page.row.waiting or self.page.row.state is BoardState.QUESTIONED:
            return EXPLANATIONS
        return MESSAGES if self.page.row.state is BoardState.RETURNED else REVISIONS

    def act(self, do: Callable[[], object]) -> None:
        """Decide something; a refusal is shown and nothing changes."""
        try:
            do()
        except ZhibaoError as fault:
            show_fault(self, fault)
            return
        self.reason.clear()
        self.decided.emit()
        self.page = self._workspace.review.unit(self._unit, self._period)
        self._show()

    @Slot()
    def take_back(self) -> None:
        """撤销接收 of the revision chosen, or of the one that counts."""
        side = self._chosen(REVISIONS, self.page.revisions) or self._counting
        if side is not None:
            digest, why = side.digest, self.reason.text()
            review = self._workspace.review
            self.act(lambda: review.set_aside(self._unit, self._period, digest, reason=why))

    @Slot()
    def take_revision(self) -> None:
        """采用 the revision chosen: it came under another plan version, say, or of a unit that is gone."""
        side = self._chosen(REVISIONS, self.page.revisions)
        if side is not None:
            choice, review = Choice(side.digest, {}, self.reason.text()), self._workspace.review
            self.act(lambda: review.take(self._unit, self._period, choice))

    @Slot()
    def let_pass(self) -> None:
        """放行 the error that the explanation chosen carries."""
        view = self._chosen(EXPLANATIONS, self.page.explanations)
        row, workspace = self.page.row, self._workspace
        if view is None:
            return
        rule, why = view.finding.partition("@")[0], self.reason.text()
        unit = row.via or self._unit
        self.act(lambda: workspace.release(unit, self._period, row.digest, rule, reason=why))

    @Slot()
    def undo_decision(self) -> None:
        """Take the decision chosen back."""
        decision = self._chosen(DECISIONS, self.page.decisions)
        if decision is not None:
            number, why = decision.id, self.reason.text()
            self.act(lambda: self._workspace.review.undo(number, reason=why))

    def judge(self, *, agree: bool) -> None:
        """认可 or 不予认可 the explanation chosen, and go to the next that waits."""
        view = self._chosen(EXPLANATIONS, self.page.explanations)
        digest = self.page.row.digest or self.page.row.accepted
        if view is None:
            return
        why, review = self.reason.text(), self._workspace.review
        at = self.tables[EXPLANATIONS].currentIndex().row()
        self.act(lambda: review.judge(self._period, digest, view, agree=agree, reason=why))
        waits = [n for n, one in enumerate(self.page.explanations) if one.verdict is None]
        self.tables[EXPLANATIONS].selectRow(next((n for n in waits if n > at), waits[0] if waits else at))

    def note_paper(self, state: PaperState) -> None:
        """纸质件: it came, and agrees or doesn't."""
        paper = StampedPaper(state, note=self.reason.text())
        self.act(lambda: self._workspace.review.note_paper(self._unit, self._period, paper))

    @Slot()
    def grant(self) -> None:
        """延期 to the day that is set."""
        chosen = self.day.date()
        day = datetime.date(chosen.year(), chosen.month(), chosen.day())
        wanted = Extension(self._unit, self._period, day, self.reason.text(), self.approver.text())
        self.act(lambda: self._workspace.extend(wanted))

    @property
    def _counting(self) -> Side | None:
        return next((side for side in self.page.revisions if side.counts), None)

    def _chosen(self, tab: int, things: Sequence[Thing]) -> Thing | None:
        row = self.tables[tab].currentIndex().row()
        return things[row] if 0 <= row < len(things) else None

    def _show(self) -> None:
        page = self.page
        self.head.setText(self._head_text())
        for number, rows in enumerate(rows_of(page)):
            at = self.tables[number].currentIndex().row()
            self.models[number].set_rows(rows)
            self.tabs.setTabText(number, f"{titles()[number]}（{len(rows)}）")
            if rows:
                self.tables[number].selectRow(min(max(at, 0), len(rows) - 1))
        self.set_aside.setEnabled(self._counting is not None)
        self.take.setEnabled(page.row.state is BoardState.CONFLICT and not page.row.choices)
        for button in (self.agree, self.disagree):
            button.setEnabled(bool(page.explanations))
        self.send_back.setEnabled(bool(page.row.digest))
        forced = any(view.forced for view in page.explanations)
        self.release.setEnabled(forced and page.row.state is BoardState.RECEIVED)
        self.undo.setEnabled(any(not one.undone for one in page.decisions))

    def _head_text(self) -> str:
        page = self.page
        on_time = {None: "", True: self.tr("　按时"), False: self.tr("　迟报")}[page.row.on_time]
        until = self.tr("　期限 {day}").format(day=page.deadline.isoformat()) if page.deadline else ""
        paper = self.tr("　纸质件：{state}").format(state=page.paper.label)
        if page.paper.beside(page.row.revision) != PAPER_LABELS[page.paper.state]:
            paper += self.tr("，对的是第 {n} 版").format(n=page.paper.revision)
        kind = f"　{page.row.kind_label}" if page.row.kind_label else ""
        first = f"【{page.row.label}】{kind}{until}{on_time}{paper}"
        return "\n".join((first, *page.row.remarks))

    def _connect(self) -> None:
        self.set_aside.clicked.connect(self.take_back)
        self.take.clicked.connect(self.take_revision)
        self.release.clicked.connect(self.let_pass)
        self.undo.clicked.connect(self.undo_decision)
        self.agree.clicked.connect(lambda: self.judge(agree=True))
        self.disagree.clicked.connect(lambda: self.judge(agree=False))
        self.paper_agrees.clicked.connect(lambda: self.note_paper(PaperState.AGREES))
        self.paper_differs.clicked.connect(lambda: self.note_paper(PaperState.DIFFERS))
        self.extend.clicked.connect(self.grant)
        self.send_back.clicked.connect(self.accept)
        self.accepted.connect(self.return_wanted)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        below: dict[int, tuple[QPushButton, ...]] = {
            REVISIONS: (self.set_aside, self.take),
            EXPLANATIONS: (self.agree, self.disagree, self.release, self.send_back),
            DECISIONS: (self.undo,),
        }
        self.tabs.setUsesScrollButtons(True)
        for number, table in enumerate(self.tables):
            self.tabs.addTab(_tab(table, below.get(number, ())), titles()[number])
        last = self.page.deadline or self._workspace.today
        self.day.setDate(QDate(last.year, last.month, last.day).addDays(5))
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.day.setAccessibleName(self.tr("延期到"))
        self.approver.setAccessibleName(self.tr("批准人"))
        self.approver.setPlaceholderText(self.tr("批准人"))
        self.approver.setMinimumWidth(em_of(self) * 6)
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(self.tr("关闭"))
        above = [button for buttons in below.values() for button in buttons]
        for button in (*above, self.paper_agrees, self.paper_differs, self.extend, close):
            button.setAutoDefault(False)  # Enter decides nothing by itself
        until = QWidget()
        line = QHBoxLayout(until)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(labelled(self.tr("延期到(&U)"), self.day))
        line.addWidget(self.day)
        content = QVBoxLayout()
        content.addWidget(self.head)
        content.addWidget(self.tabs, 1)
        content.addWidget(self.reason)
        content.addLayout(
            FlowLayout(self.paper_agrees, self.paper_differs, until, self.approver, self.extend)
        )
        layout = QVBoxLayout(self)
        layout.addWidget(scrolled(content), 1)
        layout.addWidget(self.buttons)


def _tab(table: QTableView, buttons: tuple[QPushButton, ...]) -> QWidget:
    row = QWidget()
    row.setLayout(FlowLayout(*buttons))
    return stacked(table, RowLine(table), row) if buttons else stacked(table, RowLine(table))
