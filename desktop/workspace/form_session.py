"""One open form: what a person types becomes a figure, its findings and a saved entry.

The session keeps the section in memory, so that reading and checking never wait for the disk. Each
edit is one
named method that returns what changed; `saved` is done once the edit is on disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desktop.errors import InputError
from desktop.model.canonical import clean_text
from desktop.model.element import Mode
from desktop.model.finding import Finding, item_address
from desktop.model.listing import list_figure
from desktop.model.reading import read_figure
from desktop.model.submission import (
    BLANK,
    NIL,
    Answer,
    Deduction,
    Figure,
    ItemReport,
    SignOff,
)
from desktop.workspace.entries import (
    Life,
    figure_change,
    item_change,
    life_change,
    sign_off_change,
)
from desktop.workspace.explained_form import ExplainedForm
from desktop.workspace.open_form import FormChange


class FormSession(ExplainedForm):
    """The open form of one unit and period."""

    def type_figure(self, element: str, text: str) -> FormChange:
        """Take what a person typed into an element's field; what can't be read stays as typed."""
        old = self._section.figure(element)
        reading = read_figure(
            clean_text(text), self.plan.element(element), unit=self.form.unit.id, period=str(self.form.period)
        )
        figure = replace(reading.figure, deductions=old.deductions if reading.figure.reported else ())
        row = self.form.row(element)
        if row is not None and row.mode is Mode.ISSUED:
            figure = replace(figure, answer=self._answer_for(element, figure))
        return self._put_figure(element, figure, "type", reading.findings)

    def set_nil(self, element: str) -> FormChange:
        """Say 无此项业务."""
        return self._put_figure(element, NIL, "nil")

    def clear(self, element: str) -> FormChange:
        """Empty a field."""
        return self._put_figure(element, BLANK, "clear")

    def confirm_issued(self, element: str) -> FormChange:
        """Confirm an issued figure (相符); raises InputError while none was issued."""
        value = self.around.issued.get(element)
        if value is None:
            raise InputError("issued.none", "该数据项尚未下发，无法核对。", "请等待任务包或联系汇总单位。")
        return self._put_figure(element, replace(Figure.number(value), answer=Answer.CONFIRMED), "confirm")

    def set_deductions(self, element: str, deductions: tuple[Deduction, ...]) -> FormChange:
        """Say what part of a figure is another unit's (其中：重复, 其中：区外)."""
        return self._put_figure(
            element, replace(self._section.figure(element), deductions=deductions), "deduct"
        )

    def set_rows(self, element: str, rows: tuple[Mapping[str, str], ...]) -> FormChange:
        """Set the rows of a list element; its figure is the count of the rows that are valid at the
        period's end.
        """
        figure = list_figure(rows, self.plan.element(element), self.form.period.end)
        return self._put_figure(element, figure, "rows")

    def set_item(self, number: int, report: ItemReport) -> FormChange:
        """Set the progress of an item."""
        self._refuse_if_locked()
        cleaned = replace(report, narrative=clean_text(report.narrative).strip())
        items = {**self._section.items, number: cleaned}
        if cleaned.blank:
            del items[number]
        self._section = replace(self._section, items=items)
        return self._saved((item_change(number, cleaned),), (item_address(number),), "item")

    def set_sign_off(self, sign_off: SignOff) -> FormChange:
        """Record 单位负责人, 审核人, 填表人 and date."""
        self._refuse_if_locked()
        self._sign_off = sign_off
        return self._saved((sign_off_change(sign_off),), (), "sign_off")

    def start_revision(self) -> FormChange:
        """Unlock a form that was handed in: the next submission is revision n+1."""
        if not self.locked:
            raise InputError("life.not_submitted", "本期尚未报出，可以直接修改。")
        if self.newer_version:
            raise InputError(
                "life.older_plan", f"本期按方案第{self.plan.version}版报出。", "请用“修订”转到现行版后修改。"
            )
        self._life = self._life.reopened()
        return self._saved((life_change(self._life),), (), "revise")

    def handed_in(self, life: Life) -> None:
        """Take over the life after submission; the caller has stored it."""
        self._life = life

    def _answer_for(self, element: str, figure: Figure) -> Answer:
        if not figure.reported:
            return Answer.NONE
        issued = self.around.issued.get(element)
        if issued is None:
            return Answer.NONE
        return Answer.CONFIRMED if figure.amount == issued else Answer.DISPUTED

    def _put_figure(
        self, element: str, figure: Figure, action: str, notes: tuple[Finding, ...] = ()
    ) -> FormChange:
        self._refuse_if_locked()
        row = self.form.row(element)
        if row is None:
            raise InputError("element.not_in_form", f"本单位的报表中没有“{element}”。", "请核对数据项代码。")
        if not row.due:
            raise InputError("element.not_due", f"“{row.element.name}”本期不报。")
        figures = {**self._section.figures, element: figure}
        if figure == BLANK:
            del figures[element]
        self._section = replace(self._section, figures=figures)
        return self._saved((figure_change(element, figure),), (element,), action, notes)
