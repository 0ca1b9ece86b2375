"""The readable sheets of a task package, and writing it."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.exchange.atomic import write_whole
from desktop.exchange.cell_texts import plain
from desktop.exchange.layout import DEMO, MANIFEST_SHEET
from desktop.exchange.task_package import TaskPackage, manifest_rows
from desktop.model.decimals import canonical
from desktop.model.plan import Plan

if TYPE_CHECKING:
    from xlsxwriter import Workbook

NOTES, UNITS, FIGURES, CHANGES = "说明", "单位与期限", "下发数据", "方案变化"
_HOW = "用知报打开本单位的工作区，点“文件—接收任务包”选择本文件；已录入的草稿会随新版方案移过去，并列出对照。"


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """One line of what changed against the plan version before: 类别, 名称, 变化, 内容."""

    what: str
    name: str
    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet of rows of text."""

    name: str
    headers: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    widths: tuple[int, ...]


def write_task_package(
    package: TaskPackage,
    plan: Plan,
    path: Path,
    *,
    before: str = "",
    changes: Sequence[ChangedLine] = (),
    overwrite: bool = False,
) -> None:
    """Write the package; `before` is the plan version that `changes` compare with, empty for the first.

    Raises InputError if the file exists and EnvironmentFault if it can't be written.
    """
    import xlsxwriter

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(content, options)
    periods = "、".join(open_.period.label for open_ in package.periods)
    workbook.set_properties({"title": f"{plan.name} {periods}任务包", "created": _created(package)})
    title = f"{f'{DEMO}　' if package.synthetic else ''}{plan.name}　{periods}任务包"
    for table in (
        _notes(package, plan, before),
        _units(package, plan),
        _figures(package, plan),
        _changes(before, changes),
    ):
        _write(workbook, table, title)
    _write_manifest(workbook, package)
    workbook.close()
    write_whole(path, content.getvalue(), "写入任务包", overwrite=overwrite)


def _notes(package: TaskPackage, plan: Plan, before: str) -> _Table:
    rows = [
        ("方案", plan.name),
        ("方案版本", f"第{plan.version}版" + (f"（上一版为第{before}版）" if before else "")),
        *(("开放的报告期", open_.period.label) for open_ in package.periods),
        ("发布单位", package.office),
        ("联系方式", package.contact),
        ("备注", package.note),
        ("怎样使用", _HOW),
    ]
    return _Table(NOTES, ("项目", "内容"), [row for row in rows if row[1]], (16, 80))


def _units(package: TaskPackage, plan: Plan) -> _Table:
    headers = ("单位代码", "单位", "类别", *(f"{open_.period.label}报送期限" for open_ in package.periods))
    rows = [
        (
            *(unit.id, unit.name, plan.kind_label(unit.kind)),
            *(_day(open_.deadlines.get(unit.id)) for open_ in package.periods),
        )
        for unit in plan.units
    ]
    return _Table(UNITS, headers, rows, (20, 30, 12, *(24 for _ in package.periods)))


def _figures(package: TaskPackage, plan: Plan) -> _Table:
    rows = [
        (
            *(f.element, plan.element(f.element).name, _area(plan, f.area), canonical(f.value)),
            *(plan.element(f.element).unit.typed, f.date.isoformat(), f.source),
        )
        for f in package.references
        if plan.has_element(f.element)
    ]
    headers = ("代码", "指标名称", "单位", "数值", "计量单位", "日期", "来源")
    return _Table(FIGURES, headers, rows, (26, 34, 20, 14, 12, 14, 24))


def _changes(before: str, changes: Sequence[ChangedLine]) -> _Table:
    rows = [(line.what, line.name, line.kind, line.detail) for line in changes]
    if not rows:
        said = f"与第{before}版相比没有变化。" if before else "这是第一次下发，没有可对照的上一版。"
        rows = [("", "", "", said)]
    return _Table(CHANGES, ("类别", "名称", "变化", "内容"), rows, (12, 36, 12, 80))


def _area(plan: Plan, area: str) -> str:
    return plan.unit(area).short_name if plan.has_unit(area) else area


def _write(workbook: Workbook, table: _Table, title: str) -> None:
    sheet = workbook.add_worksheet(table.name)
    bold = workbook.add_format({"bold": True, "font_size": 14})
    header = workbook.add_format({"bold": True, "bg_color": "#DDE6EE", "border": 1, "text_wrap": True})
    cell = workbook.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, plain(title), bold)
    for index, row in enumerate((table.headers, *table.rows), 1):
        for column, text in enumerate(row):
            sheet.write_string(index, column, plain(text), header if index == 1 else cell)
    for column, width in enumerate(table.widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_manifest(workbook: Workbook, package: TaskPackage) -> None:
    sheet = workbook.add_worksheet(MANIFEST_SHEET)
    sheet.very_hidden()
    for index, row in enumerate(manifest_rows(package)):
        for column, text in enumerate(row):
            sheet.write_string(index, column, text)


def _created(package: TaskPackage) -> datetime.datetime:
    moment = package.created or datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    return moment.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""
