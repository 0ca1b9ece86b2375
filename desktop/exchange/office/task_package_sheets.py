"""The readable sheets of a task package."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.exchange.office.office_file import OfficeFile
from desktop.exchange.office.office_sheets import OfficeBook, Table, write_office_file
from desktop.exchange.office.task_package import TaskPackage
from desktop.model.decimals import canonical
from desktop.model.plan import Plan

NOTES, UNITS, FIGURES, CHANGES = "说明", "单位与期限", "下发数据", "方案变化"
_HOW = "用知报打开本单位的工作区，点“文件—接收”选择本文件；已录入的草稿会随新版方案移过去，并列出对照。"


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """One line of what changed against the plan version before: 类别, 名称, 变化, 内容."""

    what: str
    name: str
    kind: str
    detail: str


def write_task_package(
    package: TaskPackage,
    file: OfficeFile,
    plan: Plan,
    path: Path,
    *,
    before: str = "",
    changes: Sequence[ChangedLine] = (),
    overwrite: bool = False,
) -> None:
    """Write a package and `file`, which is the same signed.

    `before` is the plan version that `changes` compare with, empty for the first.
    Raises InputError if the file exists and EnvironmentFault if it can't be written.
    """
    periods = "、".join(open_.period.label for open_ in package.periods)
    tables = (
        _notes(package, plan, before),
        _units(package, plan),
        _figures(package, plan),
        _changes(before, changes),
    )
    book = OfficeBook(f"{plan.name}　{periods}任务包", tables, package.created, package.synthetic)
    write_office_file(file, book, path, overwrite=overwrite)


def _notes(package: TaskPackage, plan: Plan, before: str) -> Table:
    rows = [
        ("方案", plan.name),
        ("方案版本", f"第{plan.version}版" + (f"（上一版为第{before}版）" if before else "")),
        *(("开放的报告期", open_.period.label) for open_ in package.periods),
        ("发布单位", package.office),
        ("联系方式", package.contact),
        ("备注", package.note),
        ("怎样使用", _HOW),
    ]
    return Table(NOTES, ("项目", "内容"), [row for row in rows if row[1]], (16, 80))


def _units(package: TaskPackage, plan: Plan) -> Table:
    headers = ("单位代码", "单位", "类别", *(f"{open_.period.label}报送期限" for open_ in package.periods))
    rows = [
        (
            *(unit.id, unit.name, plan.kind_label(unit.kind)),
            *(_day(open_.deadlines.get(unit.id)) for open_ in package.periods),
        )
        for unit in plan.units
    ]
    return Table(UNITS, headers, rows, (20, 30, 12, *(24 for _ in package.periods)))


def _figures(package: TaskPackage, plan: Plan) -> Table:
    rows = [
        (
            *(f.element, plan.element(f.element).name, _area(plan, f.area), canonical(f.value)),
            *(plan.element(f.element).unit.typed, f.date.isoformat(), f.source),
        )
        for f in package.references
        if plan.has_element(f.element)
    ]
    headers = ("代码", "指标名称", "单位", "数值", "计量单位", "日期", "来源")
    return Table(FIGURES, headers, rows, (26, 34, 20, 14, 12, 14, 24))


def _changes(before: str, changes: Sequence[ChangedLine]) -> Table:
    rows = [(line.what, line.name, line.kind, line.detail) for line in changes]
    if not rows:
        said = f"与第{before}版相比没有变化。" if before else "这是第一次下发，没有可对照的上一版。"
        rows = [("", "", "", said)]
    return Table(CHANGES, ("类别", "名称", "变化", "内容"), rows, (12, 36, 12, 80))


def _area(plan: Plan, area: str) -> str:
    return plan.unit(area).short_name if plan.has_unit(area) else area


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""
