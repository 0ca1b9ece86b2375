"""What a template says while a cell is chosen, and what it lets pass there."""

from __future__ import annotations

from desktop.exchange.format.layout import ANSWER_LABELS, NIL_TEXT, STATUS_LABELS, Sheet
from desktop.exchange.template.fill_page import Entry
from desktop.exchange.template.template_checks import FigureCells, allowed_figure, decimals_text, usual_range
from desktop.model.element import Column, ColumnType, Mode, Nature
from desktop.model.form import FormRow
from desktop.model.plan import Plan
from desktop.model.submission import Answer, ItemStatus

NATURES = {Nature.STOCK: "期末数", Nature.FLOW: "本年累计"}
_MEASURES = {Nature.STOCK: "报告期末的数", Nature.FLOW: "1月1日至报告期末的累计数"}
_NO_NEWS = STATUS_LABELS[ItemStatus.NO_NEWS]


def figure_hint(row: FormRow, cells: FigureCells, plan: Plan) -> Entry:
    """What a figure's cell asks for: unit, nature, decimals, nil, the usual range; errors are stopped."""
    element = row.element
    title = f"{element.unit.typed}，{NATURES[element.nature]}"
    nil = f"没有这项业务填“{NIL_TEXT}”，确实为零填 0。"
    if cells.rows and row.mode is Mode.ENTERED:
        hint = f"请在“{Sheet.LISTS}”表逐行填写，这里不用填数。本期一个也没有的，填“{NIL_TEXT}”。"
        return Entry(title, hint)
    about = f"按{element.unit.typed}填{_MEASURES[element.nature]}，{decimals_text(element)}。"
    if row.mode is Mode.ISSUED:
        first = "与下发数相符的，只选“相符”，这里不用填；" if cells.answer else "尚未下发，可不填；"
        own = f"在“{Sheet.LISTS}”表逐行填写" if cells.rows else "填本单位的数"
        about = f"{first}有异议的，{own}。{about}"
    range_ = usual_range(element)
    hint = f"{about}{nil}" + (f"{range_}。" if range_ else "")
    allowed = allowed_figure(element, cells.current, plan)
    sign = "" if element.negative else "、不小于 0 "
    refusal = f"请填数值（{decimals_text(element)}{sign}），单位是{element.unit.typed}；{nil}"
    return Entry(title, hint, (), allowed, refusal)


def answer_hint() -> Entry:
    """相符 or 异议."""
    labels = (ANSWER_LABELS[Answer.CONFIRMED], ANSWER_LABELS[Answer.DISPUTED])
    return Entry(
        "核对下发数",
        "相符：采用下发数，本期不用再填。异议：在本期填本单位的数，并写说明。",
        labels,
        refusal=f"请选“{labels[0]}”或“{labels[1]}”。",
    )


def reason_hint(plan: Plan) -> Entry:
    """A reason of the plan, by its label."""
    labels = tuple(plan.explanations.reasons.values())
    hint = "数据异常时选一个原因；原因之外的话写在说明里。"
    return Entry("原因", hint, labels, refusal="请从列表中选择原因，其他情况写在说明里。", only_warns=True)


def list_hint(column: Column, cell: str) -> Entry:
    """One column of a list's row."""
    must = "必填。" if column.required else ""
    match column.type:
        case ColumnType.CREDIT_CODE:
            fits = f'=LEN(SUBSTITUTE({cell}," ",""))=18'
            return Entry(
                column.name, f"{must}18 位。", (), fits, "统一社会信用代码应为 18 位。", only_warns=True
            )
        case ColumnType.DATE:
            gone = "已过有效期的行不计数。" if column.expires else ""
            return Entry(column.name, f"{must}写成 2025-06-30 的样子。{gone}")
        case _:
            return Entry(column.name, f"{must}一行一个，不用的行留空。")


def status_hint(*, leads: bool) -> Entry:
    """An item's state; who only helps says no more than that there is no news."""
    if not leads:
        hint = f"状态由牵头单位填。有进展写一行，没有的选“{_NO_NEWS}”。"
        return Entry("状态", hint, (_NO_NEWS,), refusal=f"配合单位只选“{_NO_NEWS}”，状态由牵头单位填。")
    return Entry("状态", "请从列表中选择。", tuple(STATUS_LABELS.values()), refusal="请从列表中选择状态。")
