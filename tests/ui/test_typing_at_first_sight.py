"""What is pressed while the window is still being made does what it does in the sheet: nothing typed is lost
or lands in another field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.model.decimals import canonical
from desktop.workspace import Workspace
from tests.ui.conftest import PERIOD
from tests.ui.window_keys import CONTROL, SHIFT, Key, focused, press, type_text
from ui.first_sight import FirstSight
from ui.main_window import MainWindow

FIRST, NEXT, AFTER = "certified_orgs_new", "mediation_street", "patent_transfers"
LAST = "training_visits"
BEFORE = "overseas_invention_grants"

NAMED = {
    "⏎": (Key.Key_Return, Qt.KeyboardModifier.NoModifier),
    "⇥": (Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    "↓": (Key.Key_Down, Qt.KeyboardModifier.NoModifier),
    "↑": (Key.Key_Up, Qt.KeyboardModifier.NoModifier),
    "⎋": (Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    "⌫": (Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
    "⇤": (Key.Key_Backtab, SHIFT),
    "⇧": (Key.Key_Return, SHIFT),
}


@pytest.fixture
def started(qtbot: QtBot, street: Workspace) -> Iterator[MainWindow]:
    """塘沽街道's form at the first sight of it."""
    window = MainWindow(furnished=False)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.show_first(street)
    yield window
    window.close()
    window.deleteLater()


def sight_of(window: MainWindow) -> FirstSight:
    found = window.findChild(FirstSight)
    assert found is not None
    return found


def figures(window: MainWindow) -> Mapping[str, str]:
    """Element → its figure."""
    session = window.page.session
    assert session is not None
    return {
        id_: canonical(figure.value)
        for id_, figure in session.section.figures.items()
        if figure.value is not None
    }


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ("12⏎34⏎56⏎", {FIRST: "12", NEXT: "34", AFTER: "56"}),
        ("12⇥34⇥56⇥", {FIRST: "12", NEXT: "34", AFTER: "56"}),
        ("12↓34↓56↓", {FIRST: "12", NEXT: "34", AFTER: "56"}),
        ("12⇤34⏎", {FIRST: "12", BEFORE: "34"}),
        ("12⇧34⏎", {FIRST: "12", BEFORE: "34"}),
        ("12↑34⏎", {FIRST: "12", BEFORE: "34"}),
        ("5⎋6⏎", {FIRST: "6"}),
        ("55⌫6⏎", {FIRST: "56"}),
        ("↓34⏎56⏎", {NEXT: "34", AFTER: "56"}),
    ],
)
def test_keys_that_come_at_once_go_where_they_go_in_the_sheet(
    started: MainWindow, keys: str, wanted: Mapping[str, str]
) -> None:
    sight_of(started).go_to(FIRST)
    for key in keys:
        if key in NAMED:
            named, modifier = NAMED[key]
            press(named, modifier=modifier)
        else:
            type_text(key)
    assert figures(started) == wanted


def test_a_figure_in_full_width_is_taken_whole(started: MainWindow) -> None:
    """An input method gives it at once, without composing."""
    sight_of(started).go_to(FIRST)
    for digit in "９５":
        event = QInputMethodEvent()
        event.setCommitString(digit)
        QApplication.sendEvent(focused(), event)
    press(Key.Key_Return)
    assert figures(started) == {FIRST: "95"}


def test_what_is_composed_and_not_given_leaves_the_figure(
    qtbot: QtBot, started: MainWindow, street: Workspace
) -> None:
    street.form("tanggu", PERIOD).type_figure(FIRST, "8").saved.result()
    sight_of(started).go_to(FIRST)
    QApplication.sendEvent(focused(), QInputMethodEvent("yi", []))
    sight_of(started).end()
    press(Key.Key_Return)
    assert figures(started) == {FIRST: "8"}


def test_a_click_goes_to_the_row_before_what_is_typed_next(started: MainWindow) -> None:
    sight = sight_of(started)
    sight.go_to(FIRST)
    type_text("12")
    place = sight.visualRect(sight.model().index(row_of(sight, "专利转让"), 0)).center()
    QTest.mouseClick(sight.viewport(), Qt.MouseButton.LeftButton, pos=place)
    type_text("34")
    press(Key.Key_Return)
    assert figures(started) == {FIRST: "12", AFTER: "34"}


def test_a_click_on_a_header_folds_its_section(started: MainWindow) -> None:
    sight = sight_of(started)
    place = QPoint(30, sight.visualRect(sight.model().index(0, 0)).center().y())
    QTest.mouseClick(sight.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert started.page.form.model.is_folded(0)
    assert focused() is started.page.form.view


def row_of(sight: FirstSight, name: str) -> int:
    model = sight.model()
    return next(n for n in range(model.rowCount()) if str(model.index(n, 0).data() or "").strip() == name)


def test_the_field_takes_the_next_key_at_once(started: MainWindow) -> None:
    sight = sight_of(started)
    sight.go_to(LAST)
    type_text("7")
    sight.end()
    view = started.page.form.view
    editor = focused()
    assert isinstance(editor, QLineEdit)
    assert editor is view.indexWidget(view.currentIndex())
    assert editor.hasFocus()
    assert (editor.text(), editor.selectedText()) == ("7", "")


@pytest.mark.parametrize(("modifier", "wanted"), [(Qt.KeyboardModifier.NoModifier, "655"), (SHIFT, "6")])
def test_the_cursor_stays_in_the_text(
    started: MainWindow, modifier: Qt.KeyboardModifier, wanted: str
) -> None:
    sight = sight_of(started)
    sight.go_to(LAST)
    type_text("55")
    press(Key.Key_Home, modifier=modifier)
    sight.end()
    type_text("6")
    press(Key.Key_Return)
    assert figures(started) == {LAST: wanted}


def test_a_menu_key_that_waited_for_the_window_does_what_it_does(started: MainWindow) -> None:
    sight = sight_of(started)
    sight.go_to(LAST)
    type_text("7")
    sight.end()
    press(Key.Key_F, modifier=CONTROL)
    assert focused() is started.page.form.search.field
    assert figures(started) == {LAST: "7"}


def test_a_start_in_the_background_keeps_what_was_typed(started: MainWindow) -> None:
    """Another window may take the keyboard meanwhile."""
    sight_of(started).go_to(LAST)
    type_text("7")
    focused().clearFocus()
    view = started.page.form.view
    editor = view.indexWidget(view.currentIndex())
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "7"
