"""The pasted 指标对照表 → indicators and their targets."""

from __future__ import annotations

import re

from desktop.definition.workbook.bodies import Bodies
from desktop.definition.workbook.draft import Draft, Entry
from desktop.definition.workbook.guessing import name_and_unit
from desktop.definition.workbook.pasted_tables import YEAR, Pasted, Reading, read_figure, squeeze
from desktop.definition.workbook.places import Cell
from desktop.definition.workbook.sheets import Row
from desktop.model.canonical import Json
from desktop.model.cell_name import cell_name
from desktop.model.finding import Severity

ROLES = {
    "number": re.compile(r"^(序号|编号|指标序号|No\.?)$"),
    "attribute": re.compile("属性|性质|指标类型"),
    "name": re.compile("指标名称|^(主要|具体|核心|二级|三级)?指标$|^名称$"),
    "category": re.compile("类别|分类|领域|维度|一级指标|板块|类型"),
    "bodies": re.compile("责任|牵头|主管|负责|填报部门"),
    "unit": re.compile("^(计量)?单位"),
    "note": re.compile("备注|说明"),
    "baseline": re.compile("基期|基础|基准|现状|现值|实际|完成值|基数"),
    "target": re.compile("目标|规划值|预期值"),
    "year": re.compile("^20[0-9]{2}年?$"),
}
_HEADING = re.compile(r"^([一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])(?P<name>.+)$")


def paste_indicators(draft: Draft, table: Pasted) -> None:
    """Add an indicator for every row that names one, and a target for every target value."""
    bodies = Bodies(draft)
    baseline, targets = _year_columns(table)
    draft.years = (_year(table, baseline), _year(table, targets[-1]) if targets else None)
    category: tuple[str, bool] = ("", False)
    for row in table.rows:
        name = squeeze(table.text(row, "name"))
        heading = _heading(row)
        if heading:
            category = (heading, True)
        elif not name or (table.column("number") and len(row.cells) == 1):
            draft.say("plan.pasted.row_unread", Severity.NOTICE, table.cell(row, "name"))
        else:
            category = _category(draft, table, row, category)
            entry = _indicator(draft, table, row, category[0])
            if entry is not None:
                _figures(draft, table, row, entry, baseline, targets)
                draft.responsible[entry.record["id"]] = bodies.of_cell(
                    table.text(row, "bodies"), table.cell(row, "bodies", "责任单位")
                )


def _year_columns(table: Pasted) -> tuple[int, tuple[int, ...]]:
    """The column of the baseline (0 for none) and those of targets, by year."""
    targets, years = [*table.columns.get("target", ())], [*table.columns.get("year", ())]
    baseline = table.column("baseline")
    if not baseline and years and (targets or len(years) > 1):
        baseline = years.pop(0)
    both = [*targets, *years]
    return baseline, tuple(sorted(both, key=lambda column: _year(table, column) or 0))


def _year(table: Pasted, column: int) -> int | None:
    match = YEAR.search(table.headers.get(column, ""))
    return int(match[1]) if match else None


def _heading(row: Row) -> str:
    """The category of a row that holds nothing else, e.g. 一、创新驱动."""
    texts = [squeeze(cell.text) for cell in row.cells.values() if cell.text]
    match = _HEADING.match(texts[0]) if len(texts) == 1 else None
    return match["name"] if match and len(texts[0]) <= 24 else ""


def _category(draft: Draft, table: Pasted, row: Row, before: tuple[str, bool]) -> tuple[str, bool]:
    """The row's category; a merged cell's holds for the rows below it too. True if it was a heading row."""
    own = squeeze(table.text(row, "category"))
    if own:
        return own, False
    if before[0] and table.column("category") and not before[1]:
        cell = table.cell(row, "category", "类别")
        draft.say("plan.default.value", Severity.NOTICE, cell, value=before[0], why="合并单元格，取上一行的")
    return before


