"""Public keys in the workspace: own ones, those of units, the office's. All are settings, thus audited."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterable

from desktop.model.canonical import Json, canonical_text
from desktop.model.key_list import KeyList, OfferedKey
from desktop.model.roster import (
    PublicKey,
    Roster,
    RosterEntry,
    entry_from_json,
    entry_to_json,
    key_from_json,
    key_to_json,
)
from desktop.store import audit, settings
from desktop.store.texts import kept

OFFICE = ""
"""What the list of the office's keys is called, by whichever unit it signs."""

_KEYS = "keys/"
_ISSUED = "issued_roster"


def own_key(connection: sqlite3.Connection, unit: str) -> PublicKey | None:
    """The public key with which an own unit signs from this workspace; None before it was made."""
    text = settings.setting(connection, settings.OWN_KEY + unit)
    return kept(text, key_from_json, "公钥") if text else None


def all_own_keys(connection: sqlite3.Connection) -> tuple[PublicKey, ...]:
    """The keys with which any own unit signs."""
    texts = settings.settings_below(connection, settings.OWN_KEY).values()
    return tuple(kept(text, key_from_json, "公钥") for text in texts)


def set_own_key(connection: sqlite3.Connection, unit: str, key: PublicKey, stamp: audit.Stamp) -> bool:
    """Say with which key an own unit signs; false if it already was so."""
    return settings.set_setting(connection, settings.OWN_KEY + unit, canonical_text(key_to_json(key)), stamp)


def key_list(connection: sqlite3.Connection, unit: str) -> KeyList:
    """What is known of a unit's keys."""
    text = settings.setting(connection, _KEYS + unit)
    return _list(unit, text) if text else KeyList(unit)


def key_lists(connection: sqlite3.Connection) -> tuple[KeyList, ...]:
    """All lists but the office's, by unit."""
    found = settings.settings_below(connection, _KEYS)
    return tuple(_list(unit, text) for unit, text in found.items() if unit != OFFICE)


def set_key_list(connection: sqlite3.Connection, keys: KeyList, stamp: audit.Stamp) -> bool:
    """Keep a list; false if it already was so."""
    data = {
        "entries": [entry_to_json(entry) for entry in keys.entries],
        "offered": [_offer_data(offer) for offer in keys.offered],
    }
    return settings.set_setting(connection, _KEYS + keys.unit, canonical_text(data), stamp)


def issued_roster(connection: sqlite3.Connection) -> Roster:
    """The roster that came with the last task package."""
    text = settings.setting(connection, _ISSUED)
    return kept(text, _roster, "密钥名册") if text else Roster()


def issued_to(connection: sqlite3.Connection, unit: str) -> tuple[RosterEntry, ...]:
    """What the roster of the last task package says of one unit; of the others nothing is read."""
    rows = connection.execute(
        "SELECT entry.value FROM setting, json_each(setting.content) AS entry "
        "WHERE setting.name = ? AND json_extract(entry.value, '$.unit') = ?",
        (_ISSUED, unit),
    )
    return tuple(kept(row[0], entry_from_json, "密钥名册") for row in rows)


def set_issued_roster(
    connection: sqlite3.Connection, entries: Iterable[RosterEntry], stamp: audit.Stamp
) -> bool:
    """Keep the roster of a task package; false if it already was so."""
    data = [entry_to_json(entry) for entry in entries]
    return settings.set_setting(connection, _ISSUED, canonical_text(data), stamp)


def _roster(data: list[Json]) -> Roster:
    return Roster(tuple(entry_from_json(entry) for entry in data))


def _list(unit: str, text: str) -> KeyList:
    def read(data: Json) -> KeyList:
        return KeyList(
            unit,
            tuple(entry_from_json(entry) for entry in data["entries"]),
            tuple(_offer(offer) for offer in data["offered"]),
        )

    return kept(text, read, "密钥名册")


def _offer_data(offer: OfferedKey) -> Json:
    return {**key_to_json(offer.key), "since": offer.since.isoformat(), "note": offer.note}


def _offer(data: Json) -> OfferedKey:
    return OfferedKey(key_from_json(data), datetime.date.fromisoformat(data["since"]), str(data["note"]))
