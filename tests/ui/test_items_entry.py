"""Task progress: led items with status and narrative, the others with one key."""

from __future__ import annotations

from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.model.submission import ItemReport, ItemStatus
from desktop.workspace import Workspace
from tests.ui.conftest import PERIOD, OpenWindow
from tests.ui.window_keys import CONTROL, Key, focused, press, type_text
from ui.entry.item_model import ItemModel


def test_one_key_says_no_news_and_goes_on(open_window: OpenWindow, street: Workspace) -> None:
    page = open_window(street).page.form
    press(Key.Key_2, modifier=CONTROL)
    assert focused() is page.items.table
    press(Key.Key_Slash, Key.Key_Slash)
    assert page.session is not None
    numbers = [item.item.number for item in page.session.form.items[:2]]
    assert [page.session.section.items[n].status for n in numbers] == [ItemStatus.NO_NEWS] * 2
    assert page.items.table.currentIndex().row() == 2


def test_a_led_item_takes_status_percentage_and_chinese_text(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace
) -> None:
    window = open_window(bureau)
    page = window.page.form
    press(Key.Key_2, modifier=CONTROL)
    item = page.items.model.item(0)
    assert item is not None
    assert item.leads
    press(Key.Key_Return)
    assert focused() is page.items.editor.status
    press(Key.Key_Down, Key.Key_Down)
    press(Key.Key_Tab)
    type_text("60")
    press(Key.Key_Tab)
    type_text("已印发实施方案")
    press(Key.Key_Tab)
    assert page.session is not None
    report = page.session.section.items[item.item.number]
    assert report == ItemReport(ItemStatus.UNDER_WAY, 60, "已印发实施方案")
    qtbot.waitUntil(lambda: window.page.saves.pending == 0)
    press(Key.Key_Escape)
    assert focused() is page.items.table


def test_a_percentage_that_is_none_is_said_and_not_kept(open_window: OpenWindow, bureau: Workspace) -> None:
    window = open_window(bureau)
    page = window.page.form
    press(Key.Key_2, modifier=CONTROL)
    press(Key.Key_Return, Key.Key_Tab)
    type_text("150")
    press(Key.Key_Tab)
    assert page.session is not None
    assert not page.session.section.items
    assert "150" in window.statusBar().currentMessage()


def test_control_enter_goes_to_the_next_item_and_keeps_the_text(
    open_window: OpenWindow, bureau: Workspace
) -> None:
    page = open_window(bureau).page.form
    press(Key.Key_2, modifier=CONTROL)
    press(Key.Key_Return, Key.Key_Tab, Key.Key_Tab)
    type_text("done some work")
    press(Key.Key_Return, modifier=CONTROL)
    first = page.items.model.item(0)
    assert first is not None
    assert page.items.model.report(first).narrative == "done some work"
    assert page.items.table.currentIndex().row() == 1
    assert page.items.editor.narrative.toPlainText() == ""


def test_the_official_wording_shows_beside_the_item(open_window: OpenWindow, street: Workspace) -> None:
    page = open_window(street).page.form
    page.set_wording(lambda number: f"WORDING {number}")
    press(Key.Key_2, modifier=CONTROL)
    item = page.items.model.item(0)
    assert item is not None
    assert f"WORDING {item.item.number}" in page.items.editor.about_text


def test_the_item_model_keeps_the_contract_of_models(street: Workspace) -> None:
    model = ItemModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_session(street.form("tanggu", PERIOD))
    item = model.item(0)
    assert item is not None
    assert model.put(item, ItemReport(narrative="one line")) is not None
    assert model.put(item, ItemReport(narrative="one line")) is None
    model.set_session(None)
    street.close()
