"""汇总结果 by keyboard: a total opens to its units and files; overlaps, duplicates, references, changes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop.model.period import Period
from desktop.workspace import Workspace
from tests.core.workspace.workspaces import at, blank_to_nil, explain_all
from tests.ui.conftest import OpenWindow
from tests.ui.window_keys import CONTROL, Key, press, type_text
from ui.consolidation.board_page import TOTALS, BoardPage
from ui.consolidation.changes_dialog import ChangesDialog
from ui.consolidation.duplicates_dialog import DuplicatesDialog
from ui.consolidation.overlaps_dialog import OverlapsDialog
from ui.consolidation.references_dialog import ReferencesDialog
from ui.consolidation.text_table import TextColumn, TextRow, TextTable
from ui.consolidation.trace_dialog import TraceDialog

MOST_MS = 30_000
Q4 = Period.parse("2024Q4")
Dialog = TypeVar("Dialog", bound=QDialog)


def hand_in(folder: Path, unit: str, visits: str) -> Path:
    """A year's last quarter of one unit: one figure that is looked at, one agency, the rest nil."""
    home = folder / unit
    home.mkdir()
    made = Workspace.create(home / f"{unit}.zhibao", [unit], person="演示员", clock=at("2025-01-06"))
    with made as workspace:
        session = workspace.form(unit, Q4)
        session.type_figure("training_visits", visits)
        session.set_rows("agencies", ({"name": "演示专利代理所"},))
        blank_to_nil(session)
        explain_all(session)
        return workspace.submit_form(session, home).path


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    """区市场监管局 with the reports of 经开区 and 泰达街道, which overlap and list one agency both."""
    files = [hand_in(tmp_path, "jingkai", "90"), hand_in(tmp_path, "taida", "30")]
    office = Workspace.create(
        tmp_path / "scjg.zhibao", ["scjg"], consolidates=True, person="演示员", clock=at("2025-01-10")
    )
    office.take_in(files)
    return office


@pytest.fixture
def page(qtbot: QtBot, open_window: OpenWindow, office: Workspace) -> BoardPage:
    """The board in 2024Q4, its totals computed with the key of the button."""
    window = open_window(office)
    press(Key.Key_3, modifier=CONTROL)
    board = window.page.board
    board.show_period(office, Q4)
    board.tabs.setCurrentIndex(TOTALS)
    board.totals_panel.compute.setFocus()
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: board.totals.rowCount() == 20, timeout=MOST_MS)
    window.activateWindow()  # where a progress dialog came up, nobody else gives the keyboard back
    qtbot.waitUntil(board.total_table.hasFocus)
    return board


def opened(qtbot: QtBot, kind: type[Dialog]) -> Dialog:
    """The dialog of that kind that has come up."""

    def find() -> Dialog | None:
        active = QApplication.activeModalWidget()
        focus = QApplication.focusWidget()
        there = isinstance(active, kind) and focus is not None and active.isAncestorOf(focus)
        return active if there and isinstance(active, kind) else None

    qtbot.waitUntil(lambda: find() is not None, timeout=MOST_MS)
    dialog = find()
    assert dialog is not None
    return dialog


def column(table: TextTable, number: int) -> list[str]:
    return [table.text(row, number) for row in range(table.rowCount())]


def test_enter_on_a_total_opens_its_units_with_file_and_revision(qtbot: QtBot, page: BoardPage) -> None:
    rows = {page.totals.total(row).indicator: row for row in range(page.totals.rowCount())}
    page.total_table.selectRow(rows["i07"])
    press(Key.Key_Return)
    dialog = opened(qtbot, TraceDialog)
    assert "主报来源" in dialog.head.text()
    assert "已报 2/" in dialog.sums.text()
    assert len(dialog.head.text()) < 120, "no ratio without end"
    names = column(dialog.rows, 0)
    assert names[:2] == ["经开区", "泰达街道"], "who is missing stands last"
    assert column(dialog.rows, 1)[2] == "未报"
    assert dialog.rows.text(0, 7).endswith(".xlsx")
    assert "文件校验" in dialog.detail.text() and "单元格 指标报表!" in dialog.detail.text()
    press(Key.Key_C, modifier=CONTROL)
    assert QGuiApplication.clipboard().text().startswith("单位\t填报数")
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_a_difference_is_explained_and_enter_keeps_it(
    qtbot: QtBot, page: BoardPage, office: Workspace, tmp_path: Path
) -> None:
    session = office.form("scjg", Q4)
    session.type_figure("training_visits", "100")
    blank_to_nil(session)
    explain_all(session)
    office.submit_form(session, tmp_path)
    dialog = TraceDialog(office, office.totals.trace(Q4, "training_visits"), page)
    dialog.open()
    qtbot.waitUntil(dialog.table.hasFocus)
    assert "【待核】" in dialog.difference.said.text()
    dialog.difference.text.setFocus()
    type_text("演示：统计时点不同")
    press(Key.Key_Return)
    assert dialog.isVisible()
    assert "【已说明】" in dialog.difference.said.text()
    dialog.difference.tolerance.setFocus()
    dialog.difference.tolerance.selectAll()
    type_text("20")
    press(Key.Key_Return)
    assert "【不必说明】" in dialog.difference.said.text()
    row = next(r for r in office.consolidated(Q4).reconciliation if r.element == "training_visits")
    assert (row.note.text if row.note else "", row.tolerance) == ("演示：统计时点不同", Decimal(20))
    dialog.difference.text.clear()
    press(Key.Key_Return)
    dialog.difference.tolerance.clear()
    press(Key.Key_Return)
    assert "【待核】" in dialog.difference.said.text() and not dialog.difference.text.text()
    row = next(r for r in office.consolidated(Q4).reconciliation if r.element == "training_visits")
    assert (row.note, row.tolerance) == (None, Decimal(0)), "what was cleared is cleared"
    dialog.reject()


