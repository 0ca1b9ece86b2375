"""Sheet 任务进展: what units say of the plan's items, the leading unit first."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.consolidation import Consolidated
from desktop.model.submission import ItemReport
from desktop.report.page import Column, Page, freeze_below_head
from desktop.report.words import ITEM_STATES

NAME = "任务进展"
COLUMNS = (
    Column("任务", 6, "centre"),
    Column("事项", 6, "centre"),
    Column("事项名称", 34, "text"),
    Column("责任单位", 30, "small"),
    Column("填报单位", 16, "text"),
    Column("牵头/配合", 8, "centre"),
    Column("状态", 12, "centre"),
    Column("进度（%）", 8, "centre"),
    Column("完成日期", 12, "centre"),
    Column("进展情况", 60, "text"),
    Column("佐证材料", 24, "small"),
)

_Said = tuple[str | None, ItemReport | None]
"""A unit and what it says; None where nobody leads, or where nothing was said."""


def write_items(page: Page, consolidated: Consolidated) -> None:
    """One row for each unit that said something; an item of which nobody did has a row that says so."""
    page.head()
    freeze_below_head(page, 3)
    plan, reports = consolidated.plan, _reports(consolidated)
    for item in plan.items:
        lead = plan.lead(item)
        said = sorted(reports.get(item.number, ()), key=lambda entry: entry[0] != lead)
        if not said or said[0][0] != lead:
            said.insert(0, (lead, None))
        bodies = "、".join(plan.body_name(body) for body in item.bodies) + (
            "（推断）" if item.inferred else ""
        )
        for unit, report in said:
            page.put(0, item.task)
            page.put(1, item.number)
            page.put(2, item.title)
            page.put(3, bodies)
            page.put(4, plan.unit(unit).short_name if unit is not None else "牵头单位待定")
            page.put(5, "牵头" if unit == lead else "配合")
            _report(page, report)
            page.next()


def _reports(consolidated: Consolidated) -> Mapping[int, list[_Said]]:
    """What units said, by the item's number; the units in the plan's order."""
    found: dict[int, list[_Said]] = {}
    for unit in consolidated.plan.units:
        section = consolidated.figures.get(unit.id)
        for number, report in section.items.items() if section is not None else ():
            if not report.blank:
                found.setdefault(number, []).append((unit.id, report))
    return found


def _report(page: Page, report: ItemReport | None) -> None:
    if report is None:
        page.put(6, "未报", "fair")
        for column in range(7, len(COLUMNS)):
            page.put(column, None)
        return
    page.put(6, ITEM_STATES[report.status])
    page.put(7, report.percent)
    page.put(8, report.finished.isoformat() if report.finished else None)
    page.put(9, report.narrative)
    page.put(10, "\n".join(evidence.name for evidence in report.evidence))
