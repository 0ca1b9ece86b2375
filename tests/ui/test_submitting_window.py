"""Explaining warnings, handing in, and what is locked afterwards."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.workspace import Workspace
from tests.ui.conftest import OpenWindow
from tests.ui.window_keys import CONTROL, Key, focused, press, type_text
from ui.entry.submit_dialog import SubmitDialog
from ui.main_window import MainWindow


def fill(window: MainWindow, **figures: str) -> None:
    """Fill what a street owes in 2024Q3; other figures by name."""
    page = window.page.form
    assert page.session is not None
    for row in page.session.form.due_rows:
        if row.mode.value == "entered":
            page.model.take(page.session.type_figure(row.element.id, figures.get(row.element.id, "12")))


def dialog_of(qtbot: QtBot, window: MainWindow) -> SubmitDialog:
    dialog = window.page.findChild(SubmitDialog)
    assert isinstance(dialog, SubmitDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_a_filled_form_is_handed_in_and_locked(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, street: Workspace
) -> None:
    window = open_window(street)
    fill(window)
    press(Key.Key_F12)
    dialog = dialog_of(qtbot, window)
    assert dialog.responsible.hasFocus()
    type_text("Wang")
    press(Key.Key_Tab)
    type_text("Li")
    press(Key.Key_Tab)
    type_text("Zhao")
    assert dialog.preparer.text().endswith("Zhao")
    with qtbot.waitSignal(dialog.submitted, timeout=10_000):
        press(Key.Key_Return)
    assert Path(dialog.made.file.text()).is_file()
    assert "1" in dialog.made.revision.text()
    assert len(dialog.made.code.text()) == len("ABCD-ABCD-ABCD")
    dialog.made.close_button.click()
    page = window.page.form
    session = page.session
    assert session is not None
    assert session.locked
    assert session.sign_off.responsible == "Wang"
    assert page.banner.isVisible()
    assert "已报出" in page.findings.summary.text()
    assert "F12" not in page.findings.summary.text(), "what is handed in isn't asked for again"
    before = session.section
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.view.setFocus()
    type_text("9")
    press(Key.Key_Slash)
    press(Key.Key_Delete)
    assert session.section == before
    page.revise.click()
    assert (session.life.locked, session.life.revision) == (False, 2)
    assert not page.banner.isVisible()


def test_a_warning_is_explained_with_the_keyboard_before_submission(
    qtbot: QtBot, open_window: OpenWindow, street: Workspace
) -> None:
    window = open_window(street)
    fill(window, training_visits="99999999")
    page = window.page.form
    assert page.session is not None
    assert page.session.assessment.unexplained
    page.view.show_address("training_visits")
    press(Key.Key_F7)
    assert focused() is page.detail.editor.reason
    press(Key.Key_7, Key.Key_Return)
    assert focused() is page.detail.editor.text
    type_text("无")
    press(Key.Key_Return)
    assert page.session.assessment.unexplained, "an empty phrase must not count"
    press(Key.Key_A, modifier=CONTROL)
    type_text("本季集中办了三期大型培训")
    press(Key.Key_Return)
    assert not page.session.assessment.unexplained
    assert page.session.assessment.may_submit
    row = page.model.row_of("training_visits")
    assert row is not None
    assert "已说明" in str(page.model.index(row, 4).data())


def test_open_errors_stand_in_the_dialog_and_may_be_sent_along(
    qtbot: QtBot, open_window: OpenWindow, street: Workspace
) -> None:
    window = open_window(street)
    fill(window, training_visits="")
    press(Key.Key_F12)
    dialog = dialog_of(qtbot, window)
    assert not dialog.submit.isEnabled()
    assert dialog.problems.count() == 1
    dialog.editor.reason.setFocus()
    press(Key.Key_1, Key.Key_Return)
    type_text("统计口径正在与区局核对")
    press(Key.Key_Return)
    assert dialog.problems.count() == 0
    assert dialog.submit.isEnabled()
    assert window.page.session is not None
    assert len(window.page.session.assessment.forced) == 1
    dialog.reject()


def test_enter_on_what_stands_against_it_goes_to_the_place(
    qtbot: QtBot, open_window: OpenWindow, street: Workspace
) -> None:
    window = open_window(street)
    fill(window, training_visits="")
    page = window.page.form
    page.view.show_address("mediation_street")
    counts = page.findings.summary.text().split("：")[1].split("。")[0]
    press(Key.Key_F12)
    dialog = dialog_of(qtbot, window)
    assert counts in dialog.summary.text(), "the dialog counts as the form does"
    dialog.problems.setFocus()
    press(Key.Key_Return)
    row = page.view.current_row()
    assert row is not None
    assert row.element.id == "training_visits"
    assert not dialog.isVisible()


def test_names_are_asked_for(qtbot: QtBot, open_window: OpenWindow, street: Workspace) -> None:
    window = open_window(street)
    fill(window)
    press(Key.Key_F12)
    dialog = dialog_of(qtbot, window)
    dialog.hand_in()
    assert "单位负责人" in dialog.summary.text()
    assert window.page.session is not None
    assert not window.page.session.locked
    dialog.reject()


def test_a_locked_form_says_what_to_do(tmp_path: Path, open_window: OpenWindow, street: Workspace) -> None:
    window = open_window(street)
    fill(window)
    session = window.page.session
    assert session is not None
    street.submit_form(session, tmp_path)
    press(Key.Key_F12)
    assert "修订" in window.statusBar().currentMessage()
