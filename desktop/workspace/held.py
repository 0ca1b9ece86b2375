"""A workspace file that is held, before anything is read that the first sight of its form doesn't need."""

from __future__ import annotations

from pathlib import Path

from desktop.model.canonical import Json
from desktop.store import open_store
from desktop.workspace.clock import Clock, system_clock
from desktop.workspace.sights import kept_sight


class HeldFile:
    """To be made a workspace of (`Workspace.of`), or closed."""

    def __init__(self, path: Path, *, person: str = "", clock: Clock | None = None) -> None:
        """Take hold of a file; raises InputError, WorkspaceLocked, WorkspaceDamaged, EnvironmentFault."""
        self.store = open_store(path, person)
        self.person = person
        self.clock = clock or system_clock

    def sight(self) -> Json | None:
        """What the window drew of the form that it opens with, if it would draw the same now."""
        return kept_sight(self.store, self.clock().date())

    def close(self) -> None:
        """Let the file go."""
        self.store.close()
