"""Contents side by side, cell by cell, and one content put together of the cells of several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.model.canonical import canonical_text
from desktop.model.chain import ChainHead
from desktop.model.content import explanation_to_json, figure_to_json, item_to_json, section_digest
from desktop.model.finding import item_address, item_number
from desktop.model.form import form_for
from desktop.model.plan import Plan
from desktop.model.submission import (
    BLANK,
    Coverage,
    Explanation,
    ItemReport,
    Section,
    Signature,
    SignOff,
    Submission,
)


@dataclass(frozen=True, slots=True)
class CellPlace:
    """One cell of a content: a figure, an item, or with `finding` the explanation of that key."""

    unit: str
    address: str
    finding: str = ""


def places(plan: Plan, contents: Iterable[Submission], only: str | None = None) -> tuple[CellPlace, ...]:
    """Every cell that one of the contents fills, or of one unit only: figures, items, explanations."""
    sections = [s for content in contents for s in content.sections if only in (None, s.unit)]
    units = dict.fromkeys(section.unit for section in sections)
    return tuple(place for unit in units for place in _of(plan, [s for s in sections if s.unit == unit]))


def cell_content(section: Section | None, place: CellPlace) -> str:
    """What stands in a cell, as one text that changes with it; empty for nothing."""
    if section is None:
        return ""
    if place.finding:
        found = _explanation(section, place.finding)
        return canonical_text(explanation_to_json(found)) if found else ""
    number = item_number(place.address)
    if number is not None:
        item = section.items.get(number, ItemReport())
        return "" if item.blank else canonical_text(item_to_json(item))
    figure = section.figure(place.address)
    return "" if figure == BLANK else canonical_text(figure_to_json(figure))


def section_of(content: Submission, unit: str) -> Section | None:
    """A unit's section in a content."""
    return next((section for section in content.sections if section.unit == unit), None)


def put_together(
    plan: Plan, base: Submission, others: Sequence[Submission], chosen: Mapping[CellPlace, int]
) -> Submission:
    """The base with the cells that were chosen from others, each by its number in `others`.

    With a figure or an item go the explanations at its place, unless those were chosen by themselves. A
    section that ends as one of those it comes from keeps its unit's signature; any other has none, and nobody
    has signed for the whole.
    """
    units = dict.fromkeys([*(s.unit for s in base.sections), *(place.unit for place in chosen)])
    sources = [base, *others]
    sections = tuple(_section(plan, unit, sources, chosen) for unit in units)
    return replace(
        base,
        sections=sections,
        sign_off=SignOff(),
        chain=ChainHead(),
        created=None,
        created_with="汇总单位逐处选定",
        synthetic=any(source.synthetic for source in sources),
    )


def _of(plan: Plan, sections: Sequence[Section]) -> Iterator[CellPlace]:
    unit = sections[0].unit
    filled = {key for s in sections for key, figure in s.figures.items() if figure != BLANK}
    known = [element.id for element in plan.elements if element.id in filled]
    for key in (*known, *sorted(filled.difference(known))):
        yield CellPlace(unit, key)
    for number in sorted({number for s in sections for number, item in s.items.items() if not item.blank}):
        yield CellPlace(unit, item_address(number))
    for key in sorted({e.finding for s in sections for e in s.explanations}):
        yield CellPlace(unit, _address(key), key)


def _section(
    plan: Plan, unit: str, sources: Sequence[Submission], chosen: Mapping[CellPlace, int]
) -> Section:
    found = [section_of(source, unit) for source in sources]
    period = sources[0].period
    section = found[0] or Section(unit, period)
    mine = {place: number for place, number in chosen.items() if place.unit == unit}
    for place, number in mine.items():
        if not place.finding:
            section = _with_cell(section, found[number + 1] or Section(unit, period), place)
    for place, number in mine.items():
        if place.finding:
            other = _explanation(found[number + 1] or Section(unit, period), place.finding)
            section = _with_explanations(section, {place.finding}, (other,) if other else ())
    due = form_for(plan, plan.unit(unit), period).due_rows if plan.has_unit(unit) else ()
    reported = sum(section.figure(row.element.id).reported for row in due)
    section = replace(section, coverage=Coverage(len(due), reported), signature=Signature())
    whole = section_digest(section)
    return next((s for s in found if s is not None and section_digest(s) == whole), section)


def _with_cell(section: Section, other: Section, place: CellPlace) -> Section:
    number = item_number(place.address)
    if number is not None:
        items = dict(section.items)
        items.pop(number, None)
        if number in other.items:
            items[number] = other.items[number]
        section = replace(section, items=items)
    else:
        figures = dict(section.figures)
        figures.pop(place.address, None)
        if place.address in other.figures:
            figures[place.address] = other.figures[place.address]
        section = replace(section, figures=figures)
    theirs = tuple(e for e in other.explanations if _address(e.finding) == place.address)
    gone = {e.finding for e in section.explanations if _address(e.finding) == place.address}
    return _with_explanations(section, gone, theirs)


def _with_explanations(section: Section, gone: set[str], new: tuple[Explanation, ...]) -> Section:
    kept = tuple(e for e in section.explanations if e.finding not in gone)
    return replace(section, explanations=tuple(sorted((*kept, *new), key=lambda e: e.finding)))


def _explanation(section: Section, key: str) -> Explanation | None:
    return next((e for e in section.explanations if e.finding == key), None)


def _address(key: str) -> str:
    """The address in a finding's key."""
    return [*key.split("@"), ""][1]
