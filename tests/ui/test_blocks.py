"""Blocks of cells by real keys: copy, paste with and without a look first, last period, emptying."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.model.period import Period
from desktop.model.submission import Answer, Figure, FigureState
from desktop.workspace import FormSession, Workspace
from tests.core.workspace.workspaces import fill_everything
from tests.ui.conftest import PERIOD, OpenWindow
from tests.ui.window_keys import CONTROL, SHIFT, Key, focused, press, type_text
from ui.entry.figure_model import COL_CURRENT, COL_NAME
from ui.entry.form_page import FormPage
from ui.entry.paste_dialog import COL_PROBLEM, PasteDialog
from ui.main_window import MainWindow


def session_of(page: FormPage) -> FormSession:
    assert page.session is not None
    return page.session


def clip(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def clipped() -> str:
    return QGuiApplication.clipboard().text()


def paste_at(page: FormPage, element: str, text: str) -> None:
    clip(text)
    assert page.view.show_address(element)
    press(Key.Key_V, modifier=CONTROL)


def ready(qtbot: QtBot, page: FormPage) -> PasteDialog:
    """The preview, once it has the keyboard."""
    dialog = preview(page)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def come_back(qtbot: QtBot, page: FormPage) -> None:
    """No window manager gives the window the keyboard back here; within it the sheet has it."""
    page.window().activateWindow()
    qtbot.waitUntil(page.view.hasFocus)


def preview(page: FormPage) -> PasteDialog | None:
    return next((d for d in page.findChildren(PasteDialog) if d.isVisible()), None)


def figures(page: FormPage) -> dict[str, Decimal | None]:
    return {key: figure.value for key, figure in session_of(page).section.figures.items()}


def said(window: MainWindow) -> str:
    return window.statusBar().currentMessage()


def test_shift_and_arrows_select_what_is_copied(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    session_of(page).paste({"contract_total": "1,234.50", "contract_patent": "12"})
    page.refresh()
    page.view.show_address("contract_total")
    press(Key.Key_Down, modifier=SHIFT)
    press(Key.Key_C, modifier=CONTROL)
    assert clipped() == "1234.5\n12"
    press(Key.Key_Left, Key.Key_Left, Key.Key_Left, modifier=SHIFT)
    press(Key.Key_C, modifier=CONTROL)
    assert clipped().split("\n")[0].split("\t") == ["技术合同成交额", "万元", "", "1234.5"]
    assert page.view.currentIndex().column() == COL_CURRENT
    press(Key.Key_Down)
    assert len(page.view.block.rows()) == 1


def test_the_mouse_selects_a_block(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.view.show_address("contract_total")
    first = page.model.row_of("contract_total")
    assert first is not None
    start, end = (
        page.view.visualRect(page.model.index(row, column)).center()
        for row, column in ((first, COL_NAME), (first + 1, COL_CURRENT))
    )
    viewport = page.view.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(viewport, end)
    drag(viewport, end)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)
    press(Key.Key_C, modifier=CONTROL)
    rows = [line.split("\t") for line in clipped().split("\n")]
    assert [row[0] for row in rows] == ["技术合同成交额", "其中：涉及专利的技术合同成交额"]
    assert {len(row) for row in rows} == {4}


def drag(widget: QWidget, position: QPoint) -> None:
    """A move with the button down; offscreen QTest.mouseMove says nothing of buttons."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    point = QPointF(position)
    event = QMouseEvent(QEvent.Type.MouseMove, point, QPointF(widget.mapToGlobal(position)), left, left, none)
    QApplication.sendEvent(widget, event)


