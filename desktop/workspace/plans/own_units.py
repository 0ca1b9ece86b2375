"""The own units of a workspace under a plan or version that has just come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.model.plan import Plan
from desktop.model.unit import Unit
from desktop.store import Connection
from desktop.store.settings import OwnUnit
from desktop.workspace.desk.moving import unit_in_plan
from desktop.workspace.desk.shelf import PlanShelf


@dataclass(frozen=True, slots=True)
class Resolved:
    """The own units under the new plan, sentences about those that changed, and the names of those lost."""

    units: tuple[OwnUnit, ...]
    remarks: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def resolve_own_units(
    connection: Connection, shelf: PlanShelf, own: Sequence[OwnUnit], old: Plan, new: Plan
) -> Resolved:
    """By the mapping, the same id, the one successor, or the name: whatever leads to one unit."""
    found: dict[str, OwnUnit] = {}
    remarks: list[str] = []
    lost: list[str] = []
    for unit in own:
        ids, said = _resolve(connection, shelf, unit.unit, old, new)
        remarks += said
        lost += () if ids else (old.unit(unit.unit).name,)
        children = tuple(
            dict.fromkeys(
                id_ for child in unit.children for id_ in _resolve(connection, shelf, child, old, new)[0]
            )
        )
        for id_ in ids:
            found.setdefault(id_, replace(unit, plan=new.id, unit=id_, children=children))
    return Resolved(tuple(found.values()), tuple(remarks), tuple(lost))


def _resolve(
    connection: Connection, shelf: PlanShelf, id_: str, old: Plan, new: Plan
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    was = old.unit(id_)
    mapped, merged = unit_in_plan(connection, shelf, id_, old, new)
    now = new.unit(mapped) if mapped is not None else _successor(was, new) or _by_name(was, new)
    if now is None or now.id == new.district.id:
        return (), (_gone(was, new),)
    said = _renamed(was, now, merged=merged)
    heir = _successor(now, new) if now.valid_to is not None else None
    if heir is not None:
        until = f"“{was.name}”设到{now.valid_to}为止，此后由“{heir.name}”填报。"
        return (now.id, heir.id), (*said, until)
    return (now.id,), said


def _successor(unit: Unit, new: Plan) -> Unit | None:
    """The one unit that took over; None where there is none or several."""
    known = [new.unit(id_) for id_ in unit.successors if new.has_unit(id_)]
    return known[0] if len(unit.successors) == 1 and known else None


def _by_name(was: Unit, new: Plan) -> Unit | None:
    names = (was.name, was.short_name)
    former = [u for u in new.units if any(f.name in names for f in u.former_names)]
    by_name = new.find_unit(was.name)
    return by_name if by_name is not None else (former[0] if len(former) == 1 else None)


def _renamed(was: Unit, now: Unit, *, merged: bool) -> tuple[str, ...]:
    if was.id == now.id and was.name == now.name:
        return ()
    if merged:
        return (f"本单位“{was.name}”已并入“{now.name}”，以后以“{now.name}”填报。",)
    return (f"本单位“{was.name}”现为“{now.name}”。",) if was.name != now.name else ()


def _gone(was: Unit, new: Plan) -> str:
    heirs = [new.unit(id_).name for id_ in was.successors if new.has_unit(id_)]
    why = f"已拆分为{'、'.join(heirs)}" if heirs else "已不在名单中，也没有写明由谁承接"
    return (
        f"本单位“{was.name}”在《{new.name}》第{new.version}版中{why}；"
        "已报的数据仍可查看，新的单位请另建工作区。"
    )
