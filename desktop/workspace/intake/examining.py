"""What a file that came amounts to, before anything is kept of it: whether it can be taken, and what the
rules make of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.exchange import ContentState, FileKind, FileReading
from desktop.migration import MigratedSubmission, Outcome, earlier_figures
from desktop.model.canonical import Json
from desktop.model.catalogue import message, text
from desktop.model.content import CanonicalContent, canonical_content
from desktop.model.finding import Finding, Severity
from desktop.model.form import form_for
from desktop.model.mapping import Mapped
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import Section, Submission
from desktop.validation import CheckContext, answers_beside, check_section, open_findings
from desktop.workspace.desk import Desk
from desktop.workspace.desk.moving import dated
from desktop.workspace.intake.arriving import Came, answered_finding
from desktop.workspace.intake.inbox import Intake, accepted, explained, older_version, submission_now


@dataclass(frozen=True, slots=True)
class Unfit:
    """A file that can't be taken, with the code and the sentence that say why."""

    came: Came
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fit:
    """A file that can be taken: its submission, the canonical text of it, and what the rules made of it.

    `moved` is the submission under the current plan; `origin` the older version that it was written under.
    """

    came: Came
    submission: Submission
    content: str
    intake: Intake
    moved: MigratedSubmission
    origin: Plan | None = None


class Earlier:
    """Accepted sections of earlier periods, loaded once per period and batch."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[Period, Mapping[str, Section]] = {}

    def of(self, plan: Plan, unit: str, period: Period, now: Period) -> Section | None:
        """What compares with a unit's figures of `now`; nothing for content of an older plan version."""
        if plan.digest != self._desk.plan.digest:
            return None
        if period not in self._known:
            self._known[period] = accepted(self._desk, period, self._desk.clock().date())
        known = self._known[period]
        return earlier_figures(plan, unit, period, known, now.end) if dated(plan) else known.get(unit)


def examined(desk: Desk, came: Came, earlier: Earlier, only: Period | None) -> Fit | Unfit:
    """What a file amounts to. Nothing is kept of it yet."""
    reading = came.reading
    refusal = _refusal(desk, reading, only)
    if refusal is not None:
        return Unfit(came, *refusal)
    submission = reading.submission
    assert submission is not None  # else it was refused
    moved, origin = _moved(desk, submission)
    unmoved = _unmoved(desk.plan, submission, moved)
    if unmoved is not None:
        return Unfit(came, *unmoved)
    content = reading.canonical or canonical_content(submission)
    intake, answered = _intake(origin or desk.plan, submission, content, earlier)
    if origin is None and submission.plan_version != desk.plan.version:
        # filled in by other rules: a person decides
        intake = Intake(sections=intake.sections, kind=intake.kind)
    return Fit(replace(came, answered=answered), submission, content.text, intake, moved, origin)


def _moved(desk: Desk, submission: Submission) -> tuple[MigratedSubmission, Plan | None]:
    """A submission under the current plan, and the older version kept here that it was written under."""
    if submission.plan_digest == desk.plan.digest:
        return MigratedSubmission(submission), None
    return desk.store.run(
        lambda connection: (
            submission_now(connection, desk, submission),
            older_version(connection, desk, submission.plan_digest),
        )
    )


def _unmoved(plan: Plan, submission: Submission, moved: MigratedSubmission) -> tuple[str, str] | None:
    """Code and sentence if a content of an older version can't be read under the current one."""
    if moved.submission is None:
        return moved.code, f"{moved.reason}。"
    inside = {section.unit for section in submission.sections}
    for line in moved.lines:
        if line.what is Mapped.UNIT and line.outcome is Outcome.MERGED and line.old in inside:
            params = {
                "unit": line.old_name,
                "into": line.new_name,
                "version": submission.plan_version,
                "now": plan.version,
            }
            return "workspace.unit_merged", text("workspace.unit_merged", params)
    return None


def _refusal(desk: Desk, reading: FileReading, only: Period | None) -> tuple[str, str] | None:
    """Code and sentence if a file can't be taken at all."""
    if reading.refusal is not None:
        return reading.refusal.code, reading.refusal.message
    if reading.submission is None:
        return "workspace.no_submission", text("workspace.no_submission", {})
    if reading.kind is FileKind.TEMPLATE and reading.content is ContentState.INTACT:
        return "workspace.blank_template", text("workspace.blank_template", {})
    unreadable = _unreadable_cells(reading)
    if unreadable:
        return unreadable[0].code, "".join(message(finding) for finding in unreadable[:3])
    period = reading.submission.period
    today = desk.clock().date()
    if not desk.plan.asks(period) or period.start > today:
        return "workspace.period_wrong", text("workspace.period_wrong", {"period": period.label})
    if only is not None and period != only:
        params = {"period": period.label, "wanted": only.label}
        return "workspace.period_other", text("workspace.period_other", params)
    return None


def _unreadable_cells(reading: FileReading) -> list[Finding]:
    """Number cells that hold text which nobody sent along on purpose."""
    touched = {cell.element for cell in reading.edited_cells}
    return [f for f in reading.findings if f.severity is Severity.ERROR and f.address in touched]


def _intake(
    plan: Plan, submission: Submission, content: CanonicalContent, earlier: Earlier
) -> tuple[Intake, tuple[Json, ...]]:
    """What the rules make of a content, and the findings that its explanations answer."""
    blocking: list[str] = []
    forced: list[str] = []
    answered: list[Json] = []
    for section in submission.sections:
        findings = _recheck(plan, section, earlier)
        assessment = open_findings(findings, answers_beside(section.explanations, findings), plan)
        blocking += [finding.code for finding in assessment.blocking]
        forced += [finding.code for finding in assessment.forced]
        keys = {explanation.finding for explanation in section.explanations}
        answered += [answered_finding(finding) for finding in findings if finding.key in keys]
    intake = Intake(
        blocking=tuple(dict.fromkeys(blocking)),
        forced=tuple(dict.fromkeys(forced)),
        sections=content.sections,
        explained=explained(submission.sections),
        kind=submission.kind.value,
    )
    return intake, tuple(answered)


def judged_by_rules(desk: Desk, submission: Submission) -> tuple[Intake, tuple[Json, ...]]:
    """What the current plan's rules make of a content, and what its explanations answer."""
    return _intake(desk.plan, submission, canonical_content(submission), Earlier(desk))


def _recheck(plan: Plan, section: Section, earlier: Earlier) -> tuple[Finding, ...]:
    unit = plan.unit(section.unit)
    return check_section(
        CheckContext(
            plan=plan,
            form=form_for(plan, unit, section.period),
            section=section,
            previous=earlier.of(plan, section.unit, section.period.previous, section.period),
            same_last_year=earlier.of(plan, section.unit, section.period.same_last_year, section.period),
        )
    )
