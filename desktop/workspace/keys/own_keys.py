"""The keys of the own units: the private halves on this computer, the public ones in the workspace."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.config import folders
from desktop.errors import EnvironmentFault, InputError
from desktop.model.plan import Plan
from desktop.model.roster import PublicKey
from desktop.store import Connection, Store, audit, key_lists
from desktop.values import dataclass

if TYPE_CHECKING:
    from desktop.exchange.signing.keyring import HeldKey, KeyRing

_DEMO = "demo"
"""Where the keys of workspaces with synthetic figures lie: they must never sign for the real unit."""


@dataclass(frozen=True, slots=True)
class OwnKey:
    """The key with which an own unit signs. `here`: its private half is on this computer."""

    unit: str
    name: str
    key: PublicKey | None
    here: bool

    @property
    def fingerprint(self) -> str:
        """For the telephone; empty where no key was made."""
        return self.key.fingerprint if self.key else ""


@dataclass(frozen=True, slots=True)
class KeyDesk:
    """What works with own keys: the store, the plan, who does it when, this computer's key ring."""

    store: Store
    plan: Plan
    person: str
    now: datetime.datetime
    ring: KeyRing

    def stamp(self, kind: str) -> audit.Stamp:
        """Who does it and when."""
        return audit.Stamp(kind, self.person, self.now)


def key_ring(*, synthetic: bool) -> KeyRing:
    """The keys on this computer; workspaces with 演示 figures have a ring of their own."""
    from desktop.exchange.signing.keyring import KeyRing

    folder = folders().config / "keys"
    return KeyRing(folder / _DEMO if synthetic else folder)


def prepare_keys(desk: KeyDesk, units: Sequence[str]) -> None:
    """Make the keys of own units that never had one, at a workspace's first start.

    Where this computer doesn't let us keep keys, reports go out unsigned: nobody is kept from reporting.
    """
    for unit in units:
        if _own_key(desk, unit) is not None:
            continue
        try:
            held = desk.ring.key_for(unit, desk.now)
        except (EnvironmentFault, InputError):
            continue
        _sign_with(desk, held, "make_key")


def own_keys(desk: KeyDesk, units: Sequence[str]) -> tuple[OwnKey, ...]:
    """The keys of the own units; loads no library."""

    def load(connection: Connection) -> tuple[OwnKey, ...]:
        found = ((unit, key_lists.own_key(connection, unit)) for unit in units)
        return tuple(
            OwnKey(unit, desk.plan.unit(unit).short_name, key, key is not None and desk.ring.holds(key))
            for unit, key in found
        )

    return desk.store.run(load)


def missing_unsaid(desk: KeyDesk, units: Sequence[str]) -> bool:
    """Whether keys of own units aren't on this computer and this wasn't said here before."""
    away = [own.key for own in own_keys(desk, units) if own.key is not None and not own.here]
    return bool(away) and desk.ring.first_miss(away)


def signing_key(desk: KeyDesk, unit: str) -> HeldKey | None:
    """The key with which a unit signs; None if it isn't on this computer or can't be read."""
    key = _own_key(desk, unit)
    try:
        return desk.ring.find(unit, key) if key is not None else None
    except (EnvironmentFault, InputError):
        return None


def new_key(desk: KeyDesk, unit: str) -> OwnKey:
    """A new key for an own unit, certified by the one before where that is here; raises EnvironmentFault."""
    return _sign_with(desk, desk.ring.make(unit, desk.now), "new_key")


def export_key(desk: KeyDesk, unit: str, path: Path, passphrase: str) -> OwnKey:
    """Write an own unit's key into a protected file; raises InputError and EnvironmentFault."""
    key = _own_key(desk, unit)
    held = desk.ring.find(unit, key) if key is not None else None
    if held is None:
        raise InputError("key.not_here", "本机没有这个单位的签名密钥。", "请在保存着密钥的电脑上导出。")
    desk.ring.export(held, path, passphrase)
    return OwnKey(unit, desk.plan.unit(unit).short_name, held.key.public, here=True)


def import_key(desk: KeyDesk, units: Sequence[str], path: Path, passphrase: str) -> OwnKey:
    """Sign with the key of an exported file; raises InputError if it isn't one of an own unit."""
    held = desk.ring.take_in(path, passphrase, units)
    return _sign_with(desk, held, "import_key")


def _own_key(desk: KeyDesk, unit: str) -> PublicKey | None:
    return desk.store.run(lambda connection: key_lists.own_key(connection, unit))


def _sign_with(desk: KeyDesk, held: HeldKey, kind: str) -> OwnKey:
    """An own unit signs with this key from now on; the workspace trusts it."""
    public, stamp = held.key.public, desk.stamp(kind)

    def keep(connection: Connection) -> None:
        key_lists.set_own_key(connection, held.unit, public, stamp)
        day, note = desk.now.date(), "本单位"
        known = key_lists.key_list(connection, held.unit).seen(public, day, note)
        key_lists.set_key_list(connection, known.confirmed(public, day, note), stamp)

    desk.store.run(keep)
    return OwnKey(held.unit, desk.plan.unit(held.unit).short_name, public, here=True)
