"""Checks of the reporting units: their tree, kinds, dates, names and initials."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from desktop.definition.places import entry_of, plan_error, plan_finding
from desktop.definition.references import circles, misshapen, repeated, unknown, unknown_ones
from desktop.model.finding import Finding, Severity
from desktop.model.plan import Plan
from desktop.model.unit import Unit


def check_units(plan: Plan) -> Iterator[Finding]:
    """Findings on the reporting units."""
    ids = [unit.id for unit in plan.units]
    yield from repeated("units", [*ids, plan.district.id])
    yield from misshapen("units", ids)
    kinds = [kind.id for kind in plan.unit_kinds]
    for unit in plan.units:
        yield from unknown("kind", unit.kind, kinds, entry_of("units", unit.id, "kind"))
        yield from _relations(plan, unit, ids)
        yield from _dates(unit)
        yield from _spelling(unit)
    above = {unit.id: unit.reports_to for unit in plan.units}
    yield from circles("units", "reports_to", ids, lambda id_: [up for up in [above.get(id_)] if up])
    yield from _same_names(plan)


def _relations(plan: Plan, unit: Unit, ids: list[str]) -> Iterator[Finding]:
    if unit.reports_to is not None:
        where = entry_of("units", unit.id, "reports_to")
        yield from unknown("unit", unit.reports_to, [*ids, plan.district.id], where)
    yield from unknown_ones("unit", unit.overlaps, ids, entry_of("units", unit.id, "overlaps"))
    yield from unknown_ones("unit", unit.successors, ids, entry_of("units", unit.id, "successors"))


def _dates(unit: Unit) -> Iterator[Finding]:
    if unit.valid_from and unit.valid_to and unit.valid_from > unit.valid_to:
        yield plan_error("plan.bad_validity", entry_of("units", unit.id, "valid_to"))


def _spelling(unit: Unit) -> Iterator[Finding]:
    if not (unit.initials.isascii() and unit.initials.isalnum()):
        where = entry_of("units", unit.id, "initials")
        yield plan_error("plan.initials_not_ascii", where, found=unit.initials)
    if not unit.name.strip() or not unit.short_name.strip():
        yield plan_error("plan.missing_key", entry_of("units", unit.id, "name"))
    if unit.confidence == "low":
        where = entry_of("units", unit.id, "confidence")
        yield plan_finding("plan.unit_confidence", Severity.NOTICE, where, name=unit.name)


def _same_names(plan: Plan) -> Iterator[Finding]:
    """Names by which more than one unit would be found: typing them would lead to none."""
    times = Counter(name for unit in plan.units for name in set(unit.names))
    for unit in plan.units:
        for name in sorted({name for name in unit.names if times[name] > 1}):
            where = entry_of("units", unit.id, "aliases")
            yield plan_finding("plan.ambiguous_name", Severity.WARNING, where, name=name)
