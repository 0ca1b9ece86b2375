"""Checks of targets among each other: main ones, those of single units, what is left of the district's."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.definition.places import entry_of, plan_error, plan_finding
from desktop.model.catalogue.target_messages import WHY
from desktop.model.decimals import canonical
from desktop.model.element import Mode
from desktop.model.finding import Finding, Severity
from desktop.model.plan import Plan
from desktop.model.target import Target
from desktop.model.unit import Unit
from desktop.progress import Allocation, allocations, of_district


def check_main_targets(plan: Plan) -> Iterator[Finding]:
    """An indicator has one main target, that of the plan's table, and it is the district's."""
    mains: dict[str, list[Target]] = {}
    for target in plan.targets:
        if not target.main:
            continue
        if target.indicator is None or not of_district(plan, target):
            why = WHY["no_indicator" if target.indicator is None else "unit_main"]
            where = entry_of("targets", target.id, "main")
            yield plan_finding("plan.target_main_odd", Severity.WARNING, where, name=target.name, why=why)
        else:
            mains.setdefault(target.indicator, []).append(target)
    for indicator, targets in mains.items():
        for target in targets[1:]:
            yield plan_error(
                "plan.target_main_twice",
                entry_of("targets", target.id, "main"),
                name=plan.indicator(indicator).name,
                targets="、".join(one.id for one in targets),
            )


def check_unit_targets(plan: Plan) -> Iterator[Finding]:
    """Targets that no figure of their unit can meet, and how far district targets are split."""
    for target in plan.targets:
        if target.unit_id is not None and not of_district(plan, target):
            yield from _judged(plan, target, plan.unit(target.unit_id))
    for allocation in allocations(plan):
        yield from _remainder(allocation)


def _judged(plan: Plan, target: Target, unit: Unit) -> Iterator[Finding]:
    where, named = entry_of("targets", target.id, "unit_id"), {"name": target.name, "unit": unit.short_name}
    why = _obstacle(plan, target, unit)
    if why is not None:
        yield plan_finding("plan.unit_target_unjudged", Severity.WARNING, where, **named, why=WHY[why])
    if unit.valid_to is not None and unit.valid_to < target.due:
        yield plan_finding("plan.unit_target_gone", Severity.WARNING, where, **named)


def _obstacle(plan: Plan, target: Target, unit: Unit) -> str | None:
    """Why the unit has no figure of its own for the target: a key of the catalogue's WHY."""
    if target.indicator is not None:
        indicator = plan.indicator(target.indicator)
        if plan.is_territorial(unit):
            if not indicator.by_unit:
                return "not_by_unit"
            if indicator.is_ratio and not indicator.own_ratio:
                return "no_own_ratio"
        stated = indicator.main_source.stated
        own_stated = stated is not None and not plan.is_territorial(unit)
        parts = (stated,) if own_stated and stated is not None else indicator.numerator
    elif target.element is not None:
        parts = (target.element, *target.plus)
    else:
        return "milestone" if target.items else None
    reported = all(plan.mode(plan.element(id_), unit) is not Mode.NONE for id_ in parts)
    return None if reported else "not_reported"


def _remainder(allocation: Allocation) -> Iterator[Finding]:
    target = allocation.target
    where = entry_of("targets", target.id, "value")
    figures = {
        "name": target.name,
        "unit": target.unit,
        "value": canonical(target.value) if target.value is not None else "",
        "count": str(len(allocation.parts)),
        "assigned": canonical(allocation.assigned),
    }
    left = allocation.remainder
    if left < 0:
        yield plan_finding(
            "plan.unit_targets_exceed", Severity.WARNING, where, **figures, excess=canonical(-left)
        )
    elif left > 0:
        yield plan_finding(
            "plan.unit_targets_remainder", Severity.NOTICE, where, **figures, remainder=canonical(left)
        )
