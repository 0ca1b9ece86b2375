"""延期 by keyboard: the board judges by the day that was granted."""

from __future__ import annotations

import datetime

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.workspace import Workspace
from tests.ui.conftest import PERIOD, OpenWindow
from tests.ui.window_keys import Key, press, type_text
from ui.rounds.extension_dialog import ExtensionDialog


def test_an_extension_is_typed_and_listed(qtbot: QtBot, open_window: OpenWindow, bureau: Workspace) -> None:
    window = open_window(bureau)
    window.page.head.choose("scjg", PERIOD)
    window.page.office.extend(PERIOD)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExtensionDialog)
    qtbot.waitUntil(dialog.picker.field.hasFocus)
    type_text("tgjd")
    press(Key.Key_Return)
    assert dialog.day.hasFocus()
    press(Key.Key_Tab, Key.Key_Tab, Key.Key_Tab)  # year, month, day
    assert dialog.reason.hasFocus()
    type_text("演示：系统停电")
    press(Key.Key_Tab)
    type_text("演示批准人")
    press(Key.Key_Return)
    [granted] = bureau.extensions(PERIOD)
    assert (granted.unit, granted.day) == ("tanggu", bureau.today + datetime.timedelta(days=7))
    assert dialog.rows.text(0, 0) == "塘沽街道"
    dialog.table.selectRow(0)
    dialog.reason.setFocus()
    dialog.reason.selectAll()
    type_text("演示：误批")
    dialog.withdraw.setFocus()
    press(Key.Key_Space)
    assert bureau.extensions(PERIOD) == () and not dialog.withdraw.isEnabled()
    assert "已撤销" in dialog.head.text() and dialog.rows.rowCount() == 0
    [decision] = bureau.review.decisions(PERIOD)
    assert "演示：误批" in decision.undone
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
