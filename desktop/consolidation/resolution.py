"""The state of a unit and period: a pure function of the contents received and the decisions taken.

Nothing here depends on the order in which files arrived or on how often one came: contents are told apart by
their digest, ranked by revision, and a person's decisions are ranked by their sequence number.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop.consolidation.received import Decided, Decision, DecisionKind, Received, arrival, distinct
from desktop.model.finding import Finding, Severity
from desktop.model.form import asks
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import KIND_LABELS, SubmissionKind
from desktop.model.unit import Unit


class BoardState(StrEnum):
    """Where a unit stands in a period."""

    NOT_DUE = "not_due"
    MISSING = "missing"
    OVERDUE = "overdue"
    RECEIVED = "received"
    QUESTIONED = "questioned"
    RETURNED = "returned"
    CONFLICT = "conflict"
    ACCEPTED = "accepted"


BOARD_LABELS = {
    BoardState.NOT_DUE: "本期不报",
    BoardState.MISSING: "未报",
    BoardState.OVERDUE: "逾期",
    BoardState.RECEIVED: "已报待审",
    BoardState.QUESTIONED: "有疑问",
    BoardState.RETURNED: "已退回",
    BoardState.CONFLICT: "冲突",
    BoardState.ACCEPTED: "已接收",
}


@dataclass(frozen=True, slots=True)
class UnitState:
    """Where a unit stands in a period.

    `accepted` is the digest of the content that counts: the highest revision that may be taken. `head` is the
    newest content; where it isn't accepted (yet), an earlier accepted revision goes on counting and a finding
    says so. `conflicts` are the digests a person has to choose from. `via` names the unit whose submission
    brought the section in, if it wasn't its own. `on_time` is judged by the first receipt. `kind` is what
    the unit took its newest content for, `corrections` how many 更正单 it sent up to that one.
    """

    unit: str
    period: Period
    state: BoardState
    accepted: str | None = None
    head: str | None = None
    revision: int | None = None
    accepted_revision: int | None = None
    received_at: datetime.datetime | None = None
    on_time: bool | None = None
    via: str | None = None
    file: str = ""
    findings: tuple[Finding, ...] = ()
    conflicts: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()
    kind: SubmissionKind = SubmissionKind.REGULAR
    corrections: int = 0

    @property
    def kind_label(self) -> str:
        """补报, or the number of the 更正单; empty for a regular report."""
        label = KIND_LABELS[self.kind]
        return f"第{self.corrections}号{label}" if self.kind is SubmissionKind.CORRECTION else label

    @property
    def label(self) -> str:
        """The state's name for people."""
        return BOARD_LABELS[self.state]


def deadline(plan: Plan, unit: Unit, period: Period) -> datetime.date | None:
    """The last day on which a report of the unit is on time; None where the plan sets none.

    A deadline of the unit's own (by its id) goes before that of its kind.
    """
    return plan.last_day(unit, period)


def is_due(plan: Plan, unit: Unit, period: Period) -> bool:
    """Whether the plan asks anything of the unit in that period."""
    return unit.exists_on(period.end) and asks(plan, unit, period)


def unit_state(
    plan: Plan,
    unit: str,
    period: Period,
    received: Iterable[Received],
    decisions: Iterable[Decision],
    *,
    today: datetime.date,
) -> UnitState:
    """The state of one unit and period; contents and decisions of others may be among those given."""
    return _Round(plan, period, received, decisions, today).state(plan.unit(unit))


def unit_states(
    plan: Plan,
    period: Period,
    received: Iterable[Received],
    decisions: Iterable[Decision],
    *,
    today: datetime.date,
) -> tuple[UnitState, ...]:
    """The state of every unit that exists at the period's end or sent something, in the plan's order."""
    round_ = _Round(plan, period, received, decisions, today)
    sent = round_.contents.keys() | round_.aside.keys()
    return tuple(round_.state(unit) for unit in plan.units if unit.exists_on(period.end) or unit.id in sent)


