"""Private keys: kept for their owner alone, moved only under a passphrase."""

from __future__ import annotations

import datetime
import stat
from pathlib import Path

import pytest

from desktop.errors import InputError
from desktop.exchange.signing.keyring import KeyRing
from desktop.exchange.signing.signatures import Purpose, verifies

NOW = datetime.datetime(2025, 1, 10, 9, 30, tzinfo=datetime.UTC)
PASSPHRASE = "演示口令-2025"


def test_the_first_key_is_made_once_and_kept(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "keys")
    first = ring.key_for("zone-a", NOW)
    assert KeyRing(tmp_path / "keys").key_for("zone-a", NOW).key.public == first.key.public
    assert ring.key_for("zone-b", NOW).key.public != first.key.public


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    KeyRing(tmp_path / "keys").make("zone-a", NOW)
    (file,) = (tmp_path / "keys").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_new_key_comes_before_the_old_one_which_stays(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    old = ring.make("zone-a", NOW)
    new = ring.make("zone-a", NOW + datetime.timedelta(days=1))
    assert [held.fingerprint for held in ring.keys("zone-a")] == [new.fingerprint, old.fingerprint]


def test_a_key_moves_to_another_computer_under_its_passphrase(tmp_path: Path) -> None:
    here, there = KeyRing(tmp_path / "here"), KeyRing(tmp_path / "there")
    held = here.make("zone-a", NOW)
    here.export(held, tmp_path / "密钥.zhibao-key", PASSPHRASE)
    taken = there.take_in(tmp_path / "密钥.zhibao-key", PASSPHRASE)
    assert (taken.unit, taken.key.public, taken.made) == ("zone-a", held.key.public, NOW)
    signature = there.key_for("zone-a", NOW).key.sign(Purpose.SUBMISSION, "sha256:1")
    assert verifies(signature, Purpose.SUBMISSION, "sha256:1")
    assert not verifies(signature, Purpose.SECTION, "sha256:1")
    there.take_in(tmp_path / "密钥.zhibao-key", PASSPHRASE)
    assert len(there.keys("zone-a")) == 1


@pytest.mark.parametrize("passphrase", ["", "演示口令-2026"])
def test_without_its_passphrase_an_export_is_nothing(tmp_path: Path, passphrase: str) -> None:
    ring = KeyRing(tmp_path / "keys")
    ring.export(ring.make("zone-a", NOW), tmp_path / "k", PASSPHRASE)
    with pytest.raises(InputError) as refused:
        KeyRing(tmp_path / "other").take_in(tmp_path / "k", passphrase)
    assert "口令" in str(refused.value)
    assert PASSPHRASE not in (tmp_path / "k").read_text(encoding="utf-8")


def test_a_short_passphrase_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "keys")
    with pytest.raises(InputError):
        ring.export(ring.make("zone-a", NOW), tmp_path / "k", "1234567")
    assert not (tmp_path / "k").exists()


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"kind":"zhibao-key"}'])
def test_another_file_is_no_key(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "k").write_bytes(content)
    with pytest.raises(InputError):
        KeyRing(tmp_path / "keys").take_in(tmp_path / "k", PASSPHRASE)
