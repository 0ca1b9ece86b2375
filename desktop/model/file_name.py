"""Texts as parts of file names: nothing that a file system refuses, Windows' reserved names among it."""

from __future__ import annotations

import re

_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*\s.]+')
_LONGEST = 40
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
"""Windows takes them for devices, whatever suffix follows."""


def safe_part(text: str) -> str:
    """A text as one part of a file name, or as all of it before the suffix.

    Reserved characters become hyphens, reserved names get one, length is bounded.
    """
    name = _UNSAFE.sub("-", text).strip("-")[:_LONGEST] or "未命名"
    return f"{name}-" if _RESERVED.fullmatch(name) else name
