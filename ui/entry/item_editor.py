"""The editor of one item's progress; each field is kept as soon as it is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.model.catalogue import message
from desktop.model.finding import item_address
from desktop.model.form import FormItem
from desktop.model.submission import Evidence, ItemReport, ItemStatus
from desktop.workspace import FormSession
from ui.colours import Tone, tint
from ui.entry.field_log import FieldLog
from ui.entry.fold_box import FoldBox
from ui.entry.item_evidence import EvidenceBox
from ui.entry.item_model import ItemModel
from ui.entry.item_words import LEAD_STATUSES, OTHER_STATUSES, advice, no_news, role_label, status_label

TYPING_PAUSE_MS = 700
"""A narrative is kept when the typing pauses that long, or when its field is left."""
LINES = 5
LONGEST = 32_767
"""Characters that a cell of a workbook holds."""

Wording = Callable[[int], str]
"""The official wording of an item's number; empty while it isn't loaded."""


class NarrativeEdit(QPlainTextEdit):
    """A text field that says when it is left; Tab leaves it."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def sizeHint(self) -> QSize:
        """A few lines; where there is more room it takes it."""
        return QSize(super().sizeHint().width(), self.fontMetrics().lineSpacing() * LINES)

    def minimumSizeHint(self) -> QSize:
        """Never less than that."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving keeps the text."""
        super().focusOutEvent(event)
        self.left.emit()


