"""Sheet 差异核对: departments' figures beside the units' sums, overlaps, entries that several units list."""

from __future__ import annotations

from desktop.consolidation import DIFFERENCE_LABELS, Consolidated, Overlap, ReconciliationRow
from desktop.model.decimals import display
from desktop.report.formulas import Formulas
from desktop.report.page import Column, Page, column_letter, freeze_below_head, number_format
from desktop.report.summary_sheet import put_computed
from desktop.report.words import absence, coverage_text, missing_text, unit_names

NAME = "差异核对"
COLUMNS = (
    Column("数据项", 32, "text"),
    Column("计量单位", 9, "centre"),
    Column("部门数", 16, "number"),
    Column("报送部门", 20, "text"),
    Column("各单位合计", 16, "number"),
    Column("差异（单位合计−部门数）", 16, "number"),
    Column("覆盖（已报/应报）", 10, "centre"),
    Column("缺报单位", 30, "small"),
    Column("判定", 14, "centre"),
    Column("有异议单位", 20, "small"),
    Column("容差", 10, "number"),
    Column("核对情况", 10, "centre"),
    Column("说明", 34, "small"),
)
_VERDICTS = {True: "结论不同", False: "结论一致", None: "—"}
_NOTE = "两种来源并存，不作调整；差异在容差以内的不必说明。部门数为主报来源的，以部门数判定。"
_WITHIN = "容差以内"
_BY = {"unit": "单位申报", "office": "汇总单位申报", "": "尚未申报"}


def write_reconciliation(page: Page, consolidated: Consolidated, formulas: Formulas) -> None:
    """Fill the sheet."""
    page.head(height=34)
    freeze_below_head(page, 1)
    for row in consolidated.reconciliation:
        _row(page, consolidated, formulas, row)
    page.across(_NOTE, "note")
    if consolidated.overlaps:
        _overlaps(page, consolidated)
    if consolidated.duplicates:
        _duplicates(page, consolidated)


def _row(page: Page, consolidated: Consolidated, formulas: Formulas, row: ReconciliationRow) -> None:
    plan = consolidated.plan
    element = plan.element(row.element)
    shape = number_format(element.decimals)
    page.put(0, element.name)
    page.put(1, element.unit.typed)
    put_computed(page, 2, formulas.department_total(row.element), "number", shape)
    page.put(3, unit_names(plan, row.owners))
    put_computed(page, 4, formulas.units_total(row.element), "number", shape)
    if row.difference is None:
        page.put(5, "—", "centre")
    else:
        here = page.row + 1
        formula = f"=ROUND({column_letter(4)}{here}-{column_letter(2)}{here},{element.decimals})"
        page.formula(5, formula, row.difference, "total" if row.difference else "number", shape)
    page.put(6, coverage_text(row.coverage))
    page.put(7, missing_text(plan, row.coverage))
    page.put(8, _VERDICTS[row.verdict_differs], "bad" if row.verdict_differs else "centre")
    page.put(9, unit_names(plan, row.disputed))
    page.put(10, row.tolerance or None, number=shape)
    state = row.state
    page.put(11, DIFFERENCE_LABELS[state] if state else _WITHIN if row.within and row.difference else None)
    said = [absence(row.reason)] if row.reason else []
    said += [row.note.text] if row.note is not None else []
    page.put(12, "；".join(said))
    page.next()


def _overlaps(page: Page, consolidated: Consolidated) -> None:
    page.next()
    page.across("区域重叠（从前一单位的数中扣减，见“数据”表的扣减栏）", "block", 22)
    undeclared = [overlap for overlap in consolidated.overlaps if not overlap.declared]
    for overlap in consolidated.overlaps:
        if overlap.value:
            page.across(_overlap_text(consolidated, overlap), "text")
    for pair in dict.fromkeys((overlap.unit, overlap.other) for overlap in undeclared):
        names = "、".join(
            consolidated.plan.element(o.element).name for o in undeclared if (o.unit, o.other) == pair
        )
        page.across(f"{unit_names(consolidated.plan, pair)}：尚未申报重叠数：{names}。", "text")
    if undeclared:
        page.across(f"重叠尚未全部申报，合计称“{consolidated.title}”，不称全区数。", "note")


def _overlap_text(consolidated: Consolidated, overlap: Overlap) -> str:
    plan = consolidated.plan
    element = plan.element(overlap.element)
    value = display(overlap.value, element.decimals, plan.rounding) if overlap.value is not None else ""
    reason = f"：{overlap.reason}" if overlap.reason else ""
    names = f"{plan.unit(overlap.unit).short_name}与{plan.unit(overlap.other).short_name}重复"
    return f"{element.name}：{names} {value} {element.unit.typed}（{_BY[overlap.by]}{reason}）"


def _duplicates(page: Page, consolidated: Consolidated) -> None:
    page.next()
    page.across("名单中重复列报的条目（请核定归属）", "block", 22)
    plan = consolidated.plan
    for number, found in enumerate(consolidated.duplicates, 1):
        units = unit_names(plan, found.units)
        said = "　尚未核定，合计中重复计入。"
        if found.keep:
            said = f"　核定由{unit_names(plan, found.keep)}列报：{found.reason}"
        page.across(
            f"{number}. {plan.element(found.element).name}：{found.name}　列报单位：{units}{said}", "text"
        )
