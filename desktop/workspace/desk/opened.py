"""What is read when a workspace is opened."""

from __future__ import annotations

from typing import NoReturn

from desktop.errors import InputError, WorkspaceDamaged
from desktop.model.plan import Plan
from desktop.model.unit import Unit
from desktop.store import Connection, Store, settings
from desktop.store.plans import current_plan
from desktop.store.settings import OwnUnit
from desktop.values import dataclass
from desktop.workspace.desk.shelf import PlanShelf

SYNTHETIC = "synthetic"
"""The setting that says that the figures are 演示."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a workspace holds while it is open."""

    store: Store
    plan: Plan
    own: tuple[OwnUnit, ...]
    synthetic: bool
    shelf: PlanShelf


def read_workspace(store: Store, plan_id: str | None = None, *, wholly: bool = True) -> Opened:
    """The plan worked by (the one chosen, or that with the id), own units and options.

    Raises InputError if the workspace doesn't keep that plan, WorkspaceDamaged if it has none. Unless it is
    read `wholly` the shelf's `read_rest` is to follow.
    """
    shelf = PlanShelf(wholly=wholly)

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
