"""What every hour of typing stands on: Qt's binding keeps the books of Python's objects."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 2000


def test_calls_that_return_nothing_take_no_reference_from_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 did under Python 3.11: after some 200 edits the window aborted."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        label.setEnabled(True)
    assert sys.getrefcount(None) > before - CALLS // 2
