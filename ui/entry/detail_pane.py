"""The side pane: what was found about the current row and its explanation, what it means, where it stands,
how it came about, and who typed it. Each part can be closed, so that a small window isn't crowded.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QScrollArea, QVBoxLayout, QWidget

from desktop.model.catalogue import message
from desktop.model.finding import Finding
from desktop.model.form import FormRow
from desktop.workspace import FormSession
from desktop.workspace.form.sheet_layout import SheetLayout
from desktop.workspace.form.trends import trend
from ui.colours import tone
from ui.entry.explanation import ExplanationEditor
from ui.entry.facts import Fact, about_ratio, meaning, standing
from ui.entry.field_log import FieldLog
from ui.entry.figure_cells import RatioLine, Row
from ui.entry.fold_box import FoldBox
from ui.entry.lines import FindingsView
from ui.entry.trend_chart import TrendChart, worth_drawing

MOST_FINDINGS_SHOWN = 5
MOST_LINES = 9
PADDING = 4
WRAPPED = int(Qt.TextFlag.TextWordWrap.value)


class DetailPane(QScrollArea):
    """Shows one row. `explained` carries the FormChange of an explanation given here, `left` says Esc,
    `wanted` comes before the pane takes the keyboard, and with False where there was nothing to go to.
    """

    explained = Signal(object)
    left = Signal()
    wanted = Signal(bool)

    def __init__(self, kept: SheetLayout | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = kept if kept is not None else SheetLayout.load()
        self._session: FormSession | None = None
        self._row: FormRow | None = None
        self._ratio: RatioLine | None = None
        self._shown: tuple[Finding, ...] = ()
        self._view = FindingsView()
        self._assessment: object = None
        self.setAccessibleName(self.tr("当前指标说明"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._title = QLabel()
        self._title.setWordWrap(True)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._found = QListWidget()
        self._found.setAccessibleName(self.tr("本项审核结果"))
        self._found.setWordWrap(True)
        self._found.currentRowChanged.connect(self._choose)
        self._found.viewport().installEventFilter(self)
        self.editor = ExplanationEditor()
        self.editor.explained.connect(self.explained)
        self._meaning, self._standing = _text_label(), _text_label()
        self.chart, self.log = TrendChart(), FieldLog()
        self.found = self._box("found", self.tr("审核结果和说明"), _stacked(self._found, self.editor))
        self.meaning = self._box("meaning", self.tr("定义与口径"), self._meaning)
        self.standing = self._box("standing", self.tr("计算与目标"), self._standing)
        self.trend = self._box("trend", self.tr("历次数据"), self.chart)
        self.typed = self._box("log", self.tr("修改记录"), self.log, is_open=False)
        self._lay_out()
        self.show_row(None, None)

    def show_row(self, session: FormSession | None, row: Row | None) -> None:
        """Bring another row, or nothing."""
        self._session = session
        self._ratio = row if isinstance(row, RatioLine) else None
        self._row = None if isinstance(row, RatioLine) else row
        if session is None or row is None:
            self._title.setText(self.tr("选中一行，这里显示指标的定义和审核结果。"))
        else:
            self._title.setText(row.indicator.name if isinstance(row, RatioLine) else row.element.name)
        self.refresh()

    def refresh(self) -> None:
        """Show the row as it stands now."""
        self._tell()
        view = self._weighed()
        about = view.at(self._row.element.id) if self._row else ()
        self._shown = tuple(sorted(about, key=view.order)[:MOST_FINDINGS_SHOWN])
        wanted = self.editor.finding
        self._found.blockSignals(True)
        self._found.clear()
        for finding in self._shown:
            item = QListWidgetItem(f"【{view.state_text(finding)}】{message(finding)}")
            item.setForeground(tone(self.palette(), view.tone(finding)))
            self._found.addItem(item)
        self._found.blockSignals(False)
        keys = [finding.key for finding in self._shown]
        open_ones = [n for n, finding in enumerate(self._shown) if view.is_open(finding)]
        keep = wanted is not None and wanted.key in keys and self.editor.has_keyboard
        chosen = keys.index(wanted.key) if keep and wanted else (open_ones[0] if open_ones else 0)
        self.found.setVisible(bool(self._shown))
        self._found.setCurrentRow(chosen if self._shown else -1)
        self._choose(chosen if self._shown else -1)
        self._fit()

    def focus_explanation(self, code: str = "") -> bool:
        """Go to the explanation's reason or text, of the finding with that code if there is one; False if
        there is nothing to explain here.
        """
        wanted = next((n for n, finding in enumerate(self._shown) if code and finding.code == code), None)
        if wanted is not None:
            self._found.setCurrentRow(wanted)
        if self._shown:
            self.found.title.setChecked(True)
        self.wanted.emit(True)
        if not self.editor.focus_first():
            self.wanted.emit(False)
            return False
        self.ensureWidgetVisible(self.editor.text)
        return True

    def focus_first_box(self) -> bool:
        """Give the keyboard to the title of the first part there is; False if there is none."""
        box = next((box for box in self._boxes if box.isVisibleTo(self)), None)
        if box is not None:
            self.wanted.emit(True)
            box.title.setFocus()
            self.ensureWidgetVisible(box.title)
        return box is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the sheet."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Findings wrap differently in another width."""
        if isinstance(event, QResizeEvent) and event.size().width() != event.oldSize().width():
            self._fit()
        return super().eventFilter(watched, event)

    def _weighed(self) -> FindingsView:
        """The findings as they stand, gathered once for each edit: walking through rows changes none."""
        session = self._session
        if session is None or session.postponed:
            self._assessment, self._view = None, FindingsView()
        elif self._assessment is not session.assessment:
            self._assessment, self._view = session.assessment, FindingsView.of(session)
        return self._view

    @property
    def _boxes(self) -> tuple[FoldBox, ...]:
        return (self.found, self.meaning, self.standing, self.trend, self.typed)

    def _tell(self) -> None:
        """Fill the parts that are open; what is closed costs nothing."""
        session, row = self._session, self._row
        if session is None or row is None:
            for box in self._boxes:
                box.hide()
            self.log.show_field(None, "")
            if session is not None and self._ratio is not None:
                about = about_ratio(self._ratio.indicator, session)
                self._show_facts(self.meaning, self._meaning, about.meaning)
                self._show_facts(self.standing, self._standing, about.standing)
            return
        self._show_facts(self.meaning, self._meaning, meaning(row, session))
        self._show_facts(self.standing, self._standing, standing(row, session))
        course = trend(session, row.element.id)
        self.trend.setVisible(worth_drawing(course.points))
        if worth_drawing(course.points):
            self.chart.show_trend(course)
        self.typed.setVisible(row.due)
        if self.typed.is_open and row.due:
            self.log.show_field(session, row.element.id)

    def _show_facts(self, box: FoldBox, label: QLabel, said: Sequence[Fact]) -> None:
        box.setVisible(bool(said))
        lines = (f"<b>{html.escape(name)}</b>　{html.escape(text)}" for name, text in said)
        label.setText("<br>".join(lines))

    def _choose(self, row: int) -> None:
        finding = self._shown[row] if 0 <= row < len(self._shown) else None
        if finding is not None and finding.key in self._view.blank_keys:
            finding = None  # what is still to be typed wants a figure; F12 offers to report without one
        self.editor.show_finding(self._session, finding)

    def _fit(self) -> None:
        metrics, margin = self.fontMetrics(), 2 * self._found.frameWidth() + PADDING
        room = QRect(0, 0, max(self._found.viewport().width() - margin, metrics.height()), 10_000)
        texts = (self._found.item(row).text() for row in range(self._found.count()))
        needed = sum(metrics.boundingRect(room, WRAPPED, text).height() + PADDING for text in texts)
        self._found.setFixedHeight(min(needed, metrics.height() * MOST_LINES) + margin)

    def _box(self, name: str, title: str, content: QWidget, *, is_open: bool = True) -> FoldBox:
        box = FoldBox(title, content, is_open=self._kept.boxes.get(name, is_open))

        def keep(now_open: bool, /) -> None:
            self._kept.boxes[name] = now_open
            self._kept.save()
            self._tell()

        box.opened.connect(keep)
        return box

    def _lay_out(self) -> None:
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.addWidget(self._title)
        for box in self._boxes:
            layout.addWidget(box)
        layout.addStretch(1)
        self.setWidget(body)


def _stacked(*widgets: QWidget) -> QWidget:
    together = QWidget()
    layout = QVBoxLayout(together)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget)
    return together


def _text_label() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
