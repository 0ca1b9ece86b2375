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


@pytest.mark.slow
def test_the_demo_of_the_monthly_plan_reaches_verdicts_by_the_month(
    zhibao: CommandLine, tmp_path: Path
) -> None:
    done = zhibao("demo", tmp_path / "demo", "--plan", "demo-eco-2024-2026", "--json")
    assert done.status == 0, done.err
    data = done.data
    assert (data["units"], data["departments"], data["periods"][-1]) == (7, 6, "2026M10")
    totals = {total["indicator"]: total for total in data["totals"]}
    # 386 of 450; last October had 336 of the year's 388, so that 389.7 were to be there by now
    assert (totals["e08"]["value"], totals["e08"]["verdict"]) == ("386", "落后进度")
    # 14 + 21 + 21 of 60 over the plan; the milestone of 2025 is 36, October's share of the rest 17 of 21
    assert (totals["e03"]["value"], totals["e03"]["verdict"]) == ("21", "符合进度")
    assert (totals["e06"]["value"], totals["e06"]["verdict"]) == (None, "无数据")
    workbook = openpyxl.load_workbook(data["path"], data_only=True)
    for sheet in workbook.worksheets:
        assert "演示" in str(sheet["A1"].value), sheet.title
    states = [row for row in workbook["报送情况"].iter_rows(values_only=True) if isinstance(row[0], int)]
    assert [("已接收" in row, "按时" in row) for row in states] == [(True, True)] * 13
    assert zhibao("demo", tmp_path / "other", "--plan", "没有这个").status == 2
