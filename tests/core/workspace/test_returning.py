"""退回 and 回执: comments pinned until answered, the loop closed, a lost computer restored."""

from __future__ import annotations

import datetime
import email
import email.policy
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from desktop.errors import EnvironmentFault, InputError
from desktop.exchange.office.office_file import OfficeFile
from desktop.exchange.office.office_reading import read_office_file
from desktop.exchange.office.office_sheets import OfficeBook, write_office_file
from desktop.exchange.signing.signatures import SigningKey
from desktop.model.submission import FigureState, Signature
from desktop.workspace import (
    BoardState,
    FormSession,
    OfficeAnswer,
    ReturnComment,
    Returned,
    ToReturn,
    Workspace,
)
from tests.core.workspace.workspaces import Q3, Q4, REASON, at, fill_everything, make

SAID = "演示：培训人次比上期高出一倍，请核实"
AT = ReturnComment("", "training_visits", "演示：请核对签到表")


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    return make(tmp_path, "scjg", consolidates=True)


@pytest.fixture
def clerk(tmp_path: Path) -> Workspace:
    return make(tmp_path, "tanggu")


def handed_in(clerk: Workspace, folder: Path, value: str = "1") -> Path:
    folder.mkdir(exist_ok=True)
    session = clerk.form("tanggu", Q3)
    fill_everything(session, value)
    return clerk.submit_form(session, folder).path


def returned(office: Workspace, folder: Path, *comments: ReturnComment) -> Returned:
    return office.office.send_back("tanggu", Q3, ToReturn(SAID, comments), folder)


def answer(clerk: Workspace, path: Path) -> OfficeAnswer:
    got = clerk.take_from_office(path)
    assert isinstance(got, OfficeAnswer)
    return got


def state(office: Workspace, unit: str = "tanggu") -> BoardState:
    return next(row.state for row in office.board(Q3).rows if row.unit.id == unit)


def open_comments(session: FormSession) -> list[tuple[str, str]]:
    found = [f for f in session.assessment.unexplained if f.code.startswith("return.")]
    return [(f.code, f.address) for f in found]


def test_a_return_opens_the_form_at_its_places_until_they_are_changed(
    tmp_path: Path, office: Workspace, clerk: Workspace
) -> None:
    office.take_in([handed_in(clerk, tmp_path / "1")])
    done = returned(office, tmp_path, AT)
    assert done.path.name == "退回通知_塘沽街道_2024Q3_第1版_第1号.xlsx"
    assert state(office) is BoardState.RETURNED
    looked = clerk.look_from_office(done.path)
    assert isinstance(looked, OfficeAnswer) and looked.opened
    assert clerk.form("tanggu", Q3).locked, "looking changes nothing"

    got = answer(clerk, done.path)
    assert (got.opened, got.unit, got.period) == (True, "tanggu", Q3)
    assert any(AT.text in line for line in got.lines) and any(SAID in line for line in got.lines)
    session = clerk.form("tanggu", Q3)
    assert (session.locked, session.life.revision) == (False, 2)
    assert open_comments(session) == [("return.comment", "training_visits")]
    with pytest.raises(InputError, match="待说明"):
        clerk.submit_form(session, tmp_path / "1")

    session.type_figure("training_visits", "2")
    assert open_comments(session) == []
    assert "return.done" in {f.code for f in session.findings}
    second = clerk.submit_form(session, tmp_path / "1")
    assert not [f for f in clerk.form("tanggu", Q3).findings if f.code.startswith("return.")]
    (outcome,) = office.take_in([second.path])
    assert outcome.verdict == "accepted"
    assert state(office) is BoardState.ACCEPTED


def test_a_comment_may_be_answered_in_words_and_the_words_reach_the_office(
    tmp_path: Path, office: Workspace, clerk: Workspace
) -> None:
    office.take_in([handed_in(clerk, tmp_path / "1")])
    answer(clerk, returned(office, tmp_path, AT).path)
    session = clerk.form("tanggu", Q3)
    (finding,) = [f for f in session.assessment.unexplained if f.code == "return.comment"]
    session.explain(finding.key, REASON, "演示：已与签到表核对，三场培训合计一百二十人次无误")
    assert open_comments(session) == []
    second = clerk.submit_form(session, tmp_path / "1")
    office.take_in([second.path])
    content = office.content(second.digest)
    (said,) = [e for e in content.sections[0].explanations if e.finding == finding.key]
    assert "签到表核对" in said.text


def test_an_explanation_that_is_not_accepted_must_be_written_anew(
    tmp_path: Path, office: Workspace, clerk: Workspace
) -> None:
    office.take_in([handed_in(clerk, tmp_path / "1", "99999999")])
    (row,) = (row for row in office.board(Q3).rows if row.unit.id == "tanggu")
    explained = office.content(row.digest).sections[0].explanations
    refused = next(e for e in explained if e.finding.partition("@")[2] == "training_visits")
    comment = ReturnComment("", "training_visits", "演示：说明没有写明原因", refused.finding)
    answer(clerk, returned(office, tmp_path, comment).path)
    session = clerk.form("tanggu", Q3)
    assert open_comments(session) == [("return.explanation", "training_visits")]
    session.explain(refused.finding, REASON, "演示：九月与高校合办两场公开课，签到表另附")
    assert open_comments(session) == []


