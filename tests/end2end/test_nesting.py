"""A zone merges its streets and mails one file upward; the district counts each figure once."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

from desktop.workspace import Workspace
from tests.core.workspace.workspaces import Q3, at, blank_to_nil, explain_all, make
from tests.end2end.command_line import CommandLine


def _hand_in(workspace: Workspace, unit: str, visits: str, out: Path) -> Path:
    session = workspace.form(unit, Q3)
    session.type_figure("training_visits", visits)
    blank_to_nil(session)
    explain_all(session)
    return workspace.submit_form(session, out).path


def test_a_zone_with_streets_counts_as_all_of_them(tmp_path: Path) -> None:
    with make(tmp_path, "taida") as street:
        street_file = _hand_in(street, "taida", "30", tmp_path)
    zone = Workspace.create(
        tmp_path / "zone.zhibao",
        ["jingkai"],
        consolidates=True,
        children=["泰达街道"],
        clock=at("2024-10-08"),
    )
    with zone:
        assert [outcome.verdict for outcome in zone.take_in([street_file])] == ["accepted"]
        zone_file = _hand_in(zone, "jingkai", "200", tmp_path)
    with make(tmp_path, "scjg", consolidates=True, today="2024-10-09") as district:
        assert [outcome.verdict for outcome in district.take_in([zone_file])] == ["accepted"]
        total = district.consolidated(Q3).elements["training_visits"]
        assert (total.net, len(total.coverage.reported)) == (Decimal(230), 2)
        assert [outcome.verdict for outcome in district.take_in([street_file])] == ["accepted"]
        again = district.consolidated(Q3).elements["training_visits"]
        assert again.net == Decimal(230)


def test_a_second_opener_is_told_who_holds_the_file(zhibao: CommandLine, tmp_path: Path) -> None:
    with make(tmp_path, "taida") as workspace:
        path = workspace.path
        call = ["check", str(path), "--period", "2024Q3"]
        code = f"from desktop.cli import main; raise SystemExit(main({call!r}))"
        other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert other.returncode == 3
        assert "演示员" in other.stderr
    assert zhibao("check", path, "--period", "2024Q3").status == 1
