"""A zone's file holds its streets: what the district says of a street reaches the zone, and the street."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.errors import InputError
from desktop.workspace import BoardState, OfficeAnswer, ReturnComment, ToReturn, Workspace
from tests.core.workspace.workspaces import Q3, explain_all, fill_everything, make

ASKED = ReturnComment("taida", "training_visits", "演示：与签到表不符")


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Workspace]:
    with make(tmp_path, "taida") as workspace:
        yield workspace


@pytest.fixture
def zone(tmp_path: Path, street: Workspace) -> Iterator[Workspace]:
    """经开区, with 泰达街道's report taken in and its own filled in."""
    path = tmp_path / "zone.zhibao"
    made = Workspace.create(
        path, ["jingkai"], consolidates=True, children=["taida"], person="演示员", clock=street._clock
    )
    with made as workspace:
        session = street.form("taida", Q3)
        fill_everything(session, "3")
        workspace.take_in([street.submit_form(session, tmp_path).path])
        fill_everything(workspace.form("jingkai", Q3), "5")
        yield workspace


@pytest.fixture
def district(tmp_path: Path, zone: Workspace) -> Iterator[Workspace]:
    """区市场监管局, with the zone's file taken in."""
    with make(tmp_path, "scjg", consolidates=True) as workspace:
        workspace.take_in([zone.submit_form(zone.form("jingkai", Q3), tmp_path).path])
        yield workspace


def states(office: Workspace) -> dict[str, BoardState]:
    return {row.unit.id: row.state for row in office.board(Q3).rows}


def visits(office: Workspace) -> str:
    return str(office.consolidated(Q3).elements["training_visits"].net)


def sent_back(district: Workspace, folder: Path) -> Path:
    wanted = ToReturn("演示：请核对街道数据", (ASKED,))
    return district.office.send_back("jingkai", Q3, wanted, folder).path


def test_a_street_in_a_zone_s_file_goes_back_as_the_zone_s_file(tmp_path: Path, district: Workspace) -> None:
    assert (states(district)["taida"], visits(district)) == (BoardState.ACCEPTED, "8")
    row = next(row for row in district.board(Q3).rows if row.unit.id == "taida")
    assert row.via == "jingkai"
    with pytest.raises(InputError, match="经开区"):
        district.review.set_aside("taida", Q3, row.accepted, reason="演示")
    done = district.office.send_back("taida", Q3, ToReturn("演示：请核对", (), None, row.digest), tmp_path)
    assert done.notice.to == "jingkai"
    assert states(district)["jingkai"] is BoardState.RETURNED
    assert district.consolidated(Q3).elements["training_visits"].net is None


def test_a_comment_on_a_street_is_seen_by_the_zone_and_passed_on(
    tmp_path: Path, street: Workspace, zone: Workspace, district: Workspace
) -> None:
    zone.take_from_office(sent_back(district, tmp_path))
    session = zone.form("jingkai", Q3)
    said = [f.params["said"] for f in session.findings if f.code == "return.whole"]
    assert "泰达街道　知识产权培训和宣传：演示：与签到表不符" in said
    [message] = [m for m in zone.review.unit("taida", Q3).messages if m.kind == "return"]
    assert "随经开区第1版退回" in message.text and [met.met for met in message.comments] == [None]
    assert zone.review.asked_above("taida", Q3) == (ASKED,)
    assert zone.review.asked_above("jingkai", Q3) == ()

    (tmp_path / "again").mkdir()
    back = zone.office.send_back(
        "taida", Q3, ToReturn("演示：请改", zone.review.asked_above("taida", Q3)), tmp_path
    )
    got = street.take_from_office(back.path)
    assert isinstance(got, OfficeAnswer) and got.opened
    form = street.form("taida", Q3)
    form.type_figure("training_visits", "4")
    explain_all(form)
    zone.take_in([street.submit_form(form, tmp_path / "again").path])
    mine = [m for m in zone.review.unit("taida", Q3).messages if "随经开区" in m.text]
    assert [met.met for met in mine[0].comments] == [True]

    session = zone.form("jingkai", Q3)
    explain_all(session)
    district.take_in([zone.submit_form(session, tmp_path / "again").path])
    assert (states(district)["taida"], visits(district)) == (BoardState.ACCEPTED, "9")


def test_a_street_that_was_sent_back_is_not_in_the_zone_s_next_file(
    tmp_path: Path, zone: Workspace, district: Workspace
) -> None:
    zone.office.send_back("taida", Q3, ToReturn("演示：请核实"), tmp_path)
    (tmp_path / "again").mkdir()
    session = zone.start_revision(zone.form("jingkai", Q3))
    district.take_in([zone.submit_form(session, tmp_path / "again").path])
    assert states(district)["taida"] in (BoardState.MISSING, BoardState.OVERDUE)
    assert visits(district) == "5"


def test_what_is_in_conflict_is_decided_before_it_goes_back(
    tmp_path: Path, street: Workspace, zone: Workspace
) -> None:
    (tmp_path / "b").mkdir()
    with make(tmp_path / "b", "taida") as other:
        session = other.form("taida", Q3)
        fill_everything(session, "6")
        zone.take_in([other.submit_form(session, tmp_path / "b").path])
    assert states(zone)["taida"] is BoardState.CONFLICT
    with pytest.raises(InputError, match="先选定"):
        zone.office.send_back("taida", Q3, ToReturn("演示：请核实"), tmp_path)
