"""Dialogs fit into 1024 × 600 pixels at 150 %, the window at 100 %, with type of any size."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QApplication, QDialog, QTableView, QWidget
from pytestqt.qtbot import QtBot

from desktop.config import FONT_PERCENT
from desktop.workspace import Workspace
from tests.ui.conftest import OpenWindow
from tests.ui.window_keys import CONTROL, Key, focused, press, type_text
from ui.entry.submit_dialog import SubmitDialog
from ui.main_window import MainWindow
from ui.people.who_dialog import WhoDialog
from ui.settings.appearance import USUAL_FONT

SMALL = QSize(1024, 600)
SMALL_AT_150 = QSize(682, 400)


@pytest.fixture(autouse=True)
def _as_it_was(qapp: QApplication) -> Iterator[None]:
    yield
    qapp.setFont(qapp.property(USUAL_FONT))


def fits(size: QSize, room: QSize) -> bool:
    return size.width() <= room.width() and size.height() <= room.height()


@pytest.mark.parametrize(
    "opened",
    [
        MainWindow.show_settings,
        MainWindow.show_about,
        MainWindow.show_backups,
        lambda window: window.page.hand_over(),
        lambda window: window.page.add_unit(),
        lambda window: WhoDialog(("演示员", "李四"), "李四", window).open(),
    ],
    ids=["settings", "about", "backups", "handover", "unit", "who"],
)
def test_a_dialog_fits_into_a_small_screen(
    street: Workspace, open_window: OpenWindow, opened: Callable[[MainWindow], object]
) -> None:
    window = open_window(street)
    opened(window)
    (dialog,) = (found for found in window.findChildren(QDialog) if found.isVisible())
    assert fits(dialog.minimumSizeHint(), SMALL_AT_150)
    assert fits(dialog.size(), SMALL_AT_150)
    dialog.close()


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_nothing_lies_over_another_in_a_window_of_1024_by_600(
    street: Workspace, open_window: OpenWindow, qtbot: QtBot, percent: int
) -> None:
    window = open_window(street)
    window.preferences.set(FONT_PERCENT, percent)
    window.resize(SMALL)
    page = window.page.form
    qtbot.waitUntil(lambda: page.settled)
    wanted = window.preferences.get(FONT_PERCENT) / 100
    usual = QApplication.instance().property(USUAL_FONT).pointSizeF()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: page.view.font().pointSizeF() == pytest.approx(usual * wanted))
    sheet = page.view.mapTo(window, page.view.rect().bottomRight())
    beside = page.detail.mapTo(window, page.detail.rect().topLeft())
    assert sheet.x() < beside.x()
    qtbot.waitUntil(lambda: page.view.visualRect(page.view.currentIndex()).right() < page.view.width())
    assert window.rect().contains(page.detail.mapTo(window, page.detail.rect().bottomRight()))


def place(widget: QWidget, within: QWidget) -> QRect:
    """Where a widget can be seen."""
    seen = widget.visibleRegion().boundingRect()
    return QRect(widget.mapTo(within, seen.topLeft()), seen.size())


def test_the_window_is_no_larger_than_its_screen(street: Workspace, open_window: OpenWindow) -> None:
    window = open_window(street)
    room = window.screen().availableGeometry().size()
    assert room.width() < 960, "the screen of these tests is a small one"
    assert fits(window.minimumSize(), room) and fits(window.size(), room)


@pytest.mark.parametrize("percent", [100, 200])
def test_the_period_leaves_out_whole_parts_where_room_is_short(
    street: Workspace, open_window: OpenWindow, qtbot: QtBot, percent: int
) -> None:
    window = open_window(street)
    window.preferences.set(FONT_PERCENT, percent)
    box = window.page.head.period
    parts = box.currentText().split("　")
    assert len(parts) == 3 and box.toolTip() == box.currentText()
    window.resize(800, 600)
    qtbot.waitUntil(lambda: (len(box.shown.split("　")) == 3) is (percent == 100))
    shown = box.shown.split("　")
    assert shown == parts[: len(shown)]
    assert box.fontMetrics().horizontalAdvance(box.shown) < box.width()


@pytest.mark.parametrize("width", [640, 740, 980])
def test_list_and_explanation_of_the_check_page_never_lie_over_each_other(
    street: Workspace, open_window: OpenWindow, qtbot: QtBot, width: int
) -> None:
    window = open_window(street)
    window.preferences.set(FONT_PERCENT, 200)
    press(Key.Key_F9)
    dialog = window.findChild(SubmitDialog)
    assert isinstance(dialog, SubmitDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.resize(width, 480)
    check = dialog.check
    qtbot.waitUntil(lambda: dialog.width() == width)
    press(Key.Key_Tab)
    assert focused() is check.go_there
    listed = place(check.problems, dialog)
    qtbot.waitUntil(lambda: place(check.go_there, dialog).height() >= check.go_there.height())
    assert not listed.intersects(place(check.go_there, dialog))
    assert listed.height() > 2 * check.fontMetrics().height()
    assert place(check.go_there, dialog).width() == check.go_there.width()
    dialog.reject()


@pytest.fixture
def tiny(street: Workspace, open_window: OpenWindow, qtbot: QtBot) -> Iterator[MainWindow]:
    """An ordinary screen at 300 %, with type of double size: 24 characters in ten lines."""
    window = open_window(street)
    window.preferences.set(FONT_PERCENT, 200)
    window.setMinimumSize(1, 1)
    window.resize(640, 353)
    qtbot.waitUntil(lambda: not window.page.form.detail.isVisible())
    yield window
    window.preferences.set(FONT_PERCENT, 100)


def shown_whole(view: QTableView) -> bool:
    """Whether the field under the cursor can be read."""
    return view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_in_the_smallest_window_the_field_that_is_typed_is_seen(tiny: MainWindow, qtbot: QtBot) -> None:
    page = tiny.page.form
    press(Key.Key_Home)
    for _ in range(4):
        press(Key.Key_Return)
        qtbot.waitUntil(lambda: shown_whole(page.view))
    place_of_period = place(tiny.page.head.period, tiny)
    assert not place_of_period.intersects(place(tiny.page.head.check, tiny))
    assert tiny.rect().contains(place(tiny.page.head.submit, tiny))


def test_in_the_smallest_window_what_is_worked_in_takes_the_place(tiny: MainWindow, qtbot: QtBot) -> None:
    page = tiny.page.form
    page.view.show_address("training_visits")
    type_text("99999999")
    press(Key.Key_Return)
    page.view.show_address("training_visits")
    press(Key.Key_F7)
    assert focused() is page.detail.editor.reason and not page.view.isVisible()
    press(Key.Key_Escape)
    assert focused() is page.view and not page.detail.isVisible()
    press(Key.Key_F8)
    assert focused() is page.view
    press(Key.Key_F6)
    assert page.detail.isAncestorOf(focused())
    press(Key.Key_F6)
    assert focused() is page.view, "nothing out of sight takes the keyboard"
    press(Key.Key_2, modifier=CONTROL)
    assert focused() is page.items.table and not page.items.editor.isVisible()
    press(Key.Key_Return)
    assert page.items.editor.isAncestorOf(focused()) and not page.items.table.isVisible()
    press(Key.Key_Escape)
    assert focused() is page.items.table
    tiny.resize(1400, 700)
    qtbot.waitUntil(page.items.editor.isVisible)


def test_in_the_smallest_window_the_first_page_asks_one_thing_below_the_other(tiny: MainWindow) -> None:
    tiny.show_start()
    QApplication.processEvents()
    start = tiny.start
    assert place_in(start.recent, start).left() < start.width() // 2
    assert place_in(start.recent, start).top() > place_in(start.start, start).top()


def place_in(widget: QWidget, within: QWidget) -> QRect:
    """Where a widget lies, seen or not."""
    return QRect(widget.mapTo(within, widget.rect().topLeft()), widget.size())