def _indicator(draft: Draft, table: Pasted, row: Row, category: str) -> Entry | None:
    name, unit = name_and_unit(table.text(row, "name"))
    home = table.cell(row, "name")
    if any(name in (record.get("name"), record.get("short_name")) for record in draft.records("indicators")):
        draft.say("plan.pasted.known", Severity.NOTICE, home, name=name)
        return None
    unit = squeeze(table.text(row, "unit")) or unit
    record: Json = {"name": name} | ({"category": category} if category else {})
    entry = Entry(record, home, drafted=True)
    for role, field in (("category", "category"), ("number", "number"), ("attribute", "national")):
        if table.column(role):
            entry.cells[(field,)] = table.cell(row, role)
    if unit:
        record["unit"] = unit
    if unit and not table.column("unit"):
        draft.say("plan.default.unit_in_name", Severity.NOTICE, home, value=unit)
    _attribute(table.text(row, "attribute"), record)
    draft.add("indicators", entry)
    number = table.text(row, "number")
    taken = {other.get("number") for other in draft.records("indicators")}
    if number.isdecimal() and 0 < int(number) < 10**6 and int(number) not in taken:
        record["number"] = int(number)
    else:
        highest = max((n for n in taken if isinstance(n, int)), default=0)
        draft.default("indicators", entry, "number", highest + 1, "按先后顺序编号")
    id_ = draft.free_id("indicators", "i", record["number"])
    draft.default("indicators", entry, "id", id_, "按序号编号")
    return entry


def _attribute(text: str, record: Json) -> None:
    if text:
        record["national"] = "国家" in text


def _figures(
    draft: Draft, table: Pasted, row: Row, entry: Entry, baseline: int, targets: tuple[int, ...]
) -> None:
    """Baseline and target of the indicator, and the target record with its yearly steps."""
    first = _figure(draft, table, row, baseline)
    readings = {column: _figure(draft, table, row, column) for column in targets}
    for reading in (first, *readings.values()):
        if reading.unit and "unit" not in entry.record:
            entry.record["unit"] = reading.unit
            draft.say("plan.default.unit_in_name", Severity.NOTICE, entry.home, value=reading.unit)
    if first.value is not None:
        entry.record["baseline"] = first.value
        entry.cells[("baseline",)] = _at(table, row, baseline, "基期值")
    last = readings[targets[-1]] if targets else Reading()
    if last.value is None and not last.operator:
        return
    cell = _at(table, row, targets[-1], "目标值")
    if last.value is not None:
        entry.record["target"] = last.value
        entry.cells[("target",)] = cell
    record = _target(table, entry, last)
    steps = _steps(table, {column: reading for column, reading in readings.items() if reading.value})
    if len(steps) > 1:
        record["path"] = {"kind": "steps", "steps": steps}
    attribute = table.text(row, "attribute")
    if "约束" in attribute or "预期" in attribute:
        record["binding"] = "binding" if "约束" in attribute else "expected"
    made = Entry(record, cell, {("value",): cell, ("value_max",): cell, ("operator",): cell}, drafted=True)
    draft.add("targets", made)
    draft.default(
        "targets", made, "id", draft.free_id("targets", "t", entry.record["number"]), "每个指标一条目标"
    )


def _target(table: Pasted, entry: Entry, reading: Reading) -> Json:
    record: Json = {
        "name": entry.record["name"],
        "indicator": entry.record["id"],
        "main": True,
        "place": {"section": table.title or table.sheet, "reference": f"第{entry.record['number']}行"},
    }
    for key, value in (
        ("value", reading.value),
        ("value_max", reading.value_max),
        ("operator", reading.operator),
        ("baseline", entry.record.get("baseline")),
    ):
        if value:
            record[key] = value
    return record


def _steps(table: Pasted, readings: dict[int, Reading]) -> list[list[object]]:
    return [[year, reading.value] for column, reading in readings.items() if (year := _year(table, column))]


def _figure(draft: Draft, table: Pasted, row: Row, column: int) -> Reading:
    """A cell's figure; an unreadable one is an error at its cell, a guess is said."""
    if not column:
        return Reading()
    raw = table.raw(row, column)
    cell = _at(table, row, column, table.headers.get(column, ""))
    if raw.type in ("f", "e"):
        code = "plan.cell_formula" if raw.type == "f" else "plan.cell_error"
        draft.say(code, Severity.ERROR, cell, found=raw.text[:40])
        return Reading()
    reading = read_figure(raw)
    if reading is None:
        draft.say("plan.bad_number", Severity.ERROR, cell, found=raw.text[:40])
        return Reading()
    if reading.guessed:
        draft.say("plan.default.value", Severity.NOTICE, cell, value=str(reading.value), why="按整数理解约数")
    return reading


def _at(table: Pasted, row: Row, column: int, label: str) -> Cell:
    return Cell(table.sheet, cell_name(row.number, column), label)
