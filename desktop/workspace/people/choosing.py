"""Which periods there are to choose from, and which one a form opens with."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.store import Connection, entries
from desktop.store.settings import OwnUnit
from desktop.workspace.desk import Desk
from desktop.workspace.desk.entries import kept_life
from desktop.workspace.desk.moving import find_place
from desktop.workspace.desk.rounds import Round, stored_round


def periods(plan: Plan, today: datetime.date) -> tuple[Period, ...]:
    """The plan's periods and, after its end, those up to today; newest last."""
    later = (
        Period(type_, year, number)
        for year in range(plan.last_year + 1, today.year + 1)
        for type_ in plan.period_types
        for number in range(1, Period(type_, year).per_year + 1)
    )
    return tuple(sorted((*plan.periods(), *(p for p in later if p.start <= today))))


def default_period(desk: Desk, own: Sequence[OwnUnit]) -> Period:
    """The open period with the nearest deadline that isn't handed in yet, else the one that ended last."""
    waiting = desk.store.run(lambda connection: _waiting(connection, desk, own))
    if waiting:
        return min(waiting)[1]
    today = desk.clock().date()
    known = periods(desk.plan, today)
    ended = [period for period in known if period.end <= today]
    return ended[-1] if ended else known[0]


def _waiting(
    connection: Connection, desk: Desk, own: Sequence[OwnUnit]
) -> list[tuple[datetime.date, Period]]:
    """Open periods that an own unit still owes, with the day by which it does."""
    round_: Round = stored_round(connection, desk.plan.id)
    return [
        (round_.deadline(unit.unit, open_.period) or datetime.date.max, open_.period)
        for open_ in round_.periods
        for unit in own
        if desk.plan.asks(open_.period) and not _handed_in(connection, desk, unit.unit, open_.period)
    ]


def _handed_in(connection: Connection, desk: Desk, unit: str, period: Period) -> bool:
    place = find_place(connection, desk.shelf, desk.plan, unit, period)
    if place is None:
        return False
    text = entries.content(connection, desk.plan.id, place.unit, place.period, entries.LIFE)
    return text is not None and kept_life(text).locked
