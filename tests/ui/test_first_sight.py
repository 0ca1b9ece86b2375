"""At the start the sheet comes first: it takes keys before the window around it is there and before the rules
have run, and nothing typed is lost.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
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
from desktop.store import Store
from desktop.workspace import HeldFile, Workspace
from tests.ui.conftest import PERIOD, clock
from tests.ui.window_keys import Key, focused, press
from ui.entry.form_page import ITEMS
from ui.entry.picturing import picture_of
from ui.entry.submit_dialog import SubmitDialog
from ui.first_sight import FirstSight
from ui.main_window import MainWindow
from ui.people.who_dialog import WhoDialog

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
NOT_READ = (
    "decimal",
    "desktop.definition",
    "desktop.model.plan",
    "desktop.model.submission",
    "desktop.workspace.desk",
    "desktop.workspace.opening",
    "desktop.workspace.workspace",
    "ui.entry.figure_cells",
    "ui.entry.picturing",
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


Look = tuple[str, bool, int | None, int | None]


def look(model: QAbstractItemModel, row: int, column: int) -> Look:
    """What a view makes of a cell: text, whether it stands to the right, colours of text and ground."""
    index, role = model.index(row, column), Qt.ItemDataRole
    fore, back = (
        None if (colour := index.data(which)) is None else QBrush(colour).color().rgba()
        for which in (role.ForegroundRole, role.BackgroundRole)
    )
    alignment = int(index.data(role.TextAlignmentRole) or 0)
    return index.data() or "", bool(alignment & Qt.AlignmentFlag.AlignRight), fore, back


def all_cells(model: QAbstractItemModel, columns: Iterable[int]) -> list[list[Look]]:
    """Every line of a sheet as a person sees it; of a header the title alone."""
    shown = tuple(columns)
    usual = QGuiApplication.palette().text().color().rgba()
    return [
        [
            (text, to_the_right, fore or usual, back)
            for text, to_the_right, fore, back in (look(model, row, column) for column in shown)
        ]
        for row in range(model.rowCount())
    ]


def compare_with_sheet(window: MainWindow) -> None:
    """Let the sheet take the first sight's place: nothing that is seen changes, nor the place in it."""
    sight = sight_of(window)
    model, places = sight.model(), range(sight.model().columnCount())
    seen = all_cells(model, places)
    titles = [model.headerData(place, Qt.Orientation.Horizontal) for place in places]
    row = sight.currentIndex().row()
    sight.end()
    view = window.page.form.view
    figures = view.figures
    shown = [column for column in range(figures.columnCount()) if not view.isColumnHidden(column)]
    assert [figures.headerData(column, Qt.Orientation.Horizontal) for column in shown] == titles
    assert view.currentIndex().row() == row
    for number, (first, then) in enumerate(zip(seen, all_cells(figures, shown), strict=True)):
        assert first[:1] == then[:1] if figures.is_header(number) else first == then


def test_the_first_sight_is_what_the_sheet_shows(empty: MainWindow, zone: Workspace) -> None:
    empty.show()
    empty.show_first(zone)
    compare_with_sheet(empty)


def work_and_close(qtbot: QtBot, workspace: Workspace, work: Callable[[MainWindow], None]) -> None:
    """Do something in a window, and close it as people do."""
    window = MainWindow()
    window.show_workspace(workspace)
    window.show()
    qtbot.waitUntil(lambda: window.page.form.settled)
    work(window)
    window.close()
    window.deleteLater()


def type_some(window: MainWindow) -> None:
    session = window.page.session
    assert session is not None
    session.type_figure(VISITS, "12.5")
    session.set_nil("custody_firms")
    session.type_figure("patents_valid", "演示")


def is_kept(window: MainWindow) -> bool:
    """Whether the first sight came from the file: then nothing else of it has been read."""
    return window.findChild(FirstSight) is not None and "page" not in vars(window)


