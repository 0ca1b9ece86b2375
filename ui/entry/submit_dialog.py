"""报出: who answers for the report, what still stands against it, where the file goes, and what was made."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QFrame,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import InputError, ZhibaoError
from desktop.model.canonical import short_digest
from desktop.model.catalogue import message
from desktop.model.finding import Finding
from desktop.model.submission import SignOff
from desktop.workspace import FormSession, Submitted, Workspace
from ui.colours import Tone, tone
from ui.entry.explanation import ExplanationEditor
from ui.entry.findings_panel import open_counts
from ui.entry.lines import FindingsView
from ui.error_reporting import show_fault
from ui.file_dialogs import open_folder
from ui.forms import labelled
from ui.tasks import run_task


class SubmitDialog(QDialog):
    """Hands in one form. `edited` carries FormChanges made here, `submitted` the Submitted."""

    edited = Signal(object)
    submitted = Signal(object)
    goto = Signal(object)

    def __init__(
        self, workspace: Workspace, session: FormSession, folder: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._session = session
        self._open: tuple[Finding, ...] = ()
        form = session.form
        self.setWindowTitle(
            self.tr("报出　{unit}　{period}").format(unit=form.unit.short_name, period=form.period.label)
        )
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumSize(560, 380)
        self.resize(640, min(620, self.screen().availableGeometry().height() - 80))
        kept = session.sign_off
        self.responsible = self._field(kept.responsible, self.tr("单位负责人"))
        self.reviewer = self._field(kept.reviewer, self.tr("审核人"))
        self.preparer = self._field(kept.preparer or workspace.person, self.tr("填表人"))
        self.folder = self._field(str(folder), self.tr("存放文件夹"))
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.problems = QListWidget()
        self.problems.setWordWrap(True)
        self.problems.setAccessibleName(self.tr("报出前要处理的审核结果"))
        self.problems.setMinimumHeight(self.fontMetrics().lineSpacing() * 4)
        self.editor = ExplanationEditor()
        self.submit = QPushButton(self.tr("报出(&S)"))
        self.submit.setDefault(True)
        self.cancel = QPushButton(self.tr("取消"))
        self.cancel.setAutoDefault(False)
        self.made = ResultPage()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._sign_page())
        self._pages.addWidget(self.made)
        layout = QVBoxLayout(self)
        layout.addWidget(self._pages)
        self._connect()
        self._refresh()

    def done(self, result: int) -> None:
        """Closing keeps what was typed as an explanation and not entered yet."""
        self.editor.keep_typed()
        super().done(result)

    @Slot()
    def hand_in(self) -> None:
        """Record who answers, then write the file beside the GUI thread."""
        missing = [
            field.accessibleName() for field in (self.responsible, self.preparer) if not field.text().strip()
        ]
        if missing:
            self._say(self.tr("请填写{names}。").format(names="、".join(missing)), Tone.ERROR)
            return
        session, folder = self._session, Path(self.folder.text().strip()).expanduser()
        sign_off = SignOff(
            self.responsible.text().strip(),
            self.reviewer.text().strip(),
            self.preparer.text().strip(),
        )
        if sign_off != session.sign_off:
            self.edited.emit(session.set_sign_off(sign_off))
        self.submit.setEnabled(False)
        run_task(
            self,
            self.tr("正在生成报送文件…"),
            lambda _progress: self._workspace.submit_form(session, folder),
            self._done,
            self._failed,
        )

    def _done(self, made: Submitted) -> None:
        form = self._session.form
        self.setWindowTitle(
            self.tr("已报出　{unit}　{period}").format(unit=form.unit.short_name, period=form.period.label)
        )
        self.made.show_submitted(made)
        self._pages.setCurrentWidget(self.made)
        self.made.close_button.setFocus()
        self.submitted.emit(made)

    def _failed(self, fault: ZhibaoError) -> None:
        self.submit.setEnabled(True)
        self._refresh()
        if isinstance(fault, InputError):
            self._say(str(fault), Tone.ERROR)
        else:
            show_fault(self, fault)

    def _refresh(self) -> None:
        assessment = self._session.assessment
        view = FindingsView.of(self._session)
        self._open = tuple(sorted((*assessment.blocking, *assessment.unexplained), key=view.order))
        chosen = self.problems.currentRow()
        self.problems.blockSignals(True)
        self.problems.clear()
        for finding in self._open:
            item = QListWidgetItem(f"【{view.state_text(finding)}】{message(finding)}")
            item.setForeground(tone(self.palette(), view.tone(finding)))
            self.problems.addItem(item)
        self.problems.blockSignals(False)
        self._problem_box.setVisible(bool(self._open))
        self.problems.setCurrentRow(min(max(chosen, 0), len(self._open) - 1))
        self._choose(self.problems.currentRow())
        self.submit.setEnabled(assessment.may_submit)
        if assessment.may_submit:
            self._say(self.tr("审核通过，可以报出。报出后报表锁定，更正须用“修订”。"), Tone.GOOD)
        else:
            text = self.tr("还不能报出：{counts}。请返回改正，或在下面逐条写明原因。")
            self._say(text.format(counts=open_counts(self._session)), Tone.WARNING)

    def _explained(self, change: object) -> None:
        self.edited.emit(change)
        self._refresh()
        if not self.editor.focus_first():
            self.submit.setFocus()

    def _choose(self, row: int) -> None:
        self.editor.show_finding(self._session, self._open[row] if 0 <= row < len(self._open) else None)

    def _go(self, item: QListWidgetItem) -> None:
        self.reject()
        self.goto.emit(self._open[self.problems.row(item)])

    def _say(self, text: str, which: Tone) -> None:
        palette = self.palette()
        palette.setColor(self.summary.foregroundRole(), tone(self.palette(), which))
        self.summary.setPalette(palette)
        self.summary.setText(text)

    def _field(self, text: str, name: str) -> QLineEdit:
        field = QLineEdit(text)
        field.setAccessibleName(name)
        return field

    def _connect(self) -> None:
        self.problems.currentRowChanged.connect(self._choose)
        self.problems.itemActivated.connect(self._go)
        self.editor.explained.connect(self._explained)
        self.submit.clicked.connect(self.hand_in)
        self.cancel.clicked.connect(self.reject)
        self.made.close_button.clicked.connect(self.accept)

    def _choose_folder(self) -> None:
        chosen = open_folder(self, self.tr("存放文件夹"), Path(self.folder.text()))
        if chosen is not None:
            self.folder.setText(str(chosen))

    def _sign_page(self) -> QWidget:
        page = QWidget()
        browse = QPushButton(self.tr("浏览…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._choose_folder)
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(browse)
        form = QFormLayout()
        form.addRow(self.tr("单位负责人(&L)"), self.responsible)
        form.addRow(self.tr("审核人(&V)"), self.reviewer)
        form.addRow(self.tr("填表人(&P)"), self.preparer)
        form.addRow(labelled(self.tr("存放文件夹(&D)"), self.folder), place)
        self._problem_box = QGroupBox(self.tr("要处理的审核结果（回车或双击转到该项）"))
        inside = QVBoxLayout(self._problem_box)
        inside.addWidget(self.problems, 1)
        inside.addWidget(self.editor)
        # on a low screen the box scrolls, instead of being squeezed until its fields overlap
        problems = QScrollArea()
        problems.setWidget(self._problem_box)
        problems.setWidgetResizable(True)
        problems.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        problems.setFrameShape(QFrame.Shape.NoFrame)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.submit)
        buttons.addWidget(self.cancel)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        layout.addWidget(self.summary)
        layout.addWidget(problems, 1)
        layout.addStretch()
        layout.addLayout(buttons)
        return page


class ResultPage(QWidget):
    """What was made: the file, its revision and check code, and the way to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = Path()
        title = QLabel(self.tr("✔ 已报出"))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.4)
        font.setBold(True)
        title.setFont(font)
        self.file, self.revision, self.code = QLabel(), QLabel(), QLabel()
        form = QFormLayout()
        for name, label in (
            (self.tr("报送文件"), self.file),
            (self.tr("版次"), self.revision),
            (self.tr("校验码"), self.code),
        ):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setAccessibleName(name)
            form.addRow(name, label)
        advice = QLabel(
            self.tr("请把该文件用邮件或U盘交给汇总单位。报表已锁定，需要更正时点“修订”，生成下一版。")
        )
        advice.setWordWrap(True)
        self.open_folder = QPushButton(self.tr("打开所在文件夹(&O)"))
        self.close_button = QPushButton(self.tr("完成(&C)"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.open_folder)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.addWidget(title)
        layout.addLayout(form)
        layout.addWidget(advice)
        layout.addStretch(1)
        layout.addLayout(buttons)
        self.open_folder.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
        )

    def show_submitted(self, made: Submitted) -> None:
        """Bring what was handed in."""
        self._folder = made.path.parent
        self.file.setText(str(made.path))
        self.revision.setText(self.tr("第 {n} 版").format(n=made.revision))
        self.code.setText(short_digest(made.digest))
