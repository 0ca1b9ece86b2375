"""A form of two hundred rows: nothing is made per row but texts, and those only once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.model.element import DataElement
from desktop.model.submission import Figure
from desktop.workspace import Workspace, figure_text
from tests.ui.conftest import PERIOD, OpenWindow, clock
from tests.ui.long_forms import long_plan
from tests.ui.window_keys import CONTROL, Key, press, type_text
from ui.entry import figure_cells
from ui.entry.columns import COL_CURRENT, COLUMNS
from ui.entry.figure_model import FigureModel

ROWS = 200


@pytest.fixture
def long_zone(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(
        tmp_path / "long.zhibao", ["jingkai"], plan=long_plan(ROWS), person="演示员", clock=clock
    ) as workspace:
        yield workspace


def look_at_all(model: FigureModel) -> None:
    for row in range(model.rowCount()):
        for column in range(COLUMNS):
            model.index(row, column).data(Qt.ItemDataRole.DisplayRole)


def test_texts_are_made_once_until_a_figure_changes(
    long_zone: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def counted(figure: Figure, element: DataElement) -> str:
        made.append(element.id)
        return figure_text(figure, element)

    monkeypatch.setattr(figure_cells, "figure_text", counted)
    session = long_zone.form("jingkai", PERIOD)
    model = FigureModel()
    model.set_session(session)
    look_at_all(model)
    assert len(made) >= ROWS
    made.clear()
    look_at_all(model)
    assert made == []
    model.take(session.type_figure("long_007", "12"))
    shown = model.row_of("long_007")
    assert shown is not None
    assert made == [], "what isn't looked at isn't made"
    assert model.index(shown, COL_CURRENT).data() == "12"


def test_the_sheet_has_no_widget_per_row(
    qtbot: QtBot, long_zone: Workspace, zone: Workspace, open_window: OpenWindow
) -> None:
    short = open_window(zone).page.form
    page = open_window(long_zone).page.form
    assert page.model.rowCount() > ROWS
    assert len(page.view.findChildren(QWidget)) == len(short.view.findChildren(QWidget))
    press(Key.Key_End, modifier=CONTROL)
    row = page.view.current_row()
    assert row is not None
    assert page.view.visualRect(page.view.currentIndex()).intersects(page.view.viewport().rect())
    type_text("5")
    press(Key.Key_Return)
    assert page.session is not None
    assert page.session.section.figure(row.element.id).reported
