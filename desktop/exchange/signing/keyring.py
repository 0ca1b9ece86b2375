"""The private keys of this computer's user: one file per key in the configuration folder, its owner's alone.

They are never kept in a workspace, which gets copied about.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import field
from pathlib import Path

from desktop.errors import EnvironmentFault, InputError, from_os_error
from desktop.exchange.atomic import write_whole
from desktop.exchange.signing.signatures import SigningKey, succession
from desktop.model.canonical import Json, canonical_text
from desktop.model.content import signature_from_json, signature_to_json
from desktop.model.roster import PublicKey
from desktop.model.submission import Signature
from desktop.values import dataclass

_SUFFIX = ".key"
_MISSED = ".missed"
_ONLY_MINE = 0o600
_FOLDER_MODE = 0o700
SHORTEST_PASSPHRASE = 8
_KIND = "zhibao-key"


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A key with the unit it signs for and the time it was made.

    `certificate` is the word of the unit's key before it that this is its successor; empty without one.
    """

    unit: str
    made: datetime.datetime
    key: SigningKey
    certificate: Signature = field(default_factory=Signature)

    @property
    def fingerprint(self) -> str:
        """For the telephone."""
        return self.key.public.fingerprint


class KeyRing:
    """The keys in a folder, which is made when the first one is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keys(self, unit: str) -> tuple[HeldKey, ...]:
        """A unit's keys, the newest first.

        Raises EnvironmentFault if the folder can't be read, InputError if a key in it is damaged.
        """
        try:
            files = sorted(self._folder.glob(f"*{_SUFFIX}")) if self._folder.is_dir() else []
            contents = [(_data(file.read_bytes(), file.name), file.name) for file in files]
        except OSError as error:
            raise from_os_error(error, "读取签名密钥") from error
        mine = [_held(data, name) for data, name in contents if data["unit"] == unit]
        return tuple(sorted(mine, key=lambda entry: entry.made, reverse=True))

    def holds(self, key: PublicKey) -> bool:
        """Whether the private half of a key lies here; looks at names of files only, so it costs nothing."""
        return (self._folder / _file_name(key)).is_file()

    def find(self, unit: str, key: PublicKey) -> HeldKey | None:
        """A unit's key by its public half; None if it isn't here. Raises as `keys` does."""
        file = self._folder / _file_name(key)
        try:
            content = file.read_bytes() if file.is_file() else None
        except OSError as error:
            raise from_os_error(error, "读取签名密钥") from error
        held = _held(_data(content, file.name), file.name) if content is not None else None
        return held if held is not None and (held.unit, held.key.public) == (unit, key) else None

    def first_miss(self, keys: Iterable[PublicKey]) -> bool:
        """Note that keys were missed on this computer; whether that is new for one of them."""
        marks = [self._folder / f"{_file_name(key)}{_MISSED}" for key in keys]
        new = [mark for mark in marks if not mark.exists()]
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
            for mark in new:
                mark.touch()
        return bool(new)

    def key_for(self, unit: str, now: datetime.datetime) -> HeldKey:
        """The unit's newest key; makes its first one."""
        found = self.keys(unit)
        return found[0] if found else self.make(unit, now)

    def make(self, unit: str, now: datetime.datetime) -> HeldKey:
        """A new key for a unit, which from now on is the one it signs with; older ones are kept.

        The newest of them certifies it.
        """
        older, new = self.keys(unit), SigningKey.make()
        certificate = succession(older[0].key, unit, new.public) if older else Signature()
        return self._keep(HeldKey(unit, now, new, certificate))

    def export(self, held: HeldKey, path: Path, passphrase: str) -> None:
        """Write a key into a file that its passphrase protects; raises InputError for a short one."""
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise InputError("key.passphrase", f"口令太短。请至少用{SHORTEST_PASSPHRASE}个字符。")
        write_whole(path, _content(held, passphrase), "导出签名密钥")
        _restrict(path)

    def take_in(self, path: Path, passphrase: str, units: Sequence[str] | None = None) -> HeldKey:
        """Keep a key from an exported file.

        Raises InputError for a wrong passphrase, another file, or one of none of the `units`.
        """
        try:
            content = path.read_bytes()
        except OSError as error:
            raise from_os_error(error, "读取密钥文件") from error
        held = _held(_data(content, path.name), path.name, passphrase)
        if units is not None and held.unit not in units:
            raise InputError("key.other_unit", f"这是另一个单位（{held.unit}）的密钥。", "请核对文件。")
        there = {entry.key.public for entry in self.keys(held.unit)}
        return held if held.key.public in there else self._keep(held)

    def _keep(self, held: HeldKey) -> HeldKey:
        name = _file_name(held.key.public)
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
            handle = os.open(self._folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ONLY_MINE)
            with os.fdopen(handle, "wb") as file:
                file.write(_content(held, None))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise from_os_error(error, "保存签名密钥") from error
        return held


def _content(held: HeldKey, passphrase: str | None) -> bytes:
    data: Json = {
        "kind": _KIND,
        "unit": held.unit,
        "made": held.made.isoformat(),
        "key": held.key.to_pem(passphrase).decode(),
        "certificate": signature_to_json(held.certificate),
    }
    return canonical_text(data).encode()


def _file_name(key: PublicKey) -> str:
    return key.fingerprint.replace(" ", "") + _SUFFIX


def _data(content: bytes, name: str) -> Json:
    """A key file's JSON; raises InputError if it isn't one."""
    try:
        data: Json = json.loads(content)
        if data["kind"] != _KIND or not isinstance(data["unit"], str):
            raise ValueError(data["kind"])
    except (ValueError, KeyError, TypeError) as error:
        raise _unreadable(name) from error
    return data


def _held(data: Json, name: str, passphrase: str | None = None) -> HeldKey:
    try:
        made = datetime.datetime.fromisoformat(data["made"])
        pem, certificate = str(data["key"]), signature_from_json(data.get("certificate", {}))
    except (ValueError, KeyError, TypeError) as error:
        raise _unreadable(name) from error
    return HeldKey(data["unit"], made, SigningKey.from_pem(pem.encode(), passphrase), certificate)


def _unreadable(name: str) -> InputError:
    return InputError("key.unreadable", f"{name}不是知报的密钥文件，或者已损坏。", "请换一个文件。")


def _restrict(path: Path) -> None:
    if os.name == "posix":
        try:
            path.chmod(_ONLY_MINE)
        except OSError as error:
            raise EnvironmentFault(
                "key.permission", f"无法限制{path.name}的读取权限。", "请换一个位置。"
            ) from error
