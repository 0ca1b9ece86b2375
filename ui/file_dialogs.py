"""Asking for files and folders. Qt's own dialog keeps two labels in English, so they are set here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.errors import from_os_error
from ui.i18n import translate

Label = QFileDialog.DialogLabel
FileMode = QFileDialog.FileMode


def open_file(parent: QWidget, title: str, folder: Path, kinds: str) -> Path | None:
    """One existing file, None if the person thought better of it."""
    chosen = _ask(_dialog(parent, title, folder, FileMode.ExistingFile, kinds))
    return chosen[0] if chosen else None


def open_files(parent: QWidget, title: str, folder: Path, kinds: str) -> list[Path]:
    """Existing files."""
    return _ask(_dialog(parent, title, folder, FileMode.ExistingFiles, kinds))


def open_folder(parent: QWidget, title: str, folder: Path) -> Path | None:
    """An existing folder, None if the person thought better of it."""
    dialog = _dialog(parent, title, folder, FileMode.Directory, "")
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    chosen = _ask(dialog)
    return chosen[0] if chosen else None


def save_file(
    parent: QWidget, title: str, proposed: Path, kinds: str, *, may_exist: bool = True
) -> Path | None:
    """Where to write; the dialog has asked whether an existing file may go, unless none is ever replaced."""
    dialog = _dialog(parent, title, proposed.parent, FileMode.AnyFile, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, not may_exist)
    dialog.setDefaultSuffix(proposed.suffix.removeprefix("."))
    dialog.selectFile(proposed.name)
    chosen = _ask(dialog)
    return chosen[0] if chosen else None


def make_folder_of(path: Path) -> None:
    """Make the folder that a file goes into, if it isn't there. Raises EnvironmentFault."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise from_os_error(error, translate("FileDialogs", "建立文件夹")) from error


def _dialog(parent: QWidget, title: str, folder: Path, mode: QFileDialog.FileMode, kinds: str) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(folder), kinds)
    dialog.setFileMode(mode)
    dialog.setLabelText(Label.LookIn, translate("FileDialogs", "位置："))
    dialog.setLabelText(Label.FileType, translate("FileDialogs", "类型："))
    return dialog


def _ask(dialog: QFileDialog) -> list[Path]:
    accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
    chosen = [Path(name) for name in dialog.selectedFiles()] if accepted else []
    dialog.deleteLater()
    return chosen
