"""审核 and 报出 in one dialog: what is left, who answers for the report, what was made."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import InputError, ZhibaoError
from desktop.workspace import FormSession, Submitted, Workspace
from ui.colours import Tone
from ui.entry.check_page import CheckPage
from ui.entry.result_page import ResultPage
from ui.entry.sign_page import SignPage
from ui.error_reporting import show_fault
from ui.forms import room_for
from ui.scrolled import ScrolledPage
from ui.tasks import run_task

CHECK, SIGN, MADE = range(3)


class SubmitDialog(QDialog):
    """Takes one form from check to file. `edited` carries FormChanges made here, `reviewed` follows 送审,
    `submitted` carries the Submitted, `goto` an address to go to.
    """

    edited = Signal(object)
    reviewed = Signal()
    submitted = Signal(object)
    goto = Signal(str)

    def __init__(
        self, workspace: Workspace, session: FormSession, folder: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._session = workspace, session
        self._reports = workspace.reports
        self._writing = False
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(room_for(self, 74, 42))
        self.check = CheckPage(session)
        self.sign = SignPage(session, self._reports, workspace.person, folder)
        self.made = ResultPage(session, self._reports)
        self._pages = QStackedWidget()
        for page in (self.check, self.sign, self.made):
            place = ScrolledPage()  # large type on a small screen: scrolled, never one thing over another
            place.setWidget(page)
            self._pages.addWidget(place)
        layout = QVBoxLayout(self)
        layout.addWidget(self._pages)
        self._connect()

    def begin(self, *, check: bool) -> None:
        """Open at the check page, or where nothing is left (and `check` isn't asked for) at the signatures; a
        form that was handed in shows what was made.
        """
        made = self._reports.submitted(self._session)
        if made is not None:
            self._show_made(made)
        elif check or not self._session.assessment.may_submit:
            self.show_check()
        else:
            self.show_sign()
        self.open()

    def done(self, result: int) -> None:
        """Closing keeps what was typed as an explanation and not entered yet, and the names."""
        self.check.keep_typed()
        if self.sign.typed:
            self._keep_names()
        super().done(result)

    def reject(self) -> None:
        """Esc closes, but not while the file is being written: what comes of it has to be shown."""
        if not self._writing:
            super().reject()

    @Slot()
    def show_check(self) -> None:
        """What is left."""
        if self.sign.typed:
            self._keep_names()
        self._title(self.tr("审核报出"))
        self.check.refresh()
        self._pages.setCurrentIndex(CHECK)
        self.check.focus_first()

    @Slot()
    def show_sign(self) -> None:
        """Who answers."""
        self.check.keep_typed()
        self._title(self.tr("报出"))
        self.sign.refresh()
        self._pages.setCurrentIndex(SIGN)
        self.sign.focus_first()

    @Slot()
    def send_for_review(self) -> None:
        """送审: record it, write the sheet for the leader, print it."""
        if not self._names_given():
            return
        self._keep_names()
        from ui.print_out import print_sheet
        from ui.printing import pdf_of

        session = self._session
        try:
            paper = self._reports.send_for_review(session, correction=self.sign.is_correction)
            path = self._reports.review_sheet(session, self._folder)
            self.reviewed.emit()
            self._reports.write_sheet(path, pdf_of(paper))
        except ZhibaoError as fault:
            self.sign.refresh()
            show_fault(self, fault)
            return
        self.sign.refresh()
        said = print_sheet(self, paper, path)
        named = "" if str(path) in said else self.tr("打印件：{path}").format(path=path)
        self.sign.say("\n".join(filter(None, (said, named))), Tone.INFO)

    @Slot()
    def hand_in(self) -> None:
        """Record who answers, then write the file beside the GUI thread."""
        if not self._names_given():
            return
        self._keep_names()
        session, folder, correction = self._session, self._folder, self.sign.is_correction
        self.sign.submit.setEnabled(False)
        self._writing = True
        run_task(
            self,
            self.tr("正在生成报送文件…"),
            lambda _progress: self._workspace.submit_form(session, folder, mail=True, correction=correction),
            self._done,
            self._failed,
        )

    @property
    def _folder(self) -> Path:
        return Path(self.sign.folder.text().strip()).expanduser()

    def _names_given(self) -> bool:
        missing = self.sign.missing
        if missing:
            self.sign.say(self.tr("请填写{names}。").format(names="、".join(missing)), Tone.ERROR)
        return not missing

    def _keep_names(self) -> None:
        session = self._session
        if not session.locked and self.sign.sign_off != session.sign_off:
            self.edited.emit(session.set_sign_off(self.sign.sign_off))

    def _done(self, made: Submitted) -> None:
        self._writing = False
        self._show_made(made)
        self.submitted.emit(made)

    def _show_made(self, made: Submitted) -> None:
        self._title(self.tr("已报出"))
        self.made.show_submitted(made)
        self._pages.setCurrentIndex(MADE)
        self.made.close_button.setDefault(True)
        self.made.close_button.setFocus()

    def _failed(self, fault: ZhibaoError) -> None:
        self._writing = False
        self.sign.refresh()
        if isinstance(fault, InputError):
            self.sign.say(str(fault), Tone.ERROR)
        else:
            show_fault(self, fault)

    @Slot(str)
    def _go(self, address: str) -> None:
        self.reject()
        self.goto.emit(address)

    @Slot()
    def _edit_head(self) -> None:
        from ui.entry.paper_head_dialog import PaperHeadDialog

        dialog = PaperHeadDialog(self._reports.head, self)
        dialog.accepted.connect(lambda: self._reports.set_head(dialog.head))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _title(self, what: str) -> None:
        form = self._session.form
        self.setWindowTitle(f"{what}　{form.unit.short_name}　{form.period.label}")

    def _connect(self) -> None:
        self.check.explained.connect(self.edited)
        self.check.goto.connect(self._go)
        self.check.next.clicked.connect(self.show_sign)
        self.check.back.clicked.connect(self.reject)
        self.sign.check.clicked.connect(self.show_check)
        self.sign.head.clicked.connect(self._edit_head)
        self.sign.ask.clicked.connect(self.send_for_review)
        self.sign.submit.clicked.connect(self.hand_in)
        self.sign.cancel.clicked.connect(self.reject)
        self.made.close_button.clicked.connect(self.accept)
