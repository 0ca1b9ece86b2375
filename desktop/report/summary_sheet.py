"""Sheet 汇总: the plan's indicators, each from its main source, with its checks below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.consolidation import Check, Consolidated, IndicatorResult, IndicatorValue, JudgedTarget
from desktop.model.decimals import EXACT, canonical, display, places, total
from desktop.model.indicator import Indicator, Measure
from desktop.model.period import Period
from desktop.model.target import Target, Window
from desktop.model.verdict import VERDICT_LABELS, Verdict, VerdictKind
from desktop.progress import (
    BINDING_LABELS,
    PACE_LABELS,
    change_text,
    display_against,
    pace_decimals,
    pace_type,
    shows_shares,
    subject_of,
    verdict_decimals,
)
from desktop.report.formulas import Computed, Formulas
from desktop.report.page import Column, Page, column_letter, freeze_below_head, number_format
from desktop.report.words import (
    INCOMPLETE,
    absence,
    coverage_text,
    denominator_text,
    missing_text,
    reason_text,
    unit_names,
)

NAME = "汇总"
VALUE, TOP, BOTTOM = 4, 18, 19
EXPECTED, PACE = 9, 11

COLUMNS = (
    Column("序号", 7, "centre"),
    Column("指标", 34, "text"),
    Column("计量单位", 9, "centre"),
    Column("2021年基期", 11, "number"),
    Column("本期", 13, "total"),
    Column("2024年目标", 12, "number"),
    Column("完成情况", 12, "centre"),
    Column("完成率（%）", 9, "number"),
    Column("目标进度（%）", 9, "number"),
    Column("应达（按进度）", 11, "number"),
    Column("距目标差距", 11, "number"),
    Column("每期还需", 10, "number"),
    Column("校核数−主报数", 11, "number"),
    Column("覆盖（已报/应报）", 9, "centre"),
    Column("缺报单位", 20, "small"),
    Column("上年同期", 11, "number"),
    Column("同比", 18, "centre"),
    Column("数据来源", 16, "text"),
    Column("分子", 14, "number"),
    Column("分母", 14, "number"),
    Column("分母时点", 20, "small"),
    Column("备注", 28, "small"),
)

STYLES = {
    VerdictKind.ACHIEVED: "good",
    VerdictKind.ON_TRACK: "good",
    VerdictKind.BEHIND: "fair",
    VerdictKind.NOT_COMPARABLE: "fair",
    VerdictKind.REGRESSED: "bad",
    VerdictKind.MISSED: "bad",
}

NOTES = (
    "完成率＝本期数÷目标数，只用于数量和金额；目标进度＝（本期数－基期数）÷（目标数－基期数）。比值、得分只看差距。"
    "比值由分子合计与分母相除，不由各单位比值相加或平均；分子未汇全时比值不列。判定按未舍入数，因四舍五入，分项与合计略有出入。"
)


@dataclass(frozen=True, slots=True)
class Summary:
    """What the sheet is written from."""

    page: Page
    consolidated: Consolidated
    formulas: Formulas


def write_summary(page: Page, consolidated: Consolidated, formulas: Formulas) -> Mapping[str, int]:
    """Fill the sheet; returns the row (from zero) of each indicator, for other sheets' formulas."""
    summary = Summary(page, consolidated, formulas)
    plan = consolidated.plan
    titles = [column.title for column in COLUMNS]
    titles[3] = f"{plan.baseline_year}年基期"
    titles[4] = f"本期（{consolidated.title}）"
    titles[5] = f"{plan.last_year}年目标"
    titles[PACE] = pace_title(consolidated)
    page.head(titles, 34)
    freeze_below_head(page, 2)
    rows: dict[str, int] = {}
    for result in consolidated.indicators:
        rows[result.indicator.id] = page.row
        _indicator_row(summary, result)
        for check in result.checks:
            _check_row(summary, result.indicator, check)
    page.across(NOTES, "note")
    return rows


def _decimals(consolidated: Consolidated, result: IndicatorResult, against: Decimal | None) -> int:
    """Decimals to show: more than declared where the figure would look equal to a target it misses, or to
    the path it is behind.
    """
    indicator, value, rounding = result.indicator, result.main.value, consolidated.plan.rounding
    if value is None or against is None:
        return indicator.decimals
    text = display_against(value, against, indicator.decimals, rounding, better=indicator.better)
    shown = len(text.partition(".")[2])
    subject = subject_of(consolidated.plan, result.judged.target) if result.judged else None
    if result.judged is None or subject is None:
        return shown
    return max(shown, verdict_decimals(result.judged.target, subject, result.judged.verdict, rounding))


