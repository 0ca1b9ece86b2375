"""Making a workspace file."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from desktop.definition.document import plan_to_document
from desktop.model.canonical import canonical_text
from desktop.store import Connection, Facts, Store, audit, create_store, settings
from desktop.store.plans import StoredPlan
from desktop.store.settings import OwnUnit
from desktop.workspace.opened import SYNTHETIC, unit_named
from desktop.workspace.receiving import Coming, start_with


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
