"""The tour of the first start: four hints that never take the keyboard, and never come twice."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.config import TOUR_SEEN, Preferences
from desktop.workspace import Workspace
from tests.ui.conftest import OpenWindow
from tests.ui.window_keys import Key, focused, press, type_text
from ui.main_window import MainWindow
from ui.tour import Tour

ALT = Qt.KeyboardModifier.AltModifier


def tour_of(window: MainWindow) -> Tour | None:
    found = window.findChild(Tour)
    return found if found is not None and not found.isHidden() else None


def test_typing_goes_on_under_the_tour_and_keys_lead_through_it(
    home: object, zone: Workspace, open_window: OpenWindow, qtbot: QtBot
) -> None:
    Preferences().set(TOUR_SEEN, False)
    window = open_window(zone)
    qtbot.waitUntil(lambda: tour_of(window) is not None)
    tour = tour_of(window)
    assert tour is not None and tour.number == 1
    assert focused() is window.page.form.view
    type_text("12")
    press(Key.Key_Return)
    session = window.page.session
    assert session is not None and len(session.section.figures) == 1
    for number in (2, 3, 4):
        QTest.keyClick(focused(), Key.Key_G, ALT)
        assert tour.number == number and window.rect().contains(tour.geometry())
    QTest.keyClick(focused(), Key.Key_G, ALT)
    assert tour_of(window) is None
    assert Preferences().get(TOUR_SEEN)


def test_esc_ends_it_for_good_and_the_menu_brings_it_back(
    home: object, zone: Workspace, open_window: OpenWindow, qtbot: QtBot
) -> None:
    Preferences().set(TOUR_SEEN, False)
    window = open_window(zone)
    qtbot.waitUntil(lambda: tour_of(window) is not None)
    type_text("1")
    press(Key.Key_Escape)
    assert tour_of(window) is not None, "Esc first leaves the field that is being typed"
    press(Key.Key_Escape)
    assert tour_of(window) is None
    second = MainWindow()
    window.page.set_workspace(None)
    second.show_workspace(Workspace.open(zone.path))
    second.show()
    qtbot.waitUntil(lambda: second.page.form.settled)
    assert tour_of(second) is None
    second.show_tour()
    assert tour_of(second) is not None
    second.show_start()
    assert tour_of(second) is None, "its hints speak of a form"
    second.close()
    second.deleteLater()
