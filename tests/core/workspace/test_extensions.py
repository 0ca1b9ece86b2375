"""延期: on time is judged by the day that was granted, and the next package carries it."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.errors import InputError
from desktop.store import audit, open_store, settings
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


def test_an_extension_is_a_decision_that_is_taken_back_without_remains(tmp_path: Path) -> None:
    with make(tmp_path, "scjg", consolidates=True, today="2024-10-20") as office:
        office.extend(WANTED)
        later = replace(WANTED, day=datetime.date(2024, 10, 30), reason="演示：仍未恢复")
        office.extend(later)
        office.publish(Q3, tmp_path / "package.xlsx")
        first, second = office.review.decisions(Q3, "tanggu")
        assert (first.label, second.label) == (
            "延期至2024-10-25（演示批准人批准）",
            "延期至2024-10-30（演示批准人批准）",
        )
        office.review.undo(second.id, reason="演示：已恢复")
        assert office.extensions(Q3) == (WANTED,), "the one before holds again"
        with pytest.raises(InputError, match="理由"):
            office.withdraw_extension("tanggu", Q3, reason=" ")
        office.withdraw_extension("tanggu", Q3, reason="演示：误批")
        assert office.extensions(Q3) == () and state(office) is BoardState.OVERDUE
        assert all("演示员" in one.undone for one in office.review.decisions(Q3, "tanggu"))
        assert office.round.deadline("tanggu", Q3) == office.round.deadline("hangu", Q3)
        with pytest.raises(InputError, match="没有延期"):
            office.withdraw_extension("tanggu", Q3, reason="演示：再撤一次")
        done = office.publish(Q3, tmp_path / "again.xlsx")
        assert done.periods[0].deadlines["tanggu"] == done.periods[0].deadlines["hangu"]


def test_what_was_granted_before_extensions_were_decisions_is_taken_back_too(tmp_path: Path) -> None:
    with make(tmp_path, "scjg", consolidates=True, today="2024-10-20") as office:
        plan = office.plan.id
    rows = [[unit, "2024Q3", "2024-10-25", "演示：停电", "演示科长"] for unit in ("tanggu", "hangu")]
    with open_store(tmp_path / "scjg.zhibao") as store:
        stamp = audit.Stamp("extend", "演示员", at("2024-10-19")())
        store.run(lambda c: settings.set_setting(c, f"extensions/{plan}", json.dumps(rows), stamp))
    with Workspace.open(tmp_path / "scjg.zhibao", clock=at("2024-10-20")) as office:
        assert [one.unit for one in office.extensions(Q3)] == ["tanggu", "hangu"]
        office.withdraw_extension("tanggu", Q3, reason="演示：误批")
        assert [one.unit for one in office.extensions(Q3)] == ["hangu"]
        [taken_back] = office.review.decisions(Q3, "tanggu")
        assert taken_back.reason == "演示：停电" and "误批" in taken_back.undone
