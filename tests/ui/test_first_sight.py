"""At the start the sheet comes first: it takes keys before the window around it is there and before the rules
have run, and nothing typed is lost.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.errors import WorkspaceDamaged
from desktop.model.submission import FigureState
from desktop.workspace import Workspace
from tests.ui.conftest import clock
from tests.ui.window_keys import Key, focused, press
from ui.entry.form_page import ITEMS
from ui.first_sight import FirstSight
from ui.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[2]
VISITS = "training_visits"

# loaded at the first painting, of what only other pages, dialogs and roles need
LATER = (
    "concurrent.futures.thread",
    "cryptography",
    "desktop.consolidation",
    "desktop.definition.checker",
    "desktop.exchange",
    "desktop.migration",
    "desktop.progress",
    "desktop.report",
    "desktop.validation",
    "desktop.workspace.facade",
    "email",
    "openpyxl",
    "sqlite_utils",
    "tomllib",
    "ui.consolidation",
    "ui.entry.block",
    "ui.entry.block_editing",
    "ui.entry.cell_delegate",
    "ui.entry.detail_pane",
    "ui.entry.figure_model",
    "ui.entry.figure_view",
    "ui.entry.findings_panel",
    "ui.entry.folding",
    "ui.entry.form_page",
    "ui.entry.item_panel",
    "ui.entry.sheet_actions",
    "ui.entry.sheet_columns",
    "ui.entry.submit_dialog",
    "ui.file_dialogs",
    "ui.head_bar",
    "ui.keys",
    "ui.menus",
    "ui.notice_bar",
    "ui.rounds",
    "ui.safety",
    "ui.settings.start_page",
    "ui.tasks",
    "ui.workspace_page",
    "xlsxwriter",
)
PAINTED = """
import json, os, sys
from ui.first_sight import FirstSight
from ui.__main__ import main

def paint(sight, event):
    import PySide6.QtCore
    classes = {
        value for name, module in sys.modules.items() if name.split(".")[0] in ("desktop", "ui")
        for value in vars(module).values() if isinstance(value, type) and value.__module__ == name
    }
    compiled = [c.__name__ for c in classes if isinstance(vars(c).get("__dataclass_fields__"), dict)]
    found = {"modules": sorted(sys.modules), "namespace": "Qt" in vars(PySide6.QtCore), "compiled": compiled}
    print(json.dumps(found), flush=True)
    os._exit(0)

FirstSight.paintEvent = paint
main([sys.argv[1]])
"""


@pytest.fixture
def unpainted(qtbot: QtBot, street: Workspace) -> Iterator[MainWindow]:
    """塘沽街道's form, opened in a window that hasn't been shown yet."""
    window = MainWindow()
    window.show_workspace(street)
    yield window
    window.close()
    window.deleteLater()


def test_findings_come_right_after_the_first_sight(qtbot: QtBot, unpainted: MainWindow) -> None:
    page = unpainted.page.form
    assert page.model.rowCount() > 0
    assert not page.settled
    assert page.findings.model.rowCount() == 0
    unpainted.show()
    qtbot.waitUntil(lambda: page.settled)
    assert page.findings.model.next_open(-1) == 0
    assert page.detail.isVisibleTo(page)
    row = page.view.current_row()
    assert row is not None
    assert row.element.name in [label.text() for label in page.detail.findChildren(QLabel)]


def test_what_is_typed_before_the_rules_have_run_is_kept_and_judged(unpainted: MainWindow) -> None:
    page = unpainted.page.form
    page.view.show_address(VISITS)
    QTest.keyClicks(page.view, "1")
    editor = page.view.indexWidget(page.view.currentIndex())
    assert editor is not None
    QTest.keyClicks(editor, "2.5")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert page.session is not None
    assert page.session.section.figure(VISITS).value == Decimal("12.5")
    assert page.settled
    assert any(
        page.findings.model.finding(n).address == VISITS for n in range(page.findings.model.rowCount())
    )


def test_f8_before_the_rules_have_run_goes_to_the_first_finding(unpainted: MainWindow) -> None:
    page = unpainted.page.form
    page.next_finding()
    assert page.settled
    assert page.findings.table.currentIndex().row() == 0


def test_another_form_is_shown_with_its_findings_at_once(qtbot: QtBot, unpainted: MainWindow) -> None:
    unpainted.show()
    page = unpainted.page
    qtbot.waitUntil(lambda: page.form.settled)
    box = page.head.period
    box.setCurrentIndex((box.currentIndex() + 1) % box.count())
    box.activated.emit(box.currentIndex())
    assert page.form.settled
    assert page.form.findings.model.rowCount() > 0


@pytest.fixture
def empty(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window as the program makes it at its start."""
    window = MainWindow(furnished=False)
    yield window
    window.close()
    window.deleteLater()


