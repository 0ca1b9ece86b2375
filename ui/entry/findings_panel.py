"""The list of everything found in a form, errors first; Enter or a click goes to the place."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from desktop.model.catalogue import message
from desktop.model.finding import Finding, Severity
from desktop.workspace import FormSession, void_finding
from ui.colours import tone
from ui.entry.lines import FindingsView
from ui.i18n import translate
from ui.rows import fit_rows

COL_STATE, COL_PLACE, COL_TEXT = range(3)
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class FindingsModel(QAbstractTableModel):
    """Findings of one session: open ones first, errors before warnings."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session: FormSession | None = None
        self._view = FindingsView()
        self._found: tuple[Finding, ...] = ()

    def set_session(self, session: FormSession | None) -> None:
        """Show the findings of a session as they stand now."""
        self.beginResetModel()
        self._session = session
        self._view = FindingsView.of(session) if session else FindingsView()
        view = self._view
        self._found = tuple(sorted(_ranked(session), key=view.order)) if session else ()
        self.endResetModel()

    def finding(self, row: int) -> Finding:
        """The finding in a row."""
        return self._found[row]

    @property
    def session(self) -> FormSession | None:
        """Whose findings are shown."""
        return self._session

    def row_of_open(self, key: str) -> int | None:
        """Where a finding stands that still needs something; None where it needs nothing any more."""
        found = (n for n, finding in enumerate(self._found) if finding.key == key)
        return next((n for n in found if self._view.is_open(self._found[n])), None)

    def next_open(self, after: int, step: int = 1) -> int | None:
        """The next row (or with step -1 the one before) that needs something, searched round the end."""
        count = len(self._found)
        rows = ((after + step * n) % count for n in range(1, count + 1))
        return next((row for row in rows if self._view.is_open(self._found[row])), None)

    def rowCount(self, parent: Index | None = None) -> int:
        """Findings."""
        return 0 if parent is not None and parent.isValid() else len(self._found)

    def columnCount(self, parent: Index | None = None) -> int:
        """State, place, text."""
        return 0 if parent is not None and parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Role.DisplayRole:
            return None
        return (self.tr("状态"), self.tr("位置"), self.tr("审核结果"))[section]

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Texts, with the state's colour beside the state's word."""
        if not index.isValid():
            return None
        finding = self._found[index.row()]
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return (self._view.state_text(finding), self._place(finding), message(finding))[index.column()]
        if role == Role.ForegroundRole and index.column() == COL_STATE:
            return tone(QGuiApplication.palette(), self._view.tone(finding))
        return None

    def _place(self, finding: Finding) -> str:
        session = self._session
        if session is None:
            return ""
        if finding.address.startswith("item/"):
            return self.tr("任务 {n}").format(n=finding.address.removeprefix("item/"))
        if session.plan.has_element(finding.address):
            return session.plan.element(finding.address).name
        return finding.address


def _ranked(session: FormSession) -> tuple[Finding, ...]:
    """All findings, the most telling first within what is open."""
    weighed = session.assessment
    notices = (finding for finding in session.findings if finding.severity is Severity.NOTICE)
    answered = (*weighed.forced, *weighed.explained)
    about = (*weighed.repeated, *_unneeded(session))
    return (*weighed.blocking, *weighed.unexplained, *answered, *about, *notices)


def _unneeded(session: FormSession) -> tuple[Finding, ...]:
    """Void explanations of what needs none any more."""
    open_keys = {finding.key for finding in session.findings}
    if all(explanation.finding in open_keys for explanation in session.assessment.void):
        return ()
    return tuple(void_finding(void, session.plan) for void in session.void if void.finding is None)


LOW_EM = 36
"""Height of a window, in Chinese characters, below which the sheet gets what room there is."""
LOWEST_EM = 18
"""Height below which only what is counted is said: the check page has the rest, and F8 walks all the same."""
QWIDGETSIZE_MAX = (1 << 24) - 1


class _List(QTableView):
    chosen = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the place."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)


class FindingsPanel(QWidget):
    """The list with a line on top that counts. `goto` carries the Finding to go to."""

    goto = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = FindingsModel(self)
        self._gap = 0
        self._led_to = ""
        self.summary = QLabel()
        self.table = _List()
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("审核结果"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        fit_rows(self.table)
        self.table.horizontalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._fit()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.summary)
        layout.addWidget(self.table)
        self.table.clicked.connect(lambda index: self._go(index.row()))
        self.table.chosen.connect(self._go)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type: widths follow."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()
            self.fit_height()

    def fit_height(self) -> None:
        """In a low window one finding at a time, or none: the sheet needs the room, and F8 walks."""
        em, height = self.fontMetrics().horizontalAdvance("国"), self.window().height()
        low = height < em * LOW_EM
        self.table.setVisible(height >= em * LOWEST_EM)
        row = self.table.verticalHeader().defaultSectionSize() + 2 * self.table.frameWidth()
        shown = row + 2 if self.table.isVisibleTo(self) else 0
        self.setMaximumHeight(self.summary.sizeHint().height() + shown if low else QWIDGETSIZE_MAX)

    def _fit(self) -> None:
        em = self.fontMetrics().horizontalAdvance("国")
        self.table.setColumnWidth(COL_STATE, em * 5)
        self.table.setColumnWidth(COL_PLACE, em * 14)

    def show_session(self, session: FormSession | None) -> None:
        """Show what is found now; what was walked to stays chosen until it needs nothing any more."""
        row = self.table.currentIndex().row()
        key = self.model.finding(row).key if row >= 0 else ""
        if session is not self.model.session:
            row, key, self._gap = -1, "", 0
        self.model.set_session(session)
        again = self.model.row_of_open(key) if key else None
        if again is not None:
            self.table.selectRow(again)
        elif row >= 0:
            self._gap = row  # the one that follows has taken its place
            self.table.scrollTo(self.model.index(min(row, self.model.rowCount() - 1), COL_STATE))
        self.summary.setText(summary_text(session) if session else "")

    def go_next(self, step: int = 1) -> bool:
        """To the next finding (-1: the one before) that needs something; False if there is none."""
        row = self.table.currentIndex().row()
        if row < 0:
            row = self._gap - 1 if step > 0 else self._gap
        elif self.model.finding(row).key != self._led_to:
            row -= step  # chosen with arrows, or by the table for want of another
        found = self.model.next_open(row, step)
        if found is None:
            return False
        self.table.selectRow(found)
        self._go(found)
        return True

    def _go(self, row: int) -> None:
        finding = self.model.finding(row)
        self._led_to = finding.key
        self.goto.emit(finding)


def summary_text(session: FormSession) -> str:
    """One line: what is still open, or that the form can be handed in."""
    assessment = session.assessment
    answered = len(assessment.explained) + len(assessment.forced)
    said = translate("FindingsPanel", "（已说明 {n} 条）").format(n=answered) if answered else ""
    if session.locked:
        return translate("FindingsPanel", "审核结果：本期已报出{said}。").format(said=said)
    if assessment.may_submit:
        return translate("FindingsPanel", "审核结果：可以报出{said}。按 F12 报出。").format(said=said)
    text = translate("FindingsPanel", "审核结果：{counts}。F8 转到下一条。")
    return text.format(counts=open_counts(session))


def open_counts(session: FormSession) -> str:
    """What is still open, counted by kind."""
    assessment, blank = session.assessment, len(FindingsView.of(session).blank_keys)
    counts = (
        (translate("FindingsPanel", "错误 {n} 条"), len(assessment.blocking) - blank),
        (translate("FindingsPanel", "待说明 {n} 条"), len(assessment.unexplained)),
        (translate("FindingsPanel", "待填 {n} 项"), blank),
    )
    return "，".join(text.format(n=n) for text, n in counts if n)
