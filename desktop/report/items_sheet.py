"""Sheet 任务进展: what units say of the plan's items, the leading unit first."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.consolidation import Consolidated
from desktop.model.submission import ItemReport
from desktop.model.task import Item
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


def write_items(page: Page, consolidated: Consolidated) -> None:
    """One row for each unit that said something; an item of which nobody did has a row that says so."""
    page.head()
    freeze_below_head(page, 3)
    plan = consolidated.plan
    for item in plan.items:
        lead = plan.lead(item)
        said = list(_said(consolidated, item, lead))
        if not said or said[0][0] != lead:
            _row(page, consolidated, item, lead, None)
        for unit, report in said:
            _row(page, consolidated, item, unit, report)


def _said(consolidated: Consolidated, item: Item, lead: str | None) -> Iterator[tuple[str, ItemReport]]:
    for unit in sorted(consolidated.plan.units, key=lambda unit: unit.id != lead):
        section = consolidated.figures.get(unit.id)
        report = section.items.get(item.number) if section is not None else None
        if report is not None and not report.blank:
            yield unit.id, report


def _row(
    page: Page, consolidated: Consolidated, item: Item, unit: str | None, report: ItemReport | None
) -> None:
    plan = consolidated.plan
    leads = unit is not None and unit == plan.lead(item)
    page.put(0, item.task)
    page.put(1, item.number)
    page.put(2, item.title)
    page.put(
        3, "、".join(plan.body_name(body) for body in item.bodies) + ("（推断）" if item.inferred else "")
    )
    page.put(4, plan.unit(unit).short_name if unit is not None else "牵头单位待定")
    page.put(5, "牵头" if leads or unit is None else "配合")
    if report is None:
        page.put(6, "未报", "fair")
        for column in range(7, len(COLUMNS)):
            page.put(column, None)
    else:
        page.put(6, ITEM_STATES[report.status])
        page.put(7, report.percent)
        page.put(8, report.finished.isoformat() if report.finished else None)
        page.put(9, report.narrative)
        page.put(10, "\n".join(evidence.name for evidence in report.evidence))
    page.next()
