"""Succession over time: which units and elements of an earlier day make up one of today.

Mergers and renames add up; a split unit's successors are 不可比 until their figures are restated.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from desktop.migration.lines import Note
from desktop.model.element import DataElement
from desktop.model.plan import Plan
from desktop.model.unit import Unit


@dataclass(frozen=True, slots=True)
class Lineage:
    """Ids whose figures of an earlier day, added up, compare with one of today; none where `why` says why."""

    ids: tuple[str, ...] = ()
    why: Note | None = None

    @property
    def comparable(self) -> bool:
        """Whether there is something to compare with."""
        return self.why is None


def predecessors(plan: Plan, unit: str, on: datetime.date) -> tuple[Unit, ...]:
    """The other units that existed on a day and have been merged into this one since, or renamed to it."""
    found = _lineage_of_unit(plan, plan.unit(unit), on, datetime.date.max)
    return tuple(plan.unit(id_) for id_ in found if id_ != unit)


def succeeded(plan: Plan, unit: str, then: datetime.date, now: datetime.date) -> Lineage:
    """The units whose figures of `then` add up to what compares with the unit's figure of `now`.

    The unit itself is among them if it existed. Not comparable where one of them was split in between.
    """
    today = plan.unit(unit)
    ids = _lineage_of_unit(plan, today, then, now)
    for id_ in (unit, *ids):
        for old in plan.former_units(id_):
            if _is_split(old) and _ended_between(old.valid_to, then, now):
                return Lineage(
                    why=Note("succession.unit_split", {"unit": today.name_on(now), "old": old.name_on(then)})
                )
    if not ids:
        return Lineage(why=Note("succession.unit_new", {"unit": today.name_on(now)}))
    return Lineage(ids)


def element_lineage(plan: Plan, element: str, then: datetime.date, now: datetime.date) -> Lineage:
    """The elements whose figures of `then` add up to what compares with the element's figure of `now`.

    Not comparable where a definition changed in between, or nature or unit of measure differ.
    """
    today = plan.element(element)
    ids = _lineage_of_element(plan, today, then, now)
    if not ids:
        return Lineage(why=Note("succession.element_new", {"name": today.name}))
    for old in (plan.element(id_) for id_ in ids):
        if (old.nature, old.unit.typed, old.kind) != (today.nature, today.unit.typed, today.kind):
            about = {"name": today.name, "old": old.name}
            return Lineage(why=Note("succession.measure_changed", about))
    for part in (today, *(plan.element(id_) for id_ in ids if id_ != element)):
        day = part.break_between(then, now)
        if day is not None:
            about = {"name": today.name, "day": day.isoformat()}
            return Lineage(why=Note("succession.definition_changed", about))
    return Lineage(ids)


def _lineage_of_unit(plan: Plan, today: Unit, then: datetime.date, now: datetime.date) -> tuple[str, ...]:
    """Ids in the plan's order; through chains, and in no circle."""
    found: set[str] = set()
    seen: set[str] = set()
    ahead = [today]
    while ahead:
        unit = ahead.pop()
        if unit.id in seen:
            continue
        seen.add(unit.id)
        if unit.exists_on(then):
            found.add(unit.id)
        ahead.extend(
            old
            for old in plan.former_units(unit.id)
            if not _is_split(old) and _ended_between(old.valid_to, then, now)
        )
    if found <= {today.id}:
        return tuple(found)
    return tuple(unit.id for unit in (*plan.units, plan.district) if unit.id in found)


def _lineage_of_element(
    plan: Plan, today: DataElement, then: datetime.date, now: datetime.date
) -> tuple[str, ...]:
    found: set[str] = set()
    seen: set[str] = set()
    ahead = [today]
    while ahead:
        element = ahead.pop()
        if element.id in seen:
            continue
        seen.add(element.id)
        if element.valid_on(then):
            found.add(element.id)
        ahead.extend(
            old for old in plan.former_elements(element.id) if _ended_between(old.valid_to, then, now)
        )
    if found <= {today.id}:
        return tuple(found)
    return tuple(element.id for element in plan.elements if element.id in found)


def _ended_between(valid_to: datetime.date | None, then: datetime.date, now: datetime.date) -> bool:
    return valid_to is not None and then <= valid_to < now


def _is_split(unit: Unit) -> bool:
    return len(set(unit.successors)) > 1
