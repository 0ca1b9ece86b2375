"""Sheet 报送情况: every unit with its state; who is missing is named."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.consolidation import BoardState, Consolidated, UnitState, deadline
from desktop.model.catalogue import message
from desktop.model.form import form_for
from desktop.report.page import Column, Page, freeze_below_head

NAME = "报送情况"
COLUMNS = (
    Column("序号", 6, "centre"),
    Column("单位", 18, "text"),
    Column("类别", 9, "centre"),
    Column("状态", 11, "centre"),
    Column("计入版次", 8, "centre"),
    Column("最新版次", 8, "centre"),
    Column("收到时间", 17, "centre"),
    Column("截止日期", 12, "centre"),
    Column("按时", 8, "centre"),
    Column("应报项", 8, "centre"),
    Column("已报项", 8, "centre"),
    Column("来源文件", 40, "small"),
    Column("说明", 44, "small"),
)
_STYLES = {
    BoardState.ACCEPTED: "good",
    BoardState.RECEIVED: "fair",
    BoardState.QUESTIONED: "fair",
    BoardState.RETURNED: "fair",
    BoardState.CONFLICT: "bad",
    BoardState.OVERDUE: "bad",
    BoardState.MISSING: "bad",
}
_ON_TIME = {True: "按时", False: "迟报", None: ""}


@dataclass(frozen=True, slots=True)
class Days:
    """Last days by unit that aren't the plan's, and the units whose day was put off."""

    said: Mapping[str, datetime.date] = field(default_factory=dict)
    extended: frozenset[str] = frozenset()


def write_states(
    page: Page, consolidated: Consolidated, states: Sequence[UnitState], days: Days | None = None
) -> None:
    """Fill the sheet."""
    plan = consolidated.plan
    due = [state for state in states if state.state is not BoardState.NOT_DUE]
    counted = [state for state in due if state.accepted is not None]
    names = "、".join(
        plan.unit(s.unit).short_name for s in due if s.state in (BoardState.MISSING, BoardState.OVERDUE)
    )
    page.head()
    freeze_below_head(page, 2)
    for number, state in enumerate(states, 1):
        _row(page, consolidated, (number, state), days or Days())
    page.across(
        f"应报{len(due)}个，已计入{len(counted)}个。缺报：{names or '无'}。缺报单位不作推算。", "note"
    )


def write_refused(page: Page, refused: Sequence[tuple[str, str]]) -> None:
    """Below it: files that were not taken in, each with the reason."""
    if not refused:
        return
    page.next()
    page.across("未接收的文件", "block", 22)
    for name, reason in refused:
        page.across(f"{name}：{reason}", "text")


def _row(page: Page, consolidated: Consolidated, entry: tuple[int, UnitState], days: Days) -> None:
    number, state = entry
    plan, period = consolidated.plan, consolidated.period
    unit = plan.unit(state.unit)
    last = days.said.get(unit.id, deadline(plan, unit, period))
    section = consolidated.figures.get(unit.id)
    due = [row.element.id for row in form_for(plan, unit, period).due_rows]
    missing = state.state in (BoardState.MISSING, BoardState.OVERDUE)
    remarks = [message(finding) for finding in state.findings]
    if state.kind_label:
        remarks.insert(0, state.kind_label)
    if unit.id in days.extended:
        remarks.insert(0, f"已延期至{last}")
    if state.via is not None:
        remarks.insert(0, f"由{plan.unit(state.via).short_name}一并报送")
    page.put(0, number)
    page.put(1, unit.short_name)
    page.put(2, plan.kind_label(unit.kind))
    page.put(3, state.label + ("（缺报）" if missing else ""), _STYLES.get(state.state, "centre"))
    page.put(4, state.accepted_revision)
    page.put(5, state.revision)
    page.put(6, state.received_at)
    page.put(7, last.isoformat() if last else None)
    page.put(8, _ON_TIME[state.on_time])
    page.put(9, len(due))
    page.put(10, sum(1 for element in due if section is not None and section.figure(element).reported))
    page.put(11, state.file)
    page.put(12, "\n".join(remarks))
    page.next()
