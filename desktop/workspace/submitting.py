"""报出: freezing a revision and writing the workbook that is mailed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.config import PROGRAM, VERSION
from desktop.errors import InputError, from_os_error
from desktop.exchange import submission_file_name, write_submission
from desktop.exchange.keyring import HeldKey
from desktop.exchange.mail import write_draft
from desktop.model.canonical import canonical_text
from desktop.model.catalogue import message
from desktop.model.content import submission_digest, submission_to_json
from desktop.model.submission import Figure, Section, Signature, Submission
from desktop.store import Connection, audit, submissions
from desktop.store.entries import Edit, edit
from desktop.store.submissions import FrozenHead
from desktop.workspace.entries import Life, life_change
from desktop.workspace.form_session import FormSession
from desktop.workspace.forms import Desk
from desktop.workspace.letters import submission_letter
from desktop.workspace.results import Submitted
from desktop.workspace.rounds import stored_round

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Sender:
    """What the workspace adds to a unit's form: its children's sections, its key, the mark 演示."""

    children: tuple[Section, ...]
    key: HeldKey | None
    synthetic: bool


def submit(desk: Desk, session: FormSession, sender: Sender, out: Path, *, mail: bool) -> Submitted:
    """Freeze the form's content as a revision, write its workbook into the folder `out`, lock the form.

    Signed where the unit's key is on this computer. The file is written first, so that a full disk leaves the
    form as it was. Raises InputError where errors block or warnings are unexplained, and EnvironmentFault if
    the file can't be written.
    """
    _refuse_if_blocked(session)
    submission = _frozen(desk, session, sender)
    digest = submission_digest(submission)
    name = submission_file_name(desk.plan, submission.unit, submission.period, submission.revision)
    path = _made(out) / name
    write_submission(
        submission,
        desk.plan,
        path,
        previous=_previous(session),
        issued=_issued(session),
        findings=session.findings,
        key=sender.key.key if sender.key else None,
        certificate=sender.key.certificate if sender.key else None,
    )
    life = session.life.submitted(digest)
    desk.store.run(lambda connection: _keep(connection, desk, submission, digest, path, life))
    session.handed_in(life)
    return Submitted(
        path,
        submission.revision,
        digest,
        _mail(desk, submission, path, digest) if mail else None,
        sender.key.fingerprint if sender.key else "",
    )


def _made(folder: Path) -> Path:
    """The folder, made if only it is missing; raises EnvironmentFault where what it lies in is gone."""
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise from_os_error(error, "建立存放文件夹") from error
    return folder


def _refuse_if_blocked(session: FormSession) -> None:
    if session.locked:
        raise InputError("life.locked", "本期已报出。", "如需更正，请先开始修订。")
    assessment = session.assessment
    if assessment.may_submit:
        return
    findings = assessment.blocking or assessment.unexplained
    shown = "；".join(message(finding).removesuffix("。") for finding in findings[:_SHOWN])
    more = f"等 {len(findings)} 条" if len(findings) > _SHOWN else ""
    if assessment.blocking:
        raise InputError(
            "submit.errors",
            f"还有错误，不能报出：{shown}{more}。",
            "请改正；确实无法改正的，可说明原因后带错上报。",
        )
    raise InputError("submit.unexplained", f"还有待说明的审核结果：{shown}{more}。", "请逐条说明后再报出。")


def _frozen(desk: Desk, session: FormSession, sender: Sender) -> Submission:
    now = desk.clock()
    form, life = session.form, session.life
    # void explanations and drafts stay here: they answer nothing that is handed in
    answers = tuple(sorted(session.assessment.answers, key=lambda answer: answer.finding))
    own = replace(session.section, explanations=answers, coverage=session.coverage, signature=Signature())
    if sender.key is not None:
        own = replace(own, signature=sender.key.key.sign_section(desk.plan.id, own))
    sign_off = session.sign_off
    return Submission(
        plan=desk.plan.id,
        plan_version=desk.plan.version,
        plan_digest=desk.plan.digest,
        unit=form.unit.id,
        period=form.period,
        revision=life.revision,
        parent=life.parent,
        sections=(own, *sender.children),
        sign_off=sign_off if sign_off.date else replace(sign_off, date=now.date()),
        chain=desk.store.run(audit.head),
        created=now,
        created_with=f"{PROGRAM} {VERSION}",
        synthetic=sender.synthetic,
    )


def _keep(
    connection: Connection, desk: Desk, submission: Submission, digest: str, path: Path, life: Life
) -> None:
    now = desk.clock()
    head = FrozenHead(
        digest=digest,
        plan=submission.plan,
        plan_digest=submission.plan_digest,
        unit=submission.unit,
        period=str(submission.period),
        revision=submission.revision,
        parent=submission.parent,
        time=now.isoformat(),
    )
    stamp = audit.Stamp("freeze", desk.person, now)
    submissions.freeze(connection, head, canonical_text(submission_to_json(submission)), stamp)
    submissions.record_file(connection, digest, str(path), now)
    edit(
        connection,
        Edit(
            plan=submission.plan,
            unit=submission.unit,
            period=str(submission.period),
            changes=(life_change(life),),
            actor=desk.person,
            action="submit",
            undoable=False,
        ),
        now,
    )


def _previous(session: FormSession) -> dict[str, Mapping[str, Figure]]:
    previous = session.around.previous
    return {session.form.unit.id: previous.figures} if previous else {}


def _issued(session: FormSession) -> dict[str, Mapping[str, Figure]]:
    figures = {element: Figure.number(value) for element, value in session.around.issued.items()}
    return {session.form.unit.id: figures}


def _mail(desk: Desk, submission: Submission, path: Path, digest: str) -> Path:
    round_ = desk.store.run(lambda connection: stored_round(connection, desk.plan.id))
    letter = submission_letter(desk.plan, submission, digest, round_, path.name)
    return write_draft(path.with_suffix(".eml"), letter, desk.clock(), (path,))
