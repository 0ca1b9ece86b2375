"""Who works at this computer: the list of names, and handing over from one to another."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from desktop.errors import InputError
from desktop.model import plain
from desktop.model.canonical import Json, canonical_text, clean_text
from desktop.store import Connection, audit, settings
from desktop.store.texts import kept
from desktop.workspace.desk import Desk

HANDOVER = "handover"


@dataclass(frozen=True, slots=True)
class Handover:
    """交接: who handed over to whom, when, and what was said about it."""

    giver: str
    taker: str
    time: datetime.datetime
    note: str = ""


class Staff:
    """The people of one open workspace."""

    def __init__(self, desk: Callable[[], Desk]) -> None:
        self._desk = desk

    def worked_last(self) -> str:
        """Who entered something last, or took over since; if the name isn't in the list (any more) the first
        name there, or nobody.
        """
        store = self._desk().store
        known = store.run(settings.people)
        entered = store.run(audit.last_entered)
        handed = store.run(lambda connection: audit.events_named(connection, HANDOVER))
        name = "" if entered is None else entered.actor
        if handed and (entered is None or handed[-1].sequence > entered.sequence):
            name = _from_row(handed[-1]).taker
        if name in known:
            return name
        return known[0] if known else ""

    def handovers(self) -> tuple[Handover, ...]:
        """All that were recorded here, the newest first."""
        rows = self._desk().store.run(lambda connection: audit.events_named(connection, HANDOVER))
        return tuple(_from_row(row) for row in reversed(rows))

    def hand_over(self, giver: str, taker: str, note: str = "") -> Handover:
        """Record a hand-over in the audit trail; both names are in the list from then on.

        Raises InputError if a name is missing or both are the same.
        """
        giver, taker = giver.strip(), taker.strip()
        if not giver or not taker or giver == taker:
            raise InputError("handover.names", "请写明由谁交给谁。", "交出人和接手人不能相同，也不能空着。")
        desk = self._desk()
        now = desk.clock()
        said = clean_text(note).strip()
        content = canonical_text({"from": giver, "to": taker, "note": said})

        def record(connection: Connection) -> None:
            stamp = audit.Stamp(HANDOVER, giver, now)
            known = settings.people(connection)
            new = [name for name in (giver, taker) if name not in known]
            if new:
                settings.set_people(connection, (*known, *new), stamp)
            audit.event(connection, audit.Draft(HANDOVER, None, content), stamp)

        desk.store.run(record)
        return Handover(giver, taker, now, said)


def remember_person(desk: Desk) -> None:
    """Put the name of who is working into the list, if it isn't there and isn't empty."""
    stamp = audit.Stamp("person", desk.person, desk.clock())

    def add(connection: Connection) -> None:
        known = settings.people(connection)
        if desk.person and desk.person not in known:
            settings.set_people(connection, (*known, desk.person), stamp)

    desk.store.run(add)


def _from_row(row: audit.AuditRow) -> Handover:
    def read(data: Json) -> Handover:
        time = datetime.datetime.fromisoformat(row.time)
        return Handover(plain.text(data["from"]), plain.text(data["to"]), time, plain.text(data["note"]))

    return kept(row.new or "{}", read, "交接记录")
