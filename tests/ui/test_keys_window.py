"""Keys in the window: fingerprints to compare, the roster, a workspace that came without its keys."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.workspace import OFFICE, KeyState, ToPublish, Workspace
from tests.ui.conftest import PERIOD, OpenWindow, clock
from tests.ui.window_keys import CONTROL, Key, press, type_text
from ui.keys.key_questions import FingerprintQuestion, LastDayQuestion, PassphraseQuestion
from ui.keys.keys_dialog import KeysDialog
from ui.keys.roster_model import COL_FINGERPRINT, COL_STATE
from ui.main_window import MainWindow
from ui.rounds.arrival_dialog import LinesDialog

W = TypeVar("W", bound=QWidget)
MOST_MS = 30_000


def shown(qtbot: QtBot, window: QWidget, kind: type[W]) -> W:
    found: list[W] = []

    def visible() -> bool:
        found[:] = [widget for widget in window.findChildren(kind) if widget.isVisible()]
        return len(found) == 1 and found[0].isActiveWindow()

    qtbot.waitUntil(visible)
    return found[0]


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def office_states(workspace: Workspace) -> list[KeyState]:
    return [row.state for row in workspace.keys.roster() if row.unit == OFFICE]


def receive(window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.rounds.receiver.open_file", lambda *_: path)
    window.page.office.receive_package()


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """塘沽街道's submission."""
    with Workspace.create(tmp_path / "sender.zhibao", ["tanggu"], person="演示员", clock=clock) as sender:
        session = sender.form("tanggu", PERIOD)
        for row in session.form.due_rows:
            if row.mode.value == "entered":
                session.type_figure(row.element.id, "12")
        return sender.submit_form(session, tmp_path).path


@pytest.mark.parametrize("compared", [True, False])
def test_receiving_shows_the_office_s_fingerprint_and_asks_once(
    qtbot: QtBot,
    tmp_path: Path,
    open_window: OpenWindow,
    street: Workspace,
    bureau: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    compared: bool,
) -> None:
    with bureau:
        bureau.publish(PERIOD, tmp_path / "1.xlsx")
        (own,) = bureau.keys.own()
        bureau.publish(ToPublish((PERIOD,), note="演示：补充说明"), tmp_path / "2.xlsx")
    window = open_window(street)
    receive(window, tmp_path / "1.xlsx", monkeypatch)
    before = shown(qtbot, window, LinesDialog)
    assert own.fingerprint in before.compared.text()
    if compared:
        before.compared.setFocus()
        press(Key.Key_Space)
    before.accept()
    shown(qtbot, window, LinesDialog).reject()
    assert office_states(street) == [KeyState.CONFIRMED if compared else KeyState.SEEN]
    receive(window, tmp_path / "2.xlsx", monkeypatch)
    again = shown(qtbot, window, LinesDialog)
    assert again.compared.isVisible() != compared
    again.reject()


def test_another_key_of_the_office_is_taken_only_as_heard_by_telephone(
    qtbot: QtBot,
    tmp_path: Path,
    open_window: OpenWindow,
    street: Workspace,
    bureau: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with bureau:
        bureau.publish(PERIOD, tmp_path / "1.xlsx")
        street.receive(tmp_path / "1.xlsx")
        with monkeypatch.context() as elsewhere:
            elsewhere.setenv("ZHIBAO_HOME", str(tmp_path / "elsewhere"))
            new = bureau.keys.new("scjg")
            bureau.publish(PERIOD, tmp_path / "2.xlsx")
    window = open_window(street)
    receive(window, tmp_path / "2.xlsx", monkeypatch)
    question = shown(qtbot, window, FingerprintQuestion)
    question.heard.setFocus()
    type_text(new.fingerprint)
    press(Key.Key_Return)
    shown(qtbot, window, LinesDialog).accept()
    shown(qtbot, window, LinesDialog).reject()
    assert KeyState.CONFIRMED in office_states(street)


def test_the_consolidator_compares_the_fingerprint_and_confirms_it(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace, sent: Path
) -> None:
    window = open_window(bureau)
    press(Key.Key_3, modifier=CONTROL)
    board = window.page.board
    board.take_in([sent])
    qtbot.waitUntil(lambda: board.outcomes.rowCount() == 1, timeout=MOST_MS)
    outcome = board.outcomes.outcome(0)
    row = [str(board.outcomes.index(0, column).data()) for column in range(board.outcomes.columnCount())]
    assert "首次，待核对" in row
    assert outcome.fingerprint in board.detail.text()
    window.page.show_keys()
    dialog = shown(qtbot, window, KeysDialog)
    QAbstractItemModelTester(dialog.roster, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert dialog.roster.index(0, COL_FINGERPRINT).data() == outcome.fingerprint
    assert "待电话核对" in dialog.roster.index(0, COL_STATE).data()
    click(dialog.confirm)
    assert dialog.roster.index(0, COL_STATE).data() == "已核对"
    assert not dialog.confirm.isEnabled()
    click(dialog.end)
    question = shown(qtbot, dialog, LastDayQuestion)
    question.accept()
    assert [r.valid_to for r in bureau.keys.roster() if r.unit == "tanggu"] == [clock().date()]
    dialog.reject()


def test_a_copied_workspace_says_once_that_its_key_stayed_behind(
    qtbot: QtBot,
    tmp_path: Path,
    street: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (own,) = street.keys.own()
    street.keys.export("tanggu", tmp_path / "k", "演示口令-2025")
    path = street.path
    street.close()
    monkeypatch.setenv("ZHIBAO_HOME", str(tmp_path / "elsewhere"))
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.show_workspace(Workspace.open(path, clock=clock))
    dialog = shown(qtbot, window, KeysDialog)
    assert "不在本机" in dialog.own.text()
    monkeypatch.setattr("ui.keys.keys_dialog.open_file", lambda *_: tmp_path / "k")
    click(dialog.take_in)
    question = shown(qtbot, dialog, PassphraseQuestion)
    question.first.setFocus()
    type_text("演示口令-2025")
    press(Key.Key_Return)
    assert dialog.own.text() == f"{own.name}：{own.fingerprint}"
    dialog.reject()
    window.close()


def test_a_passphrase_typed_wrongly_the_second_time_exports_nothing(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, street: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(street)
    window.page.show_keys()
    dialog = shown(qtbot, window, KeysDialog)
    monkeypatch.setattr("ui.keys.keys_dialog.save_file", lambda *_, **__: tmp_path / "k")
    click(dialog.export)
    question = shown(qtbot, dialog, PassphraseQuestion)
    question.first.setFocus()
    type_text("long enough")
    press(Key.Key_Tab)
    type_text("long enougt")
    press(Key.Key_Return)
    assert question.isVisible()
    assert "不同" in question.complaint.text()
    press(Key.Key_Backspace)
    type_text("h")
    press(Key.Key_Return)
    assert (tmp_path / "k").is_file()
    dialog.reject()
