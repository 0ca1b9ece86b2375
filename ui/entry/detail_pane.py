"""The side pane: what the current row means, what was found about it, and the explanation."""

from __future__ import annotations

import html

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QScrollArea, QVBoxLayout, QWidget

from desktop.model.catalogue import message
from desktop.model.finding import Finding
from desktop.model.form import FormRow
from desktop.workspace import FormSession
from ui.colours import tone
from ui.entry.explanation import ExplanationEditor
from ui.entry.facts import facts
from ui.entry.lines import FindingsView

MOST_FINDINGS_SHOWN = 5
MOST_LINES = 9
PADDING = 4
WRAPPED = int(Qt.TextFlag.TextWordWrap.value)


class DetailPane(QScrollArea):
    """Shows one row. `explained` carries the FormChange of an explanation given here."""

    explained = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: FormSession | None = None
        self._row: FormRow | None = None
        self._shown: tuple[Finding, ...] = ()
        self._view = FindingsView()
        self.setAccessibleName(self.tr("当前指标说明"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        body = QWidget()
        layout = QVBoxLayout(body)
        self._title = QLabel()
        self._title.setWordWrap(True)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._found = QListWidget()
        self._found.setAccessibleName(self.tr("本项审核结果"))
        self._found.setWordWrap(True)
        self._found.currentRowChanged.connect(self._choose)
        self.editor = ExplanationEditor()
        self.editor.explained.connect(self.explained)
        self._facts = QLabel()
        self._facts.setWordWrap(True)
        self._facts.setTextFormat(Qt.TextFormat.RichText)
        self._facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for widget in (self._title, self._found, self.editor, self._facts):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.setWidget(body)
        self.show_row(None, None)

    def show_row(self, session: FormSession | None, row: FormRow | None) -> None:
        """Bring another row, or nothing."""
        self._session, self._row = session, row
        if session is None or row is None:
            self._title.setText(self.tr("选中一行，这里显示指标的定义和审核结果。"))
        else:
            self._title.setText(row.element.name)
        self.refresh()

    def refresh(self) -> None:
        """Show the findings, ratios and targets of the row as they stand now."""
        self._tell()
        view = self._view = FindingsView.of(self._session) if self._session else FindingsView()
        self._shown = view.at(self._row.element.id)[:MOST_FINDINGS_SHOWN] if self._row else ()
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
        self._found.setVisible(bool(self._shown))
        self._found.setCurrentRow(chosen if self._shown else -1)
        self._choose(chosen if self._shown else -1)
        self._fit()

    def _tell(self) -> None:
        said = facts(self._row, self._session) if self._row is not None and self._session is not None else []
        lines = (f"<b>{html.escape(label)}</b>　{html.escape(text)}" for label, text in said)
        self._facts.setText("<br>".join(lines))

    def focus_explanation(self) -> bool:
        """Go to the explanation's reason or text; False if there is nothing to explain here."""
        if not self.editor.focus_first():
            return False
        self.ensureWidgetVisible(self.editor.text)
        return True

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Texts wrap differently in another width."""
        super().resizeEvent(event)
        self._fit()
