"""送审 and what is handed in: the content of a report, its kind, and the code that the leader gets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop.config import PROGRAM, VERSION
from desktop.consolidation import deadline
from desktop.errors import InputError
from desktop.exchange.signing.keyring import HeldKey
from desktop.model.catalogue import message
from desktop.model.content import submission_digest
from desktop.model.period import Period
from desktop.model.submission import Section, Submission, SubmissionKind
from desktop.model.unit import Unit
from desktop.store import audit, office_words, submissions
from desktop.store.entries import Edit, edit
from desktop.store.settings import OwnUnit
from desktop.workspace.desk import Desk
from desktop.workspace.desk.entries import Act, Reviewed, kept_submission, life_change
from desktop.workspace.desk.rounds import stored_round, with_deadlines
from desktop.workspace.form.form_session import FormSession
from desktop.workspace.intake.inbox import accepted, states
from desktop.workspace.review.board import brought_along

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Sender:
    """What the workspace adds to a unit's form: its children's sections, its key, the mark 演示."""

    children: tuple[Section, ...]
    key: HeldKey | None
    synthetic: bool


def sender_of(
    desk: Desk, own: OwnUnit, units: Iterable[Unit], period: Period, key: HeldKey | None, *, synthetic: bool
) -> Sender:
    """What goes out with a unit's form; `units` are those that count in the workspace.

    A zone's file carries the accepted sections of its children and of all below them; the plan's consolidator
    sends its own alone.
    """
    children: tuple[Section, ...] = ()
    if own.consolidates and own.unit != desk.plan.consolidator:
        today = desk.clock().date()
        found = accepted(desk, period, today)
        wanted = {unit.id for unit in units}
        wanted = (wanted | brought_along(states(desk, period, today), wanted)) - {own.unit}
        children = tuple(found[id_] for id_ in sorted(found) if id_ in wanted)
    return Sender(children, key, synthetic)


def send_for_review(
    desk: Desk, session: FormSession, sender: Sender, *, correction: bool | None = None
) -> Submission:
    """送审: settle what the leader gets, and record it; returns that content.

    报出 hands in exactly this, with the same check code, as long as the form reads the same. Raises
    InputError where 报出 would.
    """
    refuse_if_blocked(session, "送审")
    drafted = replace(session.life, reviewed=None)
    session.went_on(drafted)  # another print is another content: its time and trail are today's
    content = content_to_hand_in(desk, session, sender, correction=correction)
    reviewed = Reviewed(
        submission_digest(content),
        session.content_digest,
        content.chain,
        content.kind,
        Act(desk.person, desk.clock()),
    )
    life = drafted.sent_for_review(reviewed)
    wanted = Edit(
        plan=desk.plan.id,
        unit=content.unit,
        period=str(content.period),
        changes=(life_change(life),),
        actor=desk.person,
        action="review",
        undoable=False,
    )
    desk.store.run(lambda connection: edit(connection, wanted, desk.clock()))
    session.went_on(life)
    return content


def content_to_hand_in(
    desk: Desk, session: FormSession, sender: Sender, *, correction: bool | None = None
) -> Submission:
    """What 报出 would freeze now: what was sent for review where it still stands, else the form as it is.

    `correction` says whether it is a 更正单; None leaves that to what is known of the revision before.
    """
    form, life, now = session.form, session.life, desk.clock()
    reviewed = life.reviewed if session.review_stands else None
    own = session.to_hand_in
    if sender.key is not None:
        own = replace(own, signature=sender.key.key.sign_section(desk.plan.id, own))
    kind = kind_of(desk, session) if reviewed is None else reviewed.kind
    if correction is not None and life.parent is not None:
        kind = SubmissionKind.CORRECTION if correction else _kind_before(desk, life.parent)
    date = session.sign_off.date or (now if reviewed is None else reviewed.by.time).date()
    return Submission(
        plan=desk.plan.id,
        plan_version=desk.plan.version,
        plan_digest=desk.plan.digest,
        unit=form.unit.id,
        period=form.period,
        revision=life.revision,
        parent=life.parent,
        sections=(own, *sender.children),
        kind=kind,
        sign_off=replace(session.sign_off, date=date),
        chain=desk.store.run(audit.head) if reviewed is None else reviewed.chain,
        created=now,
        created_with=f"{PROGRAM} {VERSION}",
        synthetic=sender.synthetic,
    )


def kind_of(desk: Desk, session: FormSession) -> SubmissionKind:
    """补报 for a first report after the deadline, 更正单 for a revision of an accepted one, else regular.

    What follows a late report that wasn't accepted is that late report still.
    """
    form, parent = session.form, session.life.parent
    if parent is None:
        round_ = desk.store.run(lambda connection: stored_round(connection, desk.plan.id))
        last = deadline(with_deadlines(desk.plan, round_, form.period), form.unit, form.period)
        late = last is not None and desk.clock().date() > last
        return SubmissionKind.LATE if late else SubmissionKind.REGULAR
    if _accepted(desk, session, parent):
        return SubmissionKind.CORRECTION
    return _kind_before(desk, parent)


def _kind_before(desk: Desk, parent: str) -> SubmissionKind:
    """The kind of a revision that only takes the place of the one before it."""
    before = frozen(desk, parent)
    late = before is not None and before.kind is SubmissionKind.LATE
    return SubmissionKind.LATE if late else SubmissionKind.REGULAR


def _accepted(desk: Desk, session: FormSession, parent: str) -> bool:
    """Whether the revision before counts already: by a receipt, or taken in here, or after one that did."""
    place = (desk.plan.id, session.form.unit.id, str(session.form.period))
    receipt = desk.store.run(lambda connection: office_words.receipt_of(connection, *place))
    if receipt is not None and receipt.revision < session.life.revision:
        return True
    before = frozen(desk, parent)
    if before is not None and before.kind is SubmissionKind.CORRECTION:
        return True
    today = desk.clock().date()
    found = (s for s in states(desk, session.form.period, today) if s.unit == session.form.unit.id)
    return any(state.accepted == parent for state in found)


def frozen(desk: Desk, digest: str) -> Submission | None:
    """An own revision that was handed in; None where the workspace doesn't keep it."""
    text = desk.store.run(lambda connection: submissions.frozen_json(connection, digest))
    return None if text is None else kept_submission(text)


def refuse_if_blocked(session: FormSession, what: str) -> None:
    """Raise InputError while something stands against 送审 or 报出, whichever `what` names."""
    if session.locked:
        raise InputError("life.locked", "本期已报出。", "如需更正，请先修订。")
    assessment = session.assessment
    if assessment.may_submit:
        return
    findings = assessment.blocking or assessment.unexplained
    shown = "；".join(message(finding).removesuffix("。") for finding in findings[:_SHOWN])
    more = f"等 {len(findings)} 条" if len(findings) > _SHOWN else ""
    if assessment.blocking:
        raise InputError(
            "submit.errors",
            f"还有错误，不能{what}：{shown}{more}。",
            "请改正；确实无法改正的，可说明原因后带错上报。",
        )
    raise InputError(
        "submit.unexplained", f"还有待说明的审核结果：{shown}{more}。", f"请逐条说明后再{what}。"
    )