def sight_of(window: MainWindow) -> FirstSight:
    found = window.findChild(FirstSight)
    assert found is not None
    return found


def look(model: QAbstractItemModel, row: int, column: int) -> tuple[str, bool, int | None, int | None]:
    """What a view makes of a cell: text, whether it stands to the right, colours of text and ground."""
    index, role = model.index(row, column), Qt.ItemDataRole
    fore, back = (
        None if (colour := index.data(which)) is None else QBrush(colour).color().rgba()
        for which in (role.ForegroundRole, role.BackgroundRole)
    )
    alignment = int(index.data(role.TextAlignmentRole) or 0)
    return index.data() or "", bool(alignment & Qt.AlignmentFlag.AlignRight), fore, back


def test_the_first_sight_is_what_the_sheet_shows(empty: MainWindow, zone: Workspace) -> None:
    empty.show()
    empty.show_first(zone)
    sight = sight_of(empty).model()
    places = range(sight.columnCount())
    seen = [[look(sight, row, place) for place in places] for row in range(sight.rowCount())]
    titles = [sight.headerData(place, Qt.Orientation.Horizontal) for place in places]
    row = sight_of(empty).currentIndex().row()
    sight_of(empty).end()
    view = empty.page.form.view
    shown = [column for column in range(view.figures.columnCount()) if not view.isColumnHidden(column)]
    assert [view.figures.headerData(column, Qt.Orientation.Horizontal) for column in shown] == titles
    assert view.currentIndex().row() == row
    assert len(seen) == view.figures.rowCount()
    usual = QGuiApplication.palette().text().color().rgba()
    for number, cells in enumerate(seen):
        if view.figures.is_header(number):
            assert cells[0][0] == view.figures.index(number, 0).data()
            continue
        for cell, column in zip(cells, shown, strict=True):
            text, to_the_right, fore, back = look(view.figures, number, column)
            assert (cell[0], cell[1], cell[2] or usual, cell[3]) == (text, to_the_right, fore or usual, back)


def test_what_was_typed_at_first_sight_goes_on_in_the_sheet(
    qtbot: QtBot, empty: MainWindow, street: Workspace
) -> None:
    empty.show()
    empty.show_first(street)
    sight = sight_of(empty)
    sight.go_to(VISITS)
    QTest.keyClicks(sight, "7")
    qtbot.waitUntil(lambda: "page" in vars(empty))
    editor = focused()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "7"
    press(Key.Key_5, Key.Key_Return)
    assert empty.page.session is not None
    assert empty.page.session.section.figure(VISITS).value == 75


def test_enter_at_first_sight_stores_the_figure_and_goes_on(empty: MainWindow, street: Workspace) -> None:
    empty.show()
    empty.show_first(street)
    sight = sight_of(empty)
    sight.go_to("custody_firms")
    QTest.keyClicks(sight, "7")
    editor = sight.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_Return)
    page = empty.page.form
    assert page.session is not None
    assert page.session.section.figure("custody_firms").value == 7, "the next key may be waiting already"
    row = page.view.current_row()
    assert row is not None
    assert row.element.id != "custody_firms"


def test_keys_that_are_no_text_wait_for_the_sheet(empty: MainWindow, street: Workspace) -> None:
    empty.show()
    empty.show_first(street)
    sight = sight_of(empty)
    sight.go_to(VISITS)
    QTest.keyClick(sight, Qt.Key.Key_Slash)
    assert empty.page.session is not None
    assert empty.page.session.section.figure(VISITS).state is FigureState.NIL


