"""Sections of the sheet fold, by keys and by mouse, say what is left in them, and stay folded."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop.workspace import Workspace
from tests.ui.conftest import PERIOD, OpenWindow, clock
from tests.ui.window_keys import CONTROL, SHIFT, Key, press, type_text
from ui.entry.columns import COL_NAME
from ui.entry.form_page import FormPage


def header(page: FormPage, element: str) -> int:
    row = page.model.row_of(element)
    assert row is not None
    return page.model.header_of(row)


def text(page: FormPage, row: int) -> str:
    return str(page.model.index(row, COL_NAME).data())


def in_sight(page: FormPage, element: str) -> bool:
    row = page.model.row_of(element)
    return row is not None and not page.view.isRowHidden(row)


def test_left_folds_and_right_unfolds_the_section(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.view.show_address("patents_valid")
    top = header(page, "patents_valid")
    assert text(page, top).startswith("▾") and "还剩" in text(page, top)
    press(Key.Key_Left)
    assert not in_sight(page, "patents_valid")
    assert in_sight(page, "training_visits")
    assert page.view.currentIndex().row() == top
    assert text(page, top).startswith("▸") and "还剩" in text(page, top)
    assert "已折叠" in str(page.model.index(top, COL_NAME).data(Qt.ItemDataRole.AccessibleTextRole))
    press(Key.Key_Right)
    assert in_sight(page, "patents_valid")
    assert page.view.current_row() is not None


def test_a_folded_header_is_a_stop_on_the_way_and_enter_opens_it(
    open_window: OpenWindow, zone: Workspace
) -> None:
    page = open_window(zone).page.form
    page.view.show_address("patents_valid")
    top = header(page, "patents_valid")
    press(Key.Key_Left)
    press(Key.Key_Down)
    below = page.view.current_row()
    assert below is not None and below.element.category != page.model.category_of(top)
    press(Key.Key_Up)
    assert page.view.currentIndex().row() == top
    type_text("7")
    assert page.session is not None and page.session.section.figures == {}
    press(Key.Key_Return)
    row = page.view.current_row()
    assert row is not None and row.element.category == page.model.category_of(top)


def test_control_folds_all_and_unfolds_all(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.view.show_address("patents_valid")
    press(Key.Key_Left, modifier=CONTROL)
    hidden = {page.view.isRowHidden(row) for row in range(page.model.rowCount())}
    assert hidden == {True, False}
    assert all(
        page.view.isRowHidden(row) != (row in page.model.header_rows())
        for row in range(page.model.rowCount())
    )
    press(Key.Key_Right, modifier=CONTROL)
    assert not any(page.view.isRowHidden(row) for row in range(page.model.rowCount()))


def test_a_click_on_a_header_folds_and_the_next_unfolds(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.view.show_address("patents_valid")
    top = header(page, "patents_valid")
    for folded in (True, False):
        place = page.view.visualRect(page.model.index(top, COL_NAME)).center()
        QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert in_sight(page, "patents_valid") is not folded


def test_what_is_folded_stays_so_over_a_restart(open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    window.page.form.view.show_address("patents_valid")
    press(Key.Key_Left)
    path = zone.path
    window.close()
    page = open_window(Workspace.open(path, clock=clock)).page.form
    assert not in_sight(page, "patents_valid")
    assert in_sight(page, "training_visits")
    row = page.view.current_row()
    assert row is not None and in_sight(page, row.element.id)


def test_search_findings_and_next_empty_open_what_is_folded(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    assert page.session is not None
    page.view.show_address("patents_valid")
    press(Key.Key_Left, modifier=CONTROL)
    press(Key.Key_Return, modifier=CONTROL)
    row = page.view.current_row()
    assert row is not None and in_sight(page, row.element.id)
    press(Key.Key_Left, modifier=CONTROL)
    page.start_search()
    type_text("training_visits")
    assert in_sight(page, "training_visits")
    press(Key.Key_Escape)
    press(Key.Key_Left, modifier=CONTROL)
    press(Key.Key_F8)
    row = page.view.current_row()
    assert row is not None and in_sight(page, row.element.id)


def test_folded_rows_are_no_part_of_a_block(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    assert page.session is not None
    page.model.take(page.session.paste({"abnormal_reported": "3", "training_visits": "4"}))
    page.view.show_address("patents_valid")
    press(Key.Key_Left)
    press(Key.Key_A, modifier=CONTROL)
    press(Key.Key_C, modifier=CONTROL)
    copied = QGuiApplication.clipboard().text()
    assert "被通报的非正常专利申请" not in copied
    press(Key.Key_Delete)
    assert set(page.session.section.figures) == {"abnormal_reported"}


def test_what_undo_brings_back_is_opened(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.view.show_address("training_visits")
    type_text("5")
    press(Key.Key_Return)
    press(Key.Key_Left, modifier=CONTROL)
    press(Key.Key_Z, modifier=CONTROL)
    assert in_sight(page, "training_visits")
    row = page.view.current_row()
    assert row is not None and row.element.id == "training_visits"


def test_home_and_end_go_to_the_sections_edges(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    assert page.session is not None
    section = next(
        s for s in page.session.form.sections if any(row.element.id == "patents_valid" for row in s.rows)
    )
    due = [row.element.id for row in section.rows if row.due]
    page.view.show_address(due[1])
    for key, wanted in ((Key.Key_End, due[-1]), (Key.Key_Home, due[0])):
        press(key)
        row = page.view.current_row()
        assert row is not None and row.element.id == wanted


def test_page_keys_stop_on_fields(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    press(Key.Key_Home, modifier=CONTROL)
    first = page.view.currentIndex().row()
    press(Key.Key_PageDown)
    assert page.view.currentIndex().row() > first + 3
    assert page.view.current_row() is not None
    press(Key.Key_PageUp)
    assert page.view.current_row() is not None
    press(Key.Key_Tab, modifier=SHIFT)
    assert page.view.current_row() is not None


def test_everything_folded_leaves_the_keyboard_on_a_header(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    press(Key.Key_Left, modifier=CONTROL)
    session = zone.form("jingkai", PERIOD)
    page.set_session(session)
    page.view.setFocus()
    assert page.view.currentIndex().row() in page.model.header_rows()
    press(Key.Key_Right)
    assert page.view.current_row() is not None
