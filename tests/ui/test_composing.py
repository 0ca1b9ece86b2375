"""A text that an input method composes over a cell: until it gives one, what stood there stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.model.period import Period
from desktop.workspace import Workspace
from tests.ui.conftest import OpenWindow
from tests.ui.window_keys import CONTROL, Key, focused, press, type_text
from ui.entry.columns import COL_NAME
from ui.entry.form_page import FormPage
from ui.entry.list_dialog import ListDialog

VISITS, FIRMS = "training_visits", "custody_firms"
Leave = Callable[[FormPage], object]


def compose(text: str, given: str = "") -> None:
    """What an input method sends: the text so far, or what was chosen."""
    event = QInputMethodEvent(text, [])
    event.setCommitString(given)
    QApplication.sendEvent(focused(), event)


def click(page: FormPage, element: str) -> None:
    row = page.model.row_of(element)
    assert row is not None
    place = page.view.visualRect(page.model.index(row, COL_NAME)).center()
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def value(page: FormPage, element: str) -> str:
    assert page.session is not None
    return str(page.session.section.figure(element).value)


@pytest.fixture
def page(open_window: OpenWindow, street: Workspace) -> FormPage:
    """The cursor on a figure, 8, over which something is being composed."""
    page = open_window(street).page.form
    page.view.show_address(VISITS)
    type_text("8")
    press(Key.Key_Return)
    page.view.show_address(VISITS)
    compose("yi")
    return page


@pytest.mark.parametrize(
    "leave",
    [
        lambda _page: compose(""),
        lambda page: click(page, FIRMS),
        lambda page: page.view.show_address(FIRMS),
        lambda _page: press(Key.Key_Down),
        lambda page: page.leave(),
        lambda _page: press(Key.Key_Return, modifier=CONTROL),
        lambda page: page.view.clearFocus(),
    ],
    ids=["given up", "click", "another finding", "arrow", "page left", "next empty", "another window"],
)
def test_nothing_given_leaves_the_figure(page: FormPage, leave: Leave) -> None:
    leave(page)
    assert value(page, VISITS) == "8"
    page.view.show_address(FIRMS)
    type_text("55")
    press(Key.Key_Return)
    assert (value(page, VISITS), value(page, FIRMS)) == ("8", "55")


def test_enter_after_giving_up_leaves_the_figure_and_goes_on(page: FormPage) -> None:
    page.view.show_address(FIRMS)
    type_text("5")
    press(Key.Key_Return)
    page.view.show_address(FIRMS)
    compose("yi")
    compose("")
    press(Key.Key_Return)
    assert value(page, FIRMS) == "5"
    row = page.view.current_row()
    assert row is not None
    assert row.element.id == VISITS


def test_what_is_given_is_taken(page: FormPage) -> None:
    compose("", "１２")
    press(Key.Key_Return)
    assert value(page, VISITS) == "12"


def test_a_name_in_a_list_stays_too(qtbot: QtBot, open_window: OpenWindow, bureau: Workspace) -> None:
    page = open_window(bureau).page.form
    year_end = Period.parse("2023Q4")
    page.set_session(bureau.form("scjg", year_end))
    page.view.show_address("operation_centres")
    press(Key.Key_F4)
    dialog = page.findChild(ListDialog)
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    type_text("演示中心")
    press(Key.Key_Return)
    dialog.table.setCurrentIndex(dialog.model.index(0, 0))
    compose("zhong")
    cell = dialog.table.visualRect(dialog.model.index(0, 2)).center()
    QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    dialog.close()
    assert dialog.rows[0]["name"] == "演示中心"
