"""The sheet's columns: five at first sight, more on wide windows or when asked for, as a person left them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from desktop.config import FONT_PERCENT
from desktop.model.period import Period
from desktop.workspace import Workspace
from desktop.workspace.form.sheet_layout import SheetLayout
from tests.ui.conftest import OpenWindow
from tests.ui.window_keys import CONTROL, Key, press, type_text
from ui.entry.columns import (
    COL_CODE,
    COL_CURRENT,
    COL_GROWTH,
    COL_LAST_YEAR,
    COL_NAME,
    COL_PREVIOUS,
    COL_REMARK,
    COL_STANDING,
    COL_TARGET,
    COL_UNIT,
    COLUMNS,
    laid_out,
)
from ui.entry.columns_dialog import ColumnsDialog
from ui.entry.figure_view import FigureView
from ui.entry.form_page import FormPage
from ui.entry.frozen_columns import FrozenColumns
from ui.main_window import MainWindow

FIVE = [COL_NAME, COL_UNIT, COL_PREVIOUS, COL_CURRENT, COL_REMARK]


def shown(view: FigureView) -> list[int]:
    return [column for column in range(COLUMNS) if not view.isColumnHidden(column)]


def narrow(qtbot: QtBot, window: MainWindow) -> FigureView:
    window.resize(1024, 600)
    view = window.page.form.view
    qtbot.waitUntil(lambda: shown(view) == FIVE)
    return view


def dialog_of(qtbot: QtBot, page: FormPage) -> ColumnsDialog:
    press(Key.Key_L, modifier=CONTROL)
    dialog = page.findChild(ColumnsDialog)
    assert isinstance(dialog, ColumnsDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_five_columns_at_first_sight_and_more_on_a_wide_window(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    window = open_window(zone)
    view = narrow(qtbot, window)
    window.resize(1920, 1080)
    more = [COL_LAST_YEAR, COL_GROWTH, COL_TARGET, COL_STANDING]
    qtbot.waitUntil(lambda: shown(view) == sorted((*FIVE, *more)))
    assert view.horizontalScrollBar().maximum() == 0


def test_the_further_columns_say_what_they_should(open_window: OpenWindow, zone: Workspace) -> None:
    zone.form("jingkai", Period.parse("2023Q3")).type_figure("contract_total", "200").saved.result()
    page = open_window(zone).page.form
    assert page.session is not None
    page.model.take(page.session.type_figure("contract_total", "250"))
    row = page.model.row_of("contract_total")
    assert row is not None
    said = {column: page.model.index(row, column).data() for column in range(COLUMNS)}
    assert (said[COL_CODE], said[COL_LAST_YEAR], said[COL_GROWTH]) == ("contract_total", "200.00", "+25.0%")


def test_columns_are_shown_and_widened_with_the_keyboard_and_stay_so(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    window = open_window(zone)
    view = narrow(qtbot, window)
    dialog = dialog_of(qtbot, window.page.form)
    press(Key.Key_Down)
    press(Key.Key_Space)  # the unit of measure goes
    press(Key.Key_Down)
    press(Key.Key_Space)  # the code comes
    press(*[Key.Key_Down] * (COL_PREVIOUS - COL_CODE))
    before = view.columnWidth(COL_PREVIOUS)
    press(*[Key.Key_Right] * 3)
    press(Key.Key_Escape)
    assert not dialog.isVisible()
    wanted = [COL_NAME, COL_CODE, COL_PREVIOUS, COL_CURRENT, COL_REMARK]
    assert shown(view) == wanted
    assert view.columnWidth(COL_PREVIOUS) > before
    width = view.columnWidth(COL_PREVIOUS)
    again = FigureView(window.page.form.model)
    qtbot.addWidget(again)
    again.resize(view.size())
    again.show()
    assert (shown(again), again.columnWidth(COL_PREVIOUS)) == (wanted, width)


def test_name_and_current_figure_cannot_be_hidden_and_all_can_be_put_back(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    window = open_window(zone)
    view = narrow(qtbot, window)
    dialog = dialog_of(qtbot, window.page.form)
    press(Key.Key_Space)
    assert not view.isColumnHidden(COL_NAME)
    press(Key.Key_Down, Key.Key_Space)
    assert view.isColumnHidden(COL_UNIT)
    dialog.reset.click()
    assert shown(view) == FIVE


def test_dragging_a_border_widens_and_stays(qtbot: QtBot, open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    view = narrow(qtbot, window)
    header = view.horizontalHeader()
    edge = QPoint(header.sectionViewportPosition(COL_UNIT) + header.sectionSize(COL_UNIT) - 1, 5)
    before = view.columnWidth(COL_UNIT)
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(header.viewport(), edge + QPoint(60, 0))
    header.resizeSection(COL_UNIT, before + 60)  # offscreen a move carries no button
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(60, 0))
    width = view.columnWidth(COL_UNIT)
    assert width >= before + 60
    again = FigureView(window.page.form.model)
    qtbot.addWidget(again)
    again.resize(view.size())
    again.show()
    assert abs(again.columnWidth(COL_UNIT) - width) <= 2


def test_name_and_unit_stay_in_sight_while_the_sheet_is_scrolled_sideways(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    window = open_window(zone)
    view = narrow(qtbot, window)
    assert view.findChildren(FrozenColumns) == []
    view.columns.widen(COL_REMARK, 60)
    bar = view.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    assert view.columns.frozen.isVisible()
    assert [n for n in range(COLUMNS) if not view.columns.frozen.isColumnHidden(n)] == [COL_NAME, COL_UNIT]
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    first = view.rowAt(2)
    assert view.columns.frozen.rowAt(2) == first
    bar.setValue(0)
    assert not view.columns.frozen.isVisible()


@pytest.mark.parametrize("by", ["keyboard", "mouse"])
def test_the_menu_of_a_row_offers_what_can_be_done_there(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace, by: str
) -> None:
    page = open_window(zone).page.form
    page.view.show_address("patents_valid")
    reason = QContextMenuEvent.Reason.Keyboard if by == "keyboard" else QContextMenuEvent.Reason.Mouse
    place = page.view.visualRect(page.view.currentIndex()).center()
    event = QContextMenuEvent(reason, place, page.view.viewport().mapToGlobal(place))
    QApplication.sendEvent(page.view.viewport(), event)
    menu = next(m for m in page.view.findChildren(QMenu) if m.isVisible())
    texts = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert texts[:2] == ["核对相符", "有异议：填本单位的数和理由"]
    assert "显示的列" in texts
    menu.actions()[0].trigger()
    menu.close()
    assert page.session is not None
    assert page.session.section.figure("patents_valid").value == Decimal(1200)


def test_the_menu_shows_and_hides_columns(qtbot: QtBot, open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    view = narrow(qtbot, window)
    view.menu_wanted.emit(QPoint(10, 10))
    menu = next(m for m in view.findChildren(QMenu) if m.isVisible() and m.parent() is view)
    columns = next(m for m in menu.findChildren(QMenu) if m.title() == "显示的列")
    code = next(action for action in columns.actions() if action.text() == "代码")
    assert code.isCheckable() and not code.isChecked()
    code.trigger()
    menu.close()
    assert COL_CODE in shown(view)


def test_copying_leaves_out_hidden_columns(qtbot: QtBot, open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    view = narrow(qtbot, window)
    view.show_address("contract_total")
    press(*[Key.Key_Left] * 9, modifier=Qt.KeyboardModifier.ShiftModifier)
    press(Key.Key_C, modifier=CONTROL)
    assert QApplication.clipboard().text().split("\t") == ["技术合同成交额", "万元", "", ""]


def test_a_new_font_changes_rows_and_widths(qtbot: QtBot, open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    view = narrow(qtbot, window)
    height, width = view.rowHeight(1), view.columnWidth(COL_UNIT)
    font = view.font()
    font.setPointSizeF(font.pointSizeF() * 1.5)
    view.setFont(font)
    assert view.rowHeight(1) > height
    assert view.columnWidth(COL_UNIT) > width


def test_the_field_under_the_cursor_stays_in_sight_in_a_smaller_window(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    window = open_window(zone)
    window.resize(1600, 1000)
    view = window.page.form.view
    view.show_address("training_visits")
    window.resize(1024, 600)
    qtbot.waitUntil(lambda: view.viewport().rect().contains(view.visualRect(view.currentIndex())))
    assert view.viewport().height() < 500


def test_boxes_and_lists_grow_and_shrink_with_the_type(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    window = open_window(zone)
    page, usual = window.page, window.page.head.unit.height()
    places = page.form.findings.table.columnWidth(1)
    window.preferences.set(FONT_PERCENT, 200)
    qtbot.waitUntil(lambda: page.head.unit.height() > usual)
    assert page.form.findings.table.columnWidth(1) > places
    window.preferences.set(FONT_PERCENT, 100)
    qtbot.waitUntil(lambda: page.head.unit.height() == usual)
    assert page.form.findings.table.columnWidth(1) == places


@pytest.mark.parametrize(
    ("typed", "characters", "shown"),
    [("1234567", 30, "1,234,567"), ("1234567", 3, "#"), ("约一百", 1, "约一百")],
)
def test_a_figure_too_wide_for_its_column_is_no_other_figure(
    open_window: OpenWindow, street: Workspace, typed: str, characters: int, shown: str
) -> None:
    page = open_window(street).page.form
    page.view.show_address("training_visits")
    type_text(typed)
    press(Key.Key_Return)
    index = page.model.index(page.view.currentIndex().row(), COL_CURRENT)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, page.view.fontMetrics().horizontalAdvance("国") * characters, 24)
    page.view.typing.initStyleOption(option, index)
    assert set(option.text) == set(shown)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).count(typed[:1])


def test_what_would_push_the_figure_over_the_edge_gives_way_unless_it_is_asked_for() -> None:
    layout = SheetLayout()
    five = set(FIVE)
    assert set(laid_out(layout, 36 * 20, 20)) == five
    assert set(laid_out(layout, 35 * 20, 20)) == five - {COL_PREVIOUS}
    assert set(laid_out(layout, 26 * 20, 20)) == five - {COL_PREVIOUS, COL_UNIT}
    layout.columns["previous"] = True
    assert set(laid_out(layout, 30 * 20, 20)) == five - {COL_UNIT}
