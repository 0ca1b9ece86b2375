"""At the start the sheet comes first: it takes keys before the rules have run, and nothing typed is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.workspace import Workspace
from ui.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[2]
VISITS = "training_visits"

# loaded at the first painting, of what only other pages, dialogs and roles need
LATER = (
    "cryptography",
    "desktop.consolidation",
    "desktop.definition.checker",
    "desktop.exchange",
    "desktop.migration",
    "desktop.progress",
    "desktop.report",
    "desktop.validation",
    "email",
    "openpyxl",
    "sqlite_utils",
    "ui.consolidation",
    "ui.entry.detail_pane",
    "ui.entry.item_panel",
    "ui.entry.submit_dialog",
    "ui.keys",
    "ui.rounds",
    "ui.settings.start_page",
    "xlsxwriter",
)
PAINTED = """
import json, os, sys
from PySide6.QtCore import QEvent, QObject
from ui.__main__ import main
from ui.main_window import MainWindow

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(json.dumps(sorted(sys.modules)), flush=True)
            os._exit(0)
        return False

def opened(window, path, open_workspace=MainWindow.open_workspace):
    done = open_workspace(window, path)
    watch = window.watch = Watch(window)
    window.page.form.view.viewport().installEventFilter(watch)
    return done

MainWindow.open_workspace = opened
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
    loaded = json.loads(done.stdout)
    assert "ui.entry.figure_view" in loaded
    unexpected = [name for name in loaded if name in LATER or name.startswith(tuple(f"{n}." for n in LATER))]
    assert unexpected == []


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