class ItemEditor(QScrollArea):
    """Edits one item through the model. `said` carries a sentence for the status bar, `wanted` comes
    before it takes the keyboard.
    """

    said = Signal(str)
    wanted = Signal()

    def __init__(self, model: ItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._session: FormSession | None = None
        self._item: FormItem | None = None
        self._shown: tuple[object, ...] = ()
        self.wording: Wording = lambda _number: ""
        self.status = QComboBox()
        self.status.setAccessibleName(self.tr("状态"))
        self.percent = QLineEdit()
        self.percent.setAccessibleName(self.tr("完成百分比"))
        self.percent.setPlaceholderText(self.tr("0～100"))
        self.finished = QLineEdit()
        self.finished.setAccessibleName(self.tr("完成日期"))
        self.finished.setPlaceholderText(self.tr("如 2024-9-30，完成后填写"))
        self.narrative = NarrativeEdit()
        self.narrative.setAccessibleName(self.tr("进展情况"))
        self.length, self.wrong = _words(), _words()
        self.evidence = EvidenceBox()
        self.no_news, self.carry = QPushButton(), QPushButton(self.tr("沿用上期（Ctrl+D）"))
        self.log = FieldLog()
        self.typed = FoldBox(self.tr("修改记录"), self.log, is_open=False)
        self._title, self._about, self._before = _words(), _words(), _words()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self._lay_out()
        self._connect()

    def show_item(self, session: FormSession | None, item: FormItem | None) -> None:
        """Bring another item; what was typed about the one before is kept first."""
        self._keep()
        self._session, self._item = session, item
        usable = item is not None and session is not None and not session.locked
        for widget in (self.status, self.percent, self.finished, self.narrative, self.no_news, self.evidence):
            widget.setEnabled(usable)
        if item is None or session is None:
            self._title.setText(self.tr("选中一项工作，在这里填写进展。"))
            for words in (self._about, self._before):
                words.clear()
            self.carry.hide()
            self._fill(ItemReport(), leads=False)
            self._show_log()
            return
        self._title.setText(f"{item.item.number}. {item.item.title}")
        self._about.setText(self._about_text(session, item))
        self._before.setText(self._before_text(session, item))
        self._before.setVisible(bool(self._before.text()))
        self.carry.setVisible(self._last() is not None)
        self.carry.setEnabled(usable)
        self.no_news.setText(self.tr("{words}（/）").format(words=no_news(session.form.period)))
        self._fill(self._model.report(item), leads=item.leads)
        self._show_log()

    def forget(self) -> None:
        """Let go of what stands in the fields: the item reads otherwise now."""
        self._pause.stop()
        self._item = None

    @property
    def about_text(self) -> str:
        """What stands above the fields: task, bodies, wording, last period's text."""
        return "\n".join(label.text() for label in (self._about, self._before) if label.text())

    def focus_first(self) -> None:
        """Go to the first field that this unit fills in."""
        self.wanted.emit()
        field = self.status if self.status.isVisibleTo(self) else self.narrative
        field.setFocus()
        self.ensureWidgetVisible(field)

    @Slot()
    def say_no_news(self) -> None:
        """One key: nothing new in this period. Files shown before stay, words typed before are gone and that
        is said.
        """
        typed = self._item is not None and bool(self.narrative.toPlainText().strip())
        if self._say(ItemReport(ItemStatus.NO_NEWS)) and typed:
            self.said.emit(self.tr("已改为无新进展，原来写的进展情况已清空；按错了的按 Ctrl+Z 撤销。"))

    @Slot()
    def carry_over(self) -> None:
        """沿用: what last period said, to be gone on from."""
        last = self._last()
        if last is None:
            self.said.emit(self.tr("上期没有可以沿用的内容。"))
            return
        if self._say(last):
            self.said.emit(self.tr("已沿用上期内容，请改成本期的进展。Ctrl+Z 撤销。"))

    @Slot()
    def keep(self) -> None:
        """Keep what stands in the fields."""
        self._keep()

    def _say(self, report: ItemReport) -> bool:
        """Put a whole report in; the evidence stays."""
        item, session = self._item, self._session
        if item is None or session is None or session.locked:
            return False
        self._keep()
        self._model.put(item, replace(report, evidence=self._model.report(item).evidence))
        self._fill(self._model.report(item), leads=item.leads)
        self._show_log()
        return True

    def _last(self) -> ItemReport | None:
        from desktop.workspace.form.carrying import last_report

        if self._session is None or self._item is None:
            return None
        return last_report(self._session, self._item.item.number)

    @Slot()
    def _keep(self) -> None:
        self._pause.stop()
        item, session = self._item, self._session
        if item is None or session is None or session.locked or self._standing() == self._shown:
            return  # fields that nobody touched don't win over what was said elsewhere
        complaints: list[str] = []
        new = replace(self._model.report(item), narrative=self._narrative(complaints))
        if item.leads:
            new = self._with_led_fields(new, complaints)
        elif new.status is ItemStatus.NO_NEWS and new.narrative:
            new = replace(new, status=ItemStatus.NOT_SAID)  # a line is news
        self._model.put(item, new)
        self._shown = () if complaints else self._standing()
        self._show_log()
        self._complain(complaints)
        for complaint in complaints:  # last, since every edit clears the line
            self.said.emit(complaint)

    def _standing(self) -> tuple[object, ...]:
        """What stands in the fields."""
        texts = (self.percent.text(), self.finished.text(), self.narrative.toPlainText())
        return (self.status.currentData(), *texts)

    def _complain(self, complaints: Sequence[str]) -> None:
        """What stands in a field and isn't kept stays said beside it, not only in passing below."""
        self.wrong.setText("\n".join(self.tr("✖ 未保存：{why}").format(why=why) for why in complaints))
        self.wrong.setVisible(bool(complaints))

    def _narrative(self, complaints: list[str]) -> str:
        text = self.narrative.toPlainText().strip()
        if len(text) > LONGEST:
            said = self.tr("文字超过 {n} 字，只保存前面的部分，请精简。")
            complaints.append(said.format(n=f"{LONGEST:,}"))
        return text[:LONGEST]

    def _with_led_fields(self, report: ItemReport, complaints: list[str]) -> ItemReport:
        """With status, percentage and date; what can't be read is said, and stays as it was."""
        from desktop.model.listing import read_date
        from desktop.model.reading import read_percent

        reading = read_percent(self.percent.text())
        percent, finished = report.percent, report.finished
        if reading.findings:
            complaints.append(message(reading.findings[0]))
        else:
            percent = reading.percent
        typed = self.finished.text().strip()
        day = read_date(typed)
        if typed and day is None:
            said = self.tr("完成日期“{typed}”不是日期，请写成 2024-9-30 的样子。")
            complaints.append(said.format(typed=typed))
        else:
            finished = day
        status = ItemStatus(self.status.currentData())
        return replace(report, status=status, percent=percent, finished=finished)

    @Slot(object)
    def _put_evidence(self, files: tuple[Evidence, ...]) -> None:
        item, session = self._item, self._session
        if item is None or session is None or session.locked:
            return
        self._keep()
        self._model.put(item, replace(self._model.report(item), evidence=files))
        self.evidence.show_files(self._model.report(item).evidence)
        self._show_log()

    @Slot()
    def _show_log(self) -> None:
        """Who wrote what when; what is closed costs nothing."""
        item, session = self._item, self._session
        self.typed.setVisible(item is not None and session is not None)
        if item is not None and session is not None and self.typed.is_open:
            self.log.show_field(session, item_address(item.item.number))

    def _fill(self, report: ItemReport, *, leads: bool) -> None:
        widgets = (self.status, self.percent, self.finished, self.narrative)
        for widget in widgets:
            widget.blockSignals(True)
        self._fill_statuses(report, leads=leads)
        self.percent.setText("" if report.percent is None else str(report.percent))
        self.finished.setText(report.finished.isoformat() if report.finished else "")
        self.narrative.setPlainText(report.narrative)
        self.narrative.moveCursor(QTextCursor.MoveOperation.End)  # what is carried over is gone on from
        for widget in widgets:
            widget.blockSignals(False)
        self._shown = self._standing()
        self._pause.stop()
        self._complain(())
        for field in (self.status, self.percent, self.finished):
            self._form.setRowVisible(field, leads)
        self.evidence.show_files(report.evidence)
        asked = self._item is not None and self._item.leads and self._item.item.asks_evidence
        self.evidence.setVisible(asked or bool(report.evidence))
        self.narrative.setPlaceholderText(
            self.tr("写明本期做了什么、结果如何。")
            if leads
            else self.tr("本单位为配合单位：有进展写一句，没有按 / 键。")
        )
        self._show_length()

    def _fill_statuses(self, report: ItemReport, *, leads: bool) -> None:
        self.status.clear()
        if self._session is None:
            return
        period = self._session.form.period
        for status in LEAD_STATUSES if leads else OTHER_STATUSES:
            self.status.addItem(status_label(status, period), status.value)
        self.status.setCurrentIndex(max(self.status.findData(report.status.value), 0))

    @Slot()
    def _typed(self) -> None:
        self._pause.start()
        self._show_length()

    def _show_length(self) -> None:
        if self._item is None or self._session is None:
            self.length.clear()
            return
        wanted = self._session.plan.narratives.range_for(leads=self._item.leads)
        text, which = advice(self.narrative.toPlainText(), wanted)
        tint(self.length, which)
        self.length.setText(text)

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
        return "\n".join(lines)

    def _before_text(self, session: FormSession, item: FormItem) -> str:
        """What last period said, with where it stood."""
        earlier = session.around.previous
        before = earlier.items.get(item.item.number) if earlier is not None else None
        if before is None or earlier is None or before.blank:
            return ""
        stood = [] if before.status is ItemStatus.NOT_SAID else [status_label(before.status, earlier.period)]
        if before.percent is not None:
            stood.append(f"{before.percent}%")
        parts = ("　".join(stood), before.narrative)
        return self.tr("上期：{text}").format(text="\n".join(part for part in parts if part))

    def _connect(self) -> None:
        self.status.activated.connect(self._keep)
        self.percent.editingFinished.connect(self._keep)
        self.finished.editingFinished.connect(self._keep)
        self.narrative.left.connect(self._keep)
        self.narrative.textChanged.connect(self._typed)
        self._pause.timeout.connect(self._keep)
        self.no_news.clicked.connect(self.say_no_news)
        self.carry.clicked.connect(self.carry_over)
        self.evidence.changed.connect(self._put_evidence)
        self.typed.opened.connect(self._show_log)

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
        for label in (self._title, self._about, self._before):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        tint(self._before, Tone.INFO)
        tint(self.wrong, Tone.ERROR)
        for button in (self.no_news, self.carry):
            button.setAutoDefault(False)
        self._form = QFormLayout()
        self._form.addRow(self.tr("状态(&T)"), self.status)
        self._form.addRow(self.tr("完成(&P) %"), self.percent)
        self._form.addRow(self.tr("完成日期(&J)"), self.finished)
        for label in (self._title, self._about, self._before):
            layout.addWidget(label)
        one_key = QHBoxLayout()
        one_key.addWidget(self.no_news, 1)
        one_key.addWidget(self.carry, 1)
        layout.addLayout(one_key)
        layout.addLayout(self._form)
        layout.addWidget(self.wrong)
        layout.addWidget(self.narrative, 1)
        layout.addWidget(self.length)
        layout.addWidget(self.evidence)
        layout.addWidget(self.typed)
        self.setWidget(body)
        # Tab walks the fields first; the two keys are for whoever has nothing to type
        order = (self.narrative, *self.evidence.fields, self.no_news, self.carry, self.typed.title)
        for first, second in pairwise(order):
            self.setTabOrder(first, second)


def _words() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
