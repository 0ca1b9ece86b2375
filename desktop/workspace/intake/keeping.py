"""Keeping what came: one transaction for a group of files, so that a verdict that is said is on the disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.consolidation import Decision, FileVerdict, FileVerdictKind, verdict_for
from desktop.exchange import ContentState, FileKind, FileReading
from desktop.migration import changes
from desktop.model.canonical import canonical_text
from desktop.model.catalogue import text
from desktop.model.period import Period
from desktop.model.submission import Submission
from desktop.store import Connection, audit
from desktop.store.inbox import ContentHead, ReceivedContent
from desktop.store.key_lists import issued_roster
from desktop.workspace.desk import Desk
from desktop.workspace.intake.arriving import Came, record_arrival
from desktop.workspace.intake.examining import Fit, Unfit
from desktop.workspace.intake.inbox import Intake, as_received, decided, received
from desktop.workspace.intake.outcome import EditedCellView, FileOutcome
from desktop.workspace.keys.trusting import Judged, judge


def keep(desk: Desk, group: Sequence[Fit | Unfit]) -> tuple[FileOutcome, ...]:
    """The verdict on each file, in order, once all of them are kept; raises EnvironmentFault if the
    workspace can't be written: then none of them is.
    """
    return desk.store.run(lambda connection: tuple(map(_Keeper(connection, desk).keep, group)))


class _Keeper:
    """What one transaction needs more than once."""

    def __init__(self, connection: Connection, desk: Desk) -> None:
        self._connection, self._desk = connection, desk
        self._now = desk.clock()
        self._stamp = audit.Stamp("receive", desk.person, self._now)
        self._issued = issued_roster(connection)
        self._decided: dict[Period, tuple[Decision, ...]] = {}

    def keep(self, one: Fit | Unfit) -> FileOutcome:
        """The verdict on one file, which is kept with it."""
        if isinstance(one, Unfit):
            return self._refused(one.came, one.code, one.reason)
        content = ReceivedContent(_head(one.came.reading, one.submission, one.intake), one.content)
        verdict = self._verdict(one, content.head)
        if verdict.kind is FileVerdictKind.REJECTED:
            return self._refused(one.came, verdict.code, text(verdict.code, verdict.params))
        signed = judge(self._connection, self._desk.plan, one.came.reading, self._stamp, self._issued)
        intake = replace(one.intake, signed=signed.for_record(one.submission.unit))
        head = replace(content.head, signature_state=signed.state.value, intake=intake.to_text())
        file = one.came.file(verdict, signed.state.value, self._now)
        record_arrival(self._connection, file, replace(content, head=head), self._stamp)
        return self._taken(one, verdict, signed)

    def _verdict(self, one: Fit, head: ContentHead) -> FileVerdict:
        connection, desk, period = self._connection, self._desk, one.submission.period
        reading = one.came.reading
        new = as_received(connection, desk, head, one.came.arrived(self._now), reading.name)
        before = received(connection, desk, period, new.unit)
        if period not in self._decided:
            self._decided[period] = decided(connection, desk, period)
        return verdict_for(new, before, self._decided[period], desk.plan)

    def _taken(self, one: Fit, verdict: FileVerdict, signed: Judged) -> FileOutcome:
        reading, desk = one.came.reading, self._desk
        code, reason = verdict.code, text(verdict.code, verdict.params)
        if one.origin is not None and verdict.kind is FileVerdictKind.ACCEPTED:
            params = {"version": one.origin.version, "now": desk.plan.version}
            code, reason = "workspace.migrated", reason + text("workspace.migrated", params)
        as_written = reading.content is ContentState.INTACT or reading.kind is FileKind.TEMPLATE
        questioned = bool(one.intake.blocking or one.intake.forced) or not as_written or signed.questioned
        return replace(
            _outcome(one.came, verdict.kind.value, code, reason),
            questioned=questioned,
            migration=changes(one.moved.lines),
            signature=signed.state.value,
            said=signed.sentences,
        )

    def _refused(self, came: Came, code: str, reason: str) -> FileOutcome:
        outcome = _outcome(came, "rejected", code, reason)
        record_arrival(self._connection, came.refused(outcome, self._now), None, self._stamp)
        return outcome


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


def _outcome(came: Came, verdict: str, code: str, reason: str) -> FileOutcome:
    reading = came.reading
    submission = reading.submission
    outcome = FileOutcome(
        path=came.place,
        verdict=verdict,
        code=code,
        reason=reason + came.conversion,
        content=reading.content.value,
        signature=reading.signature.value,
        edited=edited_views(reading),
        kind=reading.kind.value,
        fingerprint=reading.signer.fingerprint if reading.signer else "",
        findings=reading.findings,
        converter=came.converter,
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
