"""List elements: rows are typed, their count is the figure."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.model.period import Period
from desktop.workspace import Workspace
from tests.ui.conftest import OpenWindow
from tests.ui.window_keys import CONTROL, Key, press, type_text
from ui.entry.list_dialog import ListDialog, ListModel

YEAR_END = Period.parse("2024Q4")


def test_rows_typed_with_the_keyboard_are_counted(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace
) -> None:
    window = open_window(bureau)
    page = window.page.form
    page.set_session(bureau.form("scjg", YEAR_END))
    assert page.view.show_address("service_platforms")
    press(Key.Key_F4)
    dialog = page.findChild(ListDialog)
    assert isinstance(dialog, ListDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    type_text("Platform A")
    columns = len(dialog.element.columns)
    press(*[Key.Key_Return] * columns)
    type_text("Platform B")
    press(Key.Key_Tab, *[Key.Key_Return] * (columns - 1))
    type_text("gone")
    press(Key.Key_Return)
    press(Key.Key_Delete, modifier=CONTROL)
    dialog.accept()
    assert page.session is not None
    figure = page.session.section.figure("service_platforms")
    assert figure.value == Decimal(2)
    assert [row["name"] for row in figure.rows] == ["Platform A", "Platform B"]


def test_the_list_model_keeps_the_contract_of_models(bureau: Workspace) -> None:
    model = ListModel(bureau.plan.element("service_platforms"), [{"name": "A"}])
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.setData(model.index(1, 0), "B")
    assert not model.setData(model.index(2, 0), "  ")
    assert model.rowCount() == 3
    model.remove(0)
    model.remove(9)
    assert model.rows() == ({"name": "B"},)
    bureau.close()
