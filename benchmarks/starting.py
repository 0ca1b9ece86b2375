"""Start-up: a fresh interpreter until something can be done, and the window until a form can be typed in."""

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

ROUNDS = 7
IMPORTS = {
    "interpreter alone": "pass",
    "PySide6.QtWidgets alone": "import PySide6.QtWidgets",
    "command line": "import desktop.cli",
    "window (imports)": "import ui.app, ui.main_window",
}
BARE_WINDOW = """
import sys
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
table.close()
"""
OUR_WINDOW = """
import sys
from pathlib import Path
from ui.app import create_application
from ui.main_window import MainWindow
app = create_application(sys.argv[:1])
window = MainWindow()
window.show()
assert window.open_workspace(Path(sys.argv[1]))
app.processEvents()
assert window.page.session is not None
window.close()
"""


def run() -> None:
    """Print the tables."""
    taken = in_turns({name: partial(_fresh, code) for name, code in IMPORTS.items()}, ROUNDS)
    show("start-up of a fresh interpreter", taken, "PySide6.QtWidgets alone")
    with tempfile.TemporaryDirectory() as folder:
        _form(Path(folder))


def _form(folder: Path) -> None:
    """Both paint once without a screen server, which would add the same to either."""
    path = folder / "street.zhibao"
    with Workspace.create(path, ["tanggu"]) as workspace:
        rows = len(workspace.form("tanggu", Period.parse("2024Q4")).form.rows)
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "ZHIBAO_HOME": str(folder / "home")}
    bare = f"bare Qt window, a table of {rows} × 5"
    taken = in_turns(
        {
            bare: lambda: _fresh(BARE_WINDOW, str(rows), variables=variables),
            "the program, 塘沽街道's form": lambda: _fresh(OUR_WINDOW, str(path), variables=variables),
        },
        ROUNDS,
    )
    show("process start to a painted form, and its end", taken, bare)


def _fresh(code: str, *arguments: str, variables: Mapping[str, str] | None = None) -> None:
    """A new interpreter, with its bytecode kept as an installed program has it."""
    taken = os.environ if variables is None else variables
    kept = {name: value for name, value in taken.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, env=kept)
