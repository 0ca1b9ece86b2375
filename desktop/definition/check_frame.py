"""Checks of the plan's frame: years, kinds of units, deadlines, reference figures, what an office may set."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.definition.places import entry_of, plan_error, table_of
from desktop.definition.references import misshapen, repeated, unknown
from desktop.model.finding import Finding
from desktop.model.plan import DISTRICT_KIND, Plan

_LONGEST_DEADLINE = 366
_YEARS = range(1950, 2200)


def check_frame(plan: Plan) -> Iterator[Finding]:
    """Findings on what stands in the plan's frame."""
    yield from _years(plan)
    yield from _lists(plan)
    yield from _kinds(plan)
    yield from _deadlines(plan)
    yield from _references(plan)
    yield from _explanations(plan)
    yield from _narratives(plan)
    yield from unknown("unit", plan.consolidator, [u.id for u in plan.units], table_of("consolidator"))


def _years(plan: Plan) -> Iterator[Finding]:
    years = (plan.baseline_year, plan.first_year, plan.last_year)
    for field, year in zip(("baseline_year", "first_year", "last_year"), years, strict=True):
        if year not in _YEARS:
            yield plan_error("plan.bad_years", table_of(field), found=str(year))
    if plan.first_year > plan.last_year:
        yield plan_error("plan.bad_years", table_of("last_year"), found=str(plan.last_year))
    if plan.baseline_year > plan.last_year:
        yield plan_error("plan.bad_years", table_of("baseline_year"), found=str(plan.baseline_year))


def _lists(plan: Plan) -> Iterator[Finding]:
    for field in ("id", "name", "version"):
        if not getattr(plan, field).strip():
            yield plan_error("plan.missing_key", table_of(field))
    yield from misshapen("id", [plan.id])
    for field, values in (("categories", plan.categories), ("period_types", plan.period_types)):
        if not values or len(set(values)) < len(values):
            yield plan_error("plan.bad_list", table_of(field))


def _kinds(plan: Plan) -> Iterator[Finding]:
    ids = [kind.id for kind in plan.unit_kinds]
    yield from repeated("unit_kinds", ids)
    yield from misshapen("unit_kinds", ids)
    if DISTRICT_KIND in ids or plan.district.kind != DISTRICT_KIND:
        yield plan_error("plan.district_kind", table_of("district").at("kind"))


def _deadlines(plan: Plan) -> Iterator[Finding]:
    kinds = [kind.id for kind in plan.unit_kinds]
    for kind, days in plan.deadlines.items():
        where = table_of("deadlines").at(kind)
        yield from unknown("kind", kind, kinds, where)
        if not 0 <= days <= _LONGEST_DEADLINE:
            yield plan_error("plan.bad_deadline", where, found=str(days))


def _references(plan: Plan) -> Iterator[Finding]:
    for number, figure in enumerate(plan.references, start=1):
        where = entry_of("references", f"[{number}]")
        yield from unknown("element", figure.element, [e.id for e in plan.elements], where.at("element"))
        areas = [plan.district.id, *(unit.id for unit in plan.units)]
        yield from unknown("unit", figure.area, areas, where.at("area"))


def _explanations(plan: Plan) -> Iterator[Finding]:
    where = table_of("explanations")
    if plan.explanations.least_length < 1:
        yield plan_error("plan.bad_rule", where.at("least_length"), expected="不小于1")
    if not plan.explanations.reasons:
        yield plan_error("plan.bad_rule", where.at("reasons"), expected="至少一个原因")
    for reason in plan.explanations.hints:
        yield from unknown("reason", reason, plan.explanations.reasons, where.at("hints").at(reason))


def _narratives(plan: Plan) -> Iterator[Finding]:
    where = table_of("narratives")
    for leads, field in ((True, "lead_most"), (False, "other_most")):
        least, most = plan.narratives.range_for(leads=leads)
        if not 0 < least <= most:
            yield plan_error("plan.bad_rule", where.at(field), expected="字数大于0，至多不小于至少")