def test_receiving_twice_or_late_or_on_another_computer_loses_nothing(
    tmp_path: Path, office: Workspace, clerk: Workspace
) -> None:
    office.take_in([handed_in(clerk, tmp_path / "1")])
    first = returned(office, tmp_path, AT)
    elsewhere = make(tmp_path / "1", "tanggu")
    assert "没有报出过这一版" in answer(elsewhere, first.path).heading
    assert not elsewhere.form("tanggu", Q3).section.figures
    answer(clerk, first.path)
    again = answer(clerk, first.path)
    assert again.unchanged and not again.opened
    session = clerk.form("tanggu", Q3)
    session.type_figure("training_visits", "2")
    second = clerk.submit_form(session, tmp_path / "1")
    late = office.office.send_back(
        "tanggu", Q3, ToReturn("演示：又一条", digest=first_digest(office)), tmp_path
    )
    assert late.notice.number == 2
    got = answer(clerk, late.path)
    assert not got.opened and "已报到第2版" in got.heading
    assert clerk.form("tanggu", Q3).locked
    office.take_in([second.path])
    assert state(office) is BoardState.ACCEPTED


def first_digest(office: Workspace) -> str:
    (notice,) = office.office.sent_back("tanggu", Q3)
    return notice.digest


def test_the_letter_brings_the_notice_and_the_mail_itself_can_be_received(
    tmp_path: Path, office: Workspace, clerk: Workspace
) -> None:
    office.take_in([handed_in(clerk, tmp_path / "1")])
    wanted = ToReturn(SAID, (AT,), datetime.date(2024, 10, 20))
    done = office.office.send_back("tanggu", Q3, wanted, tmp_path, mail=True)
    assert done.mail is not None
    message = email.message_from_bytes(done.mail.read_bytes(), policy=email.policy.default)
    assert message["X-Unsent"] == "1" and "退回修改" in str(message["Subject"])
    body, attached = message.iter_parts()
    assert SAID in body.get_content() and "2024年10月20日" in body.get_content()
    assert attached.get_filename() == done.path.name
    got = answer(clerk, done.mail)
    assert got.opened and "2024-10-20" in got.heading


def forged(path: Path, change: OfficeFile) -> Path:
    out = path.with_name(f"改_{path.name}")
    write_office_file(change, OfficeBook("演示", ()), out)
    return out


def test_nobody_but_the_office_sends_reports_back(
    tmp_path: Path, office: Workspace, clerk: Workspace
) -> None:
    office.publish(Q3, tmp_path / "package.xlsx")
    clerk.receive(tmp_path / "package.xlsx")
    office.take_in([handed_in(clerk, tmp_path / "1")])
    true = returned(office, tmp_path, AT).path
    file = read_office_file(true)
    plain = OfficeFile(file.kind, file.content)
    altered = replace(file, content={**file.content, "comment": "演示：另一句话"})
    other_kind = replace(file, kind=type(file.kind).RECEIPT)
    for change, code in (
        (plain, "office.unsigned"),
        (plain.signed(SigningKey.make(), Signature()), "office.other_key"),
        (altered, "office.invalid_signature"),
        (other_kind, "office.invalid_signature"),
    ):
        path = forged(true, change)
        with pytest.raises(InputError) as refused:
            clerk.take_from_office(path)
        assert refused.value.code == code and refused.value.remedy
        assert clerk.form("tanggu", Q3).locked
        path.unlink()
    got = answer(clerk, true)
    assert got.opened and got.as_data()["signature"] == "valid"


