"""Sheet 单位明细: data elements by unit, with totals, deductions, coverage and the departments' figure."""

from __future__ import annotations

from desktop.consolidation import Consolidated
from desktop.consolidation.aggregation import exists
from desktop.model.element import DataElement
from desktop.model.submission import Answer, FigureState, Section
from desktop.model.unit import Unit
from desktop.report.data_sheet import DataRows
from desktop.report.formulas import Formulas
from desktop.report.page import Column, Page, freeze_below_head, number_format
from desktop.report.summary_sheet import put_computed
from desktop.report.words import absence, coverage_text

NAME = "单位明细"
_FIXED = (
    Column("类别", 6, "centre"),
    Column("数据项", 34, "text"),
    Column("计量单位", 7, "centre"),
    Column("各单位合计", 13, "total"),
    Column("已扣减", 10, "number"),
    Column("覆盖", 7, "centre"),
    Column("部门数", 13, "number"),
)
_MANY_UNITS = 60
_MANY_LINKS = 20_000
_NOTE = (
    "合计为扣减重复和区外之后的净数。“—”为本单位本期不报，“缺报”为单位未报送，“空白”为已报送但此项未填，“无此项”计为零；"
    "带※的数为单位有异议、按本单位数计入。点击数字可到“数据”表中对应的行。"
)


def territorial_units(consolidated: Consolidated) -> tuple[Unit, ...]:
    """Units whose figures are added up, that exist at the period's end."""
    plan = consolidated.plan
    return tuple(unit for unit in plan.units_on(consolidated.period.end) if plan.is_territorial(unit))


def columns(consolidated: Consolidated) -> tuple[Column, ...]:
    """The fixed columns and one for each unit."""
    return (*_FIXED, *(Column(unit.short_name, 10.5, "number") for unit in territorial_units(consolidated)))


def write_details(page: Page, consolidated: Consolidated, formulas: Formulas, rows: DataRows) -> None:
    """Fill the sheet."""
    units = territorial_units(consolidated)
    page.head(height=34)
    freeze_below_head(page, 3)
    if len(units) > _MANY_UNITS:
        page.sheet.fit_to_pages(0, 0)
        page.sheet.repeat_columns(0, 2)
    links = len(rows) <= _MANY_LINKS
    for element in consolidated.plan.elements:
        if exists(element, consolidated.period):
            _element_row(page, consolidated, formulas, rows if links else None, element, units)
    page.across(_NOTE, "note")


def _element_row(
    page: Page,
    consolidated: Consolidated,
    formulas: Formulas,
    rows: DataRows | None,
    element: DataElement,
    units: tuple[Unit, ...],
) -> None:
    total, said = consolidated.elements[element.id], consolidated.departments[element.id]
    shape = number_format(element.decimals)
    page.put(0, element.category)
    page.put(1, ("　" if element.part_of else "") + element.name)
    page.put(2, element.unit.typed)
    if total.net is None:
        page.put(3, "—" if total.reason == "no_units" else absence(total.reason), "centre")
    else:
        put_computed(page, 3, formulas.units_total(element.id), "total", shape)
    page.put(4, total.deductions or None, number=shape)
    page.put(5, coverage_text(total.coverage))
    if said.value is None:
        page.put(6, "—" if said.reason == "no_owner" else absence(said.reason), "centre")
    else:
        put_computed(page, 6, formulas.department_total(element.id), "number", shape)
    due = frozenset(total.coverage.due)
    for index, unit in enumerate(units, len(_FIXED)):
        _unit_cell(page, index, element, unit, consolidated.figures.get(unit.id), rows, due=unit.id in due)
    page.next()


def _unit_cell(
    page: Page,
    column: int,
    element: DataElement,
    unit: Unit,
    section: Section | None,
    rows: DataRows | None,
    *,
    due: bool,
) -> None:
    figure = section.figure(element.id) if section is not None else None
    amount = figure.amount if figure is not None else None
    if figure is None or amount is None:
        unread = figure is not None and figure.state is FigureState.UNREADABLE
        words = "—" if not due else "缺报" if figure is None else "无法识读" if unread else "空白"
        page.put(column, words, "centre")
        return
    if figure.state is FigureState.NIL:
        page.put(column, "无此项", "centre")
        return
    plain = number_format(element.decimals)
    shape = plain.removesuffix("_ ") + '"※"' if figure.answer is Answer.DISPUTED else plain
    where = rows.reference(unit.id, element.id) if rows is not None else None
    if where is None:
        page.put(column, amount, "number", shape)
    else:
        page.link(column, amount, where, shape)
