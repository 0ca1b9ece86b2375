"""What the window shows first at its next start: the form as it looked when the window was closed.

What it consists of is the window's affair. Here it is told for how long it holds: the same program, nothing
written since, and a day on which the same form would be opened.
"""

from __future__ import annotations

import datetime
import json

from desktop.config.places import VERSION
from desktop.model.canonical import Json, canonical_text
from desktop.model.plain import SHAPE_FAULTS
from desktop.store import Connection, Store, sights
from desktop.values import dataclass


@dataclass(frozen=True, slots=True)
class Sight:
    """What the window made of a form on the day `since`; `until` is the day on which another form may
    be opened instead, None if that doesn't hang on the day.
    """

    drawn: Json
    since: datetime.date
    until: datetime.date | None


def keep_sight(store: Store, sight: Sight) -> bool:
    """Keep it in the file; false if it is there already, or shows what the disk has refused so far.

    Raises EnvironmentFault for the disk.
    """
    until = sight.until.isoformat() if sight.until else None
    document: Json = {
        "program": VERSION,
        "since": sight.since.isoformat(),
        "until": until,
        "drawn": sight.drawn,
    }
    text = canonical_text(document)

    def keep(connection: Connection) -> bool:
        return not store.unsaved and sights.keep_sight(connection, text)

    return store.run(keep)


def kept_sight(store: Store, today: datetime.date) -> Json | None:
    """What was drawn, if that is what would be drawn today; None otherwise. Without it starting takes longer,
    so one that can't be read is none.
    """
    try:
        document = json.loads(store.sight) if store.sight is not None else None
        if document is None or document["program"] != VERSION:
            return None
        since, until = document["since"], document["until"]
        begun = datetime.date.fromisoformat(since) <= today
        holds = begun and (until is None or today < datetime.date.fromisoformat(until))
        return document["drawn"] if holds else None
    except SHAPE_FAULTS:
        return None
