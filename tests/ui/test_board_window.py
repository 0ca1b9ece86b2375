"""The consolidator: dropped files get a verdict each, the board follows, the workbook is exported."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.workspace import EditedCellView, FileOutcome, IndicatorTotal, Workspace
from desktop.workspace.intake.converting import Converter
from tests.ui.conftest import PERIOD, OpenWindow, clock
from tests.ui.window_keys import CONTROL, Key, press
from ui.consolidation.board_model import COL_STATE, BoardFilter, BoardModel
from ui.consolidation.board_page import BoardPage
from ui.consolidation.result_models import OutcomeModel, TotalModel

MOST_MS = 30_000


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A folder with 塘沽街道's submission and a file that is none."""
    folder = tmp_path / "mail"
    folder.mkdir()
    with Workspace.create(tmp_path / "sender.zhibao", ["tanggu"], person="演示员", clock=clock) as sender:
        session = sender.form("tanggu", PERIOD)
        for row in session.form.due_rows:
            if row.mode.value == "entered":
                session.type_figure(row.element.id, "12")
        sender.submit_form(session, folder)
    (folder / "notes.xlsx").write_bytes(b"no workbook at all")
    return folder


def drop(page: BoardPage, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place, copy = QPoint(20, 20), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(place), copy, data, left, none))


def state_of(page: BoardPage, unit: str) -> str:
    for row in range(page.board.rowCount()):
        if page.board.row(row).unit.id == unit:
            return str(page.board.index(row, COL_STATE).data())
    raise AssertionError(unit)


def test_dropped_files_get_a_verdict_each(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace, sent: Path
) -> None:
    window = open_window(bureau)
    press(Key.Key_3, modifier=CONTROL)
    page = window.page.board
    assert page.isVisible()
    before = state_of(page, "tanggu")
    drop(page, sent)
    qtbot.waitUntil(lambda: page.outcomes.rowCount() == 2, timeout=MOST_MS)
    verdicts = {page.outcomes.outcome(row).verdict: page.outcomes.outcome(row) for row in range(2)}
    assert set(verdicts) == {"accepted", "rejected"}
    assert verdicts["accepted"].unit == "tanggu"
    assert verdicts["rejected"].reason
    assert page.outcomes.outcome(0).verdict == "rejected", "what needs a person stands first"
    assert state_of(page, "tanggu") != before
    assert "收取 2 个文件" in window.statusBar().currentMessage()


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_old_formats_are_offered_to_be_converted(
    qtbot: QtBot,
    open_window: OpenWindow,
    bureau: Workspace,
    sent: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (made,) = sent.glob("知报*.xlsx")
    old, program = tmp_path / "旧格式.et", tmp_path / "soffice"
    old.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    program.write_text(f'#!/bin/sh\nfor last; do :; done\ncp "{made}" "$(dirname "$last")/out/in.xlsx"\n')
    program.chmod(0o755)
    monkeypatch.setattr(
        "desktop.workspace.intake.rereading.find_converter", lambda: Converter("LibreOffice", program)
    )
    page = open_window(bureau).page.board
    press(Key.Key_3, modifier=CONTROL)
    assert not page.convert.isVisible()
    drop(page, old)
    qtbot.waitUntil(page.convert.isVisible, timeout=MOST_MS)
    assert page.outcomes.outcome(0).verdict == "rejected"
    page.convert.click()
    qtbot.waitUntil(lambda: page.outcomes.outcome(0).verdict == "accepted", timeout=MOST_MS)
    assert "LibreOffice" in page.outcomes.outcome(0).reason
    assert not page.convert.isVisible()


def test_export_writes_the_workbook_and_shows_the_indicators(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow, bureau: Workspace
) -> None:
    page = open_window(bureau).page.board
    press(Key.Key_3, modifier=CONTROL)
    out = tmp_path / "merged.xlsx"
    page.export_to(out, overwrite=False)
    qtbot.waitUntil(lambda: page.totals.rowCount() == 20, timeout=MOST_MS)
    assert out.is_file()
    assert page.open_folder.isVisible()


def test_the_board_filters_by_state_and_kind(open_window: OpenWindow, bureau: Workspace) -> None:
    page = open_window(bureau).page.board
    press(Key.Key_3, modifier=CONTROL)
    everyone = page.filter.rowCount()
    page.filters.kind.setCurrentIndex(page.filters.kind.findData("town"))
    page.filters.kind.activated.emit(page.filters.kind.currentIndex())
    assert page.filter.rowCount() == 5
    towns = [row for row in bureau.board(PERIOD).rows if row.unit.kind == "town"]
    state = page.filters.state
    assert state.itemText(0) == "全部状态 5"
    counted = {state.itemData(n): state.itemText(n).rsplit(" ", 1)[1] for n in range(1, state.count())}
    for name, count in counted.items():
        assert int(count) == sum(row.state.value == name for row in towns)
        state.setCurrentIndex(state.findData(name))
        state.activated.emit(state.currentIndex())
        assert page.filter.rowCount() == int(count), "what the list says is what is shown"
    state.setCurrentIndex(0)
    state.activated.emit(0)
    page.filters.kind.setCurrentIndex(0)
    page.filters.kind.activated.emit(0)
    assert page.filter.rowCount() == everyone == len(bureau.board(PERIOD).rows)


def test_a_clerk_has_no_board(open_window: OpenWindow, street: Workspace) -> None:
    window = open_window(street)
    press(Key.Key_3, modifier=CONTROL)
    assert not window.page.board.isVisible()


def test_the_consolidators_models_keep_the_contract_of_models(bureau: Workspace) -> None:
    board, filtered, outcomes, totals = BoardModel(), BoardFilter(), OutcomeModel(), TotalModel()
    filtered.setSourceModel(board)
    for model in (board, filtered, outcomes, totals):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    board.set_board(bureau.plan, bureau.board(PERIOD))
    filtered.show_only("", "", "nobody")
    assert filtered.rowCount() == 0
    filtered.show_only("", "street", bureau.plan.district.id)
    outcomes.set_outcomes(
        bureau.plan,
        [
            FileOutcome("a.xlsx", "accepted", "tanggu", "2024Q3", 1),
            FileOutcome("b.xlsx", "rejected", reason="x"),
        ],
    )
    totals.set_totals([IndicatorTotal(1, "i01", "名称", "%", None, "未汇全", "", 0, 3)])
    assert [filtered.rowCount(), outcomes.rowCount(), totals.rowCount()] == [16, 2, 1]
    assert totals.index(0, 4).data() == "0 / 3 个单位"
    bureau.close()


def test_a_file_with_many_changes_leaves_room_for_what_else_is_said(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace
) -> None:
    window = open_window(bureau)
    press(Key.Key_3, modifier=CONTROL)
    page = window.page.board
    edited = tuple(EditedCellView("tanggu", f"e{number}", "1", "2") for number in range(40))
    outcome = FileOutcome("报送.xlsx", "accepted", edited=edited, said=("演示：签名待核对",))
    page.outcomes.set_outcomes(bureau.plan, (outcome,))
    page._show_outcome(0)
    lines = page.detail.text().split("\n")
    assert len(lines) == 9
    assert "还有 34 处" in lines[-2]
    assert lines[-1] == "演示：签名待核对"
