"""Exports stay what they were when the plan gets a new version, and when the next plan comes."""

from __future__ import annotations

from pathlib import Path

from desktop.model.period import Period
from desktop.workspace import Workspace
from tests.core.workspace.test_old_versions import FIGURES, sent_by
from tests.core.workspace.versions import Q3, next_plan, package, second_version, workspace
from tests.core.workspace.workspaces import at

NEXT = Period.parse("2025Q1")


def test_an_export_under_an_older_version_is_made_again_under_that_version(tmp_path: Path) -> None:
    with workspace(tmp_path, "bureau", consolidates=True) as office:
        office.take_in([sent_by(tmp_path, "street-a", FIGURES)])
        first = office.export(Q3, tmp_path / "first.xlsx")
        office.receive(package(tmp_path, second_version()))
        found = office.totals.changes_since(Q3)
        assert "方案由第1版换为第2版。" in found.said
        assert not found.units, "the contents are the same"
        again = office.totals.export_again(Q3, tmp_path / "again.xlsx")
        assert again.read_bytes() == first.path.read_bytes()
        office.export(Q3, tmp_path / "second.xlsx")
        assert office.totals.changes_since(Q3).nothing


def test_what_counted_under_the_plan_before_is_in_the_snapshot(tmp_path: Path) -> None:
    with workspace(tmp_path, "bureau", consolidates=True) as made:
        made.take_in([sent_by(tmp_path, "street-a", FIGURES)])
        path = made.path
    with Workspace.open(path, clock=at("2025-04-05")) as office:
        office.receive(package(tmp_path, second_version()))
        office.receive(package(tmp_path, next_plan(), NEXT, name="next.xlsx"))
        assert office.plan.id == "next-plan"
        first = office.export(NEXT, tmp_path / "first.xlsx")
        plan, digests = office.totals.exports(NEXT)[0].counted[Q3]
        assert (plan, len(digests)) == ("", 1)
        assert office.totals.changes_since(NEXT).nothing
        again = office.totals.export_again(NEXT, tmp_path / "again.xlsx")
        assert again.read_bytes() == first.path.read_bytes()
