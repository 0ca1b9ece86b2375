"""Sheet 指标分单位: units' own figures of the indicators that are shown by unit."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.consolidation import Consolidated, IndicatorResult
from desktop.report.detail_sheet import territorial_units
from desktop.report.page import Column, Page, column_letter, freeze_below_head, number_format
from desktop.report.summary_sheet import NAME as SUMMARY
from desktop.report.summary_sheet import VALUE
from desktop.report.words import absence

NAME = "指标分单位"
_FIXED = (Column("序号", 6, "centre"), Column("单位", 18, "text"), Column("类别", 9, "centre"))
_NOTE = (
    "不允许单位自行计算的比值不在此列，其分子见“单位明细”。"
    "各单位比值不能相加或平均；最后一行取“汇总”表主报来源。"
)


def shown_indicators(consolidated: Consolidated) -> tuple[IndicatorResult, ...]:
    """Indicators of which units have figures of their own."""
    return tuple(
        result
        for result in consolidated.indicators
        if result.indicator.by_unit and (result.indicator.own_ratio or not result.indicator.is_ratio)
    )


def columns(consolidated: Consolidated) -> tuple[Column, ...]:
    """The fixed columns and one for each indicator."""
    return (
        *_FIXED,
        *(
            Column(f"{r.indicator.short_name}（{r.indicator.unit}）", 14, "number")
            for r in shown_indicators(consolidated)
        ),
    )


def write_unit_indicators(page: Page, consolidated: Consolidated, rows: Mapping[str, int]) -> None:
    """Fill the sheet; `rows` are those of the indicators on sheet 汇总."""
    results = shown_indicators(consolidated)
    page.head(height=44)
    freeze_below_head(page, 2)
    for number, unit in enumerate(territorial_units(consolidated), 1):
        page.put(0, number)
        page.put(1, unit.short_name)
        page.put(2, consolidated.plan.kind_label(unit.kind))
        for column, result in enumerate(results, len(_FIXED)):
            own = result.own.get(unit.id)
            if own is None or own.value is None:
                page.put(column, "—" if own is None else absence(own.reason), "centre")
            else:
                page.put(column, own.value, number=number_format(result.indicator.decimals))
        page.next()
    _district_row(page, results, rows)
    page.across(_NOTE, "note")


def _district_row(page: Page, results: tuple[IndicatorResult, ...], rows: Mapping[str, int]) -> None:
    page.put(0, None, "total_text")
    page.put(1, "主报来源", "total_text")
    page.put(2, None, "total_text")
    for column, result in enumerate(results, len(_FIXED)):
        if result.main.value is None:
            page.put(column, absence(result.main.reason), "total")
        else:
            cell = f"='{SUMMARY}'!{column_letter(VALUE)}{rows[result.indicator.id] + 1}"
            page.formula(column, cell, result.main.value, "total", number_format(result.indicator.decimals))
    page.next()
