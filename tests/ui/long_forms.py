"""A form far longer than any plan has: what scrolling and typing must still be quick in."""

from __future__ import annotations

import dataclasses

from desktop.model.element import Mode
from desktop.model.plan import Plan
from desktop.workspace import named_plan


def long_plan(rows: int) -> Plan:
    """The bundled plan with as many figures to type for 经开区 as asked for, in four sections."""
    plan = named_plan("binhai-ip-2022-2024")
    first = plan.element("training_visits")
    added = tuple(
        dataclasses.replace(
            first,
            id=f"long_{number:03}",
            name=f"演示指标{number:03}",
            category=plan.categories[number % 4],
            mode={"jingkai": Mode.ENTERED},
        )
        for number in range(rows)
    )
    fields = {field.name: getattr(plan, field.name) for field in dataclasses.fields(Plan)}
    return Plan(**{**fields, "id": "long-plan", "elements": (*plan.elements, *added), "digest": ""})
