"""Checks of what is dated: times of validity, successors, former names and definitions."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from desktop.definition.places import Where, entry_of, plan_error, plan_finding
from desktop.definition.references import circles, unknown
from desktop.model.element import DataElement
from desktop.model.finding import Finding, Severity
from desktop.model.indicator import Indicator
from desktop.model.plan import Plan
from desktop.model.unit import Unit

_Dated = Unit | DataElement | Indicator
_DAY = datetime.timedelta(days=1)


def check_validity(plan: Plan) -> Iterator[Finding]:
    """Findings on dates and successors of units, elements and indicators."""
    yield from _successions("units", plan.units, "successors")
    yield from _successions("elements", plan.elements, "successor")
    yield from _successions("indicators", plan.indicators, "successor")
    yield from _indicators(plan)
    for unit in plan.units:
        ends = [former.valid_to for former in unit.former_names]
        yield from _order(unit, ends, entry_of("units", unit.id, "former_names"))
    for element in plan.elements:
        ends = [earlier.valid_to for earlier in element.earlier_definitions]
        yield from _order(element, ends, entry_of("elements", element.id, "earlier_definitions"))
        yield from _same_measure(plan, element)


def _successions(collection: str, entries: Sequence[_Dated], field: str) -> Iterator[Finding]:
    by_id = {entry.id: entry for entry in entries}
    following = {entry.id: _successors(entry) for entry in entries}
    yield from circles(collection, field, by_id, lambda id_: following.get(id_, ()))
    for entry in entries:
        where = entry_of(collection, entry.id, field)
        for id_ in following[entry.id]:
            yield from _handed_over(entry, by_id, id_, where)


def _handed_over(entry: _Dated, by_id: Mapping[str, _Dated], id_: str, where: Where) -> Iterator[Finding]:
    if entry.valid_to is None:
        yield plan_finding("plan.successor_undated", Severity.WARNING, where, name=entry.name)
        return
    after = by_id.get(id_)
    if (
        after is not None
        and entry.valid_to < datetime.date.max
        and not _valid_on(after, entry.valid_to + _DAY)
    ):
        day = entry.valid_to.isoformat()
        about = {"name": entry.name, "day": day, "successor": after.name}
        yield plan_finding("plan.successor_gap", Severity.WARNING, where, **about)


def _same_measure(plan: Plan, element: DataElement) -> Iterator[Finding]:
    if element.successor is None or not plan.has_element(element.successor):
        return
    after = plan.element(element.successor)
    if (element.nature, element.unit.typed, element.kind) != (after.nature, after.unit.typed, after.kind):
        where = entry_of("elements", element.id, "successor")
        about = {"name": element.name, "successor": after.name}
        yield plan_finding("plan.successor_differs", Severity.WARNING, where, **about)


def _order(entry: Unit | DataElement, ends: Sequence[datetime.date], where: Where) -> Iterator[Finding]:
    if list(ends) != sorted(set(ends)):
        yield plan_finding("plan.dates_disordered", Severity.WARNING, where, name=entry.name)
    for day in ends:
        if not _valid_on(entry, day):
            about = {"name": entry.name, "day": day.isoformat()}
            yield plan_finding("plan.dates_outside", Severity.WARNING, where, **about)


def _indicators(plan: Plan) -> Iterator[Finding]:
    ids = [indicator.id for indicator in plan.indicators]
    for indicator in plan.indicators:
        at = entry_of("indicators", indicator.id)
        if indicator.valid_from and indicator.valid_to and indicator.valid_from > indicator.valid_to:
            yield plan_error("plan.bad_validity", at.at("valid_to"))
            continue
        if indicator.successor is not None:
            yield from unknown("indicator", indicator.successor, ids, at.at("successor"))
        for field in ("numerator", "denominator"):
            for id_ in getattr(indicator, field):
                if plan.has_element(id_):
                    yield from _in_time(plan, indicator, plan.element(id_), at.at(field))


def _in_time(plan: Plan, indicator: Indicator, element: DataElement, where: Where) -> Iterator[Finding]:
    """The element (or, at the beginning, one that it succeeds) must be there while the indicator is."""
    first, last = _years(plan)
    begins, ends = indicator.valid_from or first, indicator.valid_to or last
    at_first = (element, *(old for old in plan.elements if old.successor == element.id))
    outside = [begins] if not any(old.valid_on(begins) for old in at_first) else []
    outside += [ends] if ends >= begins and not element.valid_on(ends) else []
    for day in dict.fromkeys(outside):
        about = {"name": indicator.name, "element": element.name, "day": day.isoformat()}
        yield plan_finding("plan.element_outside", Severity.WARNING, where, **about)


def _years(plan: Plan) -> tuple[datetime.date, datetime.date]:
    """The plan's first and last day; years that no calendar has are another check's finding."""
    years = [min(max(year, datetime.MINYEAR), datetime.MAXYEAR) for year in (plan.first_year, plan.last_year)]
    return datetime.date(years[0], 1, 1), datetime.date(years[1], 12, 31)


def _successors(entry: _Dated) -> tuple[str, ...]:
    if isinstance(entry, Unit):
        return entry.successors
    return (entry.successor,) if entry.successor is not None else ()


def _valid_on(entry: _Dated, day: datetime.date) -> bool:
    return entry.exists_on(day) if isinstance(entry, Unit) else entry.valid_on(day)
