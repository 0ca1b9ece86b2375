"""First start: who are you, which unit; found by name or initials, without the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop.workspace import ToPublish, Workspace, named_plan, recent_workspaces
from tests.ui.conftest import PERIOD, clock
from tests.ui.window_keys import Key, focused, press, type_text
from ui.main_window import MainWindow
from ui.settings.start_page import NewWorkspace
from ui.settings.unit_picker import search


@pytest.fixture
def started(qtbot: QtBot) -> MainWindow:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show_start()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.start.focus_first()
    return window


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("jkq", "jingkai"),
        ("tgjd", "tanggu"),
        ("塘沽", "tanggu"),
        ("东疆保税港区", "dongjiang"),
        ("SCJG", "scjg"),
        ("知识产权局", "scjg"),
    ],
)
def test_a_unit_is_found_by_initials_names_and_aliases(text: str, wanted: str) -> None:
    found = search(named_plan(None).units, text)
    assert found[0].id == wanted


def test_nobody_is_found_for_nonsense() -> None:
    assert search(named_plan(None).units, "xqzz") == ()


def test_the_first_start_with_the_keyboard_alone(home: Path, started: MainWindow) -> None:
    type_text("Zhang")
    press(Key.Key_Return)
    type_text("tgjd")
    press(Key.Key_Return)
    assert focused() is started.start.start
    press(Key.Key_Space)
    workspace = started.page.workspace
    assert workspace is not None
    assert [unit.id for unit in workspace.own_units] == ["tanggu"]
    assert workspace.person == "Zhang"
    assert not workspace.consolidates
    assert workspace.path == home / "files" / "塘沽街道.zhibao"
    assert workspace.path.exists()
    assert focused() is started.page.form.view
    assert recent_workspaces() == (workspace.path,)


def test_arrow_keys_choose_from_the_list(started: MainWindow) -> None:
    type_text("Li")
    press(Key.Key_Return)
    type_text("街道")
    first = started.start.picker.unit
    press(Key.Key_Down)
    second = started.start.picker.unit
    assert first is not None
    assert second is not None
    assert first.id != second.id
    press(Key.Key_Up)
    assert started.start.picker.unit == first


def test_what_is_missing_is_said_and_gone_to(started: MainWindow) -> None:
    started.start.begin()
    assert "姓名" in started.start.said.text()
    type_text("Li")
    started.start.begin()
    assert "单位" in started.start.said.text()
    assert focused() is started.start.picker.field


def test_the_consolidator_is_offered_the_plans_own(started: MainWindow) -> None:
    started.start.roles.button(2).click()
    assert started.start.picker.unit is not None
    assert started.start.picker.unit.id == "scjg"
    type_text("Li")
    started.start.begin()
    assert started.page.workspace is not None
    assert started.page.workspace.consolidates


def test_an_office_ticks_the_streets_it_merges(started: MainWindow) -> None:
    type_text("Li")
    started.start.roles.button(1).click()
    started.start.picker.field.setFocus()
    type_text("jkq")
    press(Key.Key_Return)
    children = started.start.children_picker
    assert focused() is children.field
    started.start.begin()
    assert "下级单位" in started.start.said.text(), "an office without children is asked for them"
    assert started.start.isVisible()
    for text in ("tdjd", "胡家园", "hjy", "xc"):
        type_text(text)
        press(Key.Key_Return)
    assert children.chosen == ("taida", "xincun"), "Enter on a ticked one unticks it"
    assert "已选 2 个" in children.said.text()
    press(Key.Key_Return)
    assert focused() is started.start.start
    press(Key.Key_Space)
    workspace = started.page.workspace
    assert workspace is not None
    assert {unit.id for unit in workspace.consolidated_units} == {"jingkai", "taida", "xincun"}


def test_an_offices_own_territory_is_offered_first(started: MainWindow) -> None:
    started.start.roles.button(1).click()
    started.start.picker.pick("jingkai")
    children = started.start.children_picker
    assert children.list.item(0).text() == "泰达街道"
    assert children.list.count() == 21, "sixteen streets and five towns"
    assert children.said.text() == "还没有勾选。"
    children.list.item(0).setCheckState(Qt.CheckState.Checked)
    started.start.picker.pick("baoshui")
    assert children.chosen == (), "ticks belong to the office they were given for"


def test_what_the_mouse_ticked_enter_does_not_untick(started: MainWindow) -> None:
    type_text("Li")
    started.start.roles.button(1).click()
    started.start.picker.pick("jingkai")
    children = started.start.children_picker
    item = children.list.item(0)
    item.setCheckState(Qt.CheckState.Checked)
    place = children.list.visualItemRect(item).center()
    QTest.mouseClick(children.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    children.field.setFocus()
    press(Key.Key_Return)
    assert children.chosen == ("taida",)
    assert focused() is started.start.start


def test_only_an_office_is_asked_for_streets(started: MainWindow) -> None:
    children = started.start.children_picker
    for number, asked in ((1, True), (2, False), (0, False)):
        started.start.roles.button(number).click()
        assert children.isVisible() is asked


def test_an_office_is_warned_of_secrets(started: MainWindow) -> None:
    texts = [label.text() for label in started.start.findChildren(type(started.start.said))]
    assert any("禁止录入涉密信息" in text for text in texts)


def test_a_workspace_held_by_another_window_is_said(
    tmp_path: Path, started: MainWindow, qtbot: QtBot
) -> None:
    path = tmp_path / "held.zhibao"
    with Workspace.create(path, ["tanggu"], person="演示员", clock=clock):
        assert not started.open_workspace(path)
        box = started.findChild(QMessageBox)
        assert box is not None
        assert box.text()
        box.close()
    assert started.open_workspace(path)


def test_an_existing_file_is_never_overwritten(tmp_path: Path, started: MainWindow) -> None:
    path = tmp_path / "there.zhibao"
    path.write_text("mine", encoding="utf-8")
    assert not started.open_workspace(path)
    box = started.findChild(QMessageBox)
    assert box is not None
    box.close()
    type_text("Li")
    started.start.picker.pick("tanggu")
    started.start.path.setText(str(path))
    started.start.begin()
    assert started.page.workspace is None
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_package_that_bears_the_unit_s_name_leaves_one_key_to_press(
    home: Path, started: MainWindow, tmp_path: Path
) -> None:
    with Workspace.create(tmp_path / "office.zhibao", ["scjg"], consolidates=True, clock=clock) as office:
        wanted = ToPublish((PERIOD,), addressed=True)
        done = office.publish(wanted, tmp_path / "任务包_2024Q3.xlsx")
    mine = next(path for path in done.addressed if "塘沽街道" in path.name)
    assert len(done.addressed) == 53
    assert started.start.plan_chooser.take(str(mine))
    assert focused() is started.start.start
    assert "塘沽街道" in started.start.said.text()
    press(Key.Key_Space)
    workspace = started.page.workspace
    assert workspace is not None
    assert [unit.id for unit in workspace.own_units] == ["tanggu"]
    assert workspace.round.is_open(PERIOD)


def test_a_package_for_everybody_asks_as_before(home: Path, started: MainWindow, tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "office.zhibao", ["scjg"], consolidates=True, clock=clock) as office:
        done = office.publish(PERIOD, tmp_path / "任务包_2024Q3.xlsx")
    assert started.start.plan_chooser.take(str(done.path))
    assert focused() is started.start.person


def test_what_no_longer_holds_is_taken_off_the_page(started: MainWindow) -> None:
    page = started.start
    press(Key.Key_Return)
    type_text("tgjd")
    assert page.path.text().endswith("塘沽街道.zhibao")
    type_text("xx")
    assert page.path.text() == "", "no file is proposed for a unit that isn't there"
    page.start.setFocus()
    press(Key.Key_Space)
    assert "姓名" in page.said.text() and focused() is page.person
    type_text("L")
    assert page.said.text() == ""
    page.start.setFocus()
    press(Key.Key_Space)
    assert "单位" in page.said.text()
    assert page.picker.field.selectedText() == "tgjdxx", "typing replaces what was not found"


def test_a_folder_that_cannot_be_made_is_said_and_nothing_crashes(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    window = MainWindow()
    qtbot.addWidget(window)
    window.show_start()
    window.show()
    wanted = NewWorkspace(tmp_path / "file" / "deep" / "a.zhibao", "tanggu", "演示员", consolidates=False)
    assert not window.create_workspace(wanted)
    box = window.findChild(QMessageBox)
    assert box is not None and "建立文件夹失败" in box.text() and box.informativeText()
    box.close()
    window.close()
