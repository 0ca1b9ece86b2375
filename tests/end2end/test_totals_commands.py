"""trace, changes, overlap, duplicates, difference and reference by the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end2end.command_line import Called, CommandLine

PERIOD = ("--period", "2024Q3")


@pytest.fixture
def ask(zhibao: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Called]:
    """Calls with --json, from the test's own folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: zhibao(*arguments, "--json")


def test_a_trace_says_the_figure_its_cells_and_whose_it_is(
    zhibao: CommandLine, ask: Callable[..., Called]
) -> None:
    ask("init", "office.zhibao", "--unit", "scjg", "--consolidates")
    ask("merge", "office.zhibao", report(ask, "jingkai", "90"))
    said = zhibao("trace", "office.zhibao", "训练", *PERIOD)
    assert said.status == 2
    lines = zhibao("trace", "office.zhibao", "training_visits", *PERIOD).out.splitlines()
    assert lines[2].startswith(
        "  经开区：90　指标报表!training_visits　第 1 版　知报_经开区_2024Q3_第1版.xlsx"
    )
    head, part, *_ = zhibao("trace", "office.zhibao", "13", *PERIOD).out.splitlines()
    assert "主报来源：" in head
    assert "部门数 —" in part and "已报 0/1" in part, "what departments report isn't called a sum of units"


def report(ask: Callable[..., Called], unit: str, visits: str) -> str:
    """A unit's first report; returns its file."""
    file = f"{unit}.zhibao"
    ask("init", file, "--unit", unit)
    blanks = [
        f["element"] for f in ask("check", file, *PERIOD).data["findings"] if f["code"] == "value.required"
    ]
    ask("fill", file, *PERIOD, *(f"{element}=3" for element in blanks if element != "training_visits"))
    ask("fill", file, *PERIOD, f"training_visits={visits}")
    sent = ask("submit", file, *PERIOD, "--out", "out")
    assert sent.status == 0, sent.data
    return str(sent.data["path"])


def test_totals_are_traced_declared_explained_and_exported_again(ask: Callable[..., Called]) -> None:
    files = [report(ask, "jingkai", "90"), report(ask, "taida", "30")]
    ask("init", "office.zhibao", "--unit", "scjg", "--consolidates")
    ask("merge", "office.zhibao", *files)

    [part] = ask("trace", "office.zhibao", "training_visits", *PERIOD).data["elements"]
    rows = {row["unit"]: row for row in part["rows"]}
    assert (part["net"], part["units_reporting"], rows["taida"]["net"]) == ("120", 2, "30")
    assert rows["taida"]["file"] == Path(files[1]).name and len(rows["taida"]["sha256"]) == 64
    assert rows["tanggu"]["net"] is None
    assert ask("trace", "office.zhibao", "nothing", *PERIOD).status == 2

    assert ask("export", "office.zhibao", *PERIOD, "--out", "one.xlsx").status == 0
    assert ask("changes", "office.zhibao", *PERIOD).data["totals"] == []
    shared = ("--unit", "经开区", "--other", "泰达街道", "--element", "training_visits")
    assert ask("overlap", "office.zhibao", *PERIOD, *shared, "--value", "20").status == 2, "no reason"
    said = ask("overlap", "office.zhibao", *PERIOD, *shared, "--value", "20", "--reason", "演示：同一场培训")
    row = next(o for o in said.data["overlaps"] if o["element"] == "training_visits")
    assert (row["value"], row["by"], said.data["title"]) == ("20", "office", "汇总数")
    changed = ask("changes", "office.zhibao", *PERIOD, "--again", "again.xlsx").data
    assert {"subject": "training_visits", "before": "120", "now": "100"} in changed["totals"]
    assert Path("again.xlsx").read_bytes() == Path("one.xlsx").read_bytes()
    assert ask("changes", "office.zhibao", *PERIOD, "--export", "7").status == 2

    assert ask("duplicates", "office.zhibao", *PERIOD).data["duplicates"] == []
    assert ask("difference", "office.zhibao", *PERIOD).status == 0
    cleared = ask("difference", "office.zhibao", *PERIOD, "--element", "training_visits", "--text", "")
    assert cleared.data["error"]["code"] == "totals.nothing", "nothing was said"
    assert ask("duplicates", "office.zhibao", *PERIOD, "--key", "X", "--keep", "经开区").status == 2


def test_reference_figures_are_taken_from_a_file_and_answers_listed(ask: Callable[..., Called]) -> None:
    ask("init", "office.zhibao", "--unit", "scjg", "--consolidates")
    Path("split.csv").write_text("单位,patents_valid,没有此项\n塘沽街道,120,1\n", "utf-8")
    took = ask("reference", "office.zhibao", *PERIOD, "--from", "split.csv", "--look")
    assert (took.status, took.data["changed"], took.data["left_out"][0]["cell"]) == (1, 0, "C2")
    assert ask("reference", "office.zhibao", *PERIOD, "--from", "split.csv").data["changed"] == 1
    [issued] = ask("reference", "office.zhibao", *PERIOD).data["issued"]
    assert (issued["unit"], issued["issued"], issued["answer"]) == ("tanggu", "120", "none")
