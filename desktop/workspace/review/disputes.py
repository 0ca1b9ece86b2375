"""Figures that the office issued (下发核对) and what units answered: both figures, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from desktop.consolidation import Consolidated
from desktop.model.element import Mode
from desktop.model.plan import ReferenceFigure
from desktop.model.submission import Answer, Section
from desktop.workspace.desk.references import issued_to


@dataclass(frozen=True, slots=True)
class IssuedFigure:
    """One issued figure with the unit's answer, in the element's typed unit.

    `own` is the unit's own figure where it disputes; `issued` is None where nothing was issued. A dispute is
    open while the two differ.
    """

    unit: str
    element: str
    issued: Decimal | None
    own: Decimal | None
    answer: Answer
    reason: str = ""

    @property
    def open(self) -> bool:
        """Whether somebody has to settle it."""
        return self.answer is Answer.DISPUTED and self.issued != self.own


def issued_figures(
    consolidated: Consolidated, references: Iterable[ReferenceFigure]
) -> tuple[IssuedFigure, ...]:
    """What was issued for a period, or disputed, in the order of units and elements; open disputes first."""
    plan, period = consolidated.plan, consolidated.period
    known = tuple(references)
    found = []
    for unit in plan.units_on(period.end):
        issued = issued_to(known, unit.id, period)
        section = consolidated.reported.get(unit.id)
        for element in plan.elements:
            figure = section.figure(element.id) if section else None
            answer = figure.answer if figure else Answer.NONE
            told = element.id in issued and plan.mode(element, unit) is Mode.ISSUED
            if not told and answer is not Answer.DISPUTED:
                continue
            found.append(
                IssuedFigure(
                    unit.id,
                    element.id,
                    issued.get(element.id),
                    figure.amount if figure else None,
                    answer,
                    _reason(section, element.id),
                )
            )
    return tuple(sorted(found, key=lambda one: not one.open))


def _reason(section: Section | None, element: str) -> str:
    """What the unit said of its figure."""
    said = section.explanations if section is not None else ()
    return next((e.text for e in said if f"@{element}" in e.finding), "")
