"""纸质件: the stamped sheet is tracked apart from the file: not here yet, agrees with it, or doesn't."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from desktop.consolidation import BoardState
from desktop.errors import InputError
from desktop.model.period import Period
from desktop.model.unit import Unit
from desktop.store import Connection, decisions
from desktop.workspace.board import board
from desktop.workspace.deciding import PAPER, keep_decision
from desktop.workspace.forms import Desk


class PaperState(StrEnum):
    """Where a unit's stamped sheet is."""

    NOT_HERE = "not_here"
    AGREES = "agrees"
    DIFFERS = "differs"


PAPER_LABELS = {PaperState.NOT_HERE: "未收", PaperState.AGREES: "相符", PaperState.DIFFERS: "不符"}


@dataclass(frozen=True, slots=True)
class StampedPaper:
    """What is known of a unit's stamped sheet: since which day, and what was noted."""

    state: PaperState = PaperState.NOT_HERE
    day: datetime.date | None = None
    note: str = ""

    @property
    def label(self) -> str:
        """The state for people, with the day."""
        return PAPER_LABELS[self.state] + (f"（{self.day.isoformat()}）" if self.day else "")


def papers(connection: Connection, plan: str, period: Period) -> dict[str, StampedPaper]:
    """Unit id → its stamped sheet, for those of which something was noted."""
    return {
        d.unit: StampedPaper(PaperState(d.chosen), datetime.date.fromisoformat(d.loser), d.reason)
        for d in decisions.decisions(connection, plan, str(period))
        if d.kind == PAPER
    }


def papers_due(desk: Desk, units: tuple[Unit, ...], period: Period) -> tuple[tuple[str, StampedPaper], ...]:
    """Unit id and its stamped sheet, for those of the units that report by themselves in the period."""
    rows = board(desk, units, period).rows
    noted = desk.store.run(lambda connection: papers(connection, desk.plan.id, period))
    due = [row.unit.id for row in rows if row.state is not BoardState.NOT_DUE and not row.via]
    return tuple((unit, noted.get(unit, StampedPaper())) for unit in due)


def note_paper(desk: Desk, unit: str, period: Period, paper: StampedPaper) -> None:
    """Note that the stamped sheet came (today, unless a day is said). Raises InputError without a note on
    what differs, and for a day that lies ahead.
    """
    today = desk.clock().date()
    day = paper.day or today
    if day > today:
        raise InputError("paper.ahead", "收到纸质件的日期在今天之后。", "请核对日期。")
    usual = {PaperState.AGREES: "与报送文件相符", PaperState.NOT_HERE: "未收到"}
    note = paper.note.strip() or usual.get(paper.state, "")
    if not note:
        raise InputError("paper.no_note", "请写明纸质件哪里不符。", "会留在记录里。")
    keep_decision(desk, unit, period, PAPER, (paper.state.value, day.isoformat()), note)
