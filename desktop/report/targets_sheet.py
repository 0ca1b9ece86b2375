"""Sheet 目标判定: targets beyond the plan's table, those of single units, contradictions side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.consolidation import Consolidated, JudgedTarget, TotalCoverage
from desktop.consolidation.aggregation import NO_COVERAGE
from desktop.model.decimals import EXACT, display, places
from desktop.model.plan import Plan
from desktop.model.target import Place, Target
from desktop.model.verdict import Verdict
from desktop.progress import (
    Allocation,
    Subject,
    allocations,
    of_district,
    shows_shares,
    subject_of,
    verdict_decimals,
)
from desktop.report.formulas import Computed, Formulas
from desktop.report.page import Column, Page, column_letter, freeze_below_head, number_format
from desktop.report.summary_sheet import NAME as SUMMARY
from desktop.report.summary_sheet import (
    PACE,
    VALUE,
    basis_text,
    binding_mark,
    pace_title,
    put_computed,
    verdict_cells,
)
from desktop.report.words import (
    WINDOWS,
    absence,
    coverage_text,
    missing_text,
    reason_text,
    target_text,
)

CURRENT = 13
_NUMERALS = "一二三"

NAME = "目标判定"
COLUMNS = (
    Column("编号", 8, "centre"),
    Column("目标", 32, "text"),
    Column("计量单位", 9, "centre"),
    Column("基期", 11, "number"),
    Column("判定数", 13, "total"),
    Column("目标要求", 15, "centre"),
    Column("完成情况", 12, "centre"),
    Column("完成率（%）", 9, "number"),
    Column("目标进度（%）", 9, "number"),
    Column("应达（按进度）", 11, "number"),
    Column("距目标差距", 11, "number"),
    Column("每期还需", 10, "number"),
    Column("年度或时限", 12, "centre"),
    Column("本期数", 13, "number"),
    Column("口径", 24, "small"),
    Column("覆盖（已报/应报）", 9, "centre"),
    Column("缺报单位", 20, "small"),
    Column("方案出处", 20, "small"),
    Column("考核窗口", 11, "centre"),
    Column("时限", 7, "centre"),
    Column("判定依据", 24, "small"),
    Column("备注", 40, "small"),
)


def write_targets(
    page: Page, consolidated: Consolidated, formulas: Formulas, rows: Mapping[str, int]
) -> None:
    """Fill the sheet; `rows` are those of the indicators on sheet 汇总."""
    titles = [column.title for column in COLUMNS]
    titles[PACE] = pace_title(consolidated)
    page.head(titles, height=34)
    freeze_below_head(page, 2)
    table = _Table(page, consolidated, formulas, rows)
    written = 0
    for part in (_other_targets, _unit_targets, _contradictions):
        written += part(table, _NUMERALS[written])


@dataclass(frozen=True, slots=True)
class _Table:
    page: Page
    consolidated: Consolidated
    formulas: Formulas
    rows: Mapping[str, int]

    def rows_of(self, entry: JudgedTarget) -> None:
        """A target, with a row for each year that it judges."""
        for verdict in entry.verdicts:
            self.row(entry, verdict, entry.target.id, entry.target.place)

    def row(self, entry: JudgedTarget, verdict: Verdict, label: str, place: Place) -> None:
        """One target, or one year of it."""
        page, target, plan = self.page, entry.target, self.consolidated.plan
        subject = subject_of(plan, target)
        decimals = _decimals(plan, target, subject, verdict)
        now = verdict.year in (None, self.consolidated.period.year)
        current = self._current(entry, subject) if now else None
        coverage = self._coverage(target) if now else NO_COVERAGE
        page.put(0, label)
        page.put(1, self._whose(target) + target.name + binding_mark(target))
        page.put(2, subject.unit if subject else target.unit)
        page.put(
            3, target.baseline, number=number_format(max(decimals, places(target.baseline or Decimal(0))))
        )
        if target.items and subject is None:
            self._items_value(verdict)
        else:
            self._judged_value(verdict, current, decimals)
        page.put(5, target_text(target))
        verdict_cells(
            page,
            verdict,
            decimals,
            shares=subject is not None and shows_shares(subject.measure, target.operator),
        )
        page.put(12, f"{verdict.year}年" if verdict.year else f"{target.due:%Y-%m-%d}")
        put_computed(page, CURRENT, current, "number", number_format(decimals))
        page.put(14, self._measure(target))
        page.put(15, coverage_text(coverage))
        page.put(16, missing_text(plan, coverage))
        page.put(17, " ".join(part for part in (place.section, place.reference) if part))
        page.put(18, WINDOWS[target.window])
        page.put(19, "明示" if target.due_stated else "推断")
        page.put(20, basis_text(verdict, self.consolidated.period))
        page.put(21, "；".join(part for part in (reason_text(verdict.reason), target.note) if part))
        page.next()

    def _items_value(self, verdict: Verdict) -> None:
        """How far the least advanced item is, as its body says: that is no 目标进度."""
        said = verdict.progress
        self.page.put(VALUE, "—" if said is None else f"完成比例{display(said, 0)}%", "centre")

    def _judged_value(self, verdict: Verdict, current: Computed | None, decimals: int) -> None:
        page, shape = self.page, number_format(decimals)
        if verdict.value is None:
            page.put(VALUE, absence("no_report") if verdict.reason == "not_reported" else "—", "centre")
        elif current is not None and current.result == verdict.value:
            page.formula(VALUE, f"={column_letter(CURRENT)}{page.row + 1}", verdict.value, "total", shape)
        else:
            page.put(VALUE, verdict.value, "total", shape)

    def _whose(self, target: Target) -> str:
        plan = self.consolidated.plan
        if target.unit_id is None or of_district(plan, target):
            return ""
        return f"{plan.unit(target.unit_id).short_name}："

    def _current(self, entry: JudgedTarget, subject: Subject | None) -> Computed | None:
        """This period's figure of what the target judges: a unit's as it is, the district's by formula."""
        target = entry.target
        if not of_district(self.consolidated.plan, target):
            factor = subject.factor if subject else Decimal(1)
            return None if entry.value is None else Computed(None, EXACT.multiply(entry.value, factor))
        if target.indicator is not None:
            value = self.consolidated.indicator(target.indicator).main.value
            cell = f"='{SUMMARY}'!{column_letter(VALUE)}{self.rows[target.indicator] + 1}"
            return None if value is None else Computed(cell, value)
        if target.element is not None and subject is not None:
            return self.formulas.district_figure((target.element, *target.plus), subject.factor)
        return None

    def _coverage(self, target: Target) -> TotalCoverage:
        if target.indicator is not None and of_district(self.consolidated.plan, target):
            return self.consolidated.indicator(target.indicator).main.coverage
        if target.element is None or not of_district(self.consolidated.plan, target):
            return NO_COVERAGE
        said = self.consolidated.departments[target.element].coverage
        return said if said.due else self.consolidated.elements[target.element].coverage

    def _measure(self, target: Target) -> str:
        plan = self.consolidated.plan
        if target.indicator is not None:
            return plan.indicator(target.indicator).short_name
        if target.element is not None:
            return "＋".join(plan.element(id_).name for id_ in (target.element, *target.plus))
        return "、".join(f"事项{number}" for number in target.items)


