"""The board: who has reported, who is missing, what needs a person."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping

from desktop.consolidation import UnitState, deadline
from desktop.model.catalogue import message, text
from desktop.model.period import Period
from desktop.model.unit import Unit
from desktop.store.settings import OwnUnit
from desktop.workspace.forms import Desk
from desktop.workspace.inbox import older_contents, signature_remarks, states
from desktop.workspace.results import Board, BoardRow
from desktop.workspace.rounds import stored_round, with_deadlines


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
    round_ = desk.store.run(lambda connection: stored_round(connection, desk.plan.id))
    dated = with_deadlines(desk.plan, round_, period)
    days: dict[str, datetime.date] = {}
    for unit in units:
        day = deadline(dated, unit, period)
        if day is not None:
            days[unit.kind] = max(day, days.get(unit.kind, day))
    older = older_contents(desk, period)
    signed = signature_remarks(desk, period)
    return Board(period, tuple(_row(desk, state, older, signed) for state in found), days)


def _row(
    desk: Desk, state: UnitState, older: Mapping[str, str], signed: Mapping[str, tuple[str, ...]]
) -> BoardRow:
    """`older` is digest → plan version of what came under an older version, `signed` what signatures say."""
    said = [message(finding) for finding in state.findings]
    said += signed.get(state.head or "", ())
    version = older.get(state.accepted or state.head or "")
    if version is not None:
        said.append(text("workspace.migrated", {"version": version, "now": desk.plan.version}))
    return BoardRow(
        unit=desk.plan.unit(state.unit),
        state=state.state,
        revision=state.revision,
        digest=state.head or "",
        file=state.file,
        remarks=tuple(said),
        choices=state.conflicts,
        on_time=state.on_time,
    )
