"""What a receipt says of one period: that a revision counts, and its content where this computer lost it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.model.canonical import canonical_text
from desktop.model.content import submission_to_json
from desktop.model.office_word import AcceptedContent, Receipt
from desktop.model.submission import Section, Submission
from desktop.store import Connection, audit, entries, office_words, plans, submissions
from desktop.store.entries import Edit
from desktop.store.office_words import KeptReceipt
from desktop.store.submissions import FrozenHead
from desktop.workspace.desk import Desk
from desktop.workspace.desk.entries import (
    Life,
    LifeState,
    entries_from,
    life_change,
    section_changes,
    sign_off_change,
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of one period of a receipt; `doubtful`: a person must look."""

    sentence: str
    doubtful: bool = False


def restore(
    connection: Connection, desk: Desk, receipt: Receipt, content: AcceptedContent, stamp: audit.Stamp
) -> Restored:
    """Keep that a revision counts. Content of a period that this computer lost is brought back."""
    submission = content.submission
    label = f"{submission.period.label}第{submission.revision}版"
    if submission.unit != receipt.to or submission.plan != receipt.plan:
        return Restored(f"{label}不是本单位的内容，没有采用。", doubtful=True)
    known = submissions.frozen_json(connection, content.claimed or content.digest) is not None
    place = f"{receipt.plan}/{receipt.to}/{submission.period}"
    kept = KeptReceipt(
        submission.revision,
        content.digest,
        content.claimed,
        content.received.isoformat(),
        receipt.office.name,
    )
    if known:
        office_words.keep_receipt(connection, place, kept, stamp)
        if content.claimed and content.claimed != content.digest:
            return Restored(
                f"{label}：汇总单位采用的数据在报出后被改动过，与本机的不同，请核对“采用数据”。",
                doubtful=True,
            )
        return Restored(f"{label}：已接收，{content.received.isoformat()} 收到。")
    return _brought_back(connection, desk, content, place, kept, stamp)


def _brought_back(
    connection: Connection,
    desk: Desk,
    content: AcceptedContent,
    place: str,
    kept: KeptReceipt,
    stamp: audit.Stamp,
) -> Restored:
    submission = content.submission
    label = f"{submission.period.label}第{submission.revision}版"
    there = entries.section(connection, submission.plan, submission.unit, str(submission.period))
    if there:
        revision = entries_from(submission.unit, submission.period, there).life.revision
        return Restored(
            f"{label}：本机已有另一份内容（第{revision}版），没有改动。请与汇总单位核对。", doubtful=True
        )
    if plans.newest_digest(connection, submission.plan) != submission.plan_digest:
        version = submission.plan_version
        return Restored(f"{label}：按方案第{version}版报送，本机没有这一版方案，没有恢复。", doubtful=True)
    office_words.keep_receipt(connection, place, kept, stamp)
    _keep(connection, desk, submission, content.digest, stamp)
    return Restored(f"{label}：照回执恢复，共 {_counted(submission)} 个数。")


def _keep(
    connection: Connection, desk: Desk, submission: Submission, digest: str, stamp: audit.Stamp
) -> None:
    head = FrozenHead(
        digest,
        submission.plan,
        submission.plan_digest,
        submission.unit,
        str(submission.period),
        submission.revision,
        submission.parent,
        stamp.now.isoformat(),
    )
    text = canonical_text(submission_to_json(submission))
    submissions.freeze(connection, head, text, replace(stamp, kind="restore"))
    own = _own(submission)
    life = Life(LifeState.SUBMITTED, submission.revision, digest)
    changes = (*section_changes(own), sign_off_change(submission.sign_off), life_change(life))
    wanted = Edit(
        submission.plan,
        submission.unit,
        str(submission.period),
        changes,
        desk.person,
        "restore",
        undoable=False,
    )
    entries.edit(connection, wanted, stamp.now)


def _own(submission: Submission) -> Section:
    found = (section for section in submission.sections if section.unit == submission.unit)
    return next(found, Section(submission.unit, submission.period))


def _counted(submission: Submission) -> int:
    return len(_own(submission).figures)
