"""A content that the consolidator makes of the cells of several: with a reason, and without a signature."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.consolidation import CellPlace, DecisionKind, put_together
from desktop.errors import InputError
from desktop.model.canonical import canonical_text
from desktop.model.content import canonical_content
from desktop.model.period import Period
from desktop.model.submission import Submission
from desktop.store import Connection, audit, decisions, inbox
from desktop.store.inbox import ContentHead, ReceivedContent
from desktop.workspace.desk import Desk
from desktop.workspace.intake.examining import judged_by_rules
from desktop.workspace.intake.inbox import MADE, content_now, states
from desktop.workspace.review.comparing import compare
from desktop.workspace.review.deciding import contents_of, decide, losers, require_reason


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose: the content that is taken, and single cells taken from others instead."""

    base: str
    cells: Mapping[CellPlace, str]
    reason: str


def take_choice(desk: Desk, unit: str, period: Period, choice: Choice) -> str:
    """Take a content of a conflict, with single cells of others where some were chosen; returns the digest
    of what counts now.

    What is put together is a content of its own: it names its parts and the cells taken from each, has the
    signatures of those sections only that were left whole, and counts as long as the decision stands. Raises
    InputError without a reason, for contents that aren't there, and if the rules find an error in it.
    """
    why = require_reason(choice.reason)
    cells = {place: digest for place, digest in choice.cells.items() if digest != choice.base}
    state = next((s for s in states(desk, period, desk.clock().date()) if s.unit == unit), None)
    if not {choice.base, *cells.values()} <= contents_of(state):
        raise InputError("decision.unknown", "没有收到过这份内容。", "请刷新后重新选择。")
    rest = losers(state, "")
    whole = _as_one(desk, unit, period, rest, choice.base, cells)
    if whole is not None:
        decide(desk, unit, period, DecisionKind.ACCEPT, whole, reason=why)
        return whole
    others = tuple(dict.fromkeys(cells.values()))
    made = _made(desk, choice.base, others, cells)
    content = _content(desk, made, choice.base, others, cells)
    loser = " ".join(digest for digest in dict.fromkeys((*rest, choice.base, *others)))
    decision = decisions.Decision(
        desk.plan.id, unit, str(period), DecisionKind.ACCEPT.value, content.head.digest, loser, why
    )
    stamp = audit.Stamp("decide", desk.person, desk.clock())

    def keep(connection: Connection) -> None:
        inbox.keep_content(connection, content)
        decisions.decide(connection, decision, stamp)

    desk.store.run(keep)
    return content.head.digest


def _as_one(
    desk: Desk,
    unit: str,
    period: Period,
    rivals: Sequence[str],
    base: str,
    cells: Mapping[CellPlace, str],
) -> str | None:
    """The content that the cells come to, if it is one of those that came."""
    if not cells:
        return base
    digests = tuple(dict.fromkeys((base, *cells.values(), *rivals)))
    compared = compare(desk, unit, period, digests).different
    for number, digest in enumerate(digests):
        if all(
            cell.same[digests.index(cells.get(cell.place, base))] == cell.same[number] for cell in compared
        ):
            return digest
    return None


def _made(desk: Desk, base: str, others: tuple[str, ...], cells: Mapping[CellPlace, str]) -> Submission:
    found = [content_now(desk, digest).submission for digest in (base, *others)]
    contents = [submission for submission in found if submission is not None]
    if len(contents) < len(found) or len({content.unit for content in contents}) > 1:
        raise InputError(
            "decision.mixed", "这几份内容不是同一单位报送的，不能逐处拼合。", "请整份选定其中一份。"
        )
    numbers = {place: others.index(digest) for place, digest in cells.items()}
    return put_together(desk.plan, contents[0], contents[1:], numbers)


def _content(
    desk: Desk, made: Submission, base: str, others: tuple[str, ...], cells: Mapping[CellPlace, str]
) -> ReceivedContent:
    content = canonical_content(made)
    intake, _ = judged_by_rules(desk, made)
    if intake.blocking:
        codes = "、".join(intake.blocking)
        raise InputError(
            "decision.blocking", f"拼合后的内容有强制性错误（{codes}）。", "请另选，或退回该单位。"
        )
    facts = json.loads(replace(intake, made_of=(base, *others)).to_text())
    facts["cells"] = [[p.unit, p.address, p.finding, digest] for p, digest in cells.items()]
    head = desk.store.run(lambda connection: inbox.head(connection, base))
    assert head is not None  # it was compared with the others
    return ReceivedContent(
        ContentHead(
            digest=content.digest,
            claimed=head.claimed or head.digest,
            plan=made.plan,
            plan_version=made.plan_version,
            plan_digest=made.plan_digest,
            unit=made.unit,
            period=str(made.period),
            revision=made.revision,
            parent=made.parent,
            content_state=MADE,
            signature_state="none",
            intake=canonical_text(facts),
        ),
        content.text,
    )
