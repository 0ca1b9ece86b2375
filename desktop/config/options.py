"""What a person can set, declared as data: name in the file, usual value, and what counts as a value."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Generic, TypeVar

from desktop.values import dataclass

T = TypeVar("T")


class Theme(StrEnum):
    """As the system has it, light, dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class RowHeight(StrEnum):
    """Rows of tables: tight, usual, wide."""

    TIGHT = "tight"
    USUAL = "usual"
    WIDE = "wide"


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """One setting. `read` turns what a file has into a value and raises ValueError if it isn't one."""

    name: str
    usual: T
    read: Callable[[object], T]


def _whole(least: int, most: int) -> Callable[[object], int]:
    def read(stored: object) -> int:
        if isinstance(stored, bool) or not isinstance(stored, int) or not least <= stored <= most:
            raise ValueError(stored)
        return stored

    return read


def _flag(stored: object) -> bool:
    if not isinstance(stored, bool):
        raise ValueError(stored)
    return stored


def _text(stored: object) -> str:
    if not isinstance(stored, str):
        raise ValueError(stored)
    return stored


FONT_LEAST, FONT_MOST = 80, 200

FONT_PERCENT = Option("font_percent", 100, _whole(FONT_LEAST, FONT_MOST))
THEME: Option[Theme] = Option("theme", Theme.SYSTEM, lambda stored: Theme(str(stored)))
ROW_HEIGHT: Option[RowHeight] = Option("row_height", RowHeight.USUAL, lambda stored: RowHeight(str(stored)))
BACKUP_FOLDER = Option("backup_folder", "", _text)
"""Empty: the program's own folder."""
TOUR_SEEN = Option("tour_seen", False, _flag)

OPTIONS: tuple[Option[Any], ...] = (FONT_PERCENT, THEME, ROW_HEIGHT, BACKUP_FOLDER, TOUR_SEEN)
