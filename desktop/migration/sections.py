"""Moving one section to another plan version, and putting the sections of merged units together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.migration.crosswalk import Crosswalk, Way
from desktop.migration.explanations import joined_explanations, move_explanations
from desktop.migration.figures import move_figures
from desktop.migration.items import move_items
from desktop.migration.joining import figure_text, joined_figure, joined_report, order, report_text
from desktop.migration.lines import MigratedSection, MigrationLine, Note, Outcome
from desktop.model.content import section_body
from desktop.model.form import form_for
from desktop.model.mapping import Mapped
from desktop.model.plan import Plan
from desktop.model.submission import (
    Coverage,
    Figure,
    FigureState,
    ItemReport,
    Section,
    Signature,
)


def migrate_section(section: Section, old: Plan, new: Plan, unit: str | None = None) -> MigratedSection:
    """A section of the old plan under the new one; `unit` names its successor where a person chose it.

    Nothing is judged by the new form here: what the mapping keeps is kept. A signature stays only on content
    that didn't change.
    """
    crosswalk = Crosswalk(old, new)
    way = crosswalk.unit(section.unit) if unit is None else Way(unit)
    told = unit_line(crosswalk, section.unit, way)
    if way.new is None:
        return MigratedSection(None, (told,))
    figures = move_figures(section, crosswalk)
    items = move_items(section, crosswalk)
    explanations = move_explanations(section, crosswalk, figures.went, items.went)
    moved = replace(
        section,
        unit=way.new,
        figures=figures.figures,
        items=items.items,
        explanations=explanations.explanations,
        signature=Signature(),
    )
    if section_body(moved) == section_body(section):
        moved = replace(moved, signature=section.signature)
    return MigratedSection(moved, (told, *figures.lines, *items.lines, *explanations.lines))


def merge_sections(sections: Sequence[Section], new: Plan) -> MigratedSection:
    """One section of those of merged units, already under the new plan and under their successor's id.

    Figures that can be added are summed; a part that is missing is said. Raises ValueError on sections of
    several units or periods, or none.
    """
    if len({(section.unit, section.period) for section in sections}) != 1:
        raise ValueError("sections of one unit and period are put together")
    if len(sections) == 1:
        return MigratedSection(sections[0])
    first = sections[0]
    figures: dict[str, Figure] = {}
    lines: list[MigrationLine] = []
    for id_ in sorted({id_ for section in sections for id_ in section.figures}):
        parts = sorted((section.figure(id_) for section in sections), key=order)
        whole, told = _sum(first.unit, id_, parts, new)
        lines += told
        if whole is not None:
            figures[id_] = whole
    items: dict[int, ItemReport] = {}
    for number in sorted({number for section in sections for number in section.items}):
        reports = [section.items[number] for section in sections if number in section.items]
        items[number] = joined_report(reports)
        if any(report != items[number] for report in reports):
            lines.append(_item_line(first.unit, number, reports, items[number], new))
    coverage = Coverage(
        max(section.coverage.due for section in sections),
        min(section.coverage.reported for section in sections),
    )
    explanations = joined_explanations(sections)
    return MigratedSection(
        Section(first.unit, first.period, figures, items, explanations, coverage), tuple(lines)
    )


def fit_to_form(section: Section, new: Plan) -> MigratedSection:
    """A section cut down to what its unit's form asks for, for a draft: what nobody would see isn't kept."""
    form = form_for(new, new.unit(section.unit), section.period)
    asked = {row.element.id for row in form.due_rows}
    numbers = {entry.item.number for entry in form.items}
    note = (Note("migration.not_in_form"),)
    lines = [
        MigrationLine(
            Mapped.ELEMENT,
            id_,
            (),
            Outcome.DROPPED,
            was=figure_text(figure),
            unit=section.unit,
            old_name=_element_name(new, id_),
            notes=note,
        )
        for id_, figure in sorted(section.figures.items())
        if id_ not in asked
    ]
    lines += [
        MigrationLine(
            Mapped.ITEM, str(n), (), Outcome.DROPPED, was=report_text(report), unit=section.unit, notes=note
        )
        for n, report in sorted(section.items.items())
        if n not in numbers
    ]
    kept = replace(
        section,
        figures={id_: figure for id_, figure in section.figures.items() if id_ in asked},
        items={number: report for number, report in section.items.items() if number in numbers},
    )
    return MigratedSection(kept, tuple(lines))


def unit_line(crosswalk: Crosswalk, old: str, way: Way) -> MigrationLine:
    """What became of a unit."""
    sharing = [unit.id for unit in crosswalk.old.units if crosswalk.unit(unit.id).new == way.new]
    if way.new is None:
        outcome = Outcome.DROPPED
    elif way.row is not None and len(sharing) > 1:
        outcome = Outcome.MERGED
    else:
        outcome = Outcome.KEPT if way.new == old else Outcome.RENAMED
    return MigrationLine(
        Mapped.UNIT,
        old,
        (way.new,) if way.new is not None else (),
        outcome,
        unit=old,
        old_name=_unit_name(crosswalk.old, old),
        new_name=_unit_name(crosswalk.new, way.new) if way.new is not None else "",
        said=way.said,
        notes=(way.why,) if way.why else (),
    )


def _sum(
    unit: str, id_: str, parts: Sequence[Figure], new: Plan
) -> tuple[Figure | None, list[MigrationLine]]:
    """One element of merged units: blank parts are said, unreadable ones dropped."""
    element = new.element(id_) if new.has_element(id_) else None
    name = _element_name(new, id_)
    reported = [part for part in parts if part.reported]
    unread = [part for part in parts if part.state is FigureState.UNREADABLE]
    summable = element is None or (element.additive and not element.stated_ratio)
    lost: list[tuple[Figure, Note]] = [
        (part, Note("migration.unreadable_part", {"typed": part.typed})) for part in unread
    ]
    if not summable and len(set(reported)) > 1:
        lost += [(part, Note("migration.not_additive", {"new_name": name})) for part in reported]
        reported = []

    def line(part: Figure, outcome: Outcome, now: str, notes: tuple[Note, ...]) -> MigrationLine:
        to = () if outcome is Outcome.DROPPED else (id_,)
        return MigrationLine(
            Mapped.ELEMENT,
            id_,
            to,
            outcome,
            was=figure_text(part),
            now=now,
            unit=unit,
            old_name=name,
            new_name=name,
            notes=notes,
        )

    lines = [line(part, Outcome.DROPPED, "", (why,)) for part, why in lost]
    if not reported:
        return None, lines
    whole = joined_figure(reported) if summable else reported[0]
    lacking = len(parts) - len(reported)
    notes = (Note("migration.part_missing", {"parts": f"{lacking}个原单位"}),) if lacking else ()
    lines += [line(part, Outcome.MERGED, figure_text(whole), notes) for part in reported]
    return whole, lines


def _item_line(
    unit: str, number: int, reports: Sequence[ItemReport], whole: ItemReport, new: Plan
) -> MigrationLine:
    name = new.item(number).title if new.has_item(number) else ""
    return MigrationLine(
        Mapped.ITEM,
        str(number),
        (str(number),),
        Outcome.MERGED,
        was="；".join(sorted(report_text(report) for report in reports)),
        now=report_text(whole),
        unit=unit,
        old_name=name,
        new_name=name,
        notes=(Note("migration.items_joined"),),
    )


def _unit_name(plan: Plan, id_: str) -> str:
    return plan.unit(id_).name if plan.has_unit(id_) else id_


def _element_name(plan: Plan, id_: str) -> str:
    return plan.element(id_).name if plan.has_element(id_) else id_
