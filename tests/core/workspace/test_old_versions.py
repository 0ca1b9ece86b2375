"""Intake of files of other plan versions: kept as they came, read under today's version, or refused."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.definition import plan_digest
from desktop.model.plan import Plan
from desktop.workspace import BoardState, Choice, FileOutcome, Workspace, inspect_file
from tests.core.plans import with_changes
from tests.core.workspace.test_moving_drafts import fill, hand_in
from tests.core.workspace.versions import (
    Q3,
    first_version,
    next_plan,
    package,
    second_version,
    workspace,
)

FIGURES = {"licences": "11", "talents": "3", "net_change": "4", "oversea": "9"}


def sent_by(folder: Path, unit: str, values: dict[str, str], plan: Plan | None = None) -> Path:
    """A unit's file under a plan version."""
    home = folder / f"{unit}-{plan.version if plan else 1}"
    home.mkdir()
    with workspace(home, unit, plan=plan) as clerk:
        fill(clerk.form(unit, Q3), values)
        hand_in(clerk, clerk.form(unit, Q3), home)
    return next(home.glob("*.xlsx"))


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    """A consolidating workspace that knows both versions and works by the second."""
    made = workspace(tmp_path, "bureau", consolidates=True)
    made.receive(package(tmp_path, second_version()))
    return made


def take(office: Workspace, path: Path) -> FileOutcome:
    (outcome,) = office.take_in([path])
    return outcome


def test_an_older_versions_file_is_accepted_and_converted(office: Workspace, tmp_path: Path) -> None:
    with office:
        outcome = take(office, sent_by(tmp_path, "street-a", FIGURES))
        assert (outcome.verdict, outcome.code) == ("accepted", "workspace.migrated")
        assert "已按第2版换算" in outcome.reason
        fates = {(line.old, line.outcome.value) for line in outcome.migration}
        assert {("licences", "renamed"), ("net_change", "merged"), ("oversea", "dropped")} <= fates
        assert outcome.as_data()["migration"]
        figures = office.consolidated(Q3).figures["street-a"]
        assert figures.figure("licences_all").value == Decimal(11)
        assert figures.figure("talents").value == Decimal(7)


def test_the_content_is_kept_as_it_came(office: Workspace, tmp_path: Path) -> None:
    with office:
        outcome = take(office, sent_by(tmp_path, "street-a", FIGURES))
        kept = office.content(outcome.digest)
        assert (kept.plan_version, kept.plan_digest) == ("1", first_version().digest)
        assert kept.sections[0].figure("oversea").value == Decimal(9)


def test_the_board_says_that_it_was_converted(office: Workspace, tmp_path: Path) -> None:
    with office:
        take(office, sent_by(tmp_path, "street-b", FIGURES))
        row = next(row for row in office.board(Q3).rows if row.unit.id == "street-c")
        assert row.state is BoardState.ACCEPTED
        assert any("已按第2版换算" in remark for remark in row.remarks)


def test_old_and_new_files_add_up(office: Workspace, tmp_path: Path) -> None:
    with office:
        old = sent_by(tmp_path, "street-b", {"licences": "10"})
        new = sent_by(tmp_path, "street-a", {"licences_all": "7"}, second_version())
        assert [take(office, path).verdict for path in (old, new)] == ["accepted", "accepted"]
        total = office.consolidated(Q3).elements["licences_all"]
        assert total.net == Decimal(17)
        assert set(total.coverage.reported) == {"street-a", "street-c"}


