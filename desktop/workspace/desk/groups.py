"""Groups that an office maintains: who belongs to a collective the plan leaves undefined, and who
leads for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop.errors import InputError
from desktop.model import plain
from desktop.model.canonical import Json, canonical_text
from desktop.model.plan import Plan
from desktop.model.unit import Group
from desktop.store import Connection, audit, settings
from desktop.store.texts import kept
from desktop.values import dataclass

SETTING = "groups/"
"""Begins the setting's name; the plan's id follows."""


@dataclass(frozen=True, slots=True)
class FilledGroup:
    """A collective as it is filled now: its members' and its lead's ids, and the items that name it.

    `fixed` if the plan says by kinds of units who belongs to it: then only the lead is the office's to name.
    """

    id: str
    name: str
    fixed: bool
    members: tuple[str, ...]
    lead: str | None
    items: tuple[int, ...]


def filled_groups(plan: Plan) -> tuple[FilledGroup, ...]:
    """The plan's collectives, in its order."""
    return tuple(
        FilledGroup(
            group.id,
            group.name,
            bool(group.kinds),
            tuple(unit.id for unit in plan.members(group.id)),
            group.lead,
            tuple(item.number for item in plan.items if group.id in item.bodies),
        )
        for group in plan.groups
    )


def group_named(plan: Plan, name: str) -> Group:
    """The collective with that id or name; raises InputError."""
    found = next((group for group in plan.groups if name in (group.id, group.name)), None)
    if found is None:
        names = "、".join(group.name for group in plan.groups) or "（无）"
        raise InputError("group.unknown", f"方案中没有集体“{name}”。", f"方案中的集体：{names}。")
    return found


def apply_stored_groups(connection: Connection, plan: Plan) -> Plan:
    """The plan with the office's groups laid over its own."""
    return _with_groups(plan, stored_groups(connection, plan.id))


def stored_groups(connection: Connection, plan: str) -> Json:
    """Group id → members and lead, as the office filled them for the plan with that id."""
    text = settings.setting(connection, SETTING + plan)
    return kept(text, _groups_from, "集体成员") if text else {}


def keep_groups(connection: Connection, plan: str, groups: Json, stamp: audit.Stamp) -> bool:
    """Take over an office's groups; false if they already were so."""
    if not groups and settings.setting(connection, SETTING + plan) is None:
        return False
    return settings.set_setting(connection, SETTING + plan, canonical_text(groups), stamp)


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
    fixed = bool(group_named(plan, group).kinds)
    strangers = [unit for unit in (*members, *([lead] if lead else [])) if not plan.has_unit(unit)]
    if strangers:
        raise InputError("group.unit_unknown", f"方案中没有单位“{strangers[0]}”。", "请核对单位名称。")
    if fixed and members:
        raise InputError(
            "group.fixed", "该集体的成员由方案规定，不能另行指定。", "只需指定牵头单位；成员不用写。"
        )
    said = stored_groups(connection, plan.id)
    said[group] = {"members": list(dict.fromkeys(members)), "lead": lead}
    changed = _with_groups(plan, said)
    if lead is not None and lead not in {unit.id for unit in changed.members(group)}:
        raise InputError(
            "group.lead_outside", "牵头单位必须是该集体的成员。", "请把它也列为成员，或改选牵头单位。"
        )
    keep_groups(connection, plan.id, said, stamp)
    return changed


def _groups_from(data: Json) -> Json:
    return {
        group: {
            "members": list(plain.texts(filled["members"])),
            "lead": None if filled["lead"] is None else plain.text(filled["lead"]),
        }
        for group, filled in data.items()
    }


def _with_groups(plan: Plan, said: Mapping[str, Json]) -> Plan:
    """The groups laid over the plan; units that this version doesn't have are left out."""
    if not said:
        return plan
    return replace(
        plan,
        groups=tuple(
            _filled(plan, group, said[group.id]) if group.id in said else group for group in plan.groups
        ),
    )


def _filled(plan: Plan, group: Group, said: Json) -> Group:
    lead = said["lead"] if said["lead"] and plan.has_unit(said["lead"]) else None
    return replace(group, members=tuple(id_ for id_ in said["members"] if plan.has_unit(id_)), lead=lead)
