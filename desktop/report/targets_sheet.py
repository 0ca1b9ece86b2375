"""Sheet 目标判定: the targets beyond the plan's table, and its contradictions side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.consolidation import Consolidated, JudgedTarget, TotalCoverage
from desktop.consolidation.aggregation import NO_COVERAGE
from desktop.model.decimals import places
from desktop.model.target import Place, Target
from desktop.model.verdict import Verdict
from desktop.progress import Subject, subject_of
from desktop.report.formulas import Computed, Formulas
from desktop.report.page import Column, Page, column_letter, freeze_below_head, number_format
from desktop.report.summary_sheet import NAME as SUMMARY
from desktop.report.summary_sheet import VALUE, basis_text, put_computed, shows_shares, verdict_cells
from desktop.report.words import (
    WINDOWS,
    absence,
    coverage_text,
    missing_text,
    reason_text,
    target_text,
)

CURRENT = 11
_DECIMALS = 2

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
    Column("距目标差距", 11, "number"),
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
    page.head(height=34)
    freeze_below_head(page, 2)
    table = _Table(page, consolidated, formulas, rows)
    _other_targets(table)
    _contradictions(table)


@dataclass(frozen=True, slots=True)
class _Table:
    page: Page
    consolidated: Consolidated
    formulas: Formulas
    rows: Mapping[str, int]

    def row(self, entry: JudgedTarget, verdict: Verdict, label: str, place: Place) -> None:
        """One target, or one year of it."""
        page, target, plan = self.page, entry.target, self.consolidated.plan
        subject = subject_of(plan, target)
        decimals = _decimals(target, subject)
        now = verdict.year in (None, self.consolidated.period.year)
        current = self._current(target, subject) if now else None
        coverage = self._coverage(target) if now else NO_COVERAGE
        page.put(0, label)
        page.put(1, target.name)
        page.put(2, subject.unit if subject else target.unit)
        page.put(
            3, target.baseline, number=number_format(max(decimals, places(target.baseline or Decimal(0))))
        )
        self._judged_value(verdict, current, decimals)
        page.put(5, target_text(target))
        verdict_cells(page, verdict, decimals, shares=subject is None or _shares(subject, target))
        page.put(10, f"{verdict.year}年" if verdict.year else f"{target.due:%Y-%m-%d}")
        put_computed(page, CURRENT, current, "number", number_format(decimals))
        page.put(12, self._measure(target))
        page.put(13, coverage_text(coverage))
        page.put(14, missing_text(plan, coverage))
        page.put(15, " ".join(part for part in (place.section, place.reference) if part))
        page.put(16, WINDOWS[target.window])
        page.put(17, "明示" if target.due_stated else "推断")
        page.put(18, basis_text(verdict, self.consolidated.period))
        page.put(19, "；".join(part for part in (reason_text(verdict.reason), target.note) if part))
        page.next()

    def _judged_value(self, verdict: Verdict, current: Computed | None, decimals: int) -> None:
        page, shape = self.page, number_format(decimals)
        if verdict.value is None:
            page.put(VALUE, absence("no_report") if verdict.reason == "not_reported" else "—", "centre")
        elif current is not None and current.result == verdict.value:
            page.formula(VALUE, f"={column_letter(CURRENT)}{page.row + 1}", verdict.value, "total", shape)
        else:
            page.put(VALUE, verdict.value, "total", shape)

    def _current(self, target: Target, subject: Subject | None) -> Computed | None:
        """This period's figure of what the target judges."""
        if target.indicator is not None:
            value = self.consolidated.indicator(target.indicator).main.value
            cell = f"='{SUMMARY}'!{column_letter(VALUE)}{self.rows[target.indicator] + 1}"
            return None if value is None else Computed(cell, value)
        if target.element is not None and subject is not None:
            return self.formulas.district_figure((target.element, *target.plus), subject.factor)
        return None

    def _coverage(self, target: Target) -> TotalCoverage:
        if target.indicator is not None:
            return self.consolidated.indicator(target.indicator).main.coverage
        if target.element is None:
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


def _other_targets(table: _Table) -> None:
    """Every target of the district that isn't the table's own; each year of each-year targets has its row."""
    consolidated = table.consolidated
    above = {result.judged.target.id for result in consolidated.indicators if result.judged}
    table.page.across("一、主要指标对照表之外的目标", "block", 22)
    for entry in consolidated.targets:
        if entry.target.id not in above and entry.target.unit_id is None:
            for verdict in entry.verdicts:
                table.row(entry, verdict, entry.target.id, entry.target.place)


def _contradictions(table: _Table) -> None:
    """The subjects on which the plan contradicts itself: every statement with its own verdict."""
    if not table.consolidated.contradictions:
        return
    table.page.next()
    table.page.across("二、方案表述不一致的目标（各种读法并列判定，不作取舍）", "block", 22)
    for number, found in enumerate(table.consolidated.contradictions, 1):
        subject = found.contradiction
        table.page.across(f"（{number}）{subject.subject}　{subject.explanation}", "total_text")
        for reading in found.readings:
            entry = reading.judged
            table.row(entry, entry.verdict, reading.statement, reading.place)


def _decimals(target: Target, subject: Subject | None) -> int:
    """Decimals of the judged figure, and no fewer than the target itself has."""
    figures = [value for value in (target.value, target.value_max) if value is not None]
    return max([subject.decimals if subject else 0, *(min(places(value), _DECIMALS) for value in figures)])


def _shares(subject: Subject, target: Target) -> bool:
    return shows_shares(subject.measure, target.operator)
