"""The one declaration of sheets and columns, shared by the writer and the reader.

Columns are found by their header, rows by the code in the code column; positions mean nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop.model import submission
from desktop.model.element import DataElement, ElementKind, Mode
from desktop.model.finding import Severity
from desktop.model.form import Form, FormItem, FormRow, form_for
from desktop.model.plan import Plan
from desktop.model.submission import (
    ITEM_STATUS_LABELS,
    Answer,
    DeductionKind,
    ItemStatus,
    Section,
    Submission,
)

MANIFEST_SHEET = "_zhibao"
GUIDE_SHEET = "填写说明"
"""A template's first sheet; it holds nothing that is read."""
NOT_DUE = "本期不报"
NIL_TEXT = submission.NIL_TEXT
YES = "是"
CONFIDENTIAL = "禁止录入涉密信息"
DEMO = "演示"


class Sheet(StrEnum):
    """The readable sheets."""

    FIGURES = "指标报表"
    ITEMS = "任务进展"
    EXPLANATIONS = "审核说明"
    LISTS = "名单"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `id` for the program, `header` for people and for finding it, `width` in characters."""

    id: str
    header: str
    width: float


UNIT_COLUMNS = (Column("unit", "单位代码", 10), Column("unit_name", "单位", 12))

_CODE = Column("code", "代码", 18)
_ISSUED = (Column("issued", "下发数", 13), Column("answer", "核对", 8))
_OUTSIDE = Column("outside", "其中：区外", 13)
_OVERLAP_HEADER = ("其中：与", "重复")
_OVERLAP_ID = "overlap:"

ITEM_COLUMNS = (
    Column("code", "序号", 7),
    Column("title", "任务", 36),
    Column("role", "分工", 6),
    Column("status", "状态", 13),
    Column("percent", "完成百分比", 9),
    Column("narrative", "进展情况", 52),
)
_FINISHED = Column("finished", "完成日期", 12)
_EVIDENCE = Column("evidence", "佐证材料", 22)

EXPLANATION_COLUMNS = (
    Column("code", "编号", 20),
    Column("severity", "级别", 8),
    Column("place", "位置", 20),
    Column("message", "内容", 46),
    Column("reason", "原因", 12),
    Column("text", "说明", 40),
    Column("forced", "带错上报", 9),
    Column("cause", "同因", 7),
)

LIST_COLUMNS = (Column("code", "代码", 15), Column("name", "指标名称", 22), Column("row", "行号", 7))
LIST_ID = "list:"
"""What ids of 名单's own columns begin with; their name follows."""
_LIST_COLUMN_WIDTH = 24.0

REQUIRED_HEADERS: dict[Sheet, tuple[str, ...]] = {
    Sheet.FIGURES: ("代码", "本期"),
    Sheet.ITEMS: ("序号", "进展情况"),
    Sheet.EXPLANATIONS: ("编号", "原因", "说明"),
    Sheet.LISTS: ("代码", "行号"),
}
"""Headers by which a sheet is known, whatever its name."""

ANSWER_LABELS = {Answer.CONFIRMED: "相符", Answer.DISPUTED: "异议"}
STATUS_LABELS = ITEM_STATUS_LABELS
EARLIER_STATUS_LABELS = {"本季无新进展": ItemStatus.NO_NEWS}
"""Words of files written before plans had other periods than quarters."""
SEVERITY_LABELS = {Severity.ERROR: "错误", Severity.WARNING: "需说明", Severity.NOTICE: "提示"}
VINTAGE_LABELS = {"preliminary": "初步", "final": "终报", "revised": "修订"}


@dataclass(frozen=True, slots=True)
class Block:
    """One section with the form it was filled in: what the rows of one unit are written from."""

    section: Section
    form: Form

    @property
    def unit(self) -> str:
        """The unit's id."""
        return self.section.unit


def blocks_of(submission: Submission, plan: Plan) -> tuple[Block, ...]:
    """The submission's sections with their forms; raises KeyError for a unit the plan doesn't know."""
    return tuple(
        Block(section, form_for(plan, plan.unit(section.unit), section.period))
        for section in submission.sections
    )


def figure_rows(block: Block, plan: Plan) -> tuple[FormRow, ...]:
    """The rows of a block: its form's, then figures outside the form, so that no figure is invisible."""
    inside = {row.element.id for row in block.form.rows}
    others = (plan.element(code) for code in block.section.figures if code not in inside)
    return (*block.form.rows, *(FormRow(element, Mode.ENTERED, True, 0) for element in others))


