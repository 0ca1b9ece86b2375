"""One open form: what a person types becomes a figure, its findings and a saved entry.

The session keeps the section in memory, so that reading and checking never wait for the disk. Each
edit is one
named method that returns what changed; `saved` is done once the edit is on disk.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from decimal import Decimal

from desktop.errors import InputError
from desktop.model.canonical import clean_text
from desktop.model.element import Mode
from desktop.model.finding import Finding, Severity, item_address
from desktop.model.form import Form
from desktop.model.listing import list_figure
from desktop.model.plan import Plan
from desktop.model.reading import read_figure
from desktop.model.submission import (
    BLANK,
    NIL,
    Answer,
    Coverage,
    Deduction,
    Explanation,
    Figure,
    ItemReport,
    Section,
    SignOff,
)
from desktop.store.entries import Change
from desktop.validation import Assessment, CheckContext, Rechecker, open_findings, refusal
from desktop.workspace.clock import system_clock
from desktop.workspace.entries import (
    Life,
    explanation_change,
    figure_change,
    item_change,
    life_change,
    sign_off_change,
)
from desktop.workspace.explaining import (
    Given,
    Offer,
    VoidExplanation,
    addresses_of,
    group_of,
    left_behind,
    offers,
    same_words,
    void_explanations,
    written,
)

Save = Callable[[tuple[Change, ...], str, tuple[Finding, ...]], Future[None]]
"""Writes changes of one action with the findings after it: (changes, action, findings)."""

Signature = Callable[[], tuple[str, datetime.datetime]]
"""Who is working, and the present moment."""


@dataclass(frozen=True, slots=True)
class FormChange:
    """What an edit changed: addresses, the findings of the whole form after it, and notes on how a
    text was read.
    """

    addresses: tuple[str, ...]
    assessment: Assessment
    notes: tuple[Finding, ...]
    saved: Future[None]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a form is compared with: earlier sections of the unit and the figures issued to it."""

    previous: Section | None = None
    same_last_year: Section | None = None
    history: tuple[Section, ...] = ()
    issued: Mapping[str, Decimal] = field(default_factory=dict, hash=False)