def test_the_same_file_twice_and_a_revision_under_the_new_version(office: Workspace, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with office, workspace(home, "street-b") as clerk:
        fill(clerk.form("street-b", Q3), {"licences": "10"})
        hand_in(clerk, clerk.form("street-b", Q3), home)
        first = next(home.glob("*.xlsx"))
        take(office, first)
        assert take(office, first).verdict == "duplicate"
        clerk.receive(package(tmp_path, second_version(), name="二.xlsx"))
        session = clerk.start_revision(clerk.form("street-c", Q3))
        fill(session, {"licences_all": "12"})
        hand_in(clerk, session, home)
        second = next(path for path in home.glob("*.xlsx") if path != first)
        outcome = take(office, second)
        assert (outcome.verdict, outcome.code) == ("accepted", "consolidation.supersedes")
        assert office.consolidated(Q3).figures["street-c"].figure("licences_all").value == Decimal(12)


def test_a_file_that_came_before_the_new_version_counts_on(tmp_path: Path) -> None:
    with workspace(tmp_path, "bureau", consolidates=True) as office:
        assert (
            take(office, sent_by(tmp_path, "street-b", {"licences": "10"})).code == "consolidation.accepted"
        )
        office.receive(package(tmp_path, second_version()))
        assert office.consolidated(Q3).elements["licences_all"].net == Decimal(10)


def test_a_split_units_file_is_refused_with_the_reason(office: Workspace, tmp_path: Path) -> None:
    with office:
        outcome = take(office, sent_by(tmp_path, "town-a", FIGURES))
        assert (outcome.verdict, outcome.code) == ("rejected", "migration.unit_split")
        assert "拆分为演示东镇、演示西镇" in outcome.reason and "重报" in outcome.reason


def test_a_newer_versions_file_has_a_reason_of_its_own(tmp_path: Path) -> None:
    with workspace(tmp_path, "bureau", consolidates=True) as office:
        outcome = take(office, sent_by(tmp_path, "street-c", {"licences_all": "7"}, second_version()))
        assert (outcome.verdict, outcome.code) == ("rejected", "exchange.newer_plan_version")
        assert "先接收新的任务包" in outcome.reason


def sent_under_an_unknown_version(folder: Path) -> Path:
    unknown = with_changes(first_version(), version="1.5", digest="")
    return sent_by(folder, "street-a", {"licences": "7"}, replace(unknown, digest=plan_digest(unknown)))


def test_an_unknown_older_version_is_a_conflict_as_before(office: Workspace, tmp_path: Path) -> None:
    with office:
        outcome = take(office, sent_under_an_unknown_version(tmp_path))
        assert (outcome.verdict, outcome.code) == ("conflict", "consolidation.unknown_plan_version")


def test_one_that_is_taken_all_the_same_says_so_on_the_board(office: Workspace, tmp_path: Path) -> None:
    with office:
        outcome = take(office, sent_under_an_unknown_version(tmp_path))
        office.review.take("street-a", Q3, Choice(outcome.digest, {}, "演示：与现行版相同"))
        row = next(row for row in office.board(Q3).rows if row.unit.id == "street-a")
        assert row.state is BoardState.ACCEPTED
        assert any("第1.5版填报" in remark and "没有换算" in remark for remark in row.remarks)


def test_a_decision_on_an_older_file_holds_after_the_unit_got_its_new_name(tmp_path: Path) -> None:
    with workspace(tmp_path, "bureau", consolidates=True) as office:
        outcome = take(office, sent_by(tmp_path, "street-b", {"licences": "10"}))
        office.decide("street-b", Q3, outcome.digest, take=False, reason="演示：退回核实")
        office.receive(package(tmp_path, second_version()))
        row = next(row for row in office.board(Q3).rows if row.unit.id == "street-c")
        assert row.state is BoardState.RETURNED


def test_the_next_plan_compares_with_what_the_one_before_brought(tmp_path: Path) -> None:
    period = replace(Q3, year=2025)
    with workspace(tmp_path, "bureau", consolidates=True, today="2025-10-05") as office:
        take(office, sent_by(tmp_path, "street-a", {"licences": "10", "pledges": "50"}))
        office.receive(package(tmp_path, next_plan(), period))
        home = tmp_path / "next"
        home.mkdir()
        with workspace(home, "street-a", plan=next_plan(), today="2025-10-05") as clerk:
            session = clerk.form("street-a", period)
            fill(session, {"pledges": "60"})
            hand_in(clerk, session, home)
        take(office, next(home.glob("*.xlsx")))
        pledged = office.consolidated(period).indicator("pledged")
        assert pledged.last_year is not None and pledged.growth is not None
        assert pledged.growth.rate == Decimal(20)


def test_inspecting_an_older_file_reads_it_by_its_own_version(office: Workspace, tmp_path: Path) -> None:
    sent = sent_by(tmp_path, "street-a", FIGURES)
    path = office.path
    office.close()
    seen = inspect_file(sent, path)
    assert (seen.content, seen.unit, seen.edited) == ("intact", "street-a", ())
