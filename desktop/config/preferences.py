"""A person's settings in one small file of the configuration folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

from desktop.config.options import Option
from desktop.config.places import folders
from desktop.config.replacing import put_in_place
from desktop.errors import from_os_error

T = TypeVar("T")


class Preferences:
    """Reads and keeps settings. A file that can't be read, or a value that is none, gives the usual value;
    what the file has beyond that (settings of a newer program) stays in it.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or folders().config / "settings.json"
        self._stored = _load(self._path)

    def get(self, option: Option[T]) -> T:
        """The value that holds."""
        if option.name not in self._stored:
            return option.usual
        try:
            return option.read(self._stored[option.name])
        except ValueError:
            return option.usual

    def set(self, option: Option[T], value: T) -> bool:
        """Keep a value; false if it held already. Raises ValueError for what is no value of the option, and
        EnvironmentFault if the file can't be written: the value holds until the program ends.
        """
        option.read(value)
        if self.get(option) == value:
            return False
        self._stored[option.name] = value
        self._write()
        return True

    def _write(self) -> None:
        part = self._path.with_name(self._path.name + ".part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(self._stored, ensure_ascii=False, indent=1), encoding="utf-8")
            put_in_place(part, self._path)
        except OSError as error:
            raise from_os_error(error, "保存设置") from error


def _load(path: Path) -> dict[str, object]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return dict(found) if isinstance(found, dict) else {}
