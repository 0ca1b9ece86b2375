"""Whose key is whose: public keys, their fingerprints for the telephone, and the roster that lists them."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.model.canonical import Json
from desktop.model.period import within
from desktop.model.plain import text, truth

_GROUPS, _DIGITS = 4, 5


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key; `value` is base64 of its raw bytes, `algorithm` a name such as ed25519."""

    algorithm: str
    value: str

    @property
    def fingerprint(self) -> str:
        """Four groups of five digits of the key's SHA-256 (66 bits), to be compared over the telephone."""
        number = int.from_bytes(hashlib.sha256(f"{self.algorithm}:{self.value}".encode()).digest())
        digits = f"{number % 10 ** (_GROUPS * _DIGITS):0{_GROUPS * _DIGITS}d}"
        return " ".join(digits[at : at + _DIGITS] for at in range(0, len(digits), _DIGITS))


def digits(fingerprint: str) -> str:
    """A fingerprint as it is compared, however a person groups it."""
    return "".join(character for character in fingerprint if character.isdecimal())


class Trust(StrEnum):
    """What the roster says of a unit's key on a day.

    seen: taken at its first use and not confirmed by telephone yet; changed: the unit is listed with others.
    """

    CONFIRMED = "confirmed"
    SEEN = "seen"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A unit's key with the days between which it counts (inclusive; None is unbounded).

    A lost key ends on the day of the loss. `confirmed` says that the fingerprint was compared by telephone.
    """

    unit: str
    key: PublicKey
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    confirmed: bool = False
    note: str = ""

    def valid_on(self, day: datetime.date) -> bool:
        """Whether the key counts on that day."""
        return within(day, self.valid_from, self.valid_to)


@dataclass(frozen=True, slots=True)
class Roster:
    """The keys of all units, as the consolidator lists them."""

    entries: tuple[RosterEntry, ...] = ()
    _by_unit: dict[str, list[RosterEntry]] = field(init=False, repr=False, compare=False)
    _keys: frozenset[PublicKey] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_unit: dict[str, list[RosterEntry]] = {}
        for entry in self.entries:
            by_unit.setdefault(entry.unit, []).append(entry)
        object.__setattr__(self, "_by_unit", by_unit)
        object.__setattr__(self, "_keys", frozenset(entry.key for entry in self.entries))

    def lists(self, key: PublicKey) -> bool:
        """Whether any unit is listed with a key, on whatever day."""
        return key in self._keys

    def all_of(self, unit: str) -> tuple[RosterEntry, ...]:
        """The entries of a unit."""
        return tuple(self._by_unit.get(unit, ()))

    def of(self, unit: str, day: datetime.date) -> tuple[RosterEntry, ...]:
        """The entries of a unit that count on a day."""
        return tuple(entry for entry in self._by_unit.get(unit, ()) if entry.valid_on(day))

    def trust(self, unit: str, key: PublicKey, day: datetime.date) -> Trust:
        """What is known of a key that signed for a unit.

        A key of the unit that is no longer valid counts as changed, and so does one when all others ended.
        """
        for entry in self.of(unit, day):
            if entry.key == key:
                return Trust.CONFIRMED if entry.confirmed else Trust.SEEN
        return Trust.CHANGED if unit in self._by_unit else Trust.UNKNOWN


def key_to_json(key: PublicKey) -> Json:
    """A key as JSON."""
    return {"algorithm": key.algorithm, "key": key.value}


def key_from_json(data: Json) -> PublicKey:
    """The key of such JSON; raises one of SHAPE_FAULTS for anything else."""
    return PublicKey(text(data["algorithm"]), text(data["key"]))


def entry_to_json(entry: RosterEntry) -> Json:
    """An entry as JSON."""
    return {
        "unit": entry.unit,
        **key_to_json(entry.key),
        "valid_from": entry.valid_from.isoformat() if entry.valid_from else None,
        "valid_to": entry.valid_to.isoformat() if entry.valid_to else None,
        "confirmed": entry.confirmed,
        "note": entry.note,
    }


def entry_from_json(data: Json) -> RosterEntry:
    """The entry of such JSON; raises one of SHAPE_FAULTS for anything else."""
    return RosterEntry(
        text(data["unit"]),
        key_from_json(data),
        _day(data["valid_from"]),
        _day(data["valid_to"]),
        truth(data["confirmed"]),
        text(data["note"]),
    )


def _day(said: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(said) if said else None
