"""Reference figures out of a table that an office pastes or keeps in a workbook: 单位, 数据项 and figures.

Two shapes are read: a row for each figure (单位, 数据项, 数值; 日期, 版本 and 来源 if there), and a row for
each unit with a column for each data element, or the other way round. What can't be used is listed at its
cell and left out.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from desktop.errors import InputError
from desktop.model.decimals import EXACT, canonical, display
from desktop.model.element import Mode
from desktop.model.listing import read_date
from desktop.model.plan import Plan, ReferenceFigure
from desktop.model.reading import read_figure
from desktop.workspace.form.pasting import read_block
from desktop.workspace.totals.reference_shapes import (
    HEAD_ROWS,
    Table,
    area_named,
    element_named,
    find_wide,
    key_of,
    place_of,
)

_AREA = frozenset({"单位", "单位名称", "地区", "填报单位", "区域"})
_ELEMENT = frozenset({"数据项", "指标", "代码", "指标名称"})
_VALUE = frozenset({"数值", "数", "下发数", "数据", "本期", "值"})
_DATE = frozenset({"日期", "时点", "统计时点"})
_VINTAGE = frozenset({"版本", "数据版本"})
_SOURCE = frozenset({"来源", "数据来源"})
_PART = "小计"
_STROKES = frozenset({"", "-", "－", "–", "—", "——", "/", "／", "…", "……"})
_VINTAGES = {
    "初步": "preliminary",
    "初步数": "preliminary",
    "快报": "preliminary",
    "终报": "final",
    "年报": "final",
    "修订": "revised",
}


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for figures that don't say otherwise: the day they stand for, vintage, source."""

    date: datetime.date
    vintage: str = "final"
    source: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """One figure of the table at its cell. `figure` is None where it can't be used; `problem` says why.

    `old` is what is known so far, for the same area, day and vintage. `notice` doesn't stand in the way.
    """

    cell: str
    area: str
    element: str
    text: str
    figure: ReferenceFigure | None = None
    old: Decimal | None = None
    problem: str = ""
    notice: str = ""

    @property
    def changes(self) -> bool:
        """Whether taking it in changes anything."""
        return self.figure is not None and self.figure.value != self.old


