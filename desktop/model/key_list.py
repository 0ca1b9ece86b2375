"""The keys of one signer as a workspace knows them: listed ones, and ones that wait for the telephone."""

from __future__ import annotations

import datetime
from dataclasses import replace

from desktop.model.roster import PublicKey, Roster, RosterEntry, Trust
from desktop.values import dataclass

GRACE = datetime.timedelta(days=92)
"""How long a key still counts after it certified its successor: what it signed may be under way yet."""

_OFFERS = 8
"""So many unlisted keys of one signer are remembered, the newest: nobody fills the workspace with keys."""


@dataclass(frozen=True, slots=True)
class OfferedKey:
    """A key that signed for a unit although the unit is listed with others; `note` says where it was met."""

    key: PublicKey
    since: datetime.date
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeyList:
    """What is known of one signer's keys. Each operation gives the list afterwards."""

    unit: str
    entries: tuple[RosterEntry, ...] = ()
    offered: tuple[OfferedKey, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether a person said something of these keys: confirmed one, or ended one."""
        return any(entry.confirmed or entry.valid_to is not None for entry in self.entries)

    @property
    def waiting(self) -> tuple[PublicKey, ...]:
        """The keys that may be confirmed by telephone."""
        open_ = (entry.key for entry in self.entries if not entry.confirmed and entry.valid_to is None)
        return (*open_, *(offer.key for offer in self.offered))

    def trust(self, key: PublicKey, day: datetime.date) -> Trust:
        """What a key is worth on a day."""
        return Roster(self.entries).trust(self.unit, key, day)

    def seen(self, key: PublicKey, day: datetime.date, note: str = "") -> KeyList:
        """A key that signed validly: the first one is pinned, unconfirmed; later ones are only remembered."""
        if not self.entries:
            return replace(self, entries=(RosterEntry(self.unit, key, note=note),))
        known = {entry.key for entry in self.entries} | {offer.key for offer in self.offered}
        if key in known:
            return self
        return replace(self, offered=(*self.offered, OfferedKey(key, day, note))[-_OFFERS:])

    def confirmed(self, key: PublicKey, day: datetime.date, note: str = "") -> KeyList:
        """The fingerprint was compared by telephone. A key that comes in the place of others ends them.

        It counts from the day on which it was first met; an ended key that is confirmed anew counts again.
        """
        if any(entry.key == key and entry.valid_on(day) for entry in self.entries):
            return replace(self, entries=tuple(_confirmed(entry, key) for entry in self.entries))
        since = next((offer.since for offer in self.offered if offer.key == key), day)
        before = tuple(_ended(entry, since) for entry in self.entries)
        return replace(
            self,
            entries=(*before, RosterEntry(self.unit, key, since, confirmed=True, note=note)),
            offered=tuple(offer for offer in self.offered if offer.key != key),
        )

    def ended(self, day: datetime.date, note: str = "") -> KeyList:
        """All keys end: `day` is the last day that counts (the day before a loss). Offers stay."""
        return replace(
            self, entries=tuple(replace(_ended(e, day), note=note or e.note) for e in self.entries)
        )

    def succeeded(self, old: PublicKey, new: PublicKey, day: datetime.date, note: str = "") -> KeyList:
        """A key that counts certified the next, which is as good as it was; the old one ends after GRACE."""
        before = next(entry for entry in self.entries if entry.key == old and entry.valid_on(day))
        entries = (_ended(entry, day + GRACE) if entry is before else entry for entry in self.entries)
        heir = RosterEntry(self.unit, new, day, confirmed=before.confirmed, note=note)
        offered = tuple(offer for offer in self.offered if offer.key != new)
        return replace(self, entries=(*entries, heir), offered=offered)


def combined(own: KeyList, issued: tuple[RosterEntry, ...]) -> KeyList:
    """What counts where the office lists a unit too: what was decided here, else the office's word.

    A key that the office ended has ended here too.
    """
    if not issued:
        return own
    if not own.decided:
        return replace(own, entries=issued)
    ends = {entry.key: entry.valid_to for entry in issued if entry.valid_to is not None}
    entries = (_ended(entry, ends[entry.key]) if entry.key in ends else entry for entry in own.entries)
    return replace(own, entries=tuple(entries))


def _confirmed(entry: RosterEntry, key: PublicKey) -> RosterEntry:
    return replace(entry, confirmed=True) if entry.key == key else entry


def _ended(entry: RosterEntry, day: datetime.date) -> RosterEntry:
    last = day if entry.valid_to is None else min(entry.valid_to, day)
    return replace(entry, valid_to=last)
