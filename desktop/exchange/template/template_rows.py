"""The rows of a template: figures, lists and items to fill in, each with its hint and its check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from desktop.exchange.format import visible
from desktop.exchange.format.layout import (
    LIST_ID,
    NOT_DUE,
    Column,
)
from desktop.exchange.template.fill_page import Entry, FillPage
from desktop.exchange.template.template_checks import (
    Check,
    FigureCells,
    entered_check,
    helper_check,
    issued_check,
    lead_check,
    left_formula,
    list_check,
)
from desktop.exchange.template.template_hints import (
    NATURES,
    answer_hint,
    figure_hint,
    list_hint,
    reason_hint,
    status_hint,
)
from desktop.exchange.writing.styles import Style
from desktop.model.element import DataElement, ElementKind, Mode
from desktop.model.form import Form, FormItem, FormRow
from desktop.model.plan import Plan
from desktop.model.submission import BLANK, Figure

LEAST_ROWS = 20
"""Rows that a list has to fill in; twice as many as it had before, if that is more."""
_LONGEST_NAME = 100
"""A text inside a formula may have 255 characters."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a template shows beside the cells to fill in: element id → figure."""

    previous: Mapping[str, Figure] = field(default_factory=dict, hash=False)
    issued: Mapping[str, Figure] = field(default_factory=dict, hash=False)


def figure_columns(form: Form, beside: Beside) -> tuple[Column, ...]:
    """The columns of 指标报表 in a template: the reader finds them by their headers, codes stand last.

    Columns of earlier and issued figures are there where some are known; else 说明 has their room, so that
    it prints as large on paper.
    """
    issued = any(row.mode is Mode.ISSUED and row.element.id in beside.issued for row in form.rows)
    previous = any(row.element.id in beside.previous for row in form.rows)
    return (
        Column("name", "指标名称", 30),
        Column("measure", "计量单位", 9),
        Column("nature", "口径", 9),
        *((Column("issued", "下发数", 12), Column("answer", "核对", 8)) if issued else ()),
        *((Column("previous", "上期", 13),) if previous else ()),
        Column("current", "本期", 16),
        Column("check", "检查", 17),
        Column("reason", "原因", 11),
        Column("note", "说明", 28 + (0 if issued else 20) + (0 if previous else 13)),
        Column("code", "代码", 24),
    )


def item_columns() -> tuple[Column, ...]:
    """The columns of 任务进展 in a template."""
    return (
        Column("code", "序号", 6),
        Column("title", "任务", 40),
        Column("role", "分工", 6),
        Column("status", "状态", 14),
        Column("percent", "完成百分比", 9),
        Column("narrative", "进展情况", 56),
        Column("finished", "完成日期", 12),
        Column("check", "检查", 14),
    )


def list_columns(elements: tuple[DataElement, ...]) -> tuple[Column, ...]:
    """The columns of 名单 in a template."""
    names = dict.fromkeys(column.name for element in elements for column in element.columns)
    return (
        Column("name", "指标名称", 30),
        Column("row", "行号", 6),
        *(Column(LIST_ID + name, name, 26) for name in names),
        Column("code", "代码", 24),
    )


def due_lists(form: Form, beside: Beside) -> tuple[DataElement, ...]:
    """The list elements that are asked for; of issued ones those that were issued and may be disputed."""
    return tuple(
        row.element
        for row in form.due_rows
        if row.element.kind is ElementKind.LIST
        and (row.mode is Mode.ENTERED or row.element.id in beside.issued)
    )


def write_lists(page: FillPage, elements: tuple[DataElement, ...], beside: Beside) -> dict[str, str]:
    """The open rows of 名单; gives element id → the range that tells how many are filled in."""
    ranges = {}
    for element in elements:
        first = page.at
        before = len(beside.previous.get(element.id, BLANK).rows)
        for number in range(1, max(LEAST_ROWS, 2 * before) + 1):
            _list_row(page, element, number)
        letters = page.letters(LIST_ID + element.columns[0].name)
        ranges[element.id] = f"'{page.name}'!${letters}${first}:${letters}${page.at - 1}"
    page.print_up_to(page.columns[-2])
    page.protect()
    counted = [(_in_formula(element.name), ranges[element.id]) for element in elements]
    parts = [f'"{name} "&SUMPRODUCT(--(LEN({range_})>0))&" 行"' for name, range_ in counted]
    said = "；".join(f"{element.name} 0 行" for element in elements)
    page.say_left("=" + '&"；"&'.join(parts), said)
    return ranges


def _in_formula(name: str) -> str:
    """A name as it may stand inside a formula's quotes: a quotation mark of its own doesn't end them."""
    return name[:_LONGEST_NAME].replace('"', '""')


def _list_row(page: FillPage, element: DataElement, number: int) -> None:
    page.cell("name", element.name, Style.TEXT)
    page.cell("row", Decimal(number), Style.CENTER)
    for column in page.columns:
        if column.startswith(LIST_ID):
            page.cell(column, None, Style.NOT_DUE)
    for declared in element.columns:
        place = LIST_ID + declared.name
        page.open_cell(place, Style.FILL_EXACT, list_hint(declared, page.ref(place)))
    page.cell("code", element.id, Style.CODE)
    page.next_row()


