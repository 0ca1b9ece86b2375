"""The list of names from which whoever works at this computer chooses."""

from __future__ import annotations

from desktop.store import Connection, audit, settings
from desktop.workspace.forms import Desk


def remember_person(desk: Desk) -> None:
    """Put the name of who is working into the list, if it isn't there and isn't empty."""
    stamp = audit.Stamp("person", desk.person, desk.clock())

    def add(connection: Connection) -> None:
        known = settings.people(connection)
        if desk.person and desk.person not in known:
            settings.set_people(connection, (*known, desk.person), stamp)

    desk.store.run(add)
