"""Where a total comes from, what is said of it, and what an earlier export was made of."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.consolidation import DifferenceState
from desktop.errors import InputError
from desktop.store import audit, open_store
from desktop.workspace import Extension, Workspace
from desktop.workspace.totals.office_notes import OverlapToDeclare
from tests.core.workspace.workspaces import Q3, Q4, blank_to_nil, explain_all, make

AGENCY = ({"name": "演示专利代理所"},)


def hand_in(folder: Path, unit: str, visits: str, *, period: object = Q3, today: str = "2024-10-08") -> Path:
    """A unit's report with one figure that is looked at; the rest is nil."""
    (folder / unit).mkdir(exist_ok=True)
    path = folder / unit / f"{unit}.zhibao"
    made = Workspace.open(path, person="演示员") if path.exists() else make(folder / unit, unit, today=today)
    with made as workspace:
        session = workspace.form(unit, Q3 if period is Q3 else Q4)
        if session.locked:
            session.start_revision().saved.result()
        session.type_figure("training_visits", visits)
        if period is not Q3:
            session.set_rows("agencies", AGENCY)
        blank_to_nil(session)
        explain_all(session)
        return workspace.submit_form(session, folder / unit).path


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    with make(tmp_path, "scjg", consolidates=True, today="2024-10-20") as workspace:
        yield workspace


def test_a_total_opens_to_units_files_and_revisions(office: Workspace, tmp_path: Path) -> None:
    file = hand_in(tmp_path, "tanggu", "30")
    hand_in(tmp_path, "jingkai", "90")
    office.take_in([file, tmp_path / "jingkai"], only=Q3)
    [traced] = office.totals.trace(Q3, "training_visits").elements
    rows = {row.unit: row for row in traced.rows}
    there = rows["tanggu"]
    assert (there.figure, there.net, there.cell) == (Decimal(30), Decimal(30), "指标报表!training_visits")
    assert (there.origin.file, there.origin.revision) == (file.name, 1)
    assert len(there.origin.sha256) == 64
    assert there.origin.received is not None
    assert there.share == Decimal(25)
    assert rows["taida"].missing
    assert traced.total.net == sum((row.net for row in traced.rows if row.net is not None), Decimal(0))
    assert len(traced.total.coverage.reported) == 2


def test_an_indicator_is_traced_by_its_number_and_an_unknown_name_is_refused(office: Workspace) -> None:
    first = office.plan.indicators[0]
    traced = office.totals.trace(Q3, str(first.number))
    assert traced.subject == first.id
    assert {part.element.id for part in traced.elements} == {*first.numerator, *first.denominator}
    with pytest.raises(InputError):
        office.totals.trace(Q3, "没有这一项")


def test_a_missing_unit_stands_there_with_its_share_at_its_last_report(
    office: Workspace, tmp_path: Path
) -> None:
    files = [hand_in(tmp_path, "tanggu", "30"), hand_in(tmp_path, "jingkai", "90")]
    office.take_in(files)
    [traced] = office.totals.trace(Q4, "training_visits").elements
    row = next(row for row in traced.rows if row.unit == "jingkai")
    assert (row.missing, row.last_period, row.last_figure, row.last_share) == (
        True,
        Q3,
        Decimal(90),
        Decimal(75),
    )


def test_an_export_is_made_again_byte_for_byte_and_what_changed_since_is_told(
    office: Workspace, tmp_path: Path
) -> None:
    office.take_in([hand_in(tmp_path, "tanggu", "30")])
    first = office.export(Q3, tmp_path / "first.xlsx")
    assert office.totals.changes_since(Q3).nothing
    office.take_in([hand_in(tmp_path, "jingkai", "90"), hand_in(tmp_path, "tanggu", "31")])
    changed = office.totals.changes_since(Q3)
    assert {(one.unit, one.before is None) for one in changed.units} == {("jingkai", True), ("tanggu", False)}
    total = next(one for one in changed.totals if one.subject == "training_visits")
    assert (total.before, total.now) == (Decimal(30), Decimal(121))
    again = office.totals.export_again(Q3, tmp_path / "again.xlsx", first.number)
    assert again.read_bytes() == first.path.read_bytes()
    second = office.export(Q3, tmp_path / "second.xlsx")
    assert (first.number, second.number) == (1, 2)
    assert second.path.read_bytes() != first.path.read_bytes()
    with pytest.raises(InputError):
        office.totals.export_again(Q3, tmp_path / "none.xlsx", 9)


