"""Words of the merged workbook: why a figure isn't there, where it comes from, how a target reads."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from desktop.consolidation import IndicatorValue, TotalCoverage
from desktop.consolidation.denominators import SharedFigure
from desktop.exchange.format.layout import STATUS_LABELS
from desktop.model.decimals import display, places
from desktop.model.plan import Plan
from desktop.model.submission import Answer, FigureState, ItemStatus
from desktop.model.target import Operator, Target, Window

INCOMPLETE = "未汇全"
MOST_NAMES = 6
"""Units named in a cell before the rest is counted."""

ABSENCE = {
    "not_due": "本期不报",
    "no_owner": "无报送部门",
    "no_report": "未报",
    "no_units": "无应报单位",
    "owners_disagree": "部门数不一致",
    "not_additive": "不可相加",
    "no_denominator": "缺分母",
    "zero_denominator": "分母为零",
    "incomplete": INCOMPLETE,
    "no_own_ratio": "不单列",
}

REASONS = {
    "no_measure": "方案未设对应数据项",
    "no_value": "方案未给目标值",
    "not_due": "本期不报",
    "not_reported": "本期未报",
    "final_missing": "到期无数据",
    "no_baseline": "缺基期值",
    "base_not_positive": "基期值不为正",
    "no_base": "缺对比期数据",
    "before_start": "尚未开始考核",
    "before_due": "尚未到期",
    "done_late": "逾期完成",
    "year_missing": "缺年度数据",
}

VINTAGES = {"preliminary": "初步数", "final": "终报数", "revised": "修订数"}

STATES = {
    FigureState.NUMBER: "已报",
    FigureState.NIL: "无此项业务",
    FigureState.BLANK: "空白",
    FigureState.UNREADABLE: "无法识读",
}

ANSWERS = {Answer.NONE: "", Answer.CONFIRMED: "已确认", Answer.DISPUTED: "有异议"}

ITEM_STATES = {ItemStatus.NOT_SAID: "", **STATUS_LABELS}

WINDOWS = {
    Window.AT_DATE: "期末",
    Window.EACH_YEAR: "每年",
    Window.OVER_PLAN: "方案期累计",
    Window.ONCE: "一次性",
}

_BEFORE = {
    Operator.AT_LEAST: "≥",
    Operator.ABOVE: "＞",
    Operator.AT_MOST: "≤",
    Operator.WITHIN: "",
    Operator.BUILD: "建成",
    Operator.CAGR: "年均增长≥",
    Operator.GROWTH_EACH_YEAR: "每年增长≥",
}


def absence(reason: str) -> str:
    """Why a figure isn't there."""
    return ABSENCE.get(reason, reason)


def reason_text(reason: str) -> str:
    """Why a verdict is what it is."""
    return REASONS.get(reason, reason)


def target_text(target: Target) -> str:
    """What is asked for, e.g. ≥300 or 建成3–5."""
    if target.operator is Operator.COMPLETE:
        return "完成"
    if target.operator is Operator.IMPROVE:
        return "持续提高"
    figures = [_plain(value) for value in (target.value, target.value_max) if value is not None]
    unit = "%" if target.operator in (Operator.CAGR, Operator.GROWTH_EACH_YEAR) else ""
    return f"{_BEFORE[target.operator]}{'–'.join(figures)}{unit}" if figures else "未给目标值"


def coverage_text(coverage: TotalCoverage) -> str:
    """Units that reported of units due."""
    return f"{len(coverage.reported)}/{len(coverage.due)}" if coverage.due else "—"


def missing_text(plan: Plan, coverage: TotalCoverage) -> str:
    """The missing units by name, with their share at their last report.

    Where most are missing a number says more than a list: 报送情况 names them all.
    """
    if not coverage.missing:
        return ""
    count = len(coverage.missing)
    names = unit_names(plan, coverage.missing[:MOST_NAMES])
    if count == len(coverage.due) and count > 1:
        names = f"全部{count}个单位"
    elif count > MOST_NAMES:
        names += f"等{count}个单位"
    if coverage.last_share is None:
        return names
    return f"{names}（上次占{display(coverage.last_share, 1, plan.rounding)}%）"


def unit_names(plan: Plan, units: Iterable[str]) -> str:
    """Short names, in the order given."""
    return "、".join(plan.unit(unit).short_name for unit in units)


def denominator_text(plan: Plan, value: IndicatorValue) -> str:
    """The denominator's date, vintage and source."""
    return "；".join(_shared_text(plan, known) for known in value.denominators)


def _shared_text(plan: Plan, known: SharedFigure) -> str:
    parts = [f"{known.date:%Y-%m-%d}", VINTAGES.get(known.vintage, known.vintage), known.source]
    return f"{plan.element(known.element).name}：{'，'.join(part for part in parts if part)}"


def _plain(value: Decimal) -> str:
    return display(value, places(value)).replace(",", "")
