"""A plan changes in the middle of a round: by command line from publishing to right totals."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.definition.workbook import write_plan_folder
from desktop.model.period import Period
from desktop.workspace import Workspace
from tests.core.workspace.versions import first_version, second_version
from tests.end2end.command_line import CommandLine

PERIOD = "2024Q3"


@dataclass(frozen=True)
class Round:
    """The folders and workspaces of one round on the first version."""

    folder: Path
    office: Path
    package: Path

    def unit(self, name: str) -> Path:
        """A unit's workspace."""
        return self.folder / f"{name}.zhibao"


@pytest.fixture
def round_(zhibao: CommandLine, tmp_path: Path) -> Round:
    """The office publishes the first version; 甲街道, 乙街道 and 一开区 start from the package."""
    for number, plan in ((1, first_version()), (2, second_version())):
        write_plan_folder(plan, tmp_path / f"plan-{number}")
    made = Round(tmp_path, tmp_path / "office.zhibao", tmp_path / "任务包1.xlsx")
    call = ("init", made.office, "--unit", "bureau", "--consolidates", "--plan", tmp_path / "plan-1")
    assert zhibao(*call).status == 0
    assert zhibao("publish", made.office, "--period", PERIOD, "--out", made.package).status == 0
    for unit in ("street-a", "street-b", "zone-a"):
        assert zhibao("init", made.unit(unit), "--unit", unit, "--plan", made.package).status == 0
    return made


def fill(zhibao: CommandLine, workspace: Path, unit: str, **values: str) -> None:
    pairs = [f"{code}={value}" for code, value in values.items()]
    said = zhibao("fill", workspace, "--unit", unit, "--period", PERIOD, *pairs, "--json")
    assert said.status in (0, 1), said.err
    assert set(said.data["changed"]) == set(values)


def hand_in(zhibao: CommandLine, workspace: Path, unit: str, out: Path) -> Path:
    """Say nil where nothing is said, explain, submit."""
    place = ("--unit", unit, "--period", PERIOD)
    found = zhibao("check", workspace, *place, "--json").data["findings"]
    blank = [f["element"] for f in found if f["code"] == "value.required"]
    if blank:
        zhibao("fill", workspace, *place, *(f"{code}=nil" for code in blank))
    for finding in zhibao("check", workspace, *place, "--json").data["unexplained"]:
        text = f"演示：按原始记录核对后填报 {finding}"
        zhibao("explain", workspace, *place, finding, "--reason", "other", "--text", text)
    out.mkdir(exist_ok=True)
    done = zhibao("submit", workspace, *place, "--out", out, "--json")
    assert done.status == 0, done.err
    return Path(done.data["path"])


def new_package(zhibao: CommandLine, round_: Round) -> Path:
    """The office takes the second version into use and publishes it."""
    used = zhibao("plan", "use", round_.office, round_.folder / "plan-2", "--json")
    assert used.status == 0 and used.data["version_before"] == "1", used.err
    out = round_.folder / "任务包2.xlsx"
    call = ("publish", round_.office, "--period", PERIOD, "--period", "2024Q4", "--contact", "演示科 000")
    done = zhibao(*call, "--deadline", f"{PERIOD}:街道=2024-10-20", "--out", out, "--json")
    assert done.status == 0, done.err
    assert [p["period"] for p in done.data["periods"]] == [PERIOD, "2024Q4"]
    assert done.data["periods"][0]["deadlines"]["street-a"] == "2024-10-20"
    return out


def test_a_plan_that_changes_in_mid_round_still_gives_right_totals(
    zhibao: CommandLine, round_: Round
) -> None:
    fill(zhibao, round_.unit("street-a"), "street-a", licences="11", talents="3", net_change="4", oversea="9")
    fill(zhibao, round_.unit("street-b"), "street-b", licences="20", talents="1", net_change="-2")
    old_file = hand_in(zhibao, round_.unit("street-b"), "street-b", round_.folder / "out")
    package = new_package(zhibao, round_)

    received = zhibao("receive", round_.unit("street-a"), package, "--json")
    assert received.status == 0, received.err
    assert (received.data["version_before"], received.data["plan"]["version"]) == ("1", "2")
    assert received.data["contact"] == "演示科 000"
    (moved,) = received.data["moved"]
    assert any("海外发明专利授权" in line and "没有转入" in line for line in moved["lines"])
    again = zhibao("receive", round_.unit("street-a"), package, "--json")
    assert again.status == 0 and again.data["unchanged"] and again.data["moved"] == []

    new_file = hand_in(zhibao, round_.unit("street-a"), "street-a", round_.folder / "out")
    merged = zhibao("merge", round_.office, old_file, new_file, "--json")
    assert merged.status == 0, merged.out
    by_unit = {f["unit"]: f for f in merged.data["files"]}
    assert (by_unit["street-b"]["verdict"], by_unit["street-b"]["code"]) == ("accepted", "workspace.migrated")
    fates = {(line["old"], line["outcome"]) for line in by_unit["street-b"]["migration"]}
    assert {("street-b", "renamed"), ("licences", "renamed"), ("net_change", "merged")} <= fates
    assert by_unit["street-a"]["migration"] == []

    out = round_.folder / "汇总.xlsx"
    assert zhibao("export", round_.office, "--period", PERIOD, "--out", out).status == 0
    told = zhibao("status", round_.office, "--period", PERIOD, "--json").data["units"]
    states = {row["unit"]: row for row in told}
    assert {states[unit]["state"] for unit in ("street-a", "street-c")} == {"accepted"}
    assert any("已按第2版换算" in remark for remark in states["street-c"]["remarks"])
    assert totals(round_.office) == {"licences_all": 31, "talents": 6}


