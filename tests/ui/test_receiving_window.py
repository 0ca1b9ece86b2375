"""Receiving a task package by keys and by dropping it: shown first, taken in when confirmed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from desktop.workspace import Workspace
from tests.core.workspace.versions import Q3, next_plan, package, second_version, workspace
from tests.ui.conftest import OpenWindow
from tests.ui.window_keys import CONTROL, Key, focused, press, type_text
from ui.main_window import MainWindow
from ui.rounds.arrival_dialog import LinesDialog

PLACE, LEFT, NONE = QPointF(QPoint(20, 20)), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def clerk(tmp_path: Path) -> Workspace:
    """甲街道 on the first version of the small plan."""
    return workspace(tmp_path, "street-a")


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    window.page.dropEvent(QDropEvent(PLACE, Qt.DropAction.CopyAction, data, LEFT, NONE))


def shown(qtbot: QtBot, window: MainWindow) -> LinesDialog:
    dialogs: list[LinesDialog] = []

    def visible() -> bool:
        dialogs[:] = [d for d in window.page.findChildren(LinesDialog) if d.isVisible()]
        return len(dialogs) == 1 and dialogs[0].isActiveWindow()

    qtbot.waitUntil(visible)
    return dialogs[0]


def test_a_package_is_shown_first_and_the_draft_moves_when_confirmed(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, clerk: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = package(tmp_path, second_version(), Q3)
    session = clerk.form("street-a", Q3)
    session.type_figure("licences", "11").saved.result()
    session.type_figure("oversea", "9").saved.result()
    window = open_window(clerk)
    monkeypatch.setattr("ui.rounds.receiver.open_file", lambda *_: sent)
    press(Key.Key_R, modifier=CONTROL)
    before = shown(qtbot, window)
    assert "由第1版更新为第2版" in before.heading.text()
    text = before.text.toPlainText()
    assert "2024年第三季度（期限：甲街道 2024-10-10）" in text
    assert "“专利许可转让次数”更名" in text and "“海外发明专利授权”（9）没有转入" in text
    assert clerk.plan.version == "1", "nothing is taken in before it is confirmed"
    press(Key.Key_Return)
    after = shown(qtbot, window)
    assert "没有转入" in after.text.toPlainText()
    press(Key.Key_Return)
    assert window.page.session is not None
    assert window.page.session.plan.version == "2"
    assert window.page.session.section.figure("licences_all").value == Decimal(11)
    assert "10月10日前报" in window.page.head.period.currentText()
    window.page.office.show_moves()
    assert "没有转入" in shown(qtbot, window).text.toPlainText()


def test_esc_leaves_all_as_it_was(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, clerk: Workspace
) -> None:
    window = open_window(clerk)
    drop(window, package(tmp_path, second_version(), Q3))
    shown(qtbot, window)
    press(Key.Key_Escape)
    assert clerk.plan.version == "1"
    assert window.page.session is not None and window.page.session.plan.version == "1"


def test_what_is_being_typed_is_kept_and_moves_too(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, clerk: Workspace
) -> None:
    window = open_window(clerk)
    form = window.page.form
    assert form.session is not None
    period = form.session.form.period
    assert form.view.show_address("licences")
    type_text("12")
    drop(window, package(tmp_path, second_version(), period))
    shown(qtbot, window)
    press(Key.Key_Return)
    shown(qtbot, window)
    press(Key.Key_Return)
    assert form.session.section.figure("licences_all").value == Decimal(12)


def test_a_revision_of_what_was_handed_in_before_moves_to_the_new_version(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, clerk: Workspace
) -> None:
    session = clerk.form("street-a", Q3)
    for row in session.form.due_rows:
        session.set_nil(row.element.id)
    session.type_figure("licences", "11").saved.result()
    for finding in session.assessment.unexplained:
        session.explain(finding.key, "other", f"演示：核对后如实填报 {finding.address}")
    clerk.submit_form(session, tmp_path)
    clerk.receive(package(tmp_path, second_version(), Q3))
    window = open_window(clerk)
    window.page.head.period.setCurrentIndex(window.page.head.period.findData(str(Q3)))
    window.page.head.period.activated.emit(window.page.head.period.currentIndex())
    assert window.page.session is not None
    assert window.page.session.plan.version == "1" and window.page.form.banner.isVisible()
    window.page.revise_form()
    assert window.page.session.plan.version == "2"
    assert window.page.session.section.figure("licences_all").value == Decimal(11)
    assert not window.page.form.revise.isVisible()
    assert "第 2 版草稿" in window.page.form.banner.text
    assert "改动 0 处" in window.page.form.banner.text, "what was handed in is read under the new version"


def test_with_two_plans_the_window_switches_between_them(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    clerk = workspace(tmp_path, "street-a", today="2025-04-05")
    window = open_window(clerk)
    assert not window.page.head.plan.isVisible()
    drop(window, package(tmp_path, next_plan(), *(p for p in next_plan().periods() if str(p) == "2025Q1")))
    shown(qtbot, window)
    press(Key.Key_Return)
    shown(qtbot, window)
    press(Key.Key_Return)
    assert window.page.head.plan.isVisible() and window.page.head.plan.currentData() == "next-plan"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.page.head.plan.setFocus()
    press(Key.Key_Up)
    assert focused() is window.page.head.plan
    assert window.page.session is not None and window.page.session.plan.id == "test-plan"
