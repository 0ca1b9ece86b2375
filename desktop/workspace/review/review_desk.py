"""What the consolidator looks at and decides: files, conflicts, explanations, paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.consolidation import CellPlace, DecisionKind
from desktop.model.office_word import ReturnComment
from desktop.model.period import Period
from desktop.model.unit import Unit
from desktop.workspace.desk import Desk
from desktop.workspace.intake.outcome import EditedCellView
from desktop.workspace.intake.seen_files import SeenFile, seen_files
from desktop.workspace.review import (
    comparing,
    deciding,
    edits,
    judging,
    messages,
    putting_together,
    stamped_paper,
)
from desktop.workspace.review.board import board
from desktop.workspace.review.comparing import Comparison
from desktop.workspace.review.deciding import DecisionView
from desktop.workspace.review.judging import ExplanationView
from desktop.workspace.review.putting_together import Choice
from desktop.workspace.review.rates import Year, year
from desktop.workspace.review.stamped_paper import StampedPaper
from desktop.workspace.review.unit_page import UnitPage, unit_page


class ReviewDesk:
    """Each decision takes a unit by its id, has a reason and a row of its own, and can be taken back.

    All of them raise InputError for what isn't there and for a missing reason, EnvironmentFault for the disk.
    """

    def __init__(self, desk: Desk, units: tuple[Unit, ...]) -> None:
        self._desk = desk
        self._units = units

    def files(self) -> tuple[SeenFile, ...]:
        """收件箱: every file ever seen, the newest first."""
        return seen_files(self._desk)

    def decisions(self, period: Period, unit: str | None = None) -> tuple[DecisionView, ...]:
        """The decisions on a period, oldest first; those taken back too."""
        return deciding.decision_log(self._desk, period, unit)

    def undo(self, decision: int, *, reason: str) -> None:
        """Take a decision back."""
        deciding.undo(self._desk, decision, reason=reason)

    def set_aside(self, unit: str, period: Period, digest: str, *, reason: str) -> None:
        """撤销接收: let a content count as if it hadn't come, without sending it back."""
        kind = DecisionKind.SET_ASIDE
        deciding.decide(self._desk, unit, period, kind, digest, reason=reason)

    def compare(self, unit: str, period: Period, digests: Sequence[str]) -> Comparison:
        """Contents of a unit side by side, with their common ancestor."""
        return comparing.compare(self._desk, unit, period, digests)

    def edited(self, digest: str) -> tuple[EditedCellView, ...]:
        """The cells of a content that were changed outside the program."""
        return comparing.edited_cells(self._desk, digest)

    def accept_edits(self, unit: str, period: Period, digest: str, *, reason: str) -> None:
        """认可改动: the cells of a content that were changed outside the program hold as they are."""
        edits.accept_edits(self._desk, unit, period, digest, reason=reason)

    def take(self, unit: str, period: Period, choice: Choice) -> str:
        """Decide a conflict: one content whole, or cell by cell; returns the digest that counts now."""
        return putting_together.take_choice(self._desk, unit, period, choice)

    def taken_cells(self, digest: str) -> Mapping[CellPlace, str]:
        """The cells that a content put together here took from others than its first part, with their
        digests.
        """
        return comparing.made_from(self._desk, digest)

    def explanations(
        self, period: Period, digest: str, unit: str | None = None
    ) -> tuple[ExplanationView, ...]:
        """The explanations in a content, or in one unit's section of it; none for an empty digest."""
        return judging.explanations_of(self._desk, period, digest, unit) if digest else ()

    def judge(
        self, period: Period, digest: str, view: ExplanationView, *, agree: bool, reason: str = ""
    ) -> None:
        """认可 or 不予认可 an explanation; the latter needs a reason, which goes into the return notice."""
        judging.judge_explanation(self._desk, period, digest, view, agree=agree, reason=reason)

    def asked_above(self, unit: str, period: Period) -> tuple[ReturnComment, ...]:
        """What the office above said of a unit's places in the last file that went there from here and came
        back: to be passed on to the unit.
        """
        asked = self._desk.store.run(
            lambda connection: messages.asked_above(connection, self._desk, unit, period)
        )
        newest = max((notice.revision for _, notice, _ in asked), default=0)
        return tuple(c for _, notice, comments in asked if notice.revision == newest for c in comments)

    def note_paper(self, unit: str, period: Period, paper: StampedPaper) -> None:
        """Note where the stamped sheet is."""
        stamped_paper.note_paper(self._desk, unit, period, paper)

    def papers(self, period: Period) -> tuple[tuple[str, StampedPaper], ...]:
        """Where the stamped sheet of each unit is that reports in a period: unit ids in the plan's order."""
        rows = board(self._desk, self._units, period).rows
        return tuple((row.unit.id, row.paper) for row in rows if row.paper is not None)

    def unit(self, unit: str, period: Period) -> UnitPage:
        """Everything about one unit in a period."""
        return unit_page(self._desk, self._desk.plan.unit(unit), period)

    def year(self, periods: tuple[Period, ...]) -> Year:
        """All units over some periods, with completeness and on-time rates."""
        return year(self._desk, self._units, periods)
