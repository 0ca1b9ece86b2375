"""Conflicts: side by side with the common ancestor, decided whole or by cells, traceable and undoable."""

from __future__ import annotations

import itertools
from pathlib import Path

import openpyxl
import pytest

from desktop.errors import InputError
from desktop.workspace import BoardRow, BoardState, CellPlace, Choice, Workspace
from tests.core.workspace.workspaces import Q3, at, explain_all, fill_everything, make

WHY = "演示：与街道电话核对"
VISITS, FIRMS = "training_visits", "custody_firms"
AT_VISITS, AT_FIRMS = CellPlace("tanggu", VISITS), CellPlace("tanggu", FIRMS)


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    return make(tmp_path, "scjg", consolidates=True)


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """塘沽街道's first revision, everything 1; its workspace lies beside it."""
    folder = tmp_path / "first"
    folder.mkdir()
    with make(folder, "tanggu") as clerk:
        session = clerk.form("tanggu", Q3)
        fill_everything(session)
        return clerk.submit_form(session, folder).path


def revised(folder: Path, first: Path, **values: str) -> Path:
    """The next revision from a copy of the workspace, as when two clerks correct apart."""
    folder.mkdir()
    kept = folder / "tanggu.zhibao"
    kept.write_bytes((first.parent / "tanggu.zhibao").read_bytes())
    with Workspace.open(kept, person="演示员", clock=at("2024-10-06")) as clerk:
        session = clerk.start_revision(clerk.form("tanggu", Q3))
        for element, value in values.items():
            session.type_figure(element, value)
        explain_all(session)
        return clerk.submit_form(session, folder).path


@pytest.fixture
def rivals(tmp_path: Path, first: Path) -> tuple[Path, Path]:
    """Two second revisions: 7 visits and 1 firm, 8 visits and 3 firms."""
    return (
        revised(tmp_path / "a", first, training_visits="7"),
        revised(tmp_path / "b", first, training_visits="8", custody_firms="3"),
    )


def row(office: Workspace) -> BoardRow:
    return next(row for row in office.board(Q3).rows if row.unit.id == "tanggu")


def counted(office: Workspace) -> str:
    section = next(s for s in office.content(row(office).accepted).sections if s.unit == "tanggu")
    return f"{section.figure(VISITS).value} {section.figure(FIRMS).value}"


def test_a_conflict_is_shown_cell_by_cell_beside_the_common_ancestor(
    office: Workspace, first: Path, rivals: tuple[Path, Path]
) -> None:
    old, one, other = office.take_in([first, *rivals])
    assert (one.verdict, other.verdict) == ("accepted", "conflict")
    assert (row(office).state, row(office).accepted) == (BoardState.CONFLICT, old.digest)
    shown = office.review.compare("tanggu", Q3, row(office).choices)
    assert shown.ancestor is not None and shown.ancestor.digest == old.digest
    numbers = {side.digest: number for number, side in enumerate(shown.sides)}
    cells = {cell.place: cell for cell in shown.different if not cell.place.finding}
    assert cells.keys() == {AT_VISITS, AT_FIRMS}
    visits = cells[AT_VISITS]
    assert visits.name == "知识产权培训和宣传" and visits.before == "1"
    assert (visits.texts[numbers[one.digest]], visits.texts[numbers[other.digest]]) == ("7", "8")
    assert all(side.signature in {"valid", "unknown_key"} for side in shown.sides)


def test_one_content_is_taken_whole_and_the_loser_stays(
    office: Workspace, first: Path, rivals: tuple[Path, Path]
) -> None:
    _, one, other = office.take_in([first, *rivals])
    with pytest.raises(InputError, match="理由"):
        office.review.take("tanggu", Q3, Choice(other.digest, {}, " "))
    assert office.review.take("tanggu", Q3, Choice(other.digest, {}, WHY)) == other.digest
    assert (row(office).state, counted(office)) == (BoardState.ACCEPTED, "8 3")
    (decision,) = office.review.decisions(Q3)
    assert (decision.chosen, decision.losers, decision.reason) == (other.digest, (one.digest,), WHY)
    office.review.undo(decision.id, reason="演示：选错了")
    assert row(office).state is BoardState.CONFLICT


