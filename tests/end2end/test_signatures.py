"""A whole round, signed, by command line: package, fingerprint, submission, roster, loss, return to trust."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from desktop.workspace import Workspace
from tests.core.workspace.workspaces import Q3, at, blank_to_nil, explain_all
from tests.end2end.command_line import CommandLine

PASSPHRASE = "演示口令-2025"


@pytest.fixture
def office(zhibao: CommandLine, tmp_path: Path) -> Path:
    path = tmp_path / "office.zhibao"
    assert zhibao("init", path, "--unit", "scjg", "--consolidates").status == 0
    return path


@pytest.fixture
def clerk(zhibao: CommandLine, tmp_path: Path) -> Path:
    path = tmp_path / "clerk.zhibao"
    assert zhibao("init", path, "--unit", "gaoxin").status == 0
    return path


def filled(clerk: Path) -> None:
    with Workspace.open(clerk, clock=at("2024-10-05")) as workspace:
        session = workspace.form("gaoxin", Q3)
        if session.locked:
            session = workspace.start_revision(session)
        blank_to_nil(session)
        explain_all(session)


def submitted(zhibao: CommandLine, clerk: Path) -> Path:
    filled(clerk)
    called = zhibao("submit", clerk, "--period", "2024Q3", "--out", clerk.parent, "--json")
    assert called.status == 0, called.err
    return Path(called.data["path"])


def fingerprint(zhibao: CommandLine, workspace: Path) -> str:
    (key,) = zhibao("key", "show", workspace, "--json").data["keys"]
    return str(key["fingerprint"])


def test_a_whole_round_is_signed_and_confirmed_by_telephone_once(
    zhibao: CommandLine, office: Path, clerk: Path, tmp_path: Path
) -> None:
    package = tmp_path / "package.xlsx"
    published = zhibao("publish", office, "--period", "2024Q3", "--out", package, "--json")
    assert published.data["fingerprint"] == fingerprint(zhibao, office)
    received = zhibao("receive", clerk, package, "--json")
    assert (received.status, received.data["signature"]) == (0, "unknown_key")
    assert received.data["fingerprint"] == published.data["fingerprint"]
    waiting = zhibao("roster", clerk, "--json")
    assert waiting.status == 1
    confirmed = zhibao("roster", clerk, "--confirm", "office")
    assert confirmed.status == 0
    assert "已核对" in confirmed.out

    path = submitted(zhibao, clerk)
    before = zhibao("inspect", path, "--workspace", office, "--json")
    assert (before.data["content"], before.data["signature"]) == ("intact", "unknown_key")
    (first,) = zhibao("merge", office, path, "--json").data["files"]
    assert (first["verdict"], first["signature"]) == ("accepted", "unknown_key")
    assert first["fingerprint"] == fingerprint(zhibao, clerk)
    assert first["fingerprint"] in first["remarks"][0]
    assert zhibao("roster", office, "--confirm", "高新区").status == 0
    after = zhibao("inspect", path, "--workspace", office)
    assert "签名有效" in after.out
    assert first["fingerprint"] in after.out


def test_what_changed_comes_before_the_signature(zhibao: CommandLine, office: Path, clerk: Path) -> None:
    zhibao("merge", office, submitted(zhibao, clerk))
    path = submitted(zhibao, clerk)
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.worksheets[0]
    cells = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    sheet[f"{cells['本期'].column_letter}{cells['training_visits'].row}"] = 77
    workbook.save(path)
    said = zhibao("merge", office, path).out
    assert said.index("现为“77”") < said.index("指纹")


def test_a_key_travels_under_a_passphrase_that_is_never_on_the_command_line(
    zhibao: CommandLine, clerk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = fingerprint(zhibao, clerk)
    monkeypatch.setenv("ZHIBAO_PASSPHRASE", "short")
    assert zhibao("key", "export", clerk, "--out", tmp_path / "key").status == 2
    monkeypatch.setenv("ZHIBAO_PASSPHRASE", PASSPHRASE)
    assert zhibao("key", "export", clerk, "--out", tmp_path / "key").status == 0
    monkeypatch.setenv("ZHIBAO_HOME", str(tmp_path / "elsewhere"))
    away = zhibao("key", "show", clerk)
    assert (away.status, "不在本机" in away.out) == (1, True)
    filled(clerk)
    unsigned = zhibao("submit", clerk, "--period", "2024Q3", "--out", tmp_path, "--json")
    assert (unsigned.status, unsigned.data["fingerprint"]) == (0, "")
    assert zhibao("key", "import", clerk, tmp_path / "key").status == 0
    assert fingerprint(zhibao, clerk) == shown
    assert zhibao("key", "show", clerk).status == 0
    help_ = [zhibao("key", action, clerk, "--passphrase", PASSPHRASE) for action in ("export", "import")]
    assert [called.status for called in help_] == [2, 2]


def test_a_new_key_made_beside_the_old_one_needs_no_call(
    zhibao: CommandLine, office: Path, clerk: Path
) -> None:
    zhibao("merge", office, submitted(zhibao, clerk))
    zhibao("roster", office, "--confirm", "gaoxin")
    new = zhibao("key", "new", clerk, "--json").data["fingerprint"]
    called = zhibao("merge", office, submitted(zhibao, clerk), "--json")
    (outcome,) = called.data["files"]
    assert (called.status, outcome["signature"], outcome["fingerprint"]) == (0, "valid", new)
    listed = zhibao("roster", office, "--json").data["keys"]
    assert [key["state"] for key in listed if key["unit"] == "gaoxin"] == ["confirmed", "confirmed"]


def test_a_lost_key_is_ended_and_the_next_one_confirmed(
    zhibao: CommandLine, office: Path, clerk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zhibao("merge", office, submitted(zhibao, clerk))
    assert zhibao("roster", office, "--end", "gaoxin", "--date", "2024-10-01").status == 0
    monkeypatch.setenv("ZHIBAO_HOME", str(tmp_path / "elsewhere"))
    new = zhibao("key", "new", clerk, "--json").data["fingerprint"]
    called = zhibao("merge", office, submitted(zhibao, clerk), "--json")
    (outcome,) = called.data["files"]
    assert (called.status, outcome["verdict"], outcome["signature"]) == (1, "accepted", "changed_key")
    (unit,) = (
        u
        for u in zhibao("status", office, "--period", "2024Q3", "--json").data["units"]
        if u["unit"] == "gaoxin"
    )
    assert new in "".join(unit["remarks"])
    assert zhibao("roster", office, "--confirm", "gaoxin", "--fingerprint", "1" * 20).status == 2
    assert zhibao("roster", office, "--confirm", "gaoxin", "--fingerprint", new).status == 0
    assert zhibao("inspect", outcome["path"], "--workspace", office, "--json").data["signature"] == "valid"


def test_a_package_by_another_key_is_refused_with_its_fingerprint(
    zhibao: CommandLine, office: Path, clerk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zhibao("publish", office, "--period", "2024Q3", "--out", tmp_path / "1.xlsx")
    assert zhibao("receive", clerk, tmp_path / "1.xlsx").status == 0
    monkeypatch.setenv("ZHIBAO_HOME", str(tmp_path / "elsewhere"))
    stranger = tmp_path / "stranger.zhibao"
    zhibao("init", stranger, "--unit", "scjg", "--consolidates")
    zhibao("publish", stranger, "--period", "2024Q4", "--out", tmp_path / "2.xlsx")
    refused = zhibao("receive", clerk, tmp_path / "2.xlsx", "--json")
    assert (refused.status, refused.data["error"]["code"]) == (2, "office.other_key")
    theirs = fingerprint(zhibao, stranger)
    assert theirs in refused.err
    assert (
        zhibao("inspect", tmp_path / "2.xlsx", "--workspace", clerk, "--json").data["signature"]
        == "changed_key"
    )
    assert zhibao("receive", clerk, tmp_path / "2.xlsx", "--fingerprint", theirs).status == 0
