"""What the consolidator says about totals: overlaps, rows that two units list, why two sources differ.

All of it is laid over the accepted figures as deductions that stay visible; the reports themselves stay as
they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from desktop.consolidation.aggregation import Accepted, Figures, due_units
from desktop.consolidation.duplicates import Duplicate, duplicates
from desktop.model.element import DataElement, ElementKind
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import Deduction, DeductionKind, Figure, Section
from desktop.model.unit import Unit

ALL_ELEMENTS = "*"
WHOLE = "全区数"
"""What a sum may be called once nothing is in it twice and nobody is missing."""


@dataclass(frozen=True, slots=True)
class DeclaredOverlap:
    """What stands in `unit`'s figures and in `other`'s too, in the element's typed unit; zero for nothing.

    `element` is an id, or * for all. `unit` is the one from whose figure it is taken off.
    """

    unit: str
    other: str
    element: str
    value: Decimal
    reason: str
    actor: str = ""
    time: str = ""

    @property
    def pair(self) -> frozenset[str]:
        """The two units."""
        return frozenset((self.unit, self.other))


@dataclass(frozen=True, slots=True)
class DuplicateDecision:
    """Who keeps an entry that several units list: one of them, or all where they are different things."""

    key: str
    keep: tuple[str, ...]
    reason: str
    actor: str = ""
    time: str = ""


class DifferenceState(StrEnum):
    """Where the difference between a department and the units' sum stands."""

    OPEN = "open"
    EXPLAINED = "explained"
    SETTLED = "settled"


DIFFERENCE_LABELS = {
    DifferenceState.OPEN: "待核",
    DifferenceState.EXPLAINED: "已说明",
    DifferenceState.SETTLED: "已核定",
}


@dataclass(frozen=True, slots=True)
class DifferenceNote:
    """What is known of a difference. `difference` is the one spoken of: another one is open again."""

    element: str
    text: str
    state: DifferenceState
    difference: str = ""
    actor: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class OfficeNotes:
    """What is said for one period; `differences` are by element."""

    overlaps: tuple[DeclaredOverlap, ...] = ()
    duplicates: tuple[DuplicateDecision, ...] = ()
    differences: Mapping[str, DifferenceNote] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Notes:
    """What is said of all periods; `tolerances` (element → amount in its typed unit) hold for all of them."""

    periods: Mapping[Period, OfficeNotes] = field(default_factory=dict, hash=False)
    tolerances: Mapping[str, Decimal] = field(default_factory=dict, hash=False)

    def of(self, period: Period) -> OfficeNotes:
        """What is said of one period."""
        return self.periods.get(period, _NOTHING)

    def until(self, period: Period) -> tuple[OfficeNotes, ...]:
        """What was said up to a period, the newest last."""
        return tuple(self.periods[then] for then in sorted(self.periods) if then <= period)


