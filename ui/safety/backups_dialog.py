"""从备份恢复: the backups there are, what is in each, and putting one in the place of the workspace."""

from __future__ import annotations

import datetime
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.workspace.safety.backing_up import Backup, BackupContents, BackupReader, kept_backups
from ui.colours import Tone, tint
from ui.file_dialogs import open_folder
from ui.forms import room_for
from ui.rows import fit_rows

Standard = QDialogButtonBox.StandardButton
COLUMNS = COL_TIME, COL_FILE, COL_SIZE, COL_CONTENTS = 0, 1, 2, 3
MOST_UNITS = 3
SIZE_EM = (46, 24)


class BackupsDialog(QDialog):
    """`wanted` carries the path of the backup that shall take the place of `target`."""

    wanted = Signal(object)

    def __init__(
        self, folder: Path, target: Path, workspace: str | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("从备份恢复"))
        self._target = target
        self._workspace = workspace
        self._backups: tuple[Backup, ...] = ()
        self._contents: dict[Path, BackupContents] = {}
        self._reader = BackupReader()
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._inside = QLabel()
        self._inside.setWordWrap(True)
        self.table = QTableWidget(0, len(COLUMNS))
        self.table.setAccessibleName(self.tr("备份"))
        self.restore = QPushButton(self.tr("恢复选中的备份(&R)"))
        self.elsewhere = QPushButton(self.tr("到别的文件夹找(&F)…"))
        self._lay_out()
        self._connect()
        self.show_folder(folder)

    def sizeHint(self) -> QSize:
        """Room for a dozen backups."""
        return room_for(self, *SIZE_EM)

    def show_folder(self, folder: Path) -> None:
        """List a folder's backups, newest first; those of other workspaces only where there are no own."""
        own = kept_backups(folder, self._workspace) if self._workspace else ()
        stem = self._target.stem
        found = own or kept_backups(folder)
        self._backups = tuple(sorted(found, key=lambda b: not b.path.name.startswith(stem + ".")))
        self.table.setRowCount(len(self._backups))
        for row, backup in enumerate(self._backups):
            self._fill(row, backup)
        self.restore.setEnabled(bool(self._backups))
        self._said.setText(
            self.tr("备份文件夹：{folder}\n恢复后放到：{target}").format(folder=folder, target=self._target)
            if self._backups
            else self.tr("这个文件夹里没有备份：{folder}").format(folder=folder)
        )
        if self._backups:
            self.table.selectRow(0)
            self.table.setFocus()
        else:
            self._inside.clear()

    @property
    def chosen(self) -> Backup | None:
        """The backup in the current row."""
        row = self.table.currentRow()
        return self._backups[row] if 0 <= row < len(self._backups) else None

    def _fill(self, row: int, backup: Backup) -> None:
        texts = (
            f"{backup.time.astimezone():%Y-%m-%d %H:%M}",
            backup.path.name.split(".")[0],
            size_text(backup.path.stat().st_size if backup.path.exists() else 0),
            self._short(backup),
        )
        for column, text in zip(COLUMNS, texts, strict=True):
            item = QTableWidgetItem(text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setToolTip(str(backup.path))
            self.table.setItem(row, column, item)

    def _short(self, backup: Backup) -> str:
        found = self._contents.setdefault(backup.path, self._reader.read(backup.path))
        if found.problem:
            return self.tr("✖ 已损坏，不能恢复")
        parts = [self.tr("{n} 个数").format(n=found.figures)]
        if found.periods:
            parts.append(found.periods[-1])
        return "　".join(parts)

    @Slot()
    def _tell(self) -> None:
        backup = self.chosen
        if backup is None:
            return
        found = self._contents[backup.path] = self._reader.read(backup.path, thoroughly=True)
        self.restore.setEnabled(not found.problem)
        tint(self._inside, Tone.ERROR if found.problem else Tone.MUTED)
        self._inside.setText(found.problem or self._long(found))

    def _long(self, found: BackupContents) -> str:
        units = "、".join(found.units[:MOST_UNITS]) or self.tr("（还没有填过）")
        if len(found.units) > MOST_UNITS:
            units += self.tr(" 等 {n} 个").format(n=len(found.units))
        lines = [
            self.tr("单位：{units}").format(units=units),
            self.tr("报告期：{periods}　指标数据 {n} 个").format(
                periods="、".join(found.periods[-MOST_UNITS:]) or "—", n=found.figures
            ),
        ]
        if found.received:
            lines.append(self.tr("收到的报送：{n} 份").format(n=found.received))
        if found.last is not None:
            lines.append(
                self.tr("最后一次填写：{time}　{person}").format(
                    time=f"{found.last.astimezone():%Y-%m-%d %H:%M}", person=found.person
                )
            )
        return "\n".join(lines)

    @Slot()
    def _ask(self) -> None:
        backup = self.chosen
        if backup is None or self._contents[backup.path].problem:
            return
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("从备份恢复"))
        box.setText(self.tr("恢复到 {time} 的样子？").format(time=_minute(backup.time)))
        box.setInformativeText(
            self.tr("此后填写的内容不在这个备份里。现在的文件不会删除，会改名留在原处。")
            if self._target.exists()
            else self.tr("恢复后的文件：{target}").format(target=self._target)
        )
        yes = box.addButton(self.tr("恢复(&Y)"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(self.tr("不恢复(&N)"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(yes)
        yes.clicked.connect(lambda: self._take(backup))
        box.open()

    def _take(self, backup: Backup) -> None:
        self.accept()
        self.wanted.emit(backup.path)

    @Slot()
    def _look_elsewhere(self) -> None:
        chosen = open_folder(self, self.tr("备份在哪个文件夹"), self._target.parent)
        if chosen is not None:
            self.show_folder(chosen)

    def _connect(self) -> None:
        self.table.currentCellChanged.connect(self._tell)
        self.table.cellActivated.connect(self._ask)
        self.restore.clicked.connect(self._ask)
        self.elsewhere.clicked.connect(self._look_elsewhere)

    def _lay_out(self) -> None:
        self.table.setHorizontalHeaderLabels(
            [self.tr("备份时间"), self.tr("工作区"), self.tr("大小"), self.tr("内容")]
        )
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        fit_rows(self.table)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        buttons = QDialogButtonBox(Standard.Cancel)
        buttons.button(Standard.Cancel).setText(self.tr("取消"))
        buttons.addButton(self.restore, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.elsewhere, QDialogButtonBox.ButtonRole.ActionRole)
        self.elsewhere.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._said)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._inside)
        layout.addWidget(buttons)
        self.setTabOrder(self.table, self.restore)
        self.setTabOrder(self.restore, self.elsewhere)
        self.setTabOrder(self.elsewhere, buttons.button(Standard.Cancel))


def size_text(size: int) -> str:
    """A file's size for people."""
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(size // 1024, 1)} KB"


def _minute(time: datetime.datetime) -> str:
    return f"{time.astimezone():%Y-%m-%d %H:%M}"