def test_single_cells_make_a_content_that_says_what_it_is(
    office: Workspace, first: Path, rivals: tuple[Path, Path]
) -> None:
    old, one, other = office.take_in([first, *rivals])
    made = office.review.take("tanggu", Q3, Choice(one.digest, {AT_FIRMS: other.digest}, WHY))
    assert made not in (old.digest, one.digest, other.digest)
    assert (row(office).state, row(office).revision, counted(office)) == (BoardState.ACCEPTED, 2, "7 3")
    assert any("逐处选定" in remark for remark in row(office).remarks)
    content = office.content(made)
    assert content.sign_off.responsible == "" and not content.sections[0].signature.value
    shown = office.review.compare("tanggu", Q3, (made, one.digest, other.digest))
    assert shown.sides[0].made_of == (one.digest, other.digest) and shown.sides[0].counts
    assert shown.sides[0].signature == "none"
    assert office.review.taken_cells(made) == {AT_FIRMS: other.digest}
    totals = office.consolidated(Q3)
    assert totals is not None

    (decision,) = office.review.decisions(Q3)
    office.review.undo(decision.id, reason="演示：街道来电")
    assert row(office).state is BoardState.CONFLICT
    assert set(row(office).choices) == {one.digest, other.digest}, "what was made counts no more"


def test_cells_that_come_to_one_of_the_contents_are_that_content(
    office: Workspace, first: Path, rivals: tuple[Path, Path]
) -> None:
    _, one, other = office.take_in([first, *rivals])
    shown = office.review.compare("tanggu", Q3, row(office).choices)
    cells = {cell.place: other.digest for cell in shown.different}
    assert office.review.take("tanggu", Q3, Choice(one.digest, cells, WHY)) == other.digest


def test_the_unit_s_next_revision_goes_before_what_was_put_together(
    tmp_path: Path, office: Workspace, first: Path, rivals: tuple[Path, Path]
) -> None:
    _, one, other = office.take_in([first, *rivals])
    office.review.take("tanggu", Q3, Choice(one.digest, {AT_FIRMS: other.digest}, WHY))
    third = revised(tmp_path / "c", rivals[0], training_visits="9")
    (outcome,) = office.take_in([third])
    assert outcome.verdict == "accepted"
    assert (row(office).revision, counted(office)) == (3, "9 1")
    assert not any("没有收到" in remark for remark in row(office).remarks), "its parent is known"


def test_a_third_content_after_the_decision_asks_again(
    tmp_path: Path, office: Workspace, first: Path, rivals: tuple[Path, Path]
) -> None:
    _, one, _ = office.take_in([first, *rivals])
    office.review.take("tanggu", Q3, Choice(one.digest, {}, WHY))
    (third,) = office.take_in([revised(tmp_path / "c", first, training_visits="30")])
    assert third.verdict == "conflict"
    assert (row(office).state, len(row(office).choices)) == (BoardState.CONFLICT, 3)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_no_order_of_files_picks_a_winner(
    office: Workspace, first: Path, rivals: tuple[Path, Path], order: tuple[int, ...]
) -> None:
    paths = (first, *rivals)
    for number in order:
        office.take_in([paths[number]])
    assert row(office).state is BoardState.CONFLICT
    assert counted(office) == "1 1", "what was accepted before goes on counting"


def test_a_file_edited_outside_shows_its_cells(office: Workspace, first: Path) -> None:
    book = openpyxl.load_workbook(first)
    sheet = book["指标报表"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == VISITS)
    header = next(c.column for row in sheet.iter_rows() for c in row if c.value == "本期")
    sheet.cell(cell.row, header).value = 5
    book.save(first)
    (outcome,) = office.take_in([first])
    (edited,) = office.review.edited(outcome.digest)
    assert (edited.unit, edited.element, edited.was, edited.now) == ("tanggu", VISITS, "1", "5")


def test_only_what_came_can_be_chosen(office: Workspace, first: Path, rivals: tuple[Path, Path]) -> None:
    _, one, _ = office.take_in([first, *rivals])
    with pytest.raises(InputError, match="没有收到过"):
        office.review.take("tanggu", Q3, Choice(one.digest, {AT_FIRMS: "sha256:0"}, WHY))
    with pytest.raises(InputError, match="没有收到过"):
        office.review.compare("tanggu", Q3, ("sha256:0",))
