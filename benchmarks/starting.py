"""Start-up: a fresh interpreter until something can be done, and the program until a form takes keys."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from benchmarks.timing import in_turns, show
from desktop.model.period import Period
from desktop.workspace import Workspace

ROUNDS = 9
MARK = 1.3
FORM = "塘沽街道's form, a cell open"
FRESH = "the same, no window was ever closed over it"
IMPORTS = {
    "interpreter alone": "pass",
    "PySide6.QtWidgets alone": "import PySide6.QtWidgets",
    "command line": "import desktop.cli",
    "window (imports)": "import ui.app, ui.main_window",
}
BARE_WINDOW = """
import os, sys
from PySide6.QtWidgets import QApplication, QTableWidget, QTableWidgetItem
app = QApplication([])
rows = int(sys.argv[1])
table = QTableWidget(rows, 5)
for row in range(rows):
    for column in range(5):
        table.setItem(row, column, QTableWidgetItem(f"指标{row}"))
table.resize(1180, 720)
table.show()
app.processEvents()
table.editItem(table.item(0, 3))
app.processEvents()
os._exit(0)
"""
OUR_WINDOW = """
import gc, os, sys
gc.disable()  # as ui.__main__ does before it imports anything
from ui.plain_imports import import_plainly
import_plainly()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication
from ui.__main__ import main
from ui.first_sight import FirstSight

def paint(sight, event, painted=FirstSight.paintEvent):
    if sys.argv[2] == "cell":
        FirstSight.end = lambda sight: None  # the rest of the window isn't waited for
    QTimer.singleShot(0, lambda: begin(sight))
    FirstSight.paintEvent = painted
    painted(sight, event)

def begin(sight):
    if sys.argv[2] == "cell":
        sight.edit(sight.currentIndex())
        QApplication.processEvents()
        assert sight.model().rowCount()
        assert sight.state() == QAbstractItemView.State.EditingState
        os._exit(0)
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    window = sight.window()
    if sys.argv[2] == "findings":
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_7, Qt.KeyboardModifier.NoModifier, "7")
        QApplication.sendEvent(sight, key)
    watch = QTimer(window)
    watch.timeout.connect(lambda: end(window))
    watch.start(0)

def end(window):
    from PySide6.QtWidgets import QLineEdit
    if "page" not in vars(window) or not window.page.form.settled:
        return
    form = window.page.form
    assert form.findings.model.rowCount()
    if sys.argv[2] == "findings":
        assert form.view.findChild(QLineEdit).text() == "7"
    else:
        window.close()
    os._exit(0)

FirstSight.paintEvent = paint
main([sys.argv[1]])
"""


def run() -> None:
    """Print the tables."""
    taken = in_turns({name: partial(_fresh, code) for name, code in IMPORTS.items()}, ROUNDS)
    show("start-up of a fresh interpreter", taken, "PySide6.QtWidgets alone")
    with tempfile.TemporaryDirectory() as folder:
        _form(Path(folder))


def _form(folder: Path) -> None:
    """Both without a screen server, which would add the same to either. What takes keys has been painted."""
    fresh, path = folder / "fresh.zhibao", folder / "street.zhibao"
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "ZHIBAO_HOME": str(folder / "home")}
    with Workspace.create(path, ["tanggu"]) as workspace:
        rows = len(workspace.form("tanggu", Period.parse("2024Q4")).form.rows)
    shutil.copy(path, fresh)
    bare = f"bare Qt window, a table of {rows} × 5, a cell open"

    def window(opened: Path, how: str) -> None:
        _fresh(OUR_WINDOW, str(opened), how, variables=variables)

    window(path, "close")  # the usual start: somebody worked with it before
    taken = in_turns(
        {
            bare: lambda: _fresh(BARE_WINDOW, str(rows), variables=variables),
            FORM: lambda: window(path, "cell"),
            FRESH: lambda: window(fresh, "cell"),
            "the whole window, a key typed, findings": lambda: window(path, "findings"),
        },
        ROUNDS,
    )
    show("process start to a form that takes keys", taken, bare, {FORM: MARK})


def _fresh(code: str, *arguments: str, variables: Mapping[str, str] | None = None) -> None:
    """A new interpreter, with its bytecode kept as an installed program has it."""
    taken = os.environ if variables is None else variables
    kept = {name: value for name, value in taken.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, env=kept)
