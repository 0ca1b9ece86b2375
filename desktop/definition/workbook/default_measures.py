"""Defaults of indicators and data elements: what their names, units and figures let one guess."""

from __future__ import annotations

import re
from typing import Any

from desktop.definition.workbook.draft import Draft, Entry
from desktop.definition.workbook.guessing import ElementGuess, Guess, guess_indicator, lower_is_better
from desktop.definition.workbook.pasted_tables import squeeze
from desktop.model.canonical import Json
from desktop.model.finding import Severity
from desktop.model.period import Period, PeriodType

_BY_NAME = "按名称和计量单位判断"
_CORE = re.compile(r"[（(][^（()）]*[）)]|(数量|总量|量|金额|率)$")
_SHORTEST_CORE = 4


def fill_indicators(draft: Draft) -> None:
    """Fill the indicators, adding the data elements that they lack."""
    for entry in list(draft.entries.get("indicators", [])):
        if isinstance(entry.record.get("name"), str):
            _indicator(draft, entry)


def _indicator(draft: Draft, entry: Entry) -> None:
    record = entry.record
    unit = record.get("unit")
    figures = [text for key in ("baseline", "target") if isinstance(text := record.get(key), str)]
    guess = guess_indicator(record["name"], unit if isinstance(unit, str) else "", figures)

    def default(key: str, value: Any, why: str = _BY_NAME) -> None:
        draft.default("indicators", entry, key, value, why)

    if isinstance(unit, str) and unit.endswith("/年"):
        draft.each_year.add(str(record.get("id")))
    if entry.drafted and unit and guess.unit != unit:
        record["unit"] = guess.unit
        draft.say("plan.default.unit_in_name", Severity.NOTICE, entry.home, value=guess.unit)
    default("unit", guess.unit)
    default("short_name", record["name"], "同名称")
    default("category", _first_category(draft), "没有类别")
    default("national", False, "没有注明国家指标")
    default("measure", guess.measure)
    default("decimals", guess.decimals, "按基期值和目标值的小数位数")
    lower = lower_is_better(record["name"], _figure(record, "baseline"), _figure(record, "target"))
    default("better", "lower" if lower else "higher", "按基期值、目标值和名称判断")
    if "numerator" not in record:
        _compute(draft, entry, guess)
    department = _department(draft, entry)
    units = record.get("main_source", {}) if isinstance(record.get("main_source"), dict) else {}
    by_units = units.get("kind") == "units" or (units.get("kind") is None and not department)
    default("main_source.kind", "units" if by_units else "departments", "按责任单位判断")
    label = "各单位合计" if by_units else _short_name(draft, department)
    default("main_source.label", label or "未注明", "按责任单位判断")


def _compute(draft: Draft, entry: Entry, guess: Guess) -> None:
    """Numerator, denominator and factor, with new data elements where no element bears the name."""
    record = entry.record
    record["numerator"] = [_element(draft, entry, guess.numerator, numerator=True)]
    made = [guess.numerator.name]
    if guess.denominator is not None:
        record["denominator"] = [_element(draft, entry, guess.denominator, numerator=False)]
        made.append(guess.denominator.name)
        record |= {"over_flow": True} if guess.numerator.nature == "flow" else {}
    if guess.factor != "1":
        record.setdefault("factor", guess.factor)
    cell = entry.cells.get(("numerator",), entry.home)
    draft.say("plan.default.element", Severity.NOTICE, cell, name=record["name"], value="、".join(made))
    if not guess.certain:
        draft.say("plan.default.incomplete", Severity.WARNING, cell, name=record["name"])


def _element(draft: Draft, entry: Entry, guess: ElementGuess, *, numerator: bool) -> str:
    """The id of the data element of that name; a new one where there is none."""
    for record in draft.records("elements"):
        if record.get("name") == guess.name and isinstance(record.get("id"), str):
            return str(record["id"])
    unit: Json = {"typed": guess.unit or "个"}
    if guess.shown:
        unit |= {"shown": guess.shown, "show_factor": guess.show_factor}
    number = len(draft.records("elements")) + 1
    record = {
        "id": draft.free_id("elements", "e", number),
        "name": guess.name,
        "unit": unit,
        "nature": guess.nature,
        "decimals": guess.decimals,
    }
    if isinstance(entry.record.get("category"), str):
        record["category"] = entry.record["category"]
    made = draft.add("elements", Entry(record, entry.home, drafted=True))
    draft.default("elements", made, "mode", _mode(draft, entry, split=numerator), "按责任单位判断")
    return str(record["id"])


