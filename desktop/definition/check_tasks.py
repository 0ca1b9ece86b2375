"""Checks of groups, actions, tasks and items: who answers for what, and what the plan leaves open."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.definition.places import entry_of, plan_error, plan_finding
from desktop.definition.references import misshapen, repeated, unknown, unknown_ones
from desktop.model.finding import Finding, Severity
from desktop.model.plan import Plan
from desktop.model.task import Item
from desktop.model.unit import Group


def check_groups(plan: Plan) -> Iterator[Finding]:
    """Findings on the collectives; those that nobody defined name the tasks and items they stand in."""
    units = [unit.id for unit in plan.units]
    yield from repeated("groups", [*(group.id for group in plan.groups), *units])
    yield from misshapen("groups", [group.id for group in plan.groups])
    for group in plan.groups:
        at = entry_of("groups", group.id)
        yield from unknown_ones("kind", group.kinds, [kind.id for kind in plan.unit_kinds], at.at("kinds"))
        yield from unknown_ones("unit", group.members, units, at.at("members"))
        if group.lead is not None:
            yield from unknown("unit", group.lead, units, at.at("lead"))
        if not group.defined:
            yield _undefined(plan, group)


def _undefined(plan: Plan, group: Group) -> Finding:
    named = [f"任务{task.number}" for task in plan.tasks if group.id in task.bodies]
    named += [f"附件{item.number}" for item in plan.items if group.id in item.bodies]
    return plan_finding(
        "plan.group_undefined",
        Severity.WARNING,
        entry_of("groups", group.id, "members"),
        name=group.name,
        items="涉及" + "、".join(named) if named else "没有任务提到它",
    )


def check_tasks(plan: Plan) -> Iterator[Finding]:
    """Findings on actions, tasks and items."""
    bodies = [*(unit.id for unit in plan.units), *(group.id for group in plan.groups)]
    yield from repeated("actions", [action.number for action in plan.actions])
    yield from repeated("tasks", [task.number for task in plan.tasks])
    yield from repeated("items", [item.number for item in plan.items])
    actions = [action.number for action in plan.actions]
    for task in plan.tasks:
        yield from unknown("action", task.action, actions, entry_of("tasks", task.number, "action"))
        yield from unknown_ones("body", task.bodies, bodies, entry_of("tasks", task.number, "bodies"))
    for item in plan.items:
        yield from _item(plan, item, bodies)


def _item(plan: Plan, item: Item, bodies: list[str]) -> Iterator[Finding]:
    at = entry_of("items", item.number)
    yield from unknown("task", item.task, [task.number for task in plan.tasks], at.at("task"))
    yield from unknown_ones("target", item.targets, [t.id for t in plan.targets], at.at("targets"))
    missing = list(unknown_ones("body", item.bodies, bodies, at.at("bodies")))
    if item.lead is not None:
        missing += unknown("unit", item.lead, [unit.id for unit in plan.units], at.at("lead"))
    yield from missing
    if not item.title.strip():
        yield plan_error("plan.missing_key", at.at("title"))
    if item.inferred:
        names = "、".join(plan.body_name(body) for body in item.bodies if body in bodies)
        yield plan_finding(
            "plan.item_inferred", Severity.NOTICE, at.at("bodies"), item=str(item.number), names=names
        )
    if not missing and plan.lead(item) is None:
        named = "、".join(plan.body_name(body) for body in item.bodies) or "空白"
        yield plan_finding(
            "plan.item_without_lead", Severity.WARNING, at.at("lead"), item=str(item.number), names=named
        )
