"""The official wording of items, from the office's own copy: kept in the workspace by item number."""

from __future__ import annotations

import json
from pathlib import Path

from desktop.model.canonical import canonical_text
from desktop.store import audit, settings
from desktop.workspace.forms import Desk

SETTING = "wording/"
"""Begins the name of the setting; the plan's id follows."""


def keep_wording(desk: Desk, path: Path) -> int:
    """Take over the wording from a file; returns how many items were found."""
    from desktop.definition import read_wording

    found = {str(number): text for number, text in read_wording(path, desk.plan).texts.items()}
    stamp = audit.Stamp("wording", desk.person, desk.clock())
    name, content = SETTING + desk.plan.id, canonical_text(found)
    desk.store.run(lambda connection: settings.set_setting(connection, name, content, stamp))
    return len(found)


def kept_wording(desk: Desk) -> dict[int, str]:
    """Item number → official wording, as far as it was loaded."""
    text = desk.store.run(lambda connection: settings.setting(connection, SETTING + desk.plan.id))
    return {int(number): wording for number, wording in json.loads(text).items()} if text else {}
