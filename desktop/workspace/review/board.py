"""The board: who has reported, who is missing, what needs a person."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from desktop.consolidation import BoardState, DecisionKind, UnitState, deadline
from desktop.model.catalogue import message, text
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.unit import Unit
from desktop.store import Connection, decisions, inbox
from desktop.store.settings import OwnUnit
from desktop.workspace.desk import Desk
from desktop.workspace.desk.extensions import Extension, all_extensions
from desktop.workspace.desk.rounds import stored_round, with_deadlines
from desktop.workspace.intake.inbox import Intake, other_versions, signature_remarks, states
from desktop.workspace.intake.seen_files import SeenFile, refused_by_name
from desktop.workspace.review.board_rows import Board, BoardRow
from desktop.workspace.review.edits import unseen_edits
from desktop.workspace.review.stamped_paper import StampedPaper, papers


def consolidated_units(desk: Desk, own: tuple[OwnUnit, ...]) -> tuple[Unit, ...]:
    """The units that this workspace consolidates: named children, else all that report to it.

    The plan's consolidator answers for all units of the plan. The consolidating unit itself is one of them.
    """
    found: set[str] = set()
    for unit in own:
        if not unit.consolidates:
            continue
        if unit.unit == desk.plan.consolidator and not unit.children:
            return desk.plan.units
        below = {u.id for u in desk.plan.units if u.reports_to == unit.unit}
        found |= {unit.unit, *(unit.children or below)}
    return tuple(unit for unit in desk.plan.units if unit.id in found)


def counted_units(desk: Desk, own: tuple[OwnUnit, ...]) -> tuple[Unit, ...]:
    """The units whose figures are added up here: those consolidated, and all below them.

    A zone's file brings its streets along; whose files aren't taken in here aren't asked here either.
    """
    found = {unit.id for unit in consolidated_units(desk, own)}
    reached = len(found) - 1
    while reached != len(found):
        reached = len(found)
        found |= {unit.id for unit in desk.plan.units if unit.reports_to in found}
    return tuple(unit for unit in desk.plan.units if unit.id in found)


def brought_along(states: Iterable[UnitState], units: Collection[str]) -> frozenset[str]:
    """The units whose sections stand in the files of these."""
    return frozenset(state.unit for state in states if state.via in units)


def board(desk: Desk, units: tuple[Unit, ...], period: Period) -> Board:
    """The units due in a period, or that sent something for it, by state."""
    wanted = {unit.id for unit in units}
    found = [state for state in states(desk, period, desk.clock().date()) if state.unit in wanted]
    around = desk.store.run(lambda connection: _around(connection, desk, period))
    days: dict[str, datetime.date] = {}
    for unit in units:
        day = deadline(around.dated, unit, period)
        if day is not None:
            days[unit.kind] = max(day, days.get(unit.kind, day))
    around.versions = other_versions(desk, period)
    around.signed = signature_remarks(desk, period)
    return Board(period, tuple(_row(desk, state, around) for state in found), days)


@dataclass(slots=True)
class _Around:
    """What a row says beside its state: deadlines, extensions by unit, explanations by content that nobody
    has looked at, digest → plan version of what came under another one, and what signatures say.
    """

    dated: Plan
    granted: Mapping[str, Extension]
    waiting: Mapping[tuple[str, str], int]
    versions: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    signed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    papers: Mapping[str, StampedPaper] = field(default_factory=dict)
    unread: Mapping[str, tuple[SeenFile, ...]] = field(default_factory=dict)
    edits: Mapping[tuple[str, str], int] = field(default_factory=dict)


def _around(connection: Connection, desk: Desk, period: Period) -> _Around:
    return _Around(
        with_deadlines(desk.plan, stored_round(connection, desk.plan.id), period),
        {one.unit: one for one in all_extensions(connection, desk.plan.id) if one.period == period},
        _waiting(connection, desk, period),
        papers=papers(connection, desk.plan.id, period),
        unread=refused_by_name(connection, desk, period),
        edits=unseen_edits(connection, desk, period),
    )


def _waiting(connection: Connection, desk: Desk, period: Period) -> dict[tuple[str, str], int]:
    """Digest and unit → explanations in its section that were neither agreed to nor rejected."""
    found = decisions.decisions(connection, desk.plan.id, str(period))
    judged = {(d.unit, d.chosen) for d in found if d.kind in (DecisionKind.AGREE, DecisionKind.DISAGREE)}
    counts: dict[tuple[str, str], int] = {}
    for head in inbox.heads(connection, desk.plan.id, str(period)):
        for unit, name in Intake.from_text(head.intake).explained:
            if (unit, name) not in judged:
                counts[head.digest, unit] = counts.get((head.digest, unit), 0) + 1
    return counts


def _by_itself(state: UnitState) -> bool:
    """Whether the unit sends a sheet of its own: not where its figures come in another's file."""
    return state.state is not BoardState.NOT_DUE and state.via is None


def _row(desk: Desk, state: UnitState, around: _Around) -> BoardRow:
    said = [message(finding) for finding in state.findings]
    said += around.signed.get(state.head or "", ())
    granted = around.granted.get(state.unit)
    if granted is not None:
        params = {"day": granted.day.isoformat(), "approver": granted.approver, "reason": granted.reason}
        said.append(text("workspace.extended", params))
    if state.state in (BoardState.MISSING, BoardState.OVERDUE):
        for file in around.unread.get(state.unit, ())[:1]:
            said.append(text("workspace.unread", {"file": file.name, "reason": file.reason}))
    waiting = around.waiting.get((state.head or "", state.unit), 0)
    if waiting:
        said.append(text("workspace.explanations_wait", {"n": str(waiting)}))
    sent_back = state.state is BoardState.RETURNED
    edits = 0 if sent_back else around.edits.get((state.head or "", state.unit), 0)
    if edits:
        said.append(text("workspace.edits_wait", {"n": str(edits)}))
    version, known = around.versions.get(state.accepted or (state.head or ""), ("", False))
    if version and (known or state.accepted):
        code = "workspace.migrated" if known else "workspace.read_as_now"
        said.append(text(code, {"version": version, "now": desk.plan.version}))
    return BoardRow(
        unit=desk.plan.unit(state.unit),
        state=state.state,
        revision=state.revision,
        digest=state.head or "",
        file=state.file,
        remarks=tuple(said),
        choices=state.conflicts,
        on_time=state.on_time,
        accepted=state.accepted or "",
        via=state.via or "",
        deadline=deadline(around.dated, desk.plan.unit(state.unit), state.period),
        extended=granted is not None,
        waiting=waiting,
        edits=edits,
        kind=state.kind,
        kind_label=state.kind_label,
        paper=around.papers.get(state.unit, StampedPaper()) if _by_itself(state) else None,
    )
