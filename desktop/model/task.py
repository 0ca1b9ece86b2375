"""Actions, tasks and items: the plan's work beside its figures."""

from __future__ import annotations

from desktop.values import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """One of the plan's actions, under which tasks stand."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Task:
    """One task; `bodies` are ids of units and groups in the plan's order."""

    number: int
    action: int
    title: str
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a task.

    `title` is a short title of our own; the official wording is loaded at run time from the office's
    copy. `bodies` are ids of units and groups in the plan's order, the first leads (牵头) unless
    `lead` says otherwise. `inferred` marks bodies that the plan's annex leaves blank. `targets` are ids.
    """

    number: int
    task: int
    title: str
    bodies: tuple[str, ...]
    lead: str | None = None
    targets: tuple[str, ...] = ()
    asks_evidence: bool = False
    inferred: bool = False