class _Round:
    """A period's contents and decisions by unit."""

    def __init__(
        self,
        plan: Plan,
        period: Period,
        received: Iterable[Received],
        decisions: Iterable[Decision],
        today: datetime.date,
    ) -> None:
        self.plan, self.period, self.today = plan, period, today
        taken: dict[str, list[Decision]] = {}
        for decision in decisions:
            if decision.period == period and not decision.undone:
                taken.setdefault(decision.unit, []).append(decision)
        arrived: dict[str, list[Received]] = {}
        for content in received:
            if content.period == period and plan.has_unit(content.unit):
                arrived.setdefault(content.unit, []).append(content)
        self.decided = {unit.id: Decided(taken.get(unit.id, ())) for unit in plan.units}
        self.aside: dict[str, tuple[Received, ...]] = {}
        self.contents: dict[str, tuple[Received, ...]] = {}
        for unit, found in arrived.items():
            about = self.decided[unit].about
            kept = [content for content in found if about(content) is not DecisionKind.SET_ASIDE]
            if kept:
                self.contents[unit] = distinct(kept)
            else:
                self.aside[unit] = distinct(found)
        self.counting = {
            unit: _counting(plan, found, self.decided[unit]) for unit, found in self.contents.items()
        }
        self._brought: dict[str, list[Received]] = {}
        for sender in sorted(self.contents):
            counting = self.counting[sender]
            for inside, _ in counting.sections if counting is not None else ():
                if inside != sender and counting is not None:
                    self._brought.setdefault(inside, []).append(counting)

    def state(self, unit: Unit) -> UnitState:
        """Where a unit stands."""
        contents = self.contents.get(unit.id)
        brought = tuple(self._brought.get(unit.id, ()))
        decided = self.decided[unit.id]
        if contents:
            return _Case(self.plan, contents, decided, self.counting[unit.id], brought).state()
        if brought:
            return _covered(self.plan, unit.id, brought, decided)
        if unit.id in self.aside:
            return _set_aside(self.plan, self.aside[unit.id])
        return UnitState(unit.id, self.period, _without_content(self.plan, unit, self.period, self.today))


def _trouble(plan: Plan, content: Received, decided: Decided) -> tuple[BoardState, str] | None:
    """Why a content doesn't count, with the code that says so; None if it does."""
    verdict = decided.about(content)
    if verdict is DecisionKind.REJECT:
        return (BoardState.RETURNED, "consolidation.returned")
    if content.blocking:
        return (BoardState.QUESTIONED, "consolidation.blocking_errors")
    if set(content.forced) - decided.released(content):
        return (BoardState.RECEIVED, "consolidation.needs_release")
    if content.plan_version != plan.version and verdict is not DecisionKind.ACCEPT:
        return (BoardState.CONFLICT, "consolidation.unknown_plan_version")
    if not plan.unit(content.unit).exists_on(content.period.end) and verdict is not DecisionKind.ACCEPT:
        return (BoardState.CONFLICT, "consolidation.unit_not_valid")
    return None


class _Case:
    """A unit that sent something: `heads` are its contents of the highest revision."""

    def __init__(
        self,
        plan: Plan,
        contents: tuple[Received, ...],
        decided: Decided,
        counting: Received | None,
        brought: tuple[Received, ...],
    ) -> None:
        self.plan, self.contents, self.decided, self.counting = plan, contents, decided, counting
        self.heads = tuple(c for c in contents if c.revision == contents[-1].revision)
        self.head = self.heads[0] if len(self.heads) == 1 else decided.chosen(self.heads)
        self.rivals = tuple(c for c in self.heads if decided.about(c) is not DecisionKind.REJECT)
        self.twice = tuple(c for c in brought if counting is not None and _section_differs(counting, c))
        self.taken = decided.chosen((counting, *self.twice)) if counting is not None and self.twice else None

    def state(self) -> UnitState:
        """The unit's state."""
        if self.taken is not None and self.taken is not self.counting:
            return _covered(self.plan, self.heads[0].unit, (self.taken,), self.decided)
        state, reason = self._standing()
        newest, first = self.head or self.heads[0], min(self.contents, key=arrival)
        own = (self.counting,) if self.counting is not None and self.twice else ()
        conflicting = {*(() if self.head is not None else self.rivals), *self.twice, *own}
        return UnitState(
            unit=newest.unit,
            period=newest.period,
            state=state,
            accepted=self.counting.digest if self.counting else None,
            head=self.head.digest if self.head else None,
            revision=newest.revision,
            accepted_revision=self.counting.revision if self.counting else None,
            received_at=newest.received_at,
            on_time=_on_time(self.plan, newest.unit, first),
            file=newest.file,
            findings=tuple(self._findings(reason)),
            conflicts=tuple(sorted(c.digest for c in conflicting)) if state is BoardState.CONFLICT else (),
            superseded=tuple(c.digest for c in self.contents if c not in self.heads),
            kind=newest.kind,
            corrections=_corrections(self.contents),
        )

    def _standing(self) -> tuple[BoardState, str]:
        """The state, with the code that says why; empty where nothing is the matter."""
        if self.twice and self.taken is None:
            return BoardState.CONFLICT, "consolidation.section_twice"
        if self.head is None:
            if self.rivals:
                return BoardState.CONFLICT, "consolidation.same_revision"
            return BoardState.RETURNED, "consolidation.returned"
        trouble = _trouble(self.plan, self.head, self.decided)
        return trouble or _questions(self.decided, self.head.unit, self.head)

    def _findings(self, reason: str) -> Iterator[Finding]:
        known = frozenset(name for content in self.contents for name in content.names)
        for content in self.heads:
            if (content.revision > 1 or content.parent is not None) and content.parent not in known:
                yield _finding(self.plan, "consolidation.parent_missing", Severity.WARNING, content)
            if content.content_state == "put_together":
                yield _finding(self.plan, "consolidation.put_together", Severity.NOTICE, content)
            elif content.digest != content.claimed_digest:
                yield _finding(self.plan, "consolidation.edited_outside", Severity.NOTICE, content)
        newest = self.head or self.heads[0]
        if reason:
            by = _name(self.plan, self.twice[0].unit) if self.twice else ""
            severity = Severity.WARNING if reason == _DISAGREED else Severity.ERROR
            yield _finding(self.plan, reason, severity, newest, by=by)
        if self.counting is not None and self.counting is not newest:
            head = str(newest.revision)
            yield _finding(
                self.plan, "consolidation.earlier_counts", Severity.WARNING, self.counting, head=head
            )


