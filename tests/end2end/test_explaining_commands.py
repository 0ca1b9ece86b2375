"""zhibao explain: refusals with their sentence, several findings at once, void ones in check, withdrawing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end2end.command_line import CommandLine

PERIOD = ("--period", "2024Q3")
VISITS, TOTAL, PART = (f"flow.fell@{e}" for e in ("training_visits", "contract_total", "contract_patent"))
WHY = "演示：两家企业7月迁往西青区，合同随迁"


@pytest.fixture
def workspace(zhibao: CommandLine, tmp_path: Path) -> Path:
    """A zone whose three figures fell since the last quarter."""
    path = tmp_path / "zone.zhibao"
    assert zhibao("init", path, "--unit", "经开区").status == 0
    for period, value in (("2024Q2", 500), ("2024Q3", 400)):
        figures = [f"{key.split('@')[1]}={value}" for key in (VISITS, TOTAL, PART)]
        zhibao("fill", path, "--period", period, *figures)
    return path


def unexplained(zhibao: CommandLine, workspace: Path) -> set[str]:
    found = set(zhibao("check", workspace, *PERIOD, "--json").data["unexplained"])
    return found & {VISITS, TOTAL, PART}


def test_a_text_that_says_nothing_is_refused_with_the_sentence(zhibao: CommandLine, workspace: Path) -> None:
    done = zhibao("explain", workspace, *PERIOD, VISITS, "--reason", "moved", "--text", "核实无误。")
    assert done.status == 1
    assert "说明只写了“核实无误。”" in done.out
    assert "请写明：哪家企业、何时从何处迁入或迁往何处" in done.out
    done = zhibao("explain", workspace, *PERIOD, VISITS, "--text", WHY, "--json")
    assert done.status == 1
    assert [found["code"] for found in done.data["refused"]] == ["explanation.no_reason"]
    checked = zhibao("check", workspace, *PERIOD, "--json")
    assert [f["code"] for f in checked.data["explanations"]] == ["explanation.no_reason"]
    assert VISITS in checked.data["unexplained"]


def test_several_findings_are_explained_at_once(zhibao: CommandLine, workspace: Path) -> None:
    done = zhibao("explain", workspace, *PERIOD, TOTAL, PART, "--reason", "moved", "--text", WHY, "--json")
    assert (done.status, done.data["findings"]) == (0, [TOTAL, PART])
    assert unexplained(zhibao, workspace) == {VISITS}


def test_the_same_text_one_by_one_is_pointed_out(zhibao: CommandLine, workspace: Path) -> None:
    said = [
        zhibao("explain", workspace, *PERIOD, key, "--reason", "moved", "--text", WHY)
        for key in (TOTAL, PART)
    ]
    assert [done.status for done in said] == [0, 0]
    assert ["说明文字相同" in done.out for done in said] == [False, True]
    assert unexplained(zhibao, workspace) == {VISITS}


def test_a_void_explanation_is_said_by_check(zhibao: CommandLine, workspace: Path) -> None:
    zhibao("explain", workspace, *PERIOD, VISITS, "--reason", "other", "--text", WHY)
    zhibao("fill", workspace, *PERIOD, "training_visits=380")
    checked = zhibao("check", workspace, *PERIOD)
    assert WHY in checked.out
    assert "由400改为380" in checked.out
    assert VISITS in unexplained(zhibao, workspace)
    zhibao("fill", workspace, *PERIOD, "training_visits=400")
    assert VISITS not in unexplained(zhibao, workspace)


def test_an_explanation_is_withdrawn(zhibao: CommandLine, workspace: Path) -> None:
    zhibao("explain", workspace, *PERIOD, VISITS, "--reason", "other", "--text", WHY)
    assert zhibao("explain", workspace, *PERIOD, VISITS, "--withdraw").status == 0
    assert VISITS in unexplained(zhibao, workspace)
    again = zhibao("explain", workspace, *PERIOD, VISITS, "--withdraw")
    assert again.status == 2
    assert "没有可以撤回的说明" in again.err
    assert zhibao("explain", workspace, *PERIOD, VISITS, "--reason", "other").status == 2
