"""往来 with a unit: task packages, returns and how they were met, receipts, reminders; for a unit that works
here what came too.

Packages and returns are read from the trail and from what is kept of them, however old. Receipts and
reminders that went out are known since each is noted when it is written.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.consolidation import DecisionKind, section_of
from desktop.model import plain
from desktop.model.canonical import canonical_text
from desktop.model.office_word import ReturnComment, ReturnNotice
from desktop.model.period import Period
from desktop.model.place_name import place_name
from desktop.model.submission import Section, Submission
from desktop.store import Connection, audit, decisions, inbox, office_words
from desktop.store.office_words import CAME, SENT
from desktop.store.texts import kept
from desktop.validation import content_at
from desktop.workspace.desk import Desk
from desktop.workspace.desk.notices import dated
from desktop.workspace.desk.rounds import SETTING as ROUND
from desktop.workspace.desk.rounds import round_from_text
from desktop.workspace.intake.inbox import content_in, content_now

MESSAGE = "message/"
"""Begins the name of the event that says that something was written for a unit."""


_IN_A_DAY = ("package", "reminder", "return", "receipt")
"""Kinds in the order in which they follow each other."""


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
    """A task package, return, receipt or reminder: its day and sentence, and a return's comments."""

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
    """All that went between the office and a unit in a period, by day; `newest` is the digest of the unit's
    newest content.
    """
    after = content_now(desk, newest).submission if newest else None

    def load(connection: Connection) -> tuple[Message, ...]:
        found = [
            _written(desk, row)
            for row in audit.events(connection, unit, str(period))
            if MESSAGE in row.address
        ]
        found += _packages(connection, desk, unit, period)
        found += _receipts(connection, desk, unit, period)
        for way, began in ((SENT, ""), (CAME, "收到：")):
            for day, notice in dated(office_words.notices(connection, way, desk.plan.id, unit, str(period))):
                came = after is not None and after.revision > notice.revision
                later = {s.unit: s for s in after.sections} if after is not None and came else None
                undone = "（已撤销）" if way == SENT and _taken_back(connection, notice) else ""
                text = f"{began}第{notice.revision}版退回（第{notice.number}号）{undone}：{notice.comment}"
                met = tuple(_met(connection, desk, notice, n, later) for n in range(len(notice.comments)))
                found.append(Message("return", day, text, met))
        found += [
            _from_above(connection, desk, unit, *asked, after)
            for asked in asked_above(connection, desk, unit, period)
        ]
        return tuple(sorted(found, key=lambda message: (message.day, _IN_A_DAY.index(message.kind))))

    return desk.store.run(load)


def asked_above(
    connection: Connection, desk: Desk, unit: str, period: Period
) -> list[tuple[str, ReturnNotice, tuple[ReturnComment, ...]]]:
    """What an office above said of a unit that is in a file sent from here: day, notice, its comments."""
    read = dated(office_words.notices_in(connection, CAME, desk.plan.id, str(period)))
    about = [(day, n, tuple(c for c in n.comments if c.unit == unit)) for day, n in read if n.to != unit]
    return [one for one in about if one[2]]


def _from_above(
    connection: Connection,
    desk: Desk,
    unit: str,
    day: str,
    notice: ReturnNotice,
    comments: tuple[ReturnComment, ...],
    after: Submission | None,
) -> Message:
    """Such a notice as a message of the unit: a comment is met once its place is another than it was."""
    before = _returned(connection, desk, notice, unit)
    now = section_of(after, unit) if after is not None else None
    met = tuple(
        Met(
            comment,
            place_name(comment.address, desk.plan) or "整份报表",
            True if before and now and content_at(before, comment) != content_at(now, comment) else None,
        )
        for comment in comments
    )
    whose = desk.plan.unit(notice.to).short_name if desk.plan.has_unit(notice.to) else notice.to
    return Message(
        "return", day, f"收到：{notice.office.name}的意见，随{whose}第{notice.revision}版退回", met
    )


def _taken_back(connection: Connection, notice: ReturnNotice) -> bool:
    """Whether the decision that sent the content back, with the same words, was taken back."""
    heads = inbox.heads(connection, notice.plan, str(notice.period), notice.to)
    digests = {head.digest for head in heads if notice.digest in (head.claimed, head.digest)}
    said = [
        d
        for d in decisions.decisions(connection, notice.plan, str(notice.period), standing=False)
        if d.kind == DecisionKind.REJECT and d.chosen in digests and d.reason == notice.comment
    ]
    return bool(said) and all(d.undone_by is not None for d in said)


def _packages(connection: Connection, desk: Desk, unit: str, period: Period) -> Iterator[Message]:
    """The task packages that opened the period for the unit."""
    for row in audit.events_named(connection, f"setting/{ROUND}{desk.plan.id}"):
        opened = round_from_text(row.new).periods if row.new else ()
        days = next((open_.deadlines for open_ in opened if open_.period == period), None)
        if days is not None and unit in days:
            what = "已下发任务包" if row.kind == "publish" else "收到任务包"
            yield Message("package", _day(desk, row.time), f"{what}，开放{period.label}")


def _receipts(connection: Connection, desk: Desk, unit: str, period: Period) -> Iterator[Message]:
    """The receipts that came for a unit that works here."""
    for time, receipt in office_words.receipts_told(connection, desk.plan.id, unit, str(period)):
        text = f"收到回执：第{receipt.revision}版已于 {receipt.received} 被{receipt.office}接收"
        yield Message("receipt", _day(desk, time), text)


def _day(desk: Desk, time: str) -> str:
    return datetime.datetime.fromisoformat(time).astimezone(desk.clock().tzinfo).date().isoformat()


def _written(desk: Desk, row: audit.AuditRow) -> Message:
    kind = row.address.rpartition("/")[2]
    name = kept(row.new or "{}", lambda data: plain.text(data.get("file", "")), "操作记录")
    label = {"receipt": "已写回执", "reminder": "已写催报邮件"}.get(kind, kind)
    return Message(kind, _day(desk, row.time), f"{label}：{name}")


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
