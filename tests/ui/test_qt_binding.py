"""What every hour of typing stands on: Qt's binding keeps the books of Python's objects."""

from __future__ import annotations

import os
import sys

import pytest
from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 2000
WANTED = os.environ.get("ZHIBAO_QT")


@pytest.mark.skipif(WANTED is None, reason="any version will do")
def test_the_window_runs_under_the_qt_that_was_asked_for() -> None:
    """`make test` runs the window's tests twice; the second time must not be the first once more."""
    assert qVersion() == WANTED


def test_calls_that_return_nothing_take_no_reference_from_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 did under Python 3.11: after some 200 edits the window aborted."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        label.setEnabled(True)
    assert sys.getrefcount(None) > before - CALLS // 2
