"""Where a unit's report of each period stands, for the list from which a period is chosen."""

from __future__ import annotations

import datetime
from enum import StrEnum

from desktop.model.period import Period
from desktop.model.unit import Unit
from desktop.store import Connection, entries
from desktop.store.office_words import CAME
from desktop.values import dataclass
from desktop.workspace.desk import Desk
from desktop.workspace.desk.entries import Life, LifeState, entries_from
from desktop.workspace.desk.moving import find_place
from desktop.workspace.desk.notices import notices
from desktop.workspace.desk.rounds import Round, stored_round, with_deadlines


class PeriodState(StrEnum):
    """未填, 填报中, 已送审, 已报出, 有退回."""

    EMPTY = "empty"
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    SUBMITTED = "submitted"
    RETURNED = "returned"


PERIOD_LABELS = {
    PeriodState.EMPTY: "未填",
    PeriodState.DRAFT: "填报中",
    PeriodState.IN_REVIEW: "已送审",
    PeriodState.SUBMITTED: "已报出",
    PeriodState.RETURNED: "有退回",
}


@dataclass(frozen=True, slots=True)
class PeriodStanding:
    """One period: its state, the revision being filled or handed in, the last day if one is known, whether
    that has passed, and whether the office opened it.
    """

    period: Period
    state: PeriodState
    revision: int
    deadline: datetime.date | None
    overdue: bool
    open: bool


def period_standings(desk: Desk, unit: Unit, periods: tuple[Period, ...]) -> tuple[PeriodStanding, ...]:
    """The standing of a unit's report in each of the periods, in their order."""
    today = desk.clock().date()

    def look(connection: Connection) -> tuple[PeriodStanding, ...]:
        round_ = stored_round(connection, desk.plan.id)
        begun = {place.period for place in entries.places(connection, desk.plan.id)}
        ended = [period for period in periods if period.end < today]
        current = ended[-1] if ended else None
        found: list[PeriodStanding] = []
        for period in periods:
            state, revision = _state(connection, desk, unit, period) if str(period) in begun else _EMPTY
            open_ = round_.is_open(period)
            day = _last_day(desk, round_, unit, period)
            # what nobody opened is a matter of the past, except the period that has just ended
            asked = open_ or (not round_.periods and period == current)
            late = asked and state is not PeriodState.SUBMITTED and day is not None and day < today
            found.append(PeriodStanding(period, state, revision, day if asked else None, late, open_))
        return tuple(found)

    return desk.store.run(look)


_EMPTY = (PeriodState.EMPTY, 1)


def _state(connection: Connection, desk: Desk, unit: Unit, period: Period) -> tuple[PeriodState, int]:
    place = find_place(connection, desk.shelf, desk.plan, unit.id, period)
    if place is None:
        return _EMPTY
    text = entries.content(connection, desk.plan.id, place.unit, place.period, entries.LIFE)
    life = entries_from(place.unit, period, {entries.LIFE: text} if text else {}).life
    match life.state:
        case LifeState.SUBMITTED:
            return PeriodState.SUBMITTED, life.revision
        case LifeState.IN_REVIEW:
            return PeriodState.IN_REVIEW, life.revision
    returned = _returned(connection, desk.plan.id, place.unit, period, life)
    return (PeriodState.RETURNED if returned else PeriodState.DRAFT), life.revision


def _returned(connection: Connection, plan: str, unit: str, period: Period, life: Life) -> bool:
    came = notices(connection, CAME, plan, unit, period)
    return any(notice.revision == life.revision - 1 for notice in came)


def _last_day(desk: Desk, round_: Round, unit: Unit, period: Period) -> datetime.date | None:
    return with_deadlines(desk.plan, round_, period).last_day(unit, period)
