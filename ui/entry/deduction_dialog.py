"""其中：与××重复, 其中：区外: the parts that are taken off one figure; each is kept when left."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.model.catalogue import message
from desktop.model.decimals import canonical
from desktop.model.element import DataElement
from desktop.model.finding import Severity
from desktop.model.submission import Figure
from desktop.workspace import FormSession, figure_text
from desktop.workspace.form.deducting import Part, deductions_from, part_value, parts_of, read_part
from ui.colours import Tone, tint
from ui.forms import room_for

WIDTH_EM = 34


class DeductionDialog(QDialog):
    """Edits, or after 报出 only shows, what is taken off one figure. `changed` carries each FormChange."""

    changed = Signal(object)

    def __init__(self, session: FormSession, element: DataElement, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._element = session, element
        self.setWindowTitle(self.tr("其中　{name}").format(name=element.name))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.fields = {part: self._field(part) for part in parts_of(session, element.id)}
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()
        self._say()
        next(iter(self.fields.values())).setFocus()

    def accept(self) -> None:
        """Close, unless something that can't be read would be lost."""
        for part, field in self.fields.items():
            if not self._keep(part, field):
                field.setFocus()
                field.selectAll()
                return
        super().accept()

    def reject(self) -> None:
        """Esc keeps what can be read; the rest is given up."""
        for part, field in self.fields.items():
            self._keep(part, field)
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on; a dialog would close at once."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        else:
            super().keyPressEvent(event)

    @property
    def _figure(self) -> Figure:
        return self._session.section.figure(self._element.id)

    def _keep(self, part: Part, field: QLineEdit) -> bool:
        """Keep one part; False if it can't be read."""
        if self._session.locked:
            return True
        reading = read_part(self._session, self._element.id, field.text())
        if reading.problem:
            self._say(reading.problem)
            return False
        if reading.value != part_value(self._figure, part):
            values: dict[Part, Decimal | None] = {p: part_value(self._figure, p) for p in self.fields}
            values[part] = reading.value
            self.changed.emit(self._session.set_deductions(self._element.id, deductions_from(values)))
        self._say()
        return True

    def _go_on(self) -> None:
        """Enter: to the next field, after the last one the end."""
        fields = list(self.fields.values())
        place = next((n for n, field in enumerate(fields) if field.hasFocus()), len(fields))
        if place + 1 >= len(fields):
            self.accept()
        else:
            fields[place + 1].setFocus()

    def _say(self, problem: str = "") -> None:
        errors = [
            finding
            for finding in self._session.findings
            if finding.address == self._element.id
            and finding.code.startswith("deductions.")
            and finding.severity is Severity.ERROR
        ]
        problem = problem or (message(errors[0]) if errors else "")
        tint(self.summary, Tone.ERROR if problem else Tone.GOOD if self._figure.deductions else Tone.MUTED)
        self.summary.setText(f"✖ {problem}" if problem else self._sum_text())

    def _sum_text(self) -> str:
        amount = self._figure.amount
        shown = figure_text(Figure.number(amount), self._element) if amount is not None else ""
        said = self.tr("计入合计：{amount} {unit}")
        return said.format(amount=shown, unit=self._element.unit.typed)

    def _field(self, part: Part) -> QLineEdit:
        field = QLineEdit()
        value, previous = part_value(self._figure, part), self._previous(part)
        field.setText(canonical(value) if value is not None else "")
        field.setReadOnly(self._session.locked)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        name = self.tr("其中：{part}").format(part=part.label)
        field.setAccessibleName(name)
        field.setPlaceholderText(self.tr("没有就空着") + (f"　{previous}" if previous else ""))
        field.editingFinished.connect(partial(self._keep, part, field))
        return field

    def _previous(self, part: Part) -> str:
        earlier = self._session.around.previous
        value = part_value(earlier.figure(self._element.id), part) if earlier is not None else None
        if value is None:
            return ""
        return self.tr("上期 {value}").format(value=figure_text(Figure.number(value), self._element))

    def _lay_out(self) -> None:
        figure = f"{figure_text(self._figure, self._element)} {self._element.unit.typed}"
        advice = QLabel(
            self.tr(
                "本期数 {figure}。其中别的单位也报、或不在本区范围内的部分写在这里，"
                "汇总时扣除，不会重复计算。回车到下一项，Esc 关闭。"
            ).format(figure=figure)
        )
        advice.setWordWrap(True)
        form = QFormLayout()
        for part, field in self.fields.items():
            form.addRow(self.tr("其中：{part}").format(part=part.label), field)
        buttons = QDialogButtonBox()
        close = buttons.addButton(self.tr("关闭(&C)"), QDialogButtonBox.ButtonRole.AcceptRole)
        close.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.addWidget(advice)
        layout.addLayout(form)
        layout.addWidget(self.summary)
        layout.addWidget(buttons)
        self.setMinimumWidth(room_for(self, WIDTH_EM, 0).width())