def test_what_the_window_showed_last_is_the_first_sight_of_the_next_start(
    qtbot: QtBot, empty: MainWindow, zone: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_and_close(qtbot, zone, type_some)
    read: list[HeldFile] = []

    def of(held: HeldFile, *, wholly: bool, open_it: Callable[..., Workspace] = Workspace.of) -> Workspace:
        read.append(held)
        return open_it(held, wholly=wholly)

    monkeypatch.setattr(Workspace, "of", of)
    empty.show()
    assert empty.open_first(zone.path, clock)
    assert is_kept(empty) and not read
    texts = {cell[0] for line in all_cells(sight_of(empty).model(), range(5)) for cell in line}
    assert {"12.5", "✖ 错误 1", "无此项业务"} <= texts
    compare_with_sheet(empty)
    assert read


@pytest.mark.parametrize("height", [540, 720])
def test_the_rows_that_were_seen_stay_where_they_were(
    qtbot: QtBot, empty: MainWindow, zone: Workspace, height: int
) -> None:
    work_and_close(qtbot, zone, type_some)
    empty.resize(1180, height)
    empty.show()
    assert empty.open_first(zone.path, clock)
    sight = sight_of(empty)
    assert not sight.verticalScrollBar().isVisible(), "it comes with the sheet"
    sight.verticalScrollBar().setValue(2)  # the wheel was turned
    top, current = sight.rowAt(0), sight.currentIndex().row()
    assert top == 2
    qtbot.waitUntil(lambda: "page" in vars(empty) and not sight.isVisible())
    view = empty.page.form.view
    assert (view.rowAt(0), view.currentIndex().row()) == (top, current)


def test_what_is_typed_over_a_kept_sight_is_stored(
    qtbot: QtBot, empty: MainWindow, street: Workspace
) -> None:
    work_and_close(qtbot, street, lambda _window: None)
    empty.show()
    assert empty.open_first(street.path, clock)
    sight = sight_of(empty)
    sight.go_to(VISITS)
    QTest.keyClicks(sight, "7")
    qtbot.waitUntil(lambda: "page" in vars(empty))
    press(Key.Key_5, Key.Key_Return)
    empty.close()
    with Workspace.open(street.path, clock=clock) as workspace:
        assert workspace.form("tanggu", PERIOD).section.figure(VISITS).value == 75


def test_a_window_that_was_killed_leaves_no_sight_of_what_it_showed(
    qtbot: QtBot, empty: MainWindow, street: Workspace
) -> None:
    work_and_close(qtbot, street, lambda _window: None)
    with Workspace.open(street.path, clock=clock) as workspace:  # no window closes over this edit
        workspace.form("tanggu", PERIOD).type_figure(VISITS, "3").saved.result()
    empty.show()
    assert empty.open_first(street.path, clock)
    texts = {cell[0] for line in all_cells(sight_of(empty).model(), range(5)) for cell in line}
    assert "3" in texts
    compare_with_sheet(empty)


def test_what_the_disk_refused_is_no_sight(
    qtbot: QtBot, street: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = street.form("tanggu", PERIOD)
    session.type_figure(VISITS, "1").saved.result()
    monkeypatch.setattr(Store, "unsaved", property(lambda _store: 1))
    assert not street.keep_sight(session, {"lines": []})
    monkeypatch.undo()
    assert street.keep_sight(session, {"lines": []})
    street.close()


def test_a_plan_that_is_damaged_is_said_after_a_kept_sight(
    qtbot: QtBot, empty: MainWindow, street: Workspace
) -> None:
    work_and_close(qtbot, street, lambda _window: None)
    damage_plan(street.path, '"units":[', '"units":[3,')
    empty.show()
    assert empty.open_first(street.path, clock)
    assert is_kept(empty)
    said_and_closed(qtbot, empty)


def test_a_sight_that_is_none_is_not_shown(qtbot: QtBot, empty: MainWindow, street: Workspace) -> None:
    work_and_close(qtbot, street, lambda _window: None)
    with Workspace.open(street.path, clock=clock) as workspace:
        assert workspace.keep_sight(workspace.form("tanggu", PERIOD), {"lines": [["政策"]]})
    empty.show()
    assert empty.open_first(street.path, clock)
    compare_with_sheet(empty)


def test_where_it_is_asked_who_is_working_nothing_is_typed_before(
    qtbot: QtBot, empty: MainWindow, street: Workspace
) -> None:
    street.set_person("演示乙")
    street.close()
    empty.show()
    assert empty.open_first(street.path, clock)
    assert empty.findChild(FirstSight) is None
    assert empty.page.findChild(WhoDialog) is not None


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


def test_a_menu_key_at_first_sight_does_what_it_does_in_the_window(
    qtbot: QtBot, empty: MainWindow, street: Workspace
) -> None:
    empty.show()
    empty.activateWindow()
    qtbot.waitUntil(empty.isActiveWindow)
    empty.show_first(street)
    sight = sight_of(empty)
    sight.go_to(VISITS)
    QTest.keyClicks(sight, "7")
    editor = sight.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_F9)
    assert empty.page.session is not None
    assert empty.page.session.section.figure(VISITS).value == 7, "what stood in the field goes along"
    dialog = empty.page.findChild(SubmitDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()


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


def damage_plan(path: Path, sound: str, damaged: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        guards = connection.execute(
            "SELECT name FROM sqlite_master WHERE (type, tbl_name) = ('trigger', 'plan')"
        )
        for (guard,) in guards.fetchall():
            connection.execute(f"DROP TRIGGER {guard}")
        connection.execute("UPDATE plan SET content = replace(content, ?, ?)", (sound, damaged))


def said_and_closed(qtbot: QtBot, window: MainWindow) -> None:
    """The window says that the plan is damaged, shows the first page, and lets the file go."""
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None)
    box = window.findChild(QMessageBox)
    assert box is not None
    assert "方案已损坏" in box.text()
    qtbot.waitUntil(window.start.isVisible)
    assert window.findChild(FirstSight) is None or not sight_of(window).isVisible()
    box.close()


def test_a_plan_damaged_where_the_form_does_not_need_it_is_said_all_the_same(
    qtbot: QtBot, empty: MainWindow, street: Workspace
) -> None:
    street.close()
    damage_plan(street.path, '"rules":[', '"rules":[3,')
    empty.show()
    assert empty.open_first(street.path)
    assert empty.findChild(FirstSight) is not None
    said_and_closed(qtbot, empty)
    with pytest.raises(WorkspaceDamaged):
        Workspace.open(street.path)


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


def loaded_at_first_sight(path: Path) -> dict[str, list[str] | bool]:
    """What a fresh process has loaded when it paints the first sight."""
    done = subprocess.run(
        [sys.executable, "-c", PAINTED, str(path)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str] | bool] = json.loads(done.stdout)
    assert not found["namespace"], "Qt's namespace of constants takes 17 ms"
    assert found["compiled"] == [], "use desktop.values"
    return found


def unexpected(found: dict[str, list[str] | bool], later: Iterable[str]) -> list[str]:
    modules = found["modules"]
    assert isinstance(modules, list)
    assert "ui.first_sight" in modules
    names = tuple(later)
    below = tuple(f"{name}." for name in names)
    return [name for name in modules if name in names or name.startswith(below)]


def test_the_first_sight_of_a_form_waits_for_nothing_of_other_pages_and_roles(street: Workspace) -> None:
    street.close()
    assert unexpected(loaded_at_first_sight(street.path), LATER) == []


def test_a_kept_sight_waits_for_nothing_of_the_plan_and_the_form(tmp_path: Path) -> None:
    path = tmp_path / "now.zhibao"
    with Workspace.create(path, ["tanggu"], person="演示员") as workspace:
        session = workspace.form("tanggu", workspace.default_period())
        assert workspace.keep_sight(session, picture_of(session).plain())
    assert unexpected(loaded_at_first_sight(path), (*LATER, *NOT_READ)) == []


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
