"""Fills what a workbook leaves out, where there is a sensible default; every one is said at its cell."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from desktop.definition.workbook.default_measures import fill_elements, fill_indicators
from desktop.definition.workbook.draft import Draft
from desktop.model.canonical import Json

_LIKE_DEPARTMENTS = re.compile("部门|局|委|办|机关|法院|检察院")
_ALL_YEAR = ("quarter", "year")
_REASONS = (("definition_changed", "口径调整"), ("corrected", "上期更正"), ("late", "补报"))
_OTHER = ("other", "其他")
_FULL_YEAR_END = "12-31"


def fill(draft: Draft) -> None:
    """Fill a draft whose names are resolved; what has no sensible default stays missing."""
    _frame(draft)
    _kinds_and_units(draft)
    _consolidator(draft)
    fill_indicators(draft)
    fill_elements(draft)
    _categories(draft)
    _targets(draft)
    _tasks(draft)
    _rules(draft)


def _frame(draft: Draft) -> None:
    frame, said = draft.frame, draft.frame.record
    baseline, last = draft.years

    def default(key: str, value: Any, why: str) -> None:
        draft.default("", frame, key, value, why)

    if isinstance(last, int):
        default("last_year", last, "取表头里的目标年份")
    first, last = said.get("first_year"), said.get("last_year")
    if isinstance(baseline, int):
        default("baseline_year", baseline, "取表头里的基期年份")
    elif isinstance(first, int):
        default("baseline_year", first - 1, "取起始年份的前一年")
    if isinstance(said.get("baseline_year"), int):
        default("first_year", said["baseline_year"] + 1, "取基期年份的后一年")
    if not draft.responsible and not draft.wordings:
        return
    span = f"{said.get('first_year', '')}-{last or ''}"
    default("version", "1", "新方案从1开始")
    default("id", f"plan-{span}".rstrip("-"), "按年份取")
    default("name", f"方案（{span.replace('-', '—')}年）", "按年份取")
    default("period_types", [*_ALL_YEAR], "按季报送，另有年报")
    default("explanations.reasons", [list(pair) for pair in (*_REASONS, _OTHER)], "常用的原因")
    default("district.id", "district", "全区的编号")
    default("district.kind", "district", "全区的种类")
    default("district.name", "全区", "全区的名称")
    default("district.short_name", "全区", "全区的简称")
    default("district.initials", "qq", "全区的首字母")


def _kinds_and_units(draft: Draft) -> None:
    for entry in draft.entries.get("unit_kinds", []):
        label = str(entry.record.get("label", ""))
        draft.default("unit_kinds", entry, "label", str(entry.record.get("id")), "用编号作名称")
        territorial = not _LIKE_DEPARTMENTS.search(label)
        draft.default("unit_kinds", entry, "territorial", territorial, "按名称判断")
    kinds = {str(record.get("id")): str(record.get("label")) for record in draft.records("unit_kinds")}
    for entry in draft.entries.get("units", []):
        name = entry.record.get("name") or entry.record.get("short_name")
        if not isinstance(name, str):
            continue
        draft.default("units", entry, "name", name, "同简称")
        draft.default("units", entry, "short_name", name, "同名称")
        plain = "".join(c for c in str(entry.record.get("id")) if c.isascii() and c.isalnum())
        draft.default("units", entry, "initials", plain or "x", "用编号代替，可改成拼音首字母")
        kind = _kind_by_name(name, kinds)
        if kind:
            draft.default("units", entry, "kind", kind, "按名称判断")
        if entry.drafted and isinstance(draft.frame.record.get("district"), dict):
            draft.default(
                "units", entry, "reports_to", draft.frame.record["district"].get("id"), "直接汇入全区"
            )


def _kind_by_name(name: str, kinds: dict[str, str]) -> str:
    """The kind whose label ends the name (某某街道), else the departments."""
    fits = [id_ for id_, label in kinds.items() if name.endswith((label, label[-1:]))]
    departments = [id_ for id_, label in kinds.items() if _LIKE_DEPARTMENTS.search(label)]
    return next(iter(fits or departments), "")


def _consolidator(draft: Draft) -> None:
    """The unit that is named first most often."""
    units = {str(record.get("id")) for record in draft.records("units")}
    firsts = Counter(bodies[0] for _, bodies in draft.wordings if bodies and bodies[0] in units)
    firsts.update(bodies[0] for bodies in draft.responsible.values() if bodies and bodies[0] in units)
    if firsts:
        most = firsts.most_common(1)[0][0]
        draft.default("", draft.frame, "consolidator", most, "牵头最多的单位")


def _categories(draft: Draft) -> None:
    """The frame's categories are those that indicators and data elements name."""
    used = [record.get("category") for record in draft.records("indicators")]
    used += [record.get("category") for record in draft.records("elements")]
    found = list(dict.fromkeys(category for category in used if isinstance(category, str)))
    if found:
        draft.default("", draft.frame, "categories", found, "取指标的各个类别")


