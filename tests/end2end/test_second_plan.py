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
from tests.end2end.command_line import Called, CommandLine
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


def test_the_second_plan_has_no_errors_and_no_dead_rules(zhibao: CommandLine) -> None:
    checked = zhibao("plan", "check", PLAN, "--json")
    assert checked.status in (0, 1), checked.err
    assert [found for found in checked.data["findings"] if found["severity"] == "error"] == []
    own = [rule for rule in checked.data["rules"] if rule["family"] == "rule"]
    assert {f"rule.{rule['id']}" for rule in own} >= set(SAID), "the rules that the tests below see at work"
    assert [rule["id"] for rule in checked.data["rules"] if not (rule["passes"] and rule["fails"])] == []
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
    verdicts = {indicator: total["verdict"] for indicator, total in totals.items()}
    # 450 公顷 by December: 375 by October where no earlier year says how a year goes; 390.5 were typed
    assert (verdicts["e08"], verdicts["e01"], verdicts["e06"]) == ("符合进度", "已达标", "无数据")
    summary = openpyxl.load_workbook(out, data_only=True)["汇总"]
    assert "演示区" in str(summary["A1"].value)
    assert any("2026年10月" in str(cell.value) for row in summary["A1:T3"] for cell in row)


def test_the_plan_s_own_rules_speak_and_are_answered(zhibao: CommandLine, tmp_path: Path) -> None:
    workspace = tmp_path / "mao.zhibao"
    zhibao("init", workspace, "--unit", "卯镇", "--plan", PLAN)
    stock = ("hazardous_made=100", "hazardous_disposed=90", "hazardous_stock=20")
    for earlier in ("2025M10", "2026M09"):
        zhibao("fill", workspace, "--period", earlier, "inspections=300", *stock)
    typed = ODD | {"voc_firms": "0"}
    zhibao("fill", workspace, "--period", PERIOD, *(f"{element}={text}" for element, text in typed.items()))
    checked = zhibao("check", workspace, "--period", PERIOD, "--json").data
    said = {f["code"]: f["message"] for f in checked["findings"] if f["code"].startswith("rule.")}
    assert said == SAID
    answers = checked["unexplained"]
    own = {key.partition("@")[0] for key in answers if key.startswith("rule.")}
    assert own == set(SAID) - {"rule.afforestation_parts"}, "all but the error wait for a word"
    refused = _explain(zhibao, workspace, answers[0], "天气原因")
    assert refused.status == 1, "an empty phrase of this plan"
    for number, key in enumerate(answers):
        explained = _explain(zhibao, workspace, key, f"演示：第{number + 1}项经逐户核对台账，数据如此")
        assert explained.status == 0, explained.out
    zhibao("fill", workspace, "--period", PERIOD, "enclosed=20")
    left = zhibao("check", workspace, "--period", PERIOD, "--json").data
    assert (left["errors"], left["unexplained"]) == (0, [])
    handed_in = zhibao("submit", workspace, "--period", PERIOD, "--out", tmp_path)
    assert handed_in.status == 0, handed_in.err


def test_a_year_s_rule_compares_with_the_target(zhibao: CommandLine, tmp_path: Path) -> None:
    workspace = tmp_path / "sthj.zhibao"
    zhibao("init", workspace, "--unit", "sthj", "--plan", PLAN)
    zhibao("fill", workspace, "--period", PERIOD, "pm25=60")
    findings = zhibao("check", workspace, "--period", PERIOD, "--json").data["findings"]
    [said] = [found["message"] for found in findings if found["code"] == "rule.pm25_far"]
    assert said == "PM2.5平均浓度60.0微克/立方米，超过目标的1.2倍（45.6），高14.4。"


def test_a_zone_hands_in_a_township_s_figures_with_its_own(zhibao: CommandLine, tmp_path: Path) -> None:
    down, up = tmp_path / "down", tmp_path / "up"
    workspaces = {unit: tmp_path / f"{unit}.zhibao" for unit in ("jia", "zi", "sthj")}
    zhibao("init", workspaces["jia"], "--unit", "jia", "--consolidates", "--child", "zi", "--plan", PLAN)
    zhibao("init", workspaces["zi"], "--unit", "zi", "--plan", PLAN)
    zhibao("init", workspaces["sthj"], "--unit", "sthj", "--consolidates", "--plan", PLAN)
    for unit, folder, above in (("zi", down, "jia"), ("jia", up, "sthj")):
        folder.mkdir()
        typed = [f"{element}={text}" for element, text in PLAIN.items()]
        typed += ["item/8=under_way:演示：推进中"] if unit == "jia" else []
        filled = zhibao("fill", workspaces[unit], "--period", PERIOD, *typed)
        assert filled.status in (0, 1), filled.err
        handed_in = zhibao("submit", workspaces[unit], "--unit", unit, "--period", PERIOD, "--out", folder)
        assert handed_in.status == 0, handed_in.err
        zhibao("merge", workspaces[above], folder)
    exported = zhibao(
        "export", workspaces["sthj"], "--period", PERIOD, "--out", tmp_path / "m.xlsx", "--json"
    )
    totals = {total["indicator"]: total for total in exported.data["totals"]}
    assert (totals["e08"]["value"], totals["e08"]["units_reporting"]) == ("5", 2)
    assert totals["e08"]["verdict"] == "落后进度（未汇全）", "two of seven units say little of the district"


PLAIN = {
    "voc_firms": "1",
    "sewage_total": "5",
    "sewage_treated": "5",
    "hazardous_made": "0",
    "hazardous_disposed": "0",
    "hazardous_stock": "0",
    "afforestation": "2.5",
    "planted": "1.5",
    "enclosed": "1",
    "petitions": "3",
    "petitions_closed": "3",
    "inspections": "4",
}
ODD = {
    "afforestation": "50",
    "planted": "30",
    "enclosed": "19.5",
    "petitions": "30",
    "petitions_closed": "33",
    "sewage_total": "100",
    "sewage_treated": "80",
    "inspections": "200",
    "hazardous_made": "110",
    "hazardous_disposed": "95",
    "hazardous_stock": "40",
}
SAID = {
    "rule.afforestation_parts": "新增造林面积50.0公顷，人工与封育造林之和为49.5公顷，相差0.5公顷。",
    "rule.hazardous_balance": "期末库存40.00吨，按上期库存加本月产生减本月处置应为25.00吨，相差15.00吨。",
    "rule.petitions_closed_more": "信访办结33件，比受理的30件多3件，请说明是否含上年结转。",
    "rule.sewage_rate_low": "本单位污水集中处理率80.00%，低于90%，差10.00个百分点，请说明原因和整改时限。",
    "rule.inspections_fewer": "执法检查200次，不到上年同期的八成（240次），少40次。",
}


def _explain(zhibao: CommandLine, workspace: Path, key: str, text: str) -> Called:
    return zhibao("explain", workspace, "--period", PERIOD, key, "--reason", "inspection", "--text", text)
