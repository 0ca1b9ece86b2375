"""其中：与××重复, 其中：区外: typed below a figure with F4, by real keys."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.model.submission import Answer, Deduction, DeductionKind, Figure
from desktop.workspace import Workspace
from tests.ui.conftest import PERIOD, OpenWindow, clock
from tests.ui.test_sheet_answers import cell, figure
from tests.ui.window_keys import CONTROL, Key, focused, press, type_text
from ui.entry.columns import COL_REMARK
from ui.entry.deduction_dialog import DeductionDialog
from ui.entry.form_page import FormPage

ELEMENT = "overseas_invention_grants"


def open_parts(qtbot: QtBot, page: FormPage, typed: str = "37", element: str = ELEMENT) -> DeductionDialog:
    page.view.show_address(element)
    if typed:
        type_text(typed)
        press(Key.Key_Return)
        page.view.show_address(element)
    press(Key.Key_F4)
    dialog = page.findChild(DeductionDialog)
    assert isinstance(dialog, DeductionDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def wait_closed(qtbot: QtBot, page: FormPage) -> None:
    qtbot.waitUntil(lambda: page.findChild(DeductionDialog) is None)
    page.window().activateWindow()
    qtbot.waitUntil(page.view.hasFocus)


def labels(dialog: DeductionDialog) -> list[str]:
    return [part.label for part in dialog.fields]


def test_f4_takes_the_figure_that_is_being_typed(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    page = open_window(zone).page.form
    page.view.show_address(ELEMENT)
    type_text("37")
    press(Key.Key_F4)
    assert figure(page, ELEMENT) == Figure.number(Decimal(37))
    dialog = page.findChild(DeductionDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)


def test_parts_are_typed_by_keyboard_and_shown_in_the_sheet(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    window = open_window(zone)
    page = window.page.form
    dialog = open_parts(qtbot, page)
    assert labels(dialog) == ["与泰达街道重复", "区外"]
    type_text("5")
    press(Key.Key_Return)
    assert "计入合计：32 件" in dialog.summary.text()
    type_text("2")
    press(Key.Key_Return)
    wait_closed(qtbot, page)
    expected = (
        Deduction(DeductionKind.OVERLAP, Decimal(5), "taida"),
        Deduction(DeductionKind.OUTSIDE, Decimal(2)),
    )
    assert figure(page, ELEMENT).deductions == expected
    assert figure(page, ELEMENT).amount == Decimal(30)
    assert "其中：与泰达街道重复 5，区外 2" in cell(page, ELEMENT, COL_REMARK)
    qtbot.waitUntil(lambda: window.page.saves.pending == 0)
    path = zone.path
    window.close()
    with Workspace.open(path, clock=clock) as again:
        assert again.form("jingkai", PERIOD).section.figure(ELEMENT).deductions == expected


def test_undo_takes_back_one_part_at_a_time_and_the_log_names_it(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    window = open_window(zone)
    page = window.page.form
    open_parts(qtbot, page)
    type_text("5")
    press(Key.Key_Return)
    type_text("2")
    press(Key.Key_Return)
    wait_closed(qtbot, page)
    said: list[str] = []
    page.said.connect(said.append)
    page.undo()
    assert [d.value for d in figure(page, ELEMENT).deductions] == [Decimal(5)]
    assert "其中：与泰达街道重复 5，区外 2 → 其中：与泰达街道重复 5。" in said[-1]
    page.undo()
    assert figure(page, ELEMENT) == Figure.number(Decimal(37))
    assert page.session is not None
    entries = page.session.log(ELEMENT).result()
    assert any(entry.action == "deduct" and "与泰达街道重复 5" in entry.now for entry in entries)


def test_parts_above_the_figure_are_an_error_at_once(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    page = open_window(zone).page.form
    dialog = open_parts(qtbot, page)
    type_text("40")
    press(Key.Key_Tab)
    assert dialog.summary.text().startswith("✖")
    assert page.session is not None
    assert [f.code for f in page.session.assessment.blocking if f.address == ELEMENT] == ["deductions.exceed"]
    assert "✖ 错误" in cell(page, ELEMENT, COL_REMARK) and "重复 40" in cell(page, ELEMENT, COL_REMARK)


def test_what_cannot_be_read_is_said_and_not_lost_by_enter(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    page = open_window(zone).page.form
    dialog = open_parts(qtbot, page)
    press(Key.Key_Return)
    type_text("1x")
    press(Key.Key_Return)
    assert dialog.isVisible() and dialog.summary.text().startswith("✖")
    assert figure(page, ELEMENT).deductions == ()
    type_text("1")
    press(Key.Key_Return)
    wait_closed(qtbot, page)
    assert [d.kind for d in figure(page, ELEMENT).deductions] == [DeductionKind.OUTSIDE]
    dialog = open_parts(qtbot, page, typed="")
    press(Key.Key_Tab)
    press(Key.Key_A, modifier=CONTROL)
    press(Key.Key_Delete, Key.Key_Escape)
    wait_closed(qtbot, page)
    assert figure(page, ELEMENT).deductions == ()


def test_a_figure_comes_first_and_other_units_have_no_parts(
    open_window: OpenWindow, zone: Workspace, street: Workspace
) -> None:
    page = open_window(zone).page.form
    said: list[str] = []
    page.said.connect(said.append)
    page.view.show_address(ELEMENT)
    press(Key.Key_F4)
    assert "先填本期数" in said[-1] and page.findChild(DeductionDialog) is None
    page = open_window(street).page.form
    page.said.connect(said.append)
    page.view.show_address("training_visits")
    type_text("7")
    press(Key.Key_Return)
    page.view.show_address("training_visits")
    press(Key.Key_F4)
    assert "没有要写的“其中”数" in said[-1] and focused() is page.view


def test_what_lies_outside_is_asked_of_units_that_reach_outside_not_of_every_zone(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    offered = {}
    for unit in ("baoshui", "dongjiang"):
        page = open_window(Workspace.create(tmp_path / f"{unit}.zhibao", [unit], clock=clock)).page.form
        page.view.show_address(ELEMENT)
        type_text("37")
        press(Key.Key_Return)
        page.view.show_address(ELEMENT)
        press(Key.Key_F4)
        dialog = page.findChild(DeductionDialog)
        offered[unit] = labels(dialog) if isinstance(dialog, DeductionDialog) else []
        if isinstance(dialog, DeductionDialog):
            qtbot.waitUntil(dialog.isActiveWindow)
            press(Key.Key_Escape)
            wait_closed(qtbot, page)
    assert offered == {"baoshui": ["区外"], "dongjiang": []}


def test_a_confirmed_figure_stays_confirmed_with_its_parts(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    page = open_window(zone).page.form
    page.view.show_address("patents_valid")
    press(Key.Key_Space)
    open_parts(qtbot, page, typed="", element="patents_valid")
    type_text("30")
    press(Key.Key_Escape)
    wait_closed(qtbot, page)
    page.view.show_address("patents_valid")
    type_text("1200")
    press(Key.Key_Return)
    assert figure(page, "patents_valid").answer is Answer.CONFIRMED
    page.view.show_address("patents_valid")
    press(Key.Key_Space)
    assert [d.value for d in figure(page, "patents_valid").deductions] == [Decimal(30)]