class FormSession:
    """The open form of one unit and period."""

    def __init__(
        self,
        plan: Plan,
        form: Form,
        section: Section,
        around: Surroundings,
        life: Life,
        sign_off: SignOff,
        save: Save,
        *,
        signature: Signature = lambda: ("", system_clock()),
        given: Mapping[str, Given] | None = None,
    ) -> None:
        self.plan = plan
        self.form = form
        self.around = around
        self._section = section
        self._life = life
        self._sign_off = sign_off
        self._save = save
        self._signature = signature
        self._given = dict(given or {})
        self._rechecker = Rechecker()
        self._findings = self.check()
        self._assessment = open_findings(self._findings, section.explanations, plan)
        self.newer_version = ""
        """The version worked by, where the form was handed in under an older one and is only to be read."""

    @property
    def section(self) -> Section:
        """The content as it stands now."""
        return self._section

    @property
    def life(self) -> Life:
        """Where the form is in its life, and its revision."""
        return self._life

    @property
    def sign_off(self) -> SignOff:
        """Who answers for the report."""
        return self._sign_off

    @property
    def locked(self) -> bool:
        """Whether the form was handed in and can't be edited before a revision is started."""
        return self._life.locked

    @property
    def coverage(self) -> Coverage:
        """How many elements are due here and how many of them were reported."""
        return coverage_of(self.form, self._section)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of the form now."""
        return self._findings

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings that block submission."""
        return tuple(f for f in self._findings if f.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Findings that must be explained."""
        return tuple(f for f in self._findings if f.severity is Severity.WARNING)

    @property
    def assessment(self) -> Assessment:
        """What blocks submission, what is to be explained, what is void."""
        return self._assessment

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

    def explain(
        self, findings: str | Sequence[str], reason: str, text: str, *, forced: bool = False
    ) -> FormChange:
        """Explain warnings of one cause, or send errors along (带错上报) with `forced`.

        A single key means the explanation it belongs to: what was answered with it before and still stands
        gets the new text too. A sequence means exactly those findings. A text that doesn't count is kept as a
        draft, see `Assessment.refused`; so is one without a reason (""). Raises InputError for an unknown
        finding or reason.
        """
        self._refuse_if_locked()
        alone = isinstance(findings, str)
        keys = group_of(findings, self.assessment.answers) if isinstance(findings, str) else findings
        found = [self._explainable(key) for key in dict.fromkeys(keys)]
        self._require_reason(reason)
        kept = self.explanation(found[0].key)
        first = kept.cause if alone and kept is not None and kept.cause else found[0].key
        answers = written(found, reason, clean_text(text).strip(), forced=forced, cause=first)
        left = [] if alone else left_behind(first, answers, self._section.explanations)
        return self._put_explanations([*answers, *left], "explain")

    def merge(self, finding: str) -> FormChange:
        """Make one explanation of all those that say the same as that of a finding, word for word; raises
        InputError if there is nothing to merge.
        """
        self._refuse_if_locked()
        same = same_words(finding, self.assessment.answers)
        if not same:
            raise InputError("explanation.not_repeated", "没有文字相同、可以合并的说明。")
        one = next(e for e in same if e.finding == finding)
        merged = [replace(e, reason=one.reason, text=one.text, cause=finding) for e in same]
        return self._put_explanations(merged, "merge")

    def withdraw(self, findings: str | Sequence[str]) -> FormChange:
        """Take explanations back, void ones and drafts too; raises InputError where there is none."""
        self._refuse_if_locked()
        keys = (findings,) if isinstance(findings, str) else tuple(dict.fromkeys(findings))
        known = {e.finding for e in self._section.explanations}
        missing = [key for key in keys if key not in known]
        if missing:
            raise InputError("explanation.none", f"“{missing[0]}”没有可以撤回的说明。", "请核对编号。")
        left = tuple(e for e in self._section.explanations if e.finding not in keys)
        self._section = replace(self._section, explanations=left)
        changes = tuple(explanation_change(key, None) for key in keys)
        return self._saved(changes, addresses_of(keys), "withdraw")

    @property
    def void(self) -> tuple[VoidExplanation, ...]:
        """The explanations that no longer count, with what changed since they were given."""
        return void_explanations(
            self.assessment, self._findings, self._given, self._section, self.plan, self._check
        )

    def repeated(self, finding: str) -> Finding | None:
        """The notice that a finding's explanation says the same as others, word for word."""
        weighed = self.assessment
        same = {e.finding for e in same_words(finding, weighed.answers)}
        return next((notice for notice in weighed.repeated if notice.qualifier in same), None)

    def explanation(self, finding: str) -> Explanation | None:
        """What was written for a finding, whether it counts or not."""
        return next((e for e in self._section.explanations if e.finding == finding), None)

    def refusal(self, finding: str, reason: str, text: str) -> Finding | None:
        """Why that reason and text would not count for a finding, None if they would."""
        return refusal(self._explainable(finding), reason, text, self.plan.explanations)

    def offers(self, finding: str) -> tuple[Offer, ...]:
        """The findings that an explanation of this one may answer too, the likely ones first."""
        return offers(self._explainable(finding), self.assessment, self.plan)

    def _explainable(self, key: str) -> Finding:
        found = next((f for f in self._findings if f.key == key), None)
        if found is None:
            raise InputError(
                "finding.unknown", f"没有编号为“{key}”的审核结果。", "请先审核，再按列出的编号说明。"
            )
        if found.severity is Severity.NOTICE:
            raise InputError("finding.notice", f"“{key}”只是提示，不需要说明。")
        return found

    def _require_reason(self, reason: str) -> None:
        reasons = self.plan.explanations.reasons
        if reason and reason not in reasons:
            known = "、".join(f"{code}（{label}）" for code, label in reasons.items())
            raise InputError("reason.unknown", f"没有“{reason}”这个原因。", f"可用的原因：{known}。")

    def _put_explanations(self, answers: Sequence[Explanation], action: str) -> FormChange:
        new = {answer.finding: answer for answer in answers}
        before = {e.finding: replace(e, cause="") for e in self._section.explanations}
        others = tuple(e for e in self._section.explanations if e.finding not in new)
        self._section = replace(self._section, explanations=(*others, *answers))
        person, now = self._signature()
        written = [key for key, answer in new.items() if before.get(key) != replace(answer, cause="")]
        self._given |= {key: Given(person, now, self._section) for key in written}
        changes = tuple(explanation_change(answer.finding, answer) for answer in answers)
        return self._saved(changes, addresses_of(new), action)

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

    def _refuse_if_locked(self) -> None:
        if self.locked:
            raise InputError("life.locked", "本期已报出，报表已锁定。", "如需更正，请先点“修订”。")

    def _saved(
        self,
        changes: tuple[Change, ...],
        addresses: tuple[str, ...],
        action: str,
        notes: tuple[Finding, ...] = (),
    ) -> FormChange:
        self._findings = self.check()
        self._assessment = open_findings(self._findings, self._section.explanations, self.plan)
        return FormChange(addresses, self._assessment, notes, self._save(changes, action, self._findings))

    def check(self) -> tuple[Finding, ...]:
        """Run all rules over the form as it stands; edits do it by themselves."""
        return self._check(self._section)

    @property
    def context(self) -> CheckContext:
        """The form as it stands with what it is compared to."""
        return self._context(self._section)

    def _check(self, section: Section) -> tuple[Finding, ...]:
        return self._rechecker.check(self._context(section))

    def _context(self, section: Section) -> CheckContext:
        return CheckContext(
            plan=self.plan,
            form=self.form,
            section=section,
            previous=self.around.previous,
            same_last_year=self.around.same_last_year,
            history=self.around.history,
            reference=self.around.issued,
        )


def coverage_of(form: Form, section: Section) -> Coverage:
    """How many elements are due in a form and how many of them a section reports."""
    due = form.due_rows
    return Coverage(len(due), sum(section.figure(row.element.id).reported for row in due))
