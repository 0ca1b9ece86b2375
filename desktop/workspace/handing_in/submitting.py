"""报出: freezing a revision and writing the workbook that is mailed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import from_os_error
from desktop.exchange import submission_file_name, write_submission
from desktop.exchange.mail import write_draft
from desktop.model.canonical import canonical_text
from desktop.model.content import submission_digest, submission_to_json
from desktop.model.submission import Figure, Submission
from desktop.store import Connection, audit, submissions
from desktop.store.entries import Edit, edit
from desktop.store.submissions import FrozenHead
from desktop.workspace.desk import Desk
from desktop.workspace.desk.entries import Act, Life, life_change
from desktop.workspace.desk.rounds import stored_round
from desktop.workspace.form.form_session import FormSession
from desktop.workspace.handing_in.content import Sender, content_to_hand_in, refuse_if_blocked
from desktop.workspace.handing_in.letters import submission_letter
from desktop.workspace.handing_in.submitted import Submitted


def submit(desk: Desk, session: FormSession, sender: Sender, wanted: Wanted) -> Submitted:
    """Freeze the form's content as a revision, write its workbook into a folder, lock the form.

    Signed where the unit's key is on this computer. The file is written first, so that a full disk leaves the
    form as it was. Raises InputError where errors block or warnings are unexplained, and EnvironmentFault if
    the file can't be written.
    """
    refuse_if_blocked(session, "报出")
    submission = content_to_hand_in(desk, session, sender, correction=wanted.correction)
    digest = submission_digest(submission)
    name = submission_file_name(desk.plan, submission.unit, submission.period, submission.revision)
    path = made_folder(wanted.folder) / name
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
    reviewed = session.life.reviewed
    life = session.life.submitted(digest, Act(desk.person, desk.clock()))
    desk.store.run(lambda connection: _keep(connection, desk, submission, digest, path, life))
    session.went_on(life)
    return Submitted(
        path,
        submission.revision,
        digest,
        _mail(desk, submission, path, digest) if wanted.mail else None,
        sender.key.fingerprint if sender.key else "",
        submission.kind,
        None if reviewed is None else reviewed.check_code == digest,
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a report is to be handed in: into which folder, with an e-mail draft, as a correction (更正单).

    `correction` None leaves it to what is known of the revision before.
    """

    folder: Path
    mail: bool = False
    correction: bool | None = None


def made_folder(folder: Path) -> Path:
    """The folder, made if only it is missing; raises EnvironmentFault where what it lies in is gone."""
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise from_os_error(error, "建立存放文件夹") from error
    return folder


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
    return write_draft(mail_path(path), letter, desk.clock(), (path,))


def mail_path(path: Path) -> Path:
    """Where the e-mail draft of a report lies: beside its workbook."""
    return path.with_suffix(".eml")