_NOTHING = OfficeNotes()
NOTHING_SAID = Notes()


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two units that may both hold a part of one element's total.

    `value` is what is taken off, None while nobody has said; `by` is unit, office or empty.
    """

    element: str
    unit: str
    other: str
    value: Decimal | None = None
    by: str = ""
    reason: str = ""

    @property
    def declared(self) -> bool:
        """Whether somebody said what they share."""
        return self.value is not None


def overlaps(plan: Plan, period: Period, figures: Figures, notes: Notes) -> tuple[Overlap, ...]:
    """The overlaps that the plan names, element by element, as far as both units have something in it."""
    pairs = overlapping_pairs(plan, period)
    found: list[Overlap] = []
    for element in plan.elements if pairs else ():
        if not element.additive or element.kind is ElementKind.LIST:
            continue
        due = {unit.id for unit in due_units(plan, element, period)}
        for one, two in pairs:
            if one.id in due and two.id in due and _both_have(figures, element, one.id, two.id):
                found.append(_overlap(element, one.id, two.id, figures, _said(notes, period)))
    return tuple(found)


def overlapping_pairs(plan: Plan, period: Period) -> tuple[tuple[Unit, Unit], ...]:
    """The territorial units that the plan says overlap, each pair once."""
    pairs: dict[frozenset[str], tuple[Unit, Unit]] = {}
    for unit in plan.units_on(period.end):
        for id_ in unit.overlaps:
            other = plan.unit(id_) if plan.has_unit(id_) else None
            if other is not None and other.exists_on(period.end) and plan.is_territorial(other):
                pairs.setdefault(frozenset((unit.id, other.id)), (unit, other))
    return tuple(pairs.values())


def decided_duplicates(plan: Plan, period: Period, figures: Figures, notes: Notes) -> tuple[Duplicate, ...]:
    """Entries that several units list, with what was decided on the very same ones up to this period."""
    said = {decision.key: decision for then in notes.until(period) for decision in then.duplicates}
    return tuple(
        replace(found, keep=said[found.key].keep, reason=said[found.key].reason)
        if found.key in said
        else found
        for found in duplicates(plan, period, figures)
    )


def with_notes(plan: Plan, accepted: Accepted, notes: Notes) -> Accepted:
    """The accepted sections with what the office takes off them."""
    if not any(said.overlaps or said.duplicates for said in notes.periods.values()):
        return accepted
    return {period: _adjusted(plan, period, sections, notes) for period, sections in accepted.items()}


def _adjusted(plan: Plan, period: Period, figures: Figures, notes: Notes) -> Figures:
    more: dict[tuple[str, str], list[Deduction]] = {}
    for overlap in overlaps(plan, period, figures, notes):
        if overlap.by == "office" and overlap.value:
            taken = Deduction(DeductionKind.OVERLAP, overlap.value, overlap.other)
            more.setdefault((overlap.unit, overlap.element), []).append(taken)
    for found in decided_duplicates(plan, period, figures, notes):
        for unit in found.units if found.keep else ():
            if unit not in found.keep and found.counted.get(unit):
                taken = Deduction(DeductionKind.OVERLAP, Decimal(found.counted[unit]), found.keep[0])
                more.setdefault((unit, found.element), []).append(taken)
    if not more:
        return figures
    return {
        unit: _taken_off(section, {e: tuple(d) for (u, e), d in more.items() if u == unit})
        for unit, section in figures.items()
    }


def _taken_off(section: Section, more: Mapping[str, tuple[Deduction, ...]]) -> Section:
    if not more:
        return section
    changed: dict[str, Figure] = {
        element: replace(section.figure(element), deductions=(*section.figure(element).deductions, *taken))
        for element, taken in more.items()
    }
    return replace(section, figures={**section.figures, **changed})


def _said(notes: Notes, period: Period) -> tuple[DeclaredOverlap, ...]:
    """What was declared for the period, the particular before the general; that nothing is shared goes on."""
    now = notes.of(period).overlaps
    before = [said for then in reversed(notes.until(period)) for said in then.overlaps if not said.value]
    return (*sorted(now, key=lambda said: said.element == ALL_ELEMENTS), *before)


def _overlap(
    element: DataElement, one: str, two: str, figures: Figures, said: Iterable[DeclaredOverlap]
) -> Overlap:
    for unit, other in ((one, two), (two, one)):
        typed = list(_typed(figures[unit].figure(element.id), other))
        if typed:
            return Overlap(element.id, unit, other, sum(typed, Decimal(0)), "unit")
    for declared in said:
        if declared.pair == {one, two} and declared.element in (element.id, ALL_ELEMENTS):
            return Overlap(
                element.id, declared.unit, declared.other, declared.value, "office", declared.reason
            )
    return Overlap(element.id, one, two)


def _typed(figure: Figure, other: str) -> Iterator[Decimal]:
    for deduction in figure.deductions:
        if deduction.kind is DeductionKind.OVERLAP and deduction.unit == other:
            yield deduction.value


def _both_have(figures: Figures, element: DataElement, one: str, two: str) -> bool:
    return all(unit in figures and figures[unit].figure(element.id).value for unit in (one, two))