def totals(office: Path) -> dict[str, int]:
    """What the consolidation says of the mapped elements."""
    with Workspace.open(office) as workspace:
        elements = workspace.consolidated(Period.parse(PERIOD)).elements
        return {id_: int(elements[id_].net or 0) for id_ in ("licences_all", "talents")}


def test_receive_refuses_with_a_sentence_and_changes_nothing(zhibao: CommandLine, round_: Round) -> None:
    package = new_package(zhibao, round_)
    clerk = round_.unit("street-a")
    assert zhibao("receive", clerk, package).status == 0
    older = zhibao("receive", clerk, round_.package, "--json")
    assert older.status == 2 and older.data["error"]["code"] == "package.older_plan"
    broken = round_.folder / "half.xlsx"
    broken.write_bytes(package.read_bytes()[:4000])
    assert zhibao("receive", clerk, broken).status == 2
    fill(zhibao, clerk, "street-a", licences_all="1")
    sent = hand_in(zhibao, clerk, "street-a", round_.folder / "out")
    wrong = zhibao("receive", clerk, sent)
    assert wrong.status == 2 and "不是任务包" in wrong.err
    assert zhibao("receive", clerk, round_.folder / "nowhere.xlsx").status == 3
    assert zhibao("plan", "list", clerk, "--json").data["plans"][0]["version"] == "2"


def test_a_workspace_that_cant_be_written_says_so(
    zhibao: CommandLine, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, clerk = new_package(zhibao, round_), round_.unit("street-a")
    before = clerk.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr("desktop.store.opening.os.access", lambda *_: False)
        said = zhibao("receive", clerk, package)
    assert said.status == 3 and "只读" in said.err
    assert clerk.read_bytes() == before


def test_looking_shows_and_keeps_nothing(zhibao: CommandLine, round_: Round) -> None:
    package = new_package(zhibao, round_)
    clerk = round_.unit("street-b")
    before = clerk.read_bytes()
    seen = zhibao("receive", clerk, package, "--look", "--json")
    assert seen.data["plan"]["version"] == "2"
    assert any(change["kind"] == "更名" for change in seen.data["changes"])
    assert clerk.read_bytes() == before


def test_a_newer_file_waits_for_the_newer_plan(zhibao: CommandLine, round_: Round, tmp_path: Path) -> None:
    other = tmp_path / "c.zhibao"
    call = ("init", other, "--unit", "street-c", "--plan", round_.folder / "plan-2")
    assert zhibao(*call).status == 0
    fill(zhibao, other, "street-c", licences_all="5")
    sent = hand_in(zhibao, other, "street-c", round_.folder / "out")
    early = zhibao("merge", round_.office, sent, "--json")
    assert (early.status, early.data["files"][0]["code"]) == (2, "exchange.newer_plan_version")
    new_package(zhibao, round_)
    assert zhibao("merge", round_.office, sent, "--json").data["files"][0]["verdict"] == "accepted"


@pytest.mark.parametrize("wrong", ["街道", "街道=2024年10月", "=2024-10-20", "没有的单位=2024-10-20"])
def test_a_deadline_that_says_nothing_is_refused(zhibao: CommandLine, round_: Round, wrong: str) -> None:
    call = ("publish", round_.office, "--period", PERIOD, "--deadline", wrong)
    said = zhibao(*call, "--out", round_.folder / "x.xlsx")
    assert said.status == 2 and not (round_.folder / "x.xlsx").exists()


def test_a_package_is_known_for_what_it_is(zhibao: CommandLine, round_: Round) -> None:
    seen = zhibao("inspect", round_.package, "--json")
    assert (seen.status, seen.data["kind"], seen.data["period"]) == (0, "task_package", PERIOD)
    assert "第1版的任务包" in seen.data["reason"]
