"""往来: what went between the office and a unit, read from the trail and from what is kept."""

from __future__ import annotations

from pathlib import Path

from desktop.workspace import ReturnComment, ToReturn, Workspace
from tests.core.workspace.workspaces import Q3, Q4, at, explain_all, fill_everything, make

SAID = "演示：请核实培训人次"


def kinds(workspace: Workspace, unit: str) -> list[tuple[str, str]]:
    return [(message.kind, message.text) for message in workspace.review.unit(unit, Q3).messages]


def test_what_was_sent_before_the_page_is_opened_stands_on_it(tmp_path: Path) -> None:
    with make(tmp_path, "scjg", consolidates=True) as office:
        office.publish(Q4, tmp_path / "other.xlsx")
        office.publish(Q3, tmp_path / "package.xlsx")
        office.remind(Q3, tmp_path / "催报")
    with Workspace.open(tmp_path / "scjg.zhibao", clock=at("2024-10-06")) as office:
        assert kinds(office, "tanggu") == [
            ("package", "已下发任务包，开放2024年第三季度"),
            ("reminder", "已写催报邮件：催报_塘沽街道_2024Q3.eml"),
        ]


def test_a_zone_s_own_page_has_what_the_district_sent_it(tmp_path: Path) -> None:
    with (
        make(tmp_path, "scjg", consolidates=True) as district,
        make(tmp_path, "jingkai", consolidates=True) as zone,
    ):
        district.publish(Q3, tmp_path / "package.xlsx")
        zone.take_from_office(tmp_path / "package.xlsx")
        session = zone.form("jingkai", Q3)
        fill_everything(session)
        district.take_in([zone.submit_form(session, tmp_path).path])
        place = ReturnComment("", "training_visits", "演示：与签到表不符")
        back = district.office.send_back("jingkai", Q3, ToReturn(SAID, (place,)), tmp_path)
        [decision] = district.review.decisions(Q3, "jingkai")
        district.review.undo(decision.id, reason="演示：误退")
        texts = [text for kind, text in kinds(district, "jingkai") if kind == "return"]
        assert texts == [f"第1版退回（第1号）（已撤销）：{SAID}"]
        zone.take_from_office(back.path)
        [package, returned] = zone.review.unit("jingkai", Q3).messages
        assert (package.kind, package.text) == ("package", "收到任务包，开放2024年第三季度")
        assert returned.text == f"收到：第1版退回（第1号）：{SAID}"
        assert [(met.comment.text, met.met) for met in returned.comments] == [("演示：与签到表不符", None)]

        session = zone.form("jingkai", Q3)
        session.type_figure("training_visits", "2")
        explain_all(session)
        district.take_in([zone.submit_form(session, tmp_path).path])
        [receipt] = district.office.receipts(Q3, tmp_path / "out", unit="jingkai")
        zone.take_from_office(receipt.path)
        messages = zone.review.unit("jingkai", Q3).messages
        assert [message.kind for message in messages] == ["package", "return", "receipt"]
        assert "第2版已于 2024-10-05 被" in messages[2].text
        assert [met.met for met in messages[1].comments] == [True]
