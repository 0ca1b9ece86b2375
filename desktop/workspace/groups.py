"""Groups that an office maintains: who belongs to a collective the plan leaves undefined, and who
leads for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop.errors import InputError
from desktop.model.canonical import Json, canonical_text
from desktop.model.plan import Plan
from desktop.store import Connection, audit, settings

SETTING = "groups"


def apply_stored_groups(connection: Connection, plan: Plan) -> Plan:
    """The plan with the office's groups laid over its own."""
    text = settings.setting(connection, SETTING)
    return _with_groups(plan, json.loads(text)) if text else plan


def keep_group(
    connection: Connection,
    plan: Plan,
    group: str,
    members: Sequence[str],
    lead: str | None,
    stamp: audit.Stamp,
) -> Plan:
    """Keep who belongs to a group; raises InputError for an unknown group or unit, or a lead that
    isn't in it.
    """
    if group not in {known.id for known in plan.groups}:
        raise InputError("group.unknown", f"方案中没有集体“{group}”。")
    strangers = [unit for unit in (*members, *([lead] if lead else [])) if not plan.has_unit(unit)]
    if strangers:
        raise InputError("group.unit_unknown", f"方案中没有单位“{strangers[0]}”。")
    text = settings.setting(connection, SETTING)
    kept: Json = json.loads(text) if text else {}
    kept[group] = {"members": list(dict.fromkeys(members)), "lead": lead}
    changed = _with_groups(plan, kept)
    if lead is not None and lead not in {unit.id for unit in changed.members(group)}:
        raise InputError("group.lead_outside", "牵头单位必须是该集体的成员。")
    settings.set_setting(connection, SETTING, canonical_text(kept), stamp)
    return changed


def _with_groups(plan: Plan, kept: Mapping[str, Json]) -> Plan:
    groups = tuple(
        replace(group, members=tuple(kept[group.id]["members"]), lead=kept[group.id]["lead"])
        if group.id in kept
        else group
        for group in plan.groups
    )
    return replace(plan, groups=groups)
