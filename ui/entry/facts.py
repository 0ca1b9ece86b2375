"""What the plan says about one row of the form, as labelled lines for the side pane."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.model.decimals import display, places
from desktop.model.element import DataElement, Mode, Nature, Scope
from desktop.model.form import FormRow
from desktop.model.indicator import Indicator
from desktop.model.target import Operator, Target
from desktop.workspace import FormSession, figure_text
from ui.entry.lines import issued_value
from ui.i18n import translate

if TYPE_CHECKING:
    from desktop.workspace import LiveRatio, TargetStanding

Fact = tuple[str, str]
"""A label and a text."""


def meaning(row: FormRow, session: FormSession) -> list[Fact]:
    """Definition, source, unit, figures to compare with, plausible range."""
    return list(_filled(_about(row, session)))


def standing(row: FormRow, session: FormSession) -> list[Fact]:
    """Ratios with the figures put in, and the targets that bear on the row."""
    return list(_filled((*_ratios(row.element, session), *_targets(row.element, session))))


@dataclass(frozen=True, slots=True)
class AboutRatio:
    """What the side pane says of a computed indicator."""

    meaning: tuple[Fact, ...]
    standing: tuple[Fact, ...]


def about_ratio(indicator: Indicator, session: FormSession) -> AboutRatio:
    """Definition, formula with the figures put in or what is missing in it, and its targets."""
    from desktop.workspace.form.ratios import ratio_of
    from desktop.workspace.form.standing import target_standings

    ratio = ratio_of(session, indicator)
    computed = translate("Facts", "由上面填的数自动计算，不用填")
    if ratio.value:
        found = f"{formula_text(ratio)} = {ratio.value} {ratio.unit}"
    else:
        lacking = "、".join(ratio.missing)
        found = translate("Facts", "还缺 {names}").format(names=lacking) if lacking else ""
    told = (
        (translate("Facts", "定义"), indicator.definition),
        (translate("Facts", "填报方式"), computed),
        (translate("Facts", "计量单位"), indicator.unit),
        (translate("Facts", "代码"), indicator.id),
    )
    judged = (
        fact
        for standing_ in target_standings(session, indicator.numerator[0])
        if standing_.target.indicator == indicator.id
        for fact in _target_facts(standing_, session)
    )
    stands = ((translate("Facts", "试算"), found), *judged)
    return AboutRatio(_filled(told), _filled(stands))


def _filled(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple((label, text) for label, text in facts if text)


def _about(row: FormRow, session: FormSession) -> Iterator[Fact]:
    element = row.element
    yield translate("Facts", "定义"), element.definition_on(session.form.period.end)
    yield translate("Facts", "数据来源"), element.source
    yield translate("Facts", "填报方式"), _mode_text(row, session)
    yield translate("Facts", "计量单位"), _unit_text(element)
    yield translate("Facts", "其中"), _parts_text(row, session)
    issued = issued_value(row, session)
    if issued is not None:
        yield translate("Facts", "下发数"), f"{_shown(issued)} {element.unit.typed}"
    for label, section in (
        (translate("Facts", "上期"), session.around.previous),
        (translate("Facts", "上年同期"), session.around.same_last_year),
    ):
        yield label, figure_text(section.figure(element.id), element) if section else ""
    yield translate("Facts", "归属"), _scope_text(element)
    yield translate("Facts", "统计截止日"), _cutoff_text(element)
    yield translate("Facts", "合理范围"), _range_text(element)
    yield translate("Facts", "报送周期"), _slots_text(element.due)
    yield translate("Facts", "备注"), element.note
    yield translate("Facts", "代码"), element.id


def _mode_text(row: FormRow, session: FormSession) -> str:
    if not row.due:
        return translate("Facts", "本期不报")
    if row.mode is Mode.ENTERED:
        return translate("Facts", "本单位填报")
    if issued_value(row, session) is None:
        return translate("Facts", "下发核对（尚未下发，可不填，也可直接填报）")
    return translate("Facts", "下发核对：按空格键确认相符，有异议时直接录入本单位的数")


def _parts_text(row: FormRow, session: FormSession) -> str:
    from desktop.workspace.form.deducting import parts_of

    labels = "、".join(part.label for part in parts_of(session, row.element.id))
    return translate("Facts", "{parts}的部分按 F4 写，汇总时扣除").format(parts=labels) if labels else ""


def _unit_text(element: DataElement) -> str:
    nature = (
        translate("Facts", "期末数") if element.nature is Nature.STOCK else translate("Facts", "本年累计")
    )
    decimals = (
        translate("Facts", "{n} 位小数").format(n=element.decimals)
        if element.decimals
        else translate("Facts", "整数")
    )
    return f"{element.unit.typed}，{nature}，{decimals}"


def _scope_text(element: DataElement) -> str:
    return {
        Scope.MANAGED: translate("Facts", "本单位管理的，不论在哪里"),
        Scope.LOCATED: translate("Facts", "在本单位辖区内的"),
        Scope.REGISTERED: translate("Facts", "注册在本单位辖区的"),
    }[element.scope]


def _cutoff_text(element: DataElement) -> str:
    if element.cutoff_day is None:
        return ""
    return translate("Facts", "期末月 {day} 日").format(day=element.cutoff_day)


def _range_text(element: DataElement) -> str:
    if element.minimum is not None and element.maximum is not None:
        return f"{_shown(element.minimum)}～{_shown(element.maximum)}"
    if element.minimum is not None:
        return translate("Facts", "不低于 {n}").format(n=_shown(element.minimum))
    return (
        translate("Facts", "不高于 {n}").format(n=_shown(element.maximum))
        if element.maximum is not None
        else ""
    )


def _shown(value: Decimal) -> str:
    return display(value, places(value))


def _slots_text(due: Sequence[str]) -> str:
    """When the element is asked for; a slot of every month or quarter in one word."""
    named = {slot: _slot_text(slot) for slot in due}
    for prefix, count, word in (
        ("M", 12, translate("Facts", "每月")),
        ("Q", 4, translate("Facts", "每季度")),
    ):
        here = [slot for slot in due if slot.startswith(prefix)]
        if len(here) == count:
            named = {prefix: word} | {slot: text for slot, text in named.items() if slot not in here}
    return "、".join(named.values())


def _slot_text(slot: str) -> str:
    if slot == "Y":
        return translate("Facts", "年报")
    if slot.startswith("Q"):
        return translate("Facts", "{n}季度").format(n="一二三四"[int(slot[1:]) - 1])
    return translate("Facts", "{n}月").format(n=int(slot[1:]))


def _ratios(element: DataElement, session: FormSession) -> Iterator[Fact]:
    """Ratios with the form's figures put in, as one types."""
    from desktop.workspace.form.ratios import live_ratios

    for ratio in live_ratios(session, element.id):
        yield translate("Facts", "试算"), f"{ratio.name}：{formula_text(ratio)} = {ratio.value} {ratio.unit}"


