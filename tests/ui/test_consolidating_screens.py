"""Every page and dialog of the consolidator at every size of type: nothing cut, nameless or out of reach."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QWidget,
)

from desktop.config import FONT_PERCENT, TOUR_SEEN, Preferences
from desktop.workspace import Workspace
from tests.ui.consolidating_scenes import SCENES, Clock, show_board, troubled_office, until
from tests.ui.window_keys import Key, focused, press
from ui.consolidation.board_page import BoardPage
from ui.forms import SCREEN_SHARE
from ui.main_window import MainWindow

SMALL = QSize(1024, 600)
ROOM = {100: QSize(512, 300), 150: QSize(682, 400), 200: QSize(960, 570)}
"""What a dialog must do with: 1024 × 600 pixels at Qt's own 200 % and 150 %, and under type of 200 %."""

OFFICE = "区市场监管局.zhibao"
Kind = TypeVar("Kind", bound=QWidget)
CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox, QAbstractItemView, QPlainTextEdit)
MNEMONIC = re.compile(r"&(\w)")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The round, made once."""
    folder = tmp_path_factory.mktemp("round")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHIBAO_HOME", str(folder / "home"))
        troubled_office(folder).close()
    return folder


@pytest.fixture
def board(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BoardPage]:
    """A window of 1024 × 600 on a copy of the round."""
    place = tmp_path / "round"
    shutil.copytree(made, place)
    monkeypatch.setenv("ZHIBAO_HOME", str(place / "home"))
    Preferences().set(TOUR_SEEN, True)
    window = MainWindow()
    window.resize(SMALL)
    yield show_board(window, Workspace.open(place / OFFICE, clock=Clock("2025-01-21")))
    window.preferences.set(FONT_PERCENT, 100)
    window.close()
    window.deleteLater()


def scenes(page: BoardPage) -> Iterator[tuple[str, QWidget]]:
    """Each page and dialog in front, one after the other; the dialogs go again."""
    for name, show in SCENES.items():
        shown = show(page)
        if isinstance(shown, QDialog):
            assert inside(shown.size(), shown.screen().availableGeometry().size()), name
            shown.resize(SMALL * SCREEN_SHARE)
        shown.activateWindow()  # a window manager does that when a dialog of progress goes
        for _ in range(5):  # layouts ask for room, and get it a round of events later
            QApplication.processEvents()
        yield name, shown
        if shown is not page.window():
            assert isinstance(shown, QDialog)
            shown.reject()
            until(lambda shown=shown: not shown.isVisible())  # type: ignore[misc]
            page.window().activateWindow()


def inside(size: QSize, room: QSize) -> bool:
    """Whether it fits."""
    return size.width() <= room.width() and size.height() <= room.height()


def seen(shown: QWidget, kind: type[Kind]) -> list[Kind]:
    """Its visible parts of a kind, without those that Qt makes for itself."""
    parts = [part for part in shown.findChildren(kind) if part.isVisible()]
    return [part for part in parts if not part.objectName().startswith("qt_")]


def told(widget: QWidget) -> str:
    """A widget for the message of a failing test."""
    text = widget.text() if isinstance(widget, (QAbstractButton, QLabel)) else widget.accessibleName()
    return f"{type(widget).__name__} {text[:24]}"


@pytest.mark.parametrize("percent", ROOM)
def test_nothing_is_cut_at_any_size_of_type(board: BoardPage, percent: int) -> None:
    window = board.window()
    assert isinstance(window, MainWindow)
    window.preferences.set(FONT_PERCENT, percent)
    trouble: list[str] = []
    for name, shown in scenes(board):
        found = [*narrow(shown), *scrolled_sideways(shown)]
        if isinstance(shown, QDialog):
            least = shown.minimumSizeHint()
            if not inside(least, ROOM[percent]):
                found.append(f"needs {least.toTuple()}")
        trouble += [f"{name}: {what}" for what in found]
    assert not trouble, "\n".join(trouble)


def narrow(shown: QWidget) -> Iterator[str]:
    """Texts that have less room than they need."""
    for button in (*seen(shown, QPushButton), *seen(shown, QCheckBox)):
        if button.width() < button.sizeHint().width():
            yield f"{told(button)} is cut"
    for label in seen(shown, QLabel):
        wanted = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        if label.height() < wanted or (not label.wordWrap() and label.width() < label.sizeHint().width()):
            yield f"{told(label)} is cut"
    for table in seen(shown, QTableView):
        yield from narrow_titles(table)


def narrow_titles(table: QTableView) -> Iterator[str]:
    """Titles of columns that are cut."""
    header = table.horizontalHeader()
    for column in range(table.model().columnCount()):
        size = header.sectionSize(column)
        if not header.isSectionHidden(column) and size < header.sectionSizeHint(column):
            title = table.model().headerData(column, Qt.Orientation.Horizontal)
            yield f"{told(table)}: title {title} is cut"


def scrolled_sideways(shown: QWidget) -> Iterator[str]:
    """Nothing important lies where nobody looks."""
    for area in seen(shown, QAbstractScrollArea):
        if area.horizontalScrollBar().isVisible():
            yield f"{told(area)} is scrolled sideways"


def test_everything_has_a_name_and_no_letter_stands_for_two(board: BoardPage) -> None:
    trouble: list[str] = []
    for name, shown in scenes(board):
        trouble += [f"{name}: {what} has no name" for what in nameless(shown)]
        trouble += [f"{name}: {what}" for what in clashes(shown)]
        for table in seen(shown, QTableView):
            if table.model().rowCount() == 0 and not table.accessibleDescription():
                trouble.append(f"{name}: {told(table)} is empty and says nothing")
    assert not trouble, "\n".join(trouble)


def nameless(shown: QWidget) -> Iterator[str]:
    """Controls of which a screen reader can say nothing."""
    for kind in CONTROLS:
        for part in seen(shown, kind):
            of_another = isinstance(part.parent(), (QComboBox, QAbstractSpinBox))
            if part.focusPolicy() == Qt.FocusPolicy.NoFocus or of_another:
                continue
            if not QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name).strip():
                yield told(part)


def clashes(shown: QWidget) -> Iterator[str]:
    """Letters behind Alt that two things on the screen want."""
    texts = [button.text() for button in seen(shown, QAbstractButton)]
    texts += [label.text() for label in seen(shown, QLabel) if label.buddy() is not None]
    if isinstance(shown, MainWindow):
        texts += [action.text() for action in shown.menuBar().actions()]
    used: dict[str, str] = {}
    for text in texts:
        for letter in MNEMONIC.findall(text):
            if letter.upper() in used:
                yield f"Alt+{letter}: {used[letter.upper()]}, {text}"
            used[letter.upper()] = text


def test_tab_reaches_everything_and_enter_does_no_harm(board: BoardPage) -> None:
    trouble: list[str] = []
    for name, shown in scenes(board):
        until(shown.isActiveWindow)
        trouble += [f"{name}: Tab doesn't reach {what}" for what in out_of_reach(shown)]
        answers = [b for box in seen(shown, QDialogButtonBox) for b in box.buttons()]
        for button in seen(shown, QPushButton):
            if isinstance(shown, QDialog) and button.autoDefault() and button not in answers:
                trouble.append(f"{name}: Enter presses {told(button)}")
    assert not trouble, "\n".join(trouble)


def out_of_reach(shown: QWidget) -> list[str]:
    """What Tab doesn't come to."""
    wanted = {
        part
        for kind in CONTROLS
        for part in seen(shown, kind)
        if part.isEnabled()
        and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(part.parent(), (QComboBox, QAbstractSpinBox))
    }
    first, reached = focused(), set[QWidget]()
    for _ in range(3 * len(wanted) + 6):
        reached.add(focused())
        press(Key.Key_Tab)
    assert first in reached
    return sorted(told(part) for part in wanted - reached)
