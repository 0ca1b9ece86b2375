"""The second plan: made by editing an exported workbook, and a whole monthly round on it by command line."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from desktop import config
from desktop.definition import bundled_plan
from desktop.model.form import form_for
from desktop.model.period import Period
from tests.end2end.command_line import CommandLine
from tests.end2end.eco_plan.editing import edit_workbook
from tests.end2end.eco_plan.frame import PLAN

PERIOD = "2026M10"
MADE_BY_EDITING = ("plan.toml", "units.toml", "elements.toml", "indicators.toml", "targets.toml")
FIGURES = {
    "jia": {
        "voc_firms": "6",
        "sewage_total": "1,200.50",
        "sewage_treated": "1,160.25",
        "planted": "70.5",
        "enclosed": "300",
        "afforestation": "370.5",
    },
    "mao": {
        "voc_firms": "2",
        "sewage_total": "300.25",
        "sewage_treated": "285",
        "planted": "20",
        "afforestation": "20",
    },
    "swj": {"sewage_total": "1500.75", "sewage_treated": "1445.2"},
    "sthj": {"pm25": "37.4", "valid_days": "303", "good_days": "221"},
    "jtj": {"buses_total": "908", "buses_new_energy": "798"},
}
"""Unit → what it types; what isn't named is 0 where it is due."""


def test_the_shipped_plan_is_what_editing_the_workbook_makes(zhibao: CommandLine, tmp_path: Path) -> None:
    source, edited, folder = tmp_path / "plan.xlsx", tmp_path / "edited.xlsx", tmp_path / "plan"
    assert zhibao("plan", "export", "--out", source).status == 0
    edit_workbook(source, edited)
    done = zhibao("plan", "import", edited, "--out", folder)
    assert done.status in (0, 1), done.err + done.out
    shipped = config.plans_folder() / PLAN
    made = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert set(MADE_BY_EDITING) < set(made)
    assert made == {name: (shipped / name).read_text(encoding="utf-8") for name in made}


def test_the_second_plan_has_no_errors(zhibao: CommandLine) -> None:
    checked = zhibao("plan", "check", PLAN, "--json")
    assert checked.status in (0, 1), checked.err
    assert [found for found in checked.data["findings"] if found["severity"] == "error"] == []
    shown = zhibao("plan", "show", PLAN, "--json").data
    assert [len(shown[part]) for part in ("indicators", "tasks", "items")] == [12, 6, 14]
    assert len({unit["kind"] for unit in shown["units"]}) == 3


class Round:
    """Every unit's workspace in one folder, driven by commands."""

    def __init__(self, zhibao: CommandLine, folder: Path) -> None:
        self.zhibao = zhibao
        self.folder = folder
        self.plan = bundled_plan(PLAN)
        self.mail = folder / "mail"
        self.mail.mkdir()
        self.office = folder / "sthj.zhibao"

    def begin(self) -> None:
        """The consolidator starts from the bundled plan and publishes; all others start from the package."""
        package = self.folder / "任务包.xlsx"
        self._call("init", self.office, "--unit", "sthj", "--consolidates", "--plan", PLAN)
        self._call("publish", self.office, "--period", PERIOD, "--out", package)
        for unit in self.plan.units:
            if unit.id != "sthj":
                self._call("init", self.workspace(unit.id), "--unit", unit.short_name, "--plan", package)

    def workspace(self, unit: str) -> Path:
        """A unit's file."""
        return self.folder / f"{unit}.zhibao"

    def owes(self, unit: str) -> bool:
        """Whether the unit has anything to report in this period."""
        form = form_for(self.plan, self.plan.unit(unit), Period.parse(PERIOD))
        return bool(form.due_rows or form.items)

    def fill(self, unit: str, figures: Mapping[str, str]) -> None:
        """Type the figures given, 0 for the rest that is due, and a word about each item."""
        values = [f"{element}={text}" for element, text in (self._zeros(unit) | dict(figures)).items()]
        form = form_for(self.plan, self.plan.unit(unit), Period.parse(PERIOD))
        values += [
            f"item/{entry.item.number}={'under_way:演示：按计划推进' if entry.leads else 'no_news:'}"
            for entry in form.items
        ]
        filled = self.zhibao("fill", self.workspace(unit), "--period", PERIOD, *values, "--json")
        assert filled.status in (0, 1), filled.err

    def check(self, unit: str) -> dict[str, str]:
        """Code → sentence of every finding."""
        checked = self.zhibao("check", self.workspace(unit), "--period", PERIOD, "--json").data
        return {found["code"]: found["message"] for found in checked["findings"]}

    def explain_and_submit(self, unit: str) -> None:
        """Answer every warning with a reason of this plan and hand in."""
        workspace = self.workspace(unit)
        asked = self.zhibao("check", workspace, "--period", PERIOD, "--json").data["unexplained"]
        for key in asked:
            text = f"演示：本月工程进度安排所致，核对无误（{key}）"
            self._call("explain", workspace, "--period", PERIOD, key, "--reason", "project", "--text", text)
        self._call("submit", workspace, "--period", PERIOD, "--out", self.mail)

    def _zeros(self, unit: str) -> dict[str, str]:
        form = form_for(self.plan, self.plan.unit(unit), Period.parse(PERIOD))
        return {row.element.id: "0" for row in form.due_rows if row.mode.value == "entered"}

    def _call(self, *arguments: str | Path) -> None:
        called = self.zhibao(*arguments)
        assert called.status == 0, (arguments, called.out, called.err)


@pytest.fixture
def round_(zhibao: CommandLine, tmp_path: Path) -> Round:
    started = Round(zhibao, tmp_path)
    started.begin()
    return started


def test_a_monthly_round_ends_in_exact_totals_and_verdicts(round_: Round) -> None:
    for unit in filter(round_.owes, [unit.id for unit in round_.plan.units]):
        round_.fill(unit, FIGURES.get(unit, {}))
        round_.explain_and_submit(unit)
    merged = round_.zhibao("merge", round_.office, round_.mail, "--json")
    assert {file["verdict"] for file in merged.data["files"]} <= {"accepted", "duplicate"}
    told = round_.zhibao("status", round_.office, "--period", PERIOD, "--json")
    assert {row["state"] for row in told.data["units"]} == {"accepted", "not_due"}
    out = round_.folder / "汇总.xlsx"
    exported = round_.zhibao("export", round_.office, "--period", PERIOD, "--out", out, "--json")
    totals = {total["indicator"]: total for total in exported.data["totals"]}
    assert totals["e03"]["value"] == "8"
    assert totals["e08"]["value"] == "390.5"
    ratio = Decimal("1445.25") / Decimal("1500.75") * 100
    assert abs(Decimal(totals["e05"]["value"]) - ratio) < Decimal("1e-20")
    assert {total["units_reporting"] for total in totals.values()} <= {7, 1, 0}
    summary = openpyxl.load_workbook(out, data_only=True)["汇总"]
    assert "演示区" in str(summary["A1"].value)
    assert any("2026年10月" in str(cell.value) for row in summary["A1:T3"] for cell in row)
