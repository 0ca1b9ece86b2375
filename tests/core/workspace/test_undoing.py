"""Undo and redo of an open form: figures, items, explanations; after a new opening too."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop.errors import InputError
from desktop.model.submission import Figure, ItemReport, ItemStatus
from desktop.workspace import FormSession, Workspace
from tests.core.workspace.workspaces import Q3, REASON, at, fill_everything, make


def opened(workspace: Workspace) -> FormSession:
    return workspace.form("jingkai", Q3)


def again(workspace: Workspace) -> Workspace:
    """The same file, opened anew."""
    workspace.close()
    return Workspace.open(workspace.path, person="演示员", clock=at("2024-10-05"))


def test_what_is_undone_in_a_new_opening_is_undone_on_disk(tmp_path: Path) -> None:
    with make(tmp_path, "jingkai") as first:
        session = opened(first)
        session.type_figure("training_visits", "12")
        session.type_figure("training_visits", "15").saved.result()
    with again(first) as second:
        session = opened(second)
        done = session.undo()
        assert done is not None
        assert (done.action, [(c.address, c.was, c.now) for c in done.changed]) == (
            "type",
            [("training_visits", "15", "12")],
        )
        done.change.saved.result()
    with again(second) as third:
        session = opened(third)
        assert session.section.figure("training_visits") == Figure.number(Decimal(12))
        redone = session.redo()
        assert redone is not None
        assert session.section.figure("training_visits") == Figure.number(Decimal(15))
        assert session.redo() is None
        assert session.undo() is not None
        assert session.undo() is not None
        assert session.undo() is None
        assert session.section.figures == {}


def test_a_paste_is_one_step(tmp_path: Path) -> None:
    with make(tmp_path, "jingkai") as workspace:
        session = opened(workspace)
        session.type_figure("training_visits", "1")
        session.paste({"training_visits": "２", "contract_total": "3.50"})
        assert session.section.figure("training_visits") == Figure.number(Decimal(2))
        done = session.undo()
        assert done is not None and done.action == "paste"
        assert set(done.change.addresses) == {"training_visits", "contract_total"}
        assert session.section.figures == {"training_visits": Figure.number(Decimal(1))}


def test_items_and_explanations_are_undone(tmp_path: Path) -> None:
    with make(tmp_path, "jingkai") as workspace:
        session = opened(workspace)
        number = session.form.items[0].item.number
        session.set_item(number, ItemReport(ItemStatus.UNDER_WAY, narrative="演示：办了两场培训"))
        session.type_figure("training_visits", "abc")
        error = session.errors[0]
        session.explain(error.key, REASON, "演示：原始凭证暂缺", forced=True)
        assert error.key in {f.key for f in session.assessment.forced}
        explained = session.undo()
        assert explained is not None and explained.change.addresses == (error.address,)
        assert session.explanation(error.key) is None
        assert error.key in {f.key for f in session.assessment.blocking}
        session.redo()
        assert error.key in {f.key for f in session.assessment.forced}
        for _ in range(3):
            assert session.undo() is not None
        assert session.section.items == {}
        assert session.undo() is None


def test_undo_stops_at_a_revision_and_a_locked_form_refuses(tmp_path: Path) -> None:
    with make(tmp_path, "jingkai") as workspace:
        session = opened(workspace)
        fill_everything(session)
        workspace.submit_form(session, tmp_path)
        with pytest.raises(InputError, match="已锁定"):
            session.undo()
        workspace.start_revision(session)
        session.type_figure("training_visits", "7")
        assert session.undo() is not None
        with pytest.raises(InputError, match="修订"):
            session.undo()
        assert not session.locked


def test_an_edit_after_undo_ends_redo(tmp_path: Path) -> None:
    with make(tmp_path, "jingkai") as workspace:
        session = opened(workspace)
        session.type_figure("training_visits", "1")
        session.undo()
        session.type_figure("contract_total", "2")
        assert session.redo() is None
