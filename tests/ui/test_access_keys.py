"""Alt with a letter does one thing at a time: on every page, in every dialog and menu of the entry side."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QGroupBox,
    QLabel,
    QMenu,
    QMenuBar,
    QRadioButton,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.model.period import Period
from desktop.store import holder
from desktop.workspace import Workspace
from tests.ui.conftest import PERIOD, OpenWindow, clock
from tests.ui.window_keys import CONTROL, Key, focused, press, type_text
from ui.entry.paper_head_dialog import PaperHeadDialog
from ui.entry.submit_dialog import SubmitDialog
from ui.main_window import MainWindow
from ui.people.who_dialog import WhoDialog
from ui.tour import Tour

ALT = Qt.KeyboardModifier.AltModifier
YEAR_END = Period.parse("2024Q4")


def texts_with_keys(top: QWidget) -> Iterator[tuple[str, str]]:
    """Access key and text of everything that can be seen and answers to one."""
    for widget in top.findChildren(QWidget):
        if widget.window() is not top or not widget.isVisible():
            continue
        texts: list[str] = []
        if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy() is not None):
            texts = [widget.text()]
        elif isinstance(widget, QGroupBox):
            texts = [widget.title()]
        elif isinstance(widget, QTabBar):
            texts = [widget.tabText(n) for n in range(widget.count()) if widget.isTabVisible(n)]
        elif isinstance(widget, QMenuBar):
            texts = [action.text() for action in widget.actions() if action.isVisible()]
        for text in texts:
            yield QKeySequence.mnemonic(text).toString(), text
    for shortcut in top.findChildren(QShortcut):
        holder = shortcut.parent()
        if isinstance(holder, QWidget) and holder.isVisible() and holder.window() is top:
            yield shortcut.key().toString(), f"{type(holder).__name__} {shortcut.key().toString()}"


def clashes(found: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    """Keys that several things answer to."""
    by_key: dict[str, list[str]] = defaultdict(list)
    for key, text in found:
        if key:
            by_key[key].append(text)
    return {key: texts for key, texts in by_key.items() if len(texts) > 1}


def parts(window: MainWindow) -> None:
    window.page.form.view.show_address("overseas_invention_grants")
    press(Key.Key_3, Key.Key_Return)
    window.page.form.view.show_address("overseas_invention_grants")
    press(Key.Key_F4)


def listed(window: MainWindow) -> None:
    window.page.form.view.show_address("service_platforms")
    press(Key.Key_F4)


def pasted(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("技术合同成交额\t9a\n没有的指标\t7\n")
    press(Key.Key_V, modifier=CONTROL)


def shown_dialogs() -> list[QDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


DIALOGS: dict[str, Callable[[MainWindow], object]] = {
    "columns": lambda _window: press(Key.Key_L, modifier=CONTROL),
    "parts": parts,
    "list": listed,
    "paste": pasted,
    "check": lambda _window: press(Key.Key_F9),
    "settings": MainWindow.show_settings,
    "about": MainWindow.show_about,
    "backups": MainWindow.show_backups,
    "help": MainWindow.show_help_on_keys,
    "keys": lambda window: window.page.show_keys(),
    "handover": lambda window: window.page.hand_over(),
    "unit": lambda window: window.page.add_unit(),
    "who": lambda window: WhoDialog(("演示员", "李四"), "李四", window).open(),
}


@pytest.mark.parametrize("name", DIALOGS)
def test_no_two_things_in_a_dialog_share_a_key(
    name: str, qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    window = open_window(zone)
    if name == "list":
        window.page.form.set_session(zone.form("jingkai", YEAR_END))
    DIALOGS[name](window)
    qtbot.waitUntil(lambda: bool(shown_dialogs()))
    (dialog,) = shown_dialogs()
    assert list(texts_with_keys(dialog)), "there is something to press"
    assert clashes(texts_with_keys(dialog)) == {}
    dialog.reject()


def test_no_two_things_share_a_key_on_the_way_to_the_file(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    window = open_window(zone)
    session = window.page.form.session
    assert session is not None
    for row in session.form.due_rows:
        session.set_nil(row.element.id)
    press(Key.Key_F12)
    dialog = window.findChild(SubmitDialog)
    assert isinstance(dialog, SubmitDialog)
    head = PaperHeadDialog(zone.reports.head, dialog)
    head.open()
    assert clashes(texts_with_keys(head)) == {}
    head.reject()
    dialog.show_check()
    for place, line in enumerate(dialog.check.lines):
        if line.address or line.finding:
            dialog.check.problems.setCurrentRow(place)
            assert clashes(texts_with_keys(dialog)) == {}
    for finding in session.assessment.blocking + session.assessment.unexplained:
        session.explain(finding.key, "other", "演示：本季按无此项业务报送", forced=True)
    dialog.show_sign()
    assert clashes(texts_with_keys(dialog)) == {}
    dialog.sign.responsible.setText("李主任")
    dialog.hand_in()
    qtbot.waitUntil(dialog.made.isVisible, timeout=20_000)
    assert clashes(texts_with_keys(dialog)) == {}
    dialog.reject()
    assert window.page.form.banner.isVisible()
    assert clashes(texts_with_keys(window)) == {}, "the locked form with its banner"


@pytest.mark.parametrize("unit", ["zone", "bureau"])
def test_no_two_things_in_the_window_share_a_key(
    unit: str, open_window: OpenWindow, request: pytest.FixtureRequest
) -> None:
    window = open_window(request.getfixturevalue(unit))
    page = window.page.form
    press(Key.Key_F, modifier=CONTROL)
    window.show_tour()
    assert page.search.isVisible()
    assert clashes(texts_with_keys(window)) == {}, "search and tour over the figures"
    page.show_tab(1)
    for row in range(page.items.model.rowCount()):
        page.items.table.selectRow(row)
        assert clashes(texts_with_keys(window)) == {}, "search and tour over an item"


def test_no_two_entries_of_a_menu_share_a_key(open_window: OpenWindow, bureau: Workspace) -> None:
    window = open_window(bureau)
    menus = [menu for menu in window.findChildren(QMenu) if menu.actions()]
    assert len(menus) >= 5
    for menu in menus:
        texts = (action.text() for action in menu.actions())
        assert clashes((QKeySequence.mnemonic(text).toString(), text) for text in texts) == {}


def test_no_two_things_on_the_first_page_share_a_key(open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    window.show_start()
    roles = [button for button in window.start.findChildren(QRadioButton) if button.isVisible()]
    assert len(roles) == 3
    for role in roles:
        role.setFocus()
        press(Key.Key_Space)
        assert role.isChecked()
        assert clashes(texts_with_keys(window)) == {}


def test_the_tour_takes_no_key_from_the_search(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    window = open_window(zone)
    page = window.page.form
    press(Key.Key_F, modifier=CONTROL)
    type_text("专利")
    window.show_tour()
    tour = window.findChild(Tour)
    assert isinstance(tour, Tour)
    before = page.view.currentIndex().row()
    QTest.keyClick(focused(), Key.Key_N, ALT)
    qtbot.waitUntil(lambda: page.view.currentIndex().row() != before)
    assert tour.number == 1
    QTest.keyClick(focused(), Key.Key_G, ALT)
    assert tour.number == 2


def test_notices_take_no_key_from_what_is_below_them(
    home: Path, tmp_path: Path, street: Workspace, open_window: OpenWindow, qtbot: QtBot
) -> None:
    """After a crash, with a backup that fails and the file gone: as many notices as there can be."""
    street.form("tanggu", PERIOD).type_figure("training_visits", "120").saved.result()
    shutil.copy(holder.sidecar(street.path), tmp_path / "kept")
    street.close()
    shutil.move(tmp_path / "kept", holder.sidecar(street.path))
    window = open_window(Workspace.open(street.path, person="演示员", clock=clock))
    (home / "data").mkdir(parents=True, exist_ok=True)
    shutil.rmtree(home / "data" / "backups", ignore_errors=True)
    (home / "data" / "backups").write_text("", encoding="utf-8")
    window.guard.keeper.back_up()
    shutil.move(street.path, tmp_path / "pocket")
    try:
        window.page.form.view.show_address("training_visits")
        press(Key.Key_3, Key.Key_Return)
        qtbot.waitUntil(lambda: "未保存 1 处" in window.saved.text() and len(window.notices.texts()) >= 3)
        press(Key.Key_F, modifier=CONTROL)
        window.show_tour()
        keys = {"Alt+Y", "Alt+K", "Alt+Q", "Alt+V"}
        qtbot.waitUntil(lambda: keys <= {key for key, _text in texts_with_keys(window)})
        for tab in (0, 1):
            window.page.form.show_tab(tab)
            assert clashes(texts_with_keys(window)) == {}
    finally:  # else the window asks at its end what to do with what isn't saved
        shutil.move(tmp_path / "pocket", street.path)
        window.guard.unsaved.retry()
        qtbot.waitUntil(lambda: window.saved.text() == "✔ 已保存")