def test_whatever_an_export_would_show_otherwise_is_told(office: Workspace, tmp_path: Path) -> None:
    office.take_in([hand_in(tmp_path, "jingkai", "90"), hand_in(tmp_path, "tanggu", "30")])
    session = office.form("scjg", Q3)
    session.type_figure("training_visits", "100")
    blank_to_nil(session)
    explain_all(session)
    office.submit_form(session, tmp_path)
    office.export(Q3, tmp_path / "first.xlsx")
    assert office.totals.changes_since(Q3).nothing

    def said() -> str:
        return "".join(office.totals.changes_since(Q3).said)

    office.totals.note_difference(Q3, "training_visits", "演示：口径不同", DifferenceState.EXPLAINED)
    assert said() == "部门数与单位合计的差异说明或容差有变化。"
    office.totals.clear_difference(Q3, "training_visits")
    assert office.totals.changes_since(Q3).nothing, "what was taken back leaves nothing"
    office.extend(Extension("hangu", Q3, datetime.date(2024, 12, 1), "演示：停电", "演示科长"))
    assert said() == "期限或延期有变化。报送状态有变化：汉沽街道（逾期→未报）。"
    office.withdraw_extension("hangu", Q3, reason="演示：误批")
    assert office.totals.changes_since(Q3).nothing
    (tmp_path / "坏.xlsx").write_bytes(b"no workbook")
    office.take_in([tmp_path / "坏.xlsx"])
    assert said() == "未接收的文件有变化。"
    row = next(row for row in office.board(Q3).rows if row.unit.id == "tanggu")
    office.review.set_aside("tanggu", Q3, row.accepted, reason="演示：误发")
    changed = office.totals.changes_since(Q3)
    assert "塘沽街道（已接收→已报待审）" in "".join(changed.said)
    assert [(one.unit, one.revision_before, one.revision) for one in changed.units] == [("tanggu", 1, None)]


def test_an_overlap_is_declared_with_a_reason_and_withdrawn(office: Workspace, tmp_path: Path) -> None:
    office.take_in([hand_in(tmp_path, "taida", "30"), hand_in(tmp_path, "jingkai", "90")])
    assert [o.declared for o in office.totals.overlaps(Q3) if o.element == "training_visits"] == [False]
    wanted = OverlapToDeclare("jingkai", "taida", "training_visits", Decimal(20), "演示：同一场培训")
    office.totals.declare_overlap(Q3, wanted)
    [traced] = office.totals.trace(Q3, "training_visits").elements
    row = next(row for row in traced.rows if row.unit == "jingkai")
    assert (row.figure, row.net, row.deductions) == (Decimal(90), Decimal(70), ("与泰达街道重复 20",))
    assert traced.total.net == Decimal(100)
    office.totals.withdraw_overlap(Q3, "taida", "jingkai", "training_visits")
    assert office.consolidated(Q3).elements["training_visits"].net == Decimal(120)
    for wrong in (
        OverlapToDeclare("jingkai", "tanggu", "training_visits", Decimal(1), "演示"),
        OverlapToDeclare("jingkai", "taida", "training_visits", Decimal(1), " "),
        OverlapToDeclare("jingkai", "taida", "training_visits", Decimal(-1), "演示"),
        OverlapToDeclare("jingkai", "taida", None, Decimal(1), "演示"),
    ):
        with pytest.raises(InputError):
            office.totals.declare_overlap(Q3, wrong)


def test_a_decision_on_an_entry_listed_twice_is_kept_with_its_reason_and_undone(tmp_path: Path) -> None:
    files = [
        hand_in(tmp_path, unit, "1", period=Q4, today="2025-01-08") for unit in ("tanggu", "taida", "jingkai")
    ]
    with make(tmp_path, "scjg", consolidates=True, today="2025-01-20") as office:
        office.take_in(files)
        [twice] = office.consolidated(Q4).duplicates
        assert office.consolidated(Q4).elements["agencies"].net == Decimal(3)
        office.totals.decide_duplicate(Q4, twice.key, ("taida",), "演示：登记在泰达街道")
        found = office.consolidated(Q4)
        assert (found.elements["agencies"].net, found.duplicates[0].reason) == (
            Decimal(1),
            "演示：登记在泰达街道",
        )
        office.totals.undo_duplicate(Q4, twice.key)
        assert office.consolidated(Q4).elements["agencies"].net == Decimal(3)
        with pytest.raises(InputError):
            office.totals.undo_duplicate(Q4, twice.key)
        with pytest.raises(InputError):
            office.totals.decide_duplicate(Q4, twice.key, ("scjg",), "演示")


def test_a_difference_is_explained_and_a_tolerance_ends_the_question(
    office: Workspace, tmp_path: Path
) -> None:
    office.take_in([hand_in(tmp_path, "jingkai", "90")])
    session = office.form("scjg", Q3)
    session.type_figure("training_visits", "100")
    blank_to_nil(session)
    explain_all(session)
    office.submit_form(session, tmp_path)

    def state() -> DifferenceState | None:
        return next(
            row for row in office.consolidated(Q3).reconciliation if row.element == "training_visits"
        ).state

    assert state() is DifferenceState.OPEN
    office.totals.note_difference(Q3, "training_visits", "演示：部门自办 10 人次", DifferenceState.EXPLAINED)
    assert state() is DifferenceState.EXPLAINED
    assert office.totals.set_tolerance("training_visits", Decimal(10))
    assert state() is None
    with pytest.raises(InputError):
        office.totals.note_difference(Q3, "training_visits", " ", DifferenceState.SETTLED)
    with pytest.raises(InputError, match="没有说明"):
        office.totals.clear_difference(Q3, "patents_valid")
    office.totals.set_tolerance("training_visits", Decimal(0))
    office.totals.clear_difference(Q3, "training_visits")
    assert state() is DifferenceState.OPEN
    path = office.path
    office.close()
    with open_store(path) as store:
        rows = [row for row in store.run(lambda c: tuple(audit.rows(c))) if row.kind == "difference"]
    assert ["自办 10 人次" in (row.old or "") for row in rows] == [False, True]
    assert ["自办 10 人次" in (row.new or "") for row in rows] == [True, False]
    assert {row.actor for row in rows} == {"演示员"}