def verdict_text(verdict: Verdict) -> str:
    """The verdict with its marks."""
    marks = ("（超额）" if verdict.exceeded else "") + (f"（{INCOMPLETE}）" if verdict.incomplete else "")
    return VERDICT_LABELS[verdict.kind] + marks


def pace_title(consolidated: Consolidated) -> str:
    """In which periods the pace is told: the period's own, at a year (年报) the plan's main type."""
    return PACE_LABELS[pace_type(consolidated.plan, consolidated.period)]


def binding_mark(target: Target) -> str:
    """（约束性） or （预期性） where the plan says so."""
    label = BINDING_LABELS[target.binding]
    return f"（{label}）" if label else ""


def verdict_cells(page: Page, verdict: Verdict, decimals: int, *, shares: bool) -> None:
    """完成情况, 完成率 and 目标进度 (where `shares`), 应达, 差距 and the pace of a row."""
    page.put(6, verdict_text(verdict), STYLES.get(verdict.kind, "centre"))
    page.put(7, verdict.completion if shares else None, number=number_format(1))
    page.put(8, verdict.progress if shares else None, number=number_format(1))
    page.put(EXPECTED, verdict.expected, number=number_format(decimals))
    gap = verdict.gap if verdict.gap is not None and verdict.gap > 0 else None
    page.put(
        10,
        gap if gap is not None else "—" if verdict.gap is not None else None,
        number=number_format(decimals),
    )
    page.put(PACE, verdict.pace, number=number_format(pace_decimals(verdict, decimals)))


def basis_text(verdict: Verdict, period: Period) -> str:
    """On which period a verdict stands, where it isn't plain."""
    if not verdict.basis or (verdict.basis == str(period) and not period.is_year_end):
        return ""
    basis = Period.parse(verdict.basis)
    return f"按{basis.label}数判定"


def _indicator_row(summary: Summary, result: IndicatorResult) -> None:
    page, indicator, main = summary.page, result.indicator, result.main
    target = result.judged.target.value if result.judged else indicator.target
    decimals = _decimals(summary.consolidated, result, target)
    shape = number_format(decimals)
    page.put(0, indicator.number)
    binding = binding_mark(result.judged.target) if result.judged else ""
    page.put(1, indicator.name + ("（国家指标）" if indicator.national else "") + binding)
    page.put(2, indicator.unit)
    page.put(3, indicator.baseline, number=number_format(_shown(indicator.baseline, indicator.decimals)))
    _value(summary, indicator, main, "total", shape)
    page.put(5, target, number=number_format(_shown(target, indicator.decimals)))
    if result.judged:
        shares = shows_shares(indicator.measure, result.judged.target.operator)
        verdict_cells(page, result.judged.verdict, decimals, shares=shares)
    else:
        page.put(6, VERDICT_LABELS[VerdictKind.NO_TARGET])
        for column in range(7, PACE + 1):
            page.put(column, None)
    page.put(12, None)
    page.put(13, coverage_text(main.coverage))
    page.put(14, missing_text(summary.consolidated.plan, main.coverage))
    page.put(
        15, result.last_year.value if result.last_year else None, number=number_format(indicator.decimals)
    )
    page.put(16, _change(summary.consolidated, result))
    page.put(17, main.source.label)
    _parts(summary, indicator, main, "number")
    page.put(21, "；".join(_remarks(summary.consolidated, result)))
    page.next()


def _check_row(summary: Summary, indicator: Indicator, check: Check) -> None:
    page, value = summary.page, check.value
    decimals = indicator.decimals
    shape = number_format(decimals)
    page.put(0, None)
    page.put(1, f"　校核：{value.source.label}", "check")
    page.put(2, indicator.unit, "check_centre")
    page.put(3, None)
    _value(summary, indicator, value, "check_number", shape)
    page.put(5, None)
    words = {True: "判定与主报不同", False: "判定一致", None: ""}
    mark = f"（{INCOMPLETE}）" if value.incomplete and check.verdict_differs is not None else ""
    page.put(6, words[check.verdict_differs] + mark, "bad" if check.verdict_differs else "check_centre")
    for column in range(7, PACE + 1):
        page.put(column, None)
    page.put(12, check.difference, "check_number", shape)
    page.put(13, coverage_text(value.coverage))
    page.put(14, missing_text(summary.consolidated.plan, value.coverage))
    for column in (15, 16):
        page.put(column, None)
    page.put(17, value.source.label, "check")
    _parts(summary, indicator, value, "check_number")
    page.put(21, "；".join(_value_remarks(summary.consolidated, value)))
    page.next()


