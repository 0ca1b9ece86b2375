"""What one version of a plan changes against another, in the words of people."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from desktop.model.decimals import canonical
from desktop.model.mapping import Mapped, MappingRow
from desktop.model.plan import Plan

MERGED, SPLIT, RENAMED, ADDED, REMOVED, CHANGED = "合并", "拆分", "更名", "新增", "取消", "改动"

_LABELS = {
    "name": "名称",
    "short_name": "简称",
    "unit": "计量单位",
    "definition": "口径",
    "due": "报送期",
    "mode": "填报方式",
    "decimals": "小数位数",
    "nature": "时期或时点",
    "kind": "类型",
    "category": "类别",
    "numerator": "分子",
    "denominator": "分母",
    "factor": "换算系数",
    "main_source": "主报来源",
    "check_sources": "校核来源",
    "baseline": "基期值",
    "target": "目标值",
    "value": "目标值",
    "value_max": "目标上限",
    "operator": "比较方式",
    "window": "考核时段",
    "path": "进度路径",
    "binding": "约束性",
    "reports_to": "上级单位",
    "valid_from": "启用日期",
    "valid_to": "停用日期",
    "successor": "接续",
    "successors": "接续单位",
    "minimum": "合理下限",
    "maximum": "合理上限",
    "subset_of": "其中关系",
    "left": "左边",
    "right": "右边",
    "text": "提示文字",
    "severity": "级别",
    "applies_to": "适用单位",
    "enabled": "是否启用",
    "tolerance": "容差",
    "title": "标题",
    "bodies": "责任单位",
    "lead": "牵头单位",
    "columns": "名单各列",
    "parameters": "参数",
    "except_for": "例外",
}
_UNTOLD = ("id", "number", "initials", "note", "inferred", "confidence", "place", "quotations")
"""Fields whose change nobody who fills in forms needs to read about."""


Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One change: `what` is the kind of thing, `name` its name, `kind` the kind of change, `detail` how."""

    what: str
    name: str
    kind: str
    detail: str = ""

    @property
    def sentence(self) -> str:
        """The change in one line."""
        return f"{self.what}“{self.name}”{self.kind}" + (f"：{self.detail}" if self.detail else "") + "。"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A collection of the plan and how its members are named; `mapped` is its kind in the mapping."""

    label: str
    members: Callable[[Plan], Sequence[Any]]
    key: Callable[[Any], str]
    name: Callable[[Any], str]
    mapped: Mapped | None = None


_KINDS = (
    _Kind("指标", lambda p: p.indicators, lambda m: m.id, lambda m: m.name),
    _Kind("数据项", lambda p: p.elements, lambda m: m.id, lambda m: m.name, Mapped.ELEMENT),
    _Kind("单位", lambda p: p.units, lambda m: m.id, lambda m: m.name, Mapped.UNIT),
    _Kind("目标", lambda p: p.targets, lambda m: m.id, lambda m: m.name),
    _Kind("任务分解", lambda p: p.items, lambda m: str(m.number), lambda m: m.title, Mapped.ITEM),
    _Kind("审核公式", lambda p: p.rules, lambda m: m.id, lambda m: m.name),
    _Kind("审核类别", lambda p: p.families, lambda m: m.family.value, lambda m: m.family.value),
)


def compare_plans(old: Plan, new: Plan) -> tuple[PlanChange, ...]:
    """What `new` changes: merged, split, renamed, added, removed, changed; by kind and in plan order."""
    return tuple(change for kind in _KINDS for change in _changes(kind, old, new))


def _changes(kind: _Kind, old: Plan, new: Plan) -> Iterator[PlanChange]:
    before = {kind.key(member): member for member in kind.members(old)}
    after = {kind.key(member): member for member in kind.members(new)}
    sources = _sources(kind, old, new, before, after)
    mapped = {id_ for ids in sources.values() for id_ in ids}
    for id_, member in after.items():
        came = sources.get(id_, ())
        if came:
            yield from _mapped_change(kind, [before[one] for one in came], member, _names(old, new))
        elif id_ in before:
            yield from _same_id(kind, before[id_], member, _names(old, new))
        else:
            yield PlanChange(kind.label, kind.name(member), ADDED)
    for id_, member in before.items():
        if id_ not in after and id_ not in mapped:
            yield _gone(kind, old, new, member, after)


def _sources(
    kind: _Kind, old: Plan, new: Plan, before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, tuple[str, ...]]:
    """New id → the old ids that became it, where the mapping says so and they aren't simply itself."""
    found: dict[str, list[str]] = {}
    for row in _rows(kind, old, new):
        if len(row.new) == 1 and row.old in before and row.new[0] in after:
            found.setdefault(row.new[0], []).append(row.old)
    for id_, came in found.items():
        if id_ in before and id_ not in came:
            came.insert(0, id_)
    return {id_: tuple(came) for id_, came in found.items() if came != [id_]}


