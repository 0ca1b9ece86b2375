"""Decisions of the consolidator: which content stands, what is sent back, which error is let pass."""

from __future__ import annotations

from desktop.consolidation import DecisionKind
from desktop.errors import InputError
from desktop.model.period import Period
from desktop.store import audit, decisions
from desktop.workspace.forms import Desk
from desktop.workspace.inbox import states


def decide(
    desk: Desk, unit: str, period: Period, kind: DecisionKind, digest: str, *, reason: str, rule: str = ""
) -> None:
    """Keep a decision about one content of a unit and period; raises InputError without a reason or
    content.
    """
    if not reason.strip():
        raise InputError("decision.no_reason", "请写明理由。", "决定和理由会留在记录里。")
    state = next((s for s in states(desk, period, desk.clock().date()) if s.unit == unit), None)
    known = {state.head, state.accepted, *state.conflicts, *state.superseded} - {None} if state else set()
    if digest not in known:
        raise InputError("decision.unknown", "没有收到过这份内容。", "请刷新后重新选择。")
    loser = rule if kind is DecisionKind.RELEASE else _other(state.conflicts if state else (), digest)
    decision = decisions.Decision(desk.plan.id, unit, str(period), kind.value, digest, loser, reason.strip())
    stamp = audit.Stamp("decide", desk.person, desk.clock())
    desk.store.run(lambda connection: decisions.decide(connection, decision, stamp))


def _other(choices: tuple[str, ...], chosen: str) -> str:
    return next((digest for digest in choices if digest != chosen), "")
