"""First start with another plan than the usual one: a bundled one from the list, or a task package's."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop.model.period import Period
from desktop.model.plan import ReferenceFigure
from desktop.workspace import Workspace, available_plans
from tests.ui.window_keys import Key, press, type_text
from ui.main_window import MainWindow
from ui.settings.plan_chooser import PlanDialog

ECO = "demo-eco-2024-2026"
OCTOBER = Period.parse("2026M10")


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


def test_the_usual_plan_is_there_without_asking(started: MainWindow) -> None:
    chooser = started.start.plan_chooser
    assert (chooser.source, started.findChild(PlanDialog)) == (None, None)
    assert chooser.text in dict(available_plans()).values()


def test_another_bundled_plan_is_chosen_with_the_keyboard(qtbot: QtBot, started: MainWindow) -> None:
    type_text("Zhang")
    chooser = started.start.plan_chooser
    chooser.other.setFocus()
    press(Key.Key_Space)
    dialog = started.findChild(PlanDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.list.hasFocus)
    assert dialog.list.currentItem().text() == chooser.text, "the cursor stands on the plan that is chosen"
    press(Key.Key_Home if dialog.list.currentRow() else Key.Key_End)
    press(Key.Key_Return)
    assert "生态环境" in chooser.text
    assert "ysjgnq" in started.start.picker.field.placeholderText(), "the example is a unit of this plan"
    started.activateWindow()
    qtbot.waitUntil(started.start.picker.field.hasFocus)
    type_text("ysmz")
    press(Key.Key_Return, Key.Key_Space)
    workspace = started.page.workspace
    assert workspace is not None
    assert (workspace.plan.id, workspace.own_units[0].id) == (ECO, "mao")


def test_lower_units_are_those_due_before_the_office(started: MainWindow) -> None:
    start = started.start
    assert start.plan_chooser.take(ECO)
    start.roles.button(1).click()
    start.picker.pick("jia")
    offered = start.children_picker.list
    names = [offered.item(row).text() for row in range(offered.count())]
    assert names == ["演示子街道", "演示丑街道", "演示寅街道", "演示卯镇", "演示辰镇"]


def test_a_task_package_brings_plan_and_figures(tmp_path: Path, started: MainWindow) -> None:
    package = tmp_path / "任务包.xlsx"
    with Workspace.create(tmp_path / "office.zhibao", ["sthj"], consolidates=True, plan=ECO) as office:
        issued = ReferenceFigure("sections_total", "mao", Decimal(2), datetime.date(2026, 10, 31))
        office.set_references([issued])
        office.publish(OCTOBER, package)
    start = started.start
    assert start.plan_chooser.take(str(package))
    start.person.setText("Zhang")
    start.picker.pick("mao")
    start.begin()
    workspace = started.page.workspace
    assert workspace is not None
    assert workspace.plan.id == ECO
    assert workspace.form("mao", OCTOBER).around.issued["sections_total"] == Decimal(2)


def test_a_file_that_is_no_package_changes_nothing(tmp_path: Path, started: MainWindow) -> None:
    wrong = tmp_path / "wrong.xlsx"
    wrong.write_bytes(b"nothing")
    before = started.start.plan_chooser.text
    assert not started.start.plan_chooser.take(str(wrong))
    box = started.start.findChild(QMessageBox)
    assert box is not None
    box.close()
    assert (started.start.plan_chooser.text, started.start.plan_chooser.source) == (before, None)
