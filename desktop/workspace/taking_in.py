"""Taking in files: every file gets a verdict, and one bad file never stops the batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from desktop.consolidation import FileVerdict, FileVerdictKind, verdict_for
from desktop.exchange import ContentState, FileKind, FileReader, FileReading
from desktop.exchange.filereading import refused
from desktop.migration import MigratedSubmission, Outcome, changes, earlier_figures
from desktop.model.canonical import Json, canonical_text
from desktop.model.catalogue import message, text
from desktop.model.content import submission_to_json
from desktop.model.finding import Finding, Severity
from desktop.model.form import form_for
from desktop.model.mapping import Mapped
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import Section, Submission
from desktop.store import Connection, audit
from desktop.store.inbox import ContentHead, ReceivedContent
from desktop.validation import CheckContext, answers_beside, check_section, open_findings
from desktop.workspace.arriving import Came, answered_finding, keep_refused, record_arrival
from desktop.workspace.forms import Desk
from desktop.workspace.inbox import (
    Intake,
    accepted,
    as_received,
    decided,
    explained,
    older_version,
    received,
    submission_now,
)
from desktop.workspace.mailbox import Arrived, arrived
from desktop.workspace.moving import dated
from desktop.workspace.rereading import reread
from desktop.workspace.results import EditedCellView, FileOutcome, Progress
from desktop.workspace.trusting import Judged, judge, trusted


def take_in(
    desk: Desk,
    paths: Sequence[Path],
    progress: Progress | None = None,
    only: Period | None = None,
    *,
    convert: bool = False,
) -> tuple[FileOutcome, ...]:
    """Read files and keep what can be kept; raises EnvironmentFault if the workspace can't be written.

    Folders, archives and e-mails are looked into. With `convert`, .xls and .et files are converted first
    where this computer has a program for that.
    """
    return tuple(_outcomes(desk, paths, progress, only, convert=convert))


def _outcomes(
    desk: Desk, paths: Sequence[Path], progress: Progress | None, only: Period | None, *, convert: bool
) -> Iterator[FileOutcome]:
    earlier = _Earlier(desk)
    versions = desk.store.run(lambda connection: desk.shelf.versions(connection, desk.plan.id))
    plans = [desk.plan, *(plan for plan in reversed(versions) if plan.digest != desk.plan.digest)]
    day = desk.clock().date()
    roster = desk.store.run(lambda connection: trusted(connection, day))
    with FileReader(plans, trusted=roster) as reader:
        files = tuple(arrived(paths, reader))
        for number, file in enumerate(files, 1):
            done = reread(_reading(file, reader), file.source, convert=convert, read=reader.read)
            came = Came(done.reading, file.place, file.source)
            outcome = _take(desk, came, earlier, only)
            outcome = replace(
                outcome, path=file.place, converter=done.converter, reason=outcome.reason + done.sentence
            )
            if outcome.verdict == "rejected":
                keep_refused(desk, came, outcome)
            yield outcome
            if progress is not None and not progress(number, len(files), file.source.name):
                return


def _reading(file: Arrived, reader: FileReader) -> FileReading:
    if file.refusal is not None:
        return refused(file.source.name, "", 0, file.refusal)
    reading = reader.read(file.source)
    assert reading is not None  # nobody cancels it
    return reading


class _Earlier:
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


def _take(desk: Desk, came: Came, earlier: _Earlier, only: Period | None) -> FileOutcome:
    reading = came.reading
    refusal = _refusal(desk, reading, only)
    if refusal is not None:
        return _outcome(reading, "rejected", *refusal)
    submission = reading.submission
    assert submission is not None
    moved, origin = desk.store.run(
        lambda connection: (
            submission_now(connection, desk, submission),
            older_version(connection, desk, submission.plan_digest),
        )
    )
    unmoved = _unmoved(desk.plan, submission, moved)
    if unmoved is not None:
        return _outcome(reading, "rejected", *unmoved)
    whole = submission_to_json(submission)
    intake, answered = _intake(origin or desk.plan, submission, whole, earlier)
    if origin is None and submission.plan_version != desk.plan.version:
        intake = Intake(sections=intake.sections)  # filled in by other rules: a person decides
    verdict, signed = _keep(desk, replace(came, answered=answered), intake, canonical_text(whole))
    code, reason = verdict.code, text(verdict.code, verdict.params)
    if origin is not None and verdict.kind is FileVerdictKind.ACCEPTED:
        params = {"version": origin.version, "now": desk.plan.version}
        code, reason = "workspace.migrated", reason + text("workspace.migrated", params)
    as_written = reading.content is ContentState.INTACT or reading.kind is FileKind.TEMPLATE
    questioned = bool(intake.blocking or intake.forced) or not as_written
    outcome = _outcome(reading, verdict.kind.value, code, reason, questioned=questioned or signed.questioned)
    return replace(
        outcome, migration=changes(moved.lines), signature=signed.state.value, said=signed.sentences
    )


def _keep(desk: Desk, came: Came, intake: Intake, content: str) -> tuple[FileVerdict, Judged]:
    """The verdict on a content, and what its signatures come to; what isn't rejected is kept as it came.

    `content` is its canonical text.
    """
    now = desk.clock()
    reading = came.reading
    submission = reading.submission
    assert submission is not None
    stamp = audit.Stamp("receive", desk.person, now)

    def keep(connection: Connection) -> tuple[FileVerdict, Judged]:
        head = _head(reading, submission, intake)
        new = as_received(connection, desk, head, came.arrived(now), reading.name)
        before = received(connection, desk, submission.period, new.unit)
        verdict = verdict_for(new, before, decided(connection, desk, submission.period), desk.plan)
        if verdict.kind is FileVerdictKind.REJECTED:
            return verdict, Judged(reading.signature, reading.signer)
        signed = judge(connection, desk.plan, reading, stamp)
        judged = replace(reading, signature=signed.state)
        kept = _head(judged, submission, replace(intake, signed=signed.for_record(submission.unit)))
        file = came.file(verdict, signed.state.value, now)
        record_arrival(connection, file, ReceivedContent(kept, content), stamp)
        return verdict, signed

    return desk.store.run(keep)


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
    plan: Plan, submission: Submission, whole: Json, earlier: _Earlier
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
        sections=tuple((section["unit"], section["digest"]) for section in whole["sections"]),
        explained=explained(submission.sections),
    )
    return intake, tuple(answered)


def judged_by_rules(desk: Desk, submission: Submission, whole: Json) -> tuple[Intake, tuple[Json, ...]]:
    """What the current plan's rules make of a content (`whole` is its JSON), and what its explanations
    answer.
    """
    return _intake(desk.plan, submission, whole, _Earlier(desk))


def _recheck(plan: Plan, section: Section, earlier: _Earlier) -> tuple[Finding, ...]:
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


def _head(reading: FileReading, submission: Submission, intake: Intake) -> ContentHead:
    edited = [
        {"unit": c.unit, "element": c.element, "was": c.was, "now": c.now} for c in reading.edited_cells
    ]
    return ContentHead(
        digest=reading.digest,
        claimed=reading.claimed_digest,
        plan=submission.plan,
        plan_version=submission.plan_version,
        plan_digest=submission.plan_digest,
        unit=submission.unit,
        period=str(submission.period),
        revision=submission.revision,
        parent=submission.parent,
        content_state=reading.content.value,
        signature_state=reading.signature.value,
        edited_cells=canonical_text(edited),
        intake=intake.to_text(),
    )


def edited_views(reading: FileReading) -> tuple[EditedCellView, ...]:
    """The cells changed outside the program."""
    return tuple(EditedCellView(c.unit, c.element, c.was, c.now) for c in reading.edited_cells)


def _outcome(
    reading: FileReading, verdict: str, code: str, reason: str, *, questioned: bool = False
) -> FileOutcome:
    submission = reading.submission
    outcome = FileOutcome(
        path=reading.name,
        verdict=verdict,
        code=code,
        reason=reason,
        content=reading.content.value,
        signature=reading.signature.value,
        edited=edited_views(reading),
        questioned=questioned,
        kind=reading.kind.value,
        fingerprint=reading.signer.fingerprint if reading.signer else "",
        findings=reading.findings,
    )
    if submission is None:
        return outcome
    return replace(
        outcome,
        unit=submission.unit,
        period=str(submission.period),
        revision=submission.revision,
        digest=reading.digest,
    )
