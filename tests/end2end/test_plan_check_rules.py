"""`zhibao plan check` puts every rule to the proof and tells those that never speak."""

from __future__ import annotations

import shutil
from pathlib import Path

from desktop.config import plans_folder
from tests.end2end.command_line import CommandLine

PLAN = "demo-eco-2024-2026"
DEAD = """
[[rule]]
id = "never_negative"
name = "演示：办结不为负"
left = "petitions_closed"
operator = "greater_than_or_equal_to"
right = "0"
"""


def test_each_rule_comes_with_a_record_that_passes_and_one_that_fails(zhibao: CommandLine) -> None:
    rules = zhibao("plan", "check", PLAN, "--json").data["rules"]
    own = [rule for rule in rules if rule["family"] == "rule"]
    assert "hazardous_balance" in {rule["id"] for rule in own}
    assert {rule["family"] for rule in rules} > {"rule", "required", "jump"}
    for rule in own:
        assert rule["passes"]["figures"] != rule["fails"]["figures"], rule["id"]
    assert [rule["id"] for rule in rules if not (rule["passes"] and rule["fails"])] == []


def test_a_rule_that_never_fails_is_a_finding(zhibao: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    shutil.copytree(plans_folder() / PLAN, folder)
    rules = folder / "rules.toml"
    rules.write_text(rules.read_text(encoding="utf-8") + DEAD, encoding="utf-8")
    checked = zhibao("plan", "check", str(folder), "--json")
    (dead,) = [f for f in checked.data["findings"] if f["code"] == "plan.rule_never_fails"]
    assert dead["where"] == "rules.toml#rule.never_negative"
    assert checked.status == 1


def test_a_broken_rule_is_told_and_nothing_is_proved(zhibao: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    shutil.copytree(plans_folder() / PLAN, folder)
    rules = folder / "rules.toml"
    broken = DEAD.replace('"0"', '"petitons / 0"')
    rules.write_text(rules.read_text(encoding="utf-8") + broken, encoding="utf-8")
    checked = zhibao("plan", "check", str(folder), "--json")
    told = {
        f["code"] for f in checked.data["findings"] if f["where"] == "rules.toml#rule.never_negative.right"
    }
    assert told == {"plan.rule_name", "plan.rule_divided_by_zero"}
    assert (checked.status, checked.data["rules"]) == (2, [])
