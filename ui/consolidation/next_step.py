"""What the consolidator does next for a unit, as the line below the board says it."""

from __future__ import annotations

from enum import Enum, auto

from desktop.workspace import BoardRow, BoardState
from ui.i18n import translate


class Way(Enum):
    """What Enter opens for a unit."""

    COMPARE = auto()
    DETAILS = auto()


def needs_person(row: BoardRow) -> bool:
    """Whether somebody at this office has to decide something about a unit."""
    states = (BoardState.CONFLICT, BoardState.QUESTIONED, BoardState.RECEIVED)
    return row.state in states or bool(row.waiting or row.edits)


def way_of(row: BoardRow) -> Way:
    """Contents between which a person decides, and changed cells, are compared; the rest is on its page."""
    return Way.COMPARE if row.choices or row.edits else Way.DETAILS


def next_step(row: BoardRow) -> str:
    """One sentence; empty where there is nothing to do."""
    if row.choices:
        return translate("NextStep", "按回车逐处对照、选定。")
    if row.edits:
        return translate("NextStep", "按回车看在软件外改动的单元格：核对过就认可，有疑问就退回。")
    if row.waiting:
        return translate("NextStep", "按回车逐条认可或不予认可。")
    remind = translate("NextStep", "按 Alt+K 给全部未报单位写催报邮件；没有安装知报的，写空白报表。")
    return {
        BoardState.CONFLICT: translate("NextStep", "按回车看来件，采用这一版，或退回。"),
        BoardState.QUESTIONED: translate("NextStep", "按 Alt+B 退回，不予认可的意见会自动带上。"),
        BoardState.RECEIVED: translate("NextStep", "还没有计入。按回车，逐条放行或采用这一版；或退回。"),
        BoardState.MISSING: remind,
        BoardState.OVERDUE: remind,
        BoardState.RETURNED: translate("NextStep", "等这个单位重报。"),
    }.get(row.state, "")