def fill_elements(draft: Draft) -> None:
    """Fill the data elements: on their sheet or just made."""
    due = _slots(draft)
    consolidator = draft.frame.record.get("consolidator")
    for entry in draft.entries.get("elements", []):
        name = entry.record.get("name")
        if not isinstance(name, str):
            continue
        guess = guess_indicator(name, "", ()).numerator
        _name_list_columns(draft, entry)
        for key, value, why in (
            ("category", _first_category(draft), "没有类别"),
            ("unit.typed", guess.unit or "个", "没有计量单位"),
            ("nature", guess.nature, _BY_NAME),
            ("decimals", 0, "按整数"),
            ("definition", name, "没有口径，先用名称"),
        ):
            draft.default("elements", entry, key, value, why)
        if isinstance(consolidator, str):
            draft.default("elements", entry, "mode", [[consolidator, "entered"]], "由汇总单位填报")
        if due:
            draft.default("elements", entry, "due", due, "方案的每个报告期都报")


def _name_list_columns(draft: Draft, entry: Entry) -> None:
    """Ids for a list's columns that came without one: c1, c2 …"""
    columns = entry.record.get("columns")
    lines = [line for line in columns if isinstance(line, dict)] if isinstance(columns, list) else []
    taken = {line.get("id") for line in lines}
    for number, line in enumerate(lines, 1):
        if "id" not in line:
            free = next(f"c{n}" for n in range(number, 10**6) if f"c{n}" not in taken)
            taken.add(free)
            line["id"] = free
            cell = entry.cells.get(("columns",), entry.home)
            draft.say("plan.default.line_id", Severity.NOTICE, cell, value=free)


def _slots(draft: Draft) -> list[str]:
    types = draft.frame.record.get("period_types")
    slots = []
    for type_ in types if isinstance(types, list) else ():
        if type_ in list(PeriodType):
            first = Period(PeriodType(type_), 2000)
            slots += [Period(first.type, 2000, number).slot for number in range(1, first.per_year + 1)]
    return slots


def _mode(draft: Draft, entry: Entry, *, split: bool) -> list[list[str]]:
    """Who brings an element: the leading department types it, kinds of units named beside it confirm it."""
    department = _department(draft, entry)
    kinds = _kinds(draft, _bodies(draft, entry)) if split else []
    others = [[kind, "issued" if department else "entered"] for kind in kinds]
    return [*([[department, "entered"]] if department else []), *others]


def _department(draft: Draft, entry: Entry) -> str:
    """The first department among the indicator's bodies; the consolidator where nobody is named."""
    territorial = {str(r.get("id")) for r in draft.records("unit_kinds") if r.get("territorial") is True}
    kinds = {str(record.get("id")): str(record.get("kind")) for record in draft.records("units")}
    bodies = _bodies(draft, entry)
    found = [body for body in bodies if body in kinds and kinds[body] not in territorial]
    if found or (bodies and _kinds(draft, bodies)):
        return found[0] if found else ""
    consolidator = draft.frame.record.get("consolidator")
    return consolidator if isinstance(consolidator, str) else ""


def _kinds(draft: Draft, bodies: tuple[str, ...]) -> list[str]:
    """Kinds of units for which the groups among the bodies stand."""
    groups = {str(record.get("id")): record.get("kinds") for record in draft.records("groups")}
    named = [groups[body] for body in bodies if isinstance(groups.get(body), list)]
    return list(dict.fromkeys(str(kind) for kinds in named if isinstance(kinds, list) for kind in kinds))


def _bodies(draft: Draft, entry: Entry) -> tuple[str, ...]:
    """Bodies said in the indicators' table, else those of the item that names the indicator."""
    said = draft.responsible.get(str(entry.record.get("id")), ())
    core = squeeze(_CORE.sub("", str(entry.record.get("name"))))
    if said or len(core) < _SHORTEST_CORE:
        return said
    return next((bodies for text, bodies in draft.wordings if core in text and bodies), ())


def _first_category(draft: Draft) -> str:
    said = draft.frame.record.get("categories")
    first = next(iter(said), None) if isinstance(said, list) else None
    return first if isinstance(first, str) else "综合"


def _short_name(draft: Draft, unit: str) -> str:
    names = [r.get("short_name") for r in draft.records("units") if r.get("id") == unit]
    return next((name for name in names if isinstance(name, str)), "")


def _figure(record: Json, key: str) -> str | None:
    value = record.get(key)
    return value if isinstance(value, str) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value) else None
