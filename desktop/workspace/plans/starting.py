"""Making a workspace file."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.definition.document import plan_to_document
from desktop.errors import InputError
from desktop.model.canonical import canonical_text
from desktop.model.unit import Unit
from desktop.store import Connection, Facts, Store, audit, create_store, settings
from desktop.store.plans import StoredPlan
from desktop.store.settings import OwnUnit
from desktop.workspace.desk import Desk
from desktop.workspace.desk.opened import SYNTHETIC, unit_named
from desktop.workspace.plans.receiving import Coming, start_with


@dataclass(frozen=True, slots=True)
class Start:
    """What a new workspace is to be: its file, own units by any name, children, who makes it."""

    path: Path
    units: tuple[str, ...]
    consolidates: bool = False
    children: tuple[str, ...] = ()
    person: str = ""
    synthetic: bool = False


def start_workspace(start: Start, coming: Coming, now: datetime.datetime) -> Store:
    """Make the file with its plan and what came with it; raises InputError and EnvironmentFault."""
    plan = coming.plan
    own_ids = [unit_named(plan, name).id for name in start.units]
    children = tuple(unit_named(plan, name).id for name in start.children)
    own = tuple(OwnUnit(plan.id, id_, start.consolidates, children) for id_ in dict.fromkeys(own_ids))
    stored = StoredPlan(plan.digest, plan.id, plan.version, canonical_text(plan_to_document(plan)))
    people = (start.person,) if start.person else ()
    store = create_store(start.path, Facts(stored, own, start.person, now, people))
    stamp = audit.Stamp("init", start.person, now)

    def fill(connection: Connection) -> None:
        start_with(connection, coming, stamp)
        if start.synthetic:
            settings.set_setting(connection, SYNTHETIC, "true", stamp)

    store.run(fill)
    return store


def add_own_unit(desk: Desk, own: Sequence[OwnUnit], name: str) -> Unit:
    """Put a unit behind the own ones; raises InputError for an unknown one and for one that is there."""
    unit = unit_named(desk.plan, name)
    if any(known.unit == unit.id for known in own):
        raise InputError("unit.own_already", f"本工作区已经有{unit.short_name}。", "请在单位列表中选择。")
    wanted = (*own, OwnUnit(desk.plan.id, unit.id))
    stamp = audit.Stamp("add_unit", desk.person, desk.clock())
    desk.store.run(lambda connection: settings.set_own_units(connection, desk.plan.id, wanted, stamp))
    return unit
