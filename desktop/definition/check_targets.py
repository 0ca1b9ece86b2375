"""Checks of targets, and the plan's contradictions told with all their places."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.definition.check_target_sense import check_sense
from desktop.definition.check_unit_targets import check_main_targets, check_unit_targets
from desktop.definition.places import entry_of, plan_error, plan_finding
from desktop.definition.references import misshapen, repeated, unknown, unknown_ones
from desktop.model.catalogue.plan_messages import READINGS
from desktop.model.decimals import canonical
from desktop.model.finding import Finding, Severity
from desktop.model.plan import Plan
from desktop.model.target import Contradiction, Operator, PathKind, Place, Target

_WITHOUT_FIGURE = (Operator.IMPROVE, Operator.COMPLETE)
_GROWTH = (Operator.CAGR, Operator.GROWTH_EACH_YEAR)


def check_targets(plan: Plan) -> Iterator[Finding]:
    """Findings on the targets and their quotations."""
    ids = [target.id for target in plan.targets]
    ids += [quotation.id for target in plan.targets for quotation in target.quotations]
    yield from repeated("targets", ids)
    yield from misshapen("targets", ids)
    for target in plan.targets:
        yield from _judges(plan, target)
        yield from _figures(target)
        yield from _unit(plan, target)
        if _sound(plan, target):
            yield from check_sense(plan, target)
    if all(_sound(plan, target) for target in plan.targets):
        yield from check_main_targets(plan)
        yield from check_unit_targets(plan)


def _sound(plan: Plan, target: Target) -> bool:
    """Whether everything a target refers to is there."""
    elements = [target.element, *target.plus]
    for indicator in plan.indicators:
        if indicator.id == target.indicator:
            elements += [*indicator.numerator, *indicator.denominator, indicator.main_source.stated]
    return (
        all(plan.has_element(id_) for id_ in elements if id_ is not None)
        and target.indicator in (None, *(indicator.id for indicator in plan.indicators))
        and (target.unit_id is None or plan.has_unit(target.unit_id))
    )


def _judges(plan: Plan, target: Target) -> Iterator[Finding]:
    at = entry_of("targets", target.id)
    measures = [target.indicator, target.element, target.items or None]
    if sum(measure is not None for measure in measures) > 1:
        second = at.at("items" if target.items else "element")
        yield plan_error("plan.target_measures", second, name=target.name)
    if all(measure is None for measure in measures):
        yield plan_finding("plan.target_uncounted", Severity.NOTICE, at, name=target.name)
    if target.indicator is not None:
        yield from unknown("indicator", target.indicator, [i.id for i in plan.indicators], at.at("indicator"))
    if target.element is not None:
        yield from unknown("element", target.element, [e.id for e in plan.elements], at.at("element"))
    for added in target.plus:
        yield from unknown("element", added, [e.id for e in plan.elements], at.at("plus"))
    if target.unit_id is not None:
        yield from unknown("unit", target.unit_id, _units(plan), at.at("unit_id"))
    yield from unknown_ones("item", target.items, [i.number for i in plan.items], at.at("items"))


def _units(plan: Plan) -> list[str]:
    return [unit.id for unit in (*plan.units, plan.district)]


def _figures(target: Target) -> Iterator[Finding]:
    at = entry_of("targets", target.id)
    exact = target.operator is Operator.WITHIN and target.value == target.value_max
    if target.operator not in _WITHOUT_FIGURE and target.value is None:
        yield plan_error("plan.missing_key", at.at("value"))
    if target.operator is Operator.WITHIN and target.value_max is None:
        yield plan_error("plan.missing_key", at.at("value_max"))
    elif exact:
        yield plan_error("plan.bad_value", at.at("value_max"), expected="区间的上限应大于下限")
    if target.value is not None and target.value_max is not None and target.value_max < target.value:
        yield plan_error("plan.bad_value", at.at("value_max"), expected="上限不应小于下限")
    if target.starts is not None and target.starts > target.due:
        yield plan_error("plan.bad_value", at.at("starts"), expected="开始日期不应晚于到期日期")
    if target.path.kind in (PathKind.STEPS, PathKind.MILESTONES) and not target.path.steps:
        yield plan_error("plan.missing_key", at.at("path").at("steps"))


def _unit(plan: Plan, target: Target) -> Iterator[Finding]:
    """The target's unit must be that of what it judges; growth is per cent a year."""
    measures = _units_of_measure(plan, target)
    if target.operator in _WITHOUT_FIGURE or not measures:
        return
    expected = ("%",) if target.operator in _GROWTH else measures
    if target.unit.removesuffix("/年") not in [unit.removesuffix("/年") for unit in expected]:
        where = entry_of("targets", target.id, "unit")
        yield plan_finding(
            "plan.target_unit", Severity.WARNING, where, found=target.unit, expected=expected[0]
        )


def _units_of_measure(plan: Plan, target: Target) -> tuple[str, ...]:
    """The unit in which the target may be set: an element's in which it is shown, or typed."""
    for indicator in plan.indicators:
        if indicator.id == target.indicator:
            return (indicator.unit,)
    for element in plan.elements:
        if element.id == target.element:
            return element.unit.label, element.unit.typed
    return ()


def check_contradictions(plan: Plan) -> Iterator[Finding]:
    """One warning for each subject on which the plan contradicts or doubts itself, with all its places."""
    yield from repeated("contradictions", [contradiction.id for contradiction in plan.contradictions])
    yield from misshapen("contradictions", [contradiction.id for contradiction in plan.contradictions])
    said = _statements(plan)
    for contradiction in plan.contradictions:
        where = entry_of("contradictions", contradiction.id, "statements")
        unknown_statements = list(unknown_ones("statement", contradiction.statements, said, where))
        yield from unknown_statements
        if not unknown_statements:
            yield _contradiction(contradiction, said)


def _contradiction(contradiction: Contradiction, said: dict[str, tuple[Target, Place]]) -> Finding:
    places = [
        f"{id_}（{_place(place)}）{reading(target)}"
        for id_, (target, place) in ((id_, said[id_]) for id_ in contradiction.statements)
    ]
    return plan_finding(
        "plan.contradiction",
        Severity.WARNING,
        entry_of("contradictions", contradiction.id),
        subject=contradiction.subject,
        statements="、".join(contradiction.statements),
        places="；".join(places),
        explanation=contradiction.explanation,
    )


def _statements(plan: Plan) -> dict[str, tuple[Target, Place]]:
    """Every place at which the plan states a target: the target itself and its quotations."""
    said: dict[str, tuple[Target, Place]] = {}
    for target in plan.targets:
        said[target.id] = (target, target.place)
        said.update((quotation.id, (target, quotation.place)) for quotation in target.quotations)
    return said


def _place(place: Place) -> str:
    line = f"，第{place.line}行" if place.line is not None else ""
    return f"{place.section} {place.reference}{line}"


def reading(target: Target) -> str:
    """What a target asks for, in words, e.g. 质押融资登记金额 ≥30亿元."""
    value = "" if target.value is None else canonical(target.value)
    if target.value_max is not None:
        value = f"{value}–{canonical(target.value_max)}"
    return READINGS[target.operator.value].format(name=target.name, value=value, unit=target.unit)
