"""The task package: a workbook that carries plan, deadlines and reference figures to the units.

Readable sheets for people, and a manifest sheet for the program. Unsigned in this version of the format.
"""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.errors import InputError
from desktop.exchange.atomic import write_whole
from desktop.exchange.layout import DEMO, MANIFEST_SHEET
from desktop.exchange.manifest import CHUNK, NOTICE, TITLE, shield
from desktop.exchange.safety import open_checked
from desktop.model.canonical import Json, canonical_text, digest
from desktop.model.decimals import canonical, parse_canonical
from desktop.model.period import Period
from desktop.model.plan import Plan, ReferenceFigure

if TYPE_CHECKING:
    from xlsxwriter import Workbook

KIND = "task_package"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class TaskPackage:
    """What a round starts with: the plan's document, and by unit id the last day of reporting."""

    plan: Json
    period: Period
    deadlines: Mapping[str, datetime.date] = field(default_factory=dict, hash=False)
    references: tuple[ReferenceFigure, ...] = ()
    created: datetime.datetime | None = None
    synthetic: bool = False


def write_task_package(package: TaskPackage, plan: Plan, path: Path, *, overwrite: bool = False) -> None:
    """Write the package; raises InputError if the file exists and EnvironmentFault if it can't be written."""
    import xlsxwriter

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(content, options)
    workbook.set_properties(
        {"title": f"{plan.name} {package.period.label}任务包", "created": _created(package)}
    )
    head = f"{DEMO}　" if package.synthetic else ""
    units = [
        (unit.id, unit.name, plan.kind_label(unit.kind), _day(package.deadlines.get(unit.id)))
        for unit in plan.units
    ]
    title = f"{head}{plan.name}　{package.period.label}任务包"
    _table(workbook, "单位与期限", title, ("单位代码", "单位", "类别", "报送期限"), units)
    figures = [
        (f.element, plan.element(f.element).name, f.area, canonical(f.value), f.date.isoformat(), f.source)
        for f in package.references
        if plan.has_element(f.element)
    ]
    _table(workbook, "下发数据", title, ("代码", "指标名称", "单位代码", "数值", "日期", "来源"), figures)
    _manifest(workbook, package)
    workbook.close()
    write_whole(path, content.getvalue(), "写入任务包", overwrite=overwrite)


def read_task_package(path: Path) -> TaskPackage:
    """The package in a file; raises InputError if it isn't one, EnvironmentFault if it can't be read."""
    import openpyxl

    content = open_checked(path)
    workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    try:
        if MANIFEST_SHEET not in workbook.sheetnames:
            raise _no_package(path)
        rows = {
            str(row[0]): str(row[1] or "")
            for row in workbook[MANIFEST_SHEET].iter_rows(values_only=True)
            if row[0]
        }
    finally:
        workbook.close()
    if rows.get("kind") != KIND:
        raise _no_package(path)
    return _package(path, rows)


def _package(path: Path, rows: Mapping[str, str]) -> TaskPackage:
    try:
        text = "".join(rows[f"content/{number}"] for number in range(1, int(rows["pieces"]) + 1))
        data = json.loads(text)
        if digest(data) != rows["digest"]:
            raise InputError(
                "package.altered", f"{path.name}的内容已被改动。", "请向汇总单位重新索取任务包。"
            )
        return TaskPackage(
            plan=data["plan"],
            period=Period.parse(data["period"]),
            deadlines={unit: datetime.date.fromisoformat(day) for unit, day in data["deadlines"].items()},
            references=tuple(_reference(row) for row in data["references"]),
            synthetic=bool(data["synthetic"]),
        )
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise InputError("package.broken", f"{path.name}不完整。", "请向汇总单位重新索取任务包。") from error


def _manifest(workbook: Workbook, package: TaskPackage) -> None:
    data = {
        "format": FORMAT,
        "plan": package.plan,
        "period": str(package.period),
        "deadlines": {unit: day.isoformat() for unit, day in package.deadlines.items()},
        "references": [_reference_data(figure) for figure in package.references],
        "synthetic": package.synthetic,
    }
    text = shield(canonical_text(data))
    pieces = [text[start : start + CHUNK] for start in range(0, len(text), CHUNK)]
    sheet = workbook.add_worksheet(MANIFEST_SHEET)
    sheet.very_hidden()
    rows = [(TITLE, NOTICE), ("kind", KIND), ("format", str(FORMAT))]
    rows += [("digest", digest(data)), ("pieces", str(len(pieces)))]
    rows += [(f"content/{number}", piece) for number, piece in enumerate(pieces, 1)]
    for index, (name, value) in enumerate(rows):
        sheet.write_string(index, 0, name)
        sheet.write_string(index, 1, value)


def _table(
    workbook: Workbook, name: str, title: str, headers: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> None:
    sheet = workbook.add_worksheet(name)
    bold = workbook.add_format({"bold": True, "font_size": 14})
    header = workbook.add_format({"bold": True, "bg_color": "#DDE6EE", "border": 1, "text_wrap": True})
    cell = workbook.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, title, bold)
    for column, text in enumerate(headers):
        sheet.write_string(1, column, text, header)
    for index, row in enumerate(rows, 2):
        for column, text in enumerate(row):
            sheet.write_string(index, column, text, cell)
    sheet.set_column(0, len(headers) - 1, 22)
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _reference(row: Mapping[str, Any]) -> ReferenceFigure:
    value: Decimal = parse_canonical(row["value"])
    day = datetime.date.fromisoformat(row["date"])
    return ReferenceFigure(row["element"], row["area"], value, day, row["vintage"], row["source"])


def _reference_data(figure: ReferenceFigure) -> Json:
    return {
        "element": figure.element,
        "area": figure.area,
        "value": canonical(figure.value),
        "date": figure.date.isoformat(),
        "vintage": figure.vintage,
        "source": figure.source,
    }


def _created(package: TaskPackage) -> datetime.datetime:
    moment = package.created or datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    return moment.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _no_package(path: Path) -> InputError:
    return InputError("package.not_one", f"{path.name}不是任务包。", "请选择汇总单位发来的任务包（.xlsx）。")
