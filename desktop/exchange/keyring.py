"""The private keys of this computer's user: one file per key in the configuration folder, its owner's alone.

They are never kept in a workspace, which gets copied about.
"""

from __future__ import annotations

import datetime
import json
import os
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import EnvironmentFault, InputError, from_os_error
from desktop.exchange.atomic import write_whole
from desktop.exchange.signing import SigningKey
from desktop.model.canonical import Json, canonical_text

_SUFFIX = ".key"
_ONLY_MINE = 0o600
_FOLDER_MODE = 0o700
SHORTEST_PASSPHRASE = 8
_KIND = "zhibao-key"


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A key with the unit it signs for and the time it was made."""

    unit: str
    made: datetime.datetime
    key: SigningKey

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
            held = [_held(file.read_bytes(), file.name) for file in files]
        except OSError as error:
            raise from_os_error(error, "读取签名密钥") from error
        mine = [entry for entry in held if entry.unit == unit]
        return tuple(sorted(mine, key=lambda entry: entry.made, reverse=True))

    def key_for(self, unit: str, now: datetime.datetime) -> HeldKey:
        """The unit's newest key; makes its first one."""
        found = self.keys(unit)
        return found[0] if found else self.make(unit, now)

    def make(self, unit: str, now: datetime.datetime) -> HeldKey:
        """A new key for a unit, which from now on is the one it signs with; older ones are kept."""
        return self._keep(HeldKey(unit, now, SigningKey.make()))

    def export(self, held: HeldKey, path: Path, passphrase: str) -> None:
        """Write a key into a file that its passphrase protects; raises InputError for a short one."""
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise InputError("key.passphrase", f"口令太短。请至少用{SHORTEST_PASSPHRASE}个字符。")
        write_whole(path, _content(held, passphrase), "导出签名密钥")
        _restrict(path)

    def take_in(self, path: Path, passphrase: str) -> HeldKey:
        """Keep a key from an exported file; raises InputError for a wrong passphrase or another file."""
        try:
            content = path.read_bytes()
        except OSError as error:
            raise from_os_error(error, "读取密钥文件") from error
        held = _held(content, path.name, passphrase)
        there = {entry.key.public for entry in self.keys(held.unit)}
        return held if held.key.public in there else self._keep(held)

    def _keep(self, held: HeldKey) -> HeldKey:
        name = held.key.public.fingerprint.replace(" ", "") + _SUFFIX
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
    }
    return canonical_text(data).encode()


def _held(content: bytes, name: str, passphrase: str | None = None) -> HeldKey:
    try:
        data = json.loads(content)
        if data["kind"] != _KIND:
            raise ValueError(data["kind"])
        unit, pem = str(data["unit"]), str(data["key"])
        made = datetime.datetime.fromisoformat(data["made"])
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            "key.unreadable", f"{name}不是知报的密钥文件，或者已损坏。", "请换一个文件。"
        ) from error
    return HeldKey(unit, made, SigningKey.from_pem(pem.encode(), passphrase))


def _restrict(path: Path) -> None:
    if os.name == "posix":
        try:
            path.chmod(_ONLY_MINE)
        except OSError as error:
            raise EnvironmentFault(
                "key.permission", f"无法限制{path.name}的读取权限。", "请换一个位置。"
            ) from error
