"""退回: sending a report back with comments at its places; the notice is signed and goes with a letter."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.consolidation import DecisionKind
from desktop.errors import InputError
from desktop.exchange.mail import write_draft
from desktop.exchange.office.return_notice import return_file, return_to_json, write_return_notice
from desktop.exchange.signing.keyring import HeldKey
from desktop.model.canonical import clean_text
from desktop.model.file_name import safe_part
from desktop.model.finding import item_number
from desktop.model.office_word import Office, ReturnComment, ReturnNotice
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import Submission
from desktop.store import Connection, audit, inbox, office_words
from desktop.store.office_words import SENT, KeptNotice
from desktop.workspace.desk import Desk
from desktop.workspace.desk.notices import notices
from desktop.workspace.desk.rounds import stored_round
from desktop.workspace.handing_in.letters import Due, return_letter
from desktop.workspace.handing_in.submitting import made_folder
from desktop.workspace.intake.inbox import content, states
from desktop.workspace.review.deciding import decide


@dataclass(frozen=True, slots=True)
class ToReturn:
    """What the office says: of the whole, at places, and the last day for the next revision.

    `digest` names the content where there are several; usually it is the newest one.
    """

    comment: str
    comments: Sequence[ReturnComment] = ()
    deadline: datetime.date | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """A notice that was written: its file and the letter, if one was asked for."""

    notice: ReturnNotice
    path: Path
    mail: Path | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Answering:
    """The office that answers, and its key if that is on this computer."""

    office: Office
    key: HeldKey | None


def send_back(
    desk: Desk, by: Answering, place: tuple[str, Period], wanted: ToReturn, out: Path, *, mail: bool
) -> Returned:
    """Write the notice to the file `out` (into that folder if it isn't an .xlsx), and keep that the content
    was sent back.

    `place` is the unit, by its id, and the period. The file is written first, so that a full disk leaves
    everything as it was. Raises InputError where nothing was received, where the figures came in another
    unit's file, without a comment, for a place the content doesn't have, and for an existing file;
    EnvironmentFault for the disk.
    """
    unit, period = place
    said = clean_text(wanted.comment).strip()
    if not said:
        raise InputError("return.no_comment", "请写明退回意见。", "写清哪里不对、要怎样改。")
    digest = wanted.digest or _newest(desk, unit, period)
    submission = content(desk, digest)
    notice = ReturnNotice(
        office=by.office,
        plan=desk.plan.id,
        plan_version=submission.plan_version,
        to=submission.unit,
        period=period,
        revision=submission.revision,
        digest=_claimed(desk, digest),
        number=len(sent_back(desk, submission.unit, period)) + 1,
        comment=said,
        comments=tuple(_checked(desk.plan, submission, comment) for comment in wanted.comments),
        deadline=wanted.deadline,
    )
    file = return_file(notice)
    if by.key is not None:
        file = file.signed(by.key.key, by.key.certificate)
    path = out if out.suffix.lower() == ".xlsx" else made_folder(out) / _file_name(desk.plan, notice)
    now = desk.clock()
    write_return_notice(notice, file, desk.plan, now, path)
    decide(desk, _sender(desk, unit, period), period, DecisionKind.REJECT, digest, reason=said)
    kept = KeptNotice(file.digest, now.date().isoformat(), return_to_json(notice))
    stamp = audit.Stamp("return", desk.person, now)
    name = notice_name(notice, file.digest)
    desk.store.run(lambda connection: office_words.keep_notice(connection, SENT, name, kept, stamp))
    letter = _letter(desk, notice, path) if mail else None
    return Returned(notice, path, letter, by.key.fingerprint if by.key else "")


def sent_back(desk: Desk, unit: str, period: Period) -> tuple[ReturnNotice, ...]:
    """The notices that were written for a unit and period, oldest first."""

    def load(connection: Connection) -> tuple[ReturnNotice, ...]:
        return notices(connection, SENT, desk.plan.id, unit, period)

    return desk.store.run(load)


def notice_name(notice: ReturnNotice, digest: str) -> str:
    """Under what a notice is kept: two offices may count alike."""
    mark = digest.rpartition(":")[2][:12]
    return f"{notice.plan}/{notice.to}/{notice.period}/{notice.number}-{mark}"


def _sender(desk: Desk, unit: str, period: Period) -> str:
    """Whose file it is that goes back: the zone's, where a street's figures came in it."""
    state = next((s for s in states(desk, period, desk.clock().date()) if s.unit == unit), None)
    return state.via if state is not None and state.via is not None else unit


def _newest(desk: Desk, unit: str, period: Period) -> str:
    state = next((s for s in states(desk, period, desk.clock().date()) if s.unit == unit), None)
    if state is not None and state.conflicts:
        raise InputError(
            "return.conflict", "该单位有冲突，还不知道退回哪一份。", "请先选定采用哪一份，再退回。"
        )
    if state is None or state.head is None:
        raise InputError(
            "return.nothing", f"还没有收到该单位{period.label}的报送文件。", "没有可退回的内容。"
        )
    if state.via is not None:
        via = desk.plan.unit(state.via).short_name
        raise InputError(
            "return.via", f"该单位的数据由{via}合并报送。", f"请退回{via}的报送文件，并在意见里注明单位。"
        )
    return state.head


def _claimed(desk: Desk, digest: str) -> str:
    """The digest that the unit's program gave a content: under it the unit finds its own revision."""
    head = desk.store.run(lambda connection: inbox.head(connection, digest))
    return head.claimed if head and head.claimed else digest


def _checked(plan: Plan, submission: Submission, comment: ReturnComment) -> ReturnComment:
    """The comment with its unit; raises InputError if the content has no such place."""
    unit = comment.unit or submission.unit
    text = clean_text(comment.text).strip()
    section = next((s for s in submission.sections if s.unit == unit), None)
    if section is None or not plan.has_unit(unit):
        raise InputError("return.no_unit", f"这份报送文件里没有“{unit}”的数据。", "请核对单位代码。")
    number = item_number(comment.address)
    known = plan.has_element(comment.address) or (number is not None and plan.has_item(number))
    explained = any(e.finding == comment.finding for e in section.explanations)
    if (comment.address and not known) or (comment.finding and not explained):
        place = comment.finding or comment.address
        raise InputError(
            "return.no_place", f"报表里没有“{place}”这一处。", "请写数据项代码、item/序号或说明的编号。"
        )
    if not text:
        raise InputError("return.no_comment", f"“{comment.address}”处的意见是空的。", "请写明哪里不对。")
    return ReturnComment(unit, comment.address, text, comment.finding)


def _file_name(plan: Plan, notice: ReturnNotice) -> str:
    name = plan.unit(notice.to).short_name if plan.has_unit(notice.to) else notice.to
    return f"退回通知_{safe_part(name)}_{notice.period}_第{notice.revision}版_第{notice.number}号.xlsx"


def _letter(desk: Desk, notice: ReturnNotice, path: Path) -> Path:
    round_ = desk.store.run(lambda connection: stored_round(connection, desk.plan.id))
    due = Due(desk.plan.name, desk.plan.unit(notice.to).name, notice.period.label, notice.deadline)
    letter = return_letter(due, notice.revision, notice.comment, round_, path.name)
    return write_draft(path.with_suffix(".eml"), letter, desk.clock(), (path,))
