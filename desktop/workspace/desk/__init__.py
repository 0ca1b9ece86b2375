"""What every use case works with, and what several of them need of the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from desktop.model.plan import Plan
from desktop.store import Store
from desktop.values import dataclass
from desktop.workspace.clock import Clock
from desktop.workspace.desk.shelf import PlanShelf


@dataclass(frozen=True, slots=True)
class Desk:
    """What every use case works with: the store, the plan, who is working and the clock."""

    store: Store
    plan: Plan
    who: Callable[[], str]
    clock: Clock
    shelf: PlanShelf = field(default_factory=PlanShelf)

    @property
    def person(self) -> str:
        """Who is working now: it may change while a form is open."""
        return self.who()