def formula_text(ratio: LiveRatio, *, names: bool = True) -> str:
    """The quotient with the figures put in, with or without the names of its parts."""
    above, below = (
        " ＋ ".join(f"{name} {figure}" if names else figure for name, figure in parts)
        for parts in (ratio.numerator, ratio.denominator)
    )
    above = f"（{above}）" if len(ratio.numerator) > 1 else above
    below = f"（{below}）" if len(ratio.denominator) > 1 else below
    factor = f" × {ratio.factor}" if ratio.factor else ""
    return f"{above} ÷ {below}{factor}"


def _targets(element: DataElement, session: FormSession) -> Iterator[Fact]:
    """Targets that bear on the element, each with where the unit stands if it alone supplies the figure."""
    from desktop.workspace.form.standing import target_standings

    for found in target_standings(session, element.id):
        yield from _target_facts(found, session)


def _target_facts(found: TargetStanding, session: FormSession) -> Iterator[Fact]:
    target = found.target
    label = translate("Facts", "本单位目标") if found.own else translate("Facts", "目标")
    binding = f"（{found.binding}）" if found.binding else ""
    whose = "" if found.own else f"{session.plan.district.short_name}："
    yield label, f"{whose}{target.name} {operator_text(target)}{binding}"
    yield translate("Facts", "期限"), _due_text(found)
    if found.verdict:
        yield from _figures(found)


def _due_text(standing: TargetStanding) -> str:
    due = standing.target.due
    date = translate("Facts", "{year}年{month}月底").format(year=due.year, month=due.month)
    if standing.year is not None:
        return translate("Facts", "每年，至{date}").format(date=date)
    return date


def _figures(standing: TargetStanding) -> Iterator[Fact]:
    """Where the figure stands: 完成率 for counts and amounts to be reached, else 目标进度, never both."""
    shown, unit = standing.shown, standing.unit
    basis = translate("Facts", "（按{period}数判定）").format(period=standing.basis) if standing.basis else ""
    yield translate("Facts", "完成情况"), f"{standing.verdict}{basis}"
    for label, figure, in_unit in (
        (translate("Facts", "应达"), shown.expected, unit),
        (translate("Facts", "差距"), shown.gap, standing.change_unit),
        (shown.pace_label, shown.pace, standing.change_unit),
    ):
        yield label, f"{figure} {in_unit}" if figure else ""
    if shown.completion:
        gone = (
            translate("Facts", "（时间进度 {share}%）").format(share=shown.time_progress)
            if shown.time_progress
            else ""
        )
        yield translate("Facts", "完成率"), f"{shown.completion}%{gone}"
    elif shown.progress:
        yield translate("Facts", "目标进度"), f"{shown.progress}%"


def operator_text(target: Target) -> str:
    """The demand of a target in few words, e.g. ≥ 30 件/万人."""
    value = _shown(target.value) if target.value is not None else ""
    most = _shown(target.value_max) if target.value_max is not None else ""
    texts = {
        Operator.AT_LEAST: f"≥ {value}",
        Operator.ABOVE: f"＞ {value}",
        Operator.AT_MOST: f"≤ {value or most}",
        Operator.WITHIN: f"{value}～{most}",
        Operator.BUILD: translate("Facts", "建成 {n}").format(n=f"{value}～{most}" if most else value),
        Operator.CAGR: translate("Facts", "年均增长 {n}").format(n=value),
        Operator.GROWTH_EACH_YEAR: translate("Facts", "每年增长 {n}").format(n=value),
        Operator.IMPROVE: translate("Facts", "持续提高"),
        Operator.COMPLETE: translate("Facts", "完成"),
    }
    with_unit = target.operator not in (Operator.IMPROVE, Operator.COMPLETE)
    return f"{texts[target.operator]} {target.unit}" if with_unit else texts[target.operator]
