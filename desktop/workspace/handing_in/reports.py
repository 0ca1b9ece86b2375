"""送审 and 报出 of own forms, and what was made of them: file, e-mail draft, the sheet to print and stamp."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.errors import InputError
from desktop.exchange import submission_file_name
from desktop.exchange.atomic import write_whole
from desktop.model.content import submission_digest
from desktop.model.period import Period
from desktop.model.submission import Submission, SubmissionKind
from desktop.store import audit, submissions
from desktop.workspace.desk import Desk
from desktop.workspace.form.form_session import FormSession
from desktop.workspace.handing_in.content import (
    Sender,
    content_to_hand_in,
    frozen,
    kind_of,
    send_for_review,
)
from desktop.workspace.handing_in.paper import Paper, PaperHead, keep_head, paper_of, stored_head
from desktop.workspace.handing_in.submitted import Submitted
from desktop.workspace.handing_in.submitting import Wanted, made_folder, mail_path, submit


class Reports:
    """What can be done with an open form of an own unit once it is filled in."""

    def __init__(self, desk: Desk, sender: Callable[[str, Period], Sender]) -> None:
        self._desk = desk
        self._sender = sender

    def kind(self, session: FormSession) -> SubmissionKind:
        """What 报出 would make of the form: a regular report, a 补报, a 更正单."""
        if session.life.reviewed is not None and session.review_stands:
            return session.life.reviewed.kind
        return kind_of(self._desk, session)

    def send_for_review(self, session: FormSession, *, correction: bool | None = None) -> Paper:
        """送审: record what the leader gets; returns the sheet with its check code.

        Raises InputError where 报出 would.
        """
        self._refuse_outdated(session)
        content = send_for_review(self._desk, session, self._whose(session), correction=correction)
        return self._paper(session, content)

    def review_holds(self, session: FormSession, *, correction: bool | None = None) -> bool:
        """Whether 报出 would hand in exactly what was printed for the leader, under the same check code."""
        reviewed = session.life.reviewed
        if reviewed is None or not session.review_stands:
            return False
        content = content_to_hand_in(self._desk, session, self._whose(session), correction=correction)
        return submission_digest(content) == reviewed.check_code

    def submit(self, session: FormSession, wanted: Wanted) -> Submitted:
        """报出: freeze a revision, write its workbook, lock the form."""
        self._refuse_outdated(session)
        return submit(self._desk, session, self._whose(session), wanted)

    def submitted(self, session: FormSession) -> Submitted | None:
        """What was made of a locked form, where it was written last; None while it isn't locked."""
        digest = session.life.parent
        content = frozen(self._desk, digest) if digest is not None and session.locked else None
        if digest is None or content is None:
            return None
        files = self._desk.store.run(lambda connection: submissions.written_files(connection, digest))
        name = submission_file_name(session.plan, content.unit, content.period, content.revision)
        # a revision brought back by a receipt was never written here
        path = Path(files[-1]) if files else self._desk.store.path.parent / name
        mail, reviewed = mail_path(path), session.life.reviewed
        return Submitted(
            path,
            content.revision,
            digest,
            mail if mail.exists() else None,
            kind=content.kind,
            as_reviewed=None if reviewed is None else reviewed.check_code == digest,
        )

    def paper(self, session: FormSession) -> Paper:
        """The sheet to print and stamp of a form that was handed in; raises InputError for any other."""
        digest = session.life.parent
        content = frozen(self._desk, digest) if digest is not None and session.locked else None
        if content is None:
            raise InputError("paper.not_submitted", "本期尚未报出。", "请先报出，再打印盖章件。")
        return self._paper(session, content)

    @property
    def head(self) -> PaperHead:
        """What the office put at the head of printed sheets."""
        return self._desk.store.run(lambda connection: stored_head(connection, self._desk.plan.id))

    def set_head(self, head: PaperHead) -> None:
        """Say what stands at the head of printed sheets from now on."""
        stamp = audit.Stamp("paper", self._desk.person, self._desk.clock())
        self._desk.store.run(lambda connection: keep_head(connection, self._desk.plan.id, head, stamp))

    def review_sheet(self, session: FormSession, folder: Path) -> Path:
        """Where the sheet for the leader goes: it is replaced by the next one of the same revision."""
        form = session.form
        name = submission_file_name(session.plan, form.unit.id, form.period, session.life.revision)
        return folder / f"{Path(name).stem}_送审.pdf"

    def write_sheet(self, path: Path, content: bytes) -> None:
        """Put a printed sheet (PDF) on disk whole, over an older one; raises EnvironmentFault."""
        made_folder(path.parent)
        write_whole(path, content, "写出打印件", overwrite=True)

    def _paper(self, session: FormSession, content: Submission) -> Paper:
        before = frozen(self._desk, content.parent) if content.parent else None
        same_plan = before is not None and before.plan_digest == session.plan.digest
        return paper_of(session, content, before if same_plan else None, self.head)

    def _whose(self, session: FormSession) -> Sender:
        return self._sender(session.form.unit.id, session.form.period)

    def _refuse_outdated(self, session: FormSession) -> None:
        if session.plan.digest != self._desk.plan.digest and not session.locked:
            raise InputError("form.outdated", "方案已换版，这份报表还是旧版的。", "请重新打开报表后再报出。")
