"""Explanations are agreed to or not; paper and extensions are kept beside the file; the unit's page."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.errors import InputError
from desktop.model.period import Period
from desktop.workspace import (
    BoardRow,
    BoardState,
    ExplanationView,
    Extension,
    OfficeAnswer,
    PaperState,
    StampedPaper,
    ToReturn,
    Workspace,
)
from tests.core.workspace.workspaces import Q3, Q4, REASON, at, explain_all, fill_everything, make

Q2 = Period.parse("2024Q2")
WHY = "演示：理由不充分，请附签到表"


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    return make(tmp_path, "scjg", consolidates=True)


@pytest.fixture
def clerk(tmp_path: Path) -> Workspace:
    return make(tmp_path, "tanggu")


@pytest.fixture
def sent(tmp_path: Path, office: Workspace, clerk: Workspace) -> Path:
    """A report in which several warnings are explained: less than the quarter before, which was taken in."""
    (tmp_path / "1").mkdir()
    before = clerk.form("tanggu", Q2)
    fill_everything(before, "90")
    office.take_in([clerk.submit_form(before, tmp_path / "1").path])
    session = clerk.form("tanggu", Q3)
    fill_everything(session, "20")
    assert len(session.assessment.explained) > 1
    return clerk.submit_form(session, tmp_path / "1").path


def row(office: Workspace) -> BoardRow:
    return next(row for row in office.board(Q3).rows if row.unit.id == "tanggu")


def views(office: Workspace) -> tuple[ExplanationView, ...]:
    return office.review.explanations(Q3, row(office).digest)


def test_each_explanation_shows_what_it_answers_and_waits(office: Workspace, sent: Path) -> None:
    office.take_in([sent])
    found = views(office)
    assert found and all(view.verdict is None for view in found)
    assert row(office).waiting == len(found)
    assert row(office).state is BoardState.ACCEPTED, "who waits for the consolidator is not questioned"
    assert f"{len(found)} 条出错说明待审" in row(office).remarks[-1]
    assert any(view.asked for view in found)


def test_a_rejected_explanation_is_questioned_counts_on_and_goes_back_with_the_return(
    tmp_path: Path, office: Workspace, clerk: Workspace, sent: Path
) -> None:
    office.take_in([sent])
    doubtful, *rest = views(office)
    for view in rest:
        office.review.judge(Q3, row(office).digest, view, agree=True)
    with pytest.raises(InputError, match="理由"):
        office.review.judge(Q3, row(office).digest, doubtful, agree=False)
    office.review.judge(Q3, row(office).digest, doubtful, agree=False, reason=WHY)
    assert row(office).state is BoardState.QUESTIONED and row(office).accepted
    assert row(office).waiting == 0
    (rejected,) = [view for view in views(office) if view.verdict is False]
    assert (rejected.finding, rejected.said) == (doubtful.finding, WHY)

    done = office.office.send_back("tanggu", Q3, ToReturn("演示：请补充说明", (rejected.comment,)), tmp_path)
    got = clerk.take_from_office(done.path)
    assert isinstance(got, OfficeAnswer) and any("不予认可" in line and WHY in line for line in got.lines)
    session = clerk.form("tanggu", Q3)
    assert "return.explanation" in {f.code for f in session.assessment.unexplained}
    session.explain(doubtful.finding, REASON, "演示：三场培训的签到表已附，合计人次与填报一致")
    office.take_in([clerk.submit_form(session, tmp_path / "1").path])
    assert row(office).state is BoardState.ACCEPTED
    assert row(office).waiting == 1, "only the new words wait, what was agreed to stays agreed to"
    (page,) = [m for m in office.review.unit("tanggu", Q3).messages if m.kind == "return"]
    assert [met.met for met in page.comments] == [True]


def test_a_judgement_can_be_taken_back(office: Workspace, sent: Path) -> None:
    office.take_in([sent])
    office.review.judge(Q3, row(office).digest, views(office)[0], agree=False, reason=WHY)
    (decision,) = office.review.decisions(Q3, "tanggu")
    office.review.undo(decision.id, reason="演示：已补签到表")
    assert row(office).state is BoardState.ACCEPTED
    assert views(office)[0].verdict is None
    stranger = replace(views(office)[0], name="sha256:0")
    with pytest.raises(InputError):
        office.review.judge(Q3, row(office).digest, stranger, agree=True)


def test_paper_is_tracked_apart(office: Workspace, clerk: Workspace, sent: Path) -> None:
    office.take_in([sent])
    assert row(office).paper_label == "未收"
    assert office.review.unit("tanggu", Q3).paper.label == "未收"
    with pytest.raises(InputError, match="哪里不符"):
        office.review.note_paper("tanggu", Q3, StampedPaper(PaperState.DIFFERS))
    ahead = StampedPaper(PaperState.AGREES, datetime.date(2024, 11, 1))
    with pytest.raises(InputError, match="今天之后"):
        office.review.note_paper("tanggu", Q3, ahead)
    office.review.note_paper("tanggu", Q3, StampedPaper(PaperState.AGREES))
    assert office.review.unit("tanggu", Q3).paper.label == "相符（2024-10-05）"
    assert (row(office).state, row(office).paper_label) == (BoardState.ACCEPTED, "相符")
    session = clerk.start_revision(clerk.form("tanggu", Q3))
    session.type_figure("custody_firms", "4")
    explain_all(session)
    office.take_in([clerk.submit_form(session, sent.parent).path])
    assert row(office).paper_label == "相符（第1版）", "no sheet of the second revision was seen"
    (decision,) = office.review.decisions(Q3)
    office.review.undo(decision.id, reason="演示：看错单位")
    assert row(office).paper_label == "未收"
    assert office.review.unit("tanggu", Q3).paper.state is PaperState.NOT_HERE


def test_an_extension_moves_the_last_day_of_one_unit(tmp_path: Path) -> None:
    with make(tmp_path, "scjg", consolidates=True, today="2024-12-01") as office:
        assert row(office).state is BoardState.OVERDUE
        wanted = Extension("tanggu", Q3, datetime.date(2024, 12, 10), "演示：系统迁移", "")
        with pytest.raises(InputError, match="批准人"):
            office.extend(wanted)
        with pytest.raises(InputError, match="期末"):
            office.extend(replace(wanted, approver="演示", day=datetime.date(2024, 9, 1)))
        office.extend(replace(wanted, approver="演示科长"))
        assert (row(office).label, row(office).deadline) == ("未报（已延期）", datetime.date(2024, 12, 10))
        assert "演示科长" in row(office).remarks[0]
        others = {r.label for r in office.board(Q3).rows if r.unit.id != "tanggu"}
        assert "逾期" in others and "未报（已延期）" not in others
        page = office.review.unit("tanggu", Q3)
        assert page.extension is not None and page.extension.reason == "演示：系统迁移"
        office.publish(Q3, tmp_path / "任务包.xlsx")
        assert office.round.deadline("tanggu", Q3) == datetime.date(2024, 12, 10)


def test_the_unit_s_page_gathers_what_came_was_said_and_was_sent(
    tmp_path: Path, office: Workspace, clerk: Workspace, sent: Path
) -> None:
    office.take_in([sent])
    office.office.receipts(Q3, tmp_path / "out", unit="tanggu")
    session = clerk.start_revision(clerk.form("tanggu", Q3))
    session.type_figure("custody_firms", "4")
    for finding in session.assessment.unexplained:
        session.explain(finding.key, REASON, f"演示：如实填报，已核对台账 {finding.address}")
    office.take_in([clerk.submit_form(session, tmp_path / "1").path])
    page = office.review.unit("tanggu", Q3)
    assert [side.revision for side in page.revisions] == [1, 2]
    assert [side.counts for side in page.revisions] == [False, True]
    assert [file.revision for file in page.files] == [2, 1]
    assert [(cell.name, *cell.texts) for cell in page.changed if not cell.place.finding] == [
        ("托管服务覆盖企业", "20", "4")
    ]
    assert [(message.kind, message.day) for message in page.messages] == [("receipt", "2024-10-05")]
    assert page.row.on_time is True


def test_the_year_shows_every_period_with_rates(tmp_path: Path, office: Workspace, sent: Path) -> None:
    office.take_in([sent])
    office.close()
    path = tmp_path / "scjg.zhibao"
    with Workspace.open(path, person="演示员", clock=at("2025-03-01")) as later:
        year = later.review.year((Q3, Q4, Period.parse("2025Q2")))
        assert year.periods == (Q3, Q4), "what hasn't begun is left out"
        tanggu = next(one for one in year.units if one.unit.id == "tanggu")
        assert (tanggu.rows[Q3].label, tanggu.rows[Q4].label) == ("已接收", "逾期")
        assert (tanggu.complete, tanggu.punctual) == ("1/2", "1/2")
        other = next(one for one in year.units if one.unit.kind == "street" and one.unit.id != "tanggu")
        assert other.complete == "0/2"
