"""Keys and the roster as a person works with them: who is listed, confirming, ending, own keys."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from desktop.errors import InputError
from desktop.exchange.office.office_file import OfficeFile
from desktop.exchange.signing.trust import Trusted
from desktop.model.canonical import Json
from desktop.model.catalogue import text
from desktop.model.key_list import KeyList
from desktop.model.roster import PublicKey, digits
from desktop.store import Connection, key_lists
from desktop.workspace.keys import own_keys
from desktop.workspace.keys.office_keys import OfficeSignature, look
from desktop.workspace.keys.own_keys import KeyDesk, OwnKey
from desktop.workspace.keys.trusting import CONFIRMED_NOTE, all_known_keys, known_keys, trusted

OFFICE = key_lists.OFFICE
"""Names the office, whichever unit it is, among units."""


class KeyState(StrEnum):
    """A listed key: compared by telephone, taken at first use, waiting in place of another, or ended."""

    CONFIRMED = "confirmed"
    SEEN = "seen"
    OFFERED = "offered"
    ENDED = "ended"


KEY_LABELS = {
    KeyState.CONFIRMED: "已核对",
    KeyState.SEEN: "首次收到，待电话核对",
    KeyState.OFFERED: "与名册不同，待电话核对",
    KeyState.ENDED: "已停用",
}


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One key of one unit, as the roster shows it. The office's, which signs packages, has no unit."""

    unit: str
    name: str
    key: PublicKey
    state: KeyState
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    note: str = ""
    own: bool = False

    @property
    def fingerprint(self) -> str:
        """For the telephone."""
        return self.key.fingerprint

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return "本工作区" if self.own and self.state is KeyState.CONFIRMED else KEY_LABELS[self.state]

    @property
    def waits(self) -> bool:
        """Whether the telephone call is still to be made."""
        return self.state in (KeyState.SEEN, KeyState.OFFERED)

    def as_data(self) -> Json:
        """As JSON."""
        return {
            "unit": self.unit,
            "name": self.name,
            "algorithm": self.key.algorithm,
            "key": self.key.value,
            "fingerprint": self.fingerprint,
            "state": self.state.value,
            "valid_from": self.valid_from.isoformat() if self.valid_from else None,
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
            "note": self.note,
        }


