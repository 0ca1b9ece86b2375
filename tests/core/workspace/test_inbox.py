"""收件箱: every file ever seen is remembered once, with from where and why; acceptances can be taken back."""

from __future__ import annotations

import datetime
import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.errors import InputError, WorkspaceDamaged
from desktop.workspace import BoardRow, BoardState, SeenFile, Workspace
from tests.core.workspace.workspaces import Q3, explain_all, first_report, make

WHY = "演示：报送单位来电，误发"


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    return make(tmp_path, "scjg", consolidates=True)


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """塘沽街道's first revision."""
    return first_report(tmp_path)


def second(tmp_path: Path) -> Path:
    """Its second revision."""
    with Workspace.open(tmp_path / "tanggu.zhibao", person="演示员") as clerk:
        session = clerk.start_revision(clerk.form("tanggu", Q3))
        session.type_figure("training_visits", "8")
        explain_all(session)
        return clerk.submit_form(session, tmp_path / "1").path


def files(office: Workspace) -> list[tuple[str, str]]:
    return [(file.name, file.verdict) for file in office.review.files()]


def row(office: Workspace) -> BoardRow:
    return next(row for row in office.board(Q3).rows if row.unit.id == "tanggu")


def named(office: Workspace, name: str) -> SeenFile:
    return next(file for file in office.review.files() if file.name == name)


def test_refused_files_are_remembered_with_the_remedy(tmp_path: Path, office: Workspace, sent: Path) -> None:
    notes = tmp_path / "notes.xlsx"
    notes.write_bytes(b"no workbook at all")
    taken, refused = office.take_in([sent, notes])
    assert (taken.verdict, refused.verdict) == ("accepted", "rejected")
    kept = named(office, "notes.xlsx")
    assert (kept.verdict, kept.reason) == ("rejected", refused.reason)
    assert kept.sha256 == hashlib.sha256(b"no workbook at all").hexdigest()
    assert kept.folder == tmp_path and kept.received == office._clock()
    good = named(office, sent.name)
    assert (good.unit, good.period, good.revision) == ("tanggu", "2024Q3", 1)
    assert (good.content, good.digest) == ("intact", taken.digest)


def test_nothing_is_listed_twice_and_nothing_is_lost(tmp_path: Path, office: Workspace, sent: Path) -> None:
    notes = tmp_path / "notes.xlsx"
    notes.write_bytes(b"no workbook at all")
    office.take_in([sent, notes])
    office.take_in([sent, notes])
    assert files(office) == [("notes.xlsx", "rejected"), (sent.name, "accepted")], "newest first"
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(sent.read_bytes())
    office.take_in([copy])
    assert files(office)[0] == ("copy.xlsx", "duplicate"), "the same bytes from elsewhere are news"
    notes.write_bytes(b"something else")
    office.take_in([notes])
    assert [name for name, _ in files(office)].count("notes.xlsx") == 2


def test_a_mail_says_who_sent_it(tmp_path: Path, office: Workspace, sent: Path) -> None:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["To"] = "塘沽街道 <tanggu@example.invalid>", "scjg@example.invalid"
    mail["Date"] = "Fri, 04 Oct 2024 08:30:00 +0800"
    mail.set_content("演示")
    mail.add_attachment(sent.read_bytes(), maintype="application", subtype="xlsx", filename="报送.xlsx")
    path = tmp_path / "塘沽.eml"
    path.write_bytes(mail.as_bytes())
    office.take_in([path])
    (kept,) = office.review.files()
    assert kept.sender == "塘沽街道 <tanggu@example.invalid>"
    assert kept.received.isoformat() == "2024-10-04T08:30:00+08:00"
    assert kept.place.endswith("塘沽.eml › 报送.xlsx") and kept.folder == tmp_path


