"""The demonstration: every unit, two quarters, one merged workbook, marked 演示 wherever it is seen."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from desktop.workspace import Workspace
from tests.core.workspace.workspaces import Q4
from tests.end2end.command_line import CommandLine


@pytest.mark.slow
def test_the_demo_merges_all_units_for_two_quarters(zhibao: CommandLine, tmp_path: Path) -> None:
    done = zhibao("demo", tmp_path / "demo", "--json")
    assert done.status == 0, done.err
    data = done.data
    assert (data["units"], data["departments"], data["periods"]) == (26, 28, ["2024Q3", "2024Q4"])
    totals = {total["indicator"]: total for total in data["totals"]}
    assert totals["i07"]["value"] == "24105"
    assert Decimal(totals["i17"]["value"]) == Decimal("31.286")
    workbook = openpyxl.load_workbook(data["path"], data_only=True)
    for sheet in workbook.worksheets:
        assert "演示" in str(sheet["A1"].value), sheet.title
    with Workspace.open(tmp_path / "demo" / "工作区" / "区市场监管局.zhibao") as office:
        assert {row.label for row in office.board(Q4).rows} <= {"已接收", "本期不报"}
        total = office.consolidated(Q4).elements["patents_invention_valid"]
        assert (total.net, len(total.coverage.reported)) == (Decimal(24105), 26)
    assert zhibao("demo", tmp_path / "demo").status == 2
