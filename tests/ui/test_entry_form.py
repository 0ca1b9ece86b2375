"""Filling a form with the keyboard alone: what is typed ends on disk, and the form says what is wrong."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.model.period import Period
from desktop.model.submission import Answer, Figure, FigureState
from desktop.workspace import FormSession, Workspace
from tests.ui.conftest import PERIOD, OpenWindow, clock
from tests.ui.window_keys import CONTROL, NONE, SHIFT, Key, focused, press, type_text
from ui.entry.figure_model import COL_CURRENT, COL_NAME, COL_REMARK, FigureModel
from ui.entry.form_page import FormPage


def session_of(page: FormPage) -> FormSession:
    assert page.session is not None
    return page.session


def go(page: FormPage, element: str) -> None:
    assert page.view.show_address(element)


def current(page: FormPage) -> str:
    row = page.view.current_row()
    return row.element.id if row else ""


def remark(page: FormPage, element: str) -> str:
    row = page.model.row_of(element)
    assert row is not None
    return str(page.model.index(row, COL_REMARK).data())


def on_disk(path: Path, unit: str, element: str, period: Period = PERIOD) -> Figure:
    """What a second opening of the file finds."""
    with Workspace.open(path, clock=clock) as again:
        return again.form(unit, period).section.figure(element)


def test_typed_figures_are_in_the_file(qtbot: QtBot, open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    page = window.page.form
    go(page, "training_visits")
    type_text("1,234")
    press(Key.Key_Return)
    go(page, "contract_total")
    type_text("56.78")
    press(Key.Key_Tab)
    qtbot.waitUntil(lambda: window.page.saves.pending == 0)
    assert "已保存" in window.saved.text()
    path = zone.path
    window.close()
    assert on_disk(path, "jingkai", "training_visits") == Figure.number(Decimal(1234))
    assert on_disk(path, "jingkai", "contract_total") == Figure.number(Decimal("56.78"))


def test_enter_tab_and_arrows_walk_over_headers_and_rows_not_due(
    open_window: OpenWindow, zone: Workspace
) -> None:
    page = open_window(zone).page.form
    fields = [row.element.id for row in session_of(page).form.due_rows]
    go(page, fields[0])
    for key, wanted in ((Key.Key_Return, 1), (Key.Key_Tab, 2), (Key.Key_Backtab, 1)):
        press(key, modifier=SHIFT if key is Key.Key_Backtab else NONE)
        assert current(page) == fields[wanted]
    press(Key.Key_Return, modifier=SHIFT)
    assert current(page) == fields[0]
    press(Key.Key_Down)
    assert current(page) == fields[1]
    press(Key.Key_Right)
    assert page.view.currentIndex().column() == COL_CURRENT
    press(Key.Key_End, modifier=CONTROL)
    assert current(page) == fields[-1]


def test_f2_edits_and_escape_gives_up(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    go(page, "training_visits")
    type_text("12")
    press(Key.Key_Return)
    go(page, "training_visits")
    press(Key.Key_F2)
    editor = focused()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "12"
    type_text("99")
    press(Key.Key_Escape)
    assert session_of(page).section.figure("training_visits") == Figure.number(Decimal(12))
    press(Key.Key_Delete)
    assert session_of(page).section.figure("training_visits").state is FigureState.BLANK


@pytest.mark.parametrize("how", ["F2", "double click"])
def test_a_field_opened_to_be_corrected_is_not_typed_over(
    open_window: OpenWindow, zone: Workspace, how: str
) -> None:
    page = open_window(zone).page.form
    go(page, "training_visits")
    type_text("1234")
    press(Key.Key_Return)
    go(page, "training_visits")
    if how == "F2":
        press(Key.Key_F2)
    else:
        place = page.view.visualRect(page.view.currentIndex()).center()
        for _ in range(2):  # a click, and the second that makes it double
            QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    press(Key.Key_Backspace)
    type_text("5")
    press(Key.Key_Return)
    assert session_of(page).section.figure("training_visits") == Figure.number(Decimal(1235))


def test_a_text_that_is_no_figure_stays_and_is_an_error(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    go(page, "training_visits")
    type_text("about 12")
    press(Key.Key_Return)
    figure = session_of(page).section.figure("training_visits")
    assert (figure.state, figure.typed) == (FigureState.UNREADABLE, "about 12")
    assert "无法识别" in remark(page, "training_visits")
    assert page.findings.model.finding(0).address == "training_visits"
    assert "错误 1 条" in page.findings.summary.text()


def test_space_confirms_an_issued_figure_and_goes_on(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    go(page, "patents_valid")
    assert "待核对" in remark(page, "patents_valid")
    press(Key.Key_Space)
    figure = session_of(page).section.figure("patents_valid")
    assert (figure.value, figure.answer) == (Decimal(1200), Answer.CONFIRMED)
    assert "核对相符" in remark(page, "patents_valid")
    assert current(page) != "patents_valid"


def test_an_own_figure_disputes_the_issued_one(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    go(page, "patents_valid")
    type_text("1190")
    press(Key.Key_Return)
    figure = session_of(page).section.figure("patents_valid")
    assert (figure.value, figure.answer) == (Decimal(1190), Answer.DISPUTED)
    assert "待说明" in remark(page, "patents_valid")


def test_space_on_what_was_not_issued_says_so(open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    go(window.page.form, "trademarks_valid")
    press(Key.Key_Space)
    assert "尚未下发" in window.statusBar().currentMessage()


@pytest.mark.parametrize("how", ["slash", "control-zero"])
def test_one_key_says_nil(open_window: OpenWindow, zone: Workspace, how: str) -> None:
    page = open_window(zone).page.form
    go(page, "training_visits")
    if how == "slash":
        press(Key.Key_Slash)
    else:
        press(Key.Key_0, modifier=CONTROL)
    row = page.model.row_of("training_visits")
    assert row is not None
    assert page.model.index(row, COL_CURRENT).data() == "无此项业务"
    assert session_of(page).section.figure("training_visits").state is FigureState.NIL


def test_control_enter_finds_the_next_empty_field_and_takes_what_is_being_typed(
    open_window: OpenWindow, zone: Workspace
) -> None:
    page = open_window(zone).page.form
    session = session_of(page)
    go(page, "training_visits")
    type_text("3")
    press(Key.Key_Return, modifier=CONTROL)
    assert session.section.figure("training_visits") == Figure.number(Decimal(3))
    assert current(page) != "training_visits"
    assert not session.section.figure(current(page)).reported


def test_f8_jumps_to_the_finding(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    go(page, "training_visits")
    type_text("abc")
    press(Key.Key_Return)
    go(page, "patents_valid")
    press(Key.Key_F8)
    assert current(page) == "training_visits"


def test_enter_in_the_findings_goes_to_the_cell(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    go(page, "training_visits")
    type_text("abc")
    press(Key.Key_Return)
    go(page, "patents_valid")
    page.findings.table.setFocus()
    page.findings.table.selectRow(0)
    press(Key.Key_Return)
    assert current(page) == "training_visits"
    assert focused() is page.view


def test_rows_not_due_refuse_and_say_why(open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    page = window.page.form
    go(page, "annual_reports")
    type_text("7")
    assert session_of(page).section.figure("annual_reports").state is FigureState.BLANK
    press(Key.Key_Slash)
    assert "本期不报" in window.statusBar().currentMessage()
    assert remark(page, "annual_reports") == "本期不报"


def test_digits_typed_on_a_row_not_due_go_nowhere_else(open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    page = window.page.form
    go(page, "contract_total")
    type_text("1234")
    press(Key.Key_Return)
    go(page, "annual_reports")
    type_text("15")
    assert current(page) == "annual_reports"
    assert "本期不报" in window.statusBar().currentMessage()
    press(Key.Key_Return)
    assert session_of(page).section.figure("contract_total") == Figure.number(Decimal(1234))


def test_section_headers_count_what_is_left(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    session = session_of(page)
    row = page.model.row_of("training_visits")
    assert row is not None
    header = max(r for r in page.model.header_rows() if r < row)
    before = str(page.model.index(header, COL_NAME).data())
    page.model.take(session.type_figure("training_visits", "5"))
    after = str(page.model.index(header, COL_NAME).data())
    assert "还剩" in before
    assert before != after


def test_the_figure_model_keeps_the_contract_of_models(zone: Workspace) -> None:
    model = FigureModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    session = zone.form("jingkai", PERIOD)
    model.set_session(session)
    row = model.row_of("training_visits")
    assert row is not None
    assert model.setData(model.index(row, COL_CURRENT), "8")
    assert model.index(row, COL_CURRENT).data() == "8"
    assert not model.setData(model.index(row, COL_NAME), "8")
    model.set_session(None)
    zone.close()


def test_the_period_is_chosen_with_the_keyboard(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page
    press(Key.Key_T, modifier=CONTROL)
    type_text("2023")
    press(Key.Key_Down, Key.Key_Down)
    assert session_of(page.form).form.period == Period.parse("2023Q3")
    press(Key.Key_1, modifier=CONTROL)
    assert focused() is page.form.view
    press(Key.Key_T, modifier=CONTROL)
    press(Key.Key_Up, Key.Key_Return)
    assert focused() is page.form.view, "Enter goes on to the form that was chosen"


def test_ctrl_s_does_no_harm(open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    press(Key.Key_S, modifier=CONTROL)
    assert "自动保存" in window.statusBar().currentMessage()
