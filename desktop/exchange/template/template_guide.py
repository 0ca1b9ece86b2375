"""The first sheet of a template: who fills it in, by when, how, and where it goes."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.exchange.format.layout import ANSWER_LABELS, CONFIDENTIAL, GUIDE_SHEET, NIL_TEXT, Column, Sheet
from desktop.exchange.template.fill_page import FillPage
from desktop.exchange.template.template_rows import Beside, due_lists
from desktop.exchange.writing.styles import Formats, Style
from desktop.model.element import Mode
from desktop.model.form import Form
from desktop.model.period import day_text
from desktop.model.plan import Plan
from desktop.model.submission import Answer

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_COLUMNS = (Column("item", "项目", 14), Column("content", "内容", 92))


@dataclass(frozen=True, slots=True)
class Round:
    """What the office said of this round; parts that aren't known are left out of the sheet."""

    deadline: datetime.date | None = None
    office: str = ""
    contact: str = ""
    note: str = ""


def guide_page(workbook: Workbook, formats: Formats) -> FillPage:
    """The sheet, still empty."""
    return FillPage(workbook, formats, GUIDE_SHEET, _COLUMNS)


def write_guide(
    page: FillPage,
    form: Form,
    plan: Plan,
    beside: Beside,
    round_: Round,
    live: Sequence[tuple[str, str, str]],
    mark: str,
) -> None:
    """Fill the sheet; `live` are a sheet's name, the reference of its live line and that line's text."""
    title = f"{form.period.label}报表填写说明"
    page.heading(title, ((f"{CONFIDENTIAL}。", Style.NOTICE),), footer="", page_header=mark)
    for item, content in (*_about(form, plan, round_), *_how(form, beside)):
        page.cell("item", item, Style.GUIDE_WORD)
        page.cell("content", content, Style.GUIDE)
        page.next_row()
    for name, reference, said in live:
        page.cell("item", name, Style.GUIDE_WORD)
        page.formula("content", f"={reference}", said, Style.LIVE_CELL)
        page.next_row()
    page.protect()


def _about(form: Form, plan: Plan, round_: Round) -> list[tuple[str, str]]:
    office = round_.office or (plan.unit(plan.consolidator).name if plan.has_unit(plan.consolidator) else "")
    last = f"{day_text(round_.deadline)}前" if round_.deadline else "按汇总单位通知"
    said = [
        ("方案", plan.name),
        ("填报单位", form.unit.name),
        ("报告期", form.period.label),
        ("报送期限", last),
        ("报送给", "，".join(part for part in (office, round_.contact) if part)),
        ("备注", round_.note),
    ]
    return [(name, content) for name, content in said if content]


def _how(form: Form, beside: Beside) -> list[tuple[str, str]]:
    measures = {row.element.unit.typed for row in form.due_rows}
    issued = any(row.mode is Mode.ISSUED and row.element.id in beside.issued for row in form.due_rows)
    lines = [
        (
            "填哪里",
            "只填浅黄色的单元格，还没填的颜色深一些；其余已锁定（没有密码）。选中单元格会出现填写提示。",
        ),
        ("怎样填数", _numbers(measures)),
        ("空与零", f"没有这项业务填“{NIL_TEXT}”，确实为零填 0，不要留空。写着“本期不报”的不用填。"),
        ("口径", "期末数填报告期最后一天的数；本年累计填 1 月 1 日至报告期末的合计。指标名称上有口径批注。"),
    ]
    if issued:
        yes, no = ANSWER_LABELS[Answer.CONFIRMED], ANSWER_LABELS[Answer.DISPUTED]
        lines.append(
            ("下发数", f"有下发数的，在“核对”列选“{yes}”即可；选“{no}”的，在本期填本单位的数并写说明。")
        )
    lines.append(
        ("检查", "○ 还没填；✗ 有错误，须改正；⚠ 与平常差别大，请核对，属实的选原因、写说明；√ 没有问题。")
    )
    if due_lists(form, beside):
        lines.append((Sheet.LISTS.value, "一行一个，名称必填，不用的行留空，不要删行。个数由程序计算。"))
    if form.items:
        lines.append((Sheet.ITEMS.value, "牵头的任务选状态、写进展；配合的任务有进展才写。"))
    lines += [
        ("签报", f"“{Sheet.FIGURES}”第三行，在冒号后面写姓名和日期（如 2024-10-12）。"),
        (
            "怎样交回",
            "保存后把本文件作为邮件附件发回，格式保持 .xlsx，不要改成 .xls 或 .et，不要复制到别的工作簿。",
        ),
    ]
    return lines


def _numbers(measures: set[str]) -> str:
    said = "按“计量单位”填数，只写数字，不写单位。"
    if any("万元" in measure for measure in measures):
        said += "金额以万元计：1.2 亿元填 12000。"
    if "%" in measures:
        said += "百分数填百分号前的数：8.5% 填 8.5。"
    return said
