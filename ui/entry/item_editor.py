"""The editor of one item's progress: status, percentage, narrative; each is kept as soon as it is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.model.catalogue import message
from desktop.model.form import FormItem
from desktop.model.submission import ItemReport, ItemStatus
from desktop.workspace import FormSession
from ui.entry.item_model import ItemModel
from ui.entry.item_words import LEAD_STATUSES, OTHER_STATUSES, role_label, status_label

TYPING_PAUSE_MS = 700
"""A narrative is kept when the typing pauses that long, or when its field is left."""

Wording = Callable[[int], str]
"""The official wording of an item's number; empty while it isn't loaded."""


class NarrativeEdit(QPlainTextEdit):
    """A text field that says when it is left; Tab leaves it."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving keeps the text."""
        super().focusOutEvent(event)
        self.left.emit()


class ItemEditor(QScrollArea):
    """Edits one item through the model. `said` carries a sentence for the status bar."""

    said = Signal(str)

    def __init__(self, model: ItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._session: FormSession | None = None
        self._item: FormItem | None = None
        self.wording: Wording = lambda _number: ""
        self.status = QComboBox()
        self.status.setAccessibleName(self.tr("状态"))
        self.percent = QLineEdit()
        self.percent.setAccessibleName(self.tr("完成百分比"))
        self.percent.setPlaceholderText(self.tr("0～100"))
        self.narrative = NarrativeEdit()
        self.narrative.setAccessibleName(self.tr("进展情况"))
        self.no_news = QPushButton(self.tr("本期无新进展（/）"))
        self.no_news.setAutoDefault(False)
        self._title, self._about = QLabel(), QLabel()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self._lay_out()
        self.status.activated.connect(self._keep)
        self.percent.editingFinished.connect(self._keep)
        self.narrative.left.connect(self._keep)
        self.narrative.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self._keep)
        self.no_news.clicked.connect(self.say_no_news)

    def show_item(self, session: FormSession | None, item: FormItem | None) -> None:
        """Bring another item; what was typed about the one before is kept first."""
        self._keep()
        self._session, self._item = session, item
        usable = item is not None and session is not None and not session.locked
        for widget in (self.status, self.percent, self.narrative, self.no_news):
            widget.setEnabled(usable)
        if item is None or session is None:
            self._title.setText(self.tr("选中一项工作，在这里填写进展。"))
            self._about.clear()
            self._fill(ItemReport(), leads=False)
            return
        self._title.setText(f"{item.item.number}. {item.item.title}")
        self._about.setText(self._about_text(session, item))
        self._fill(self._model.report(item), leads=item.leads)

    def forget(self) -> None:
        """Let go of what stands in the fields: the item reads otherwise now."""
        self._pause.stop()
        self._item = None

    @property
    def about_text(self) -> str:
        """What stands above the fields."""
        return self._about.text()

    def focus_first(self) -> None:
        """Go to the first field that this unit fills in."""
        (self.status if self.status.isVisibleTo(self) else self.narrative).setFocus()

    @Slot()
    def say_no_news(self) -> None:
        """One key: nothing new in this period."""
        if self._item is None:
            return
        self._model.put(self._item, ItemReport(ItemStatus.NO_NEWS))
        self._fill(self._model.report(self._item), leads=self._item.leads)

    @Slot()
    def keep(self) -> None:
        """Keep what stands in the fields."""
        self._keep()

    @Slot()
    def _keep(self) -> None:
        self._pause.stop()
        item, session = self._item, self._session
        if item is None or session is None or session.locked:
            return
        old = self._model.report(item)
        percent = old.percent
        if item.leads:
            from desktop.model.reading import read_percent

            reading = read_percent(self.percent.text())
            if reading.findings:
                self.said.emit(message(reading.findings[0]))
            else:
                percent = reading.percent
        narrative = self.narrative.toPlainText().strip()
        status: ItemStatus = self.status.currentData() if item.leads else old.status
        if not item.leads and status is ItemStatus.NO_NEWS and narrative:
            status = ItemStatus.NOT_SAID  # a line is news
        self._model.put(item, replace(old, status=ItemStatus(status), percent=percent, narrative=narrative))

    def _fill(self, report: ItemReport, *, leads: bool) -> None:
        widgets = (self.status, self.percent, self.narrative)
        for widget in widgets:
            widget.blockSignals(True)
        self.status.clear()
        for status in LEAD_STATUSES if leads else OTHER_STATUSES:
            self.status.addItem(status_label(status), status.value)
        self.status.setCurrentIndex(max(self.status.findData(report.status.value), 0))
        self.percent.setText("" if report.percent is None else str(report.percent))
        self.narrative.setPlainText(report.narrative)
        for widget in widgets:
            widget.blockSignals(False)
        self._pause.stop()
        self._form.setRowVisible(self.status, leads)
        self._form.setRowVisible(self.percent, leads)
        self.narrative.setPlaceholderText(
            self.tr("写明本期做了什么、结果如何，一般 30～150 字。")
            if leads
            else self.tr("本单位为配合单位：有进展写一句，没有按 / 键。")
        )

    def _about_text(self, session: FormSession, item: FormItem) -> str:
        plan = session.plan
        task = plan.task(item.item.task)
        bodies = "、".join(plan.body_name(body) for body in item.item.bodies)
        lines = [
            self.tr("任务 {n}：{title}").format(n=task.number, title=task.title),
            self.tr("责任单位：{bodies}").format(bodies=bodies),
            self.tr("本单位职责：{role}").format(role=role_label(item)),
        ]
        wording = self.wording(item.item.number)
        if wording:
            lines.append(self.tr("方案原文：{text}").format(text=wording))
        before = session.around.previous.items.get(item.item.number) if session.around.previous else None
        if before is not None and before.narrative:
            lines.append(self.tr("上期：{text}").format(text=before.narrative))
        return "\n".join(lines)

    def _lay_out(self) -> None:
        self.setAccessibleName(self.tr("任务进展填写"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        body = QWidget()
        layout = QVBoxLayout(body)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        for label in (self._title, self._about):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(label)
        self._form = QFormLayout()
        self._form.addRow(self.tr("状态(&T)"), self.status)
        self._form.addRow(self.tr("完成(&P) %"), self.percent)
        layout.addLayout(self._form)
        layout.addWidget(self.narrative, 1)
        layout.addWidget(self.no_news)
        self.narrative.setMinimumHeight(self.fontMetrics().height() * 5)
        self.setWidget(body)
