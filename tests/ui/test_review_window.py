"""收件箱, 对照, 单位详情 and 全年 by keys: what is decided is kept, and can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog, QTableView
from pytestqt.qtbot import QtBot

from desktop.workspace import Workspace
from tests.core.workspace.workspaces import Q3, at, explain_all, fill_everything, make
from tests.ui.conftest import OpenWindow
from tests.ui.window_keys import CONTROL, Key, press, type_text
from ui.consolidation import board_page
from ui.consolidation.board_model import COL_PAPER, COL_REVISION
from ui.consolidation.board_page import INBOX, YEAR, BoardPage
from ui.consolidation.compare_model import CompareModel
from ui.consolidation.conflict_dialog import ConflictDialog
from ui.consolidation.edited_dialog import EditedDialog
from ui.consolidation.received_dialog import ReceivedDialog
from ui.consolidation.return_dialog import ReturnDialog
from ui.consolidation.unit_dialog import UnitDialog
from ui.consolidation.unit_tables import DECISIONS, EXPLANATIONS, REVISIONS
from ui.main_window import MainWindow

WHY = "演示：与街道电话核对"


def handed_in(folder: Path, visits: str) -> Path:
    """塘沽街道's first revision, typed in a workspace of its own."""
    folder.mkdir()
    with make(folder, "tanggu") as clerk:
        before = clerk.form("tanggu", Q3.previous)
        fill_everything(before, "90")
        clerk.submit_form(before, folder)
        session = clerk.form("tanggu", Q3)
        fill_everything(session, "20")
        session.type_figure("training_visits", visits)
        explain_all(session)
        return clerk.submit_form(session, folder).path


def on_board(open_window: OpenWindow, bureau: Workspace, *paths: Path) -> tuple[MainWindow, BoardPage]:
    bureau.take_in(list(paths))
    window = open_window(bureau)
    press(Key.Key_3, modifier=CONTROL)
    page = window.page.board
    rows = [r for r in range(page.filter.rowCount()) if page.filter.index(r, 0).data() == "塘沽街道"]
    page.table.setCurrentIndex(page.filter.index(rows[0], 0))
    return window, page


def shown(qtbot: QtBot, page: BoardPage, kind: type[QDialog]) -> QDialog:
    found: list[QDialog] = []

    def visible() -> bool:
        found[:] = [d for d in page.findChildren(kind) if d.isVisible()]
        return len(found) == 1 and found[0].isActiveWindow()

    qtbot.waitUntil(visible)
    return found[0]


def back_on(qtbot: QtBot, page: BoardPage) -> None:
    """The window below has the keyboard again; without a screen nobody else gives it back."""
    page.window().activateWindow()
    qtbot.waitUntil(page.window().isActiveWindow)


def texts(table: QTableView, column: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def state(bureau: Workspace) -> str:
    return next(row.label for row in bureau.board(Q3).rows if row.unit.id == "tanggu")


def test_the_inbox_lists_every_file_with_what_was_said(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, bureau: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = tmp_path / "通知.xlsx"
    notes.write_bytes(b"no workbook at all")
    _, page = on_board(open_window, bureau, handed_in(tmp_path / "a", "7"), notes)
    page.tabs.setFocus()
    page.tabs.setCurrentIndex(INBOX)
    assert page.tabs.tabText(INBOX) == "收件箱（2）"
    inbox = page.inbox
    assert texts(inbox.table, 1)[0] == "通知.xlsx" and texts(inbox.table, 2) == ["不接收", "已接收"]
    assert "【不接收】" in inbox.detail.text() and str(notes) in inbox.detail.text()
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    inbox.open_folder.setFocus()
    press(Key.Key_Space)
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path]
    inbox.verdict.setFocus()
    press(Key.Key_Down)
    assert texts(inbox.table, 2) == ["已接收"]


def test_files_that_came_on_a_stick_are_taken_in_as_of_their_day(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, bureau: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = handed_in(tmp_path / "a", "7")
    monkeypatch.setattr(board_page, "open_files", lambda *_asked: [sent])
    _, page = on_board(open_window, bureau)
    page.ask_for_older_files()
    dialog = shown(qtbot, page, ReceivedDialog)
    assert isinstance(dialog, ReceivedDialog)
    assert dialog.date.hasFocus() and dialog.day == bureau.today
    dialog.date.setCurrentSection(dialog.date.Section.DaySection)
    press(Key.Key_Down, Key.Key_Down)
    dialog.go.setFocus()
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: state(bureau) == "已接收")
    [file] = bureau.review.files()
    assert (file.received.date().isoformat(), file.told) == ("2024-10-03", "2024-10-03")
    page.tabs.setCurrentIndex(INBOX)
    assert "收到日期由经办人填写" in page.inbox.detail.text()


def test_a_conflict_is_decided_cell_by_cell_with_a_reason(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, bureau: Workspace
) -> None:
    first, second = handed_in(tmp_path / "a", "7"), handed_in(tmp_path / "b", "8")
    window, page = on_board(open_window, bureau, first, second)
    assert state(bureau) == "冲突"
    page.unit_actions.compare.setFocus()
    press(Key.Key_Space)
    dialog = shown(qtbot, page, ConflictDialog)
    assert isinstance(dialog, ConflictDialog)
    assert not dialog.go.isEnabled(), "nothing is chosen beforehand"
    assert "知识产权培训和宣传" in texts(dialog.table, 0)
    dialog.table.setFocus()
    row = texts(dialog.table, 0).index("知识产权培训和宣传")
    column = 2 + texts_of_row(dialog.table, row)[2:4].index("8")
    for number in range(dialog.model.rowCount()):
        dialog.table.selectRow(number)
        press(Key(Key.Key_0 + column - 1))
    assert dialog.left.text().startswith("每一处都已选定") and not dialog.go.isEnabled()
    dialog.reason.setFocus()
    type_text(WHY)
    dialog.go.setFocus()
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: state(bureau) == "已接收")
    assert "已选定" in window.statusBar().currentMessage()
    accepted = next(row.accepted for row in bureau.board(Q3).rows if row.unit.id == "tanggu")
    section = bureau.content(accepted).sections[0]
    assert str(section.figure("training_visits").value) == "8"

    back_on(qtbot, page)
    page.unit_actions.details.setFocus()
    press(Key.Key_Space)
    unit = shown(qtbot, page, UnitDialog)
    assert isinstance(unit, UnitDialog)
    unit.tabs.setCurrentIndex(DECISIONS)
    assert texts(unit.tables[DECISIONS], 3) == [WHY]
    unit.reason.setFocus()
    type_text("演示：街道来电")
    unit.undo.setFocus()
    press(Key.Key_Space)
    assert state(bureau) == "冲突"
    assert "演示：街道来电" in texts(unit.tables[DECISIONS], 4)[0]


