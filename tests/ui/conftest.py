"""A window without a screen, a home of its own, and workspaces on the real plan."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.config import TOUR_SEEN, Preferences
from desktop.model.period import Period
from desktop.model.plan import ReferenceFigure
from desktop.workspace import Workspace
from ui.app import dress
from ui.main_window import MainWindow

PERIOD = Period.parse("2024Q3")

DAY = datetime.date(2024, 9, 30)

OpenWindow = Callable[[Workspace], MainWindow]


@pytest.fixture(scope="session", autouse=True)
def _dressed(qapp: QApplication) -> None:
    qapp.setStyle("Fusion")
    dress(qapp)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("ZHIBAO_HOME", str(folder))
    Preferences().set(TOUR_SEEN, True)
    return folder


def clock() -> datetime.datetime:
    return datetime.datetime(2024, 10, 5, 9, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))


@pytest.fixture
def zone(tmp_path: Path) -> Workspace:
    """经开区, in October 2024: the period that ended last is 2024Q3. `patents_valid` was issued."""
    workspace = Workspace.create(tmp_path / "jingkai.zhibao", ["jingkai"], person="演示员", clock=clock)
    workspace.set_references(
        [
            ReferenceFigure(
                "patents_valid", "jingkai", Decimal(1200), datetime.date(2024, 9, 30), source="演示"
            )
        ]
    )
    return workspace


@pytest.fixture
def street(tmp_path: Path) -> Workspace:
    """塘沽街道, in October 2024."""
    return Workspace.create(tmp_path / "tanggu.zhibao", ["tanggu"], person="演示员", clock=clock)


@pytest.fixture
def bureau(tmp_path: Path) -> Workspace:
    """区市场监管局, which consolidates, in October 2024."""
    return Workspace.create(
        tmp_path / "scjg.zhibao", ["scjg"], consolidates=True, person="演示员", clock=clock
    )


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[OpenWindow]:
    """Shows a workspace in a window; it is closed, and with it the workspace, at the end."""
    windows: list[MainWindow] = []

    def show(workspace: Workspace) -> MainWindow:
        window = MainWindow()
        windows.append(window)
        window.show_workspace(workspace)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: window.isActiveWindow() and window.page.form.settled)
        window.page.form.focus_sheet()
        return window

    yield show
    for window in windows:
        window.close()
        window.deleteLater()