def _rows(kind: _Kind, old: Plan, new: Plan) -> Iterable[MappingRow]:
    from_plan = "" if old.id == new.id else old.id
    return (
        row
        for row in new.mapping
        if row.what is kind.mapped
        and row.from_version == old.version
        and row.from_plan in (from_plan, old.id)
    )


def _names(old: Plan, new: Plan) -> Names:
    """Id → name of elements and units, so that people read names."""
    elements = {element.id: element.name for plan in (old, new) for element in plan.elements}
    return {unit.id: unit.short_name for plan in (old, new) for unit in plan.units} | elements


def _mapped_change(kind: _Kind, came: Sequence[Any], member: Any, known: Names) -> Iterator[PlanChange]:
    names = [kind.name(one) for one in came]
    if len(came) > 1:
        yield PlanChange(kind.label, kind.name(member), MERGED, f"由{'、'.join(names)}合并而成")
        return
    detail = _fields(came[0], member, leave=("name", "short_name", "title"), known=known)
    if names[0] != kind.name(member):
        said = f"原为“{names[0]}”" + (f"；{detail}" if detail else "")
        yield PlanChange(kind.label, kind.name(member), RENAMED, said)
    else:
        said = f"代码由 {kind.key(came[0])} 改为 {kind.key(member)}" + (f"；{detail}" if detail else "")
        yield PlanChange(kind.label, kind.name(member), CHANGED, said)


def _same_id(kind: _Kind, was: Any, now: Any, known: Names) -> Iterator[PlanChange]:
    if was == now:
        return
    detail = _fields(was, now, leave=("name", "short_name", "title"), known=known)
    if kind.name(was) != kind.name(now):
        said = f"原为“{kind.name(was)}”" + (f"；{detail}" if detail else "")
        yield PlanChange(kind.label, kind.name(now), RENAMED, said)
    elif detail:
        yield PlanChange(kind.label, kind.name(now), CHANGED, detail)


def _gone(kind: _Kind, old: Plan, new: Plan, member: Any, after: Mapping[str, Any]) -> PlanChange:
    rows = [row for row in _rows(kind, old, new) if row.old == kind.key(member)]
    parts = [kind.name(after[id_]) for row in rows for id_ in row.new if id_ in after]
    if parts:
        return PlanChange(kind.label, kind.name(member), SPLIT, f"拆分为{'、'.join(parts)}")
    reason = next((row.reason for row in rows if row.reason), "")
    return PlanChange(kind.label, kind.name(member), REMOVED, reason)


def _fields(was: Any, now: Any, *, leave: Sequence[str], known: Names) -> str:
    """The fields that differ, with both values where they are short."""
    said = []
    for field in dataclasses.fields(was):
        old, new = getattr(was, field.name), getattr(now, field.name)
        if old == new or field.name in leave or field.name in _UNTOLD:
            continue
        label = _LABELS.get(field.name, field.name)
        texts = (_text(old, known), _text(new, known))
        short = all(len(text) <= _SHORT for text in texts)
        said.append(f"{label}由“{texts[0]}”改为“{texts[1]}”" if short else f"{label}有改动")
    return "；".join(said)


_SHORT = 24
_UNTELLABLE = "…" * (_SHORT + 1)
"""Stands for what isn't told value by value: longer than what is."""


def _text(value: Any, known: Names) -> str:
    match value:
        case None | "" | ():
            return "无"
        case bool():
            return "是" if value else "否"
        case Decimal():
            return canonical(value)
        case str() | int() | datetime.date():
            return known.get(str(value), str(value))
        case tuple() if all(isinstance(part, str | int) for part in value):
            return "、".join(known.get(str(part), str(part)) for part in value)
        case _ if dataclasses.is_dataclass(value) and hasattr(value, "typed"):
            return str(value.typed)
        case _:
            return _UNTELLABLE