def texts_of_row(table: QTableView, row: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


def test_explanations_are_judged_and_a_rejected_one_stands_in_the_return(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, bureau: Workspace
) -> None:
    _, page = on_board(open_window, bureau, handed_in(tmp_path / "a", "20"))
    page.table.setFocus()
    press(Key.Key_Return)
    dialog = shown(qtbot, page, UnitDialog)
    assert isinstance(dialog, UnitDialog)
    dialog.tabs.setCurrentIndex(EXPLANATIONS)
    table = dialog.tables[EXPLANATIONS]
    count = table.model().rowCount()
    assert count > 1 and set(texts(table, 0)) == {"待审"}
    table.setFocus()
    dialog.disagree.setFocus()
    dialog.reason.setFocus()
    type_text(WHY)
    dialog.disagree.setFocus()
    press(Key.Key_Space)
    assert texts(table, 0)[0] == "不予认可" and texts(table, 5)[0] == WHY
    assert table.currentIndex().row() == 1, "the next that waits is chosen"
    dialog.agree.setFocus()
    for _ in range(count - 1):
        press(Key.Key_Space)
    assert set(texts(table, 0)[1:]) == {"认可"}
    assert state(bureau) == "有疑问"
    press(Key.Key_Escape)
    back_on(qtbot, page)
    page.unit_actions.send_back.setFocus()
    press(Key.Key_Space)
    back = shown(qtbot, page, ReturnDialog)
    assert isinstance(back, ReturnDialog)
    (comment,) = back.places.comments
    assert (comment.text, bool(comment.finding)) == (WHY, True)


def test_paper_extension_and_taking_back_an_acceptance(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, bureau: Workspace
) -> None:
    _, page = on_board(open_window, bureau, handed_in(tmp_path / "a", "7"))
    page.unit_actions.details.setFocus()
    press(Key.Key_Space)
    dialog = shown(qtbot, page, UnitDialog)
    assert isinstance(dialog, UnitDialog)
    assert "纸质件：未收" in dialog.head.text() and "按时" in dialog.head.text()
    dialog.paper_agrees.setFocus()
    press(Key.Key_Space)
    assert "纸质件：相符（2024-10-05）" in dialog.head.text()
    assert page.filter.index(page.table.currentIndex().row(), COL_PAPER).data() == "相符"
    dialog.reason.setFocus()
    type_text("演示：停电")
    dialog.approver.setFocus()
    type_text("演示科长")
    dialog.extend.setFocus()
    press(Key.Key_Space)
    assert "已延期至" in dialog.head.text() and "演示科长" in dialog.head.text()
    dialog.tabs.setCurrentIndex(REVISIONS)
    dialog.reason.setFocus()
    type_text("演示：误发")
    dialog.set_aside.setFocus()
    press(Key.Key_Space)
    assert state(bureau) == "已报待审"
    assert [row.accepted for row in bureau.board(Q3).rows if row.unit.id == "tanggu"] == [""]
    assert not dialog.set_aside.isEnabled()
    dialog.tabs.setCurrentIndex(DECISIONS)
    decided = texts(dialog.tables[DECISIONS], 2)
    assert decided[-1] == "撤销接收" and decided[1].startswith("延期至")
    dialog.tables[DECISIONS].selectRow(1)
    dialog.reason.setFocus()
    type_text("演示：不必延期")
    dialog.undo.setFocus()
    press(Key.Key_Space)
    assert "已延期至" not in dialog.head.text() and bureau.extensions(Q3) == ()
    assert "不必延期" in texts(dialog.tables[DECISIONS], 4)[1]


def test_a_correction_is_called_so_on_the_board_and_on_the_unit_s_page(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, bureau: Workspace
) -> None:
    first = handed_in(tmp_path / "a", "7")
    with Workspace.open(tmp_path / "a" / "tanggu.zhibao", person="演示员", clock=at("2024-10-06")) as clerk:
        session = clerk.start_revision(clerk.form("tanggu", Q3))
        session.type_figure("training_visits", "9")
        explain_all(session)
        second = clerk.submit_form(session, tmp_path / "a", correction=True).path
    _, page = on_board(open_window, bureau, first, second)
    at_row = page.table.currentIndex().row()
    assert page.filter.index(at_row, COL_REVISION).data() == "第 2 版 更正单"
    assert "（其中 更正单 1）" in page.counts.text()
    page.unit_actions.details.setFocus()
    press(Key.Key_Space)
    dialog = shown(qtbot, page, UnitDialog)
    assert isinstance(dialog, UnitDialog)
    assert "第1号更正单" in dialog.head.text()
    assert texts(dialog.tables[REVISIONS], 0) == ["1", "2　更正单"]


def test_a_file_without_edits_says_so_in_the_same_place(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, bureau: Workspace
) -> None:
    _, page = on_board(open_window, bureau, handed_in(tmp_path / "a", "7"))
    page.unit_actions.compare.setFocus()
    press(Key.Key_Space)
    dialog = shown(qtbot, page, EditedDialog)
    assert isinstance(dialog, EditedDialog)
    assert "没有在软件外改动过" in dialog.head.text()


def test_the_year_leads_to_a_unit_and_the_board_filters_by_superior(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, bureau: Workspace
) -> None:
    _, page = on_board(open_window, bureau, handed_in(tmp_path / "a", "7"))
    page.tabs.setCurrentIndex(YEAR)
    table = page.year.table
    titles = [
        str(page.year.model.headerData(c, Qt.Orientation.Horizontal)) for c in range(page.year.model.columns)
    ]
    row, column = texts(table, 0).index("塘沽街道"), titles.index("第三季度")
    assert table.model().index(row, column).data() == "已接收"
    assert texts(table, titles.index("报齐"))[row] == "1/3", "Q1 and Q2 never came"
    table.setCurrentIndex(table.model().index(row, column))
    table.setFocus()
    press(Key.Key_Return)
    dialog = shown(qtbot, page, UnitDialog)
    assert isinstance(dialog, UnitDialog) and dialog.page.unit.id == "tanggu"
    assert "还有" in page.counts.text() or "截止" not in page.counts.text()


def test_the_models_of_the_review_are_sound(qtbot: QtBot, tmp_path: Path, bureau: Workspace) -> None:
    bureau.take_in([handed_in(tmp_path / "a", "7"), handed_in(tmp_path / "b", "8")])
    row = next(row for row in bureau.board(Q3).rows if row.unit.id == "tanggu")
    model = CompareModel(bureau.review.compare("tanggu", Q3, row.choices))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.choose_all(1)
    assert model.open == 0 and model.choice == (row.choices[1], {})
    model.choose(0, 0)
    assert model.chosen(0) == 0 and model.chosen(1) == 1
    model.show_cells(different=False)
    assert any(model.index(r, model.columns - 1).data() == "相同" for r in range(model.rowCount()))
    bureau.close()


def test_an_error_sent_along_is_let_pass_with_a_reason(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, bureau: Workspace
) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    with make(folder, "tanggu") as clerk:
        session = clerk.form("tanggu", Q3)
        fill_everything(session)
        session.clear("training_visits")
        explain_all(session)
        path = clerk.submit_form(session, folder).path
    _, page = on_board(open_window, bureau, path)
    assert state(bureau) == "已报待审"
    page.table.setFocus()
    press(Key.Key_Return)
    dialog = shown(qtbot, page, UnitDialog)
    assert isinstance(dialog, UnitDialog)
    dialog.tabs.setCurrentIndex(EXPLANATIONS)
    table = dialog.tables[EXPLANATIONS]
    table.selectRow(next(n for n, said in enumerate(texts(table, 2)) if "带错上报" in said))
    dialog.reason.setFocus()
    type_text(WHY)
    dialog.release.setFocus()
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: state(bureau) == "已接收")
    assert not dialog.release.isEnabled()
    assert "放行" in texts(dialog.tables[DECISIONS], 2)
