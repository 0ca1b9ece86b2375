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
    return default_for_now(desk, own)[0]


def default_for_now(desk: Desk, own: Sequence[OwnUnit]) -> tuple[Period, datetime.date | None]:
    """The same, and the day on which it may become another; None where it doesn't hang on the day."""
    waiting = desk.store.run(lambda connection: _waiting(connection, desk, own))
    if waiting:
        return min(waiting)[1], None
    return period_by_the_day(desk.plan, desk.clock().date())


def period_by_the_day(plan: Plan, today: datetime.date) -> tuple[Period, datetime.date | None]:
    """The period that ended last (the first one, if none has), and the next day on which that may change."""
    known = periods(plan, today)
    ended = [period for period in known if period.end <= today]
    coming = periods(plan, today.replace(year=today.year + 1, day=1))
    changes = min((period.end for period in coming if period.end > today), default=None)
    return (ended[-1] if ended else known[0]), changes


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
