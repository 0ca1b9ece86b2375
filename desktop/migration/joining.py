"""Adding up what several old things bring to one new thing: figures and item reports.

The order in which the parts come never matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop.model.canonical import canonical_text
from desktop.model.content import figure_to_json
from desktop.model.decimals import canonical, total
from desktop.model.submission import (
    ITEM_STATUS_LABELS,
    NIL_TEXT,
    Answer,
    Figure,
    FigureState,
    ItemReport,
    ItemStatus,
)

_VINTAGES = ("preliminary", "revised", "final")
"""The least settled first: a sum is as settled as its least settled part."""


def joined_figure(parts: Sequence[Figure]) -> Figure:
    """The sum of reported figures: nil counts as zero beside a number, nils alone stay nil.

    Deductions and list rows are put together; double ones are left for a person to decide.
    """
    if len(parts) == 1:
        return parts[0]
    about = Figure(
        answer=_answer(part.answer for part in parts),
        vintage=min((part.vintage for part in parts), key=_settled),
    )
    if all(part.state is FigureState.NIL for part in parts):
        return replace(about, state=FigureState.NIL)
    return replace(
        about,
        state=FigureState.NUMBER,
        value=total([part.value for part in parts if part.value is not None]),
        deductions=tuple(
            sorted((d for part in parts for d in part.deductions), key=lambda d: (d.kind, d.unit, d.value))
        ),
        rows=tuple(sorted((dict(row) for part in parts for row in part.rows), key=canonical_text)),
    )


def joined_report(parts: Sequence[ItemReport]) -> ItemReport:
    """One report of several on the same thing: who said nothing new doesn't count against the others.

    Different states make 推进中, or 滞后 where one is; different percentages are left open.
    """
    found = sorted(set(parts), key=repr)
    if len(found) == 1:
        return found[0]
    said = [p for p in found if p.status not in (ItemStatus.NOT_SAID, ItemStatus.NO_NEWS)] or found
    percents = {part.percent for part in said}
    dates = [part.finished for part in said if part.finished is not None]
    return ItemReport(
        status=_status({part.status for part in said}),
        percent=percents.pop() if len(percents) == 1 else None,
        narrative="\n".join(_lines(part.narrative for part in found)),
        finished=max(dates) if len(dates) == len(said) else None,
        evidence=tuple(
            sorted({e for part in found for e in part.evidence}, key=lambda e: (e.name, e.sha256, e.size))
        ),
    )


def figure_text(figure: Figure) -> str:
    """A figure as one text: canonical digits, 无此项业务, or what was typed."""
    if figure.value is not None:
        return canonical(figure.value)
    return NIL_TEXT if figure.state is FigureState.NIL else figure.typed


def report_text(report: ItemReport) -> str:
    """An item report as one text."""
    percent = "" if report.percent is None else f"{report.percent}%"
    said = ITEM_STATUS_LABELS.get(report.status, "")
    return " ".join(part for part in (said, percent, report.narrative) if part)


def order(figure: Figure) -> str:
    """A key that sorts figures by what they hold."""
    return canonical_text(figure_to_json(figure))


def _settled(vintage: str) -> int:
    return _VINTAGES.index(vintage) if vintage in _VINTAGES else -1


def _answer(answers: Iterable[Answer]) -> Answer:
    found = set(answers)
    if Answer.DISPUTED in found:
        return Answer.DISPUTED
    return found.pop() if len(found) == 1 else Answer.NONE


def _status(found: set[ItemStatus]) -> ItemStatus:
    if len(found) == 1:
        return next(iter(found))
    if found <= {ItemStatus.NOT_SAID, ItemStatus.NO_NEWS}:
        return ItemStatus.NO_NEWS
    return ItemStatus.DELAYED if ItemStatus.DELAYED in found else ItemStatus.UNDER_WAY


def _lines(texts: Iterable[str]) -> list[str]:
    return sorted({line for text in texts for line in text.split("\n") if line.strip()})
