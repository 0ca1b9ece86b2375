"""One open form: what a person types becomes a figure, its findings and a saved entry.

The session keeps the section in memory, so that reading and checking never wait for the disk. Each
edit is one
named method that returns what changed; `saved` is done once the edit is on disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.errors import InputError
from desktop.model.canonical import clean_text
from desktop.model.element import Mode
from desktop.model.finding import Finding, item_address
from desktop.model.submission import (
    BLANK,
    NIL,
    Answer,
    Deduction,
    Figure,
    FigureState,
    ItemReport,
    SignOff,
)
from desktop.workspace.desk.entries import (
    Life,
    figure_change,
    item_change,
    life_change,
    sign_off_change,
)
from desktop.workspace.form.explained_form import ExplainedForm
from desktop.workspace.form.explaining import ChangedEntry
from desktop.workspace.form.open_form import FormChange
from desktop.workspace.form.undoing import Reversal, Trail, places_of, refuse_to_undo, with_contents_before

if TYPE_CHECKING:
    from desktop.model.reading import Reading
    from desktop.workspace.form.field_log import LogEntry


class FormSession(ExplainedForm):
    """The open form of one unit and period."""

    _trail: Trail | None = None

    def follow(self, trail: Trail) -> None:
        """Undo and redo by that audit trail; without one there is nothing to undo."""
        self._trail = trail

    def type_figure(self, element: str, text: str) -> FormChange:
        """Take what a person typed into an element's field; what can't be read stays as typed."""
        reading = self.read(element, text)
        return self._put_figures({element: reading.figure}, "type", reading.findings)

    def read(self, element: str, text: str) -> Reading:
        """What a text would become in an element's field; nothing is changed."""
        from desktop.model.reading import Reading, read_figure

        if not text.strip():
            return Reading(BLANK)
        old = self._section.figure(element)
        reading = read_figure(
            clean_text(text), self.plan.element(element), unit=self.form.unit.id, period=str(self.form.period)
        )
        figure = replace(
            reading.figure,
            deductions=old.deductions if reading.figure.reported else (),
            rows=old.rows if reading.figure.value == old.value else (),  # the same count names the same
        )
        return Reading(self._answered(element, figure), reading.findings)

    def shape_findings(self, element: str, text: str) -> tuple[Finding, ...]:
        """What can be said at once of a text that is being typed: how it reads, its decimals, its sign."""
        from desktop.validation.engine import check_shape

        reading = self.read(element, text)
        section = replace(self._section, figures={**self._section.figures, element: reading.figure})
        return (*reading.findings, *check_shape(self._context(section), element))

    def log(self, address: str) -> Future[tuple[LogEntry, ...]]:
        """Who typed and explained what when in a field (an element's id) or item (`item/12`), the newest
        first, once it was read from the audit trail.
        """
        if self._trail is not None:
            return self._trail.field(address)
        nothing: Future[tuple[LogEntry, ...]] = Future()
        nothing.set_result(())
        return nothing

    def paste(self, texts: Mapping[str, str]) -> FormChange:
        """Take a block of texts by element as one action; raises InputError, with nothing changed, if one of
        them has no field here.
        """
        readings = {element: self.read(element, text) for element, text in texts.items()}
        notes = tuple(note for reading in readings.values() for note in reading.findings)
        return self._put_figures({e: reading.figure for e, reading in readings.items()}, "paste", notes)

    def fill(self, figures: Mapping[str, Figure]) -> FormChange:
        """Take figures from elsewhere (取上期数) as one action; deductions typed here stay."""
        kept = {
            element: replace(figure, deductions=self._section.figure(element).deductions)
            if figure.reported
            else figure
            for element, figure in figures.items()
        }
        return self._put_figures(kept, "fill")

    def clear_all(self, elements: Iterable[str]) -> FormChange:
        """Empty several fields as one action."""
        return self._put_figures(dict.fromkeys(elements, BLANK), "clear")

    def set_nil(self, element: str) -> FormChange:
        """Say 无此项业务; of an issued figure that is an answer."""
        return self._put_figures({element: self._answered(element, NIL)}, "nil")

    def clear(self, element: str) -> FormChange:
        """Empty a field."""
        return self._put_figures({element: BLANK}, "clear")

    def confirm_issued(self, element: str) -> FormChange:
        """Confirm an issued figure (相符); raises InputError while none was issued."""
        value = self.around.issued.get(element)
        if value is None:
            raise InputError("issued.none", "该数据项尚未下发，无法核对。", "请等待任务包或联系汇总单位。")
        return self._put_figures({element: self._confirmed(element, value)}, "confirm")

    def confirm_all(self, elements: Iterable[str]) -> FormChange:
        """Confirm several issued figures as one action; raises InputError where none was issued."""
        issued = self.around.issued
        wanted = tuple(elements)
        if not issued.keys() >= set(wanted):
            raise InputError("issued.none", "有的数据项尚未下发，无法核对。", "请等待任务包或联系汇总单位。")
        confirmed = {e: self._confirmed(e, issued[e]) for e in wanted}
        return self._put_figures(confirmed, "confirm")

    def set_nil_all(self, elements: Iterable[str]) -> FormChange:
        """Say 无此项业务 of several elements as one action."""
        return self._put_figures({element: self._answered(element, NIL) for element in elements}, "nil")

    def set_deductions(self, element: str, deductions: tuple[Deduction, ...]) -> FormChange:
        """Say what part of a figure is another unit's (其中：重复, 其中：区外)."""
        figure = replace(self._section.figure(element), deductions=deductions)
        return self._put_figures({element: figure}, "deduct")

    def set_rows(self, element: str, rows: tuple[Mapping[str, str], ...]) -> FormChange:
        """Set the rows of a list element; its figure is the count of the rows that are valid at the
        period's end, and answers an issued one.
        """
        from desktop.model.listing import list_figure

        figure = list_figure(rows, self.plan.element(element), self.form.period.end)
        return self._put_figures({element: self._answered(element, figure)}, "rows")

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
        self._sign_off = replace(self._sign_off, date=None)  # the next revision has a day of its own
        return self._saved((life_change(self._life), sign_off_change(self._sign_off)), (), "revise")

    def went_on(self, life: Life) -> None:
        """Take over the life after 送审 or 报出; the caller has stored it."""
        self._life = life
        if life.locked:
            self.frozen = self.to_hand_in

    @property
    def revised(self) -> tuple[ChangedEntry, ...]:
        """What a revision says otherwise than the one handed in before it; empty where there is none."""
        if self.frozen is None or self.locked:
            return ()
        from desktop.workspace.form.revising import differences

        return differences(self.frozen, self.to_hand_in, self.plan)

    def undo(self) -> Reversal | None:
        """Take back the last action, as an action of its own; None if there is none. Raises InputError for
        what can't be undone and for a locked form.
        """
        return self._reverse(redo=False)

    def redo(self) -> Reversal | None:
        """Do again what was undone last; None if there is nothing, or an edit came after it."""
        return self._reverse(redo=True)

    def _reverse(self, *, redo: bool) -> Reversal | None:
        from desktop.workspace.form.revising import differences

        self._refuse_if_locked()
        rows = self._trail.last(redo) if self._trail is not None else ()
        if self._trail is None or not rows:
            return None
        refuse_to_undo(rows)
        before = self._section
        self._section, self._sign_off = with_contents_before(before, self._sign_off, rows)
        self._note_given(e.finding for e in self._section.explanations if e not in before.explanations)
        self._recheck()
        saved = self._trail.reverse(redo, rows[0].action, self.findings)
        change = FormChange(places_of(rows), self.assessment, (), saved)
        return Reversal(change, rows[0].kind, differences(before, self._section, self.plan))

    def _confirmed(self, element: str, value: Decimal) -> Figure:
        """The issued figure, confirmed; what was typed of its parts stays, and names that are as many."""
        old = self._section.figure(element)
        rows = old.rows if old.value == value else ()
        return replace(Figure.number(value), answer=Answer.CONFIRMED, deductions=old.deductions, rows=rows)

    def _answered(self, element: str, figure: Figure) -> Figure:
        """A figure with what it says to the issued one."""
        row, issued = self.form.row(element), self.around.issued.get(element)
        if row is None or row.mode is not Mode.ISSUED or issued is None or not figure.reported:
            return figure
        stated = Decimal(0) if figure.state is FigureState.NIL else figure.value
        return replace(figure, answer=Answer.CONFIRMED if stated == issued else Answer.DISPUTED)

    def _put_figures(
        self, figures: Mapping[str, Figure], action: str, notes: tuple[Finding, ...] = ()
    ) -> FormChange:
        self._refuse_if_locked()
        for element in figures:
            self._require_due(element)
        put = {**self._section.figures, **figures}
        for element in [key for key, figure in figures.items() if figure == BLANK]:
            del put[element]
        self._section = replace(self._section, figures=put)
        changes = tuple(figure_change(element, figure) for element, figure in figures.items())
        return self._saved(changes, tuple(figures), action, notes)

    def _require_due(self, element: str) -> None:
        row = self.form.row(element)
        if row is None:
            raise InputError("element.not_in_form", f"本单位的报表中没有“{element}”。", "请核对数据项代码。")
        if not row.due:
            raise InputError("element.not_due", f"“{row.element.name}”本期不报。")
