"""Cells changed outside the program: a person looks at them once, and says that the figures hold."""

from __future__ import annotations

from desktop.errors import InputError
from desktop.model.period import Period
from desktop.model.plain import listed
from desktop.store import Connection, decisions, inbox
from desktop.store.texts import kept
from desktop.workspace.desk import Desk
from desktop.workspace.review.deciding import EDITS, keep_decision


def unseen_edits(connection: Connection, desk: Desk, period: Period) -> dict[tuple[str, str], int]:
    """Digest and sending unit → cells changed outside the program in that content, where nobody has said yet
    that they hold.
    """
    standing = decisions.decisions(connection, desk.plan.id, str(period))
    seen = {(d.unit, d.chosen) for d in standing if d.kind == EDITS}
    return {
        (head.digest, head.unit): count
        for head in inbox.heads(connection, desk.plan.id, str(period))
        if (count := _count(head)) and (head.unit, head.digest) not in seen
    }


def accept_edits(desk: Desk, unit: str, period: Period, digest: str, *, reason: str) -> None:
    """Say that the changed cells of a content hold; raises InputError if none wait, or without a reason."""
    waiting = desk.store.run(lambda connection: unseen_edits(connection, desk, period))
    if (digest, unit) not in waiting:
        raise InputError("edits.none", "这份报表没有待核对的改动。", "请刷新后再看。")
    keep_decision(desk, unit, period, EDITS, (digest, ""), reason)


def _count(head: inbox.ContentHead) -> int:
    """Changed cells; none where the file doesn't say what the program wrote, or was filled in by hand."""
    if not head.claimed or head.claimed == head.digest:
        return 0
    return kept(head.edited_cells, lambda data: len(listed(data)), "被改动的单元格")
