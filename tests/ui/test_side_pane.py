"""The side pane: definition, formula, course, findings, who typed it; parts open, close and stay so."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.model.period import Period
from desktop.workspace import SheetLayout, Trend, TrendPoint, Workspace
from tests.ui.conftest import OpenWindow
from tests.ui.window_keys import Key, focused, press, type_text
from ui.entry.detail_pane import DetailPane
from ui.entry.form_page import FormPage
from ui.entry.trend_chart import TrendChart


def fill_history(workspace: Workspace, element: str) -> None:
    for period, text in (("2023Q4", "90"), ("2024Q1", "100"), ("2024Q2", "1,180")):
        workspace.form("jingkai", Period.parse(period)).type_figure(element, text).saved.result()


def told(pane: DetailPane) -> str:
    return " ".join(label.text() for label in pane.findChildren(QLabel) if label.isVisibleTo(pane))


def test_definition_source_and_history_stand_beside_the_row(open_window: OpenWindow, zone: Workspace) -> None:
    fill_history(zone, "training_visits")
    page = open_window(zone).page.form
    page.view.show_address("training_visits")
    element = zone.plan.element("training_visits")
    assert element.definition in told(page.detail)
    assert element.source in told(page.detail)
    type_text("1234")
    press(Key.Key_Return)
    page.view.show_address("training_visits")
    said = page.detail.chart.accessibleDescription()
    assert said == (
        "2023年第四季度 90人次；2024年第一季度 100人次；2024年第二季度 1,180人次；2024年第三季度 1,234人次。"
    )


def test_without_a_course_there_is_no_chart(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.view.show_address("training_visits")
    assert not page.detail.trend.isVisible()


def test_the_log_says_who_typed_what(qtbot: QtBot, open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.view.show_address("training_visits")
    type_text("12")
    press(Key.Key_Return)
    zone.set_person("接手人")
    page.view.show_address("training_visits")
    press(Key.Key_Delete)
    assert not page.detail.log.isVisible()
    page.detail.typed.title.click()
    qtbot.waitUntil(lambda: "接手人" in page.detail.log.text())
    lines = page.detail.log.text().split("\n")
    assert [line.split("　", 1)[1] for line in lines] == ["接手人　清空　12 → 空", "演示员　录入　空 → 12"]
    page.view.show_address("contract_total")
    qtbot.waitUntil(lambda: page.detail.log.text() == "本期还没有人填过。")


def log_lines(page: FormPage) -> list[str]:
    """The lines of the log without their time."""
    return [line.partition("　")[2] for line in page.detail.log.text().split("\n")]


def test_the_log_tells_explanations_and_nil_too(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    page = open_window(zone).page.form
    page.view.show_address("patents_valid")
    page.detail.typed.title.click()
    page.view.setFocus()
    type_text("1190")
    press(Key.Key_Return)
    page.view.show_address("patents_valid")
    press(Key.Key_F7, Key.Key_2, Key.Key_Return)
    type_text("十家企业7月迁往西青区，专利随迁")
    press(Key.Key_Return)
    why = "说明：企业迁入迁出，十家企业7月迁往西青区，专利随迁"
    page.view.setFocus()
    page.view.show_address("patents_valid")
    qtbot.waitUntil(lambda: why in page.detail.log.text())
    assert log_lines(page) == [f"演示员　说明　空 → {why}", "演示员　录入　空 → 1,190（有异议）"]
    page.view.show_address("training_visits")
    press(Key.Key_Slash)
    page.view.show_address("training_visits")
    qtbot.waitUntil(lambda: log_lines(page) == ["演示员　无此项业务　空 → 无此项业务"])


def test_the_log_tells_which_rows_of_a_list_came_and_went(
    qtbot: QtBot, open_window: OpenWindow, bureau: Workspace
) -> None:
    page = open_window(bureau).page.form
    year = bureau.form("scjg", Period.parse("2024Q4"))
    page.set_session(year)
    page.detail.typed.title.click()
    year.set_rows("service_platforms", ({"name": "演示甲"},))
    year.type_figure("training_visits", "3")
    year.set_rows("service_platforms", ({"name": "演示甲"}, {"name": "演示乙"}))
    year.set_rows("service_platforms", ({"name": "演示甲"}, {"name": "演示丙"}))
    page.view.show_address("service_platforms")
    qtbot.waitUntil(lambda: "演示丙" in page.detail.log.text())
    assert log_lines(page) == ["演示员　名单　空 → 2（加：演示甲、演示丙）"], "one sitting is one line"
    bureau.set_person("接手人")
    year.set_rows("service_platforms", ({"name": "演示丙"},))
    page.view.show_address("service_platforms")
    page.detail.refresh()
    qtbot.waitUntil(lambda: log_lines(page)[0] == "接手人　名单　2 → 1（删：演示甲）")


def test_parts_are_closed_with_the_keyboard_and_stay_so(
    qtbot: QtBot, open_window: OpenWindow, zone: Workspace
) -> None:
    page = open_window(zone).page.form
    page.view.show_address("contract_total")
    press(Key.Key_F6)
    assert focused() is page.detail.found.title or focused() is page.detail.meaning.title
    page.detail.meaning.title.setFocus()
    press(Key.Key_Space)
    assert not page.detail.meaning.content.isVisible()
    assert SheetLayout.load().boxes == {"meaning": False}
    press(Key.Key_Escape)
    assert focused() is page.view
    again = DetailPane()
    qtbot.addWidget(again)
    again.show_row(page.session, page.view.current_row())
    assert not again.meaning.is_open


def test_f7_opens_the_explanation_that_was_closed(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.view.show_address("patents_valid")
    type_text("1190")
    press(Key.Key_Return)
    page.view.show_address("patents_valid")
    page.detail.found.title.click()
    assert not page.detail.editor.isVisible()
    page.view.setFocus()
    press(Key.Key_F7)
    assert focused() is page.detail.editor.reason


def test_a_click_opens_and_closes(open_window: OpenWindow, zone: Workspace) -> None:
    page = open_window(zone).page.form
    page.view.show_address("contract_total")
    for wanted in (False, True):
        QTest.mouseClick(page.detail.meaning.title, Qt.MouseButton.LeftButton)
        assert page.detail.meaning.content.isVisible() is wanted


def points(*values: tuple[str, str, str | None]) -> tuple[TrendPoint, ...]:
    return tuple(
        TrendPoint(Period.parse(period), Decimal(value), value, Decimal(path) if path else None, path or "")
        for period, value, path in values
    )


@pytest.mark.parametrize(
    "course",
    [
        points(("2024Q1", "1", None), ("2024Q2", "2", "3")),
        points(("2024Q1", "0", None), ("2024Q2", "0", None)),
        points(("2024Q1", "-5", "1"), ("2024Q2", "123456789.25", "2")),
        points(("2023", "5", "5")),
        tuple(points((f"2024M{month:02}", str(month), "6"))[0] for month in range(1, 13)),
    ],
)
def test_the_chart_draws_any_course_inside_its_edges(qtbot: QtBot, course: tuple[TrendPoint, ...]) -> None:
    chart = TrendChart()
    qtbot.addWidget(chart)
    chart.resize(240, chart.sizeHint().height())
    blank = chart.grab().toImage()
    chart.show_trend(Trend("件", course, "演示目标"))
    drawn: QImage = chart.grab().toImage()
    assert drawn != blank
    ground = drawn.pixelColor(0, drawn.height() - 1)
    assert all(drawn.pixelColor(drawn.width() - 1, y) == ground for y in range(drawn.height()))
    assert all(point.text in chart.accessibleDescription() for point in course)
