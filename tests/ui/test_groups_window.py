"""集体成员与牵头单位 by keyboard: what the plan leaves open is filled, and the office's own form follows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.workspace import Workspace
from tests.ui.conftest import PERIOD, OpenWindow, clock
from tests.ui.window_keys import Key, press, type_text
from ui.rounds.groups_dialog import GroupsDialog


@pytest.fixture
def dialog(open_window: OpenWindow, bureau: Workspace) -> GroupsDialog:
    window = open_window(bureau)
    window.page.office.fill_groups()
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, GroupsDialog)
    return shown


def test_the_first_open_collective_is_filled_by_keyboard(
    qtbot: QtBot, dialog: GroupsDialog, bureau: Workspace, tmp_path: Path
) -> None:
    assert "2 个集体还没有成员" in dialog.head.text()
    assert dialog.rows.text(dialog.current, 0) == "区知识产权战略领导小组各成员单位"
    qtbot.waitUntil(dialog.table.hasFocus)
    press(Key.Key_Return)
    qtbot.waitUntil(dialog.members.field.hasFocus)
    type_text("区科协")
    press(Key.Key_Return)
    type_text("qscjgj")
    press(Key.Key_Return, Key.Key_Return)
    qtbot.waitUntil(dialog.lead.hasFocus)
    press(Key.Key_Down)
    assert dialog.lead.currentText() == bureau.plan.unit(dialog.members.chosen[0]).short_name
    dialog.keep.click()
    assert "已保存" in dialog.head.text()
    filled = next(group for group in bureau.groups if group.id == "cydw")
    assert set(filled.members) == {"kx", "scjg"}
    assert filled.lead == dialog.members.chosen[0]
    item = next(entry for entry in bureau.form("scjg", PERIOD).form.items if entry.item.number == 4)
    assert item.leads == (filled.lead == "scjg")
    package = tmp_path / "任务包.xlsx"
    bureau.publish(PERIOD, package)
    with Workspace.create(tmp_path / "kx.zhibao", ["kx"], clock=clock) as clerk:
        clerk.receive(package)
        assert next(group for group in clerk.groups if group.id == "cydw").members == filled.members


def test_of_a_collective_that_the_plan_defines_only_the_lead_is_chosen(
    dialog: GroupsDialog, bureau: Workspace
) -> None:
    dialog.stay_at(0)
    assert not dialog.members.isEnabled()
    assert len(dialog.members.chosen) == 5
    press(Key.Key_Return)
    assert dialog.lead.hasFocus()
    dialog.lead.setCurrentText("经开区")
    dialog.keep.click()
    assert bureau.groups[0].lead == "jingkai"
    assert dialog.findChild(QMessageBox) is None
    assert dialog.rows.text(0, 2) == "经开区"


def test_a_lead_that_is_no_member_any_more_is_not_kept(dialog: GroupsDialog, bureau: Workspace) -> None:
    dialog.members.offer(bureau.plan.units, ["kx", "kjj"])
    dialog.members.changed.emit()
    dialog.lead.setCurrentIndex(dialog.lead.findData("kx"))
    dialog.members.offer(bureau.plan.units, ["kjj"])
    dialog.members.changed.emit()
    assert dialog.lead.currentData() is None
