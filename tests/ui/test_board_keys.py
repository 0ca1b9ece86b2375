"""The board by keys: to what waits, into it, and back; what belongs to the form rests behind it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from desktop.workspace import Workspace
from tests.core.workspace.workspaces import Q3
from tests.end2end.troubled_round import edit_figure
from tests.ui.conftest import OpenWindow
from tests.ui.test_review_window import WHY, handed_in, on_board, shown, state
from tests.ui.window_keys import ALT, CONTROL, Key, focused, press, type_text
from ui.consolidation.board_page import INBOX, TOTALS
from ui.consolidation.conflict_dialog import ConflictDialog
from ui.consolidation.edited_dialog import EditedDialog
from ui.consolidation.halves import UNITS
from ui.consolidation.return_dialog import ReturnDialog


def test_f8_goes_to_what_waits_and_enter_into_it(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, bureau: Workspace
) -> None:
    files = handed_in(tmp_path / "a", "7"), handed_in(tmp_path / "b", "8")
    _, page = on_board(open_window, bureau, *files)
    assert "待处理\u00a01" in page.counts.text()
    page.table.selectRow(0)
    press(Key.Key_F8)
    assert page.unit_actions.unit == "tanggu"
    assert "→ 按回车逐处对照" in page.unit_line.text()
    press(Key.Key_Return)
    dialog = shown(qtbot, page, ConflictDialog)
    assert isinstance(dialog, ConflictDialog)
    rows = dialog.model.rowCount()
    assert rows > 1
    for number in range(rows):
        assert dialog.table.currentIndex().row() == number, "the next one that waits is chosen"
        press(Key.Key_2)
    press(Key.Key_Return)
    assert focused() is dialog.reason, "everything is chosen: only the reason is missing"
    type_text(WHY)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: state(bureau) == "已接收")
    qtbot.waitUntil(lambda: "出错说明待审" in page.unit_line.text())


def test_f8_says_where_nobody_waits(open_window: OpenWindow, bureau: Workspace) -> None:
    window = open_window(bureau)
    press(Key.Key_3, modifier=CONTROL)
    press(Key.Key_F8)
    assert "没有等着处理" in window.statusBar().currentMessage()
    assert focused() is window.page.board.table


def test_f6_goes_between_units_and_results(open_window: OpenWindow, bureau: Workspace) -> None:
    window = open_window(bureau)
    press(Key.Key_3, modifier=CONTROL)
    page = window.page.board
    page.tabs.setCurrentIndex(INBOX)
    page.table.setFocus()
    press(Key.Key_F6)
    assert focused() is page.inbox.table
    press(Key.Key_F6)
    assert focused() is page.table


def test_nothing_is_undone_behind_the_board(open_window: OpenWindow, bureau: Workspace) -> None:
    window = open_window(bureau)
    session = window.page.form.session
    assert session is not None
    element = session.form.due_rows[0].element.id
    session.type_figure(element, "7").saved.result()
    press(Key.Key_3, modifier=CONTROL)
    press(Key.Key_Z, modifier=CONTROL)
    assert session.section.figure(element).reported
    assert "Ctrl+1" in window.statusBar().currentMessage()


@pytest.mark.parametrize(("height", "together"), [(600, False), (1080, True)])
def test_on_a_low_window_the_units_are_a_tab(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace, height: int, together: bool
) -> None:
    window = open_window(bureau)
    window.resize(QSize(1024, height))
    press(Key.Key_3, modifier=CONTROL)
    page = window.page.board
    qtbot.waitUntil(lambda: page.halves.together is together)
    assert focused() is page.table and page.table.isVisible()
    page.tabs.setCurrentIndex(TOTALS)
    assert page.table.isVisible() is together and page.total_table.isVisible()
    press(Key.Key_3, modifier=CONTROL)
    assert page.table.isVisible() and focused() is page.table
    window.resize(QSize(1024, 1080 if height == 600 else 600))
    qtbot.waitUntil(lambda: page.halves.together is not together)
    assert page.table.isVisible() and focused() is page.table
    assert page.tabs.isTabVisible(UNITS) is together


def test_what_was_edited_outside_goes_back_with_the_cells_named(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, bureau: Workspace
) -> None:
    sent = handed_in(tmp_path / "a", "7")
    edit_figure(sent, "training_visits", 77)
    _, page = on_board(open_window, bureau, sent)
    press(Key.Key_V, modifier=ALT)
    edited = shown(qtbot, page, EditedDialog)
    assert isinstance(edited, EditedDialog)
    assert edited.model.text(0, 3) == "77"
    edited.send_back.setFocus()
    press(Key.Key_Space)
    back = shown(qtbot, page, ReturnDialog)
    assert isinstance(back, ReturnDialog)
    (comment,) = back.places.comments
    assert comment.address == "training_visits" and "77" in comment.text
    assert not back.go.isEnabled(), "what is asked in general is still to be said"
    back.reject()


def test_f8_stops_at_edited_files_until_somebody_says_that_they_hold(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, bureau: Workspace
) -> None:
    sent = handed_in(tmp_path / "a", "7")
    edit_figure(sent, "training_visits", 77)
    _, page = on_board(open_window, bureau, sent)
    press(Key.Key_F8)
    assert "改动的 1 处待核对" in page.unit_line.text()
    assert "核对过就认可" in page.unit_line.text()
    press(Key.Key_Return)
    edited = shown(qtbot, page, EditedDialog)
    assert isinstance(edited, EditedDialog)
    edited.hold.setFocus()
    press(Key.Key_Space)
    assert "写一句怎么核对的" in edited.head.text()
    assert edited.reason.hasFocus()
    type_text("演示：已电话核实")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: "待核对" not in page.unit_line.text())
    assert "核对过就认可" not in page.unit_line.text()
    decision = bureau.review.decisions(Q3)[-1]
    assert (decision.label, decision.reason, decision.losers) == ("认可改动", "演示：已电话核实", ())
    bureau.review.undo(decision.id, reason="演示：看错了")
    assert next(row for row in bureau.board(Q3).rows if row.unit.id == "tanggu").edits == 1
