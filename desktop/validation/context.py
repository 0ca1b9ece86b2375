"""What the rules look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal

from desktop.model.element import DataElement
from desktop.model.form import Form
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import Figure, FigureState, Section
from desktop.validation.returned import PinnedComment
from desktop.validation.series import Series, comparable
from desktop.values import dataclass


@dataclass(frozen=True, slots=True)
class CheckContext:
    """One section with what it is compared to.

    `previous` is the section of the period before, `same_last_year` that of the same period last year,
    `history` all earlier sections of the unit that are at hand, in any order (they may repeat the two).
    `reference` holds the figures issued to this unit (element id → value in the typed unit). `district` says
    that the section's figures stand for the whole district; departments' always do. `others` holds the
    accepted sections of other units for the period, by unit id; at consolidation only. `pinned` are the
    office's comments on the revision before, while the next one is being filled in.
    """

    plan: Plan
    form: Form
    section: Section
    previous: Section | None = None
    same_last_year: Section | None = None
    history: tuple[Section, ...] = ()
    reference: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    district: bool = False
    others: Mapping[str, Section] = field(default_factory=dict, hash=False)
    pinned: tuple[PinnedComment, ...] = ()

    @property
    def period(self) -> Period:
        """The period of the section."""
        return self.section.period

    def sections(self) -> dict[Period, Section]:
        """Every section at hand by period, this one included."""
        beside = [section for section in (self.previous, self.same_last_year) if section is not None]
        return {section.period: section for section in (*self.history, *beside, self.section)}

    def series(self, element: DataElement) -> Series:
        """An element's earlier figures in periods of the same type, defined comparably."""
        now = self.period
        known: dict[Period, Decimal] = {}
        for section in (*self.history, self.same_last_year, self.previous):
            if section is None or not _earlier(section.period, now):
                continue
            amount = reported_value(section.figure(element.id))
            if amount is not None and comparable(element, section.period, now):
                known[section.period] = amount
        return Series(element, now, tuple(sorted(known.items(), key=_place)))


def _earlier(period: Period, now: Period) -> bool:
    return period.type is now.type and (period.year, period.number) < (now.year, now.number)


def _place(dated: tuple[Period, Decimal]) -> tuple[int, int]:
    return dated[0].year, dated[0].number


def reported_value(figure: Figure) -> Decimal | None:
    """What was reported, before deductions: nil is zero; None if nothing was."""
    if figure.state is FigureState.NIL:
        return Decimal(0)
    return figure.value if figure.state is FigureState.NUMBER else None