def test_a_key_with_control_types_nothing_at_first_sight(empty: MainWindow, street: Workspace) -> None:
    empty.show()
    empty.show_first(street)
    sight = sight_of(empty)
    QTest.keyClick(sight, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert empty.page.form.view.state() is QAbstractItemView.State.NoState
    assert empty.focusWidget() is empty.page.form.view


def test_a_window_closed_at_first_sight_releases_the_file(empty: MainWindow, street: Workspace) -> None:
    empty.show()
    empty.show_first(street)
    empty.close()
    with Workspace.open(street.path):
        pass


def test_a_workspace_that_cannot_be_opened_at_the_start_is_said(empty: MainWindow, tmp_path: Path) -> None:
    empty.show()
    assert not empty.open_first(tmp_path / "gone.zhibao")
    box = empty.findChild(QMessageBox)
    assert box is not None
    assert "gone.zhibao" in box.text()
    box.close()


def test_a_plan_damaged_where_the_form_does_not_need_it_is_said_all_the_same(
    qtbot: QtBot, empty: MainWindow, street: Workspace
) -> None:
    street.close()
    with closing(sqlite3.connect(street.path)) as connection, connection:
        guards = connection.execute(
            "SELECT name FROM sqlite_master WHERE (type, tbl_name) = ('trigger', 'plan')"
        )
        for (guard,) in guards.fetchall():
            connection.execute(f"DROP TRIGGER {guard}")
        connection.execute("""UPDATE plan SET content = replace(content, '"rules":[', '"rules":[3,')""")
    empty.show()
    assert empty.open_first(street.path)
    assert empty.findChild(FirstSight) is not None
    qtbot.waitUntil(lambda: empty.findChild(QMessageBox) is not None)
    box = empty.findChild(QMessageBox)
    assert box is not None
    assert "方案已损坏" in box.text()
    qtbot.waitUntil(empty.start.isVisible)
    assert empty.findChild(FirstSight) is None or not sight_of(empty).isVisible()
    with pytest.raises(WorkspaceDamaged):
        Workspace.open(street.path)
    box.close()


def test_who_has_tasks_alone_sees_the_whole_window_at_once(empty: MainWindow, tmp_path: Path) -> None:
    department = Workspace.create(tmp_path / "d.zhibao", ["区金融局"], person="演示员", clock=clock)
    empty.show()
    empty.show_first(department)
    assert empty.findChild(FirstSight) is None
    assert empty.page.form.tabs.currentIndex() == ITEMS


def test_the_place_of_the_sheet_is_kept_for_the_next_start(
    qtbot: QtBot, empty: MainWindow, street: Workspace
) -> None:
    empty.show()
    empty.show_first(street)
    qtbot.waitUntil(lambda: "page" in vars(empty) and empty.page.form.settled)
    view = empty.page.form.view
    place = QRect(view.mapTo(empty, QPoint(0, 0)), view.size())
    empty.close()
    again = MainWindow(furnished=False)
    again.show()
    assert again.open_first(street.path)
    assert sight_of(again).geometry() == place
    again.close()


def test_the_first_sight_of_a_form_waits_for_nothing_of_other_pages_and_roles(
    tmp_path: Path, street: Workspace
) -> None:
    street.close()
    done = subprocess.run(
        [sys.executable, "-c", PAINTED, str(street.path)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    loaded = found["modules"]
    assert "ui.first_sight" in loaded
    unexpected = [name for name in loaded if name in LATER or name.startswith(tuple(f"{n}." for n in LATER))]
    assert unexpected == []
    assert not found["namespace"], "Qt's namespace of constants takes 17 ms"
    assert found["compiled"] == [], "use desktop.values"


def test_what_stands_in_an_open_cell_stays_when_the_findings_come(
    qtbot: QtBot, unpainted: MainWindow
) -> None:
    page = unpainted.page.form
    page.view.show_address(VISITS)
    QTest.keyClicks(page.view, "7")
    editor = page.view.indexWidget(page.view.currentIndex())
    assert isinstance(editor, QLineEdit)
    unpainted.show()
    qtbot.waitUntil(lambda: page.settled)
    QTest.keyClicks(editor, "5")
    assert editor.text() == "75"
