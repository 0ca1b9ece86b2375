"""Checks of data elements and indicators: who brings a figure, of what it is a part, where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.definition.places import Where, entry_of, plan_error, plan_finding
from desktop.definition.references import circles, misshapen, repeated, unknown, unknown_ones
from desktop.model.element import ColumnType, DataElement, ElementKind, Mode
from desktop.model.finding import Finding, Severity
from desktop.model.indicator import Indicator, Source, SourceKind
from desktop.model.plan import Plan

_MOST_DECIMALS = 8
_VINTAGES = frozenset({"preliminary", "final", "revised"})
_VINTAGES_ALLOWED = "只能取 preliminary、final、revised"
_DECIMALS_ALLOWED = f"小数位数应在0到{_MOST_DECIMALS}之间"


def check_elements(plan: Plan) -> Iterator[Finding]:
    """Findings on the data elements."""
    ids = [element.id for element in plan.elements]
    yield from repeated("elements", ids)
    yield from misshapen("elements", ids)
    slots = sorted({period.slot for period in plan.periods()})
    for element in plan.elements:
        at = entry_of("elements", element.id)
        yield from unknown("category", element.category, plan.categories, at.at("category"))
        yield from _element_references(plan, element, ids, at)
        yield from _shape(element, at)
        yield from unknown_ones("slot", element.due, slots, at.at("due"))
        yield from _reporters(plan, element, at)
    wholes = {element.id: element.subset_of for element in plan.elements}
    yield from circles("elements", "subset_of", ids, lambda id_: wholes.get(id_, ()))
    above = {element.id: element.part_of for element in plan.elements}
    yield from circles("elements", "part_of", ids, lambda id_: [up for up in [above.get(id_)] if up])


def _element_references(plan: Plan, element: DataElement, ids: list[str], at: Where) -> Iterator[Finding]:
    owners = [*(u.id for u in plan.units), *(g.id for g in plan.groups), *(k.id for k in plan.unit_kinds)]
    yield from unknown_ones("reporter", element.mode, owners, at.at("mode"))
    yield from unknown_ones("element", element.subset_of, ids, at.at("subset_of"))
    for field in ("part_of", "successor"):
        value = getattr(element, field)
        if value is not None:
            yield from unknown("element", value, ids, at.at(field))


def _shape(element: DataElement, at: Where) -> Iterator[Finding]:
    """What the fields of one element demand of each other."""
    low, high = element.minimum, element.maximum
    wrong = {
        "decimals": (not 0 <= element.decimals <= _MOST_DECIMALS, _DECIMALS_ALLOWED),
        "maximum": (low is not None and high is not None and low > high, "上限不应小于下限"),
        "unit": (not element.unit.typed.strip() or element.unit.show_factor <= 0, "计量单位和换算系数要填全"),
        "due": (not element.due, "至少要有一个报告期"),
        "cutoff_day": (element.cutoff_day not in (None, *range(1, 32)), "统计截止日应在1到31之间"),
        "vintages": (not element.vintages or not _VINTAGES.issuperset(element.vintages), _VINTAGES_ALLOWED),
        "columns": (not _columns_fit(element), "名单要有列，数值没有列；有效期列的类型应为date"),
        "initials": (not element.initials.isascii(), "拼音首字母只能用英文字母和数字"),
    }
    if element.valid_from and element.valid_to and element.valid_from > element.valid_to:
        yield plan_error("plan.bad_validity", at.at("valid_to"))
    for field, (is_wrong, expected) in wrong.items():
        if is_wrong:
            yield plan_error("plan.bad_value", at.at(field), expected=expected)


def _columns_fit(element: DataElement) -> bool:
    ids = [column.id for column in element.columns]
    if (element.kind is ElementKind.LIST) != bool(ids) or len(set(ids)) < len(ids):
        return False
    return all(column.type is ColumnType.DATE for column in element.columns if column.expires)


def _reporters(plan: Plan, element: DataElement, at: Where) -> Iterator[Finding]:
    if any(key not in _names_of_reporters(plan) for key in element.mode):
        return
    modes = {unit.id: plan.mode(element, unit) for unit in plan.units}
    owners = plan.owners(element)
    if not any(mode is not Mode.NONE for mode in modes.values()):
        yield plan_finding("plan.element_unreported", Severity.WARNING, at.at("mode"), name=element.name)
    elif Mode.ISSUED in modes.values() and not owners:
        yield plan_error("plan.issued_without_owner", at.at("mode"), name=element.name)
    if len(owners) > 1 and not element.disjoint:
        names = "、".join(unit.short_name for unit in owners)
        yield plan_error("plan.owners_not_disjoint", at.at("mode"), name=element.name, owners=names)


def _names_of_reporters(plan: Plan) -> set[str]:
    return {
        *(unit.id for unit in plan.units),
        *(group.id for group in plan.groups),
        *(kind.id for kind in plan.unit_kinds),
    }


def check_indicators(plan: Plan) -> Iterator[Finding]:
    """Findings on the indicators."""
    yield from repeated("indicators", [indicator.id for indicator in plan.indicators])
    yield from misshapen("indicators", [indicator.id for indicator in plan.indicators])
    yield from repeated("indicators", [indicator.number for indicator in plan.indicators])
    elements = {element.id: element for element in plan.elements}
    for indicator in plan.indicators:
        at = entry_of("indicators", indicator.id)
        yield from unknown("category", indicator.category, plan.categories, at.at("category"))
        for field in ("numerator", "denominator"):
            yield from unknown_ones("element", getattr(indicator, field), elements, at.at(field))
        if not indicator.numerator:
            yield plan_error("plan.missing_key", at.at("numerator"))
        if not 0 <= indicator.decimals <= _MOST_DECIMALS:
            yield plan_error("plan.bad_value", at.at("decimals"), expected=_DECIMALS_ALLOWED)
        if indicator.factor == 0:
            yield plan_error("plan.bad_value", at.at("factor"), expected="系数不能为0")
        if all(id_ in elements for id_ in (*indicator.numerator, *indicator.denominator)):
            yield from _sources(plan, indicator, at)


def _sources(plan: Plan, indicator: Indicator, at: Where) -> Iterator[Finding]:
    for source in (indicator.main_source, *indicator.check_sources):
        field = at.at("main_source" if source is indicator.main_source else "check_sources")
        if source.kind is SourceKind.STATED:
            yield from _stated(plan, source, field)
        else:
            yield from _brought(plan, indicator, source, field)


def _stated(plan: Plan, source: Source, where: Where) -> Iterator[Finding]:
    known = [element.id for element in plan.elements if element.stated_ratio]
    yield from unknown("stated", source.stated or "", known, where.at("stated"))


def _brought(plan: Plan, indicator: Indicator, source: Source, where: Where) -> Iterator[Finding]:
    """Each numerator must come from the source; several departments only where all parts are disjoint."""
    owners: set[str] = set()
    for id_ in indicator.numerator:
        element = plan.element(id_)
        if source.kind is SourceKind.DEPARTMENTS:
            found = [unit.id for unit in plan.owners(element)]
            owners.update(found)
        else:
            found = _territorial(plan, element)
        if not found:
            yield plan_error("plan.no_source", where, name=indicator.name, element=id_, label=source.label)
    if len(owners) > 1 and not all(plan.element(id_).disjoint for id_ in indicator.numerator):
        names = "、".join(plan.unit(id_).short_name for id_ in sorted(owners))
        yield plan_error("plan.owners_not_disjoint", where, name=indicator.name, owners=names)
    for id_ in indicator.denominator:
        element = plan.element(id_)
        brought = plan.owners(element) or _territorial(plan, element)
        if not brought and not any(figure.element == id_ for figure in plan.references):
            yield plan_error("plan.no_source", where, name=indicator.name, element=id_, label=source.label)


def _territorial(plan: Plan, element: DataElement) -> list[str]:
    return [
        unit.id
        for unit in plan.units
        if plan.is_territorial(unit) and plan.mode(element, unit) is not Mode.NONE
    ]
