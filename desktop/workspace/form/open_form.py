"""An open form as it stands: its section in memory, the findings on it, and saving."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.errors import InputError
from desktop.model.canonical import digest
from desktop.model.content import section_body
from desktop.model.finding import Finding, Severity
from desktop.model.form import Form
from desktop.model.plan import Plan
from desktop.model.submission import (
    Coverage,
    Section,
    Signature,
    SignOff,
)
from desktop.store.entries import Change
from desktop.values import dataclass
from desktop.workspace.clock import system_clock
from desktop.workspace.desk.entries import Life
from desktop.workspace.form.explaining import Given

if TYPE_CHECKING:
    from desktop.validation import Assessment, CheckContext, PinnedComment, Rechecker

Save = Callable[[tuple[Change, ...], str, tuple[Finding, ...]], Future[None]]
"""Writes changes of one action with the findings after it: (changes, action, findings)."""

Present = Callable[[], tuple[str, datetime.datetime]]
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
    """What a form is compared with: earlier sections of the unit, the figures issued to it, and what the
    office said of the revision before.
    """

    previous: Section | None = None
    same_last_year: Section | None = None
    history: tuple[Section, ...] = ()
    issued: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    pinned: tuple[PinnedComment, ...] = ()


class OpenForm:
    """The state that every edit starts from and ends in; `FormSession` has the edits."""

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
        present: Present = lambda: ("", system_clock()),
        given: Mapping[str, Given] | None = None,
    ) -> None:
        self.plan = plan
        self.form = form
        self.around = around
        self._section = section
        self._life = life
        self._sign_off = sign_off
        self._save = save
        self._present = present
        self._given = dict(given or {})
        self._rechecker: Rechecker | None = None
        self._checked: tuple[tuple[Finding, ...], Assessment] | None = None
        self.postponed = False
        """Whether the rules are still to run: a window shows the form first and asks for findings then."""
        self.newer_version = ""
        """The version worked by, where the form was handed in under an older one and is only to be read."""
        self.frozen: Section | None = None
        """What was handed in last, read under the form's plan; None before the first 报出."""

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
    def to_hand_in(self) -> Section:
        """The content as 报出 freezes it, unsigned; void explanations and drafts stay here."""
        answers = tuple(sorted(self.assessment.answers, key=lambda answer: answer.finding))
        return replace(self._section, explanations=answers, coverage=self.coverage, signature=Signature())

    @property
    def content_digest(self) -> str:
        """The digest of everything on the form that the leader sees, for comparing with what was printed."""
        names = (self._sign_off.responsible, self._sign_off.reviewer, self._sign_off.preparer)
        return digest([self.plan.digest, section_body(self.to_hand_in), list(names)])

    @property
    def review_stands(self) -> bool:
        """Whether the form still reads as it was sent for review (送审): else its check code is void."""
        reviewed = self._life.reviewed
        return reviewed is not None and reviewed.content == self.content_digest

    @property
    def coverage(self) -> Coverage:
        """How many elements are due here and how many of them were reported."""
        return coverage_of(self.form, self._section)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of the form now."""
        return self._known()[0]

    def postpone(self) -> None:
        """Say that findings will be asked for later, unless the rules have run already."""
        self.postponed = self._checked is None

    def run_postponed(self) -> None:
        """Run the rules now, if they were still to run."""
        if self.postponed:
            self._recheck()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings that block submission."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Findings that must be explained."""
        return tuple(f for f in self.findings if f.severity is Severity.WARNING)

    @property
    def assessment(self) -> Assessment:
        """What blocks submission, what is to be explained, what is void."""
        return self._known()[1]

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
        self._recheck()
        return FormChange(addresses, self.assessment, notes, self._save(changes, action, self.findings))

    def _known(self) -> tuple[tuple[Finding, ...], Assessment]:
        if self._checked is None:
            self._checked = self._recheck()
        return self._checked

    def _recheck(self) -> tuple[tuple[Finding, ...], Assessment]:
        from desktop.validation import open_findings

        findings = self.check()
        self.postponed = False
        self._checked = findings, open_findings(findings, self._section.explanations, self.plan)
        return self._checked

    def check(self) -> tuple[Finding, ...]:
        """Run all rules over the form as it stands; edits do it by themselves."""
        return self._check(self._section)

    @property
    def context(self) -> CheckContext:
        """The form as it stands with what it is compared to."""
        return self._context(self._section)

    def _check(self, section: Section) -> tuple[Finding, ...]:
        from desktop.validation import Rechecker

        if self._rechecker is None:
            self._rechecker = Rechecker()
        return self._rechecker.check(self._context(section))

    def _context(self, section: Section) -> CheckContext:
        from desktop.validation import CheckContext

        return CheckContext(
            plan=self.plan,
            form=self.form,
            section=section,
            previous=self.around.previous,
            same_last_year=self.around.same_last_year,
            history=self.around.history,
            reference=self.around.issued,
            pinned=() if self.locked else self.around.pinned,
        )


def coverage_of(form: Form, section: Section) -> Coverage:
    """How many elements are due in a form and how many of them a section reports."""
    due = form.due_rows
    return Coverage(len(due), sum(section.figure(row.element.id).reported for row in due))
