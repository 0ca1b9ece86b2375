"""List elements: rows are typed, their count is the figure; every change is kept at once."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QListWidget
from pytestqt.qtbot import QtBot

from desktop.model.element import ColumnType
from desktop.model.period import Period
from desktop.model.plan import ReferenceFigure
from desktop.model.submission import Answer, Figure
from desktop.workspace import LifeState, Workspace
from tests.ui.conftest import OpenWindow, clock
from tests.ui.window_keys import CONTROL, SHIFT, Key, focused, press, type_text
from ui.entry.form_page import FormPage
from ui.entry.list_dialog import ListDialog
from ui.entry.list_model import ListModel

YEAR_END = Period.parse("2024Q4")


def open_list(qtbot: QtBot, page: FormPage, workspace: Workspace) -> ListDialog:
    page.set_session(workspace.form("scjg", YEAR_END))
    assert page.view.show_address("service_platforms")
    press(Key.Key_F4)
    dialog = page.findChild(ListDialog)
    assert isinstance(dialog, ListDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def figure(page: FormPage) -> Figure:
    assert page.session is not None
    return page.session.section.figure("service_platforms")


def names(page: FormPage) -> list[str]:
    return [row.get("name", row.get("名称", "")) for row in figure(page).rows]


def clip(text: str = "", html: str = "") -> None:
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)


def state(dialog: ListDialog, row: int) -> str:
    return str(dialog.model.index(row, dialog.model.columnCount() - 1).data())


def test_rows_typed_with_the_keyboard_are_counted(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace
) -> None:
    page = open_window(bureau).page.form
    dialog = open_list(qtbot, page, bureau)
    type_text("Platform A")
    columns = len(dialog.element.columns)
    press(*[Key.Key_Return] * columns)
    type_text("Platform B")
    press(Key.Key_Tab, *[Key.Key_Return] * (columns - 1))
    type_text("gone")
    press(Key.Key_Return)
    press(Key.Key_Delete, modifier=CONTROL)
    assert names(page) == ["Platform A", "Platform B"]
    dialog.accept()
    assert figure(page).value == Decimal(2)


def test_each_row_is_on_disk_before_the_dialog_closes(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace
) -> None:
    window = open_window(bureau)
    page = window.page.form
    open_list(qtbot, page, bureau)
    type_text("Platform A")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: window.page.saves.pending == 0)
    path = bureau.path
    window.close()
    with Workspace.open(path, clock=clock) as again:
        assert len(again.form("scjg", YEAR_END).section.figure("service_platforms").rows) == 1


def test_each_row_says_whether_it_counts(qtbot: QtBot, open_window: OpenWindow, bureau: Workspace) -> None:
    page = open_window(bureau).page.form
    dialog = open_list(qtbot, page, bureau)
    clip("甲\t\t\t2030/5/1\n乙\t\t\t2020年1月1日\n丙\t\t\t明年\n丁\tnot a code\n\tx\n戊\t\t文号")
    press(Key.Key_V, modifier=CONTROL)
    said = [state(dialog, row) for row in range(6)]
    assert said == [
        "✔ 计入",
        "▲ 已过有效期，不计数",
        "✖ “有效期至”不是日期",
        "▲ 代码核对不上，请查",
        "✖ 缺名称",
        "✔ 计入",
    ]
    assert "共 6 行，计入 5 行" in dialog.summary.text()
    assert figure(page).value == Decimal(5)
    assert dialog.model.index(0, 3).data() == "2030-05-01"
    spoken = str(dialog.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "名称" in spoken and "不计数" in spoken


def test_rows_come_from_a_sheet_with_titles_in_any_order(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace
) -> None:
    page = open_window(bureau).page.form
    dialog = open_list(qtbot, page, bureau)
    html = (
        "<table><tr><td>有效期至</td><td>备注</td><td>名称 *</td></tr>"
        "<tr><td>2030-01-01</td><td>x</td><td>甲</td></tr></table>"
    )
    clip(html=html)
    press(Key.Key_V, modifier=CONTROL)
    assert [dialog.model.index(0, column).data() for column in range(4)] == ["甲", "", "", "2030-01-01"]
    assert "已粘贴 1 行" in dialog.summary.text()


def test_a_name_wrapped_by_hand_is_one_name(qtbot: QtBot, open_window: OpenWindow, bureau: Workspace) -> None:
    page = open_window(bureau).page.form
    dialog = open_list(qtbot, page, bureau)
    clip('"演示\n服务\n平台"\t\t文\n"Demo\r\n Ltd"\t\t文')
    press(Key.Key_V, modifier=CONTROL)
    assert [row["name"] for row in dialog.rows] == ["演示服务平台", "Demo Ltd"]


def test_rows_are_copied_as_a_block(qtbot: QtBot, open_window: OpenWindow, bureau: Workspace) -> None:
    page = open_window(bureau).page.form
    dialog = open_list(qtbot, page, bureau)
    clip("甲\tA\n乙\tB\n")
    press(Key.Key_V, modifier=CONTROL)
    dialog.table.setCurrentIndex(dialog.model.index(0, 0))
    press(Key.Key_Right, Key.Key_Down, modifier=SHIFT)
    press(Key.Key_C, modifier=CONTROL)
    assert QGuiApplication.clipboard().text() == "甲\tA\n乙\tB"
    press(Key.Key_Delete)
    assert names(page) == []
    press(Key.Key_Z, modifier=CONTROL)
    assert len(figure(page).rows) == 2


def test_undo_and_redo_in_the_list_and_undo_after_it(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace
) -> None:
    page = open_window(bureau).page.form
    dialog = open_list(qtbot, page, bureau)
    for text in ("甲", "乙"):
        dialog.table.setCurrentIndex(dialog.model.index(dialog.model.rowCount() - 1, 0))
        type_text(text)
        press(Key.Key_Return)
    assert len(figure(page).rows) == 2
    press(Key.Key_Z, modifier=CONTROL)
    assert len(figure(page).rows) == 1
    press(Key.Key_Y, modifier=CONTROL)
    assert len(figure(page).rows) == 2
    press(*[Key.Key_Z] * 3, modifier=CONTROL)
    assert "没有可以撤销" in dialog.summary.text()
    assert figure(page) == Figure()
    press(Key.Key_Y, modifier=CONTROL)
    press(Key.Key_Escape)
    page.window().activateWindow()
    page.view.setFocus()
    assert len(figure(page).rows) == 1
    page.undo()
    assert figure(page) == Figure()


def test_what_is_being_typed_is_kept_on_closing(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace
) -> None:
    page = open_window(bureau).page.form
    dialog = open_list(qtbot, page, bureau)
    type_text("甲")
    dialog.accept()
    assert len(figure(page).rows) == 1


def test_after_handing_in_the_list_can_be_read_only(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace
) -> None:
    page = open_window(bureau).page.form
    session = bureau.form("scjg", YEAR_END)
    session.set_rows("service_platforms", ({session.plan.element("service_platforms").columns[0].id: "甲"},))
    session._life = dataclasses.replace(session.life, state=LifeState.SUBMITTED)
    page.set_session(session)
    page.view.show_address("service_platforms")
    press(Key.Key_F4)
    dialog = page.findChild(ListDialog)
    assert isinstance(dialog, ListDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.model.rowCount() == 1
    type_text("x")
    press(Key.Key_Delete)
    press(Key.Key_Delete, modifier=CONTROL)
    assert focused() is dialog.table
    assert dialog.model.index(0, 0).data() == "甲"


def test_a_count_cannot_be_typed_over_the_names_it_counts(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace
) -> None:
    page = open_window(bureau).page.form
    session = bureau.form("scjg", YEAR_END)
    column = session.plan.element("service_platforms").columns[0].id
    session.set_rows("service_platforms", ({column: "甲"}, {column: "乙"}))
    page.set_session(session)
    said: list[str] = []
    page.said.connect(said.append)
    page.view.show_address("service_platforms")
    for key in (Key.Key_7, Key.Key_F2, Key.Key_F3):
        said.clear()
        press(key)
        assert focused() is page.view
        assert "按 F4 改名单" in said[-1]
    assert len(figure(page).rows) == 2
    session.type_figure("service_platforms", "2")
    assert len(figure(page).rows) == 2, "the same count names the same"


def test_the_list_model_keeps_the_contract_of_models(bureau: Workspace) -> None:
    element = bureau.plan.element("service_platforms")
    id_ = element.columns[0].id
    model = ListModel(element, [{id_: "A"}], YEAR_END.end)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.setData(model.index(1, 0), "B")
    assert not model.setData(model.index(2, 0), "  ")
    assert not model.setData(model.index(0, model.columnCount() - 1), "x")
    assert model.put(1, 0, [("C", "1"), ("D", "2"), ("E", "3")]) == 3
    assert model.rowCount() == 5
    model.remove([0])
    model.remove([9])
    assert [row[id_] for row in model.rows()] == ["C", "D", "E"]
    model.empty([(0, 0), (9, 9)])
    assert model.undo() and model.undo(redo=True)
    assert model.put(0, 0, []) == 0
    bureau.close()


def issue(zone: Workspace, count: int) -> None:
    zone.set_references(
        [ReferenceFigure("service_platforms", "jingkai", Decimal(count), YEAR_END.end, source="演示")]
    )


def codes(page: FormPage) -> list[str]:
    assert page.session is not None
    return [f.code for f in page.session.findings if f.address == "service_platforms"]


def test_the_names_of_an_issued_list_answer_it_and_say_so(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    issue(zone, 2)
    window = open_window(zone)
    page = window.page.form
    page.set_session(zone.form("jingkai", YEAR_END))
    page.view.show_address("service_platforms")
    press(Key.Key_F4)
    dialog = page.findChild(ListDialog)
    assert isinstance(dialog, ListDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert "下发数是2" in dialog.summary.text() and "空格键确认" in dialog.summary.text()
    type_text("演示甲平台")
    press(Key.Key_Return)
    assert "已记为异议" in dialog.summary.text()
    assert figure(page).answer is Answer.DISPUTED and codes(page) == ["issued.disputed"]
    dialog.table.setCurrentIndex(dialog.model.index(1, 0))
    type_text("演示乙平台")
    press(Key.Key_Return)
    assert "核对相符" in dialog.summary.text()
    assert figure(page).answer is Answer.CONFIRMED and codes(page) == []
    press(Key.Key_Escape)
    assert "核对相符" in window.statusBar().currentMessage()


def test_an_issued_list_is_confirmed_with_one_key_without_names(
    open_window: OpenWindow, zone: Workspace
) -> None:
    issue(zone, 2)
    page = open_window(zone).page.form
    page.set_session(zone.form("jingkai", YEAR_END))
    page.view.show_address("service_platforms")
    press(Key.Key_Space)
    assert figure(page).answer is Answer.CONFIRMED
    assert codes(page) == [], "nobody types what the owner knows"
    page.view.show_address("service_platforms")
    press(Key.Key_Slash)
    assert figure(page).answer is Answer.DISPUTED, "无此项业务 against an issued two is an answer too"


def test_a_bare_count_is_told_to_name_its_rows(open_window: OpenWindow, bureau: Workspace) -> None:
    window = open_window(bureau)
    page = window.page.form
    page.set_session(bureau.form("scjg", YEAR_END))
    page.view.show_address("service_platforms")
    type_text("3")
    QApplication.processEvents()  # it is said once no key waits
    editor = focused()
    assert "按 F4 列出名单" in editor.accessibleDescription()
    press(Key.Key_Return)
    assert "按 F4 列出名单" in window.statusBar().currentMessage()
    assert "list.no_rows" in codes(page)


def test_beside_a_list_errors_stand_before_doubts(open_window: OpenWindow, bureau: Workspace) -> None:
    page = open_window(bureau).page.form
    session = bureau.form("scjg", YEAR_END)
    columns = {column.type: column.id for column in session.plan.element("service_platforms").columns}
    row = {"name": "演示甲", columns[ColumnType.CREDIT_CODE]: "123", columns[ColumnType.DATE]: "2024"}
    session.set_rows("service_platforms", (row,))
    page.set_session(session)
    page.view.show_address("service_platforms")
    shown = page.detail.findChild(QListWidget)
    assert isinstance(shown, QListWidget)
    texts = [shown.item(n).text() for n in range(shown.count())]
    assert texts[0].startswith("【错误】") and any(text.startswith("【待说明】") for text in texts)


def test_an_empty_clipboard_is_said_in_a_list_too(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace
) -> None:
    dialog = open_list(qtbot, open_window(bureau).page.form, bureau)
    QGuiApplication.clipboard().clear()
    press(Key.Key_V, modifier=CONTROL)
    assert "没有可以粘贴的" in dialog.summary.text()