def _value(summary: Summary, indicator: Indicator, value: IndicatorValue, style: str, shape: str) -> None:
    """The figure: a formula of the cells that hold its parts."""
    page = summary.page
    if value.value is None:
        page.put(VALUE, absence(value.reason), "centre")
        return
    stated = summary.formulas.stated(indicator, value) if value.stated else None
    row = page.row + 1
    top, bottom = f"{column_letter(TOP)}{row}", f"{column_letter(BOTTOM)}{row}"
    factor = canonical(indicator.factor)
    if stated is not None and stated.formula is not None:
        formula = stated.formula
    elif indicator.is_ratio:
        formula = f"={top}/{bottom}*{factor}"
    else:
        digits = max(summary.consolidated.plan.element(e).decimals for e in indicator.numerator)
        formula = f"=ROUND({top}*{factor},{max(digits + places(indicator.factor), places(value.value))})"
    page.formula(VALUE, formula, value.value, style, shape)


def _parts(summary: Summary, indicator: Indicator, value: IndicatorValue, style: str) -> None:
    """Numerator, denominator and when the denominator stood so."""
    top = None if value.stated else summary.formulas.numerator(indicator, value)
    bottom = None if value.stated else summary.formulas.denominator(indicator, value)
    for column, part in ((TOP, top), (BOTTOM, bottom)):
        put_computed(summary.page, column, part, style)
    summary.page.put(20, denominator_text(summary.consolidated.plan, value))


def put_computed(page: Page, column: int, part: Computed | None, style: str, shape: str = "") -> None:
    """A formula with its result, or the figure alone, or an empty cell."""
    if part is None:
        page.put(column, None, style)
        return
    number = shape or number_format(places(part.result))
    if part.formula is None:
        page.put(column, part.result, style, number)
    else:
        page.formula(column, part.formula, part.result, style, number)


def _change(consolidated: Consolidated, result: IndicatorResult) -> str:
    """Growth over those present in both periods; ratios and scores change in points."""
    indicator, main, last = result.indicator, result.main, result.last_year
    plan = consolidated.plan
    if result.not_comparable and last is not None:
        return "不可比"
    if result.growth is not None:
        if last is None or not result.growth.units:
            return "—"
        common = result.growth.units
        now, then = (
            EXACT.multiply(total([value.by_unit[unit] for unit in common]), indicator.factor)
            for value in (main, last)
        )
        text = change_text(now, then, indicator.measure, indicator.unit, indicator.decimals, plan.rounding)
        return f"{text}（两期均报{len(common)}个）" if len(main.coverage.due) > 1 else text
    if (
        indicator.measure in (Measure.RATIO, Measure.SCORE)
        and main.value is not None
        and last
        and last.value is not None
    ):
        return change_text(
            main.value, last.value, indicator.measure, indicator.unit, indicator.decimals, plan.rounding
        )
    return "—"


def _remarks(consolidated: Consolidated, result: IndicatorResult) -> list[str]:
    remarks = [result.not_comparable] if result.last_year else []
    remarks += result.left_out
    if result.judged:
        verdict = result.judged.verdict
        remarks += [basis_text(verdict, consolidated.period), reason_text(verdict.reason)]
        remarks += [_summed(consolidated, result), _earlier_years(result.judged)]
    return [remark for remark in (*remarks, *_value_remarks(consolidated, result.main)) if remark]


def _summed(consolidated: Consolidated, result: IndicatorResult) -> str:
    """The judged figure where it isn't the period's own but a sum over the plan."""
    if result.judged is None or result.judged.target.window is not Window.OVER_PLAN:
        return ""
    value = result.judged.verdict.value
    if value is None or value == result.main.value:
        return ""
    return f"按方案期累计{display(value, result.indicator.decimals, consolidated.plan.rounding)}判定"


def _earlier_years(judged: JudgedTarget) -> str:
    """A year that was missed stays missed: the verdicts of the years before."""
    return "，".join(f"{verdict.year}年{verdict_text(verdict)}" for verdict in judged.verdicts[:-1])


def _value_remarks(consolidated: Consolidated, value: IndicatorValue) -> list[str]:
    remarks = ["直报值"] if value.stated else []
    if value.paired:
        remarks.append("分子分母取两项均报的单位")
    if value.incomplete:
        remarks.append(INCOMPLETE)
    if "preliminary" in value.vintages:
        remarks.append("含初步数")
    if value.disputed:
        remarks.append(f"有异议：{unit_names(consolidated.plan, value.disputed)}")
    return remarks


def _shown(value: Decimal | None, decimals: int) -> int:
    return decimals if value is None else max(decimals, places(value))
