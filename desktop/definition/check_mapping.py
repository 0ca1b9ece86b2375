"""Checks of the rows that say what became of older versions' units, elements and items.

The older plans aren't at hand here: what can be known of them stands in the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from desktop.definition.places import Where, entry_of, plan_error, plan_finding
from desktop.definition.references import unknown_ones
from desktop.model.catalogue.version_messages import WHY
from desktop.model.decimals import canonical
from desktop.model.element import ElementKind
from desktop.model.finding import Finding, Severity
from desktop.model.mapping import Mapped, MappingRow
from desktop.model.plan import Plan

_Rows = list[tuple[int, MappingRow]]


def check_mapping(plan: Plan) -> Iterator[Finding]:
    """Findings on the mapping."""
    known = {
        Mapped.UNIT: [plan.district.id, *(unit.id for unit in plan.units)],
        Mapped.ELEMENT: [element.id for element in plan.elements],
        Mapped.ITEM: [str(item.number) for item in plan.items],
    }
    for number, row in enumerate(plan.mapping, start=1):
        at = entry_of("mapping", f"[{number}]")
        yield from _row(plan, row, at)
        yield from unknown_ones(row.what.value, row.new, known[row.what], at.at("new"))
        yield from _factor(plan, row, at)
    sources: dict[tuple[str, str, Mapped], _Rows] = {}
    for number, row in enumerate(plan.mapping, start=1):
        sources.setdefault((row.from_plan or plan.id, row.from_version, row.what), []).append((number, row))
    for rows in sources.values():
        yield from _repeated(rows)
        yield from _circles(rows)
        yield from _sums(plan, rows)


def _row(plan: Plan, row: MappingRow, at: Where) -> Iterator[Finding]:
    for field in ("from_version", "old"):
        if not getattr(row, field).strip():
            yield plan_error("plan.missing_key", at.at(field))
    if (row.from_plan or plan.id, row.from_version) == (plan.id, plan.version):
        yield plan_error("plan.mapping_own_version", at.at("from_version"), version=row.from_version)
    if row.what is Mapped.ITEM and not (row.old.isascii() and row.old.isdigit()):
        yield plan_error("plan.mapping_item", at.at("old"), old=row.old)
    if not row.new and not row.reason.strip():
        yield plan_finding("plan.mapping_no_reason", Severity.WARNING, at.at("reason"), old=row.old)
    if len(row.new) > 1 and row.what is not Mapped.UNIT and row.factor == 1:
        named = "、".join(row.new)
        yield plan_finding("plan.mapping_split", Severity.WARNING, at.at("new"), old=row.old, new=named)


def _factor(plan: Plan, row: MappingRow, at: Where) -> Iterator[Finding]:
    if row.factor <= 0:
        yield plan_error("plan.mapping_factor", at.at("factor"), found=canonical(row.factor))
        return
    if row.factor == 1:
        return
    why = ""
    if row.what is not Mapped.ELEMENT:
        why = "not_element"
    elif len(row.new) != 1:
        why = "split" if row.new else "dropped"
    elif plan.has_element(row.new[0]) and plan.element(row.new[0]).kind is ElementKind.LIST:
        why = "list"
    if why:
        yield plan_error("plan.mapping_factor_unused", at.at("factor"), old=row.old, why=WHY[why])


def _repeated(rows: _Rows) -> Iterator[Finding]:
    times = Counter(row.old for _, row in rows)
    told: set[str] = set()
    for number, row in rows:
        if times[row.old] > 1 and row.old not in told:
            told.add(row.old)
            where = entry_of("mapping", f"[{number}]", "old")
            yield plan_error("plan.mapping_repeated", where, old=row.old, times=str(times[row.old]))


def _circles(rows: _Rows) -> Iterator[Finding]:
    """Ids that changed places: possible, but more often a slip."""
    following = {row.old: row.new[0] for _, row in rows if len(row.new) == 1}
    told: set[str] = set()
    for number, row in rows:
        path = [row.old]
        while (after := following.get(path[-1])) is not None and after not in path:
            path.append(after)
        if len(path) > 1 and after == row.old and row.old not in told:
            told.update(path)
            where = entry_of("mapping", f"[{number}]", "new")
            about = {"version": row.from_version, "ids": "、".join(path)}
            yield plan_finding("plan.mapping_circle", Severity.WARNING, where, **about)


def _sums(plan: Plan, rows: _Rows) -> Iterator[Finding]:
    """Several old elements in one that can't be a sum."""
    merged: dict[str, _Rows] = {}
    for number, row in rows:
        if row.what is Mapped.ELEMENT and len(row.new) == 1 and plan.has_element(row.new[0]):
            merged.setdefault(row.new[0], []).append((number, row))
    for new, found in merged.items():
        element = plan.element(new)
        if len(found) > 1 and (not element.additive or element.stated_ratio):
            where = entry_of("mapping", f"[{found[0][0]}]", "new")
            old = "、".join(f"“{row.old}”" for _, row in found)
            yield plan_finding(
                "plan.mapping_not_additive", Severity.WARNING, where, old=old, name=element.name
            )
