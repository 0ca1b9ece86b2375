"""Taking in what lies in a mailbox: e-mails, archives, folders, and when their mails arrived."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import cast

import openpyxl
import pytest
from openpyxl.comments import Comment

from desktop.workspace import Workspace
from tests.core.exchange.submissions import cell, sheet
from tests.core.workspace.workspaces import Q3, blank_to_nil, explain_all, make

UNITS = ("tanggu", "jingkai")
IN_TIME = "Sat, 05 Oct 2024 09:30:00 +0800"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A submission of each unit."""
    made = {}
    for unit in UNITS:
        folder = tmp_path / unit
        folder.mkdir()
        with make(folder, unit) as workspace:
            session = workspace.form(unit, Q3)
            blank_to_nil(session)
            explain_all(session)
            made[unit] = workspace.submit_form(session, folder).path
    return made


def mailed(file: Path, date: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["Received"] = f"from a by b; {date}"
    message.set_content("请查收。")
    content = file.read_bytes()
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=file.name)
    return message.as_bytes()


def zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def office(tmp_path: Path, today: str) -> Workspace:
    (tmp_path / "office").mkdir()
    return make(tmp_path / "office", "scjg", consolidates=True, today=today)


def test_every_file_in_a_packed_mailbox_gets_its_verdict(tmp_path: Path, files: dict[str, Path]) -> None:
    inbox = tmp_path / "收件箱"
    inbox.mkdir()
    (inbox / "街道.zip").write_bytes(
        zipped({"塘沽.eml": mailed(files["tanggu"], IN_TIME), "附件.rar": b"Rar!", "说明.txt": b"x"})
    )
    (inbox / "经开区.eml").write_bytes(mailed(files["jingkai"], IN_TIME))
    (inbox / "坏.zip").write_bytes(b"PK\x03\x04")
    before = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    with office(tmp_path, "2024-10-06") as workspace:
        outcomes = workspace.take_in([inbox])
        made = set((tmp_path / "office").iterdir())
    found = {Path(outcome.path).name: outcome for outcome in outcomes}
    accepted = [outcome for outcome in outcomes if outcome.verdict == "accepted"]
    assert {outcome.unit for outcome in accepted} == set(UNITS)
    assert "街道.zip › 塘沽.eml › " in next(o.path for o in accepted if o.unit == "tanggu")
    assert found["街道.zip › 附件.rar"].code == "exchange.rar"
    assert found["坏.zip"].code == "exchange.damaged_archive"
    assert len(outcomes) == 4
    after = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert after - set(before) <= made  # nothing was unpacked anywhere


@pytest.mark.parametrize(
    ("arrival", "on_time"), [(IN_TIME, True), ("Sat, 30 Nov 2024 09:30:00 +0800", False)]
)
def test_on_time_is_judged_by_the_mail_not_by_the_day_of_merging(
    tmp_path: Path, files: dict[str, Path], arrival: str, on_time: bool
) -> None:
    (tmp_path / "塘沽.eml").write_bytes(mailed(files["tanggu"], arrival))
    with office(tmp_path, "2024-12-20") as workspace:
        (outcome,) = workspace.take_in([tmp_path / "塘沽.eml"])
        (row,) = [row for row in workspace.board(Q3).rows if row.unit.id == "tanggu"]
    assert outcome.verdict == "accepted"
    assert row.on_time is on_time


def test_a_date_to_come_is_not_believed(tmp_path: Path, files: dict[str, Path]) -> None:
    (tmp_path / "塘沽.eml").write_bytes(mailed(files["tanggu"], "Fri, 05 Oct 2035 09:30:00 +0800"))
    with office(tmp_path, "2024-10-06") as workspace:
        workspace.take_in([tmp_path / "塘沽.eml"])
        (row,) = [row for row in workspace.board(Q3).rows if row.unit.id == "tanggu"]
    assert row.on_time is True


def test_the_same_file_by_mail_and_by_hand_is_there_once(tmp_path: Path, files: dict[str, Path]) -> None:
    (tmp_path / "塘沽.eml").write_bytes(mailed(files["tanggu"], IN_TIME))
    with office(tmp_path, "2024-10-06") as workspace:
        outcomes = workspace.take_in([files["tanggu"], tmp_path / "塘沽.eml"])
    assert [outcome.verdict for outcome in outcomes] == ["accepted", "duplicate"]


def test_how_a_cell_was_read_is_said_at_intake(tmp_path: Path, files: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(files["tanggu"])
    found = cell(sheet(book), "training_visits", "本期")
    found.value = "1.2千"
    found.comment = Comment("含线上活动", "演示填表人")
    book.save(files["tanggu"])
    with office(tmp_path, "2024-10-06") as workspace:
        (outcome,) = workspace.take_in([files["tanggu"]])
    said = {
        finding["code"]: finding for finding in cast("list[dict[str, str]]", outcome.as_data()["findings"])
    }
    assert said["exchange.cell_note"]["element"] == "training_visits"
    assert found.coordinate in said["exchange.cell_note"]["where"]
    assert any("含线上活动" in sentence for sentence in outcome.noticed)
    assert len(said) >= 2  # and how the text was read, or that it couldn't be


def test_the_day_of_receipt_is_the_office_s_own_and_not_that_of_greenwich(
    tmp_path: Path, files: dict[str, Path]
) -> None:
    mail = tmp_path / "夜里.eml"
    mail.write_bytes(mailed(files["tanggu"], "Tue, 08 Oct 2024 02:00:00 +0800"))
    with office(tmp_path, "2024-10-09") as workspace:
        workspace.take_in([mail])
        row = next(row for row in workspace.board(Q3).rows if row.unit.id == "tanggu")
        assert row.on_time is False, "the last day was 7 October"
        origin = next(
            r for r in workspace.totals.trace(Q3, "training_visits").elements[0].rows if r.unit == "tanggu"
        ).origin
        assert origin.received is not None
        assert (origin.received.day, origin.received.hour) == (8, 2)
