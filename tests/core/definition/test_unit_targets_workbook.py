"""An office gives targets to units in the plan's workbook: exported, edited, imported, checked."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.config import DEFAULT_PLAN
from desktop.definition import load_plan_folder
from desktop.definition.workbook import read_plan_workbook, write_plan_folder
from desktop.model.catalogue import message
from desktop.model.finding import Finding
from desktop.model.plan import Plan
from desktop.model.target import Binding
from desktop.workspace.plans.plan_files import export_plan

SHEET = "目标"
OF_UNITS = ("JK8", "TD8")


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    path = tmp_path / "方案.xlsx"
    export_plan(DEFAULT_PLAN, path)
    return path


def give(path: Path, **targets: Mapping[str, object]) -> None:
    """New rows below the last: like T08 but for the fields given, by the column's key."""
    book = openpyxl.load_workbook(path)
    sheet: Any = book[SHEET]
    keys: list[str] = [cell.value for cell in sheet[2]]
    like: Any = next(row for row in sheet.iter_rows(min_row=3, values_only=True) if row[0] == "T08")
    for id_, fields in targets.items():
        told: dict[str, object] = dict(zip(keys, like, strict=True))
        told |= {"main": None, "quotations": None, "id": id_, **fields}
        sheet.append([told[key] for key in keys])
    book.save(path)


def read(path: Path) -> tuple[Plan, list[Finding]]:
    loaded = read_plan_workbook(path)
    assert loaded.plan is not None, [message(finding) for finding in loaded.errors]
    return loaded.plan, [f for f in loaded.findings if f.code.startswith("plan.unit_target")]


def test_units_targets_arrive_and_the_remainder_is_told_at_the_districts_value(
    exported: Path, tmp_path: Path
) -> None:
    give(
        exported,
        JK8={"unit_id": "jingkai", "value": 120, "baseline": 90, "binding": "binding"},
        TD8={"unit_id": "泰达街道", "value": 30, "baseline": 20},
    )
    plan, findings = read(exported)
    jk, td = (next(t for t in plan.targets if t.id == id_) for id_ in OF_UNITS)
    assert (jk.unit_id, jk.value, jk.binding) == ("jingkai", Decimal(120), Binding.BINDING)
    assert td.unit_id is not None
    assert plan.unit(td.unit_id).name == "泰达街道" or plan.unit(td.unit_id).short_name == "泰达街道"
    (told,) = findings
    assert told.code == "plan.unit_targets_remainder"
    assert told.address.startswith(f"{SHEET}!")
    assert "已分解到2个单位150件，还有150件未分解" in message(told)
    write_plan_folder(plan, tmp_path / "plan")
    again = load_plan_folder(tmp_path / "plan").plan
    assert again is not None
    assert [t for t in again.targets if t.id in OF_UNITS] == [jk, td]


def test_giving_away_more_than_the_district_wants_is_a_warning_at_the_cell(exported: Path) -> None:
    give(exported, JK8={"unit_id": "jingkai", "value": 301})
    _, (told,) = read(exported)
    assert (told.code, told.severity.value) == ("plan.unit_targets_exceed", "warning")
    book = openpyxl.load_workbook(exported)
    cell = book[SHEET][told.address.split("!")[1]]
    assert book[SHEET].cell(cell.row, 1).value == "T08"
    assert book[SHEET].cell(2, cell.column).value == "value"


def test_a_target_that_the_unit_has_no_figure_for_is_told_at_the_unit(exported: Path) -> None:
    give(exported, JK8={"unit_id": "jingkai", "indicator": "i14", "unit": "%", "value": 94, "baseline": 92})
    _, (told,) = read(exported)
    assert told.code == "plan.unit_target_unjudged"
    assert "该指标不分单位" in message(told) or "该比值不允许单位自行计算" in message(told)