def test_an_acceptance_is_taken_back_and_that_again(tmp_path: Path, office: Workspace, sent: Path) -> None:
    (first,) = office.take_in([sent])
    (later,) = office.take_in([second(tmp_path)])
    assert (row(office).revision, row(office).accepted) == (2, later.digest)
    with pytest.raises(InputError, match="理由"):
        office.review.set_aside("tanggu", Q3, later.digest, reason=" ")
    office.review.set_aside("tanggu", Q3, later.digest, reason=WHY)
    assert (row(office).state, row(office).accepted) == (BoardState.ACCEPTED, first.digest)
    office.review.set_aside("tanggu", Q3, first.digest, reason=WHY)
    assert (row(office).state, row(office).accepted) == (BoardState.RECEIVED, "")
    assert "已撤销" in row(office).remarks[0]
    for decision in office.review.decisions(Q3):
        office.review.undo(decision.id, reason="演示：核对无误")
    assert (row(office).state, row(office).accepted) == (BoardState.ACCEPTED, later.digest)
    log = office.review.decisions(Q3, "tanggu")
    assert [(one.label, one.reason) for one in log] == [("撤销接收", WHY), ("撤销接收", WHY)]
    assert all("演示：核对无误" in one.undone for one in log), "both rows stay, with who took them back"
    with pytest.raises(InputError, match="已经撤销"):
        office.review.undo(log[0].id, reason=WHY)


def test_a_file_whose_acceptance_was_taken_back_does_not_come_in_again_by_itself(
    office: Workspace, sent: Path
) -> None:
    (first,) = office.take_in([sent])
    office.review.set_aside("tanggu", Q3, first.digest, reason=WHY)
    (again,) = office.take_in([sent])
    assert again.verdict == "duplicate"
    assert row(office).accepted == ""


def test_only_a_consolidator_has_an_inbox(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as clerk, pytest.raises(InputError):
        _ = clerk.review


def test_a_file_that_bears_a_missing_unit_s_name_is_pointed_out(
    tmp_path: Path, office: Workspace, sent: Path
) -> None:
    for name in ("塘沽街道_2024Q3_1.xlsx", "汉沽街道_2024Q2.xlsx", "塘沽街道和汉沽街道.xlsx"):
        (tmp_path / name).write_bytes(b"cut in half" + name.encode())
    office.take_in([tmp_path / "塘沽街道_2024Q3_1.xlsx", tmp_path / "汉沽街道_2024Q2.xlsx"])
    [remark] = row(office).remarks
    assert "“塘沽街道_2024Q3_1.xlsx”，没有接收" in remark
    assert [file.name for file in office.review.unit("tanggu", Q3).files] == ["塘沽街道_2024Q3_1.xlsx"]
    other = next(row for row in office.board(Q3).rows if row.unit.id == "hangu")
    assert other.remarks == (), "it is of another period"
    office.take_in([sent])
    assert row(office).remarks == (), "the report is here"


def test_the_day_on_which_a_stick_came_is_typed_at_intake(tmp_path: Path, sent: Path) -> None:
    with make(tmp_path, "scjg", consolidates=True, today="2024-10-20") as office:
        ahead = datetime.date(2024, 10, 21)
        with pytest.raises(InputError, match="今天之后"):
            office.take_in([sent], received=ahead)
        office.take_in([sent])
        assert row(office).on_time is False, "nothing says when it came"
        [again] = office.take_in([sent], received=datetime.date(2024, 10, 7))
        assert again.verdict == "duplicate"
        assert row(office).on_time is True, "said afterwards, for the same file"
        assert [f"{file.received:%m-%d}" for file in office.review.files()] == ["10-07", "10-20"]
        office.take_in([sent], received=datetime.date(2024, 10, 7))
        assert len(office.review.files()) == 2, "nothing twice"


@pytest.mark.parametrize(("column", "broken"), [("params", "[1]"), ("received", "昨天")])
def test_a_line_of_the_inbox_that_was_damaged_is_told_as_that(
    office: Workspace, sent: Path, column: str, broken: str
) -> None:
    office.take_in([sent])
    office.close()
    with closing(sqlite3.connect(office.path)) as connection, connection:
        connection.execute("DROP TRIGGER received_file_refuses_update")
        connection.execute(f"UPDATE received_file SET {column} = ?", (broken,))
    with Workspace.open(office.path) as again, pytest.raises(WorkspaceDamaged, match="收件记录"):
        again.review.files()
