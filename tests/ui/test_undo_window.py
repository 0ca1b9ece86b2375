"""Ctrl+Z and Ctrl+Y in the window: over figures, explanations and items, and after a new opening."""

from __future__ import annotations

from decimal import Decimal

from pytestqt.qtbot import QtBot

from desktop.workspace import FormSession, Workspace
from tests.ui.conftest import OpenWindow, clock
from tests.ui.window_keys import CONTROL, Key, focused, press, type_text
from ui.entry.form_page import FIGURES, ITEMS, FormPage
from ui.main_window import MainWindow


def session_of(page: FormPage) -> FormSession:
    assert page.session is not None
    return page.session


def figures(page: FormPage) -> dict[str, Decimal | None]:
    return {key: figure.value for key, figure in session_of(page).section.figures.items()}


def said(window: MainWindow) -> str:
    return window.statusBar().currentMessage()


def test_undo_goes_to_the_cell_and_says_what(open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    page = window.page.form
    for text in ("12", "15"):
        page.view.show_address("training_visits")
        type_text(text)
        press(Key.Key_Return)
    page.view.show_address("contract_total")
    press(Key.Key_Z, modifier=CONTROL)
    assert figures(page) == {"training_visits": Decimal(12)}
    row = page.view.current_row()
    assert row is not None and row.element.id == "training_visits"
    assert "15 → 12" in said(window) and "知识产权培训和宣传" in said(window)
    press(Key.Key_Y, modifier=CONTROL)
    assert figures(page) == {"training_visits": Decimal(15)}
    assert "已重做" in said(window)
    press(Key.Key_Y, modifier=CONTROL)
    assert "没有可以重做" in said(window)


def test_undo_survives_a_restart_of_the_window(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    first = open_window(zone)
    first.page.form.view.show_address("training_visits")
    type_text("12")
    press(Key.Key_Return)
    first.close()
    second = open_window(Workspace.open(zone.path, clock=clock))
    page = second.page.form
    assert figures(page) == {"training_visits": Decimal(12)}
    press(Key.Key_Z, modifier=CONTROL)
    assert figures(page) == {}
    qtbot.waitUntil(lambda: second.page.saves.pending == 0)
    second.close()
    third = open_window(Workspace.open(zone.path, clock=clock))
    assert figures(third.page.form) == {}
    press(Key.Key_Z, modifier=CONTROL)
    assert "没有可以撤销" in said(third)
    press(Key.Key_Y, modifier=CONTROL)
    assert figures(third.page.form) == {"training_visits": Decimal(12)}


def test_an_items_text_is_undone_and_stays_undone(open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    page = window.page.form
    page.show_tab(ITEMS)
    press(Key.Key_Slash)
    number = next(iter(session_of(page).section.items))
    press(Key.Key_1, modifier=CONTROL)
    assert page.tabs.currentIndex() == FIGURES
    press(Key.Key_Z, modifier=CONTROL)
    assert page.tabs.currentIndex() == ITEMS
    item = page.items.model.item(page.items.table.currentIndex().row())
    assert item is not None and item.item.number == number
    page.items.keep()
    press(Key.Key_Down)
    assert session_of(page).section.items == {}


def test_a_narrative_is_undone_and_not_kept_again(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.show_tab(ITEMS)
    page.items.editor.narrative.setFocus()
    type_text("演示：办了培训")
    press(Key.Key_Escape)
    assert [report.narrative for report in session_of(page).section.items.values()] == ["演示：办了培训"]
    press(Key.Key_Z, modifier=CONTROL)
    assert session_of(page).section.items == {}
    assert page.items.editor.narrative.toPlainText() == ""
    page.leave()
    assert session_of(page).section.items == {}


def test_an_explanation_is_undone(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.view.show_address("patents_valid")
    type_text("1190")
    press(Key.Key_Return)
    page.view.show_address("patents_valid")
    press(Key.Key_F7)
    page.detail.editor.text.setFocus()
    type_text("演示：下发数漏计新授权专利十件")
    press(Key.Key_Return, modifier=CONTROL)
    page.leave()
    assert len(session_of(page).section.explanations) == 1
    page.focus_sheet()
    press(Key.Key_Z, modifier=CONTROL)
    if session_of(page).section.explanations:  # a draft was kept before the whole
        press(Key.Key_Z, modifier=CONTROL)
    assert session_of(page).section.explanations == ()
    page.leave()
    assert session_of(page).section.explanations == ()


def test_in_a_field_ctrl_z_is_the_fields_own(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.view.show_address("training_visits")
    type_text("12")
    press(Key.Key_Return)
    page.view.show_address("contract_total")
    type_text("7")
    press(Key.Key_Z, modifier=CONTROL)
    assert focused() is not page.view
    press(Key.Key_Escape)
    assert figures(page) == {"training_visits": Decimal(12)}


def test_ctrl_z_on_the_board_leaves_the_form_alone(open_window: OpenWindow, bureau: Workspace) -> None:
    window = open_window(bureau)
    page = window.page.form
    row = next(row for row in session_of(page).form.due_rows if row.mode.value == "entered")
    session_of(page).type_figure(row.element.id, "3")
    press(Key.Key_3, modifier=CONTROL)
    press(Key.Key_Z, modifier=CONTROL)
    assert row.element.id in figures(page)
