"""Ctrl+F, the next empty field, the edges of the sheet, and Chinese input."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from desktop.model.submission import Figure
from desktop.workspace import FormSession, Workspace
from tests.ui.conftest import OpenWindow
from tests.ui.window_keys import CONTROL, SHIFT, Key, focused, press, type_text
from ui.entry.form_page import ITEMS, FormPage


def session_of(page: FormPage) -> FormSession:
    assert page.session is not None
    return page.session


def current(page: FormPage) -> str:
    row = page.view.current_row()
    return row.element.id if row else ""


def compose(preedit: str, commit: str = "") -> None:
    """What an input method sends: the text being composed, then the one chosen."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(focused(), event)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("培训", "training_visits"),
        ("zscqpx", "training_visits"),
        ("custody", "custody_firms"),
        ("ｃｕｓｔｏｄｙ", "custody_firms"),
    ],
)
def test_rows_are_found_by_name_initials_and_code(
    open_window: OpenWindow, zone: Workspace, text: str, wanted: str
) -> None:
    page = open_window(zone).page.form
    press(Key.Key_F, modifier=CONTROL)
    assert focused() is page.search.field
    type_text(text)
    assert current(page) == wanted
    assert page.search.result.text() == ""
    press(Key.Key_Escape)
    assert focused() is page.view and not page.search.isVisible()


@pytest.mark.parametrize("text", ["转让次数占", "i15", "zlxkzrcs"])
def test_computed_rows_are_found_too_and_say_that_they_are_computed(
    open_window: OpenWindow, zone: Workspace, text: str
) -> None:
    window = open_window(zone)
    page = window.page.form
    press(Key.Key_F, modifier=CONTROL)
    type_text(text)
    assert page.search.result.text() == ""
    name = str(page.view.currentIndex().siblingAtColumn(0).data())
    assert "专利许可转让次数占专利拥有量比重" in name
    assert page.view.viewport().rect().intersects(page.view.visualRect(page.view.currentIndex()))
    shown = [label.text() for label in page.detail.findChildren(QLabel) if label.isVisible()]
    assert any(name.strip("　＝") == said for said in shown)
    assert any("自动计算，不用填" in said for said in shown) and any("还缺" in said for said in shown)
    press(Key.Key_Escape)
    type_text("5")
    assert "自动计算，不用填" in window.statusBar().currentMessage()
    assert session_of(page).section.figures == {}
    press(Key.Key_Down)
    assert current(page), "the arrows go on from there"


def test_enter_goes_round_and_shift_enter_back(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    press(Key.Key_F, modifier=CONTROL)
    type_text("技术合同")
    first = current(page)
    press(Key.Key_Return)
    second = current(page)
    assert {first, second} == {"contract_total", "contract_patent"}
    press(Key.Key_Return)
    assert current(page) == first
    press(Key.Key_Return, modifier=SHIFT)
    assert current(page) == second


def test_what_is_not_there_is_said(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    before = current(page)
    press(Key.Key_F, modifier=CONTROL)
    type_text("vvvv")
    assert page.search.result.text() == "没有找到"
    assert current(page) == before


def test_items_are_searched_in_their_tab(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.show_tab(ITEMS)
    last = page.items.model.item(page.items.model.rowCount() - 1)
    assert last is not None
    press(Key.Key_F, modifier=CONTROL)
    type_text(last.item.title)
    found = page.items.model.item(page.items.table.currentIndex().row())
    assert found is not None and last.item.title in found.item.title
    press(Key.Key_Escape)
    assert focused() is page.items.table


def test_ctrl_enter_wraps_over_sections_and_says_when_none_is_left(
    open_window: OpenWindow, zone: Workspace
) -> None:
    window = open_window(zone)
    page = window.page.form
    session = session_of(page)
    for row in session.form.due_rows:
        if row.element.id not in ("contract_total", "training_visits"):
            session.set_nil(row.element.id)
    page.refresh()
    page.view.show_address("training_visits")
    press(Key.Key_Return, modifier=CONTROL)
    assert current(page) == "contract_total"
    press(Key.Key_Return, modifier=CONTROL)
    assert current(page) == "training_visits"
    session.set_nil("contract_total")
    session.set_nil("training_visits")
    press(Key.Key_Return, modifier=CONTROL)
    assert "已填齐" in window.statusBar().currentMessage()


def test_the_edges_of_the_sheet(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    rows = session_of(page).form.rows
    due = session_of(page).form.due_rows
    press(Key.Key_End, modifier=CONTROL)
    assert current(page) == due[-1].element.id
    for _ in rows:
        press(Key.Key_PageUp)
    assert current(page) == rows[0].element.id
    for _ in rows:
        press(Key.Key_PageDown)
    assert current(page) == rows[-1].element.id
    press(Key.Key_Home)
    assert current(page) == rows[-1].element.id
    press(Key.Key_Home, modifier=CONTROL)
    assert current(page) == due[0].element.id


def test_an_input_method_types_figures_and_loses_no_character(
    open_window: OpenWindow, zone: Workspace
) -> None:
    page = open_window(zone).page.form
    page.view.show_address("training_visits")
    compose("", "１２")
    compose("", "３")
    editor = focused()
    assert isinstance(editor, QLineEdit) and editor.text() == "１２３"
    press(Key.Key_Return)
    assert session_of(page).section.figure("training_visits") == Figure.number(Decimal(123))


def test_composing_over_an_old_figure_replaces_it(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    session_of(page).type_figure("training_visits", "99")
    page.refresh()
    page.view.show_address("training_visits")
    compose("w")
    compose("wu")
    compose("", "无此项业务")
    press(Key.Key_Return)
    assert session_of(page).section.figure("training_visits").state.value == "nil"


def test_composing_that_is_given_up_changes_nothing(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    session_of(page).type_figure("training_visits", "99")
    page.refresh()
    page.view.show_address("training_visits")
    compose("w")
    compose("")
    press(Key.Key_Escape)
    assert session_of(page).section.figure("training_visits") == Figure.number(Decimal(99))


def test_an_input_method_in_the_narrative(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.show_tab(ITEMS)
    page.items.editor.narrative.setFocus()
    compose("yanshi")
    compose("", "演示")
    compose("", "：已办结")
    press(Key.Key_Escape)
    assert [r.narrative for r in session_of(page).section.items.values()] == ["演示：已办结"]
