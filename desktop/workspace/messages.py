"""What went out to a unit: returns with their comments and how they were met, receipts, reminders."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass

from desktop.consolidation import section_of
from desktop.exchange.return_notice import return_from_json
from desktop.model.canonical import canonical_text
from desktop.model.office_word import ReturnComment, ReturnNotice
from desktop.model.period import Period
from desktop.model.place_name import place_name
from desktop.model.submission import Section
from desktop.store import Connection, audit, inbox, office_words
from desktop.store.office_words import SENT
from desktop.validation import content_at
from desktop.workspace.forms import Desk
from desktop.workspace.inbox import content_in, content_now

MESSAGE = "message/"
"""Begins the name of the event that says that something was written for a unit."""


@dataclass(frozen=True, slots=True)
class Met:
    """A comment of a return notice, and what the revision that came after did about it.

    `met` is True where the place was changed or the comment answered in words (`answer`), None while nothing
    came after it.
    """

    comment: ReturnComment
    place: str
    met: bool | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that went out: 退回, 回执 or 催报, its day, its sentence, and for a return its comments."""

    kind: str
    day: str
    text: str
    comments: tuple[Met, ...] = ()


def note_message(connection: Connection, desk: Desk, unit: str, period: Period, kind: str, name: str) -> None:
    """Keep in the trail that a receipt or reminder was written for a unit under a file name."""
    stamp = audit.Stamp("write", desk.person, desk.clock())
    new = canonical_text({"file": name})
    draft = audit.Draft(MESSAGE + kind, None, new, desk.plan.id, desk.plan.digest, unit, str(period))
    audit.event(connection, draft, stamp)


def messages(desk: Desk, unit: str, period: Period, newest: str | None) -> tuple[Message, ...]:
    """All that went out to a unit in a period, by day; `newest` is the digest of its newest content."""
    after = content_now(desk, newest).submission if newest else None

    def load(connection: Connection) -> tuple[Message, ...]:
        found = [
            _written(desk, row)
            for row in audit.events(connection, unit, str(period))
            if MESSAGE in row.address
        ]
        for kept in office_words.notices(connection, SENT, desk.plan.id, unit, str(period)):
            notice = return_from_json(kept.content)
            came = after is not None and after.revision > notice.revision
            later = {s.unit: s for s in after.sections} if after is not None and came else None
            text = f"第{notice.revision}版退回（第{notice.number}号）：{notice.comment}"
            met = tuple(_met(connection, desk, notice, n, later) for n in range(len(notice.comments)))
            found.append(Message("return", kept.day, text, met))
        return tuple(sorted(found, key=lambda message: message.day))

    return desk.store.run(load)


def _written(desk: Desk, row: audit.AuditRow) -> Message:
    kind = row.address.rpartition("/")[2]
    name = json.loads(row.new or "{}").get("file", "")
    label = {"receipt": "已写回执", "reminder": "已写催报邮件"}.get(kind, kind)
    written = datetime.datetime.fromisoformat(row.time).astimezone(desk.clock().tzinfo)
    return Message(kind, written.date().isoformat(), f"{label}：{name}")


def _met(
    connection: Connection, desk: Desk, notice: ReturnNotice, number: int, later: dict[str, Section] | None
) -> Met:
    """How the comment of that number (from 0) was met; `later` are the sections that came after it."""
    comment = notice.comments[number]
    name = _pinned_name(notice, number)
    place = place_name(comment.address, desk.plan) or "整份报表"
    now = later.get(comment.unit) if later is not None else None
    if now is None:
        return Met(comment, place)
    answer = next(
        (e.text for e in now.explanations if e.finding.startswith("return.") and e.finding.endswith(name)), ""
    )
    before = _returned(connection, desk, notice, comment.unit)
    changed = before is not None and content_at(before, comment) != content_at(now, comment)
    return Met(comment, place, changed or bool(answer), answer)


def _pinned_name(notice: ReturnNotice, number: int) -> str:
    """What a unit's program calls the comment: the notice's number, and its place among the unit's own."""
    unit = notice.comments[number].unit
    place = sum(comment.unit == unit for comment in notice.comments[: number + 1])
    return f"@{notice.number}.{place}"


def _returned(connection: Connection, desk: Desk, notice: ReturnNotice, unit: str) -> Section | None:
    heads = inbox.heads(connection, notice.plan, str(notice.period), notice.to)
    head = next((h for h in heads if notice.digest in (h.claimed, h.digest)), None)
    if head is None:
        return None
    submission = content_in(connection, desk, head.digest).submission
    return section_of(submission, unit) if submission is not None else None
