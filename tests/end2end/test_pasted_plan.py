"""From the two tables of a document to a submission: nobody writes a line of a plan by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.config import DEFAULT_PLAN
from desktop.definition import bundled_plan, load_plan_folder
from desktop.model.plan import Plan
from tests.end2end.command_line import CommandLine
from tests.pasted import pasted_workbook

PERIOD = "2024Q4"
PLAN = bundled_plan(DEFAULT_PLAN)


@pytest.fixture
def folder(zhibao: CommandLine, tmp_path: Path) -> Path:
    """The plan that the pasted tables give."""
    workbook = pasted_workbook(PLAN, tmp_path / "新方案.xlsx")
    done = zhibao("plan", "import", workbook, "--out", tmp_path / "plan")
    assert done.status == 1, done.out + done.err
    return tmp_path / "plan"


def _plan(folder: Path) -> Plan:
    plan = load_plan_folder(folder).plan
    assert plan is not None
    return plan


def test_the_pasted_plan_has_the_documents_measures_and_work(folder: Path) -> None:
    made = _plan(folder)
    assert [(i.number, i.name, i.baseline, i.target) for i in made.indicators] == [
        (i.number, i.name, i.baseline, i.target) for i in PLAN.indicators
    ]
    assert [(i.category, i.unit, i.national) for i in made.indicators] == [
        (i.category, i.unit.removesuffix("/年"), i.national) for i in PLAN.indicators
    ]
    assert [task.title for task in made.tasks] == [task.title for task in PLAN.tasks]
    assert [action.title for action in made.actions] == [action.title for action in PLAN.actions]
    said = [(item.number, item.task, item.bodies) for item in made.items if not item.inferred]
    assert said == [(item.number, item.task, item.bodies) for item in PLAN.items if not item.inferred]


def test_every_indicator_has_its_target_and_its_data_elements(folder: Path) -> None:
    made = _plan(folder)
    for indicator in made.indicators:
        (target,) = made.targets_of(indicator.id)
        assert (target.value, target.baseline) == (indicator.target, indicator.baseline)
        assert target.due.isoformat() == f"{PLAN.last_year}-12-31"
        assert all(made.has_element(id_) for id_ in (*indicator.numerator, *indicator.denominator))
    ratios = {indicator.number for indicator in PLAN.indicators if indicator.is_ratio}
    assert {indicator.number for indicator in made.indicators if indicator.is_ratio} >= ratios - {9, 14}


def test_a_department_fills_in_and_submits(zhibao: CommandLine, folder: Path, tmp_path: Path) -> None:
    made = _plan(folder)
    office, template = tmp_path / "office.zhibao", tmp_path / "空白.xlsx"
    owner = made.consolidator
    assert (
        zhibao("template", "--unit", owner, "--period", PERIOD, "--out", template, "--plan", folder).status
        == 0
    )
    assert zhibao("init", office, "--unit", owner, "--plan", folder).status == 0
    typed = [f"{element.id}=10" for element in made.elements if owner in element.mode]
    filled = zhibao("fill", office, "--period", PERIOD, *typed, "--json")
    assert filled.status in (0, 1), filled.out + filled.err
    assert len(filled.data["changed"]) == len(typed) > 20
    checked = zhibao("check", office, "--period", PERIOD, "--json").data
    assert [found for found in checked["findings"] if found["severity"] == "error"] == []
    for found in checked["findings"]:
        if found["severity"] == "warning":
            text = f"演示：核对后如实填报 {found['key']}"
            zhibao("explain", office, "--period", PERIOD, found["key"], "--reason", "other", "--text", text)
    handed_in = zhibao("submit", office, "--period", PERIOD, "--out", tmp_path, "--json")
    assert handed_in.status in (0, 1), handed_in.out + handed_in.err
    read = zhibao("inspect", Path(handed_in.data["path"]), "--workspace", office, "--json").data
    assert (read["unit"], read["period"], read["content"]) == (owner, PERIOD, "intact")


def test_a_street_confirms_what_departments_split(zhibao: CommandLine, folder: Path, tmp_path: Path) -> None:
    made = _plan(folder)
    street = next(unit for unit in made.units if unit.kind == "street")
    office = tmp_path / "street.zhibao"
    assert zhibao("init", office, "--unit", street.id, "--plan", folder).status == 0
    element = next(element for element in made.elements if "street" in element.mode)
    filled = zhibao("fill", office, "--period", PERIOD, f"{element.id}=3", "--json")
    assert filled.data["changed"] == [element.id]


def test_the_import_groups_what_it_found(zhibao: CommandLine, tmp_path: Path) -> None:
    workbook = pasted_workbook(PLAN, tmp_path / "新方案.xlsx")
    done = zhibao("plan", "import", workbook, "--out", tmp_path / "plan")
    headings = [line for line in done.out.splitlines() if not line.startswith(" ")]
    assert [heading.partition("（")[0] for heading in headings[1:]] == ["待处理", "提示", "取默认值"]
    assert "加 --json 列出全部" in done.out
    told = zhibao("plan", "import", workbook, "--out", tmp_path / "again", "--json").data["findings"]
    defaults = [found for found in told if found["code"].startswith("plan.default.")]
    assert len(defaults) > len(done.out.splitlines())
    assert all("!" in found["where"] for found in defaults)
