"""Whole rounds at random: whatever is filled in, sent, edited, returned, merged and undone, in any order,
totals are the sum of what is accepted, the order of merging never matters, and every file has a verdict.
"""

from __future__ import annotations

import datetime
import shutil
import tempfile
from decimal import Decimal
from pathlib import Path

import openpyxl
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desktop.model.period import Period
from desktop.store.backup import check_trail
from desktop.workspace import BoardRow, BoardState, Choice, FormSession, ToReturn, Workspace
from tests.core.plans import small_plan

Q4 = Period.parse("2024Q4")
CLERKS = ("street-a", "street-b")
FIGURE, OTHER = "licences", "talents"
WHY = "演示：电话核对"
VERDICTS = {"accepted", "duplicate", "superseded", "rejected", "conflict"}
COUNTING = {BoardState.ACCEPTED, BoardState.QUESTIONED}

who = st.sampled_from(CLERKS)
amounts = st.integers(0, 500).map(str)


def clock() -> datetime.datetime:
    return datetime.datetime(2025, 1, 6, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))


class WholeRounds(RuleBasedStateMachine):
    """Two streets and their office. `files` are all that ever were written, in the order of writing."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.files: list[Path] = []
        self.merged: list[Path] = []
        self.decided = False
        self.folders = 0
        self.clerks = {unit: self._workspace(unit) for unit in CLERKS}
        self.office = self._workspace("bureau", consolidates=True)

    def teardown(self) -> None:
        """Close everything; whatever was done, each trail says what is there."""
        for workspace in (*self.clerks.values(), self.office):
            workspace.close()
            check_trail(workspace.path)
        shutil.rmtree(self.folder)

    @rule(unit=who, amount=amounts, other=amounts)
    def fill_and_submit(self, unit: str, amount: str, other: str) -> None:
        """A first report or the next revision."""
        clerk = self.clerks[unit]
        session = clerk.form(unit, Q4)
        if session.locked:
            session = clerk.start_revision(session)
        self._hand_in(clerk, session, amount, other)

    @precondition(lambda self: self.files)
    @rule(data=st.data(), amount=amounts)
    def edit_outside(self, data: st.DataObject, amount: str) -> None:
        """Somebody changes a figure in a copy of a file."""
        path = data.draw(st.sampled_from(self.files))
        book = openpyxl.load_workbook(path)
        sheet = book["指标报表"]
        cells = [cell for row in sheet.iter_rows() for cell in row]
        line = next(cell.row for cell in cells if cell.value == FIGURE)
        column = next(cell.column for cell in cells if cell.value == "本期")
        sheet.cell(line, column).value = int(amount)
        copy = self.folder / f"{len(self.files)}-edited.xlsx"
        book.save(copy)
        self.files.append(copy)

    @rule(keep=st.integers(0, 400))
    def send_half_a_file(self, keep: int) -> None:
        """A mail that was cut off."""
        whole = self.files[-1].read_bytes() if self.files else b"PK\x03\x04 nothing"
        cut = self.folder / f"{len(self.files)}-cut.xlsx"
        cut.write_bytes(whole[:keep])
        self.merge_these([cut])

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        """Some of the files, in any order, some twice."""
        self.merge_these(data.draw(st.lists(st.sampled_from(self.files), min_size=1, max_size=4)))

    @rule(data=st.data())
    def send_back_and_resubmit(self, data: st.DataObject) -> None:
        """退回, received by the unit, and handed in anew."""
        back = [row for row in self._rows() if row.unit.id in CLERKS and row.digest and not row.choices]
        if not back:
            return
        row = data.draw(st.sampled_from(back))
        self.decided = True
        wanted = ToReturn(WHY, digest=row.digest)
        notice = self.office.office.send_back(row.unit.id, Q4, wanted, self._new_folder()).path
        clerk = self.clerks[row.unit.id]
        clerk.take_from_office(notice)
        session = clerk.form(row.unit.id, Q4)
        if not session.locked:
            self._hand_in(clerk, session, data.draw(amounts), data.draw(amounts))

    @rule(data=st.data())
    def decide_a_conflict(self, data: st.DataObject) -> None:
        """One content whole, or a cell of another with it."""
        open_ = [row for row in self._rows() if row.choices]
        if not open_:
            return
        row = data.draw(st.sampled_from(open_))
        self.decided = True
        base, other = (data.draw(st.sampled_from(row.choices)) for _ in range(2))
        shown = self.office.review.compare(row.unit.id, Q4, row.choices)
        cells = data.draw(st.sets(st.sampled_from([cell.place for cell in shown.different])))
        taken = self.office.review.take(row.unit.id, Q4, Choice(base, dict.fromkeys(cells, other), WHY))
        assert self._row(row.unit.id).accepted == taken

    @rule(data=st.data())
    def set_aside(self, data: st.DataObject) -> None:
        """撤销接收."""
        counting = [row for row in self._rows() if row.accepted and not row.choices]
        if counting:
            row = data.draw(st.sampled_from(counting))
            self.decided = True
            self.office.review.set_aside(row.unit.id, Q4, row.accepted, reason=WHY)
            assert self._row(row.unit.id).accepted != row.accepted

    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        """Take any decision back."""
        standing = [one for one in self.office.review.decisions(Q4) if not one.undone]
        if standing:
            self.office.review.undo(data.draw(st.sampled_from(standing)).id, reason=WHY)

    @rule()
    def crash_and_reopen(self) -> None:
        """What a killed program leaves on the disk is all there is."""
        path, left = self.office.path, self.folder / "left.zhibao"
        before = self._standing()
        left.write_bytes(path.read_bytes())
        self.office.close()
        left.replace(path)
        self.office = Workspace.open(path, person="演示员", clock=clock)
        assert self._standing() == before

    @rule(data=st.data())
    def another_office_merges_in_another_order(self, data: st.DataObject) -> None:
        """Without decisions, whoever merges the same files comes to the same."""
        if self.decided or not self.merged:
            return
        with self._workspace("bureau", consolidates=True, name=f"{self._new_folder().name}/other") as other:
            other.take_in(data.draw(st.permutations(self.merged)))
            assert _standing(other) == self._standing()

    @invariant()
    def totals_are_the_sum_of_what_is_accepted(self) -> None:
        """And what is accepted was received."""
        counted = {row.unit.id: row.accepted for row in self._rows() if row.accepted}
        sums = {FIGURE: Decimal(0), OTHER: Decimal(0)}
        for unit, digest in counted.items():
            section = next(s for s in self.office.content(digest).sections if s.unit == unit)
            for element in sums:
                sums[element] += section.figure(element).amount or 0
        totals = self.office.consolidated(Q4).elements
        for element, amount in sums.items():
            assert (totals[element].net or 0) == amount
        for row in self._rows():
            assert not (row.state in COUNTING and not row.accepted)

    @invariant()
    def no_file_is_without_a_verdict(self) -> None:
        """Every file that was merged is in the inbox."""
        listed = self.office.review.files()
        assert {file.name for file in listed} >= {path.name for path in self.merged}
        assert all(file.verdict in VERDICTS and file.reason for file in listed)

    def merge_these(self, paths: list[Path]) -> None:
        """Merge; each gets a verdict, and merging the same once more changes nothing."""
        outcomes = self.office.take_in(paths)
        assert [outcome.verdict in VERDICTS for outcome in outcomes] == [True] * len(dict.fromkeys(paths))
        self.merged += paths
        before, files = self._standing(), len(self.office.review.files())
        again = self.office.take_in(paths)
        assert all(outcome.verdict in ("duplicate", "rejected") for outcome in again)
        assert (self._standing(), len(self.office.review.files())) == (before, files)

    def _hand_in(self, clerk: Workspace, session: FormSession, amount: str, other: str) -> None:
        for row in session.form.due_rows:
            session.type_figure(row.element.id, "0")
        session.type_figure(FIGURE, amount)
        session.type_figure(OTHER, other)
        for finding in session.errors:
            session.explain(finding.key, "other", f"演示：带错上报说明 {finding.address}", forced=True)
        for finding in session.assessment.unexplained:
            session.explain(finding.key, "other", f"演示：核对后如实填报 {finding.key}")
        self.files.append(clerk.submit_form(session, self._new_folder()).path)

    def _new_folder(self) -> Path:
        self.folders += 1
        folder = self.folder / f"out-{self.folders}"
        folder.mkdir()
        return folder

    def _workspace(self, unit: str, *, consolidates: bool = False, name: str = "") -> Workspace:
        path = self.folder / f"{name or unit}.zhibao"
        return Workspace.create(
            path, [unit], consolidates=consolidates, plan=small_plan(), person="演示员", clock=clock
        )

    def _rows(self) -> tuple[BoardRow, ...]:
        return self.office.board(Q4).rows

    def _row(self, unit: str) -> BoardRow:
        return next(row for row in self._rows() if row.unit.id == unit)

    def _standing(self) -> list[tuple[object, ...]]:
        return _standing(self.office)


def _standing(office: Workspace) -> list[tuple[object, ...]]:
    """Where everybody stands; which of two equal files came first is no part of it."""
    return [
        (row.unit.id, row.state, row.accepted, row.revision, row.choices) for row in office.board(Q4).rows
    ]


TestWholeRounds = WholeRounds.TestCase
TestWholeRounds.settings = settings(
    max_examples=max(settings().max_examples // 6, 2),
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