def test_a_column_that_fits_is_written_at_once(open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    page = window.page.form
    paste_at(page, "contract_total", "1,234.5\r\n１２\r\n")
    assert preview(page) is None
    assert figures(page) == {"contract_total": Decimal("1234.5"), "contract_patent": Decimal(12)}
    assert "改了 2 项" in said(window)
    press(Key.Key_Z, modifier=CONTROL)
    assert figures(page) == {}


def test_names_find_their_rows(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    paste_at(page, "contract_total", '"知识产权培训\n和宣传"\t8\n托管服务覆盖企业\t9\n')
    assert preview(page) is None
    assert figures(page) == {"training_visits": Decimal(8), "custody_firms": Decimal(9)}


def test_what_does_not_fit_is_shown_before_it_is_written(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    page = open_window(zone).page.form
    paste_at(page, "custody_firms", "5\n约六\n7\n")
    dialog = ready(qtbot, page)
    assert figures(page) == {}
    problems = [str(dialog.model.index(row, COL_PROBLEM).data()) for row in range(3)]
    assert problems[0] == "" and "不是数" in problems[1] and "到此为止" in problems[2]
    press(Key.Key_Escape)
    assert preview(page) is None and figures(page) == {}
    come_back(qtbot, page)
    press(Key.Key_V, modifier=CONTROL)
    ready(qtbot, page)
    press(Key.Key_Return)
    come_back(qtbot, page)
    assert figures(page) == {"custody_firms": Decimal(5)}
    assert focused() is page.view


def test_an_issued_figure_wants_a_look(qtbot: QtBot, open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    paste_at(page, "patents_valid", "1190")
    dialog = ready(qtbot, page)
    assert "异议" in str(dialog.model.index(0, COL_PROBLEM).data())
    press(Key.Key_Return)
    figure = session_of(page).section.figure("patents_valid")
    assert (figure.value, figure.answer) == (Decimal(1190), Answer.DISPUTED)


def test_a_locked_form_refuses(open_window: OpenWindow, zone: Workspace) -> None:
    session = zone.form("jingkai", PERIOD)
    fill_everything(session)
    zone.submit_form(session, zone.path.parent)
    window = open_window(zone)
    before = figures(window.page.form)
    for key in (Key.Key_V, Key.Key_D, Key.Key_Z):
        clip("77")
        window.page.form.view.show_address("training_visits")
        press(key, modifier=CONTROL)
        assert "已锁定" in said(window)
        window.statusBar().clearMessage()
    assert figures(window.page.form) == before
    press(Key.Key_Return, modifier=CONTROL)
    assert "已锁定" in said(window), "nothing is left to fill in there"


def test_last_periods_figures_come_with_one_key(open_window: OpenWindow, zone: Workspace) -> None:
    earlier = zone.form("jingkai", Period.parse("2024Q2"))
    earlier.paste({"custody_firms": "31", "training_visits": "6"}).saved.result()
    window = open_window(zone)
    page = window.page.form
    page.view.show_address("custody_firms")
    press(Key.Key_Down, modifier=SHIFT)
    press(Key.Key_D, modifier=CONTROL)
    assert figures(page) == {"custody_firms": Decimal(31), "training_visits": Decimal(6)}
    assert "2 项" in said(window) and "没有新增" in said(window)
    press(Key.Key_Z, modifier=CONTROL)
    assert figures(page) == {}


def test_last_periods_figures_leave_what_was_typed_in_a_block(
    open_window: OpenWindow, zone: Workspace
) -> None:
    earlier = zone.form("jingkai", Period.parse("2024Q2"))
    earlier.paste({"custody_firms": "31", "training_visits": "6"}).saved.result()
    window = open_window(zone)
    page = window.page.form
    page.view.show_address("custody_firms")
    type_text("7")
    press(Key.Key_Return, Key.Key_A, modifier=CONTROL)
    press(Key.Key_D, modifier=CONTROL)
    assert figures(page) == {"custody_firms": Decimal(7), "training_visits": Decimal(6)}
    assert "已填的 1 项没有动" in said(window)
    page.view.show_address("custody_firms")
    press(Key.Key_D, modifier=CONTROL)
    assert figures(page)["custody_firms"] == 31, "one row alone was meant"


def test_last_periods_figure_replaces_what_is_being_typed(open_window: OpenWindow, zone: Workspace) -> None:
    zone.form("jingkai", Period.parse("2024Q2")).paste({"custody_firms": "31"}).saved.result()
    page = open_window(zone).page.form
    page.view.show_address("custody_firms")
    type_text("7")
    press(Key.Key_D, modifier=CONTROL)
    press(Key.Key_Return)
    assert figures(page) == {"custody_firms": Decimal(31)}
    press(Key.Key_Z, modifier=CONTROL)
    assert figures(page) == {"custody_firms": Decimal(7)}, "nothing typed is lost"


def test_a_column_over_folded_rows_is_shown_first(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    page = open_window(zone).page.form
    page.view.show_address("training_visits")
    press(Key.Key_Left)
    clip("1\n2")
    page.view.go(-1)
    press(Key.Key_V, modifier=CONTROL)
    dialog = ready(qtbot, page)
    assert "折叠" in dialog.summary.text()
    assert figures(page) == {}
    press(Key.Key_Return)
    assert figures(page) == {"custody_firms": Decimal(1), "training_visits": Decimal(2)}


def test_delete_empties_the_block_as_one_step(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    paste_at(page, "contract_total", "1\n2")
    page.view.show_address("contract_total")
    press(Key.Key_Down, modifier=SHIFT)
    press(Key.Key_Delete)
    assert figures(page) == {}
    press(Key.Key_Z, modifier=CONTROL)
    assert figures(page) == {"contract_total": Decimal(1), "contract_patent": Decimal(2)}


@pytest.mark.parametrize("key", ["7", "F2"])
def test_typing_with_a_block_goes_into_the_cell_where_it_was_begun(
    open_window: OpenWindow, zone: Workspace, key: str
) -> None:
    page = open_window(zone).page.form
    assert page.view.show_address("overseas_invention_grants")
    press(Key.Key_Down, modifier=SHIFT)
    assert len(page.view.block.rows()) == 2
    if key == "F2":
        press(Key.Key_F2)
    type_text("7")
    press(Key.Key_Return)
    assert session_of(page).section.figure("overseas_invention_grants").value == 7
    assert [f.value for f in session_of(page).section.figures.values() if f.reported] == [Decimal(7)]


def test_cut_copies_and_empties(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    paste_at(page, "contract_total", "1\n2")
    page.view.show_address("contract_total")
    press(Key.Key_X, modifier=CONTROL)
    assert clipped() == "1"
    assert figures(page) == {"contract_patent": Decimal(2)}
    press(Key.Key_Down, modifier=SHIFT)
    press(Key.Key_X, modifier=CONTROL)
    assert clipped() == "\n2"
    assert figures(page) == {}


def test_a_field_being_typed_pastes_as_text(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.view.show_address("training_visits")
    type_text("1")
    clip("23")
    press(Key.Key_V, modifier=CONTROL)
    press(Key.Key_Return)
    assert session_of(page).section.figure("training_visits") == Figure.number(Decimal(123))


@pytest.mark.parametrize("text", ["", "\n\n", "   "])
def test_an_empty_clipboard_says_so(open_window: OpenWindow, zone: Workspace, text: str) -> None:
    window = open_window(zone)
    paste_at(window.page.form, "training_visits", text)
    assert "没有可以粘贴" in said(window)
    assert session_of(window.page.form).section.figure("training_visits").state is FigureState.BLANK


def clip_html(html: str, text: str = "") -> None:
    data = QMimeData()
    data.setHtml(html)
    if text:
        data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


def test_a_table_that_comes_as_html_alone_is_pasted(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    clip_html(
        "<html><body><table><tr><td colspan=2>演示</td><td>本期</td></tr>"
        "<tr><td rowspan=2>运用</td><td>技术合同成交额</td><td>1,234.5</td></tr>"
        "<tr><td>涉及专利的技术合同成交额</td><td>１２</td></tr></table></body></html>"
    )
    page.view.show_address("training_visits")
    press(Key.Key_V, modifier=CONTROL)
    assert preview(page) is None
    assert figures(page) == {"contract_total": Decimal("1234.5"), "contract_patent": Decimal(12)}


def test_a_column_too_narrow_in_excel_is_read_by_its_value(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    clip_html(
        "<table><tr><td x:num='1234567.5'>######</td></tr><tr><td x:num>12</td></tr></table>",
        "######\r\n12\r\n",
    )
    page.view.show_address("contract_total")
    press(Key.Key_V, modifier=CONTROL)
    assert figures(page) == {"contract_total": Decimal("1234567.5"), "contract_patent": Decimal(12)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1,234.5\r\n\r\n", {"contract_total": "1234.5"}),
        ("１，２３４．５\n１２\n", {"contract_total": "1234.5", "contract_patent": "12"}),
        ("\n12\n", {"contract_patent": "12"}),
        ('"1,234.5"\n', {"contract_total": "1234.5"}),
        (" 1 234.5 \n", {"contract_total": "1234.5"}),
    ],
)
def test_what_spreadsheets_put_on_the_clipboard(
    open_window: OpenWindow, zone: Workspace, text: str, wanted: dict[str, str]
) -> None:
    page = open_window(zone).page.form
    paste_at(page, "contract_total", text)
    assert preview(page) is None
    assert figures(page) == {element: Decimal(value) for element, value in wanted.items()}


def test_the_whole_sheet_goes_out_and_comes_back(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    window = open_window(zone)
    window.resize(1920, 1080)
    page = window.page.form
    session_of(page).paste({"contract_total": "1,234.50", "training_visits": "7"})
    page.refresh()
    page.view.setFocus()
    press(Key.Key_A, modifier=CONTROL)
    press(Key.Key_C, modifier=CONTROL)
    copied = clipped()
    session_of(page).clear_all(["contract_total", "training_visits"])
    page.refresh()
    paste_at(page, "patents_valid", copied)
    dialog = preview(page)
    if dialog is not None:
        qtbot.waitUntil(dialog.isActiveWindow)
        press(Key.Key_Return)
    assert figures(page) == {"contract_total": Decimal("1234.5"), "training_visits": Decimal(7)}


def test_what_holds_nothing_says_so(open_window: OpenWindow, zone: Workspace) -> None:
    window = open_window(zone)
    page = window.page.form
    QGuiApplication.clipboard().clear()
    press(Key.Key_V, modifier=CONTROL)
    assert "没有可以粘贴的内容" in window.statusBar().currentMessage()
    press(Key.Key_A, modifier=CONTROL)
    press(Key.Key_Delete)
    assert window.statusBar().currentMessage() == "选中的行都是空的。"
    press(Key.Key_F, modifier=CONTROL)
    type_text("i15")  # a computed row
    press(Key.Key_Escape)
    press(Key.Key_V, modifier=CONTROL)
    assert window.statusBar().currentMessage() != ""
    assert page.session is not None and page.session.section.figures == {}
