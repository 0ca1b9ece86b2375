"""Who works, handing over, several units, and the state of every period in the list."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox
from pytestqt.qtbot import QtBot

from desktop.workspace import Workspace
from desktop.workspace.people.recent import recent_workspaces, remember_workspace
from tests.ui.conftest import PERIOD, OpenWindow, clock
from tests.ui.window_keys import Key, focused, press, type_text
from ui.i18n import install
from ui.main_window import MainWindow
from ui.people.add_unit_dialog import AddUnitDialog
from ui.people.handover_dialog import HandoverDialog
from ui.people.who_dialog import WhoDialog


def label_of(window: MainWindow, period: str) -> str:
    box: QComboBox = window.page.head.period
    return box.itemText(box.findData(period))


def reopened(workspace: Workspace) -> Workspace:
    """The same file opened by nobody in particular, as the window opens it."""
    workspace.close()
    return Workspace.open(workspace.path, clock=clock)


def test_where_several_work_the_one_of_today_is_chosen_with_enter(
    street: Workspace, open_window: OpenWindow, qtbot: QtBot
) -> None:
    street.set_person("李四")
    street.form("tanggu", PERIOD).type_figure("training_visits", "1").saved.result()
    street.set_person("王五")
    window = open_window(reopened(street))
    dialog = window.findChild(WhoDialog)
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.list.setFocus()
    assert dialog.list.currentItem().text() == "李四", "who worked last is marked"
    press(Key.Key_Down)
    press(Key.Key_Return)
    workspace = window.page.workspace
    assert workspace is not None and workspace.person == "王五"
    assert window.page.head.person.currentText() == "王五"


def test_somebody_new_writes_the_name(street: Workspace, open_window: OpenWindow, qtbot: QtBot) -> None:
    street.set_person("李四")
    window = open_window(reopened(street))
    dialog = window.findChild(WhoDialog)
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.other.setFocus()
    type_text("赵六")
    press(Key.Key_Return)
    workspace = window.page.workspace
    assert workspace is not None and workspace.person == "赵六" and "赵六" in workspace.people


def test_one_known_person_is_not_asked(street: Workspace, open_window: OpenWindow) -> None:
    window = open_window(reopened(street))
    assert window.findChild(WhoDialog) is None
    assert window.page.workspace is not None and window.page.workspace.person == "演示员"


def test_a_hand_over_is_recorded_and_shown(street: Workspace, open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(street)
    window.page.hand_over()
    dialog = window.findChild(HandoverDialog)
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.giver.currentText() == "演示员"
    dialog.taker.setFocus()
    dialog.accept()
    assert "由谁交给谁" in dialog.said.text() and dialog.isVisible()
    type_text("李四")
    press(Key.Key_Return)
    assert focused() is dialog.note, "Enter goes on, it records nothing yet"
    type_text("印章在柜里")
    dialog.accept()
    assert street.person == "李四"
    window.page.hand_over()
    second = window.findChildren(HandoverDialog)[-1]
    past = second.past.model()
    assert [past.index(0, column).data() for column in (1, 2, 3)] == ["演示员", "李四", "印章在柜里"]
    second.close()


def test_a_second_unit_is_added_and_filled_in(
    street: Workspace, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(street)
    window.page.add_unit()
    dialog = window.findChild(AddUnitDialog)
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.picker.field.setFocus()
    type_text("tgjd")
    press(Key.Key_Return)
    assert "已经有" in dialog.said.text()
    dialog.picker.field.clear()
    type_text("jkq")
    press(Key.Key_Return)
    session = window.page.session
    assert session is not None and session.form.unit.id == "jingkai"
    assert window.page.head.unit.isEnabled() and window.page.head.unit.count() == 2


def test_a_place_in_another_unit_s_form_brings_that_unit_s_states_along(
    street: Workspace, open_window: OpenWindow, qtbot: QtBot
) -> None:
    street.add_unit("jingkai")
    window = open_window(street)
    type_text("1")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: "● 填报中" in label_of(window, "2024Q3"))
    window.page.show_place("jingkai", "2024Q3", "training_visits")
    assert window.page.session is not None and window.page.session.form.unit.id == "jingkai"
    assert "○ 未填" in label_of(window, "2024Q3")


def test_each_period_says_its_state_in_words(
    street: Workspace, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(street)
    assert "○ 未填" in label_of(window, "2024Q3")
    type_text("1")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: "● 填报中" in label_of(window, "2024Q3"))
    assert "○ 未填" in label_of(window, "2024Q2")
    assert window.page.head.period.currentData() == "2024Q3", "saying so chooses nothing"


def test_workspaces_that_are_gone_are_said_and_can_be_taken_off_the_list(
    tmp_path: Path, street: Workspace, qtbot: QtBot
) -> None:
    street.close()
    remember_workspace(tmp_path / "gone.zhibao")
    remember_workspace(street.path)
    window = MainWindow()
    qtbot.addWidget(window)
    window.show_start()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    recent = window.start.recent
    recent.setFocus()
    assert [recent.item(row).text().split("\n")[0] for row in (0, 1)] == ["tanggu", "gone　✖ 找不到"]
    press(Key.Key_Down, Key.Key_Delete)
    assert recent.count() == 1 and recent_workspaces() == (street.path,)
    assert focused() is recent


def test_words_of_buttons_stay_ours_while_qts_own_are_loaded(street: Workspace, qtbot: QtBot) -> None:
    street.set_person("李四")
    street.close()
    window = MainWindow(furnished=False)
    qtbot.addWidget(window)
    application = QApplication.instance()
    assert application is not None
    window.furnishing.connect(lambda: install(application))
    window.show()
    assert window.open_first(street.path, clock)
    qtbot.waitUntil(lambda: window.findChild(WhoDialog) is not None)
    dialog = window.findChild(WhoDialog)
    assert dialog is not None
    QApplication.processEvents()
    button = dialog.findChild(QDialogButtonBox)
    assert button is not None
    assert "开始填报" in button.button(QDialogButtonBox.StandardButton.Ok).text()
    dialog.reject()
    window.close()
