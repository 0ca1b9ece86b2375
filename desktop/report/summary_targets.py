"""Below the indicators on sheet 汇总: the other quantified targets, and the contradictions side by side."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from desktop.consolidation import Consolidated, JudgedTarget, TotalCoverage
from desktop.model.decimals import places
from desktop.model.target import Place, Target
from desktop.model.verdict import Verdict
from desktop.progress import Subject, subject_of
from desktop.report.formulas import Computed, Formulas
from desktop.report.page import Page, column_letter, number_format
from desktop.report.summary_sheet import VALUE, basis_text, put_computed, verdict_cells
from desktop.report.words import (
    WINDOWS,
    absence,
    coverage_text,
    missing_text,
    reason_text,
    target_text,
)

CURRENT = 13
_DECIMALS = 2

TITLES = (
    *("编号", "目标", "计量单位", "基期", "判定数", "目标要求", "完成情况", "完成率（%）", "目标进度（%）"),
    *("距目标差距", "年度或时限", "覆盖（已报/应报）", "缺报单位", "本期数", "口径", "方案出处", "考核窗口"),
    *("是否明示时限", "判定依据", "备注"),
)


def write_other_targets(
    page: Page, consolidated: Consolidated, formulas: Formulas, rows: Mapping[str, int]
) -> None:
    """Every target of the district that isn't the table's own; each year of each-year targets has its row."""
    above = {result.judged.target.id for result in consolidated.indicators if result.judged}
    others = [e for e in consolidated.targets if e.target.id not in above and e.target.unit_id is None]
    if not others:
        return
    page.next()
    page.across("二、其他量化目标", "block", 22)
    page.head(TITLES, 34)
    for entry in others:
        for verdict in entry.verdicts:
            _row(page, consolidated, formulas, rows, entry, verdict, entry.target.id, entry.target.place)


def write_contradictions(
    page: Page, consolidated: Consolidated, formulas: Formulas, rows: Mapping[str, int]
) -> None:
    """The subjects on which the plan contradicts itself: every statement with its own verdict."""
    if not consolidated.contradictions:
        return
    page.next()
    page.across("三、方案表述不一致的目标（各种读法并列判定，不作取舍）", "block", 22)
    page.head(TITLES, 34)
    for number, found in enumerate(consolidated.contradictions, 1):
        subject = found.contradiction
        page.across(f"（{number}）{subject.subject}　{subject.explanation}", "total_text", 30)
        for reading in found.readings:
            entry = reading.judged
            _row(page, consolidated, formulas, rows, entry, entry.verdict, reading.statement, reading.place)


def _row(
    page: Page,
    consolidated: Consolidated,
    formulas: Formulas,
    rows: Mapping[str, int],
    entry: JudgedTarget,
    verdict: Verdict,
    label: str,
    place: Place,
) -> None:
    target, plan = entry.target, consolidated.plan
    subject = subject_of(plan, target)
    decimals = _decimals(target, subject)
    current = _current(formulas, rows, consolidated, target, subject)
    coverage = _coverage(consolidated, target)
    page.put(0, label)
    page.put(1, target.name)
    page.put(2, subject.unit if subject else target.unit)
    page.put(3, target.baseline, number=number_format(max(decimals, places(target.baseline or Decimal(0)))))
    _judged_value(page, verdict, current, decimals)
    page.put(5, target_text(target), "centre")
    verdict_cells(page, verdict, decimals)
    page.put(10, f"{verdict.year}年" if verdict.year else f"{target.due:%Y-%m-%d}", "centre")
    page.put(11, coverage_text(coverage))
    page.put(12, missing_text(plan, coverage))
    put_computed(page, CURRENT, current, "number", number_format(decimals))
    page.put(14, _measure(consolidated, target), "small")
    page.put(15, " ".join(part for part in (place.section, place.reference) if part), "small")
    page.put(16, WINDOWS[target.window], "centre")
    page.put(17, "明示" if target.due_stated else "推断", "centre")
    page.put(18, basis_text(verdict, consolidated.period))
    page.put(19, "；".join(part for part in (reason_text(verdict.reason), target.note) if part))
    page.next()


def _judged_value(page: Page, verdict: Verdict, current: Computed | None, decimals: int) -> None:
    shape = number_format(decimals)
    if verdict.value is None:
        page.put(VALUE, absence("no_report") if verdict.reason == "not_reported" else "—", "centre")
    elif current is not None and current.result == verdict.value:
        page.formula(VALUE, f"={column_letter(CURRENT)}{page.row + 1}", verdict.value, "total", shape)
    else:
        page.put(VALUE, verdict.value, "total", shape)


def _current(
    formulas: Formulas,
    rows: Mapping[str, int],
    consolidated: Consolidated,
    target: Target,
    subject: Subject | None,
) -> Computed | None:
    """This period's figure of what the target judges."""
    if target.indicator is not None:
        value = consolidated.indicator(target.indicator).main.value
        cell = f"=${column_letter(VALUE)}${rows[target.indicator] + 1}"
        return None if value is None else Computed(cell, value)
    if target.element is not None and subject is not None:
        return formulas.district_figure(target.element, subject.factor)
    return None


def _coverage(consolidated: Consolidated, target: Target) -> TotalCoverage:
    if target.indicator is not None:
        return consolidated.indicator(target.indicator).main.coverage
    if target.element is None:
        return TotalCoverage()
    said = consolidated.departments[target.element].coverage
    return said if said.due else consolidated.elements[target.element].coverage


def _measure(consolidated: Consolidated, target: Target) -> str:
    plan = consolidated.plan
    if target.indicator is not None:
        return plan.indicator(target.indicator).short_name
    if target.element is not None:
        return plan.element(target.element).name
    return "、".join(f"事项{number}" for number in target.items)


def _decimals(target: Target, subject: Subject | None) -> int:
    """Decimals of the judged figure, and no fewer than the target itself has."""
    figures = [value for value in (target.value, target.value_max) if value is not None]
    return max([subject.decimals if subject else 0, *(min(places(value), _DECIMALS) for value in figures)])
