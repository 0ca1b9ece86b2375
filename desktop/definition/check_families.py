"""Checks of what a plan sets for the generated families of rules."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from desktop.definition.places import Where, entry_of, plan_error, plan_finding
from desktop.definition.references import unknown_ones
from desktop.model.catalogue.family_messages import FAMILY_LABELS
from desktop.model.decimals import canonical
from desktop.model.family import FAMILY_PARAMETERS, Family, FamilySetting
from desktop.model.finding import Finding, Severity
from desktop.model.plan import Plan

WARNING_FAMILIES = frozenset(
    {
        Family.RANGE,
        Family.ISSUED,
        Family.LISTS,
        Family.UNIT_SLIP,
        Family.FALL,
        Family.JUMP,
        Family.OUTLIER,
        Family.PEERS,
        Family.ITEMS,
    }
)
"""Families that have warnings, whose severity a plan may set."""

LIMITS: dict[str, tuple[Decimal, Decimal]] = {
    "margin": (Decimal(0), Decimal("1.5")),
    "percent": (Decimal(1), Decimal(100000)),
    "minimum_change": (Decimal(0), Decimal(10) ** 12),
    "score": (Decimal(1), Decimal(100)),
    "periods": (Decimal(3), Decimal(40)),
    "units": (Decimal(3), Decimal(1000)),
    "floor_percent": (Decimal(0), Decimal(100)),
}
"""Parameter → the least and the most it can sensibly be; fewer than three figures have no spread."""
_WHOLE = ("periods", "units")


def check_families(plan: Plan) -> Iterator[Finding]:
    """Findings on the settings of families, at rules.toml#family.<name>."""
    for family, times in Counter(setting.family for setting in plan.families).items():
        if times > 1:
            yield plan_error("plan.family_twice", _at(family), name=label(family), times=str(times))
    for setting in plan.families:
        yield from _severity(setting)
        yield from _excepted(plan, setting)
        yield from _parameters(plan, setting)


def label(family: Family) -> str:
    """What people call a family."""
    return FAMILY_LABELS[family.value]


def _at(family: Family) -> Where:
    return entry_of("families", family.value)


def _severity(setting: FamilySetting) -> Iterator[Finding]:
    where, name = _at(setting.family).at("severity"), label(setting.family)
    if setting.severity is None:
        return
    if setting.family not in WARNING_FAMILIES:
        yield plan_finding("plan.family_severity_unused", Severity.WARNING, where, name=name)
    elif setting.severity is Severity.ERROR:
        yield plan_error("plan.family_severity", where, name=name)


def _excepted(plan: Plan, setting: FamilySetting) -> Iterator[Finding]:
    where = _at(setting.family).at("except_for")
    if setting.family is Family.ITEMS:
        for id_ in setting.except_for:
            yield plan_error("plan.family_except_unused", where, name=label(setting.family), value=id_)
        return
    known = [*(e.id for e in plan.elements), *(i.id for i in plan.indicators)]
    yield from unknown_ones("element", setting.except_for, known, where)


def _parameters(plan: Plan, setting: FamilySetting) -> Iterator[Finding]:
    known = FAMILY_PARAMETERS.get(setting.family, {})
    for key, value in setting.parameters.items():
        where = _at(setting.family).at("parameters").at(key)
        element, _, name = key.rpartition(".")
        if name not in known:
            yield _unknown_parameter(setting.family, name, known, where)
            continue
        if element:
            yield from _of_element(plan, setting.family, key, element, where)
        yield from _in_range(key, name, value, where)


def _unknown_parameter(family: Family, name: str, known: Iterable[str], where: Where) -> Finding:
    names = "、".join(known) or "无"
    hint = _near(name, known)
    return plan_error(
        "plan.family_parameter", where, name=label(family), parameter=name, known=names, hint=hint
    )


def _of_element(plan: Plan, family: Family, key: str, element: str, where: Where) -> Iterator[Finding]:
    if not plan.has_element(element):
        hint = _near(element, [e.id for e in plan.elements])
        yield plan_error("plan.family_parameter_element", where, parameter=key, element=element, hint=hint)
    elif not plan.checks(family, element):
        yield plan_finding(
            "plan.family_parameter_unused",
            Severity.NOTICE,
            where,
            element=plan.element(element).name,
            name=label(family),
        )


def _in_range(key: str, name: str, value: Decimal, where: Where) -> Iterator[Finding]:
    least, most = LIMITS[name]
    shown = {"parameter": key, "value": canonical(value)}
    if not least <= value <= most:
        yield plan_error(
            "plan.family_parameter_range", where, **shown, least=canonical(least), most=canonical(most)
        )
    elif name in _WHOLE and value != value.to_integral_value():
        yield plan_error("plan.family_parameter_whole", where, **shown)


def _near(value: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(value, list(known), n=1)
    return f"，是否应为 {near[0]}" if near else ""
