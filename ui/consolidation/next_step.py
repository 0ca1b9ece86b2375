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
    return row.state in states or bool(row.waiting)


def way_of(row: BoardRow) -> Way:
    """Contents between which a person decides are compared; everything else stands on the unit's page."""
    return Way.COMPARE if row.choices else Way.DETAILS


def next_step(row: BoardRow) -> str:
    """One sentence; empty where there is nothing to do."""
    if row.choices:
        return translate("NextStep", "按回车逐处对照、选定。")
    if row.waiting:
        return translate("NextStep", "按回车逐条认可或不予认可。")
    match row.state:
        case BoardState.CONFLICT:
            return translate("NextStep", "按回车看来件，采用这一版，或退回。")
        case BoardState.QUESTIONED:
            return translate("NextStep", "按 Alt+B 退回，不予认可的意见会自动带上。")
        case BoardState.RECEIVED:
            return translate("NextStep", "还没有计入。按回车，逐条放行或采用这一版；或退回。")
        case BoardState.MISSING | BoardState.OVERDUE:
            return translate("NextStep", "按 Alt+K 给全部未报单位写催报邮件；没有安装知报的，写空白报表。")
        case BoardState.RETURNED:
            return translate("NextStep", "等这个单位重报。")
        case _:
            return ""
