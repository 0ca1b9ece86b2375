"""Letters that go with a round: a unit's report, and reminders to those whose report is missing."""

from __future__ import annotations

import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from desktop.workspace import Deadline, ToPublish, Workspace
from desktop.workspace.desk.rounds import Round
from desktop.workspace.handing_in.letters import Due, return_letter
from tests.core.workspace.workspaces import Q3, at, blank_to_nil, explain_all
from tests.end2end.command_line import CommandLine

LAST = datetime.date(2024, 10, 12)


def letter(path: Path) -> EmailMessage:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def body(path: Path) -> str:
    part = letter(path).get_body()
    assert part is not None
    return str(part.get_content())


def attached(path: Path) -> list[str]:
    return [str(part.get_filename()) for part in letter(path).iter_attachments()]


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    """The district's office after the deadline of the streets, which one of them kept."""
    workspace = Workspace.create(
        tmp_path / "office.zhibao", ["scjg"], consolidates=True, synthetic=True, clock=at("2024-10-15")
    )
    wanted = ToPublish((Q3,), (Deadline("街道", LAST),), "演示科 jubao@example.com")
    workspace.publish(wanted, tmp_path / "任务包.xlsx")
    return workspace


def street(tmp_path: Path) -> Workspace:
    return Workspace.create(
        tmp_path / "tanggu.zhibao",
        ["tanggu"],
        plan=str(tmp_path / "任务包.xlsx"),
        synthetic=True,
        clock=at("2024-10-08"),
    )


def test_a_report_is_mailed_to_the_office_with_all_it_needs(office: Workspace, tmp_path: Path) -> None:
    with office, street(tmp_path) as unit:
        session = unit.form("tanggu", Q3)
        blank_to_nil(session)
        explain_all(session)
        done = unit.submit("tanggu", Q3, tmp_path, mail=True)
        assert done.mail is not None
        said = body(done.mail)
        for words in (
            "塘沽街道",
            "2024年第三季度",
            "第1版",
            done.check_code,
            "2024年10月12日",
            done.path.name,
        ):
            assert words in said, words
        assert letter(done.mail)["To"] == "jubao@example.com"
        assert attached(done.mail) == [done.path.name]
        (outcome,) = office.take_in([done.path])
        assert outcome.verdict == "accepted"


def test_each_missing_unit_gets_a_reminder(office: Workspace, zhibao: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "催报"
    with office, street(tmp_path) as unit:
        session = unit.form("tanggu", Q3)
        blank_to_nil(session)
        explain_all(session)
        office.take_in([unit.submit("tanggu", Q3, tmp_path).path])
        written = office.remind(Q3, out)
    units = {done.unit.id for done in written}
    assert {path.name for path in out.iterdir()} == {done.path.name for done in written}
    assert "hangzhoudao" in units
    assert units.isdisjoint({"tanggu", "scjg"}), "who has reported, and the office itself"
    late = next(done.path for done in written if done.unit.id == "hangzhoudao")
    assert late.name == "催报_杭州道街道_2024Q3.eml"
    assert "已逾期 3 天" in body(late)
    assert "2024年10月12日" in body(late)
    assert "演示科 jubao@example.com" in body(late)
    assert letter(late)["To"] is None
    again = zhibao("remind", office.path, "--period", "2024Q3", "--out", out, "--template", "--json")
    assert again.status == 0, again.err
    drafts = {draft["unit"]: draft for draft in again.data["drafts"]}
    assert drafts.keys() == units
    first = Path(drafts["hangzhoudao"]["template"])
    assert attached(late) == [first.name]
    before = first.read_bytes()
    third = zhibao("remind", office.path, "--period", "2024Q3", "--out", out, "--template", "--json")
    assert third.status == 0, "who reminds again some days later isn't stopped by the first templates"
    assert attached(late)[0].startswith(first.stem) and first.read_bytes() == before


def test_a_return_says_what_is_wrong_and_which_revision_is_next() -> None:
    due = Due("演示方案", "演示甲街道", "2024年第三季度", LAST)
    said = return_letter(due, 1, " 第3项与上期相差过大。 ", Round(office="演示局"), "退回通知.xlsx")
    assert said.subject == "退回修改：演示甲街道2024年第三季度报表（第1版）"
    for words in ("第2版", "退回意见：第3项与上期相差过大。\n", "2024年10月12日", "退回通知.xlsx", "演示局"):
        assert words in said.body, words
