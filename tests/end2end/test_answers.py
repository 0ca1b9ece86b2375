"""退回, 接收 and 回执 by the command line: the loop from a report to its acceptance, and a new computer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end2end.command_line import Called, CommandLine

PERIOD = "2024Q3"


@pytest.fixture
def ask(zhibao: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Called]:
    """Calls with --json, from the test's own folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: zhibao(*arguments, "--json")


@pytest.fixture
def handed_in(tmp_path: Path, ask: Callable[..., Called]) -> Path:
    """An office with the report of 塘沽街道 taken in; the street's workspace and the folder of its files."""
    ask("init", "tanggu.zhibao", "--unit", "塘沽街道")
    session = ask("check", "tanggu.zhibao", "--period", PERIOD)
    blanks = [f["element"] for f in session.data["findings"] if f["code"] == "value.required"]
    ask("fill", "tanggu.zhibao", "--period", PERIOD, *(f"{element}=3" for element in blanks))
    sent = ask("submit", "tanggu.zhibao", "--period", PERIOD, "--out", "out")
    assert sent.status == 0, sent.data
    ask("init", "office.zhibao", "--unit", "scjg", "--consolidates")
    assert ask("merge", "office.zhibao", sent.data["path"]).data["files"][0]["verdict"] == "accepted"
    return tmp_path


def test_a_report_is_returned_mended_and_acknowledged(handed_in: Path, ask: Callable[..., Called]) -> None:
    back = ask(
        *("return", "office.zhibao", "--unit", "塘沽街道", "--period", PERIOD),
        *("--comment", "演示：请核实", "--at", "training_visits=演示：与签到表不符"),
        *("--deadline", "2024-10-20", "--out", ".", "--mail"),
    )
    assert back.status == 0
    assert (back.data["revision"], back.data["number"]) == (1, 1)
    assert Path(handed_in / back.data["mail"]).exists()
    states = ask("status", "office.zhibao", "--period", PERIOD).data["units"]
    assert next(u["state"] for u in states if u["unit"] == "tanggu") == "returned"

    seen = ask("inspect", back.data["path"])
    assert (seen.status, seen.data["kind"], seen.data["unit"]) == (0, "return", "tanggu")
    looked = ask("receive", "tanggu.zhibao", back.data["path"], "--look")
    assert looked.status == 1 and looked.data["opened"] is True
    got = ask("receive", "tanggu.zhibao", back.data["path"])
    assert got.status == 1 and "2024-10-20" in got.data["message"]
    assert ask("receive", "tanggu.zhibao", back.data["path"]).data["unchanged"] is True
    found = ask("check", "tanggu.zhibao", "--period", PERIOD).data["findings"]
    assert any(f["code"] == "return.comment" and f["element"] == "training_visits" for f in found)
    assert ask("submit", "tanggu.zhibao", "--period", PERIOD, "--out", "out").status == 2

    ask("fill", "tanggu.zhibao", "--period", PERIOD, "training_visits=4")
    again = ask("submit", "tanggu.zhibao", "--period", PERIOD, "--out", "out")
    assert (again.status, again.data["revision"]) == (0, 2)
    assert ask("merge", "office.zhibao", again.data["path"]).data["files"][0]["verdict"] == "accepted"

    receipts = ask("receipt", "office.zhibao", "--period", PERIOD, "--out", "回执").data["receipts"]
    (receipt,) = [r for r in receipts if r["unit"] == "tanggu"]
    assert receipt["periods"] == [PERIOD]
    ask("init", "new.zhibao", "--unit", "塘沽街道")
    restored = ask("receive", "new.zhibao", receipt["path"])
    assert restored.status == 0 and any("照回执恢复" in line for line in restored.data["lines"])
    third = ask("submit", "new.zhibao", "--period", PERIOD, "--out", "out")
    assert third.status == 2, "what was restored is handed in already"
    assert ask("inspect", receipt["path"]).data["kind"] == "receipt"


def test_a_notice_goes_into_a_folder_that_is_not_there_yet(
    handed_in: Path, ask: Callable[..., Called]
) -> None:
    of = ("return", "office.zhibao", "--unit", "tanggu", "--period", PERIOD, "--comment", "演示：请核实")
    back = ask(*of, "--out", "退回")
    assert Path(back.data["path"]).parent.name == "退回" and back.data["path"].endswith("第1号.xlsx")
    assert (handed_in / back.data["path"]).is_file()


def test_a_report_is_revised_by_command(handed_in: Path, ask: Callable[..., Called]) -> None:
    of = ("tanggu.zhibao", "--period", PERIOD)
    assert ask("fill", *of, "training_visits=4").status == 2, "it is handed in"
    assert ask("revise", *of).data["revision"] == 2
    assert ask("revise", *of).data["error"]["code"] == "life.not_submitted"
    assert ask("fill", *of, "training_visits=4").status == 0
    assert ask("submit", *of, "--out", "out", "--correction").data["kind"] == "correction"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--comment", " "), "return.no_comment"),
        (("--comment", "演示", "--at", "nowhere"), "return.form"),
        (("--comment", "演示", "--at", "nowhere=演示"), "return.no_place"),
        (("--comment", "演示", "--at", "jingkai:training_visits=演示"), "return.no_unit"),
    ],
)
def test_a_wrong_call_says_what_to_write(
    handed_in: Path, ask: Callable[..., Called], arguments: tuple[str, ...], code: str
) -> None:
    place = ("return", "office.zhibao", "--unit", "tanggu", "--period", PERIOD, "--out", ".")
    refused = ask(*place, *arguments)
    assert (refused.status, refused.data["error"]["code"]) == (2, code)
    assert not list(handed_in.glob("退回*"))