def _counting(plan: Plan, contents: tuple[Received, ...], decided: Decided) -> Received | None:
    """The highest revision that may be taken and isn't disputed."""
    for revision in sorted({content.revision for content in contents}, reverse=True):
        rivals = tuple(content for content in contents if content.revision == revision)
        chosen = rivals[0] if len(rivals) == 1 else decided.chosen(rivals)
        if chosen is not None and _trouble(plan, chosen, decided) is None:
            return chosen
    return None


def _section_differs(own: Received, other: Received) -> bool:
    mine = dict(own.sections).get(own.unit)
    return mine is None or dict(other.sections)[own.unit] != mine


_DISAGREED = "consolidation.explanation_rejected"


def _questions(decided: Decided, unit: str, content: Received) -> tuple[BoardState, str]:
    """A content that counts: questioned while an explanation in it isn't agreed to."""
    if decided.disagreed(unit, content):
        return BoardState.QUESTIONED, _DISAGREED
    return BoardState.ACCEPTED, ""


def _set_aside(plan: Plan, contents: tuple[Received, ...]) -> UnitState:
    """Something came, but its acceptance was taken back: it waits for a person and counts nothing."""
    newest = contents[-1]
    return UnitState(
        unit=newest.unit,
        period=newest.period,
        state=BoardState.RECEIVED,
        head=newest.digest,
        revision=newest.revision,
        received_at=newest.received_at,
        on_time=_on_time(plan, newest.unit, min(contents, key=arrival)),
        file=newest.file,
        findings=(_finding(plan, "consolidation.set_aside", Severity.WARNING, newest),),
        superseded=tuple(content.digest for content in contents[:-1]),
        kind=newest.kind,
        corrections=_corrections(contents),
    )


def _covered(plan: Plan, unit: str, brought: tuple[Received, ...], decided: Decided) -> UnitState:
    agreed = len({dict(content.sections)[unit] for content in brought}) == 1
    first = min(brought, key=arrival) if agreed else decided.chosen(brought) or min(brought, key=arrival)
    agreed = agreed or decided.chosen(brought) is not None
    other = _name(plan, brought[-1].unit)
    state, reason = _questions(decided, unit, first) if agreed else (BoardState.CONFLICT, "")
    return UnitState(
        unit=unit,
        period=first.period,
        state=state,
        accepted=first.digest if agreed else None,
        head=first.digest if agreed else None,
        revision=first.revision,
        accepted_revision=first.revision if agreed else None,
        received_at=first.received_at,
        on_time=_on_time(plan, unit, first),
        via=first.unit,
        file=first.file,
        findings=tuple(
            _finding(plan, code, severity, first, by=other)
            for code, severity, holds in (
                (reason, Severity.WARNING, bool(reason)),
                ("consolidation.section_twice", Severity.ERROR, not agreed),
            )
            if holds
        ),
        conflicts=() if agreed else tuple(sorted(content.digest for content in brought)),
    )


def _corrections(contents: tuple[Received, ...]) -> int:
    """How many revisions were sent as 更正单."""
    return len({content.revision for content in contents if content.kind is SubmissionKind.CORRECTION})


def _without_content(plan: Plan, unit: Unit, period: Period, today: datetime.date) -> BoardState:
    if not is_due(plan, unit, period):
        return BoardState.NOT_DUE
    last = deadline(plan, unit, period)
    return BoardState.OVERDUE if last is not None and today > last else BoardState.MISSING


def _on_time(plan: Plan, unit: str, content: Received) -> bool | None:
    last = deadline(plan, plan.unit(unit), content.period)
    return None if last is None else content.received_at.date() <= last


def _finding(plan: Plan, code: str, severity: Severity, content: Received, **more: str) -> Finding:
    params = {
        "unit": _name(plan, content.unit),
        "period": content.period.label,
        "revision": str(content.revision),
        "codes": "、".join(content.blocking or content.forced),
        "version": content.plan_version,
    }
    return Finding(code, severity, content.unit, str(content.period), params=params | more)


def _name(plan: Plan, unit: str) -> str:
    return plan.unit(unit).short_name if plan.has_unit(unit) else unit
