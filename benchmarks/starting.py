"""Start-up: a fresh interpreter until something can be done, and the program until a form takes keys."""

from __future__ import annotations

import os
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
TYPED = "塘沽街道's form, a key typed"
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
gc.disable()  # ui.__main__ does, before it imports anything
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from ui.__main__ import main
from ui.main_window import MainWindow

class Typist(QObject):
    # presses a key at the first painting; what is posted after it comes when the key was taken
    def __init__(self, window):
        super().__init__(window)
        self.page = window.page.form
        self.page.view.viewport().installEventFilter(self)
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_7, Qt.KeyboardModifier.NoModifier, "7")
            QApplication.postEvent(self.page.view, key)
            QApplication.postEvent(self, QEvent(QEvent.Type.User))
        return False
    def customEvent(self, event):
        assert self.page.view.model().rowCount()
        assert self.page.view.findChild(QLineEdit).text() == "7"
        if sys.argv[2] == "findings":
            self.page.settle()
            QApplication.processEvents()
            assert self.page.findings.model.rowCount()
        os._exit(0)

def opened(window, path, open_workspace=MainWindow.open_workspace):
    done = open_workspace(window, path)
    Typist(window)
    return done

MainWindow.open_workspace = opened
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
    path = folder / "street.zhibao"
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "ZHIBAO_HOME": str(folder / "home")}
    with Workspace.create(path, ["tanggu"]) as workspace:
        rows = len(workspace.form("tanggu", Period.parse("2024Q4")).form.rows)
    bare = f"bare Qt window, a table of {rows} × 5, a cell open"
    taken = in_turns(
        {
            bare: lambda: _fresh(BARE_WINDOW, str(rows), variables=variables),
            TYPED: lambda: _fresh(OUR_WINDOW, str(path), "keys", variables=variables),
            "the same, and its findings shown": lambda: _fresh(
                OUR_WINDOW, str(path), "findings", variables=variables
            ),
        },
        ROUNDS,
    )
    show("process start to a form that takes keys", taken, bare, {TYPED: MARK})


def _fresh(code: str, *arguments: str, variables: Mapping[str, str] | None = None) -> None:
    """A new interpreter, with its bytecode kept as an installed program has it."""
    taken = os.environ if variables is None else variables
    kept = {name: value for name, value in taken.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, env=kept)
