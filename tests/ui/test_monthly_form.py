"""The form of a plan with months: its periods, its words, and a year that begins with December."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.model.period import Period
from desktop.workspace import Workspace
from tests.ui.conftest import OpenWindow
from ui.entry.facts import meaning

DECEMBER, YEAR = Period.parse("2026M12"), Period.parse("2026")


def clock() -> datetime.datetime:
    return datetime.datetime(2027, 1, 4, 9, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))


@pytest.fixture
def town(tmp_path: Path) -> Workspace:
    """演示卯镇, in January 2027: the year 2026 ended last."""
    return Workspace.create(
        tmp_path / "mao.zhibao", ["mao"], plan="demo-eco-2024-2026", person="演示员", clock=clock
    )


def test_months_and_years_are_offered_newest_first(town: Workspace, open_window: OpenWindow) -> None:
    window = open_window(town)
    period = window.page.head.period
    offered = [period.itemText(row).split("　")[0] for row in range(period.count())]
    start = offered.index("2026年（年报）")
    assert offered[start : start + 3] == ["2026年（年报）", "2026年12月", "2026年11月"]
    assert sum("2026年" in text for text in offered) == 13
    assert period.currentData() == "2026"


def test_when_a_figure_is_due_is_said_in_few_words(town: Workspace) -> None:
    with town:
        session = town.form("mao", DECEMBER)
        said = {row.element.id: dict(meaning(row, session))["报送周期"] for row in session.form.rows}
    assert said["inspections"] == "每月、年报"
    assert said["education_sites"] == "3月、6月、9月、12月、年报"


def test_the_year_begins_with_december_s_figures(town: Workspace) -> None:
    with town:
        december = town.form("mao", DECEMBER)
        december.type_figure("inspections", "640").saved.result()
        year = town.form("mao", YEAR)
        assert year.section.figure("inspections").value == Decimal(640)