@dataclass(frozen=True, slots=True)
class ReferencePlan:
    """What a table would bring; `notes` are sentences on the table as a whole."""

    lines: tuple[ReferenceLine, ...]
    notes: tuple[str, ...] = ()

    @property
    def figures(self) -> tuple[ReferenceFigure, ...]:
        """The figures that can be used."""
        return tuple(line.figure for line in self.lines if line.figure is not None)

    @property
    def fits(self) -> bool:
        """Whether nothing was left out."""
        return bool(self.lines) and not self.notes and not any(line.problem for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Long:
    """Where things stand in a table with a row for each figure."""

    row: int
    columns: Mapping[str, int]


def plan_references(
    plan: Plan, table: Table, defaults: Defaults, known: Sequence[ReferenceFigure]
) -> ReferencePlan:
    """What a table would bring; `known` are the figures there are. Raises InputError for no such table."""
    long = _find_long(table)
    lines = list(_long_lines(plan, table, long, defaults) if long else _wide_lines(plan, table, defaults))
    if not lines:
        raise InputError(
            "reference.table",
            "没有找到可用的表格。",
            "第一列写单位、第一行写数据项；或每行写单位、数据项、数值。",
        )
    return ReferencePlan(tuple(_finished(lines, known)), tuple(_sums(plan, lines)))


def _find_long(table: Table) -> _Long | None:
    kinds = {"area": _AREA, "element": _ELEMENT, "value": _VALUE}
    kinds |= {"date": _DATE, "vintage": _VINTAGE, "source": _SOURCE}
    for number, row in enumerate(table[:HEAD_ROWS]):
        columns = {
            kind: index
            for index, text in enumerate(row)
            for kind, names in kinds.items()
            if key_of(text) in names
        }
        if {"area", "element", "value"} <= columns.keys():
            return _Long(number, columns)
    return None


def _long_lines(plan: Plan, table: Table, long: _Long, defaults: Defaults) -> Iterator[ReferenceLine]:
    at = long.columns
    above = {"area": "", "element": ""}
    for number, row in enumerate(table[long.row + 1 :], long.row + 1):

        def cell(kind: str, row: Sequence[str] = row) -> str:
            return row[at[kind]].strip() if kind in at and at[kind] < len(row) else ""

        text, here = cell("value"), {kind: cell(kind) for kind in above}
        above = {kind: said or above[kind] for kind, said in here.items()}
        if text in _STROKES or not any(here.values()):
            continue
        area, element = above["area"], above["element"]
        merged = "" if all(here.values()) else "单位或数据项照上面一行。"
        place = place_of(number, at["value"])
        day = read_date(cell("date")) if cell("date") else defaults.date
        vintage = _VINTAGES.get(cell("vintage"), "") if cell("vintage") else defaults.vintage
        if day is None or not vintage:
            wrong = cell("date") if day is None else cell("vintage")
            yield ReferenceLine(place, area, element, text, problem=f"看不懂“{wrong}”，没有采用。")
            continue
        said = Defaults(day, vintage, cell("source") or defaults.source)
        line = _line(plan, (place, area, element, text), said)
        yield replace(line, notice=merged + line.notice) if merged and line.figure else line


def _wide_lines(plan: Plan, table: Table, defaults: Defaults) -> Iterator[ReferenceLine]:
    wide = find_wide(plan, table)
    if wide is None:
        return
    unknown: set[int] = set()
    for number, row in enumerate(wide.table[wide.head + 1 :], wide.head + 1):
        area = row[wide.areas].strip() if wide.areas < len(row) else ""
        if not area or not any(_cell(row, column) for column in wide.elements):
            continue
        for index in range(len(row)):
            text, title = _cell(row, index), wide.titles.get(index, "")
            known = index in wide.elements
            if not text or index == wide.areas or index in unknown or not (known or title):
                continue
            if not known:
                unknown.add(index)  # said once
            yield _line(plan, (wide.place(number, index), area, title, text), defaults)


def _cell(row: Sequence[str], index: int) -> str:
    """What stands in a cell; nothing for the strokes that people put where there is no figure."""
    text = row[index].strip() if index < len(row) else ""
    return "" if text in _STROKES else text


def _line(plan: Plan, told: tuple[str, str, str, str], said: Defaults) -> ReferenceLine:
    place, area_text, element_text, text = told
    element, area = element_named(plan, element_text), area_named(plan, area_text)
    if key_of(area_text).endswith(_PART):
        return ReferenceLine(place, area_text, element_text, text, notice="小计行，没有采用。")
    if element is None:
        return ReferenceLine(place, area_text, element_text, text, problem="方案中没有这个数据项，没有采用。")
    if area is None:
        return ReferenceLine(place, area_text, element.name, text, problem="方案中没有这个单位，没有采用。")
    if area is plan.district and not element.shared:
        return ReferenceLine(place, area_text, element.name, text, notice="合计行，只用来核对。")
    reading = read_figure(text, element)
    problem = "" if reading.figure.value is not None else "不是数，没有采用。"
    if not element.shared and plan.mode(element, area) is not Mode.ISSUED:
        problem = "这个数据项不由该单位核对，没有采用。"
    notice = "；".join(finding.code for finding in reading.findings)
    value = reading.figure.value
    if problem or value is None:
        return ReferenceLine(place, area.short_name, element.name, text, problem=problem)
    figure = ReferenceFigure(element.id, area.id, value, said.date, said.vintage, said.source)
    shown = display(value, element.decimals, plan.rounding) if notice else ""
    return ReferenceLine(
        place, area.short_name, element.name, text, figure, notice=f"按 {shown} 读取。" if notice else ""
    )


def _finished(lines: Sequence[ReferenceLine], known: Sequence[ReferenceFigure]) -> Iterator[ReferenceLine]:
    before = {(r.element, r.area, r.date, r.vintage): r.value for r in known}
    seen: dict[tuple[str, str, datetime.date, str], str] = {}
    for line in lines:
        figure = line.figure
        if figure is None:
            yield line
            continue
        key = (figure.element, figure.area, figure.date, figure.vintage)
        if key in seen:
            yield ReferenceLine(
                line.cell,
                line.area,
                line.element,
                line.text,
                problem=f"与 {seen[key]} 是同一个数，没有采用。",
            )
            continue
        seen[key] = line.cell
        yield ReferenceLine(
            line.cell, line.area, line.element, line.text, figure, before.get(key), "", line.notice
        )


def _sums(plan: Plan, lines: Sequence[ReferenceLine]) -> Iterator[str]:
    """What the parts come to where the table has a row for the whole."""
    for whole in lines:
        element = element_named(plan, whole.element)
        district = whole.figure is None or whole.figure.area == plan.district.id
        if not district or whole.problem or element is None:
            continue
        said = read_figure(whole.text, element).figure.value
        figures = [line.figure for line in lines if line.figure is not None]
        parts = [f.value for f in figures if (f.element, f.area == plan.district.id) == (element.id, False)]
        together = Decimal(0)
        for part in parts:
            together = EXACT.add(together, part)
        if parts and said is not None and said != together:
            pair = f"{canonical(said)} 与各单位之和 {canonical(together)}"
            yield f"{whole.cell}：{element.name}的合计 {pair} 不等。"


def read_table(path: Path, plan: Plan) -> tuple[tuple[str, ...], ...]:
    """The cells, from A1, of the sheet of a workbook that holds reference figures of the plan, whatever is
    before it, or of a text file with commas or tabs.

    Raises InputError if there is none or several sheets do, EnvironmentFault if the file can't be read.
    """
    if path.suffix.lower() == ".xlsx":
        from desktop.exchange import read_tables

        tables = read_tables(path)
        useful = [table for table in tables if _find_long(table) or find_wide(plan, table)]
        if len(useful) > 1:
            raise InputError(
                "reference.sheets",
                f"工作簿里有 {len(useful)} 个工作表都像是参考数据，不知道取哪一个。",
                "请另存只留一个，或在窗口里复制要取用的表，粘贴进去。",
            )
        return useful[0] if useful else tables[0]
    from desktop.workspace.form.filling import text_of_file

    text = text_of_file(path)
    if "\t" in text:
        return read_block(text)
    return tuple(tuple(cell.strip() for cell in row) for row in csv.reader(io.StringIO(text)))
