"""The workspaces opened last, newest first; a damaged list is no reason to stop."""

from __future__ import annotations

import json
from pathlib import Path

from desktop.config import folders

_MOST = 12


def recent_workspaces() -> tuple[Path, ...]:
    """The files that still exist."""
    try:
        listed = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    if not isinstance(listed, list):
        return ()
    return tuple(path for text in listed if isinstance(text, str) and (path := Path(text)).is_file())


def remember_workspace(path: Path) -> None:
    """Put a file on top of the list; where the list can't be written, nothing is lost but the shortcut."""
    first = path.resolve()
    rest = [other for other in recent_workspaces() if other != first]
    try:
        _file().parent.mkdir(parents=True, exist_ok=True)
        texts = [str(other) for other in (first, *rest)][:_MOST]
        _file().write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
    except OSError:
        return


def _file() -> Path:
    return folders().config / "recent.json"
