"""The year at a glance: every unit's state in every period, and how complete and how punctual it was."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.consolidation import BoardState
from desktop.model.period import Period
from desktop.model.unit import Unit
from desktop.workspace.desk import Desk
from desktop.workspace.review.board import board
from desktop.workspace.review.board_rows import BoardRow

_CAME = (
    BoardState.ACCEPTED,
    BoardState.QUESTIONED,
    BoardState.RECEIVED,
    BoardState.CONFLICT,
    BoardState.RETURNED,
)
_OPEN = (BoardState.MISSING, BoardState.OVERDUE)


@dataclass(frozen=True, slots=True)
class UnitYear:
    """One unit over the periods of a year.

    Of the periods that are over, `due` asked something of it; for `accepted` of them its report counts, and
    `on_time` of those that came by their last day. A period that isn't over yet is in none of these.
    """

    unit: Unit
    rows: Mapping[Period, BoardRow]
    due: int
    accepted: int
    on_time: int

    @property
    def complete(self) -> str:
        """The completeness rate for people: counted of due."""
        return _rate(self.accepted, self.due)

    @property
    def punctual(self) -> str:
        """The on-time rate for people: on time of due."""
        return _rate(self.on_time, self.due)


@dataclass(frozen=True, slots=True)
class Year:
    """All units over the periods of a year, in the plan's order."""

    periods: tuple[Period, ...]
    units: tuple[UnitYear, ...]


def year(desk: Desk, units: tuple[Unit, ...], periods: tuple[Period, ...]) -> Year:
    """The states of units over periods, and the rates; periods that haven't begun are left out."""
    today = desk.clock().date()
    begun = tuple(period for period in sorted(periods) if period.start <= today)
    boards = {period: {row.unit.id: row for row in board(desk, units, period).rows} for period in begun}
    found = (
        _of(unit, {p: rows[unit.id] for p, rows in boards.items() if unit.id in rows}, today)
        for unit in units
    )
    return Year(begun, tuple(one for one in found if one.rows))


def _of(unit: Unit, rows: Mapping[Period, BoardRow], today: datetime.date) -> UnitYear:
    over = [row for period, row in rows.items() if _is_over(period, row, today)]
    return UnitYear(
        unit,
        rows,
        due=len(over),
        accepted=sum(bool(row.accepted) for row in over),
        on_time=sum(row.state in _CAME and row.on_time is not False for row in over),
    )


def _is_over(period: Period, row: BoardRow, today: datetime.date) -> bool:
    """Whether the unit had to have reported: its last day is past, or it has reported already."""
    if row.state is BoardState.NOT_DUE:
        return False
    if row.state not in _OPEN:
        return True
    return today > (row.deadline or period.end)


def _rate(part: int, whole: int) -> str:
    return f"{part}/{whole}" if whole else "—"
