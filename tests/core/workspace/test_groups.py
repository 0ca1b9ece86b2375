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


def test_a_lead_outside_the_group_is_refused(tmp_path: Path) -> None:
    with make(tmp_path, "kx") as workspace:
        with pytest.raises(InputError, match="牵头"):
            workspace.set_group("cydw", ["kjj"], lead="kx")
        with pytest.raises(InputError, match="没有单位"):
            workspace.set_group("cydw", ["nobody"])
