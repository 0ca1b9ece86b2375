"""conflicts, explanations, decisions and paper by the command line: an office without a screen decides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.core.workspace.workspaces import Q3, explain_all, fill_everything, make
from tests.end2end.command_line import Called, CommandLine
from tests.end2end.troubled_round import edit_figure

PERIOD = ("--period", "2024Q3")
WHY = "演示：与街道电话核对"
VISITS, FIRMS = "training_visits", "custody_firms"


@pytest.fixture
def ask(zhibao: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Called]:
    """Calls with --json, from the test's own folder."""
    monkeypatch.chdir(tmp_path)
    zhibao("init", "office.zhibao", "--unit", "scjg", "--consolidates")
    return lambda name, *arguments: zhibao(name, "office.zhibao", *PERIOD, *arguments, "--json")


def handed_in(folder: Path, **values: str) -> Path:
    """塘沽街道's first revision with explained warnings, typed in a workspace of its own."""
    folder.mkdir()
    with make(folder, "tanggu") as clerk:
        before = clerk.form("tanggu", Q3.previous)
        fill_everything(before, "90")
        clerk.submit_form(before, folder)
        session = clerk.form("tanggu", Q3)
        fill_everything(session, "20")
        for element, value in values.items():
            session.type_figure(element, value)
        explain_all(session)
        return clerk.submit_form(session, folder).path


@pytest.fixture
def rivals(tmp_path: Path, ask: Callable[..., Called], zhibao: CommandLine) -> None:
    """Two first revisions that differ in two figures, taken in."""
    one = handed_in(tmp_path / "a", training_visits="7", custody_firms="1")
    other = handed_in(tmp_path / "b", training_visits="8", custody_firms="3")
    assert zhibao("merge", "office.zhibao", one, other).status == 1


def state(ask: Callable[..., Called]) -> dict[str, Any]:
    units = ask("status").data["units"]
    found: dict[str, Any] = next(unit for unit in units if unit["unit"] == "tanggu")
    return found


def numbered(conflict: dict[str, Any], visits: str) -> int:
    """The number, from 1, of the content with that figure."""
    cell = next(cell for cell in conflict["cells"] if cell["place"] == VISITS)
    return int(cell["values"].index(visits)) + 1


@pytest.mark.usefixtures("rivals")
def test_a_conflict_is_listed_in_columns_and_decided_whole(
    ask: Callable[..., Called], zhibao: CommandLine
) -> None:
    shown = ask("conflicts")
    assert shown.status == 1
    [conflict] = shown.data["conflicts"]
    assert (conflict["unit"], len(conflict["contents"]), conflict["ancestor"]) == ("tanggu", 2, None)
    figures = {c["place"]: set(c["values"]) for c in conflict["cells"] if "@" not in c["place"]}
    assert figures == {VISITS: {"7", "8"}, FIRMS: {"1", "3"}}, "only what differs"
    whole = ask("conflicts", "--unit", "塘沽街道", "--all").data["conflicts"][0]["cells"]
    assert len(whole) > len(conflict["cells"]) and not all(cell["differs"] for cell in whole)
    said = zhibao("conflicts", "office.zhibao", *PERIOD).out
    assert "第1份" in said and "第2份" in said and f"{VISITS}（知识产权培训和宣传）" in said
    assert "上一版：没有，都是第1版" in said and "塘沽街道 第1版" in said

    take = ("conflicts", "--unit", "tanggu", "--take", str(numbered(conflict, "8")))
    assert ask(*take).data["error"]["code"] == "decision.no_reason"
    assert ask("conflicts", "--take", "1", "--reason", WHY).status == 2, "of which unit?"
    assert ask("conflicts", "--unit", "tanggu", "--take", "3", "--reason", WHY).status == 2
    taken = ask(*take, "--reason", WHY)
    assert (taken.status, taken.data["conflicts"]) == (0, [])
    assert taken.data["taken"] == conflict["contents"][numbered(conflict, "8") - 1]["digest"]
    assert state(ask)["state"] == "accepted"
    assert ask(*take, "--reason", WHY).data["error"]["code"] == "conflict.none"

    [decision] = ask("decisions", "--unit", "tanggu").data["decisions"]
    assert (decision["kind"], decision["reason"], decision["undone"]) == ("accept", WHY, None)
    assert ask("decisions", "--undo", str(decision["id"])).status == 2, "no reason"
    assert ask("decisions", "--undo", "99", "--reason", WHY).data["error"]["code"] == "decision.no_number"
    undone = ask("decisions", "--undo", str(decision["id"]), "--reason", "演示：选错了").data["decisions"]
    assert "演示：选错了" in undone[0]["undone"]
    assert state(ask)["state"] == "conflict"


