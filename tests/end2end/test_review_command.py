"""送审 by command line: a sheet for the leader, and the same check code at 报出; without a screen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.end2end.command_line import CommandLine

ROOT = Path(__file__).resolve().parents[2]
THERE = ("--period", "2024Q3")


def filled(zhibao: CommandLine, folder: Path) -> Path:
    workspace = folder / "kx.zhibao"
    zhibao("init", workspace, "--unit", "区科协")
    zhibao("fill", workspace, *THERE, "item/39=under_way:演示：基地建设推进中")
    checked = zhibao("check", workspace, *THERE, "--json")
    for key in checked.data["unexplained"]:
        zhibao(
            "explain", workspace, *THERE, key, "--reason", "other", "--text", "演示：本季按计划推进，详见进展"
        )
    return workspace


def without_screen(*arguments: str | Path) -> dict[str, Any]:
    """What the real program says, in a process of its own that has no screen."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in names}
    done = subprocess.run(
        [sys.executable, "-m", "ui", *map(str, arguments), "--json"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_the_leaders_sheet_and_the_report_bear_one_code(zhibao: CommandLine, tmp_path: Path) -> None:
    workspace = filled(zhibao, tmp_path)
    names = ("--responsible", "李主任", "--preparer", "演示员")
    sent = without_screen("review", workspace, *THERE, "--out", tmp_path / "送审", *names)
    assert Path(sent["path"]).read_bytes().startswith(b"%PDF")
    assert Path(sent["path"]).name.endswith("_送审.pdf")
    done = without_screen("submit", workspace, *THERE, "--out", tmp_path, "--sheet")
    assert done["digest"] == sent["digest"] and done["revision"] == sent["revision"] == 1
    assert Path(done["sheet"]).read_bytes().startswith(b"%PDF")


def test_an_edit_after_review_gives_another_code(zhibao: CommandLine, tmp_path: Path) -> None:
    workspace = filled(zhibao, tmp_path)
    sent = without_screen("review", workspace, *THERE, "--out", tmp_path)
    zhibao("fill", workspace, *THERE, "item/39=under_way:演示：基地建设推进中，已完成选址")
    done = zhibao("submit", workspace, *THERE, "--out", tmp_path, "--json")
    assert done.status == 0, done.err
    assert done.data["digest"] != sent["digest"]


def test_nothing_is_recorded_where_nothing_can_be_painted(zhibao: CommandLine, tmp_path: Path) -> None:
    workspace = filled(zhibao, tmp_path)
    refused = zhibao("review", workspace, *THERE, "--out", tmp_path, "--json")
    assert refused.status == 3 and "打印件" in refused.err
    assert zhibao("submit", workspace, *THERE, "--out", tmp_path, "--sheet").status == 3
    assert zhibao("submit", workspace, *THERE, "--out", tmp_path).status == 0
