"""Type of double size on a small screen: dialogs stay on it, and everything in them can be reached."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.config import FONT_PERCENT
from desktop.model.period import Period
from desktop.workspace import Workspace
from tests.ui.conftest import OpenWindow
from tests.ui.window_keys import CONTROL, Key, focused, press
from ui.help_dialog import HelpDialog
from ui.main_window import MainWindow


def paste(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("技术合同成交额\t9a\n没有的指标\t7\n")
    press(Key.Key_V, modifier=CONTROL)


def open_list(window: MainWindow) -> None:
    window.page.form.view.show_address("service_platforms")
    press(Key.Key_F4)


DIALOGS: dict[str, Callable[[MainWindow], object]] = {
    "columns": lambda _window: press(Key.Key_L, modifier=CONTROL),
    "paste": paste,
    "list": open_list,
    "check": lambda window: window.page.check_form(),
    "keys": lambda window: window.page.show_keys(),
    "help": lambda window: window.show_help_on_keys(),
}


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_is_no_larger_than_the_screen(
    name: str, qtbot: QtBot, open_window: OpenWindow, bureau: Workspace
) -> None:
    window = open_window(bureau)
    window.page.form.set_session(bureau.form("scjg", Period.parse("2024Q4")))
    window.preferences.set(FONT_PERCENT, 200)
    try:
        window.page.form.focus_sheet()
        DIALOGS[name](window)
        qtbot.waitUntil(lambda: bool(shown()))
        (dialog,) = shown()
        room = dialog.screen().availableGeometry()
        assert dialog.width() <= room.width()
        assert dialog.height() <= room.height()
        dialog.reject()
    finally:
        window.preferences.set(FONT_PERCENT, 100)


def test_help_is_scrolled_by_keys(qtbot: QtBot, open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    window.show_help_on_keys()
    dialog = window.findChild(HelpDialog)
    assert isinstance(dialog, HelpDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.resize(400, 300)
    assert focused() is dialog.keys and "F12" in dialog.keys.toPlainText()
    press(Key.Key_PageDown)
    assert dialog.keys.verticalScrollBar().value() > 0
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(HelpDialog) is None)


def shown() -> list[QDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def test_units_can_be_chosen_at_the_first_start(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    window = open_window(zone)
    window.preferences.set(FONT_PERCENT, 200)
    try:
        window.show_start()
        window.resize(1024, 600)
        start = window.start
        qtbot.waitUntil(lambda: start.height() > window.height())  # more than fits: it is scrolled
        found, button = start.picker.list, start.start
        assert found.viewport().height() >= 3 * found.visualItemRect(found.item(0)).height()
        assert not found.horizontalScrollBar().isVisible(), "it would take a row; long names are cut"
        button.setFocus()
        corner = button.mapTo(start, button.rect().bottomLeft())
        qtbot.waitUntil(lambda: start.visibleRegion().contains(corner))
    finally:
        window.preferences.set(FONT_PERCENT, 100)


def test_the_first_page_gives_way_before_anything_is_scrolled_out_of_sight(
    open_window: OpenWindow, zone: Workspace
) -> None:
    window = open_window(zone)
    window.show_start()
    window.resize(790, 640)
    start = window.start
    start.roles.button(1).click()  # 归口办公室: a second list comes
    start.person.setText("演示员")
    start.picker.field.setText("jkq")
    start.begin()
    assert "下级单位" in start.said.text()
    QApplication.processEvents()  # the second list takes its place
    assert start.children_picker.list.height() > 3 * start.fontMetrics().height()
    assert all(shows_whole(widget) for widget in (start.said, start.start, start.person))


def shows_whole(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect() == widget.rect()