class Keys:
    """The use cases of one workspace's keys; each change says what the roster or the own key is then."""

    def __init__(self, desk: KeyDesk, own: Sequence[str]) -> None:
        self._desk = desk
        self._own = tuple(own)

    def own(self) -> tuple[OwnKey, ...]:
        """The keys of the own units."""
        return own_keys.own_keys(self._desk, self._own)

    def missing(self) -> tuple[str, ...]:
        """A sentence for each own unit whose key isn't on this computer: the workspace was copied here."""
        return tuple(
            text("trust.key_missing", {"unit": own.name, "fingerprint": own.fingerprint})
            for own in self.own()
            if own.key is not None and not own.here
        )

    def new(self, unit: str) -> OwnKey:
        """A new key for an own unit; the one before certifies it where it is here."""
        return own_keys.new_key(self._desk, self._own_unit(unit))

    def export(self, unit: str, path: Path, passphrase: str) -> OwnKey:
        """Write an own unit's key into a file that the passphrase protects."""
        return own_keys.export_key(self._desk, self._own_unit(unit), path, passphrase)

    def take_in(self, path: Path, passphrase: str) -> OwnKey:
        """Sign with the key of an exported file from now on."""
        return own_keys.import_key(self._desk, self._own, path, passphrase)

    def roster(self) -> tuple[RosterRow, ...]:
        """All keys that are known here, by unit; the office's that signs task packages comes first."""

        def load(connection: Connection) -> tuple[KeyList, ...]:
            return (key_lists.key_list(connection, OFFICE), *all_known_keys(connection))

        return tuple(row for keys in self._desk.store.run(load) for row in self._rows(keys))

    def confirm(self, unit: str, fingerprint: str | None = None) -> RosterRow:
        """The fingerprint of a unit's waiting key was compared by telephone; an empty unit is the office.

        Raises InputError if no key waits, several do and `fingerprint` says not which, or it fits none.
        """
        keys = self._known(unit)
        key = self._which(keys, fingerprint)
        after = keys.confirmed(key, self.today, CONFIRMED_NOTE)
        self._keep(after, "confirm_key")
        return next(row for row in self._rows(after) if row.key == key and row.state is KeyState.CONFIRMED)

    def end(self, unit: str, last: datetime.date | None = None) -> tuple[RosterRow, ...]:
        """停用: the unit's keys count no longer after a day (today), as when one was lost.

        Raises InputError for a unit without a listed key.
        """
        keys = self._known(unit)
        if not keys.entries:
            raise InputError("roster.no_key", f"名册中没有{self._name(unit)}的密钥。", "请核对单位。")
        after = keys.ended(last or self.today)
        self._keep(after, "end_key")
        return self._rows(after)

    def trusted(self) -> Trusted:
        """The roster by which files are read today."""
        return self._desk.store.run(lambda connection: trusted(connection, self.today))

    def of_office_file(self, file: OfficeFile) -> OfficeSignature:
        """What the signature of a task package, return or receipt comes to; nothing is kept."""
        return self._desk.store.run(lambda connection: look(connection, file, self.today))

    @property
    def today(self) -> datetime.date:
        """The day on which keys are judged."""
        return self._desk.now.date()

    def _known(self, unit: str) -> KeyList:
        def load(connection: Connection) -> KeyList:
            if unit == OFFICE:
                return key_lists.key_list(connection, unit)
            return known_keys(connection, unit)

        return self._desk.store.run(load)

    def _keep(self, keys: KeyList, kind: str) -> None:
        stamp = self._desk.stamp(kind)
        self._desk.store.run(lambda connection: key_lists.set_key_list(connection, keys, stamp))

    def _which(self, keys: KeyList, fingerprint: str | None) -> PublicKey:
        name = self._name(keys.unit)
        if fingerprint is not None:
            wanted = digits(fingerprint)
            found = next((key for key in keys.waiting if digits(key.fingerprint) == wanted), None)
            if found is None:
                raise InputError(
                    "roster.other_fingerprint",
                    f"{name}没有指纹为 {fingerprint} 的待核对密钥。",
                    "请与对方重新核对：指纹不符时不要确认。",
                )
            return found
        if not keys.waiting:
            raise InputError("roster.none_waiting", f"{name}没有待核对的密钥。", "请用 zhibao roster 查看。")
        if len(keys.waiting) > 1:
            listed = "；".join(key.fingerprint for key in keys.waiting)
            raise InputError(
                "roster.several",
                f"{name}有几个待核对的密钥：{listed}。",
                "请用 --fingerprint 指明电话中核对的那个。",
            )
        return keys.waiting[0]

    def _own_unit(self, unit: str) -> str:
        if unit not in self._own:
            raise InputError(
                "unit.not_own", f"{self._name(unit)}不是本工作区的单位。", "请打开该单位的工作区。"
            )
        return unit

    def _name(self, unit: str) -> str:
        if unit == OFFICE:
            return "汇总单位"
        return self._desk.plan.unit(unit).short_name if self._desk.plan.has_unit(unit) else unit

    def _rows(self, keys: KeyList) -> tuple[RosterRow, ...]:
        name, own = self._name(keys.unit), {own.key for own in self.own()}
        listed = (
            RosterRow(
                keys.unit,
                name,
                entry.key,
                _state(ended=not entry.valid_on(self.today), confirmed=entry.confirmed),
                entry.valid_from,
                entry.valid_to,
                entry.note,
                own=entry.key in own,
            )
            for entry in keys.entries
        )
        offered = (
            RosterRow(keys.unit, name, offer.key, KeyState.OFFERED, offer.since, note=offer.note)
            for offer in keys.offered
        )
        return (*listed, *offered)


def _state(*, ended: bool, confirmed: bool) -> KeyState:
    if ended:
        return KeyState.ENDED
    return KeyState.CONFIRMED if confirmed else KeyState.SEEN