def write_figures(page: FillPage, form: Form, plan: Plan, beside: Beside, lists: Mapping[str, str]) -> None:
    """The rows of 指标报表: category by category, with what is left in the live line."""
    at = _rows_at(page, form)
    checks = []
    for category, members in groupby(form.rows, key=lambda row: row.element.category):
        page.category(category, "name")
        for row in members:
            check = _figure_row(page, form, row, plan, beside, lists, at)
            checks += [check] if check else []
    if not form.rows:
        page.category("本单位没有要填的数据项，请填“任务进展”。", "name")
    left = left_formula(page.rows_of("check"), page.name, sum(check.open for check in checks))
    page.say_left(left.formula, left.result)
    page.finish("current", "answer")
    page.print_up_to("note")


def _rows_at(page: FillPage, form: Form) -> dict[str, int]:
    """Element id → the row it will stand in."""
    at, found = page.at, {}
    for _, members in groupby(form.rows, key=lambda row: row.element.category):
        at += 1
        for row in members:
            found[row.element.id] = at
            at += 1
    return found


def _figure_row(
    page: FillPage,
    form: Form,
    row: FormRow,
    plan: Plan,
    beside: Beside,
    lists: Mapping[str, str],
    at: Mapping[str, int],
) -> Check | None:
    element = row.element
    page.cell("name", element.name, Style.TEXT, indent=row.indent)
    page.note("name", element.definition_on(form.period.end))
    page.cell("measure", element.unit.typed, Style.CENTER)
    page.cell("nature", NATURES[element.nature], Style.CENTER)
    for column, figures in (("previous", beside.previous), ("issued", beside.issued)):
        shown = visible.figure(figures.get(element.id, BLANK))
        page.cell(column, shown, Style.NUMBER, decimals=element.decimals)
    page.cell("answer", None, Style.NOT_DUE)
    page.cell("code", element.id, Style.CODE)
    if not row.due:
        for column, said in (("current", NOT_DUE), ("check", None), ("reason", None), ("note", None)):
            page.cell(column, said, Style.NOT_DUE)
        page.next_row()
        return None
    wholes = [
        (plan.element(id_).name, page.ref("current", at[id_])) for id_ in element.subset_of if id_ in at
    ]
    cells = _cells(page, row, beside, wholes, lists.get(element.id, ""))
    check = _check(row, cells, form, plan)
    page.open_cell("current", Style.FILL_NUMBER, figure_hint(row, cells, plan), decimals=element.decimals)
    if cells.answer:
        page.open_cell("answer", Style.FILL_CENTER, answer_hint())
    page.formula("check", check.formula, check.result)
    page.open_cell("reason", Style.FILL_CENTER, reason_hint(plan))
    page.open_cell("note", Style.FILL_TEXT, Entry("说明", "数据有变化或与上期相差较大时，写一两句具体情况。"))
    page.next_row()
    return check


def _cells(
    page: FillPage, row: FormRow, beside: Beside, wholes: Sequence[tuple[str, str]], rows: str
) -> FigureCells:
    id_ = row.element.id
    issued = row.mode is Mode.ISSUED and beside.issued.get(id_, BLANK).value is not None
    known = beside.previous.get(id_, BLANK).value is not None
    return FigureCells(
        current=page.ref("current"),
        previous=page.ref("previous") if known else "",
        issued=page.ref("issued") if issued else "",
        answer=page.ref("answer") if issued else "",
        wholes=wholes,
        rows=rows,
    )


def _check(row: FormRow, cells: FigureCells, form: Form, plan: Plan) -> Check:
    if cells.rows and row.mode is Mode.ENTERED:
        return list_check(cells)
    make = issued_check if row.mode is Mode.ISSUED else entered_check
    return make(row.element, cells, plan, form.period)


def write_items(page: FillPage, form: Form) -> None:
    """The rows of 任务进展: what the unit leads first."""
    checks = [_item_row(page, entry) for entry in form.items]
    left = left_formula(page.rows_of("check"), page.name, sum(check.open for check in checks))
    page.say_left(left.formula, left.result)
    page.finish("status")


def _item_row(page: FillPage, entry: FormItem) -> Check:
    page.cell("code", Decimal(entry.item.number), Style.CENTER)
    page.cell("title", entry.item.title, Style.TEXT)
    page.cell("role", "牵头" if entry.leads else "配合", Style.CENTER)
    status, percent, narrative = (page.ref(column) for column in ("status", "percent", "narrative"))
    page.open_cell("status", Style.FILL_CENTER, status_hint(leads=entry.leads))
    if entry.leads:
        whole = f"=AND(ISNUMBER({percent}),{percent}>=0,{percent}<=100,INT({percent})={percent})"
        page.open_cell(
            "percent",
            Style.FILL_CENTER,
            Entry("完成百分比", "0 至 100 的整数，不写 %。", (), whole, "请填 0 至 100 的整数。"),
        )
        page.open_cell("finished", Style.FILL_EXACT, Entry("完成日期", "已完成的，写成 2024-09-30 的样子。"))
        check = lead_check(status, percent, narrative)
    else:
        for column in ("percent", "finished"):
            page.cell(column, None, Style.NOT_DUE)
        check = helper_check(status, narrative)
    page.open_cell(
        "narrative", Style.FILL_TEXT, Entry("进展情况", "一两句：做了什么、到哪一步、有什么结果。")
    )
    page.formula("check", check.formula, check.result)
    page.next_row()
    return check