def item_rows(block: Block, plan: Plan) -> tuple[FormItem, ...]:
    """The items of a block: its form's, then items outside the form that something was said about."""
    inside = {entry.item.number for entry in block.form.items}
    others = (plan.item(number) for number in block.section.items if number not in inside)
    return (*block.form.items, *(FormItem(item, False) for item in others))


def figure_columns(blocks: Iterable[Block], plan: Plan) -> tuple[Column, ...]:
    """The columns of 指标报表; those for issued figures and deductions only where one uses them."""
    blocks = tuple(blocks)
    figures = [figure for block in blocks for figure in block.section.figures.values()]
    issued = any(row.mode is Mode.ISSUED for block in blocks for row in block.form.rows) or any(
        figure.answer is not Answer.NONE for figure in figures
    )
    deductions = [deduction for figure in figures for deduction in figure.deductions]
    outside = any(deduction.kind is DeductionKind.OUTSIDE for deduction in deductions)
    overlaps = sorted({d.unit for d in deductions if d.kind is DeductionKind.OVERLAP})
    return (
        _CODE,
        Column("name", "指标名称", 34),
        Column("measure", "计量单位", 10),
        *(_ISSUED if issued else ()),
        Column("previous", "上期", 14),
        Column("current", "本期", 16),
        *((_OUTSIDE,) if outside else ()),
        *(Column(_OVERLAP_ID + unit, overlap_header(unit, plan), 15) for unit in overlaps),
        Column("note", "说明", 30),
    )


def item_columns(blocks: Iterable[Block]) -> tuple[Column, ...]:
    """The columns of 任务进展; dates and evidence only where one uses them."""
    reports = [report for block in blocks for report in block.section.items.values()]
    return (
        *ITEM_COLUMNS,
        *((_FINISHED,) if any(report.finished for report in reports) else ()),
        *((_EVIDENCE,) if any(report.evidence for report in reports) else ()),
    )


def list_columns(elements: Iterable[DataElement]) -> tuple[Column, ...]:
    """The columns of 名单: columns of one name are one column for all lists."""
    names = dict.fromkeys(column.name for element in elements for column in element.columns)
    return (*LIST_COLUMNS, *(Column(LIST_ID + name, name, _LIST_COLUMN_WIDTH) for name in names))


def listed_elements(blocks: Iterable[Block], plan: Plan) -> tuple[DataElement, ...]:
    """The list elements that the blocks ask for or hold rows of."""
    found = (row.element for block in blocks for row in figure_rows(block, plan))
    return tuple({element.id: element for element in found if element.kind is ElementKind.LIST}.values())


def overlap_header(unit: str, plan: Plan) -> str:
    """The header of the part of a figure that another unit reports too."""
    name = plan.unit(unit).short_name if plan.has_unit(unit) else unit
    return name.join(_OVERLAP_HEADER)


def overlap_id(header: str, plan: Plan) -> str | None:
    """The column id of such a header, or None if it is another header."""
    before, after = _OVERLAP_HEADER
    if not (header.startswith(before) and header.endswith(after)):
        return None
    name = header[len(before) : -len(after)]
    unit = plan.find_unit(name)
    return _OVERLAP_ID + (unit.id if unit else name)


def deduction_key(column: str) -> tuple[DeductionKind, str] | None:
    """The kind and unit of a deduction's column, or None if it is another column."""
    if column == _OUTSIDE.id:
        return (DeductionKind.OUTSIDE, "")
    if column.startswith(_OVERLAP_ID):
        return (DeductionKind.OVERLAP, column.removeprefix(_OVERLAP_ID))
    return None


def known_headers(sheet: Sheet) -> dict[str, str]:
    """Header text → column id of a sheet; deductions and list columns come on top of it."""
    columns: dict[Sheet, Iterator[Column] | tuple[Column, ...]] = {
        Sheet.FIGURES: (
            _CODE,
            Column("name", "指标名称", 0),
            Column("measure", "计量单位", 0),
            *_ISSUED,
            Column("previous", "上期", 0),
            Column("current", "本期", 0),
            _OUTSIDE,
            Column("reason", "原因", 0),
            Column("note", "说明", 0),
        ),
        Sheet.ITEMS: (*ITEM_COLUMNS, _FINISHED, _EVIDENCE),
        Sheet.EXPLANATIONS: EXPLANATION_COLUMNS,
        Sheet.LISTS: LIST_COLUMNS,
    }
    return {column.header: column.id for column in (*UNIT_COLUMNS, *columns[sheet])}
