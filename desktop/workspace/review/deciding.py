"""Decisions of the consolidator: each has a reason, stays in the trail, and can be taken back."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from desktop.consolidation import DecisionKind, UnitState
from desktop.errors import InputError
from desktop.model.period import Period
from desktop.store import Connection, audit, decisions
from desktop.workspace.desk import Desk
from desktop.workspace.desk.extensions import KIND as EXTENSION
from desktop.workspace.intake.inbox import states

PAPER = "paper"
EDITS = "edits"
DECISION_LABELS = {
    DecisionKind.ACCEPT.value: "采用",
    DecisionKind.REJECT.value: "退回",
    DecisionKind.SET_ASIDE.value: "撤销接收",
    DecisionKind.RELEASE.value: "放行",
    DecisionKind.AGREE.value: "认可说明",
    DecisionKind.DISAGREE.value: "不予认可说明",
    PAPER: "纸质件",
    EDITS: "认可改动",
    EXTENSION: "延期",
    decisions.UNDO: "撤销决定",
}


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One decision on a unit and period; `undone` says that it was taken back, by whom, when and why.

    `time` is the local time, to the minute.
    """

    id: int
    unit: str
    kind: str
    chosen: str
    losers: tuple[str, ...]
    reason: str
    actor: str
    time: str
    undone: str = ""

    @property
    def label(self) -> str:
        """What was decided, for people."""
        if self.kind == EXTENSION:
            return f"延期至{self.chosen}（{'、'.join(self.losers)}批准）"
        return DECISION_LABELS.get(self.kind, self.kind)


def decide(
    desk: Desk, unit: str, period: Period, kind: DecisionKind, digest: str, *, reason: str, rule: str = ""
) -> None:
    """Keep a decision about one content of a unit and period; raises InputError without a reason or
    content.
    """
    state = next((s for s in states(desk, period, desk.clock().date()) if s.unit == unit), None)
    if digest not in contents_of(state):
        raise InputError("decision.unknown", "没有收到过这份内容。", "请刷新后重新选择。")
    if kind is DecisionKind.SET_ASIDE and state is not None and state.via is not None:
        via = desk.plan.unit(state.via).short_name
        raise InputError(
            "decision.via", f"该单位的数据由{via}合并报送。", f"请撤销{via}的接收，或退回{via}的报送文件。"
        )
    loser = rule if kind is DecisionKind.RELEASE else " ".join(losers(state, digest))
    keep_decision(desk, unit, period, kind.value, (digest, loser), reason)


def keep_decision(
    desk: Desk, unit: str, period: Period, kind: str, what: tuple[str, str], reason: str
) -> None:
    """Keep a decision; `what` is what it chose and what it left. Raises InputError without a reason."""
    decision = decisions.Decision(desk.plan.id, unit, str(period), kind, *what, require_reason(reason))
    stamp = audit.Stamp("decide", desk.person, desk.clock())
    desk.store.run(lambda connection: decisions.decide(connection, decision, stamp))


def require_reason(reason: str) -> str:
    """The reason without white space around it; raises InputError if nothing is left."""
    if not reason.strip():
        raise InputError("decision.no_reason", "请写明理由。", "决定和理由会留在记录里。")
    return reason.strip()


def contents_of(state: UnitState | None) -> frozenset[str]:
    """The digests of everything that came for a unit and wasn't set aside."""
    if state is None:
        return frozenset()
    found = {state.head, state.accepted, *state.conflicts, *state.superseded}
    return frozenset(digest for digest in found if digest)


def losers(state: UnitState | None, chosen: str) -> tuple[str, ...]:
    """The contents of a conflict that weren't taken."""
    return tuple(digest for digest in (state.conflicts if state else ()) if digest != chosen)


def undo(desk: Desk, decision: int, *, reason: str) -> None:
    """Take a decision back, as a row of its own; raises InputError without a reason, or if it doesn't
    stand.
    """
    why = require_reason(reason)
    stamp = audit.Stamp("undo", desk.person, desk.clock())

    def take_back(connection: Connection) -> None:
        try:
            decisions.undo_decision(connection, decision, stamp, why)
        except KeyError:
            raise InputError("decision.undone", "这个决定已经撤销过了。", "请刷新后再看。") from None

    desk.store.run(take_back)


def decision_log(desk: Desk, period: Period, unit: str | None = None) -> tuple[DecisionView, ...]:
    """All decisions on a period, or on one unit in it, oldest first; those taken back too."""

    def load(connection: Connection) -> tuple[DecisionView, ...]:
        found = decisions.decisions(connection, desk.plan.id, str(period), standing=False)
        backs = decisions.undoings(connection, desk.plan.id, str(period))
        return tuple(_view(desk, one, backs.get(one.id)) for one in found if unit in (None, one.unit))

    return desk.store.run(load)


def _view(desk: Desk, one: decisions.Decision, back: decisions.Decision | None) -> DecisionView:
    undone = f"{_local(desk, back.time)} {back.actor}：{back.reason}" if back else ""
    about_rule = one.kind not in (DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.SET_ASIDE)
    rest = (one.loser,) if about_rule and one.loser else tuple(one.loser.split())
    return DecisionView(
        one.id,
        one.unit,
        one.kind,
        one.chosen,
        rest,
        one.reason,
        one.actor,
        _local(desk, one.time),
        undone,
    )


def _local(desk: Desk, time: str) -> str:
    moment = datetime.datetime.fromisoformat(time).astimezone(desk.clock().tzinfo)
    return f"{moment:%Y-%m-%d %H:%M}"