def test_an_overlap_is_declared_and_the_totals_follow(
    qtbot: QtBot, page: BoardPage, office: Workspace
) -> None:
    page.totals_panel.overlaps.setFocus()
    press(Key.Key_Space)
    dialog = opened(qtbot, OverlapsDialog)
    assert "汇总数" in dialog.head.text()
    at_ = column(dialog.rows, 0).index("知识产权培训和宣传（人次）")
    dialog.table.selectRow(at_)
    dialog.value.setFocus()
    type_text("20")
    press(Key.Key_Tab)
    type_text("演示：同一场培训")
    press(Key.Key_Return)
    assert dialog.rows.text(at_, 3) == "20"
    assert office.consolidated(Q4).elements["training_visits"].net == Decimal(100)
    dialog.table.selectRow(at_)
    dialog.withdraw.setFocus()
    press(Key.Key_Space)
    assert office.consolidated(Q4).elements["training_visits"].net == Decimal(120)
    with qtbot.waitSignal(page.totals_panel.computed, timeout=MOST_MS):
        press(Key.Key_Escape)


def test_an_entry_listed_twice_is_decided_and_the_decision_undone(
    qtbot: QtBot, page: BoardPage, office: Workspace
) -> None:
    page.totals_panel.duplicates.setFocus()
    press(Key.Key_Space)
    dialog = opened(qtbot, DuplicatesDialog)
    assert column(dialog.rows, 1) == ["演示专利代理所"]
    assert "▲ 待核定" in dialog.rows.text(0, 4)
    press(Key.Key_Tab, Key.Key_Tab, Key.Key_Space)
    assert [unit for unit, box in dialog.boxes.items() if box.isChecked()] == ["taida"]
    press(Key.Key_Tab)
    type_text("演示：登记在泰达")
    press(Key.Key_Return)
    assert office.consolidated(Q4).elements["agencies"].net == Decimal(1)
    assert "泰达街道：演示：登记在泰达" in dialog.rows.text(0, 4)
    dialog.undo.setFocus()
    press(Key.Key_Space)
    assert office.consolidated(Q4).elements["agencies"].net == Decimal(2)
    with qtbot.waitSignal(page.totals_panel.computed, timeout=MOST_MS):
        press(Key.Key_Escape)


def test_reference_figures_are_pasted_looked_at_and_taken(
    qtbot: QtBot, page: BoardPage, office: Workspace
) -> None:
    page.totals_panel.references.setFocus()
    press(Key.Key_Space)
    dialog = opened(qtbot, ReferencesDialog)
    QGuiApplication.clipboard().setText("单位\tpatents_valid\t没有此项\n经开区\t1,200\t5\n塘沽街道\t十\t")
    press(Key.Key_V, modifier=CONTROL)
    assert column(dialog.lines, 0) == ["B2", "C2", "B3"]
    assert column(dialog.lines, 5) == [
        "",
        "✖ 方案中没有这个数据项，没有采用。",
        "✖ 不是数，没有采用。",
    ]
    assert dialog.take.hasFocus(), "one key takes what was shown"
    press(Key.Key_Space)
    [figure] = [f for f in office.totals.issued(Q4) if f.element == "patents_valid"]
    assert (figure.unit, figure.issued) == ("jingkai", Decimal(1200))
    assert column(dialog.answers, 2) == ["1,200"]
    assert not dialog.take.isEnabled()
    with qtbot.waitSignal(page.totals_panel.computed, timeout=MOST_MS):
        press(Key.Key_Escape)


def test_what_changed_since_the_export_is_listed(
    qtbot: QtBot, page: BoardPage, office: Workspace, tmp_path: Path
) -> None:
    office.export(Q4, tmp_path / "one.xlsx")
    office.take_in([hand_in(tmp_path, "tanggu", "7")])
    page.totals_panel.changes.setFocus()
    press(Key.Key_Space)
    dialog = opened(qtbot, ChangesDialog)
    lines = {dialog.rows.text(row, 0): dialog.rows.text(row, 2) for row in range(dialog.rows.rowCount())}
    assert lines["塘沽街道的报表"] == "第 1 版"
    assert lines["知识产权培训和宣传"] == "127"
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=MOST_MS)


def test_the_table_of_texts_keeps_the_model_contract() -> None:
    table = TextTable((TextColumn("甲", 4), TextColumn("乙", 4, figure=True)))
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table.set_rows([TextRow(("一", "1")), TextRow(("二", "2"))])
    table.set_rows([TextRow(("三", "3"))])
    assert (table.rowCount(), table.text(0, 1)) == (1, "3")
    assert tester.model() is table
