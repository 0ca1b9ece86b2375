"""送审, 报出, 修订: the code that the leader gets, what kind of report it is, and what a revision changes."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.errors import InputError
from desktop.model.submission import ItemReport, ItemStatus, SignOff, SubmissionKind
from desktop.workspace import FormSession, LifeState, PaperHead, Wanted, Workspace
from tests.core.workspace.workspaces import Q3, at, explain_all, fill_everything, make


def filled(workspace: Workspace, unit: str = "tanggu") -> FormSession:
    session = workspace.form(unit, Q3)
    fill_everything(session)
    session.set_sign_off(SignOff("负责人甲", "审核人乙", "填表人丙")).saved.result()
    return session


def changed(session: FormSession) -> set[tuple[str, str, str]]:
    """What a revision changes, its explanations aside."""
    return {(entry.name, entry.was, entry.now) for entry in session.revised if "说明" not in entry.name}


def test_what_the_leader_got_is_what_is_handed_in(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        session = filled(workspace)
        paper = workspace.reports.send_for_review(session)
        assert session.life.state is LifeState.IN_REVIEW
        assert session.review_stands
        path = workspace.path
    later = at("2024-10-08")
    with Workspace.open(path, person="另一人", clock=later) as workspace:
        session = workspace.form("tanggu", Q3)
        assert session.review_stands
        assert workspace.reports.review_holds(session)
        done = workspace.submit_form(session, tmp_path / "out")
        assert done.check_code == paper.code
        assert done.as_reviewed
        assert session.life.handed_in is not None
        assert session.life.handed_in.person == "另一人"
        assert workspace.reports.paper(session).code == paper.code


def test_an_edit_voids_the_code_and_taking_it_back_makes_it_good_again(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        session = filled(workspace)
        code = workspace.reports.send_for_review(session).code
        session.type_figure("training_visits", "2").saved.result()
        assert not workspace.reports.review_holds(session)
        session.undo()
        assert workspace.reports.review_holds(session)
        session.set_sign_off(SignOff("负责人丁", "审核人乙", "填表人丙")).saved.result()
        assert not workspace.reports.review_holds(session), "the names stand on the paper"
        done = workspace.submit_form(session, tmp_path / "out")
        assert done.check_code != code
        assert done.as_reviewed is False


def test_a_form_with_errors_is_not_sent_for_review(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        session = workspace.form("tanggu", Q3)
        with pytest.raises(InputError, match="不能送审"):
            workspace.reports.send_for_review(session)
        assert session.life.state is LifeState.DRAFT


def test_a_second_review_replaces_the_first(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        session = filled(workspace)
        first = workspace.reports.send_for_review(session).code
        session.type_figure("training_visits", "2").saved.result()
        for finding in session.assessment.unexplained:
            session.explain(finding.key, "other", "演示：本季多办了一期培训").saved.result()
        second = workspace.reports.send_for_review(session).code
        assert second != first
        assert workspace.submit_form(session, tmp_path).check_code == second


def test_a_first_report_after_the_deadline_is_late_and_stays_so(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu", today="2024-12-20") as workspace:
        session = filled(workspace)
        assert workspace.reports.kind(session) is SubmissionKind.LATE
        assert workspace.submit_form(session, tmp_path).kind is SubmissionKind.LATE
        assert "补报" in workspace.reports.paper(session).title
        session.start_revision().saved.result()
        assert workspace.submit_form(session, tmp_path).kind is SubmissionKind.LATE


def test_a_revision_after_the_deadline_of_a_report_in_time_is_not_late(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        session = filled(workspace)
        assert workspace.submit_form(session, tmp_path).kind is SubmissionKind.REGULAR
        path = workspace.path
    with Workspace.open(path, clock=at("2024-12-20")) as workspace:
        session = workspace.form("tanggu", Q3)
        session.start_revision().saved.result()
        assert workspace.submit_form(session, tmp_path).kind is SubmissionKind.REGULAR


def test_a_revision_of_what_was_accepted_is_a_correction(tmp_path: Path) -> None:
    with make(tmp_path, "scjg", consolidates=True) as workspace:
        session = filled(workspace, "scjg")
        workspace.submit_form(session, tmp_path)
        session.start_revision().saved.result()
        assert workspace.reports.kind(session) is SubmissionKind.CORRECTION
        assert workspace.submit_form(session, tmp_path).kind is SubmissionKind.CORRECTION


def test_who_knows_of_the_acceptance_may_say_so(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        session = filled(workspace)
        workspace.submit_form(session, tmp_path)
        session.start_revision().saved.result()
        paper = workspace.reports.send_for_review(session, correction=True)
        assert "更正单" in paper.title
        done = workspace.reports.submit(session, Wanted(tmp_path, correction=True))
        assert (done.kind, done.check_code) == (SubmissionKind.CORRECTION, paper.code)


def test_a_revision_lists_cell_by_cell_what_it_changes(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        session = filled(workspace)
        number = session.form.items[0].item.number
        workspace.submit_form(session, tmp_path)
        assert not changed(session)
        session.start_revision().saved.result()
        session.type_figure("training_visits", "1234").saved.result()
        session.set_item(number, ItemReport(ItemStatus.NOT_SAID, narrative="办了两期")).saved.result()
        found = changed(session)
        assert found == {
            (workspace.plan.element("training_visits").name, "1", "1,234"),
            (f"第{number}项任务　进展情况", "空", "办了两期"),
        }
        path = workspace.path
    with Workspace.open(path, clock=at("2024-10-06")) as workspace:
        again = workspace.form("tanggu", Q3)
        assert changed(again) == found
        for finding in again.assessment.unexplained:
            again.explain(finding.key, "other", "演示：更正上一版的录入差错").saved.result()
        workspace.submit_form(again, tmp_path)
        changes = workspace.reports.paper(again).tables[-1]
        assert "修订对照" in changes.title
        rows = {row.cells for row in changes.rows}
        assert found <= rows


def test_the_sheet_holds_figures_items_explanations_and_who_answers(tmp_path: Path) -> None:
    with make(tmp_path, "scjg") as workspace:
        session = filled(workspace, "scjg")
        led = next(entry.item for entry in session.form.items if entry.leads)
        session.set_item(led.number, ItemReport(ItemStatus.UNDER_WAY, 60, "已印发方案")).saved.result()
        explain_all(session)
        workspace.reports.set_head(PaperHead(number="演示01表", readers="区局内部"))
        paper = workspace.reports.send_for_review(session)
        figures, items, explanations = paper.tables[0], *paper.tables[-2:]
        rows = [row for row in figures.rows if not row.band]
        assert len(rows) == len(session.form.due_rows)
        assert all(row.cells[4] for row in rows)
        assert any("60%" in row.cells for row in items.rows)
        assert len(explanations.rows) == len(session.assessment.answers)
        assert paper.signatures[:3] == (
            ("单位负责人", "负责人甲"),
            ("审核人", "审核人乙"),
            ("填表人", "填表人丙"),
        )
        assert paper.head.lines == ("表号：演示01表",), "a field the office didn't give isn't printed"
        assert any("区局内部" in line for line in paper.about)
        assert not paper.demo


def test_what_was_made_is_found_again_after_a_restart(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        session = filled(workspace)
        assert workspace.reports.submitted(session) is None
        with pytest.raises(InputError, match="尚未报出"):
            workspace.reports.paper(session)
        done = workspace.submit_form(session, tmp_path, mail=True)
        path = workspace.path
    with Workspace.open(path) as workspace:
        again = workspace.reports.submitted(workspace.form("tanggu", Q3))
        assert again is not None
        assert (again.path, again.digest, again.mail) == (done.path, done.digest, done.mail)


def test_an_undo_of_what_came_before_the_review_voids_the_code(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        session = workspace.form("tanggu", Q3)
        session.set_sign_off(SignOff("甲", "乙", "丙")).saved.result()
        fill_everything(session)
        session.type_figure("training_visits", "1.0").saved.result()
        workspace.reports.send_for_review(session)
        assert session.section.figure("training_visits").value == Decimal(1)
        assert session.undo() is not None
        assert not session.review_stands


def test_times_of_the_life_are_kept_with_their_zone(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        session = filled(workspace)
        workspace.reports.send_for_review(session)
        reviewed = workspace.form("tanggu", Q3).life.reviewed
        assert reviewed is not None
        assert reviewed.by.time.utcoffset() == datetime.timedelta(hours=8)
        assert reviewed.by.person == "演示员"


def test_a_street_s_file_that_comes_after_the_review_voids_a_zone_s_code(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as street:
        file = street.submit_form(filled(street), tmp_path / "mail").path
    with Workspace.create(
        tmp_path / "zone.zhibao",
        ["jingkai"],
        consolidates=True,
        children=["tanggu"],
        person="演示员",
        clock=at("2024-10-06"),
    ) as zone:
        session = filled(zone, "jingkai")
        zone.reports.send_for_review(session)
        assert zone.reports.review_holds(session)
        zone.take_in([file])
        assert not zone.reports.review_holds(session)
        paper = zone.reports.send_for_review(session)
        assert any("塘沽街道" in line for line in paper.about)
        assert zone.submit_form(session, tmp_path / "out").check_code == paper.code


def test_a_receipt_makes_the_next_revision_a_correction(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as street:
        file = street.submit_form(filled(street), tmp_path / "mail").path
        path = street.path
    with make(tmp_path, "scjg", consolidates=True) as office:
        office.take_in([file])
        (receipt,) = office.office.receipts(Q3, tmp_path / "receipts")
    with Workspace.open(path, person="演示员", clock=at("2024-10-09")) as street:
        street.take_from_office(receipt.path)
        session = street.form("tanggu", Q3)
        session.start_revision().saved.result()
        assert street.reports.kind(session) is SubmissionKind.CORRECTION


def test_a_revision_has_the_date_of_its_own_day(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as street:
        file = street.submit_form(filled(street), tmp_path / "mail").path
    with make(tmp_path, "scjg", consolidates=True) as office:
        office.take_in([file])
        (receipt,) = office.office.receipts(Q3, tmp_path / "receipts")
    (tmp_path / "new").mkdir()
    with make(tmp_path / "new", "tanggu", today="2024-10-20") as street:
        street.take_from_office(receipt.path)
        session = street.form("tanggu", Q3)
        assert session.sign_off.date == datetime.date(2024, 10, 5)
        session = street.start_revision(session)
        for finding in session.assessment.unexplained:
            session.explain(finding.key, "other", "演示：按回执恢复后核对无误，补报一处")
        street.submit_form(session, tmp_path / "mail")
        content = street.reports.paper(session)
        assert ("报出日期", "2024年10月20日") in content.signatures
