"""Task progress: led items with status and narrative, the others with one key."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.config import FONT_PERCENT
from desktop.definition import bundled_plan, plan_from_document, plan_to_document
from desktop.model.narrative import NarrativeAdvice
from desktop.model.submission import ItemReport, ItemStatus
from desktop.workspace import Workspace
from tests.ui.conftest import PERIOD, OpenWindow, clock
from tests.ui.window_keys import CONTROL, Key, focused, press, type_text
from ui.entry import item_evidence
from ui.entry.item_model import COL_STATUS, COL_TITLE, ItemModel
from ui.entry.item_panel import ItemPanel
from ui.main_window import MainWindow


def test_one_key_says_no_news_and_goes_on(open_window: OpenWindow, street: Workspace) -> None:
    page = open_window(street).page.form
    press(Key.Key_2, modifier=CONTROL)
    assert focused() is page.items.table
    press(Key.Key_Slash, Key.Key_Slash)
    assert page.session is not None
    numbers = [item.item.number for item in page.session.form.items[:2]]
    assert [page.session.section.items[n].status for n in numbers] == [ItemStatus.NO_NEWS] * 2
    assert page.items.table.currentIndex().row() == 2


def test_a_led_item_takes_status_percentage_and_chinese_text(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace
) -> None:
    window = open_window(bureau)
    page = window.page.form
    press(Key.Key_2, modifier=CONTROL)
    item = page.items.model.item(0)
    assert item is not None
    assert item.leads
    press(Key.Key_Return)
    assert focused() is page.items.editor.status
    press(Key.Key_Down, Key.Key_Down)
    press(Key.Key_Tab)
    type_text("60")
    press(Key.Key_Tab)
    type_text("2024-9-30")
    press(Key.Key_Tab)
    type_text("已印发实施方案")
    press(Key.Key_Tab)
    assert page.session is not None
    report = page.session.section.items[item.item.number]
    assert report == ItemReport(ItemStatus.UNDER_WAY, 60, "已印发实施方案", datetime.date(2024, 9, 30))
    qtbot.waitUntil(lambda: window.page.saves.pending == 0)
    press(Key.Key_Escape)
    assert focused() is page.items.table


def test_the_log_of_an_item_says_who_wrote_what(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace
) -> None:
    page = open_window(bureau).page.form
    press(Key.Key_2, modifier=CONTROL)
    editor = page.items.editor
    assert not editor.log.isVisible()
    editor.typed.title.setFocus()
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: editor.log.text() == "本期还没有人填过。")
    editor.focus_first()
    press(Key.Key_Down, Key.Key_Down, Key.Key_Tab)
    type_text("60")
    press(Key.Key_Tab, Key.Key_Tab)
    type_text("已印发实施方案")
    press(Key.Key_Tab)
    wanted = "演示员　填写　空 → 推进中，完成 60%，进展：已印发实施方案"
    qtbot.waitUntil(lambda: editor.log.text().endswith(wanted))
    assert editor.log.text().count("\n") == 0, "one sitting is one line"


def test_a_percentage_that_is_none_is_said_and_not_kept(open_window: OpenWindow, bureau: Workspace) -> None:
    window = open_window(bureau)
    page = window.page.form
    press(Key.Key_2, modifier=CONTROL)
    press(Key.Key_Return, Key.Key_Tab)
    type_text("150")
    press(Key.Key_Tab)
    assert page.session is not None
    assert not page.session.section.items
    assert "150" in window.statusBar().currentMessage()
    wrong = page.items.editor.wrong
    type_text("abc")
    press(Key.Key_Tab)
    assert wrong.isVisible() and "未保存" in wrong.text()
    assert "150" in wrong.text() and "abc" in wrong.text(), "both, as long as they stand there"
    page.items.editor.percent.setFocus()
    press(Key.Key_A, modifier=CONTROL)
    type_text("50")
    press(Key.Key_Tab)
    assert "150" not in wrong.text() and "abc" in wrong.text()
    press(Key.Key_A, modifier=CONTROL)
    press(Key.Key_Delete, Key.Key_Tab)
    assert not wrong.isVisible()


def test_control_enter_goes_to_the_next_item_and_keeps_the_text(
    open_window: OpenWindow, bureau: Workspace
) -> None:
    page = open_window(bureau).page.form
    press(Key.Key_2, modifier=CONTROL)
    press(Key.Key_Return, Key.Key_Tab, Key.Key_Tab, Key.Key_Tab)
    type_text("done some work")
    press(Key.Key_Return, modifier=CONTROL)
    first = page.items.model.item(0)
    assert first is not None
    assert page.items.model.report(first).narrative == "done some work"
    assert page.items.table.currentIndex().row() == 1
    assert page.items.editor.narrative.toPlainText() == ""


def test_the_official_wording_shows_beside_the_item(open_window: OpenWindow, street: Workspace) -> None:
    page = open_window(street).page.form
    page.set_wording(lambda number: f"WORDING {number}")
    press(Key.Key_2, modifier=CONTROL)
    item = page.items.model.item(0)
    assert item is not None
    assert f"WORDING {item.item.number}" in page.items.editor.about_text


def test_the_item_model_keeps_the_contract_of_models(street: Workspace) -> None:
    model = ItemModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_session(street.form("tanggu", PERIOD))
    item = model.item(0)
    assert item is not None
    assert model.put(item, ItemReport(narrative="one line")) is not None
    assert model.put(item, ItemReport(narrative="one line")) is None
    model.set_session(None)
    street.close()


def items_of(window: MainWindow) -> ItemPanel:
    press(Key.Key_2, modifier=CONTROL)
    return window.page.form.items


def say_last_period(workspace: Workspace, unit: str, number: int, report: ItemReport) -> None:
    """What the unit reported of an item in the quarter before."""
    workspace.form(unit, PERIOD.previous).set_item(number, report).saved.result()


def lead_of(workspace: Workspace, unit: str, *, evidence: bool = False) -> int:
    """The first item that the unit leads, one that asks for evidence where wanted."""
    items = workspace.form(unit, PERIOD).form.items
    return next(e.item.number for e in items if e.leads and (e.item.asks_evidence or not evidence))


def test_last_period_s_text_stands_beside_and_is_carried_over_with_one_key(
    open_window: OpenWindow, bureau: Workspace
) -> None:
    number = lead_of(bureau, "scjg")
    last = ItemReport(ItemStatus.UNDER_WAY, 40, "上季印发了实施方案")
    say_last_period(bureau, "scjg", number, last)
    window = open_window(bureau)
    panel = items_of(window)
    panel.show_row_of(number)
    assert "上季印发了实施方案" in panel.editor.about_text
    assert "40%" in panel.editor.about_text
    press(Key.Key_D, modifier=CONTROL)
    item = panel.model.item(panel.table.currentIndex().row())
    assert item is not None
    assert panel.model.report(item) == last
    assert panel.editor.narrative.toPlainText() == "上季印发了实施方案"
    assert "沿用" in window.statusBar().currentMessage()
    press(Key.Key_Z, modifier=CONTROL)
    assert panel.model.report(item).blank
    assert "上季印发了实施方案 → 空" in window.statusBar().currentMessage()
    press(Key.Key_Return)
    press(Key.Key_D, modifier=CONTROL)
    assert panel.model.report(item) == last, "from inside the editor too"


def test_without_a_last_period_the_key_says_so(open_window: OpenWindow, bureau: Workspace) -> None:
    window = open_window(bureau)
    panel = items_of(window)
    assert not panel.editor.carry.isVisible()
    press(Key.Key_D, modifier=CONTROL)
    assert "没有可以沿用" in window.statusBar().currentMessage()


def test_the_length_is_counted_while_typing(open_window: OpenWindow, bureau: Workspace) -> None:
    panel = items_of(open_window(bureau))
    assert "30～150" in panel.editor.length.text()
    press(Key.Key_Return, Key.Key_Tab, Key.Key_Tab, Key.Key_Tab)
    type_text("已印发")
    assert "3 字，偏短" in panel.editor.length.text()
    type_text("实施方案" * 8)
    assert panel.editor.length.text() == "✔ 35 字"
    type_text("多" * 120)
    assert "155 字，偏长" in panel.editor.length.text()


def test_a_long_text_is_pasted_whole_and_one_beyond_all_measure_is_cut_and_said(
    open_window: OpenWindow, bureau: Workspace
) -> None:
    window = open_window(bureau)
    panel = items_of(window)
    item = panel.model.item(0)
    assert item is not None
    press(Key.Key_Return, Key.Key_Tab, Key.Key_Tab, Key.Key_Tab)
    text = "\n".join(f"第{n}项：召开推进会，形成清单。" for n in range(1, 301))
    QGuiApplication.clipboard().setText(text)
    press(Key.Key_V, modifier=CONTROL)
    press(Key.Key_Tab)
    assert panel.model.report(item).narrative == text
    panel.editor.narrative.setFocus()
    press(Key.Key_A, modifier=CONTROL)
    QGuiApplication.clipboard().setText("字" * 40_000)
    press(Key.Key_V, modifier=CONTROL)
    press(Key.Key_Tab)
    assert len(panel.model.report(item).narrative) == 32_767
    assert "32,767" in window.statusBar().currentMessage()


def test_a_date_that_is_none_is_said_and_not_kept(open_window: OpenWindow, bureau: Workspace) -> None:
    window = open_window(bureau)
    panel = items_of(window)
    item = panel.model.item(0)
    assert item is not None
    press(Key.Key_Return, Key.Key_Tab, Key.Key_Tab)
    type_text("soon")
    press(Key.Key_Tab)
    assert panel.model.report(item).finished is None
    assert "不是日期" in window.statusBar().currentMessage()


def test_evidence_is_asked_for_only_where_the_plan_asks(
    qtbot: QtBot,
    tmp_path: Path,
    open_window: OpenWindow,
    bureau: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, other = lead_of(bureau, "scjg", evidence=True), lead_of(bureau, "scjg")
    window = open_window(bureau)
    panel = items_of(window)
    panel.show_row_of(other)
    assert panel.editor.evidence.isVisible() == (other == asked)
    panel.show_row_of(asked)
    file = tmp_path / "关于印发办法的通知.pdf"
    file.write_bytes(b"%PDF demo" * 1000)
    monkeypatch.setattr(item_evidence, "open_files", lambda *_: [file, file])
    panel.editor.evidence.add.setFocus()
    with qtbot.waitSignal(panel.editor.evidence.changed, timeout=10_000):
        press(Key.Key_Space)
    item = panel.model.item(panel.table.currentIndex().row())
    assert item is not None
    found = panel.model.report(item).evidence
    assert [(e.name, e.size, e.sha256) for e in found] == [
        (file.name, 9000, hashlib.sha256(file.read_bytes()).hexdigest())
    ]
    assert file.name in panel.editor.evidence.list.item(0).text()
    panel.editor.evidence.list.setFocus()
    panel.editor.evidence.list.setCurrentRow(0)
    press(Key.Key_Delete)
    assert not panel.model.report(item).evidence


def test_nothing_new_is_said_of_the_quarter_or_the_month(open_window: OpenWindow, street: Workspace) -> None:
    panel = items_of(open_window(street))
    press(Key.Key_Slash)
    assert panel.model.index(0, COL_STATUS).data() == "本季无新进展"
    assert "本季无新进展" in panel.editor.no_news.text()


def test_months_have_their_own_word(tmp_path: Path, open_window: OpenWindow) -> None:
    monthly = Workspace.create(
        tmp_path / "eco.zhibao", ["sthj"], plan="demo-eco-2024-2026", person="演示员", clock=clock
    )
    panel = items_of(open_window(monthly))
    press(Key.Key_Slash)
    assert panel.model.index(0, COL_STATUS).data() == "本月无新进展"


def test_an_item_that_a_revision_changes_is_marked(
    tmp_path: Path, open_window: OpenWindow, street: Workspace
) -> None:
    session = street.form("tanggu", PERIOD)
    for row in session.form.due_rows:
        if row.mode.value == "entered":
            session.type_figure(row.element.id, "12")
    street.submit_form(session, tmp_path)
    session.start_revision().saved.result()
    panel = items_of(open_window(street))
    press(Key.Key_Slash)
    assert panel.model.index(0, COL_STATUS).data() == "本季无新进展（改）"
    assert panel.model.index(1, COL_STATUS).data() == ""


def test_the_plan_says_how_long_a_text_should_be(tmp_path: Path, open_window: OpenWindow) -> None:
    wanted = replace(bundled_plan("demo-eco-2024-2026"), narratives=NarrativeAdvice(5, 8))
    plan = plan_from_document(plan_to_document(wanted)).plan
    assert plan is not None
    workspace = Workspace.create(tmp_path / "eco.zhibao", ["sthj"], plan=plan, person="演示员", clock=clock)
    panel = items_of(open_window(workspace))
    assert "5～8" in panel.editor.length.text()
    press(Key.Key_Return, Key.Key_Tab, Key.Key_Tab, Key.Key_Tab)
    type_text("已完成验收")
    assert panel.editor.length.text() == "✔ 5 字"


def test_on_a_small_screen_the_title_gives_way_to_the_state(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    window = open_window(zone)
    window.resize(1600, 900)
    window.page.form.show_tab(1)
    table = window.page.form.items.table
    wide = table.columnWidth(COL_TITLE)
    window.preferences.set(FONT_PERCENT, 200)
    window.resize(1024, 600)
    qtbot.waitUntil(lambda: table.columnWidth(COL_TITLE) < table.fontMetrics().horizontalAdvance("国") * 10)
    assert table.columnViewportPosition(COL_STATUS) < table.viewport().width()
    window.preferences.set(FONT_PERCENT, 100)
    window.resize(1600, 900)
    qtbot.waitUntil(lambda: table.columnWidth(COL_TITLE) == wide)


def test_a_department_with_tasks_alone_sees_them_first(
    qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    department = Workspace.create(tmp_path / "d.zhibao", ["区金融局"], person="演示员", clock=clock)
    page = open_window(department).page.form
    qtbot.waitUntil(lambda: page.settled)
    assert page.session is not None
    assert not page.session.form.rows and page.session.form.items
    assert page.items.isVisible() and not page.view.isVisible()
    assert focused() is page.items.table
    press(Key.Key_1, modifier=CONTROL)
    assert focused() is page.items.table


def test_keys_of_the_sheet_say_in_the_list_of_items_what_to_press(
    open_window: OpenWindow, street: Workspace
) -> None:
    window = open_window(street)
    page = window.page.form
    press(Key.Key_2, modifier=CONTROL)
    for key in (Key.Key_Space, Key.Key_Delete, Key.Key_F4, Key.Key_X):
        window.statusBar().clearMessage()
        press(key)
        assert "按回车" in window.statusBar().currentMessage(), key
    press(Key.Key_F7)
    assert "按 F9" in window.statusBar().currentMessage()
    assert focused() is page.items.table, "F7 leads nowhere else"
    assert page.session is not None and not page.session.section.items
