"""Moving the item reports of one section by the numbers of the mapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.migration.crosswalk import Crosswalk
from desktop.migration.joining import joined_report, report_text
from desktop.migration.lines import MigrationLine, Note, Outcome
from desktop.model.mapping import Mapped
from desktop.model.plan import Plan
from desktop.model.submission import ItemReport, Section


@dataclass(frozen=True, slots=True)
class MovedItems:
    """Reports under their new numbers, where each old item went (None: dropped), and the lines."""

    items: Mapping[int, ItemReport]
    went: Mapping[int, int | None]
    lines: tuple[MigrationLine, ...]


def move_items(section: Section, crosswalk: Crosswalk) -> MovedItems:
    """The item reports of a section under the new plan; several on one new item are put together."""
    went: dict[int, int | None] = {}
    groups: dict[int, list[ItemReport]] = {}
    for number, report in sorted(section.items.items()):
        new = crosswalk.item(number).new
        went[number] = None if new is None else int(new)
        if new is not None:
            groups.setdefault(int(new), []).append(report)
    items = {number: joined_report(reports) for number, reports in groups.items()}
    lines = []
    for number, report in sorted(section.items.items()):
        target = went[number]
        shared = target is not None and len(groups[target]) > 1
        now = report_text(items[target]) if target is not None else ""
        lines.append(_line(section, crosswalk, number, report, now, shared=shared))
    return MovedItems(items, went, tuple(lines))


def _line(
    section: Section, crosswalk: Crosswalk, number: int, report: ItemReport, now: str, *, shared: bool
) -> MigrationLine:
    way = crosswalk.item(number)
    if way.new is None:
        outcome = Outcome.DROPPED
    elif shared:
        outcome = Outcome.MERGED
    else:
        outcome = Outcome.KEPT if way.new == str(number) else Outcome.RENAMED
    notes = (way.why,) if way.why else (Note("migration.items_joined"),) if shared else ()
    return MigrationLine(
        Mapped.ITEM,
        str(number),
        (way.new,) if way.new is not None else (),
        outcome,
        was=report_text(report),
        now=now,
        unit=section.unit,
        old_name=_title(crosswalk.old, number),
        new_name=_title(crosswalk.new, int(way.new)) if way.new is not None else "",
        said=way.said,
        notes=notes,
    )


def _title(plan: Plan, number: int) -> str:
    return plan.item(number).title if plan.has_item(number) else str(number)
