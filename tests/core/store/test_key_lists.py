"""Public keys in the workspace file: kept as they were, every change in the audit trail."""

from __future__ import annotations

import datetime
from pathlib import Path

from desktop.model.key_list import KeyList
from desktop.model.roster import PublicKey, RosterEntry
from desktop.store import audit, key_lists
from tests.core.store.stores import new_store, stamp

A, B = PublicKey("ed25519", "A"), PublicKey("sm2", "B")
DAY = datetime.date(2025, 1, 15)


def test_a_list_comes_back_as_it_was(tmp_path: Path) -> None:
    keys = KeyList("zone-a").seen(A, DAY, "第一次").seen(B, DAY).confirmed(A, DAY).ended(DAY, "遗失")
    with new_store(tmp_path / "a.zhibao") as store:
        assert store.run(lambda c: key_lists.key_list(c, "zone-a")) == KeyList("zone-a")
        assert store.run(lambda c: key_lists.set_key_list(c, keys, stamp()))
        assert not store.run(lambda c: key_lists.set_key_list(c, keys, stamp()))
        store.run(lambda c: key_lists.set_key_list(c, KeyList(key_lists.OFFICE).seen(B, DAY), stamp()))
        assert store.run(key_lists.key_lists) == (keys,)
        assert store.run(lambda c: key_lists.key_list(c, "zone-a")) == keys
        assert store.run(lambda c: key_lists.key_list(c, key_lists.OFFICE)).waiting == (B,)


def test_own_keys_and_the_offices_roster_come_back(tmp_path: Path) -> None:
    entry = RosterEntry("street-a", B, DAY, None, confirmed=True, note="已电话核对")
    with new_store(tmp_path / "a.zhibao") as store:
        assert store.run(lambda c: key_lists.own_key(c, "zone-a")) is None
        store.run(lambda c: key_lists.set_own_key(c, "zone-a", A, stamp()))
        store.run(lambda c: key_lists.set_issued_roster(c, [entry], stamp()))
        assert store.run(lambda c: key_lists.own_key(c, "zone-a")) == A
        assert store.run(key_lists.issued_roster).entries == (entry,)


def test_who_confirmed_a_key_and_when_stands_in_the_trail(tmp_path: Path) -> None:
    pinned = KeyList("zone-a").seen(A, DAY)
    with new_store(tmp_path / "a.zhibao") as store:
        store.run(lambda c: key_lists.set_key_list(c, pinned, stamp("receive")))
        store.run(lambda c: key_lists.set_key_list(c, pinned.confirmed(A, DAY), stamp("confirm_key")))
        rows = [row for row in store.run(lambda c: list(audit.rows(c))) if "keys/zone-a" in row.address]
        assert [row.kind for row in rows] == ["receive", "confirm_key"]
        assert rows[1].old == rows[0].new
        assert store.run(audit.verify).problem == ""
