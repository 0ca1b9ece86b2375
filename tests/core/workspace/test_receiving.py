"""Receiving a task package: what arrives is there, twice changes nothing, and what doesn't fit is refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.definition import plan_digest, plan_from_document, plan_to_document
from desktop.errors import EnvironmentFault, InputError
from desktop.exchange.format.manifest import shield
from desktop.model.period import Period
from desktop.model.plan import Plan, ReferenceFigure
from desktop.store import audit, open_store
from desktop.workspace import Arrival, Deadline, ToPublish, Workspace
from tests.core.workspace.versions import (
    Q3,
    Q4,
    figure,
    first_version,
    next_plan,
    package,
    second_version,
    workspace,
)
from tests.core.workspace.workspaces import at


def looked_at(clerk: Workspace, sent: Path) -> Arrival:
    looked = clerk.look_from_office(sent)
    assert isinstance(looked, Arrival)
    return looked


def chain_length(path: Path) -> int:
    with open_store(path) as store:
        return store.run(audit.head).sequence


def test_plan_version_periods_deadlines_and_contact_arrive(tmp_path: Path) -> None:
    with workspace(tmp_path, "street-a") as clerk:
        arrival = clerk.receive(package(tmp_path, second_version(), Q3, Q4))
        assert (arrival.version_before, arrival.version, arrival.works_by) == ("1", "2", True)
        assert [opened.period for opened in arrival.opened] == [Q3, Q4]
        assert arrival.opened[0].deadlines[0][1].isoformat() == "2024-10-10"
        assert clerk.plan.version == "2" and clerk.round.contact == "演示联系人 000"
        path = clerk.path
    with Workspace.open(path) as again:
        assert again.plan.version == "2" and again.round.is_open(Q4)
        assert again.round.deadline("street-a", Q3) == arrival.opened[0].deadlines[0][1]


def test_what_changes_is_told_in_words(tmp_path: Path) -> None:
    with workspace(tmp_path, "street-a") as clerk:
        told = looked_at(clerk, package(tmp_path, second_version())).changes
    kinds = {(change.what, change.name): change.kind for change in told}
    assert kinds["数据项", "专利许可转让次数"] == "更名"
    assert kinds["数据项", "引进人才"] == "合并"
    assert kinds["数据项", "海外发明专利授权"] == "取消"
    assert kinds["单位", "演示新乙街道"] == "更名"
    assert kinds["单位", "演示丙镇"] == "拆分"
    assert kinds["单位", "演示东镇"] == "新增"
    assert kinds["目标", "海外授权每年300件"] == "取消"


def test_looking_changes_nothing(tmp_path: Path) -> None:
    sent = package(tmp_path, second_version())
    with workspace(tmp_path, "street-a") as clerk:
        before = clerk.path.read_bytes()
        assert looked_at(clerk, sent).version == "2"
        assert clerk.plan.version == "1" and clerk.form("street-a", Q3).plan.version == "1"
        assert clerk.path.read_bytes() == before


def test_an_identical_package_says_so_and_changes_nothing(tmp_path: Path) -> None:
    sent = package(tmp_path, second_version())
    with workspace(tmp_path, "street-a") as clerk:
        clerk.receive(sent)
        path = clerk.path
    before = chain_length(path)
    with Workspace.open(path, clock=at("2024-10-06")) as clerk:
        again = clerk.receive(sent)
        assert again.unchanged and "已经接收过" in again.heading
    assert chain_length(path) == before


def test_an_older_version_is_refused_with_the_reason(tmp_path: Path) -> None:
    old, new = package(tmp_path, first_version(), name="旧.xlsx"), package(tmp_path, second_version())
    with workspace(tmp_path, "street-a") as clerk:
        clerk.receive(new)
        with pytest.raises(InputError, match=r"较旧的第1版.*已是第2版"):
            clerk.receive(old)
        assert clerk.plan.version == "2"


def test_another_content_under_the_same_version_is_refused(tmp_path: Path) -> None:
    changed = replace(first_version(), name="改了名的方案")
    sent = package(tmp_path, replace(changed, digest=plan_digest(changed)))
    with workspace(tmp_path, "street-a") as clerk, pytest.raises(InputError, match="版本号没有变"):
        clerk.receive(sent)


def test_an_own_unit_that_was_renamed_is_followed(tmp_path: Path) -> None:
    with workspace(tmp_path, "street-b") as clerk:
        arrival = clerk.receive(package(tmp_path, second_version()))
        assert [unit.id for unit in clerk.own_units] == ["street-c"]
        assert "现为“演示新乙街道”" in "".join(arrival.remarks)


def test_an_own_unit_that_was_split_is_a_clear_refusal(tmp_path: Path) -> None:
    with workspace(tmp_path, "town-a") as clerk:
        clerk.form("town-a", Q3).type_figure("licences", "3").saved.result()
        with pytest.raises(InputError, match="没有本工作区的单位（演示丙镇）"):
            clerk.receive(package(tmp_path, second_version()))
        assert clerk.plan.version == "1"
        assert figure(clerk.form("town-a", Q3), "licences") == 3


def test_beside_a_unit_that_stays_a_split_one_is_only_told(tmp_path: Path) -> None:
    with workspace(tmp_path, "town-a", "street-a") as clerk:
        arrival = clerk.receive(package(tmp_path, second_version()))
        assert [unit.id for unit in clerk.own_units] == ["street-a"]
        assert any("演示丙镇" in remark for remark in arrival.remarks)


def test_another_districts_plan_is_refused(tmp_path: Path) -> None:
    with workspace(tmp_path, "street-a") as clerk:
        before = clerk.path.read_bytes()
        with pytest.raises(InputError, match="没有本工作区的单位") as refused:
            clerk.receive(package(tmp_path, other_district()))
        assert "其他地区" in refused.value.remedy
        assert clerk.path.read_bytes() == before


def other_district() -> Plan:
    """The same plan with units of other ids and names."""
    ids = {unit.id for unit in first_version().units}

    def walk(value: Any) -> Any:  # noqa: ANN401 - JSON of any shape
        if isinstance(value, dict):
            return {key: walk(part) for key, part in value.items()}
        if isinstance(value, list):
            return [walk(part) for part in value]
        return f"other-{value}" if value in ids else value

    document = walk(plan_to_document(replace(first_version(), id="other-district", digest="")))
    for unit in document["units"]:
        unit |= {"name": f"别区{unit['name']}", "short_name": f"别区{unit['short_name']}", "aliases": []}
    loaded = plan_from_document(document)
    assert loaded.plan is not None, loaded.findings
    return loaded.plan


def test_the_next_plan_is_worked_by_and_the_old_ones_forms_stay(tmp_path: Path) -> None:
    with workspace(tmp_path, "street-a", today="2025-04-05") as clerk:
        clerk.form("street-a", Q4).type_figure("licences", "7").saved.result()
        arrival = clerk.receive(package(tmp_path, next_plan(), Period.parse("2025Q1")))
        assert (arrival.version_before, clerk.plan.id) == ("", "next-plan")
        assert [plan.id for plan in clerk.plans()] == ["test-plan", "next-plan"]
        q1 = clerk.form("street-a", Period.parse("2025Q1"))
        assert q1.around.previous is not None
        assert q1.around.previous.figure("deals").value == Decimal(7)
        clerk.switch_plan("test-plan")
        assert figure(clerk.form("street-a", Q4), "licences") == 7
        path = clerk.path
    with Workspace.open(path) as again:
        assert again.plan.id == "test-plan", "the choice is kept"
    with Workspace.open(path, plan="next-plan") as again:
        assert again.plan.id == "next-plan"


def test_issued_figures_arrive_and_follow_to_their_new_codes(tmp_path: Path) -> None:
    figures = [ReferenceFigure("patents", "street-a", Decimal(12), Q3.end, source="演示")]
    with workspace(tmp_path, "bureau", consolidates=True) as office:
        office.set_references([*figures, replace(figures[0], element="licences", value=Decimal(5))])
        one = tmp_path / "一.xlsx"
        office.publish(Q3, one)
        folder = tmp_path / "v2"
        folder.mkdir()
        with workspace(folder, "street-a") as clerk:
            assert clerk.receive(one).figures == 2
            assert clerk.form("street-a", Q3).around.issued["patents"] == 12
            clerk.receive(package(tmp_path, second_version()))
            assert clerk.form("street-a", Q3).around.issued["licences_all"] == 5


def test_deadlines_are_said_by_unit_and_kind_and_kept_by_both_sides(tmp_path: Path) -> None:
    day, later = Q3.end.replace(month=10, day=20), Q3.end.replace(month=10, day=25)
    with workspace(tmp_path, "bureau", consolidates=True, today="2024-10-22") as office:
        wanted = ToPublish((Q3, Q4), (Deadline("街道", day, Q3), Deadline("甲街道", later, Q3)))
        done = office.publish(wanted, tmp_path / "p.xlsx")
        q3, q4 = done.periods
        assert (q3.deadlines["street-b"], q3.deadlines["street-a"]) == (day, later)
        assert q4.deadlines["street-a"].isoformat() == "2025-01-10"
        states = {row.unit.id: row.state.value for row in office.board(Q3).rows}
        assert (states["street-a"], states["street-b"]) == ("missing", "overdue")
        assert office.board(Q3).deadlines["street"] == later
        with pytest.raises(InputError, match="没有单位或单位种类"):
            office.publish(ToPublish((Q3,), (Deadline("某镇", day),)), tmp_path / "q.xlsx")


def test_the_form_opens_at_the_open_period_that_is_due_next(tmp_path: Path) -> None:
    with workspace(tmp_path, "street-a", today="2025-01-05") as clerk:
        assert str(clerk.default_period()) == "2024"
        clerk.receive(package(tmp_path, first_version(), Q4, Q3))
        assert clerk.default_period() == Q3
        session = clerk.form("street-a", Q3)
        for row in session.form.due_rows:
            session.set_nil(row.element.id)
        for entry in session.form.items:
            assert not entry.leads
        for finding in session.assessment.unexplained:
            session.explain(finding.key, "other", f"演示：核对后如实填报 {finding.address}")
        clerk.submit_form(session, tmp_path)
        assert clerk.default_period() == Q4


def test_sheets_a_person_reads(tmp_path: Path) -> None:
    with workspace(tmp_path, "bureau", consolidates=True) as office:
        office.receive(package(tmp_path, second_version()))
        out = tmp_path / "新.xlsx"
        office.publish(ToPublish((Q3, Q4), contact="演示科 000", note="演示备注"), out)
    book = openpyxl.load_workbook(out)
    assert book.sheetnames[:4] == ["说明", "单位与期限", "下发数据", "方案变化"]
    notes = {row[0]: row[1] for row in book["说明"].iter_rows(min_row=3, values_only=True)}
    assert notes["方案版本"] == "第2版（上一版为第1版）" and notes["联系方式"] == "演示科 000"
    changes = [row[1:3] for row in book["方案变化"].iter_rows(min_row=3, values_only=True)]
    assert ("海外发明专利授权", "取消") in changes


def test_groups_the_office_filled_come_along_and_digests_stay_the_same(tmp_path: Path) -> None:
    with workspace(tmp_path, "bureau", consolidates=True) as office:
        office.set_group("members", ["street-a", "court"], "street-a")
        office.publish(Q3, tmp_path / "p.xlsx")
        digest = office.plan.digest
    with Workspace.create(tmp_path / "c.zhibao", ["street-a"], plan=str(tmp_path / "p.xlsx")) as clerk:
        assert clerk.plan.digest == digest
        assert clerk.plan.lead(clerk.plan.item(3)) == "street-a"
        assert clerk.round.is_open(Q3)


Change = Callable[[dict[str, str]], None]


def _truncate(rows: dict[str, str]) -> None:
    rows.pop("content/1")


def _alter(rows: dict[str, str]) -> None:
    rows["content/1"] = rows["content/1"].replace("演示方案", "别的方案")


def _newer(rows: dict[str, str]) -> None:
    rows["format"] = "9"


def _notice(rows: dict[str, str]) -> None:
    rows["kind"] = "return"


def _no_json(rows: dict[str, str]) -> None:
    rows["content/1"] = shield("[1, 2")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_truncate, "office.broken"),
        (_alter, "office.altered"),
        (_no_json, "office.broken"),
        (_newer, "office.newer_format"),
        (_notice, "office.invalid_signature"),
    ],
)
def test_damaged_and_foreign_packages_are_refused(tmp_path: Path, change: Change, code: str) -> None:
    sent = package(tmp_path, first_version())
    book = openpyxl.load_workbook(sent)
    sheet = book["_zhibao"]
    rows = {str(row[0]): str(row[1]) for row in sheet.iter_rows(values_only=True)}
    change(rows)
    sheet.delete_rows(1, sheet.max_row)
    for row in rows.items():
        sheet.append(row)
    book.save(sent)
    with workspace(tmp_path, "street-a") as clerk:
        with pytest.raises(InputError) as refused:
            clerk.receive(sent)
        assert refused.value.code == code and refused.value.remedy


def test_files_that_are_no_package_are_refused(tmp_path: Path) -> None:
    sent = package(tmp_path, first_version())
    (tmp_path / "half.xlsx").write_bytes(sent.read_bytes()[:3000])
    (tmp_path / "text.xlsx").write_text("演示", encoding="utf-8")
    with workspace(tmp_path, "street-a") as clerk:
        session = clerk.form("street-a", Q3)
        for row in session.form.due_rows:
            session.set_nil(row.element.id)
        for finding in session.assessment.unexplained:
            session.explain(finding.key, "other", f"演示：核对后如实填报 {finding.address}")
        own = clerk.submit_form(session, tmp_path).path
        for file in (tmp_path / "half.xlsx", tmp_path / "text.xlsx", own):
            with pytest.raises(InputError):
                clerk.receive(file)
        with pytest.raises(EnvironmentFault):
            clerk.receive(tmp_path / "nowhere.xlsx")


def test_a_moved_away_workspace_keeps_what_it_had(tmp_path: Path) -> None:
    sent = package(tmp_path, second_version())
    with workspace(tmp_path, "street-a") as clerk:
        away = tmp_path / "away.zhibao"
        shutil.move(clerk.path, away)
        with pytest.raises(EnvironmentFault):
            clerk.receive(sent)
        assert clerk.plan.version == "1"
        shutil.move(away, clerk.path)
        assert clerk.receive(sent).version == "2"
