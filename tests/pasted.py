"""The two tables of an official document as people paste them, with titles of the shipped plan."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from desktop.definition.workbook import starter_workbook
from desktop.definition.workbook.words import INDICATOR_TABLE, TASK_TABLE
from desktop.model.plan import Plan
from desktop.model.task import Item

_CHINESE = "一二三四五六七八九十"
Cells = Sequence[str | int | float | None]


def pasted_workbook(plan: Plan, path: Path) -> Path:
    """A starter workbook with the plan's indicators and items pasted as a document shows them.

    Categories, actions and tasks stand in merged cells, names are broken over lines, per cent figures are
    texts or formatted numbers, there is a title above and a note below, and a column nobody asked for.
    """
    path.write_bytes(starter_workbook(plan))
    book = openpyxl.load_workbook(path)
    _paste(book[INDICATOR_TABLE], indicator_rows(plan))
    _paste(book[TASK_TABLE], item_rows(plan))
    _as_per_cent(book[INDICATOR_TABLE])
    book.save(path)
    return path


def indicator_rows(plan: Plan) -> list[Cells]:
    """The rows of the 指标对照表: title, headers, one row per indicator, a note."""
    first, last = f"{plan.baseline_year}年\n基础值", f"{plan.last_year}年\n目标值"
    rows: list[Cells] = [
        ["主要指标对照表"],
        ["序号", "类别", "指标名称", "指标属性", first, last, "完成难度"],
    ]
    before = ""
    for indicator in plan.indicators:
        category = None if indicator.category == before else indicator.category
        before = indicator.category
        unit = indicator.unit.partition("/")[0] if "年" not in indicator.unit else indicator.unit
        kind = "国家指标" if indicator.national else "自选指标"
        percent = "%" if indicator.unit == "%" else ""
        figures = [f"{figure}{percent}" for figure in (indicator.baseline, indicator.target)]
        name = f"{indicator.name}（{unit}）"
        rows.append([indicator.number, category, name, kind, *figures, None])
    return [*rows, ["注：指标分为国家指标和自选指标。"]]


def item_rows(plan: Plan) -> list[Cells]:
    """The rows of the 任务分解表: title, a header merged over two columns, one row per item."""
    rows: list[Cells] = [["重点任务分解表"], ["重点任务", None, "具体内容", "责任单位"]]
    before: tuple[int, int] = (0, 0)
    for item in plan.items:
        task = plan.task(item.task)
        action = next(action for action in plan.actions if action.number == task.action)
        said = f"（{_CHINESE[action.number - 1]}）{action.title}" if action.number != before[0] else None
        named = f"{task.number}.{task.title}" if task.number != before[1] else None
        before = (action.number, task.number)
        rows.append([said, named, f"（{item.number}）{item.title}。", _bodies(plan, item)])
    return rows


def _bodies(plan: Plan, item: Item) -> str | None:
    """The names in the document's way, one of them broken over two lines; nothing where it is inferred."""
    if item.inferred:
        return None
    names = "、".join(plan.body_name(body) for body in item.bodies)
    return f"{names[:3]}\n{names[3:]}"


def _paste(sheet: Worksheet, rows: Sequence[Cells]) -> None:
    sheet.delete_rows(1)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value)


def _as_per_cent(sheet: Worksheet) -> None:
    """Every other per cent figure as a number that is shown as per cent."""
    for row in sheet.iter_rows(min_row=3, min_col=5, max_col=6):
        for cell in row:
            if isinstance(cell.value, str) and cell.value.endswith("%") and cell.row % 2:
                cell.value = float(cell.value[:-1]) / 100
                cell.number_format = "0.0%"
