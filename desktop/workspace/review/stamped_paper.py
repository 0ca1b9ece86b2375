"""纸质件: the stamped sheet is tracked apart from the file: not here yet, agrees with it, or doesn't."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from desktop.errors import InputError
from desktop.model.period import Period
from desktop.store import Connection, decisions
from desktop.workspace.desk import Desk
from desktop.workspace.intake.inbox import states
from desktop.workspace.review.deciding import PAPER, keep_decision


class PaperState(StrEnum):
    """Where a unit's stamped sheet is."""

    NOT_HERE = "not_here"
    AGREES = "agrees"
    DIFFERS = "differs"


PAPER_LABELS = {PaperState.NOT_HERE: "未收", PaperState.AGREES: "相符", PaperState.DIFFERS: "不符"}


@dataclass(frozen=True, slots=True)
class StampedPaper:
    """What is known of a unit's stamped sheet: since which day, what was noted, and beside which revision it
    was laid, if one had come.
    """

    state: PaperState = PaperState.NOT_HERE
    day: datetime.date | None = None
    note: str = ""
    revision: int | None = None

    @property
    def label(self) -> str:
        """The state for people, with the day."""
        return PAPER_LABELS[self.state] + (f"（{self.day.isoformat()}）" if self.day else "")

    def beside(self, revision: int | None) -> str:
        """The state beside the newest revision: a sheet that was laid beside another one says so."""
        other = self.revision is not None and self.revision != revision
        return PAPER_LABELS[self.state] + (f"（第{self.revision}版）" if other else "")


def papers(connection: Connection, plan: str, period: Period) -> dict[str, StampedPaper]:
    """Unit id → its stamped sheet, for those of which something was noted."""
    found = {}
    for d in decisions.decisions(connection, plan, str(period)):
        if d.kind == PAPER:
            day, _, revision = d.loser.partition(" ")
            number = int(revision) if revision else None
            found[d.unit] = StampedPaper(
                PaperState(d.chosen), datetime.date.fromisoformat(day), d.reason, number
            )
    return found


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
    state = next((s for s in states(desk, period, today) if s.unit == unit), None)
    laid_beside = f" {state.revision}" if state is not None and state.revision else ""
    keep_decision(desk, unit, period, PAPER, (paper.state.value, day.isoformat() + laid_beside), note)
