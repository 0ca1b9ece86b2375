"""The board: every unit that is to report, by its state."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.consolidation import BOARD_LABELS, BoardState
from desktop.model.period import Period
from desktop.model.submission import KIND_LABELS, SubmissionKind
from desktop.model.unit import Unit
from desktop.workspace.review.stamped_paper import StampedPaper


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit on the board: its state for a period and the newest revision received.

    `digest` names the newest content, `choices` the contents between which a person has to decide,
    `accepted` what counts, `via` the unit in whose file it came if not its own. `deadline` is the last day,
    `extended` if that was granted to it alone.
    """

    unit: Unit
    state: BoardState
    revision: int | None
    digest: str = ""
    file: str = ""
    remarks: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    on_time: bool | None = None
    accepted: str = ""
    via: str = ""
    deadline: datetime.date | None = None
    extended: bool = False
    waiting: int = 0
    """How many explanations nobody has looked at."""
    edits: int = 0
    """How many cells were changed outside the program, and nobody has said that they hold."""
    kind: SubmissionKind = SubmissionKind.REGULAR
    kind_label: str = ""
    """补报 or 第1号更正单, as its sender took the newest content for; empty for a regular report."""
    paper: StampedPaper | None = None
    """Where its stamped sheet is; None where none is to come."""

    @property
    def paper_label(self) -> str:
        """Where the stamped sheet is: 未收, 相符, 不符; empty where none is to come."""
        return self.paper.beside(self.revision) if self.paper is not None else ""

    @property
    def label(self) -> str:
        """The state in Chinese; where the last day was moved and nothing came yet, that too."""
        open_ = self.state in (BoardState.MISSING, BoardState.OVERDUE)
        return BOARD_LABELS[self.state] + ("（已延期）" if self.extended and open_ else "")


@dataclass(frozen=True, slots=True)
class Board:
    """All units due in a period by state, and the last day on which they report, by kind of unit."""

    period: Period
    rows: tuple[BoardRow, ...]
    deadlines: Mapping[str, datetime.date]

    def count(self, state: BoardState) -> int:
        """How many units are in a state."""
        return sum(1 for row in self.rows if row.state == state)

    def next_deadline(self, today: datetime.date) -> datetime.date | None:
        """The next last day on which somebody still has to report; None where nobody has."""
        missing = (BoardState.MISSING, BoardState.OVERDUE)
        days = [row.deadline for row in self.rows if row.state in missing and row.deadline]
        return min((day for day in days if day >= today), default=None)

    @property
    def kinds(self) -> str:
        """How many of the reports are 补报 and 更正单, in words; empty where all are regular."""
        found = [row.kind for row in self.rows]
        said = [
            f"{label} {found.count(kind)}" for kind, label in KIND_LABELS.items() if label and kind in found
        ]
        return f"其中 {'，'.join(said)}" if said else ""

    def counts(self) -> tuple[tuple[BoardState, str, int], ...]:
        """States that occur, with label and count, in the board's order."""
        return tuple((s, label, self.count(s)) for s, label in BOARD_LABELS.items() if self.count(s))
