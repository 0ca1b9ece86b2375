"""Drafts move to a new plan version with a report; what was handed in stays as it was until it is revised."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.definition import plan_digest
from desktop.errors import InputError
from desktop.model.mapping import Mapped, MappingRow
from desktop.model.plan import Plan
from desktop.model.submission import FigureState
from desktop.store import Connection, audit, entries, open_store
from desktop.store.undo import redo_last, undo_last
from desktop.workspace import FormSession, Workspace
from desktop.workspace.desk.moving import MovedForm, Mover, move_drafts
from tests.core.plans import with_changes
from tests.core.workspace.versions import (
    Q2,
    Q3,
    Q4,
    figure,
    first_version,
    package,
    second_version,
    workspace,
)
from tests.core.workspace.workspaces import at

FIGURES = {"licences": "11", "talents": "3", "net_change": "4", "oversea": "9", "geo_products": "2"}


def fill(session: FormSession, values: dict[str, str]) -> None:
    for element, value in values.items():
        session.type_figure(element, value).saved.result()


def hand_in(workspace: Workspace, session: FormSession, out: Path) -> None:
    for row in session.form.due_rows:
        if not session.section.figure(row.element.id).reported:
            session.set_nil(row.element.id)
    for finding in session.assessment.unexplained:
        session.explain(finding.key, "other", f"演示：核对后如实填报 {finding.address}")
    workspace.submit_form(session, out)


def test_a_draft_moves_with_a_report_of_every_fate(tmp_path: Path) -> None:
    with workspace(tmp_path, "street-a") as clerk:
        fill(clerk.form("street-a", Q3), FIGURES)
        (moved,) = clerk.receive(package(tmp_path, second_version())).moved
        session = clerk.form("street-a", Q3)
        assert session.plan.version == "2"
        assert figure(session, "licences_all") == Decimal(11)
        assert figure(session, "talents") == Decimal(7), "引进人才 and 净增减 are added up"
        assert figure(session, "geo_products") == Decimal(2)
        assert set(session.section.figures) == {"licences_all", "talents", "geo_products"}
    told = "\n".join(moved.lines)
    assert "“许可转让次数”改为“专利许可转让次数”" in told and "口径扩大" in told
    assert "“净增减”（4）并入“引进人才”" in told
    assert "“海外发明专利授权”（9）没有转入：不再统计" in told


def test_what_was_dropped_stays_in_the_trail_and_the_report_can_be_read_again(tmp_path: Path) -> None:
    with workspace(tmp_path, "street-a") as clerk:
        fill(clerk.form("street-a", Q3), FIGURES)
        (moved,) = clerk.receive(package(tmp_path, second_version())).moved
        path = clerk.path
    with Workspace.open(path) as again:
        assert again.moved_forms() == (moved,)
    with open_store(path) as store:
        rows = store.run(lambda c: audit.history(c, "test-plan", "street-a", "2024Q3", "figure/oversea"))
        assert [(row.kind, row.new) for row in rows][-1] == ("migrate", None)
        assert rows[-1].old is not None and json.loads(rows[-1].old)["value"] == "9"
        assert store.run(audit.verify).ok and store.run(audit.differences) == ()


def test_the_move_of_a_form_is_one_action_that_can_be_undone_and_redone(tmp_path: Path) -> None:
    with workspace(tmp_path, "street-a") as clerk:
        fill(clerk.form("street-a", Q3), FIGURES)
        path = clerk.path
    with open_store(path) as store:
        before = store.run(lambda c: entries.section(c, "test-plan", "street-a", "2024Q3"))
    with Workspace.open(path, clock=at("2024-10-06")) as clerk:
        clerk.receive(package(tmp_path, second_version()))
    now = at("2024-10-07")()
    with open_store(path) as store:
        after = store.run(lambda c: entries.section(c, "test-plan", "street-a", "2024Q3"))
        store.run(lambda c: undo_last(c, "test-plan", "street-a", "2024Q3", "演示员", now))
        assert store.run(lambda c: entries.section(c, "test-plan", "street-a", "2024Q3")) == before != after
        store.run(lambda c: redo_last(c, "test-plan", "street-a", "2024Q3", "演示员", now))
        assert store.run(lambda c: entries.section(c, "test-plan", "street-a", "2024Q3")) == after
        assert store.run(audit.differences) == ()


def test_unreadable_text_nil_and_items_come_along(tmp_path: Path) -> None:
    with workspace(tmp_path, "zone-a") as clerk:
        session = clerk.form("zone-a", Q3)
        session.type_figure("licences", "约三百").saved.result()
        session.set_nil("geo_products").saved.result()
        clerk.receive(package(tmp_path, second_version()))
        after = clerk.form("zone-a", Q3).section
        assert (after.figure("licences_all").state, after.figure("licences_all").typed) == (
            FigureState.UNREADABLE,
            "约三百",
        )
        assert after.figure("geo_products").state is FigureState.NIL


def test_a_handed_in_form_stays_and_is_read_under_its_version(tmp_path: Path) -> None:
    with workspace(tmp_path, "street-a") as clerk:
        fill(clerk.form("street-a", Q3), FIGURES)
        hand_in(clerk, clerk.form("street-a", Q3), tmp_path)
        arrival = clerk.receive(package(tmp_path, second_version()))
        assert arrival.moved == ()
        session = clerk.form("street-a", Q3)
        assert session.locked and (session.plan.version, session.newer_version) == ("1", "2")
        assert figure(session, "licences") == Decimal(11)
        assert session.form.row("licences") is not None
        with pytest.raises(InputError, match="按方案第1版报出"):
            session.start_revision()


def test_a_revision_moves_to_the_current_version(tmp_path: Path) -> None:
    with workspace(tmp_path, "street-a") as clerk:
        fill(clerk.form("street-a", Q3), FIGURES)
        hand_in(clerk, clerk.form("street-a", Q3), tmp_path)
        clerk.receive(package(tmp_path, second_version()))
        revised = clerk.start_revision(clerk.form("street-a", Q3))
        assert (revised.plan.version, revised.life.revision, revised.locked) == ("2", 2, False)
        assert figure(revised, "licences_all") == Decimal(11)
        assert revised.life.parent is not None
        assert [form.period for form in clerk.moved_forms()] == [Q3]


def test_a_renamed_units_draft_and_handed_in_forms_follow_it(tmp_path: Path) -> None:
    with workspace(tmp_path, "street-b") as clerk:
        fill(clerk.form("street-b", Q2), {"licences": "5"})
        hand_in(clerk, clerk.form("street-b", Q2), tmp_path)
        fill(clerk.form("street-b", Q3), {"licences": "8"})
        (moved,) = clerk.receive(package(tmp_path, second_version())).moved
        assert (moved.unit, moved.unit_name) == ("street-c", "新乙街道")
        draft = clerk.form("street-c", Q3)
        assert figure(draft, "licences_all") == Decimal(8)
        assert draft.around.previous is not None
        assert draft.around.previous.figure("licences_all").value == Decimal(5)
        old = clerk.form("street-c", Q2)
        assert (old.form.unit.id, old.plan.version, figure(old, "licences")) == ("street-b", "1", Decimal(5))
        revised = clerk.start_revision(old)
        assert (revised.form.unit.id, figure(revised, "licences_all")) == ("street-c", Decimal(5))
        assert clerk.history("street-c", "licences_all")[0][0] == Q2


def test_comparison_figures_are_converted_on_the_fly(tmp_path: Path) -> None:
    with workspace(tmp_path, "street-a") as clerk:
        fill(clerk.form("street-a", Q2), FIGURES)
        hand_in(clerk, clerk.form("street-a", Q2), tmp_path)
        clerk.receive(package(tmp_path, second_version()))
        session = clerk.form("street-a", Q3)
        assert session.around.previous is not None
        assert session.around.previous.figure("licences_all").value == Decimal(11)
        assert session.around.previous.figure("talents").value == Decimal(7)
        fell = session.type_figure("licences_all", "6").assessment
        assert any(f.code == "flow.fell" and f.address == "licences_all" for f in fell.unexplained)


def test_a_crash_in_the_middle_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = package(tmp_path, second_version())

    def crash(connection: Connection, mover: Mover) -> tuple[MovedForm, ...]:
        raise ZeroDivisionError(move_drafts(connection, mover))

    with workspace(tmp_path, "street-a") as clerk:
        fill(clerk.form("street-a", Q3), FIGURES)
        with monkeypatch.context() as patched:
            patched.setattr("desktop.workspace.plans.receiving.move_drafts", crash)
            with pytest.raises(ZeroDivisionError):
                clerk.receive(sent)
        path = clerk.path
    with Workspace.open(path, clock=at("2024-10-06")) as again:
        assert again.plan.version == "1"
        assert figure(again.form("street-a", Q3), "oversea") == Decimal(9)
        assert len(again.receive(sent).moved) == 1
        assert figure(again.form("street-a", Q3), "talents") == Decimal(7)


def test_a_draft_left_behind_moves_when_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = package(tmp_path, second_version())
    with workspace(tmp_path, "street-a") as clerk:
        fill(clerk.form("street-a", Q3), FIGURES)
        with monkeypatch.context() as patched:
            patched.setattr("desktop.workspace.plans.receiving.move_drafts", lambda _connection, _mover: ())
            clerk.receive(sent)
        assert clerk.moved_forms() == ()
        assert figure(clerk.form("street-a", Q3), "talents") == Decimal(7)
        assert len(clerk.moved_forms()) == 1


def test_drafts_of_several_periods_move_at_once(tmp_path: Path) -> None:
    with workspace(tmp_path, "street-a", today="2025-01-05") as clerk:
        for period in (Q2, Q3, Q4):
            fill(clerk.form("street-a", period), {"licences": "1"})
        arrival = clerk.receive(package(tmp_path, second_version()))
        assert {form.period for form in arrival.moved} == {Q2, Q3, Q4}


def merging_version() -> Plan:
    """A second version in which 乙街道 went into 甲街道."""
    plan = first_version()
    changed = with_changes(
        plan,
        version="2",
        units=tuple(unit for unit in plan.units if unit.id != "street-b"),
        mapping=(MappingRow("1", Mapped.UNIT, "street-b", ("street-a",)),),
        digest="",
    )
    return replace(changed, digest=plan_digest(changed))


def test_drafts_of_merged_own_units_are_put_together(tmp_path: Path) -> None:
    with workspace(tmp_path, "street-a", "street-b") as clerk:
        fill(clerk.form("street-b", Q3), {"licences": "20", "talents": "1"})
        fill(clerk.form("street-a", Q3), {"licences": "3"})
        arrival = clerk.receive(package(tmp_path, merging_version()))
        assert [unit.id for unit in clerk.own_units] == ["street-a"]
        session = clerk.form("street-a", Q3)
        assert figure(session, "licences") == Decimal(23)
        assert figure(session, "talents") == Decimal(1)
        assert any("没有数，合并后的数不完整" in line for form in arrival.moved for line in form.lines)


def test_a_merged_units_draft_doesnt_touch_where_the_other_form_stands(tmp_path: Path) -> None:
    with workspace(tmp_path, "street-a", "street-b") as clerk:
        hand_in(clerk, clerk.form("street-a", Q3), tmp_path)
        clerk.start_revision(clerk.form("street-a", Q3))
        fill(clerk.form("street-b", Q3), {"licences": "20"})
        fill(clerk.form("street-b", Q2), {"licences": "5"})
        hand_in(clerk, clerk.form("street-a", Q2), tmp_path)
        arrival = clerk.receive(package(tmp_path, merging_version()))
        session = clerk.form("street-a", Q3)
        assert (session.life.revision, figure(session, "licences")) == (2, Decimal(20))
        (left,) = [form for form in arrival.moved if not form.moved]
        assert left.period == Q2 and "已由接续的单位报出" in "".join(left.lines)
        assert clerk.form("street-a", Q2).locked


def test_a_form_that_is_open_while_the_plan_changes_must_be_opened_again(tmp_path: Path) -> None:
    with workspace(tmp_path, "street-a") as clerk:
        session = clerk.form("street-a", Q3)
        clerk.receive(package(tmp_path, second_version()))
        with pytest.raises(InputError, match="方案已换版"):
            session.type_figure("licences", "4").saved.result()
        with pytest.raises(InputError, match="方案已换版"):
            clerk.submit_form(session, tmp_path)
        assert clerk.form("street-a", Q3).section.figures == {}
