"""The round with trouble in the window: files are dropped, board and totals tell what became of them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.workspace import Workspace
from tests.core.workspace.workspaces import at
from tests.end2end.troubled_round import Q4, ROLES, TroubledRound
from tests.ui.conftest import OpenWindow
from tests.ui.test_board_window import drop, state_of
from tests.ui.window_keys import CONTROL, Key, press
from ui.consolidation.board_page import TOTALS

MOST_MS = 60_000
WANTED = {
    "missing": "逾期",
    "damaged": "逾期",
    "late": "已接收",
    "edited": "已接收",
    "twice": "冲突",
    "orphan": "已接收",
    "version": "冲突",
    "explained": "已接收",
}


def test_dropped_files_of_a_round_with_trouble(qtbot: QtBot, open_window: OpenWindow, tmp_path: Path) -> None:
    round_ = TroubledRound(tmp_path)
    on_time, late = round_.second_quarter()
    office = Workspace.create(
        tmp_path / "scjg.zhibao", ["scjg"], consolidates=True, person="演示员", clock=at("2025-01-21")
    )
    window = open_window(office)
    window.page.head.choose("scjg", Q4)
    press(Key.Key_3, modifier=CONTROL)
    page = window.page.board
    page.show_period(office, Q4)
    files = len(list(on_time.iterdir())) + len(list(late.iterdir()))
    drop(page, on_time, late)
    qtbot.waitUntil(lambda: page.outcomes.rowCount() == files, timeout=MOST_MS)
    assert [page.outcomes.outcome(row).verdict for row in range(5)].count("accepted") == 1, "trouble first"
    assert {unit: state_of(page, unit) for unit in ROLES} == {unit: WANTED[r] for unit, r in ROLES.items()}
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    window.activateWindow()  # a window manager does that when a dialog goes
    qtbot.waitUntil(window.isActiveWindow)
    page.tabs.setCurrentIndex(TOTALS)
    page.totals_panel.compute.setFocus()
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: page.totals.rowCount() == 20, timeout=MOST_MS)
    found = office.totals.trace(Q4, "training_visits").elements[0]
    assert found.total.net == sum((row.net for row in found.rows if row.net is not None), Decimal(0))
    assert len(found.total.coverage.missing) == 5, "two missing streets, a damaged file and two conflicts"
