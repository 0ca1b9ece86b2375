"""Who works, handing over, several units in one workspace, and where each period stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.errors import InputError
from desktop.workspace import ToPublish, Workspace
from desktop.workspace.desk.rounds import Deadline
from desktop.workspace.people.period_states import PeriodState
from tests.core.workspace.workspaces import Q3, Q4, at, blank_to_nil, explain_all, make


def test_a_hand_over_stays_in_the_trail(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        workspace.staff.hand_over("演示员", "李四", " 印章在柜里 ")
        workspace.staff.hand_over("李四", "王五")
        for giver, taker in (("", "李四"), ("李四", "李四"), ("李四", " ")):
            with pytest.raises(InputError):
                workspace.staff.hand_over(giver, taker)
    with Workspace.open(workspace.path) as workspace:
        found = workspace.staff.handovers()
        assert [(h.giver, h.taker, h.note) for h in found] == [
            ("李四", "王五", ""),
            ("演示员", "李四", "印章在柜里"),
        ]
        assert workspace.people == ("演示员", "李四", "王五")


def test_who_worked_last_is_known(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        assert workspace.staff.worked_last() == "演示员"
        workspace.set_person("李四")
        workspace.form("tanggu", Q3).type_figure("training_visits", "1").saved.result()
        workspace.set_person("王五")
    with Workspace.open(workspace.path) as workspace:
        assert workspace.person == "" and workspace.staff.worked_last() == "李四"


def test_who_took_over_works_next_until_somebody_else_enters_something(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        workspace.form("tanggu", Q3).type_figure("training_visits", "1").saved.result()
        workspace.staff.hand_over("演示员", "李四")
        assert workspace.staff.worked_last() == "李四"
        workspace.form("tanggu", Q3).type_figure("training_visits", "2").saved.result()
        assert workspace.staff.worked_last() == "演示员"


def test_one_more_unit_is_reported_for(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        assert workspace.add_unit("经开区").id == "jingkai"
        with pytest.raises(InputError, match="已经有"):
            workspace.add_unit("jingkai")
        with pytest.raises(InputError, match="没有单位"):
            workspace.add_unit("河西区")
        workspace.form("jingkai", Q3).type_figure("training_visits", "7").saved.result()
    with Workspace.open(workspace.path) as workspace:
        assert [unit.id for unit in workspace.own_units] == ["tanggu", "jingkai"]
        assert workspace.standings("jingkai")[-1].state is PeriodState.EMPTY


def test_each_period_says_where_it_stands(tmp_path: Path) -> None:
    def standing(workspace: Workspace) -> dict[str, tuple[PeriodState, int, bool]]:
        return {
            str(s.period): (s.state, s.revision, s.overdue)
            for s in workspace.standings("tanggu")
            if s.period in (Q3, Q4)
        }

    with make(tmp_path, "tanggu", today="2024-10-05") as workspace:
        assert standing(workspace)["2024Q3"] == (PeriodState.EMPTY, 1, False)
        session = workspace.form("tanggu", Q3)
        session.type_figure("training_visits", "1").saved.result()
        assert standing(workspace)["2024Q3"] == (PeriodState.DRAFT, 1, False)
        assert standing(workspace)["2024Q4"] == (PeriodState.EMPTY, 1, False)
        blank_to_nil(session)
        explain_all(session)
        workspace.submit_form(session, tmp_path / "out")
        assert standing(workspace)["2024Q3"] == (PeriodState.SUBMITTED, 1, False)
        workspace.start_revision(session)
        assert standing(workspace)["2024Q3"] == (PeriodState.DRAFT, 2, False)


def test_an_opened_period_whose_day_has_passed_is_overdue(tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    with make(tmp_path / "office", "scjg", consolidates=True) as office:
        day = at("2024-10-20")().date()
        office.publish(ToPublish((Q3,), (Deadline("street", day),)), tmp_path / "p.xlsx")
    with make(tmp_path, "tanggu", today="2024-10-25") as workspace:
        workspace.receive(tmp_path / "p.xlsx")
        found = {s.period: s for s in workspace.standings("tanggu")}
        assert found[Q3].open and found[Q3].overdue and found[Q3].deadline == day
        assert not found[Q4].open and not found[Q4].overdue
        assert not found[Q3.previous].overdue, "nobody opened it"
