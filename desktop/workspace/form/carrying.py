"""取上期数: last period's figures taken over into this one, where they can mean the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desktop.model.element import Mode, Nature
from desktop.model.form import FormRow
from desktop.model.listing import list_figure
from desktop.model.submission import Figure, FigureState, ItemReport, ItemStatus
from desktop.values import dataclass
from desktop.workspace.form.form_session import FormSession


@dataclass(frozen=True, slots=True)
class LastFigures:
    """Figures by element to put in, and sentences on those that can't be taken. `flows` of them are totals
    since the year's start: taken over they say that nothing was added.
    """

    figures: dict[str, Figure]
    refused: tuple[str, ...]
    flows: int = 0


def last_figures(session: FormSession, elements: Iterable[str]) -> LastFigures:
    """What last period's figures of some elements give in this one."""
    figures: dict[str, Figure] = {}
    refused: list[str] = []
    flows = 0
    for id_ in elements:
        row = session.form.row(id_)
        if row is None:
            continue
        why = _why_not(session, row)
        if why:
            refused.append(f"“{row.element.name}”{why}")
            continue
        assert session.around.previous is not None  # else there is a reason why not
        last = session.around.previous.figure(id_)
        if row.element.columns and last.rows:
            last = list_figure(last.rows, row.element, session.form.period.end)
        elif last.value is not None:
            last = Figure.number(last.value)
        figures[id_] = last
        flows += row.element.nature is Nature.FLOW
    return LastFigures(figures, tuple(refused), flows)


def last_report(session: FormSession, number: int) -> ItemReport | None:
    """沿用: what last period said of an item, to go on from; None where it said nothing that can.

    Evidence is shown anew each time. Who doesn't lead carries a line over, nothing else.
    """
    earlier = session.around.previous
    said = earlier.items.get(number) if earlier is not None else None
    entry = next((entry for entry in session.form.items if entry.item.number == number), None)
    if said is None or entry is None:
        return None
    if not entry.leads:
        quiet = said.status is ItemStatus.NO_NEWS
        said = ItemReport(ItemStatus.NO_NEWS if quiet else ItemStatus.NOT_SAID, narrative=said.narrative)
    said = replace(said, evidence=())
    return None if said.blank else said


def _why_not(session: FormSession, row: FormRow) -> str:
    period, earlier = session.form.period, session.around.previous
    if not row.due:
        return "本期不报。"
    if row.mode is Mode.ISSUED:
        return "是下发数，请按空格键核对。"
    last = earlier.figure(row.element.id) if earlier is not None else None
    if last is None or last.state not in (FigureState.NUMBER, FigureState.NIL):
        return "上期没有数。"
    if row.element.nature is Nature.FLOW and period.previous.year != period.year:
        return "是本年累计数，新年度从头算起，不能取上年的数。"
    return ""
