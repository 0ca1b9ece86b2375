"""The order of plan versions."""

from __future__ import annotations

import re

VersionKey = tuple[tuple[int, int, str], ...]


def version_key(version: str) -> VersionKey:
    """What versions are ordered by: numbers as numbers, so that 10 comes after 9."""
    parts = re.findall(r"\d+|[^\d.\-_\s]+", version)
    return tuple((1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts)
