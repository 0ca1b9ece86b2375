"""The workspaces opened last, newest first; a damaged list is no reason to stop."""

from __future__ import annotations

import json
from pathlib import Path

from desktop.config import folders

_MOST = 12


def recent_workspaces() -> tuple[Path, ...]:
    """The files that still exist, the one opened last first."""
    return tuple(path for path in remembered_workspaces() if path.is_file())


def remembered_workspaces() -> tuple[Path, ...]:
    """The same with those that aren't there now: moved, deleted, or on a stick that isn't plugged in."""
    try:
        listed = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    if not isinstance(listed, list):
        return ()
    return tuple(Path(text) for text in listed if isinstance(text, str))


def remember_workspace(path: Path) -> None:
    """Put a file on top of the list; where the list can't be written, nothing is lost but the shortcut."""
    first = path.resolve()
    _keep([first, *(other for other in remembered_workspaces() if other != first)][:_MOST])


def forget_workspace(path: Path) -> None:
    """Take a file off the list; the file itself is left alone."""
    _keep([other for other in remembered_workspaces() if other != path])


def _keep(paths: list[Path]) -> None:
    try:
        _file().parent.mkdir(parents=True, exist_ok=True)
        _file().write_text(json.dumps([str(path) for path in paths], ensure_ascii=False), encoding="utf-8")
    except OSError:
        return


def _file() -> Path:
    return folders().config / "recent.json"
