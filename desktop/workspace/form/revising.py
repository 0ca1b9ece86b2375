"""修订: what a form says otherwise than the revision handed in before it, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.model.element import DataElement
from desktop.model.finding import item_address
from desktop.model.plan import Plan
from desktop.model.submission import (
    ITEM_STATUS_LABELS,
    Answer,
    Explanation,
    Figure,
    ItemReport,
    Section,
)
from desktop.validation import address_name
from desktop.workspace.desk.display import deducted_text, figure_text
from desktop.workspace.form.explaining import ChangedEntry, addresses_of

_BLANK = ItemReport()
_EMPTY = "空"
_ANSWERS = {Answer.NONE: "", Answer.CONFIRMED: "核对相符", Answer.DISPUTED: "有异议"}


def differences(then: Section, now: Section, plan: Plan) -> tuple[ChangedEntry, ...]:
    """What differs between two states of a form, in the plan's order: figures, items, explanations."""
    return (*_figures(then, now, plan), *_items(then, now, plan), *_explanations(then, now, plan))


def _figures(then: Section, now: Section, plan: Plan) -> Iterator[ChangedEntry]:
    for element in plan.elements:
        was, is_now = then.figure(element.id), now.figure(element.id)
        if was == is_now:
            continue
        texts = tuple(figure_text(figure, element) or _EMPTY for figure in (was, is_now))
        if texts[0] == texts[1]:
            texts = tuple(_beside(figure, element, plan) for figure in (was, is_now))
        yield ChangedEntry(element.id, element.name, *texts)


def _beside(figure: Figure, element: DataElement, plan: Plan) -> str:
    """What a figure says beside its number, where the number is the same: answer, deductions, rows."""
    parts = (
        _ANSWERS[figure.answer],
        deducted_text(figure, element, plan),
        "；".join("、".join(text for text in row.values() if text) for row in figure.rows),
    )
    return "，".join(part for part in parts if part) or _EMPTY


def _items(then: Section, now: Section, plan: Plan) -> Iterator[ChangedEntry]:
    for item in plan.items:
        was, is_now = (section.items.get(item.number, _BLANK) for section in (then, now))
        address = item_address(item.number)
        for what, before, after in zip(_PARTS, _parts(was), _parts(is_now), strict=True):
            if before != after:
                name = f"{address_name(address, plan)}　{what}"
                yield ChangedEntry(address, name, before or _EMPTY, after or _EMPTY)


_PARTS = ("状态", "完成", "进展情况", "完成日期", "佐证材料")


def _parts(report: ItemReport) -> tuple[str, ...]:
    return (
        ITEM_STATUS_LABELS.get(report.status, ""),
        "" if report.percent is None else f"{report.percent}%",
        report.narrative,
        report.finished.isoformat() if report.finished else "",
        "、".join(f"{entry.name}（{entry.sha256[:12]}）" for entry in report.evidence),
    )


def _explanations(then: Section, now: Section, plan: Plan) -> Iterator[ChangedEntry]:
    before = {explanation.finding: explanation for explanation in then.explanations}
    after = {explanation.finding: explanation for explanation in now.explanations}
    for key in dict.fromkeys((*before, *after)):
        was, is_now = _said(before.get(key), plan), _said(after.get(key), plan)
        if was != is_now:
            address = addresses_of([key])[0]
            yield ChangedEntry(address, f"{address_name(address, plan)}　说明", was, is_now)


def _said(explanation: Explanation | None, plan: Plan) -> str:
    if explanation is None:
        return _EMPTY
    reason = plan.explanations.reasons.get(explanation.reason, explanation.reason)
    return f"{reason}：{explanation.text}" + ("（带错上报）" if explanation.forced else "")
