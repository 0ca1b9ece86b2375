"""The plans and versions that a workspace keeps, read once while it is open."""

from __future__ import annotations

from desktop.definition.stored import stored_plan
from desktop.model.canonical import Json
from desktop.model.plan import Plan
from desktop.store import Connection
from desktop.store.plans import StoredPlan, plan_heads, stored_plan_of
from desktop.store.texts import damaged, kept
from desktop.workspace.desk.groups import apply_stored_groups, stored_groups


def plan_of(stored: StoredPlan, *, wholly: bool = True) -> Plan:
    """The plan that a workspace keeps; raises WorkspaceDamaged if it can't be read.

    Unless it is read `wholly` some parts are read when they are asked for.
    """

    def read(document: Json) -> Plan:
        plan = stored_plan(document, stored.digest)
        if wholly:
            plan.read_rest()
        return plan

    return kept(stored.content, read, "方案")


class PlanShelf:
    """Plans by digest, with the office's groups laid over them. Asked inside jobs of the store.

    Until `read_rest` it may leave out parts that the first sight of a form doesn't need.
    """

    def __init__(self, *, wholly: bool = True) -> None:
        self._wholly = wholly
        self._known: dict[str, Plan] = {}
        self.units: dict[tuple[str, str, str], tuple[str | None, bool]] = {}
        """Digests of two versions and a unit's id in the first → its id in the second, and whether merged."""

    def get(self, connection: Connection, digest: str) -> Plan | None:
        """The plan version with that digest; None if the workspace doesn't have it."""
        if digest not in self._known:
            stored = stored_plan_of(connection, digest)
            if stored is None:
                return None
            wholly = self._wholly or bool(stored_groups(connection, stored.id))
            self._known[digest] = apply_stored_groups(connection, plan_of(stored, wholly=wholly))
        return self._known[digest]

    def read_rest(self) -> None:
        """Read what was left out so far; raises WorkspaceDamaged if that can't be read."""
        self._wholly = True
        try:
            for plan in self._known.values():
                plan.read_rest()
        except ValueError as error:
            raise damaged("方案") from error

    def versions(self, connection: Connection, plan: str) -> tuple[Plan, ...]:
        """The versions of the plan with that id, in the order in which they came: the newest last."""
        found = (self.get(connection, head.digest) for head in plan_heads(connection) if head.id == plan)
        return tuple(version for version in found if version is not None)

    def newest(self, connection: Connection) -> tuple[Plan, ...]:
        """The newest version of every plan, in the order in which the plans came."""
        ids = dict.fromkeys(head.id for head in plan_heads(connection))
        return tuple(self.versions(connection, id_)[-1] for id_ in ids)

    def is_newer(self, connection: Connection, one: Plan, other: Plan) -> bool:
        """Whether one version of a plan came after another."""
        order = [plan.digest for plan in self.versions(connection, one.id)]
        return other.digest in order and order.index(one.digest) > order.index(other.digest)

    def between(self, connection: Connection, origin: Plan, target: Plan) -> tuple[Plan, ...]:
        """The versions through which content of `origin` may come to `target`, oldest first."""
        versions = self.versions(connection, target.id)
        ahead = next((i for i, plan in enumerate(versions) if plan.digest == target.digest), len(versions))
        upto = (*versions[:ahead], target)
        return upto if origin.id == target.id else (*self.versions(connection, origin.id), *upto)

    def forget(self) -> None:
        """Read anew: the groups have changed."""
        self._known.clear()
