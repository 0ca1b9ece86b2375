"""关于: versions to read out over the telephone, and where the log lies."""

from __future__ import annotations

import platform

import PySide6
from PySide6.QtCore import Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.config import VERSION, folders
from desktop.workspace.safety.backing_up import sqlite_version
from ui.forms import room_for
from ui.scrolled import scrolled

Standard = QDialogButtonBox.StandardButton
Role = QDialogButtonBox.ButtonRole


class AboutDialog(QDialog):
    """Shows what this program is made of."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("关于知报"))
        self.logs = QLineEdit(str(folders().logs))
        self.logs.setReadOnly(True)
        self.logs.setAccessibleName(self.tr("日志文件夹"))
        form = QFormLayout()
        for name, version in self.versions():
            value = QLabel(version)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(name, value)
        form.addRow(self.tr("日志文件夹"), self.logs)
        buttons = QDialogButtonBox(Standard.Close)
        buttons.button(Standard.Close).setText(self.tr("关闭"))
        self.open_logs = buttons.addButton(self.tr("打开所在文件夹(&O)"), Role.ActionRole)
        self.copy = buttons.addButton(self.tr("复制版本信息(&C)"), Role.ActionRole)
        buttons.rejected.connect(self.reject)
        self.open_logs.clicked.connect(open_logs)
        self.copy.clicked.connect(self._copy)
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(self.tr("知报：离线填报、审核、汇总。\n⚠ 禁止录入涉密信息。")))
        layout.addWidget(scrolled(form), 1)
        layout.addWidget(buttons)
        self.resize(room_for(self, 32, 26))

    def versions(self) -> tuple[tuple[str, str], ...]:
        """Name and version of the program and of what it stands on."""
        return (
            (self.tr("知报"), VERSION),
            ("Qt", qVersion() or ""),
            ("PySide", PySide6.__version__),
            ("Python", platform.python_version()),
            ("SQLite", sqlite_version()),
            (self.tr("系统"), platform.platform(terse=True)),
        )

    def _copy(self) -> None:
        text = "\n".join(f"{name} {version}" for name, version in self.versions())
        QGuiApplication.clipboard().setText(text)


def open_logs() -> None:
    """打开所在文件夹; the folder may not be there before anything was logged."""
    folder = folders().logs
    shown = folder if folder.is_dir() else folder.parent
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(shown)))
