"""Groups that the plan leaves undefined are filled by the office and stay so."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.errors import InputError
from desktop.workspace import Workspace
from tests.core.workspace.workspaces import Q3, make


def test_a_filled_group_brings_its_items_to_its_members(tmp_path: Path) -> None:
    with make(tmp_path, "kx") as workspace:
        asked = {entry.item.number for entry in workspace.form("kx", Q3).form.items}
        assert 4 not in asked
        workspace.set_group("cydw", ["kx", "kjj"], lead="kx")
        path = workspace.path
    with Workspace.open(path) as workspace:
        entry = next(e for e in workspace.form("kx", Q3).form.items if e.item.number == 4)
        assert entry.leads


def test_what_the_plan_leaves_open_is_listed_until_it_is_filled(tmp_path: Path) -> None:
    with make(tmp_path, "scjg", consolidates=True) as office:
        before = {group.id: group for group in office.groups}
        assert [id_ for id_, group in before.items() if not group.members] == ["cydw", "xgbm"]
        assert before["kfq"].fixed and len(before["kfq"].members) == 5
        assert 4 in before["cydw"].items
        office.set_group(office.group_named("各开发区"), [], lead="jingkai")
        office.set_group("xgbm", ["kjj", "kx"])
        after = {group.id: group for group in office.groups}
        assert (after["kfq"].lead, after["kfq"].members) == ("jingkai", before["kfq"].members)
        assert (after["xgbm"].lead, set(after["xgbm"].members)) == (None, {"kx", "kjj"})


def test_members_that_the_plan_names_by_kind_are_not_the_offices_to_choose(tmp_path: Path) -> None:
    with make(tmp_path, "scjg", consolidates=True) as office:
        with pytest.raises(InputError, match="由方案规定"):
            office.set_group("jz", ["tanggu"])
        with pytest.raises(InputError, match="没有集体"):
            office.group_named("各委办局")


def test_a_lead_outside_the_group_is_refused(tmp_path: Path) -> None:
    with make(tmp_path, "kx") as workspace:
        with pytest.raises(InputError, match="牵头"):
            workspace.set_group("cydw", ["kjj"], lead="kx")
        with pytest.raises(InputError, match="没有单位"):
            workspace.set_group("cydw", ["nobody"])