def _other_targets(table: _Table, numeral: str) -> bool:
    """Every target of the district that isn't the table's own; each year of each-year targets has its row."""
    consolidated = table.consolidated
    above = {result.judged.target.id for result in consolidated.indicators if result.judged}
    table.page.across(f"{numeral}、主要指标对照表之外的目标", "block", 22)
    for entry in consolidated.targets:
        if entry.target.id not in above and of_district(consolidated.plan, entry.target):
            table.rows_of(entry)
    return True


def _unit_targets(table: _Table, numeral: str) -> bool:
    """Targets of single units below the district's of which they are parts, with what is left of it."""
    plan = table.consolidated.plan
    mine = [entry for entry in table.consolidated.targets if not of_district(plan, entry.target)]
    if not mine:
        return False
    table.page.next()
    table.page.across(f"{numeral}、分解到单位的目标", "block", 22)
    judged = {entry.target.id: entry for entry in mine}
    left = dict(judged)
    for allocation in allocations(plan):
        parts = [judged[target.id] for target in allocation.parts if target.id in judged]
        if parts:
            table.page.across(_split_text(allocation), "total_text")
        for entry in parts:
            table.rows_of(entry)
            left.pop(entry.target.id, None)
    if left and len(left) < len(mine):
        table.page.across("没有相应全区目标，或者不能相加的", "total_text")
    for entry in left.values():
        table.rows_of(entry)
    return True


def _split_text(allocation: Allocation) -> str:
    """已分解 and 未分解余数 of a district target."""
    target, unit = allocation.target, allocation.target.unit
    assigned, rest = (
        display(value, places(value)) for value in (allocation.assigned, abs(allocation.remainder))
    )
    said = f"未分解余数 {rest}{unit}" if allocation.remainder >= 0 else f"超出全区目标 {rest}{unit}"
    demand = f"{target_text(target)}{unit}"
    return f"{target.name}（全区{demand}）：已分解 {assigned}{unit}，共{len(allocation.parts)}个单位；{said}"


def _contradictions(table: _Table, numeral: str) -> bool:
    """The subjects on which the plan contradicts itself: every statement with its own verdict."""
    if not table.consolidated.contradictions:
        return False
    table.page.next()
    table.page.across(f"{numeral}、方案表述不一致的目标（各种读法并列判定，不作取舍）", "block", 22)
    for number, found in enumerate(table.consolidated.contradictions, 1):
        subject = found.contradiction
        table.page.across(f"（{number}）{subject.subject}　{subject.explanation}", "total_text")
        for reading in found.readings:
            entry = reading.judged
            table.row(entry, entry.verdict, reading.statement, reading.place)
    return True


def _decimals(plan: Plan, target: Target, subject: Subject | None, verdict: Verdict) -> int:
    """Decimals of the judged figure: more where it would look equal to what it misses."""
    return verdict_decimals(target, subject, verdict, plan.rounding) if subject else 0
