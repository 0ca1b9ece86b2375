"""Entering: what is typed is there after a restart, whatever else happens."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop.errors import EnvironmentFault, InputError
from desktop.model.period import Period
from desktop.model.plan import ReferenceFigure
from desktop.model.submission import Answer, FigureState, ItemReport, ItemStatus
from desktop.workspace import Workspace, figure_text
from tests.core.workspace.workspaces import Q3, Q4, at, explain_all, fill_everything, make


def test_what_is_typed_is_there_after_a_restart(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        session = workspace.form("tanggu", Q3)
        session.type_figure("training_visits", "１，２３４").saved.result()
        path = workspace.path
    with Workspace.open(path) as workspace:
        figure = workspace.form("tanggu", Q3).section.figure("training_visits")
        assert figure.value == Decimal(1234)
        assert figure_text(figure, workspace.plan.element("training_visits")) == "1,234"


def test_what_cannot_be_read_stays_as_typed_and_is_an_error(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        session = workspace.form("tanggu", Q3)
        change = session.type_figure("training_visits", "约三百")
        change.saved.result()
        figure = session.section.figure("training_visits")
        assert (figure.state, figure.typed) == (FigureState.UNREADABLE, "约三百")
        assert any(finding.address == "training_visits" for finding in session.errors)


def test_an_issued_figure_is_confirmed_or_disputed(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        workspace.set_references(_issued(workspace, "patents_valid", "1200"))
        session = workspace.form("tanggu", Q3)
        session.confirm_issued("patents_valid").saved.result()
        assert session.section.figure("patents_valid").answer is Answer.CONFIRMED
        session.type_figure("patents_valid", "1201").saved.result()
        assert session.section.figure("patents_valid").answer is Answer.DISPUTED


def test_a_figure_that_is_not_due_is_refused(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace, pytest.raises(InputError, match="不报"):
        workspace.form("tanggu", Q3).type_figure("annual_reports", "1")


def test_the_year_is_prefilled_from_its_last_quarter(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu", today="2025-01-05") as workspace:
        workspace.form("tanggu", Q4).type_figure("training_visits", "80").saved.result()
        year = workspace.form("tanggu", Period.parse("2024"))
        assert year.section.figure("training_visits").value == Decimal(80)
        path = workspace.path
    with Workspace.open(path) as again:
        year = again.form("tanggu", Period.parse("2024"))
        assert year.section.figure("training_visits").value == Decimal(80)


def test_handing_in_locks_and_a_revision_names_its_parent(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        session = workspace.form("tanggu", Q3)
        fill_everything(session)
        first = workspace.submit_form(session, tmp_path)
        assert first.revision == 1
        with pytest.raises(InputError, match="锁定"):
            session.type_figure("training_visits", "2")
        session.start_revision().saved.result()
        session.type_figure("training_visits", "2").saved.result()
        explain_all(session)
        second = workspace.submit_form(session, tmp_path)
        assert second.revision == 2
        assert session.life.parent == second.digest
        assert first.path != second.path


def test_unexplained_warnings_block_and_nothing_is_written(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        out = tmp_path / "out"
        out.mkdir()
        session = workspace.form("tanggu", Q3)
        session.type_figure("training_visits", "abc")
        with pytest.raises(InputError):
            workspace.submit_form(session, out)
        assert list(out.iterdir()) == []
        assert not session.locked


def test_item_progress_survives(tmp_path: Path) -> None:
    with make(tmp_path, "scjg") as workspace:
        session = workspace.form("scjg", Q3)
        led = next(entry.item.number for entry in session.form.items if entry.leads)
        session.set_item(led, ItemReport(ItemStatus.UNDER_WAY, 40, "演示：推进中")).saved.result()
        path = workspace.path
    with Workspace.open(path) as workspace:
        assert workspace.form("scjg", Q3).section.items[led].percent == 40


def test_two_units_in_one_workspace_keep_apart(tmp_path: Path) -> None:
    with make(tmp_path, "kjj", "kx") as workspace:
        with pytest.raises(InputError, match="多个单位"):
            workspace.unit_or_only(None)
        workspace.form("kjj", Q3).type_figure("contract_total", "5").saved.result()
        assert workspace.form("kx", Q3).section.figures == {}


def test_units_are_found_by_name_and_alias(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "a.zhibao", ["东疆保税港区"], clock=at("2024-10-05")) as workspace:
        assert [unit.id for unit in workspace.own_units] == ["dongjiang"]
    with pytest.raises(InputError, match="没有单位"):
        Workspace.create(tmp_path / "b.zhibao", ["河西区"])
    assert not (tmp_path / "b.zhibao").exists()


def _issued(workspace: Workspace, element: str, value: str) -> list[ReferenceFigure]:
    return [ReferenceFigure(element, workspace.own_units[0].id, Decimal(value), Q3.end)]


def test_a_backup_opens_with_what_was_entered(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        workspace.form("tanggu", Q3).type_figure("training_visits", "120").saved.result()
        copy = workspace.safety.back_up(tmp_path / "backups")
    assert copy is not None
    with Workspace.open(copy) as restored:
        assert restored.form("tanggu", Q3).section.figure("training_visits").value == Decimal(120)


def test_expired_and_empty_rows_of_a_list_do_not_count(tmp_path: Path) -> None:
    with make(tmp_path, "scjg", today="2025-01-05") as workspace:
        session = workspace.form("scjg", Q4)
        rows = (
            {"name": "演示甲", "valid_until": "2024年6月30日"},
            {"name": "演示乙", "valid_until": "2025/6/30"},
            {"name": "  "},
        )
        session.set_rows("agencies", rows).saved.result()
        figure = session.section.figure("agencies")
        assert (figure.value, len(figure.rows)) == (Decimal(1), 2)


def test_the_folder_to_hand_in_to_is_made_but_not_where_nothing_is(tmp_path: Path) -> None:
    with make(tmp_path, "tanggu") as workspace:
        session = workspace.form("tanggu", Q3)
        fill_everything(session)
        with pytest.raises(EnvironmentFault, match="U盘"):
            workspace.submit_form(session, tmp_path / "pulled out" / "folder")
        assert not session.locked
        assert workspace.submit_form(session, tmp_path / "new").path.parent == tmp_path / "new"
