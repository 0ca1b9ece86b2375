"""Commands about plans: show, check."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from desktop.cli.output import DONE, NEEDS_A_PERSON, Answer
from desktop.model.canonical import Json
from desktop.model.catalogue import message
from desktop.model.element import DataElement
from desktop.model.finding import Severity
from desktop.model.indicator import Indicator
from desktop.model.plan import Plan
from desktop.model.task import Item
from desktop.model.unit import Unit
from desktop.workspace import ProvedPlan, load_wording_file, named_plan, prove_named_plan

LABELS = {Severity.ERROR: "错误", Severity.WARNING: "待处理", Severity.NOTICE: "提示"}


def show(options: argparse.Namespace) -> Answer:
    """What a plan holds."""
    plan = named_plan(options.plan)
    wording = load_wording_file(options.wording, plan) if options.wording else {}
    data = {
        "id": plan.id,
        "name": plan.name,
        "version": plan.version,
        "digest": plan.digest,
        "indicators": [_indicator(indicator) for indicator in plan.indicators],
        "data_elements": [_element(element) for element in plan.elements],
        "targets": list(_statements(plan)),
        "tasks": [{"id": str(t.number), "name": t.title, "bodies": list(t.bodies)} for t in plan.tasks],
        "items": [_item(plan, item, wording) for item in plan.items],
        "units": [_unit(unit) for unit in plan.units],
    }
    return Answer(tuple(_show_lines(plan, wording)), data)


def check(options: argparse.Namespace) -> Answer:
    """What is wrong with a plan, and where it contradicts itself."""
    found = prove_named_plan(options.plan)
    plan = found.plan
    counts = _counts(plan) if plan else {}
    lines = [f"{name} {number}" for name, number in counts.items()]
    lines += _proved(found)
    lines += [f"[{LABELS[f.severity]}] {f.code} {f.address}：{message(f)}" for f in found.findings]
    data = {
        "counts": counts,
        "findings": [
            {"code": f.code, "severity": f.severity.value, "where": f.address, "message": message(f)}
            | ({"subject": f.params["subject"]} if "subject" in f.params else {})
            | ({"statements": f.params["statements"].split("、")} if "statements" in f.params else {})
            for f in found.findings
        ],
        "rules": [proof.json for proof in found.proofs],
    }
    if any(f.severity is Severity.ERROR for f in found.findings):
        return Answer(tuple(lines), data, 2)
    return Answer(tuple(lines), data, NEEDS_A_PERSON if found.findings else DONE)


def _proved(found: ProvedPlan) -> list[str]:
    """How many rules are alive, the plan's own and the generated ones."""
    if not found.proofs:
        return []
    own = [proof for proof in found.proofs if proof.own]
    counted = [("审核公式", own), ("规则族生成的规则", [proof for proof in found.proofs if not proof.own])]
    return [
        f"{name} {len(some)} 条，其中 {sum(proof.proved for proof in some)} 条各找到一例通过、一例不通过"
        for name, some in counted
    ]


def _indicator(indicator: Indicator) -> Json:
    return {
        "id": indicator.id,
        "name": indicator.name,
        "unit": indicator.unit,
        "category": indicator.category,
        "national": indicator.national,
        "baseline": _text(indicator.baseline),
        "target": _text(indicator.target),
        "ratio": indicator.is_ratio,
    }


def _element(element: DataElement) -> Json:
    return {
        "id": element.id,
        "name": element.name,
        "unit": element.unit.typed,
        "kind": element.kind.value,
        "nature": element.nature.value,
        "due": list(element.due),
    }


def _item(plan: Plan, item: Item, wording: Mapping[int, str]) -> Json:
    return {
        "id": str(item.number),
        "name": item.title,
        "task": item.task,
        "bodies": list(item.bodies),
        "lead": plan.lead(item),
        "targets": list(item.targets),
        "wording": wording.get(item.number, ""),
    }


def _unit(unit: Unit) -> Json:
    return {
        "id": unit.id,
        "name": unit.name,
        "short_name": unit.short_name,
        "kind": unit.kind,
        "reports_to": unit.reports_to,
    }


def _statements(plan: Plan) -> list[dict[str, object]]:
    """Every quantified statement: targets, and the quotations that say them again."""
    rows: list[dict[str, object]] = []
    for target in plan.targets:
        common = {
            "name": target.name,
            "operator": target.operator.value,
            "window": target.window.value,
            "value": _text(target.value),
            "unit": target.unit,
            "due": target.due.isoformat(),
        }
        place = f"{target.place.section} {target.place.reference}"
        rows.append({"id": target.id, **common, "place": place, "quotes": None})
        rows.extend(
            {"id": q.id, **common, "place": f"{q.place.section} {q.place.reference}", "quotes": target.id}
            for q in target.quotations
        )
    return rows


def _counts(plan: Plan) -> dict[str, int]:
    return {
        "指标": len(plan.indicators),
        "数据项": len(plan.elements),
        "目标": len(plan.targets),
        "引述": sum(len(target.quotations) for target in plan.targets),
        "任务": len(plan.tasks),
        "任务分解": len(plan.items),
        "单位": len(plan.units),
        "自相矛盾": len(plan.contradictions),
    }


def _show_lines(plan: Plan, wording: Mapping[int, str]) -> list[str]:
    lines = [
        f"{plan.name}（{plan.id}，版本 {plan.version}）",
        "，".join(f"{k} {n}" for k, n in _counts(plan).items()),
    ]
    lines += [
        f"指标 {i.number} {i.name}（{i.unit}）：{_text(i.baseline)} → {_text(i.target)}"
        for i in plan.indicators
    ]
    lines += [f"目标 {row['id']} {row['name']}：{row['place']}" for row in _statements(plan)]
    lines += [f"任务 {task.number} {task.title}" for task in plan.tasks]
    for item in plan.items:
        lines.append(f"分工 {item.number} {item.title}")
        if item.number in wording:
            lines.append(f"    原文：{wording[item.number]}")
    lines += [f"单位 {unit.id} {unit.name}（{plan.kind_label(unit.kind)}）" for unit in plan.units]
    return lines


def _text(value: object) -> str:
    return "" if value is None else str(value)
