"""Settings hold at once and at the next start; the about box says versions and where the log lies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.config import BACKUP_FOLDER, FONT_PERCENT, VERSION, Preferences
from desktop.workspace import Workspace
from tests.ui.conftest import OpenWindow
from tests.ui.window_keys import Key, focused, press, type_text
from ui.colours import is_dark
from ui.entry.columns import COL_CURRENT
from ui.main_window import MainWindow
from ui.palettes import palette
from ui.settings.about_dialog import AboutDialog
from ui.settings.appearance import USUAL_FONT
from ui.settings.settings_dialog import SettingsDialog


@pytest.fixture(autouse=True)
def _as_it_was(qapp: QApplication) -> Iterator[None]:
    yield
    qapp.setFont(qapp.property(USUAL_FONT))
    qapp.setPalette(palette(dark=False))


def settings_of(window: MainWindow, qtbot: QtBot) -> SettingsDialog:
    QTest.keyClick(window, Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_the_size_of_type_changes_at_once_and_stays(
    zone: Workspace, open_window: OpenWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    window = open_window(zone)
    view = window.page.form.view
    usual, row = qapp.font().pointSizeF(), view.rowHeight(1)
    width = view.columnWidth(COL_CURRENT)
    dialog = settings_of(window, qtbot)
    dialog.font_percent.setFocus()
    dialog.font_percent.selectAll()
    type_text("200")
    press(Key.Key_Tab)
    assert qapp.font().pointSizeF() == pytest.approx(usual * 2)
    qtbot.waitUntil(lambda: view.font().pointSizeF() == pytest.approx(usual * 2))
    qtbot.waitUntil(lambda: view.rowHeight(1) > row * 1.4)
    assert view.columnWidth(COL_CURRENT) > width * 1.5
    press(Key.Key_Escape)
    assert Preferences().get(FONT_PERCENT) == 200


def test_dark_is_dark_at_once_and_light_again(
    zone: Workspace, open_window: OpenWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    window = open_window(zone)
    assert not is_dark(qapp.palette())
    dialog = settings_of(window, qtbot)
    dialog.theme.setFocus()
    press(Key.Key_Down, Key.Key_Down)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: is_dark(qapp.palette()))
    qtbot.waitUntil(lambda: is_dark(window.page.form.view.palette()))
    second = MainWindow()
    qtbot.addWidget(second)
    assert is_dark(second.palette()), "at the next start too"


def test_rows_become_wider(zone: Workspace, open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(zone)
    before = window.page.form.view.rowHeight(1)
    dialog = settings_of(window, qtbot)
    dialog.rows.setFocus()
    press(Key.Key_Down)
    qtbot.waitUntil(lambda: window.page.form.view.rowHeight(1) == before + 10)
    dialog.close()


def test_a_backup_folder_that_cannot_be_written_is_not_taken(
    tmp_path: Path, zone: Workspace, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(zone)
    dialog = settings_of(window, qtbot)
    (tmp_path / "file").write_text("", encoding="utf-8")
    dialog.folder.setText(str(tmp_path / "file" / "backups"))
    dialog.folder.setFocus()
    press(Key.Key_Return)
    assert dialog.said.text().startswith("✖") and dialog.isVisible(), "Enter doesn't close over the sentence"
    assert Preferences().get(BACKUP_FOLDER) == ""
    dialog.folder.setText(str(tmp_path / "OneDrive" / "备份"))
    dialog.folder.setFocus()
    press(Key.Key_Tab)
    assert "云同步" in dialog.said.text()
    assert Preferences().get(BACKUP_FOLDER) == str(tmp_path / "OneDrive" / "备份")
    qtbot.waitUntil(lambda: bool(list((tmp_path / "OneDrive" / "备份").glob("*.zhibao"))))
    dialog.close()


def test_the_about_box_says_versions_and_copies_them(
    home: Path, zone: Workspace, open_window: OpenWindow
) -> None:
    window = open_window(zone)
    window.show_about()
    dialog = window.findChild(AboutDialog)
    assert dialog is not None
    said = dict(dialog.versions())
    assert said["知报"] == VERSION and said["PySide"] == PySide6.__version__
    assert all(said[name] for name in ("Qt", "Python", "SQLite"))
    assert dialog.logs.text() == str(home / "logs")
    dialog.copy.click()
    assert f"知报 {VERSION}" in QGuiApplication.clipboard().text()
    dialog.close()
    assert focused() is window.page.form.view
