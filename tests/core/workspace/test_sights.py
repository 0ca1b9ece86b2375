"""What the window drew of a form holds as long as the next start would draw the same, and no longer."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.canonical import Json
from desktop.model.period import Period, PeriodType
from desktop.workspace import HeldFile, Workspace
from desktop.workspace.people.choosing import period_by_the_day
from tests.core.plans import small_plan, with_changes
from tests.core.workspace.versions import first_version, package
from tests.core.workspace.versions import workspace as small_workspace
from tests.core.workspace.workspaces import Q3, Q4, at, make

DRAWN = {"lines": ["演示"]}


def seen(path: Path, today: str) -> Json | None:
    """What is drawn first when the file is opened on a day."""
    held = HeldFile(path, clock=at(today))
    try:
        return held.sight()
    finally:
        held.close()


def keep(workspace: Workspace, period: Period = Q3, unit: str | None = None) -> bool:
    own = unit or workspace.own_units[0].id
    return workspace.keep_sight(workspace.form(own, period), DRAWN)


def test_it_holds_until_the_day_on_which_another_period_has_ended(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu", today="2024-10-05") as workspace:
        assert keep(workspace)
    assert seen(workspace.path, "2024-10-05") == DRAWN
    assert seen(workspace.path, "2024-12-30") == DRAWN
    assert seen(workspace.path, "2024-12-31") is None
    assert seen(workspace.path, "2024-10-04") is None, "the computer's date was set back"


def test_while_a_period_is_open_it_does_not_hang_on_the_day(tmp_path: Path) -> None:
    with small_workspace(tmp_path, "street-a", today="2024-10-05") as clerk:
        clerk.receive(package(tmp_path, first_version(), Q3, Q4))
        assert keep(clerk)
    assert seen(clerk.path, "2025-02-01") == DRAWN


def test_only_the_form_that_is_opened_next_time_is_kept(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu", "jingkai") as workspace:
        assert not keep(workspace, Q4)
        assert not keep(workspace, Q3, "jingkai")
    assert seen(workspace.path, "2024-10-06") is None


def test_where_several_people_work_they_are_asked_first(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        workspace.set_person("李四")
        assert not keep(workspace)


def test_an_edit_that_never_came_to_a_close_makes_it_an_old_one(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        assert keep(workspace)
        workspace.form("tanggu", Q3).type_figure("training_visits", "1").saved.result()
    assert seen(workspace.path, "2024-10-06") is None


def test_another_version_of_the_program_draws_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with make(tmp_path, "tanggu") as workspace:
        assert keep(workspace)
    monkeypatch.setattr("desktop.workspace.sights.VERSION", "99.0")
    assert seen(workspace.path, "2024-10-06") is None


@given(
    types=st.lists(st.sampled_from(PeriodType), min_size=1, unique=True),
    today=st.dates(datetime.date(2022, 1, 1), datetime.date(2028, 12, 31)),
    data=st.data(),
)
def test_the_period_stays_the_same_up_to_the_day_that_is_said(
    types: list[PeriodType], today: datetime.date, data: st.DataObject
) -> None:
    plan = with_changes(small_plan(), period_types=tuple(types))
    period, changes = period_by_the_day(plan, today)
    assert changes is not None and today < changes <= today + datetime.timedelta(days=366)
    later = data.draw(st.dates(today, changes - datetime.timedelta(days=1)))
    assert period_by_the_day(plan, later) == (period, changes)
