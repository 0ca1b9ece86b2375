"""收件箱: every file that was ever seen, the newest first, with what was said of it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.model.canonical import Json
from desktop.model.catalogue import text
from desktop.model.period import Period
from desktop.store import Connection, inbox
from desktop.store.inbox import ReceivedFile
from desktop.workspace.desk import Desk


@dataclass(frozen=True, slots=True)
class SeenFile:
    """One arrival of one file; `unit`, `period` and `revision` as far as the file says.

    `place` is where it lay, with the way into archives and mails; `path` the file on the disk itself.
    """

    id: int
    name: str
    place: str
    path: str
    sha256: str
    size: int
    received: datetime.datetime
    sender: str
    verdict: str
    code: str
    reason: str
    unit: str = ""
    period: str = ""
    revision: int | None = None
    digest: str = ""
    content: str = ""
    signature: str = ""
    edited: int = 0
    told: str = ""
    """The day that was typed at intake, ISO 8601; empty where the mail or the clock said it."""

    @property
    def folder(self) -> Path | None:
        """Where it lay on the disk; None for one of which that isn't known."""
        return Path(self.path).parent if self.path else None

    def as_data(self) -> Json:
        """As JSON."""
        return {
            "name": self.name,
            "place": self.place,
            "sha256": self.sha256,
            "size": self.size,
            "received": self.received.isoformat(),
            "sender": self.sender,
            "verdict": self.verdict,
            "code": self.code,
            "reason": self.reason,
            "unit": self.unit,
            "period": self.period,
            "revision": self.revision,
            "digest": self.digest,
            "content": self.content,
            "signature": self.signature,
            "edited_cells": self.edited,
            "told": self.told or None,
        }


def seen_files(desk: Desk) -> tuple[SeenFile, ...]:
    """All arrivals of this workspace, whatever plan they are of."""

    def load(connection: Connection) -> tuple[SeenFile, ...]:
        return tuple(_seen(desk, file) for file in inbox.files(connection))[::-1]

    return desk.store.run(load)


def refused_by_name(connection: Connection, desk: Desk, period: Period) -> dict[str, tuple[SeenFile, ...]]:
    """Unit id → files that were not taken in, don't say whose they are, and bear the unit's name and no other
    period: what somebody who waits for that report should look at. The newest first.
    """
    found: dict[str, dict[str, SeenFile]] = {}
    for file in inbox.refused(connection):
        seen = _seen(desk, file)
        words = frozenset(re.split(r"[\s_\-（）()【】.]+", Path(file.name).stem))
        named = [unit.id for unit in desk.plan.units if words & {unit.short_name, unit.name}]
        other = {str(then) for then in _periods(words)} - {str(period)}
        if not seen.unit and len(named) == 1 and not other and seen.received.date() > period.end:
            found.setdefault(named[0], {})[file.sha256] = seen
    return {unit: tuple(files.values())[::-1] for unit, files in found.items()}


def _periods(words: frozenset[str]) -> Iterator[Period]:
    """The periods named; a year alone may stand there for any of its own."""
    for word in words:
        with suppress(ValueError):
            if not word.isdecimal():
                yield Period.parse(word)


def _seen(desk: Desk, file: ReceivedFile) -> SeenFile:
    facts = file.facts
    said = facts.get("sentence") or text(file.reason, file.params)
    return SeenFile(
        id=file.id,
        name=file.name,
        place=file.place or file.name,
        path=str(facts.get("path", "")),
        sha256=file.sha256,
        size=file.size,
        received=file.received.astimezone(desk.clock().tzinfo),
        sender=file.sender,
        verdict=file.verdict,
        code=file.reason,
        reason=str(said),
        unit=str(facts.get("unit", "")),
        period=str(facts.get("period", "")),
        revision=facts.get("revision"),
        digest=file.digest or str(facts.get("digest", "")),
        content=str(facts.get("content", "")),
        signature=str(facts.get("signature", "")),
        edited=int(facts.get("edited", 0)),
        told=str(facts.get("told", "")),
    )
