"""What 报出 made: workbook, sheet to stamp, e-mail draft, revision and check code; and the ways to them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFormLayout, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.errors import ZhibaoError
from desktop.workspace import KIND_LABELS, FormSession, Reports, Submitted
from ui.colours import Tone, tint
from ui.scrolled import Shrinkable


class ResultPage(Shrinkable):
    """Shows one revision that was handed in."""

    def __init__(self, session: FormSession, reports: Reports, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._reports = session, reports
        self._path, self._mail = Path(), Path()
        self.title = QLabel(self.tr("✔ 已报出"))
        self.file, self.sheet, self.mail = QLabel(), QLabel(), QLabel()
        self.revision, self.code, self.advice, self.said = QLabel(), QLabel(), QLabel(), QLabel()
        self.print_button = QPushButton(self.tr("打印盖章件(&P)"))
        self.open_sheet = QPushButton(self.tr("打开盖章件(&F)"))
        self.write_mail = QPushButton(self.tr("写邮件(&M)"))
        self.open_folder = QPushButton(self.tr("打开所在文件夹(&O)"))
        self.close_button = QPushButton(self.tr("完成(&C)"))
        self._lay_out()
        self.print_button.clicked.connect(self._print)
        self.open_sheet.clicked.connect(lambda: self._open(self._sheet_path))
        self.write_mail.clicked.connect(lambda: self._open(self._mail))
        self.open_folder.clicked.connect(lambda: self._open(self._path.parent))

    @property
    def _sheet_path(self) -> Path:
        return self._path.with_suffix(".pdf")

    def show_submitted(self, made: Submitted) -> None:
        """Bring what was handed in; the sheet is written beside the workbook."""
        self._path, self._mail = made.path, made.mail or made.path.with_suffix(".eml")
        self.file.setText(str(made.path))
        kind = KIND_LABELS[made.kind]
        text = self.tr("第 {n} 版（{kind}）") if kind else self.tr("第 {n} 版")
        self.revision.setText(text.format(n=made.revision, kind=kind))
        self.code.setText(made.check_code)
        self.mail.setText(made.mail.name if made.mail else self.tr("（没有邮件草稿）"))
        self.write_mail.setEnabled(made.mail is not None)
        self._write_sheet()
        self.advice.setText(self._advice(made))

    def _advice(self, made: Submitted) -> str:
        stamped = {
            None: self.tr("打印盖章件，请负责人签字并盖章留存。"),
            True: self.tr("校验码与送审件一致，负责人签过字的那一份可以直接盖章。"),
            False: self.tr("▲ 与送审件不一致：送审件已作废，请重新打印，请负责人签字。"),
        }[made.as_reviewed]
        send = self.tr("把报送文件用邮件或U盘交给汇总单位。")
        locked = self.tr("报表已锁定，需要更正时点“修订”，生成下一版。")
        return f"① {send}\n② {stamped}\n③ {locked}"

    def _write_sheet(self) -> None:
        from ui.printing import pdf_of

        try:
            self._reports.write_sheet(self._sheet_path, pdf_of(self._reports.paper(self._session)))
        except ZhibaoError as fault:
            self.sheet.setText(self.tr("✖ 未能写出：{why}").format(why=fault))
            self.open_sheet.setEnabled(False)
            return
        self.sheet.setText(self._sheet_path.name)

    @Slot()
    def _print(self) -> None:
        from ui.print_out import print_sheet

        self._say(print_sheet(self, self._reports.paper(self._session), self._sheet_path), Tone.INFO)

    def _open(self, path: Path) -> None:
        from ui.print_out import open_with_system

        if not path.exists():
            self._say(self.tr("▲ 找不到：{path}。可能已移走，或U盘已拔出。").format(path=path), Tone.WARNING)
        elif open_with_system(path):
            self._say(self.tr("已用系统的程序打开 {name}。").format(name=path.name), Tone.INFO)
        else:
            text = self.tr("▲ 系统没有能打开它的程序。文件在：{path}")
            self._say(text.format(path=path), Tone.WARNING)

    def _say(self, text: str, which: Tone) -> None:
        tint(self.said, which)
        self.said.setText(text)

    def _lay_out(self) -> None:
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * 1.4)
        font.setBold(True)
        self.title.setFont(font)
        form = QFormLayout()
        for name, label in (
            (self.tr("报送文件"), self.file),
            (self.tr("盖章件"), self.sheet),
            (self.tr("邮件草稿"), self.mail),
            (self.tr("版次"), self.revision),
            (self.tr("校验码"), self.code),
        ):
            label.setWordWrap(True)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes to what can be done
            label.setAccessibleName(name)
            form.addRow(name, label)
        for words in (self.advice, self.said):
            words.setWordWrap(True)
        buttons = QGridLayout()
        # what is done first stands first; two rows, so that large type has room on small screens
        for number, button in enumerate(
            (self.write_mail, self.print_button, self.open_sheet, self.open_folder)
        ):
            button.setAutoDefault(False)
            buttons.addWidget(button, number // 2, number % 2)
        buttons.addWidget(self.close_button, 1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.title)
        layout.addLayout(form)
        layout.addWidget(self.advice)
        layout.addWidget(self.said)
        layout.addStretch(1)
        layout.addLayout(buttons)
