"""Dialogs fit into 1024 × 600 pixels at 150 %, the window at 100 %, with type of any size."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop.config import FONT_PERCENT
from desktop.workspace import Workspace
from tests.ui.conftest import OpenWindow
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
