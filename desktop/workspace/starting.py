"""Making a workspace file, and what is read when one is opened."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from desktop.definition import plan_to_document
from desktop.errors import InputError, WorkspaceDamaged
from desktop.model.canonical import canonical_text
from desktop.model.plan import Plan
from desktop.model.unit import Unit
from desktop.store import Connection, Facts, Store, audit, create_store, settings
from desktop.store.plans import StoredPlan, current_plan
from desktop.store.settings import OwnUnit
from desktop.workspace.receiving import Coming, start_with
from desktop.workspace.shelf import PlanShelf

SYNTHETIC = "synthetic"
"""The setting that says that the figures are 演示."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a new workspace is to be: its file, own units by any name, children, who makes it."""

    path: Path
    units: tuple[str, ...]
    consolidates: bool = False
    children: tuple[str, ...] = ()
    person: str = ""
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """What a workspace holds while it is open."""

    store: Store
    plan: Plan
    own: tuple[OwnUnit, ...]
    synthetic: bool
    shelf: PlanShelf


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


def read_workspace(store: Store, plan_id: str | None = None) -> Opened:
    """The plan worked by (the one chosen, or that with the id), own units and options.

    Raises InputError if the workspace doesn't keep that plan, WorkspaceDamaged if it has none.
    """
    shelf = PlanShelf()

    def read(connection: Connection) -> Opened:
        kept = current_plan(connection, plan_id)
        plan = shelf.get(connection, kept.digest) if kept else None
        if plan is None:
            _refuse(plan_id)
        synthetic = settings.setting(connection, SYNTHETIC) == "true"
        return Opened(store, plan, settings.own_units(connection, plan.id), synthetic, shelf)

    return store.run(read)


def unit_named(plan: Plan, name: str) -> Unit:
    """The reporting unit with that id, name or alias; raises InputError."""
    unit = plan.find_unit(name)
    if unit is None or unit.id == plan.district.id:
        raise InputError(
            "unit.unknown", f"方案中没有单位“{name}”。", "请核对名称，或用 zhibao plan show 查看单位。"
        )
    return unit


def _refuse(plan_id: str | None) -> NoReturn:
    if plan_id is not None:
        raise InputError(
            "plan.not_kept", f"工作区里没有方案“{plan_id}”。", "请用 zhibao plan list 查看有哪些方案。"
        )
    raise WorkspaceDamaged("workspace.no_plan", "工作区里没有方案。", "请从备份恢复。")
