"""Closing the window, or opening another workspace, while work goes on beside it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.workspace import IndicatorTotal, Progress, Workspace
from desktop.workspace.totals.totals_desk import TotalsDesk
from tests.ui.conftest import PERIOD, OpenWindow, clock
from tests.ui.window_keys import CONTROL, Key, press
from ui.consolidation.board_page import TOTALS
from ui.tasks import Task, run_task


@pytest.fixture
def slow_totals(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Totals that go on being put together until well after the window was asked to close."""
    begun, real = threading.Event(), TotalsDesk.indicators

    def indicators(desk: TotalsDesk, period: object) -> tuple[IndicatorTotal, ...]:
        assert period == PERIOD
        begun.set()
        found: tuple[IndicatorTotal, ...] = ()
        for _ in range(3):
            found = real(desk, PERIOD)
        return found

    monkeypatch.setattr(TotalsDesk, "indicators", indicators)
    return begun


def test_closing_waits_for_totals_that_are_being_put_together(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace, slow_totals: threading.Event
) -> None:
    window = open_window(bureau)
    press(Key.Key_3, modifier=CONTROL)
    board = window.page.board
    board.show_period(bureau, PERIOD)
    board.tabs.setCurrentIndex(TOTALS)
    board.totals_panel.compute.setFocus()
    press(Key.Key_Space)
    assert slow_totals.wait(5)
    assert window.close()
    assert window.page.workspace is None
    qtbot.waitUntil(lambda: not window.findChildren(Task))
    assert board.totals.rowCount() == 0, "what came too late is dropped"


def test_another_workspace_is_opened_once_work_for_the_first_has_stopped(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace, tmp_path: Path
) -> None:
    window = open_window(bureau)
    begun, ended, never = threading.Event(), threading.Event(), threading.Event()
    results: list[int] = []

    def work(progress: Progress) -> int:
        while progress(0, 0, "step"):
            begun.set()
            never.wait(0.01)  # steps without a pause would pile up for the window by the hundred thousand
        count = len(bureau.board(PERIOD).rows)  # what is begun is finished
        ended.set()
        return count

    run_task(window.page, "演示", work, results.append)
    assert begun.wait(5)
    other = Workspace.create(tmp_path / "other.zhibao", ["tanggu"], person="演示员", clock=clock)
    window.show_workspace(other)
    assert ended.is_set() and results == []
    assert window.page.workspace is other
    qtbot.waitUntil(lambda: not window.findChildren(Task))


def test_totals_of_a_period_that_was_left_are_not_shown_under_another(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace, slow_totals: threading.Event
) -> None:
    window = open_window(bureau)
    press(Key.Key_3, modifier=CONTROL)
    board = window.page.board
    board.show_period(bureau, PERIOD)
    board.totals_panel.compute_totals()
    assert slow_totals.wait(5)
    board.show_period(bureau, PERIOD.previous)
    qtbot.waitUntil(lambda: not window.findChildren(Task), timeout=20_000)
    assert board.totals.rowCount() == 0
