"""下发任务包: periods are ticked, days typed, the package is written and its round kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from pytestqt.qtbot import QtBot

from desktop.workspace import Workspace
from tests.core.workspace.versions import Q3, workspace
from tests.ui.conftest import OpenWindow
from tests.ui.window_keys import CONTROL, SHIFT, Key, press, type_text
from ui.rounds.publish_dialog import PublishDialog


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    """市监局, which consolidates."""
    return workspace(tmp_path, "bureau", consolidates=True)


def test_a_package_is_written_and_its_round_is_kept(
    qtbot: QtBot,
    tmp_path: Path,
    open_window: OpenWindow,
    office: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "任务包.xlsx"
    monkeypatch.setattr("ui.rounds.publisher.save_file", lambda *_, **__: out)
    window = open_window(office)
    assert window.page.session is not None and window.page.session.form.period == Q3
    press(Key.Key_P, modifier=CONTROL | SHIFT)
    dialog = window.page.findChild(PublishDialog)
    assert isinstance(dialog, PublishDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert [str(period) for period in dialog.wanted.periods] == [str(Q3)]
    dialog.days["street"].setDate(QDate(2024, 10, 20))
    dialog.contact.setFocus()
    type_text("演示科")
    with qtbot.waitSignal(window.page.office.publisher.published):
        press(Key.Key_Return)
    assert office.round.contact == "演示科"
    days = office.round.deadlines(Q3)
    assert (days["street-a"].isoformat(), days["zone-a"].isoformat()) == ("2024-10-20", "2024-10-15")
    assert "10月15日前报" in window.page.head.period.currentText()
    with workspace(tmp_path, "street-a") as clerk:
        assert clerk.receive(out).contact == "演示科"


def test_without_a_period_nothing_can_be_written(
    qtbot: QtBot, open_window: OpenWindow, office: Workspace
) -> None:
    window = open_window(office)
    window.page.publish_package()
    dialog = window.page.findChild(PublishDialog)
    assert isinstance(dialog, PublishDialog)
    for row in range(dialog.periods.count()):
        dialog.periods.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.go.isEnabled() and "至少选一个" in dialog.said.text()
    dialog.reject()


def test_a_clerk_publishes_nothing(open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window(workspace(tmp_path, "street-a"))
    press(Key.Key_P, modifier=CONTROL | SHIFT)
    assert window.page.findChild(PublishDialog) is None
