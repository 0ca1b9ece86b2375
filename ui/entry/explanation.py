"""The editor of one explanation (出错说明): a reason to choose, a text, and why it would not count."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.errors import InputError
from desktop.model.catalogue import message
from desktop.model.finding import Finding, Severity
from desktop.workspace import FormSession
from ui.colours import Tone, tone


class ExplanationText(QLineEdit):
    """A line whose Enter ends here: in a dialog it must not press the default button as well."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps the explanation."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class ExplanationEditor(QWidget):
    """Explains one finding of a session; `explained` carries the FormChange. Enter in the text keeps it."""

    explained = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, with_text: bool = True) -> None:
        super().__init__(parent)
        self._session: FormSession | None = None
        self._finding: Finding | None = None
        self._about = QLabel()
        self._about.setWordWrap(True)
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._about.setVisible(with_text)
        self.reason = QComboBox()
        self.reason.setAccessibleName(self.tr("原因"))
        self.reason.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.reason.setMinimumContentsLength(4)
        self.text = ExplanationText()
        self.text.setAccessibleName(self.tr("说明文字"))
        self.text.setClearButtonEnabled(True)
        self.keep = QPushButton(self.tr("保存说明"))
        self.keep.setAutoDefault(False)
        self._trouble = QLabel()
        self._trouble.setWordWrap(True)
        self._trouble.setTextFormat(Qt.TextFormat.PlainText)
        choice = QHBoxLayout()
        choice.addWidget(self.reason, 1)
        choice.addWidget(self.keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._about, self.text, self._trouble):
            layout.addWidget(widget)
        layout.insertLayout(1, choice)
        self.text.entered.connect(self._keep)
        self.keep.clicked.connect(self._keep)
        self.show_finding(None, None)

    @property
    def finding(self) -> Finding | None:
        """The finding being explained."""
        return self._finding

    def show_finding(self, session: FormSession | None, finding: Finding | None) -> None:
        """Bring the explanation of a finding, or nothing."""
        same = finding is not None and self._finding is not None and finding.key == self._finding.key
        self._session, self._finding = session, finding
        explainable = finding is not None and finding.severity is not Severity.NOTICE
        usable = explainable and session is not None and not session.locked
        for widget in (self.reason, self.text, self.keep):
            widget.setVisible(explainable)
            widget.setEnabled(usable)
        self._about.setText(message(finding) if finding else "")
        if session is None or finding is None:
            self._trouble.hide()
            return
        if not same:
            self._fill(session, finding)
        self._show_trouble(session, finding)

    @Slot()
    def _keep(self) -> None:
        session, finding = self._session, self._finding
        if session is None or finding is None:
            return
        forced = finding.severity is Severity.ERROR
        try:
            change = session.explain(finding.key, self.reason.currentData(), self.text.text(), forced=forced)
        except InputError as error:
            self._say(str(error))
            return
        self.explained.emit(change)

    def _fill(self, session: FormSession, finding: Finding) -> None:
        self.reason.clear()
        for code, label in session.plan.explanations.reasons.items():
            self.reason.addItem(label, code)
        kept = next((e for e in session.section.explanations if e.finding == finding.key), None)
        self.reason.setCurrentIndex(max(self.reason.findData(kept.reason) if kept else 0, 0))
        self.text.setText(kept.text if kept else "")
        error = finding.severity is Severity.ERROR
        self.keep.setText(self.tr("带错上报") if error else self.tr("保存说明"))
        self.text.setPlaceholderText(
            self.tr("确实无法改正时，写明原因后回车")
            if error
            else self.tr("写明原因（至少 {n} 个字），回车保存").format(
                n=session.plan.explanations.least_length
            )
        )

    def _show_trouble(self, session: FormSession, finding: Finding) -> None:
        assessment = session.assessment
        kept = any(e.finding == finding.key for e in session.section.explanations)
        refused = [f for f in assessment.refused if f.qualifier == finding.key]
        if kept and refused and finding in (*assessment.unexplained, *assessment.blocking):
            self._say(message(refused[0]))
        elif any(e.finding == finding.key for e in assessment.void):
            self._say(self.tr("数值已改动，原说明失效，请重新说明。"))
        else:
            self._trouble.hide()

    def _say(self, text: str) -> None:
        palette = self.palette()
        palette.setColor(self._trouble.foregroundRole(), tone(self.palette(), Tone.ERROR))
        self._trouble.setPalette(palette)
        self._trouble.setText(text)
        self._trouble.show()
