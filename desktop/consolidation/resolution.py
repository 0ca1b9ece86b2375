"""The state of a unit and period: a pure function of the contents received and the decisions taken.

Nothing here depends on the order in which files arrived or on how often one came: contents are told apart by
their digest, ranked by revision, and a person's decisions are ranked by their sequence number.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from desktop.model.finding import Finding, Severity
from desktop.model.form import form_for
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.unit import Unit


@dataclass(frozen=True, slots=True)
class Received:
    """One content that came in, as the store keeps it.

    `digest` is that of the content as read, `claimed_digest` what its manifest says: they differ in a file
    edited outside. `blocking` are codes of error findings sent without a reason, `forced` those sent along
    with one (带错上报). `sections` are unit id and section digest of every section inside; empty stands for
    the unit's own alone.
    """

    digest: str
    claimed_digest: str
    plan: str
    plan_version: str
    unit: str
    period: Period
    revision: int
    parent: str | None
    received_at: datetime.datetime
    content_state: str = "intact"
    blocking: tuple[str, ...] = ()
    forced: tuple[str, ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    file: str = ""

    @property
    def names(self) -> frozenset[str]:
        """The digests by which a later revision may call this one its parent."""
        return frozenset((self.digest, self.claimed_digest))


class DecisionKind(StrEnum):
    """接收 (of a conflict's contents), 退回, and 放行 of one error that was sent along with a reason."""

    ACCEPT = "accept"
    REJECT = "reject"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about one content; the highest `sequence` that isn't undone holds.

    `rule` is the code of the error that a release lets pass.
    """

    unit: str
    period: Period
    kind: DecisionKind
    digest: str
    sequence: int
    rule: str = ""
    undone: bool = False


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
    brought the section in, if it wasn't its own. `on_time` is judged by the first receipt.
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

    @property
    def label(self) -> str:
        """The state's name for people."""
        return BOARD_LABELS[self.state]


def deadline(plan: Plan, unit: Unit, period: Period) -> datetime.date | None:
    """The last day on which a report of the unit is on time; None where the plan sets none."""
    days = plan.deadlines.get(unit.kind)
    return None if days is None else period.end + datetime.timedelta(days=days)


def is_due(plan: Plan, unit: Unit, period: Period) -> bool:
    """Whether the plan asks anything of the unit in that period."""
    if not unit.exists_on(period.end):
        return False
    form = form_for(plan, unit, period)
    return bool(form.due_rows or form.items)


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
    everything = tuple(content for content in received if content.period == period)
    decided = tuple(d for d in decisions if d.period == period and not d.undone)
    contents = _distinct(content for content in everything if content.unit == unit)
    if contents:
        return _with_receipts(
            plan, contents, _Decided(unit, decided), _brought_along(plan, unit, everything, decided)
        )
    brought = _brought_along(plan, unit, everything, decided)
    if brought:
        return _covered(plan, unit, brought)
    return UnitState(unit, period, _without_content(plan, plan.unit(unit), period, today))


def unit_states(
    plan: Plan,
    period: Period,
    received: Iterable[Received],
    decisions: Iterable[Decision],
    *,
    today: datetime.date,
) -> tuple[UnitState, ...]:
    """The state of every unit that exists at the period's end or sent something, in the plan's order."""
    everything = tuple(content for content in received if content.period == period)
    taken = tuple(d for d in decisions if d.period == period)
    senders = {content.unit for content in everything}
    return tuple(
        unit_state(plan, unit.id, period, everything, taken, today=today)
        for unit in plan.units
        if unit.exists_on(period.end) or unit.id in senders
    )


class _Decided:
    """The decisions about one unit's contents that hold."""

    def __init__(self, unit: str, decisions: Iterable[Decision]) -> None:
        self._mine = sorted(
            (d for d in decisions if d.unit == unit),
            key=lambda d: (d.sequence, d.kind.value, d.digest, d.rule),
        )

    def about(self, content: Received) -> DecisionKind | None:
        """Whether the content was taken or sent back, if anyone said."""
        last = [
            d.kind for d in self._mine if d.digest == content.digest and d.kind is not DecisionKind.RELEASE
        ]
        return last[-1] if last else None

    def released(self, content: Received) -> frozenset[str]:
        """Codes of the errors let pass."""
        kinds = (DecisionKind.RELEASE,)
        return frozenset(d.rule for d in self._mine if d.digest == content.digest and d.kind in kinds)

    def chosen(self, rivals: tuple[Received, ...]) -> Received | None:
        """The one of several contents that stands: the last taken, or the only one not sent back."""
        by_digest = {content.digest: content for content in rivals}
        taken = [
            by_digest[d.digest] for d in self._mine if d.kind is DecisionKind.ACCEPT and d.digest in by_digest
        ]
        standing = [content for content in taken if self.about(content) is DecisionKind.ACCEPT]
        if standing:
            return standing[-1]
        left = [content for content in rivals if self.about(content) is not DecisionKind.REJECT]
        return left[0] if len(left) == 1 else None


def _distinct(contents: Iterable[Received]) -> tuple[Received, ...]:
    """One of each digest, the one that came first, by revision."""
    first: dict[str, Received] = {}
    for content in sorted(contents, key=_arrival):
        first.setdefault(content.digest, content)
    return tuple(sorted(first.values(), key=lambda content: (content.revision, content.digest)))


def _arrival(content: Received) -> tuple[object, ...]:
    """By time of receipt; the rest only so that equal times never leave the order to chance."""
    return (
        content.received_at,
        content.digest,
        content.claimed_digest,
        content.file,
        content.content_state,
        content.revision,
        content.parent or "",
        content.plan_version,
        content.blocking,
        content.forced,
        content.sections,
    )


def _trouble(plan: Plan, content: Received, decided: _Decided) -> tuple[BoardState, str] | None:
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


def _with_receipts(
    plan: Plan, contents: tuple[Received, ...], decided: _Decided, brought: tuple[Received, ...]
) -> UnitState:
    heads = tuple(c for c in contents if c.revision == contents[-1].revision)
    head = heads[0] if len(heads) == 1 else decided.chosen(heads)
    rivals = (
        () if head is not None else tuple(c for c in heads if decided.about(c) is not DecisionKind.REJECT)
    )
    trouble = _trouble(plan, head, decided) if head is not None else None
    counting = _counting(plan, contents, decided)
    findings = [
        *_chain_findings(contents, heads),
        *(_edited(c) for c in heads if c.digest != c.claimed_digest),
    ]
    if head is None:
        all_returned = not rivals
        state = BoardState.RETURNED if all_returned else BoardState.CONFLICT
        code = "consolidation.returned" if all_returned else "consolidation.same_revision"
        findings.append(_finding(code, Severity.ERROR, heads[0]))
    else:
        state = BoardState.ACCEPTED if trouble is None else trouble[0]
        if trouble is not None:
            findings.append(_finding(trouble[1], Severity.ERROR, head))
    twice = [other for other in brought if counting is not None and _section_differs(counting, other)]
    if twice:
        state, rivals = BoardState.CONFLICT, (*rivals, *twice)
        findings.append(
            _finding("consolidation.section_twice", Severity.ERROR, contents[-1], by=twice[0].unit)
        )
    if counting is not None and counting is not head:
        findings.append(
            _finding("consolidation.earlier_counts", Severity.WARNING, counting, head=str(heads[0].revision))
        )
    newest = head or heads[0]
    first = min(contents, key=_arrival)
    return UnitState(
        unit=newest.unit,
        period=newest.period,
        state=state,
        accepted=counting.digest if counting else None,
        head=head.digest if head else None,
        revision=newest.revision,
        accepted_revision=counting.revision if counting else None,
        received_at=newest.received_at,
        on_time=_on_time(plan, newest.unit, first),
        file=newest.file,
        findings=tuple(findings),
        conflicts=tuple(sorted(c.digest for c in rivals)) if state is BoardState.CONFLICT else (),
        superseded=tuple(c.digest for c in contents if c not in heads),
    )


def _counting(plan: Plan, contents: tuple[Received, ...], decided: _Decided) -> Received | None:
    """The highest revision that may be taken and isn't disputed."""
    for revision in sorted({content.revision for content in contents}, reverse=True):
        rivals = tuple(content for content in contents if content.revision == revision)
        chosen = rivals[0] if len(rivals) == 1 else decided.chosen(rivals)
        if chosen is not None and _trouble(plan, chosen, decided) is None:
            return chosen
    return None


def _chain_findings(contents: tuple[Received, ...], heads: tuple[Received, ...]) -> list[Finding]:
    known = frozenset(name for content in contents for name in content.names)
    return [
        _finding("consolidation.parent_missing", Severity.WARNING, content)
        for content in heads
        if (content.revision > 1 or content.parent is not None) and content.parent not in known
    ]


def _brought_along(
    plan: Plan, unit: str, everything: tuple[Received, ...], decisions: tuple[Decision, ...]
) -> tuple[Received, ...]:
    """Contents of other units that count and hold a section of this one."""
    found = []
    for sender in sorted({c.unit for c in everything if c.unit != unit and plan.has_unit(c.unit)}):
        counting = _counting(
            plan, _distinct(c for c in everything if c.unit == sender), _Decided(sender, decisions)
        )
        if counting is not None and any(inside == unit for inside, _ in counting.sections):
            found.append(counting)
    return tuple(found)


def _section_differs(own: Received, other: Received) -> bool:
    mine = dict(own.sections).get(own.unit)
    return mine is None or dict(other.sections)[own.unit] != mine


def _covered(plan: Plan, unit: str, brought: tuple[Received, ...]) -> UnitState:
    first = min(brought, key=_arrival)
    agreed = len({dict(content.sections)[unit] for content in brought}) == 1
    return UnitState(
        unit=unit,
        period=first.period,
        state=BoardState.ACCEPTED if agreed else BoardState.CONFLICT,
        accepted=first.digest if agreed else None,
        head=first.digest if agreed else None,
        revision=first.revision,
        accepted_revision=first.revision if agreed else None,
        received_at=first.received_at,
        on_time=_on_time(plan, unit, first),
        via=first.unit,
        file=first.file,
        findings=()
        if agreed
        else (_finding("consolidation.section_twice", Severity.ERROR, first, by=brought[-1].unit),),
        conflicts=() if agreed else tuple(sorted(content.digest for content in brought)),
    )


def _without_content(plan: Plan, unit: Unit, period: Period, today: datetime.date) -> BoardState:
    if not is_due(plan, unit, period):
        return BoardState.NOT_DUE
    last = deadline(plan, unit, period)
    return BoardState.OVERDUE if last is not None and today > last else BoardState.MISSING


def _on_time(plan: Plan, unit: str, content: Received) -> bool | None:
    last = deadline(plan, plan.unit(unit), content.period)
    return None if last is None else content.received_at.date() <= last


def _edited(content: Received) -> Finding:
    return _finding("consolidation.edited_outside", Severity.NOTICE, content)


def _finding(code: str, severity: Severity, content: Received, **more: str) -> Finding:
    params = {
        "unit": content.unit,
        "period": str(content.period),
        "revision": str(content.revision),
        "codes": "、".join(content.blocking or content.forced),
        "version": content.plan_version,
    }
    return Finding(code, severity, content.unit, str(content.period), params=params | more)
