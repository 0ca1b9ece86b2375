"""延期: on time is judged by the day that was granted, and the next package carries it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.errors import InputError
from desktop.workspace import BoardState, Extension, Workspace
from tests.core.workspace.workspaces import Q3, at, make

DAY = datetime.date(2024, 10, 25)
WANTED = Extension("tanggu", Q3, DAY, "演示：系统停电", "演示批准人")


def state(office: Workspace) -> BoardState:
    return next(row.state for row in office.board(Q3).rows if row.unit.id == "tanggu")


def test_a_granted_day_holds_on_the_board_and_in_the_package(tmp_path: Path) -> None:
    with make(tmp_path, "scjg", consolidates=True, today="2024-10-20") as office:
        assert state(office) is BoardState.OVERDUE
        assert office.extend(WANTED)
        assert not office.extend(WANTED), "the same again changes nothing"
        assert state(office) is BoardState.MISSING
        done = office.publish(Q3, tmp_path / "package.xlsx")
        assert done.periods[0].deadlines["tanggu"] == DAY
        assert done.periods[0].deadlines["jingkai"] != DAY
        assert state(office) is BoardState.MISSING
        assert office.extensions(Q3) == (WANTED,)
        exported = office.export(Q3, tmp_path / "merged.xlsx").path
        sheet = load_workbook(exported)["报送情况"]
        cells = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        assert next(row for row in cells if "塘沽街道" in row)[-1] == "已延期至2024-10-25"
    with make(tmp_path, "tanggu") as unit:
        unit.receive(tmp_path / "package.xlsx")
        assert unit.round.deadline("tanggu", Q3) == DAY
    with Workspace.open(tmp_path / "scjg.zhibao", clock=at("2024-10-26")) as office:
        assert state(office) is BoardState.OVERDUE


@pytest.mark.parametrize(
    "wrong",
    [
        replace(WANTED, reason=" "),
        replace(WANTED, approver=""),
        replace(WANTED, day=datetime.date(2024, 9, 30)),
    ],
)
def test_an_extension_needs_reason_approver_and_a_later_day(tmp_path: Path, wrong: Extension) -> None:
    with make(tmp_path, "scjg", consolidates=True) as office, pytest.raises(InputError):
        office.extend(wrong)
