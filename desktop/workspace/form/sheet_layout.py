"""How a person likes the sheet: columns shown and their widths, folded sections, opened boxes.

Kept in the user's folder, not in the workspace: it belongs to the person at this computer. A damaged file, or
one that can't be written, costs the habit and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from desktop.config import folders
from desktop.config.replacing import put_in_place


class SheetLayout:
    """`columns` holds what was asked for (true shown, false hidden; unnamed ones follow the window's width),
    `widths` are in widths of a character, `boxes` says which parts of the side pane are open, `place` where
    the sheet was in the window: left, top, width, height, and the window's width and height.
    """

    def __init__(
        self,
        columns: dict[str, bool] | None = None,
        widths: dict[str, float] | None = None,
        folded: set[str] | None = None,
        boxes: dict[str, bool] | None = None,
        place: list[int] | None = None,
    ) -> None:
        self.columns = columns or {}
        self.widths = widths or {}
        self.folded = folded or set()
        self.boxes = boxes or {}
        self.place = place or []

    @classmethod
    def load(cls) -> SheetLayout:
        """The layout kept on this computer, or a fresh one."""
        try:
            data = json.loads(_file().read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return cls()
        if not isinstance(data, dict):
            return cls()
        return cls(
            {name: shown for name, shown in _items(data, "columns") if isinstance(shown, bool)},
            {name: float(width) for name, width in _items(data, "widths") if _is_width(width)},
            {name for name in _listed(data, "folded") if isinstance(name, str)},
            {name: is_open for name, is_open in _items(data, "boxes") if isinstance(is_open, bool)},
            _place(data.get("place")),
        )

    def save(self) -> None:
        """Keep it; where it can't be written the next start has the layout of before."""
        data = {
            "columns": self.columns,
            "widths": self.widths,
            "folded": sorted(self.folded),
            "boxes": self.boxes,
            "place": self.place,
        }
        target = _file()
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            beside = target.with_suffix(".new")
            beside.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
            put_in_place(beside, target)
        except OSError:
            return


def section_key(plan: str, category: str) -> str:
    """What a section is called in `folded`: plans may share a category."""
    return f"{plan}/{category}"


def _place(kept: Any) -> list[int]:  # noqa: ANN401 - what stands in the file may be anything
    right = (
        isinstance(kept, list) and len(kept) == 6 and all(type(n) is int and 0 <= n < 20_000 for n in kept)
    )
    return kept if right else []


def _is_width(width: Any) -> bool:  # noqa: ANN401 - what stands in the file may be anything
    return isinstance(width, int | float) and not isinstance(width, bool) and 1 <= width <= 200


def _items(data: dict[str, Any], name: str) -> Iterable[tuple[str, Any]]:
    found = data.get(name)
    return found.items() if isinstance(found, dict) else ()


def _listed(data: dict[str, Any], name: str) -> Iterable[Any]:
    found = data.get(name)
    return found if isinstance(found, list) else ()


def _file() -> Path:
    return folders().config / "sheet.json"
