"""The page on which a report is signed for: who answers, where the file goes, 送审 and 报出."""

from __future__ import annotations

import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.model.canonical import short_digest
from desktop.model.submission import SignOff, SubmissionKind
from desktop.workspace import FormSession, Reports
from ui.colours import Tone, tint
from ui.file_dialogs import open_folder
from ui.flow import FlowLayout
from ui.forms import EnterField, labelled
from ui.scrolled import Shrinkable


class SignPage(Shrinkable):
    """Fields and buttons; what they do is the dialog's."""

    def __init__(
        self,
        session: FormSession,
        reports: Reports,
        preparer: str,
        folder: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._reports = session, reports
        kept = session.sign_off
        self.responsible = _field(kept.responsible, self.tr("单位负责人"))
        self.reviewer = _field(kept.reviewer, self.tr("审核人"))
        self.preparer = _field(kept.preparer or preparer, self.tr("填表人"))
        self.folder = _field(str(folder), self.tr("存放文件夹"))
        self.correction = QCheckBox(self.tr("上一版已被汇总单位接收，本次为更正单(&K)"))
        kind = reports.kind(session)
        self.correction.setChecked(kind is SubmissionKind.CORRECTION)
        self.correction.setVisible(session.life.revision > 1)
        self.kind, self.review, self.summary = _words(), _words(), _words()
        self.kind.setVisible(kind is SubmissionKind.LATE)
        self.kind.setText(self.tr("▲ 已过报送期限，本次按补报报出。"))
        self.head = _button(self.tr("打印表头(&H)…"))
        self.ask = _button(self.tr("送审：打印给负责人(&R)"))
        self.submit = QPushButton(self.tr("报出(&S)"))
        self.submit.setDefault(True)
        self.check = _button(self.tr("上一步(&B)"))
        self.cancel = _button(self.tr("取消"))
        self._lay_out()
        names = (self.responsible, self.reviewer, self.preparer)
        for field in names:
            field.textChanged.connect(self.refresh)
        for field, after in zip((*names, self.folder), (*names[1:], self.submit, self.submit), strict=True):
            field.passed.connect(after.setFocus)
        self.correction.toggled.connect(self.refresh)
        self.refresh()

    @property
    def sign_off(self) -> SignOff:
        """Who answers, as typed; the date stays as it was."""
        return SignOff(
            self.responsible.text().strip(),
            self.reviewer.text().strip(),
            self.preparer.text().strip(),
            self._session.sign_off.date,
        )

    @property
    def typed(self) -> bool:
        """Whether a person changed a name here."""
        return any(field.isModified() for field in (self.responsible, self.reviewer, self.preparer))

    @property
    def is_correction(self) -> bool | None:
        """Whether this is a 更正单; None for a first report."""
        return self.correction.isChecked() if self._session.life.revision > 1 else None

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of fields that have to be filled in."""
        return tuple(
            field.accessibleName() for field in (self.responsible, self.preparer) if not field.text().strip()
        )

    @Slot()
    def refresh(self) -> None:
        """Say where 送审 stands and whether 报出 is possible."""
        session = self._session
        ready = session.assessment.may_submit
        for button in (self.ask, self.submit):
            button.setEnabled(ready)
        self.say(
            self.tr("审核通过，可以报出。报出后报表锁定，更正须用“修订”。")
            if ready
            else self.tr("还不能报出，请点“上一步”处理。"),
            Tone.GOOD if ready else Tone.WARNING,
        )
        reviewed = session.life.reviewed
        if reviewed is None:
            text = self.tr("尚未送审。需要负责人先看的，点“送审”打印带校验码的报表；不需要的直接报出。")
            _tell(self.review, text, Tone.MUTED)
            return
        code, when = short_digest(reviewed.check_code), reviewed.by.time.astimezone()
        if self.sign_off == session.sign_off and self._reports.review_holds(
            session, correction=self.is_correction
        ):
            text = self.tr("✔ 已于{when}送审，校验码 {code}。没有再改动，报出的就是负责人看过的这一份。")
            _tell(self.review, text.format(when=moment(when), code=code), Tone.GOOD)
        else:
            text = self.tr(
                "▲ {when}送审后又有改动，校验码 {code} 已作废。请重新送审，或直接报出后重新打印盖章。"
            )
            _tell(self.review, text.format(when=moment(when), code=code), Tone.WARNING)

    def focus_first(self) -> None:
        """To the first name that is missing, else to the button."""
        for field in (self.responsible, self.reviewer, self.preparer):
            if not field.text().strip():
                field.setFocus()
                return
        (self.submit if self.submit.isEnabled() else self.check).setFocus()

    def say(self, text: str, which: Tone) -> None:
        """A sentence on how it stands."""
        _tell(self.summary, text, which)

    @Slot()
    def _choose_folder(self) -> None:
        chosen = open_folder(self, self.tr("存放文件夹"), Path(self.folder.text()))
        if chosen is not None:
            self.folder.setText(str(chosen))

    def _lay_out(self) -> None:
        browse = _button(self.tr("浏览…"))
        browse.clicked.connect(self._choose_folder)
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(browse)
        form = QFormLayout()
        form.addRow(self.tr("单位负责人(&L)"), self.responsible)
        form.addRow(self.tr("审核人(&V)"), self.reviewer)
        form.addRow(self.tr("填表人(&P)"), self.preparer)
        form.addRow(labelled(self.tr("存放文件夹(&D)"), self.folder), place)
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        buttons = FlowLayout(self.check, self.head, gap, self.ask, self.submit, self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        for widget in (self.correction, self.kind, self.review, self.summary):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addLayout(buttons)
        _tell(self.kind, self.kind.text(), Tone.WARNING)
        self.kind.setVisible(self._reports.kind(self._session) is SubmissionKind.LATE)


def moment(when: datetime.datetime) -> str:
    """A time for people: 10月5日09:00."""
    return f"{when.month}月{when.day}日{when:%H:%M}"


def _field(text: str, name: str) -> EnterField:
    field = EnterField(text)
    field.setAccessibleName(name)
    return field


def _words() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)  # paths are copied
    return label


def _button(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    return button


def _tell(label: QLabel, text: str, which: Tone) -> None:
    tint(label, which)
    label.setText(text)