def _targets(draft: Draft) -> None:
    indicators = {record.get("id"): record for record in draft.records("indicators")}
    elements = {record.get("id"): record for record in draft.records("elements")}
    last = draft.frame.record.get("last_year")
    for entry in draft.entries.get("targets", []):
        record = entry.record
        judged: Json = indicators.get(_key(record.get("indicator")), {})
        unit = judged.get("unit") or _typed(elements.get(_key(record.get("element")), {}))
        name = record.get("name") or judged.get("name")
        if isinstance(name, str):
            draft.default("targets", entry, "name", name, "同指标名称")
        if isinstance(unit, str):
            draft.default("targets", entry, "unit", unit, "同所评价的对象")
        each_year = str(record.get("indicator")) in draft.each_year
        draft.default("targets", entry, "window", "each_year" if each_year else "at_date", "按计量单位判断")
        lower = judged.get("better") == "lower"
        draft.default("targets", entry, "operator", "at_most" if lower else "at_least", "按方向取")
        if isinstance(last, int):
            draft.default("targets", entry, "due", f"{last}-{_FULL_YEAR_END}", "方案最后一年年末")
        draft.default("targets", entry, "place.section", "未注明", "没有写出处")
        draft.default("targets", entry, "place.reference", "未注明", "没有写出处")


def _typed(element: Json) -> Any:
    unit = element.get("unit")
    return (unit.get("shown") or unit.get("typed")) if isinstance(unit, dict) else None


def _key(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _tasks(draft: Draft) -> None:
    tasks = {str(record.get("number")): record for record in draft.records("tasks")}
    consolidator = draft.frame.record.get("consolidator")
    for entry in draft.entries.get("items", []):
        if "bodies" in entry.record:
            continue
        task = tasks.get(str(entry.record.get("task")), {})
        bodies = task.get("bodies")
        if not isinstance(bodies, list) or not bodies:
            bodies = [consolidator] if isinstance(consolidator, str) else None
        if bodies is not None:
            draft.default("items", entry, "bodies", [*bodies], "原表空白，取该任务的责任单位")
            entry.record["inferred"] = True
    for entry in draft.entries.get("tasks", []):
        if entry.record.get("bodies") == [] and isinstance(consolidator, str):
            del entry.record["bodies"]
        if isinstance(consolidator, str):
            draft.default("tasks", entry, "bodies", [consolidator], "没有责任单位，取汇总单位")
        numbers = [record.get("number") for record in draft.records("actions")]
        if len(numbers) == 1:
            draft.default("tasks", entry, "action", numbers[0], "只有一个行动")


def _rules(draft: Draft) -> None:
    for entry in draft.entries.get("rules", []):
        if entry.record.get("left"):
            draft.default("rules", entry, "name", str(entry.record.get("id")), "用编号作名称")
            if entry.drafted:
                text = "左式为{left}，右式为{right}，相差{difference}"
                draft.default("rules", entry, "text", text, "写出两边和差额")
