"""The figures of an earlier period that stand beside a unit's figures of today."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop.migration.joining import joined_figure, joined_report, order
from desktop.migration.lines import Note
from desktop.migration.owing import owes
from desktop.migration.succession import element_lineage, succeeded
from desktop.model.element import DataElement
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import BLANK, Figure, Section


@dataclass(frozen=True, slots=True)
class Comparison:
    """A unit's figures at an earlier period, its predecessors' added up, under the elements of today.

    `section` is None where nothing can be compared, and `why` says why if it isn't that nobody reported.
    `units` are those whose figures are in it, `left_out` says by element id why a figure isn't.
    """

    section: Section | None = None
    units: tuple[str, ...] = ()
    why: Note | None = None
    left_out: Mapping[str, Note] = field(default_factory=dict, hash=False)


def earlier_figures(
    plan: Plan,
    unit: str,
    period: Period,
    sections_by_unit: Mapping[str, Section],
    now: datetime.date | None = None,
) -> Section | None:
    """The section of an earlier period to compare with, predecessors' figures added up.

    See `comparison`. As a year-to-date figure after a merger holds the predecessors' part, so does this.
    """
    return comparison(plan, unit, period, sections_by_unit, now).section


def comparison(
    plan: Plan,
    unit: str,
    period: Period,
    sections_by_unit: Mapping[str, Section],
    now: datetime.date | None = None,
) -> Comparison:
    """A unit's figures at `period` as they compare with those of `now` (a period's end; the latest, if None).

    A figure that several brought is there only if all of them did: half a sum would look like a fall.
    """
    until = now or datetime.date.max
    lineage = succeeded(plan, unit, period.end, until)
    if lineage.why is not None:
        return Comparison(why=lineage.why)
    sections = [sections_by_unit[id_] for id_ in lineage.ids if id_ in sections_by_unit]
    if not sections:
        return Comparison(units=lineage.ids)
    adder = _Adder(plan, period, until, lineage.ids, sections_by_unit)
    figures: dict[str, Figure] = {}
    left_out: dict[str, Note] = {}
    for element in plan.elements:
        if element.valid_on(until) or element.valid_on(period.end):
            found = adder.figure(element)
            if isinstance(found, Note):
                left_out[element.id] = found
            elif found != BLANK:
                figures[element.id] = found
    if len(lineage.ids) == 1:
        section = replace(sections[0], unit=unit, figures=figures)
    else:
        numbers = sorted({number for one in sections for number in one.items})
        items = {n: joined_report([s.items[n] for s in sections if n in s.items]) for n in numbers}
        section = Section(unit, period, figures, items)
    return Comparison(section, lineage.ids, left_out=left_out)


@dataclass(frozen=True, slots=True)
class _Adder:
    """Adds up what units and elements of an earlier period brought."""

    plan: Plan
    period: Period
    now: datetime.date
    units: Sequence[str]
    sections: Mapping[str, Section]

    def figure(self, element: DataElement) -> Figure | Note:
        """The figure that compares, blank if nobody owed or reported it, or why there is none."""
        lineage = element_lineage(self.plan, element.id, self.period.end, self.now)
        if lineage.why is not None:
            return lineage.why if element.valid_on(self.now) else BLANK
        if len(self.units) == 1 and len(lineage.ids) == 1:
            return self._of(self.units[0], lineage.ids[0])
        parts: list[Figure] = []
        missing: list[str] = []
        for unit in self.units:
            for id_ in lineage.ids:
                part = self._of(unit, id_)
                if part.reported:
                    parts.append(part)
                elif owes(self.plan, unit, id_, self.period):
                    missing.append(self.plan.unit(unit).name_on(self.period.end))
        if not parts:
            return BLANK
        if missing:
            named = "、".join(dict.fromkeys(missing))
            return Note("succession.part_missing", {"name": element.name, "units": named})
        if len(parts) > 1 and not element.additive:
            return Note("succession.not_additive", {"name": element.name})
        return joined_figure(sorted(parts, key=order))

    def _of(self, unit: str, element: str) -> Figure:
        section = self.sections.get(unit)
        return BLANK if section is None else section.figure(element)
