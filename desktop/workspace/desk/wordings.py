"""The official wording of items, from the office's own copy: kept in the workspace by item number."""

from __future__ import annotations

from pathlib import Path

from desktop.model import plain
from desktop.model.canonical import Json, canonical_text
from desktop.store import audit, settings
from desktop.store.texts import kept
from desktop.workspace.desk import Desk

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
    return kept(text, _wording_from, "任务文字") if text else {}


def _wording_from(data: Json) -> dict[int, str]:
    return {int(number): wording for number, wording in plain.texts_by_name(data).items()}
