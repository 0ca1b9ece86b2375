"""A form of 200 rows, paged and stepped through: how long a frame takes, at worst and of twenty."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.timing import in_turns, show
from desktop.definition import bundled_plan
from desktop.model.element import ElementKind, Mode
from desktop.model.plan import Plan

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

UNIT = "tanggu"
ROWS = 200
WORST_MARK = 50.0
"""Milliseconds: what takes longer is seen as a halt."""
USUAL_MARK = 33.3
"""Thirty pictures a second are seen as one movement."""
KEYS = ("PageDown",) * 20 + ("PageUp",) * 20 + ("Down",) * 60 + ("Up",) * 60


def run() -> None:
    """Print the table. Qt is loaded here only: other benchmarks measure without it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ZHIBAO_HOME"] = str(Path(folder) / "home")
        taken = _frames(Path(folder))
    bare, ours = taken
    show(f"a form of {ROWS} rows, a frame of paging and stepping", taken, bare)
    ordered = sorted(taken[ours])
    print(f"  {f'19 of 20 (≤ {USUAL_MARK} ms)':<44} {ordered[int(len(ordered) * 0.95)] * 1000:9.2f} ms")
    print(f"  {f'the longest (≤ {WORST_MARK} ms)':<44} {ordered[-1] * 1000:9.2f} ms")


def _frames(folder: Path) -> dict[str, list[float]]:
    """A bare table and the sheet in turn, each from a key to the painted picture."""
    from PySide6.QtWidgets import QTableWidget, QTableWidgetItem

    from desktop.workspace import Workspace
    from ui.app import create_application
    from ui.main_window import MainWindow

    app = create_application(["benchmark"])
    window = MainWindow()
    window.show_workspace(Workspace.create(folder / "long.zhibao", [UNIT], plan=_long_plan()))
    window.show()
    page = window.page.form
    bare = QTableWidget(page.model.rowCount(), page.model.columnCount())
    for row in range(bare.rowCount()):
        for column in range(bare.columnCount()):
            bare.setItem(row, column, QTableWidgetItem(f"指标{row}"))
    bare.resize(page.view.size())
    bare.show()
    while not page.settled:
        app.processEvents()
    app.processEvents()
    assert page.model.rowCount() >= ROWS
    bare_keys, our_keys = iter(KEYS), iter(KEYS)
    taken = in_turns(
        {
            "bare table of as many rows and columns": lambda: _press(bare, next(bare_keys)),
            "the sheet, side pane following": lambda: _press(page.view, next(our_keys)),
        },
        len(KEYS) - 1,
    )
    window.close()
    return taken


def _press(view: QTableView, key: str) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    QTest.keyClick(view, Qt.Key[f"Key_{key}"])
    view.viewport().repaint()


def _long_plan() -> Plan:
    """The real plan with its elements repeated until a form has that many rows."""
    plan = bundled_plan("binhai-ip-2022-2024")
    asked = [
        element
        for element in plan.elements
        if element.kind is ElementKind.NUMBER
        and plan.mode(element, plan.unit(UNIT)) is Mode.ENTERED
        and not element.part_of
    ]
    more = [
        replace(element, id=f"{element.id}_{number}", name=f"{element.name}（{number}）")
        for number in range(2, 2 + ROWS // len(asked) + 1)
        for element in asked
    ]
    return replace(plan, elements=(*plan.elements, *more))
