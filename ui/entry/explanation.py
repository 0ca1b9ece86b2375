"""The editor of an explanation (出错说明): reason, text, what else it answers, and why it would not count.

What was typed and not entered yet stays while other findings are shown, and is kept when the form is left.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.errors import InputError
from desktop.model.catalogue import message
from desktop.model.finding import Finding, Severity
from desktop.workspace import FormSession, VoidExplanation, void_finding
from ui.colours import Tone, tint
from ui.entry.explanation_text import ExplanationText
from ui.entry.same_cause import SameCause


class ReasonBox(QComboBox):
    """Reasons with their numbers: a digit chooses one, Enter goes on to the text."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses, Enter goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            event.accept()
            return
        # Qt's own search takes digits pressed one after the other for one text
        if event.text().isdecimal() and 0 < int(event.text()) <= self.count():
            self.setCurrentIndex(int(event.text()) - 1)
            event.accept()
            return
        super().keyPressEvent(event)


class ExplanationEditor(QWidget):
    """Explains findings of a session; `explained` carries the FormChange. Enter in the text keeps it."""

    explained = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: FormSession | None = None
        self._finding: Finding | None = None
        self._void: VoidExplanation | None = None
        self._typed: dict[str, tuple[str, str]] = {}
        self._note = _words()
        self.recall = _button(self.tr("取回原文（↑）"))
        self.reason = ReasonBox()
        self.reason.setAccessibleName(self.tr("原因"))
        self.reason.setPlaceholderText(self.tr("请选择原因"))
        self.reason.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.reason.setMinimumContentsLength(4)
        self.text = ExplanationText()
        self.text.setAccessibleName(self.tr("说明文字"))
        self._state = _words()
        self.others = SameCause()
        self.keep, self.withdraw = _button(self.tr("保存说明")), _button(self.tr("撤回说明"))
        self._same = _words()
        self.merge = _button(self.tr("合并为一条"))
        self._lay_out()
        self._connect()
        self.show_finding(None, None)

    @property
    def finding(self) -> Finding | None:
        """The finding being explained."""
        return self._finding

    @property
    def note(self) -> str:
        """What is said above the fields: that an earlier explanation is void, or nothing."""
        return self._note.text() if self._note.isVisibleTo(self) else ""

    @property
    def state(self) -> str:
        """What is said below the text: why it doesn't count, or that it does."""
        return self._state.text() if self._state.isVisibleTo(self) else ""

    @property
    def has_keyboard(self) -> bool:
        """Whether one of the fields has the focus."""
        widget = QApplication.focusWidget()
        return widget is not None and self.isAncestorOf(widget)

    def focus_first(self) -> bool:
        """Go to the reason, or to the text once one is chosen; False if there is nothing to explain."""
        if not self.text.isVisibleTo(self) or not self.text.isEnabled():
            return False
        (self.reason if self.reason.currentIndex() < 0 else self.text).setFocus()
        self.text.selectAll()
        return True

    def show_finding(self, session: FormSession | None, finding: Finding | None) -> None:
        """Bring the explanation of a finding, or nothing."""
        if session is not self._session:
            self._typed.clear()
        elif self._finding is not None and (finding is None or finding.key != self._finding.key):
            self._remember()
        same = finding is not None and self._finding is not None and finding.key == self._finding.key
        same = same and session is self._session
        self._session, self._finding = session, finding
        explainable = session is not None and finding is not None and finding.severity is not Severity.NOTICE
        for widget in (self.reason, self.text, self.keep):
            widget.setVisible(explainable)
            widget.setEnabled(explainable and session is not None and not session.locked)
        self._void = None
        if not explainable or session is None or finding is None:
            for hidden in (self._note, self.recall, self._state, self.others, self.withdraw):
                hidden.hide()
            self._show_repeated(session, None)
            return
        self._void = next((v for v in session.void if v.explanation.finding == finding.key), None)
        if not same or not self.text.typed:
            self._fill(session, finding)
        self._show_around(session, finding, kept=self.others.ticked if same else ())

    def keep_typed(self) -> None:
        """Keep what was typed and not entered yet; a text that doesn't count stays as a draft."""
        session = self._session
        self._remember()
        typed, self._typed = self._typed, {}
        if session is None or session.locked:
            return
        open_keys = {finding.key for finding in session.findings}
        for key, (reason, text) in typed.items():
            if key in open_keys and text.strip():
                forced = any(finding.key == key for finding in session.errors)
                self.text.document().setModified(False)
                self.explained.emit(session.explain(key, reason, text, forced=forced))

    @Slot()
    def _keep(self) -> None:
        session, finding = self._session, self._finding
        if session is None or finding is None or not self.text.isEnabled():
            return
        forced = finding.severity is Severity.ERROR
        keys = (finding.key, *self.others.ticked)
        try:
            change = session.explain(keys, self._reason(), self.text.toPlainText(), forced=forced)
        except InputError as error:
            self._say(f"✖ {error}", Tone.ERROR)
            return
        self._typed.pop(finding.key, None)
        self.text.document().setModified(False)
        self.explained.emit(change)

    @Slot()
    def _withdraw(self) -> None:
        session, finding = self._session, self._finding
        if session is None or finding is None:
            return
        self._typed.pop(finding.key, None)
        self.text.put("")
        self.explained.emit(session.withdraw(finding.key))

    @Slot()
    def _merge(self) -> None:
        if self._session is not None and self._finding is not None:
            self.explained.emit(self._session.merge(self._finding.key))

    @Slot()
    def _recall(self) -> None:
        """Take a void explanation as a start; it counts once it is entered anew."""
        if self._void is None:
            return
        self._choose_reason(self._void.explanation.reason)
        self.text.put(self._void.explanation.text)
        self.text.selectAll()
        self.text.setFocus()
        self._say_live(recalled=True)

    def _remember(self) -> None:
        if self._finding is not None and self.text.typed and self.text.toPlainText().strip():
            self._typed[self._finding.key] = (self._reason(), self.text.toPlainText())

    def _reason(self) -> str:
        code = self.reason.currentData()
        return code if isinstance(code, str) else ""

    def _choose_reason(self, code: str) -> None:
        self.reason.setCurrentIndex(self.reason.findData(code) if code else -1)

    def _fill(self, session: FormSession, finding: Finding) -> None:
        """Put what is kept into the fields; a void explanation leaves them blank."""
        self.reason.blockSignals(True)
        self.reason.clear()
        for number, (code, label) in enumerate(session.plan.explanations.reasons.items(), 1):
            self.reason.addItem(f"{number} {label}", code)
        self.reason.blockSignals(False)
        kept = None if self._void else session.explanation(finding.key)
        typed = self._typed.get(finding.key)
        reason, text = typed or ((kept.reason, kept.text) if kept else ("", ""))
        self._choose_reason(reason)
        self.text.put(text, typed=typed is not None)
        error = finding.severity is Severity.ERROR
        self.keep.setText(self.tr("带错上报") if error else self.tr("保存说明"))

    def _show_around(self, session: FormSession, finding: Finding, kept: tuple[str, ...]) -> None:
        self._show_hint()
        self.others.show_offers(session, session.offers(finding.key), kept=kept)
        self.others.setEnabled(not session.locked)
        explanation = session.explanation(finding.key)
        self.withdraw.setVisible(explanation is not None and not session.locked)
        self._note.setVisible(self._void is not None)
        self.recall.setVisible(self._void is not None and not session.locked)
        if self._void is not None:
            _say(self._note, f"▲ {message(void_finding(self._void, session.plan))}", Tone.WARNING)
        self._show_repeated(session, finding)
        self._show_state(session, finding)

    def _show_state(self, session: FormSession, finding: Finding) -> None:
        if self.text.typed:
            self._say_live()
            return
        refused = next((f for f in session.assessment.refused if f.qualifier == finding.key), None)
        if refused is not None:
            self._say(self.tr("✖ 未采用：{why}").format(why=message(refused)), Tone.ERROR)
        elif self._void is None and session.explanation(finding.key) is not None:
            self._say(self.tr("✔ 已采用"), Tone.GOOD)
        else:
            self._state.hide()

    def _show_repeated(self, session: FormSession | None, finding: Finding | None) -> None:
        notice = session.repeated(finding.key) if session is not None and finding is not None else None
        self._same.setVisible(notice is not None)
        self.merge.setVisible(notice is not None and session is not None and not session.locked)
        if notice is not None:
            _say(self._same, f"▲ {message(notice)}", Tone.INFO)

    @Slot()
    def _show_hint(self) -> None:
        """The placeholder says what to write for the reason."""
        session = self._session
        if session is None:
            return
        hint = session.plan.explanations.hints.get(self._reason(), "")
        if not self._reason():
            text = self.tr("先选原因，再写明：什么变了、为什么变、涉及多少")
        else:
            text = self.tr("请写明：{hint}").format(hint=hint or self.tr("什么变了、为什么变、涉及多少"))
        self.text.setPlaceholderText(text)

    @Slot()
    def _follow_typing(self) -> None:
        self._show_hint()
        if self.text.typed:
            self._say_live()

    def _say_live(self, *, recalled: bool = False) -> None:
        """Say while typing whether the text would count."""
        session, finding = self._session, self._finding
        if session is None or finding is None:
            return
        text = self.text.toPlainText()
        if not text.strip() or finding not in session.findings:
            self._state.hide()
            return
        refused = session.refusal(finding.key, self._reason(), text)
        if refused is not None:
            self._say(f"▲ {message(refused)}", Tone.WARNING)
        elif recalled:
            self._say(self.tr("原文已取回，请按现在的数据改好，回车保存后才生效。"), Tone.INFO)
        else:
            self._say(self.tr("✔ 可以采用，回车保存"), Tone.GOOD)

    def _say(self, text: str, which: Tone) -> None:
        _say(self._state, text, which)

    def _connect(self) -> None:
        self.reason.entered.connect(self.text.setFocus)
        self.reason.currentIndexChanged.connect(self._follow_typing)
        self.text.textChanged.connect(self._follow_typing)
        self.text.entered.connect(self._keep)
        self.text.recalled.connect(self._recall)
        self.recall.clicked.connect(self._recall)
        self.keep.clicked.connect(self._keep)
        self.withdraw.clicked.connect(self._withdraw)
        self.merge.clicked.connect(self._merge)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.keep, 1)
        buttons.addWidget(self.withdraw, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._note, self.recall, self.reason, self.text, self._state, self.others):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        layout.addWidget(self._same)
        layout.addWidget(self.merge)


def _words() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _button(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    return button


def _say(label: QLabel, text: str, which: Tone) -> None:
    tint(label, which)
    label.setText(text)
    label.show()
