"""Start-up: what a fresh interpreter needs before anything can be done."""

from __future__ import annotations

import subprocess
import sys
from functools import partial

from benchmarks.timing import in_turns, show

ROUNDS = 7
WHAT = {
    "interpreter alone": "pass",
    "PySide6.QtWidgets alone": "import PySide6.QtWidgets",
    "command line": "import desktop.cli",
    "window (imports)": "import ui.app, ui.main_window",
}


def run() -> None:
    """Print the table."""
    taken = in_turns({name: partial(_fresh, code) for name, code in WHAT.items()}, ROUNDS)
    show("start-up of a fresh interpreter", taken, "PySide6.QtWidgets alone")


def _fresh(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)