def test_a_zone_s_confirmed_key_in_the_roster_may_return_its_streets(
    tmp_path: Path, office: Workspace
) -> None:
    zone = make(tmp_path, "jingkai", consolidates=True)
    street = make(tmp_path, "taida")
    session = zone.form("jingkai", Q3)
    fill_everything(session)
    office.take_in([zone.submit_form(session, tmp_path).path])
    office.keys.confirm("jingkai")
    office.publish(Q3, tmp_path / "package.xlsx")
    street.receive(tmp_path / "package.xlsx")
    session = street.form("taida", Q3)
    fill_everything(session)
    zone.take_in([street.submit_form(session, tmp_path).path])
    done = zone.office.send_back("taida", Q3, ToReturn(SAID), tmp_path)
    above = street.plan.unit("taida").reports_to
    if above == "jingkai":
        assert answer(street, done.path).opened
    else:  # the plan has the street report to the district: only the telephone can tell
        with pytest.raises(InputError) as refused:
            street.take_from_office(done.path)
        assert refused.value.code == "office.other_key"
        assert (
            street.take_from_office(done.path, zone.keys.own()[0].fingerprint).as_data()["confirmed"] is True
        )


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (ToReturn("  "), "return.no_comment"),
        (ToReturn(SAID, (ReturnComment("", "nowhere", "演示"),)), "return.no_place"),
        (ToReturn(SAID, (ReturnComment("", "item/999", "演示"),)), "return.no_place"),
        (ToReturn(SAID, (ReturnComment("", "training_visits", " "),)), "return.no_comment"),
        (ToReturn(SAID, (ReturnComment("jingkai", "training_visits", "演示"),)), "return.no_unit"),
        (
            ToReturn(SAID, (ReturnComment("", "training_visits", "演示", "value.jump@nowhere"),)),
            "return.no_place",
        ),
    ],
)
def test_what_cannot_be_returned_is_said_and_nothing_changes(
    tmp_path: Path, office: Workspace, clerk: Workspace, wanted: ToReturn, code: str
) -> None:
    office.take_in([handed_in(clerk, tmp_path / "1")])
    with pytest.raises(InputError) as refused:
        office.office.send_back("tanggu", Q3, wanted, tmp_path)
    assert refused.value.code == code
    assert state(office) is BoardState.ACCEPTED
    assert not list(tmp_path.glob("退回*"))
    with pytest.raises(InputError, match="还没有收到"):
        office.office.send_back("taida", Q3, ToReturn(SAID), tmp_path)
    with pytest.raises(EnvironmentFault):
        office.office.send_back("tanggu", Q3, ToReturn(SAID), tmp_path / "gone" / "x.xlsx")
    assert state(office) is BoardState.ACCEPTED


def test_a_receipt_closes_the_loop_and_brings_a_lost_computer_back(
    tmp_path: Path, office: Workspace, clerk: Workspace
) -> None:
    office.take_in([handed_in(clerk, tmp_path / "1", "7")])
    (done,) = office.office.receipts(Q3, tmp_path / "回执", mail=True)
    assert done.path.name == "回执_塘沽街道_2024Q3_第1版.xlsx" and done.mail is not None
    here = answer(clerk, done.path)
    assert not here.needs_a_person and any("已接收" in line for line in here.lines)

    fresh = Workspace.create(tmp_path / "new.zhibao", ["tanggu"], person="演示员", clock=at("2024-10-09"))
    got = answer(fresh, done.path)
    assert any("照回执恢复" in line for line in got.lines)
    before, after = clerk.form("tanggu", Q3), fresh.form("tanggu", Q3)
    assert after.locked and after.section.figures == before.section.figures
    assert after.section.items == before.section.items
    assert after.sign_off.date == datetime.date(2024, 10, 5), "the day on which it was handed in"
    assert after.life.parent == before.life.parent
    session = fresh.start_revision(after)
    session.type_figure("training_visits", "8")
    for finding in session.assessment.unexplained:
        session.explain(finding.key, REASON, "演示：按签到表补计一人次，原表漏记")
    second = fresh.submit_form(session, tmp_path / "1")
    (outcome,) = office.take_in([second.path])
    assert (outcome.verdict, outcome.revision) == ("accepted", 2)


def test_a_receipt_never_overwrites_what_is_being_typed(
    tmp_path: Path, office: Workspace, clerk: Workspace
) -> None:
    office.take_in([handed_in(clerk, tmp_path / "1", "7")])
    (done,) = office.office.receipts(Q3, tmp_path)
    fresh = Workspace.create(tmp_path / "new.zhibao", ["tanggu"], person="演示员", clock=at("2024-10-09"))
    fresh.form("tanggu", Q3).type_figure("training_visits", "55").saved.result()
    got = answer(fresh, done.path)
    assert got.doubts and "没有改动" in got.doubts[0]
    kept = fresh.form("tanggu", Q3)
    assert kept.section.figure("training_visits").value == Decimal(55) and not kept.locked


def test_a_receipt_says_what_was_changed_on_the_way(
    tmp_path: Path, office: Workspace, clerk: Workspace
) -> None:
    path = handed_in(clerk, tmp_path / "1", "7")
    book = openpyxl.load_workbook(path)
    sheet = book["指标报表"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == "training_visits")
    header = next(c.column for row in sheet.iter_rows() for c in row if c.value == "本期")
    sheet.cell(cell.row, header).value = 9
    book.save(path)
    office.take_in([path])
    (done,) = office.office.receipts(Q3, tmp_path)
    got = answer(clerk, done.path)
    assert got.needs_a_person and "被改动过" in got.doubts[0]
    assert clerk.form("tanggu", Q3).section.figure("training_visits").value == Decimal(7)


def test_only_accepted_units_get_a_receipt(tmp_path: Path, office: Workspace, clerk: Workspace) -> None:
    office.take_in([handed_in(clerk, tmp_path / "1")])
    returned(office, tmp_path)
    assert office.office.receipts(Q3, tmp_path / "out") == ()
    assert office.office.receipts(Q4, tmp_path / "out") == ()
    assert clerk.form("tanggu", Q3).section.figure("training_visits").state is FigureState.NUMBER
