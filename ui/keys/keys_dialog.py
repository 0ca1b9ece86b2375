"""签名密钥: the own units' fingerprints to read out, the roster of the others' to compare by telephone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.config import folders
from desktop.errors import ZhibaoError
from desktop.workspace import OwnKey, RosterRow, Workspace
from ui.empty_hint import EmptyHint
from ui.error_reporting import show_fault
from ui.file_dialogs import open_file, save_file
from ui.fitted_columns import FittedColumns
from ui.flow import FlowLayout
from ui.forms import room_for
from ui.i18n import translate
from ui.keys.key_questions import LastDayQuestion, PassphraseQuestion, Question
from ui.keys.roster_model import COL_FINGERPRINT, RosterModel
from ui.scrolled import scrolled

WEIGHTS = (2, 0, 2, 2, 3)


class KeysDialog(QDialog):
    """Works on one workspace's keys; every button does what it says at once."""

    def __init__(self, workspace: Workspace, unit: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("签名密钥与名册"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._workspace, self._unit = workspace, unit
        self.own = QLabel()
        self.export = QPushButton(self.tr("导出密钥(&E)…"))
        self.take_in = QPushButton(self.tr("导入密钥(&I)…"))
        self.new = QPushButton(self.tr("新建密钥(&N)…"))
        self.roster = RosterModel(self)
        self.table = QTableView()
        self.confirm = QPushButton(self.tr("已电话核对(&Y)"))
        self.end = QPushButton(self.tr("停用(&D)…"))
        self.said = QLabel()
        self._lay_out()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show the keys as they stand now."""
        keys = self._workspace.keys
        self.own.setText("\n".join(_own_line(own) for own in keys.own()))
        self.export.setEnabled(any(own.unit == self._unit and own.here for own in keys.own()))
        units = {found.unit for found in keys.own()}
        # an own unit's earlier keys are no news, but a stranger's that signs for it is
        ours = [row for row in keys.roster() if row.own or (row.unit in units and not row.waits)]
        self.roster.set_rows([row for row in keys.roster() if row not in ours])
        self.table.selectRow(0)
        self._row_chosen()

    @Slot()
    def confirm_chosen(self) -> None:
        """The fingerprint in the chosen row was compared by telephone."""
        row = self._chosen()
        if row is not None and row.waits:
            self._do(lambda: self._workspace.keys.confirm(row.unit, row.fingerprint))
            self.said.setText(self.tr("已记下：{name}的指纹已电话核对。").format(name=row.name))

    @Slot()
    def ask_to_end(self) -> None:
        """停用 the keys of the unit in the chosen row."""
        row = self._chosen()
        if row is None:
            return
        question = LastDayQuestion(row.name, self._workspace.keys.today, self)
        question.accepted.connect(lambda: self._do(lambda: self._workspace.keys.end(row.unit, question.last)))
        question.open()

    @Slot()
    def ask_for_new(self) -> None:
        """Sure? Others will ask about a key that they don't know."""
        said = self.tr(
            "以后用新密钥给报出的文件签名。原密钥在本机时由它签发，对方不用重新核对；否则对方要再打一次电话。"
        )
        question = Question(self.tr("新建密钥"), said, self.tr("新建"), self)
        question.accepted.connect(self.make_new)
        question.open()

    @Slot()
    def make_new(self) -> None:
        """A new key for the unit shown."""
        self._do(lambda: self._workspace.keys.new(self._unit))
        self.said.setText(self.tr("已新建密钥，请把新的指纹电话告知汇总单位。"))

    @Slot()
    def ask_for_export(self) -> None:
        """Where the key goes, then the passphrase that protects it."""
        proposed = folders().documents / self.tr("签名密钥_{unit}.zhibao-key").format(unit=self._unit)
        kinds = self.tr("知报密钥 (*.zhibao-key)")
        chosen = save_file(self, self.tr("导出密钥"), proposed, kinds, may_exist=False)
        if chosen is None:
            return
        said = self.tr("口令用来保护导出的文件，至少 8 个字符。忘了口令，这个文件就用不了了。")
        question = PassphraseQuestion(self.tr("导出密钥"), said, self, twice=True)
        question.accepted.connect(lambda: self._export(chosen, question.passphrase))
        question.open()

    @Slot()
    def ask_for_import(self) -> None:
        """Which file, then its passphrase."""
        kinds = self.tr("知报密钥 (*.zhibao-key);;所有文件 (*)")
        chosen = open_file(self, self.tr("导入密钥"), folders().documents, kinds)
        if chosen is None:
            return
        question = PassphraseQuestion(
            self.tr("导入密钥"), self.tr("请输入导出时设的口令。"), self, twice=False
        )
        question.accepted.connect(
            lambda: self._do(lambda: self._workspace.keys.take_in(chosen, question.passphrase))
        )
        question.open()

    def _export(self, path: Path, passphrase: str) -> None:
        self._do(lambda: self._workspace.keys.export(self._unit, path, passphrase))

    def _do(self, work: Callable[[], object]) -> None:
        try:
            work()
        except ZhibaoError as fault:
            show_fault(self, fault)
            return
        self.refresh()

    def _chosen(self) -> RosterRow | None:
        index = self.table.currentIndex()
        return self.roster.row(index.row()) if index.isValid() else None

    @Slot()
    def _row_chosen(self) -> None:
        row = self._chosen()
        self.confirm.setEnabled(row is not None and row.waits)
        self.end.setEnabled(row is not None and row.state.value in ("confirmed", "seen"))
        waiting = sum(self.roster.row(number).waits for number in range(self.roster.rowCount()))
        said = self.tr("{n} 个密钥待电话核对：请对方读出指纹，逐组相同再点“已电话核对”。")
        if waiting:
            self.said.setText(said.format(n=waiting))

    def _connect(self) -> None:
        self.confirm.clicked.connect(self.confirm_chosen)
        self.end.clicked.connect(self.ask_to_end)
        self.new.clicked.connect(self.ask_for_new)
        self.export.clicked.connect(self.ask_for_export)
        self.take_in.clicked.connect(self.ask_for_import)
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        self.finished.connect(self.deleteLater)

    def _lay_out(self) -> None:
        self.resize(room_for(self, 56, 30))
        self.own.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.own.setWordWrap(True)
        self.said.setWordWrap(True)
        self.table.setModel(self.roster)
        self.table.setAccessibleName(self.tr("密钥名册"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setHighlightSections(False)
        FittedColumns(self.table, WEIGHTS, whole=(COL_FINGERPRINT,))
        EmptyHint(
            self.table, self.tr("还没有收到其他单位的签名。收取文件或接收任务包后，这里列出对方的指纹。")
        )
        close = QDialogButtonBox()
        for button in (self.export, self.take_in, self.new, self.confirm, self.end):
            button.setAutoDefault(False)
        close.addButton(self.tr("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        close.rejected.connect(self.reject)
        self.table.setMinimumHeight(self.fontMetrics().height() * 6)
        content = QVBoxLayout()
        content.addWidget(QLabel(self.tr("本单位的密钥（在本机上给报出的文件签名）")))
        content.addWidget(self.own)
        content.addLayout(FlowLayout(self.export, self.take_in, self.new))
        content.addWidget(QLabel(self.tr("密钥名册（其他单位的签名）")))
        content.addWidget(self.table, 1)
        content.addWidget(self.said)
        content.addLayout(FlowLayout(self.confirm, self.end))
        layout = QVBoxLayout(self)
        layout.addWidget(scrolled(content), 1)
        layout.addWidget(close)


def _own_line(own: OwnKey) -> str:
    if own.key is None:
        return translate("Keys", "{name}：还没有签名密钥，报出的文件不带签名，不影响报送。").format(
            name=own.name
        )
    line = f"{own.name}：{own.fingerprint}"
    away = translate("Keys", "⚠ 密钥不在本机，报出的文件不带签名，不影响报送。请导入，或新建。")
    return line if own.here else f"{line}　{away}"