@pytest.mark.usefixtures("rivals")
def test_a_conflict_is_decided_cell_by_cell(ask: Callable[..., Called]) -> None:
    [conflict] = ask("conflicts").data["conflicts"]
    base, other = numbered(conflict, "7"), numbered(conflict, "8")
    digest = conflict["contents"][other - 1]["digest"]
    call = ("conflicts", "--unit", "tanggu", "--take", str(base), "--reason", WHY)
    assert ask(*call, "--cell", f"nowhere={other}").data["error"]["code"] == "conflict.no_place"
    assert ask(*call, "--cell", f"{FIRMS}=x").data["error"]["code"] == "conflict.which"
    lonely = ask("conflicts", "--unit", "tanggu", "--cell", f"{FIRMS}=1", "--reason", WHY)
    assert lonely.data["error"]["code"] == "conflict.no_base"
    taken = ask(*call, "--cell", f"{FIRMS}={digest[:20]}")
    assert taken.status == 0 and taken.data["taken"] not in {c["digest"] for c in conflict["contents"]}
    figures = {
        element: next(
            row["net"] for row in ask("trace", element).data["elements"][0]["rows"] if row["unit"] == "tanggu"
        )
        for element in (VISITS, FIRMS)
    }
    assert figures == {VISITS: "7", FIRMS: "3"}


def test_explanations_are_listed_and_judged(
    ask: Callable[..., Called], zhibao: CommandLine, tmp_path: Path
) -> None:
    zhibao("merge", "office.zhibao", handed_in(tmp_path / "a"))
    listed = ask("explanations")
    found = listed.data["explanations"]
    assert listed.status == 1 and listed.data["waiting"] == len(found) > 1
    assert {one["verdict"] for one in found} == {"waiting"} and found[0]["text"].startswith("演示")
    keys = [one["finding"] for one in found]
    assert ask("explanations", *keys[:1], "--accept").data["error"]["code"] == "judge.unit"
    assert ask("explanations", "--unit", "tanggu", "--accept").data["error"]["code"] == "judge.what"
    of = ("explanations", "--unit", "tanggu")
    assert ask(*of, "nothing@nowhere", "--accept").data["error"]["code"] == "judge.unknown"
    assert ask(*of, *keys[:1], "--reject").data["error"]["code"] == "decision.no_reason"
    assert ask(*of, *keys[1:], "--accept").data["waiting"] == 1
    judged = ask(*of, "--reject", "--reason", "演示：请附签到表", keys[0])
    assert judged.status == 0 and judged.data["waiting"] == 0
    [rejected] = [one for one in judged.data["explanations"] if one["verdict"] == "rejected"]
    assert (rejected["finding"], rejected["said"]) == (keys[0], "演示：请附签到表")
    assert state(ask)["state"] == "questioned"
    assert "不予认可" in zhibao("explanations", "office.zhibao", *PERIOD).out


def test_an_acceptance_is_taken_back_and_paper_noted(
    ask: Callable[..., Called], zhibao: CommandLine, tmp_path: Path
) -> None:
    zhibao("merge", "office.zhibao", handed_in(tmp_path / "a"))
    aside = ask("decisions", "--set-aside", "塘沽街道", "--reason", "演示：发错了")
    assert [one["kind"] for one in aside.data["decisions"]] == ["set_aside"]
    assert state(ask)["state"] == "received"
    assert (
        ask("decisions", "--set-aside", "经开区", "--reason", WHY).data["error"]["code"] == "decision.nothing"
    )

    assert {one["state"] for one in ask("paper").data["papers"]} == {"not_here"}
    assert ask("paper", "--unit", "tanggu").data["error"]["code"] == "paper.what"
    noted = ask("paper", "--unit", "tanggu", "--state", "不符", "--reason", "演示：缺公章")
    assert noted.status == 1
    tanggu = next(one for one in noted.data["papers"] if one["unit"] == "tanggu")
    assert (tanggu["state"], tanggu["note"]) == ("differs", "演示：缺公章")
    assert ask("paper", "--unit", "tanggu", "--state", "相符").status == 0


def test_an_extension_is_a_decision_and_taken_back(ask: Callable[..., Called]) -> None:
    of = ("extend", "--unit", "塘沽街道")
    granted = ask(*of, "--until", "2024-12-31", "--reason", "演示：停电", "--approver", "演示科长")
    [one] = granted.data["extensions"]
    [decision] = ask("decisions").data["decisions"]
    assert (decision["id"], decision["kind"], decision["chosen"]) == (
        one["decision"],
        "extension",
        "2024-12-31",
    )
    assert ask(*of, "--withdraw").data["error"]["code"] == "decision.no_reason"
    assert ask(*of, "--withdraw", "--reason", "演示：误批").data["extensions"] == []
    assert ask(*of, "--withdraw", "--reason", "演示：误批").data["error"]["code"] == "extension.none"
    assert "演示：误批" in ask("decisions").data["decisions"][0]["undone"]


def test_edits_outside_the_program_are_listed_and_accepted(
    tmp_path: Path, ask: Callable[..., Called], zhibao: CommandLine
) -> None:
    sent = handed_in(tmp_path / "a", training_visits="7")
    edit_figure(sent, VISITS, 77)
    zhibao("merge", "office.zhibao", sent)
    listed = ask("edits")
    assert (listed.status, listed.data["waiting"]) == (1, 1)
    cells = [{"unit": "tanggu", "element": VISITS, "was": "7", "now": "77"}]
    assert listed.data["edits"][0]["cells"] == cells
    accept = ("--unit", "tanggu", "--accept")
    assert ask("edits", *accept).status == 2, "a reason is missing"
    done = ask("edits", *accept, "--reason", WHY)
    assert (done.status, done.data["waiting"], done.data["edits"][0]["cells"]) == (0, 0, cells)
    assert ask("edits", *accept, "--reason", WHY).status == 2, "nothing waits any more"
    assert [one["reason"] for one in ask("decisions").data["decisions"]] == [WHY]
