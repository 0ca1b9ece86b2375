"""退回 on the board and in the clerk's window, by keys: the form opens at the place that is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from desktop.workspace import Workspace
from tests.core.workspace.workspaces import fill_everything
from tests.ui.conftest import PERIOD, OpenWindow
from tests.ui.test_receiving_window import shown
from tests.ui.window_keys import CONTROL, Key, press, type_text
from ui.consolidation.board_page import BoardPage
from ui.consolidation.place_model import COL_COMMENT, COL_PLACE, PlaceModel
from ui.consolidation.return_dialog import ReturnDialog
from ui.main_window import MainWindow

SAID = "演示：培训人次请核实"
AT = "演示：与签到表不符"


@pytest.fixture
def sent(tmp_path: Path, street: Workspace) -> Path:
    """塘沽街道's submission."""
    session = street.form("tanggu", PERIOD)
    fill_everything(session)
    return street.submit_form(session, tmp_path).path


def choose(table: QTableView, text: str) -> None:
    model = table.model()
    rows = [row for row in range(model.rowCount()) if text in str(model.index(row, 0).data())]
    table.setCurrentIndex(model.index(rows[0], table.currentIndex().column() if table.hasFocus() else 0))


def on_board(open_window: OpenWindow, bureau: Workspace, sent: Path) -> tuple[MainWindow, BoardPage]:
    bureau.take_in([sent])
    window = open_window(bureau)
    press(Key.Key_3, modifier=CONTROL)
    page = window.page.board
    choose(page.table, "塘沽街道")
    return window, page


def dialog_of(qtbot: QtBot, page: BoardPage) -> ReturnDialog:
    found: list[ReturnDialog] = []

    def visible() -> bool:
        found[:] = [d for d in page.findChildren(ReturnDialog) if d.isVisible()]
        return len(found) == 1 and found[0].isActiveWindow()

    qtbot.waitUntil(visible)
    return found[0]


def test_a_report_goes_back_and_the_clerk_lands_on_the_place(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace, street: Workspace, sent: Path
) -> None:
    window, page = on_board(open_window, bureau, sent)
    page.unit_actions.send_back.setFocus()
    press(Key.Key_Space)
    dialog = dialog_of(qtbot, page)
    assert not dialog.go.isEnabled(), "without a word nothing goes back"
    dialog.comment.setFocus()
    type_text(SAID)
    assert dialog.go.isEnabled()
    press(Key.Key_Tab)
    assert dialog.table.hasFocus()
    names = [dialog.places.index(row, COL_PLACE).data() for row in range(dialog.places.rowCount())]
    dialog.table.setCurrentIndex(dialog.places.index(names.index("知识产权培训和宣传"), COL_COMMENT))
    press(Key.Key_F2)
    type_text(AT)
    press(Key.Key_Return)
    qtbot.waitUntil(dialog.table.hasFocus)
    dialog.go.setFocus()
    press(Key.Key_Space)
    assert "已退回" in window.statusBar().currentMessage()
    assert next(row.label for row in bureau.board(PERIOD).rows if row.unit.id == "tanggu") == "已退回"
    (mail,) = page.unit_actions.folder.glob("退回通知*.eml")
    assert page.unit_actions.show_folder.isVisible()

    other = open_window(street)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(mail))])
    place, copy = QPointF(QPoint(20, 20)), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    other.page.dropEvent(QDropEvent(place, copy, data, left, none))
    before = shown(qtbot, other)
    assert AT in before.text.toPlainText() and SAID in before.text.toPlainText()
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: "已接收" in shown(qtbot, other).windowTitle())
    press(Key.Key_Escape)
    session = other.page.session
    assert session is not None and not session.locked and session.life.revision == 2
    assert SAID in other.page.form.banner.text
    listed = other.page.form.findings.model
    said = [listed.finding(row) for row in range(listed.rowCount())]
    assert any(f.code == "return.comment" and AT in f.params["said"] for f in said)
    current = other.page.form.view.currentIndex()
    assert current.siblingAtColumn(0).data().strip() == "知识产权培训和宣传"


def test_blank_forms_receipts_and_reminders_are_written_from_the_board(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace, sent: Path
) -> None:
    window, page = on_board(open_window, bureau, sent)
    actions = page.unit_actions
    for button in (actions.receipt, actions.blank):
        button.setFocus()
        press(Key.Key_Space)
    assert "空白报表" in window.statusBar().currentMessage()
    actions.remind.setFocus()
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: "催报邮件草稿" in window.statusBar().currentMessage(), timeout=30_000)
    names = [path.name for path in actions.folder.iterdir()]
    assert "回执_塘沽街道_2024Q3_第1版.xlsx" in names and "回执_塘沽街道_2024Q3_第1版.eml" in names
    assert "空白报表_塘沽街道_2024Q3.xlsx" in names
    assert sum(name.startswith("催报_") for name in names) > 40
    choose(page.table, "泰达街道")
    assert not actions.send_back.isEnabled() and not actions.receipt.isEnabled()
    assert actions.blank.isEnabled()


def test_the_places_are_a_sound_model(qtbot: QtBot, bureau: Workspace, sent: Path) -> None:
    (outcome,) = bureau.take_in([sent])
    model = PlaceModel(bureau.content(outcome.digest), bureau.plan)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.setData(model.index(0, COL_COMMENT), "  演示  ")
    assert not model.setData(model.index(0, COL_PLACE), "演示")
    (comment,) = model.comments
    assert (comment.text, comment.unit) == ("演示", "tanggu")
    assert model.setData(model.index(0, COL_COMMENT), "")
    assert model.comments == ()
