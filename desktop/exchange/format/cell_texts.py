"""Texts as they may stand in a cell that our writing library makes."""

from __future__ import annotations

LONGEST_TEXT = 32_767
"""UTF-16 units that a cell holds."""


def units_of(text: str) -> int:
    """How long a text is for a cell: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def too_long(text: str) -> bool:
    """Whether a cell doesn't hold the text."""
    return 2 * len(text) > LONGEST_TEXT and units_of(text) > LONGEST_TEXT


def width_of(text: str) -> int:
    """Columns that a text takes: its bytes in the Chinese encoding, where wide characters have two."""
    return len(text.encode("gb18030", "replace"))


def plain(text: str) -> str:
    """A text that stays one: the library takes what stands between these tags for rich text, as raw XML.

    A space at the end keeps it a text.
    """
    return text + " " if text.startswith("<r>") and text.endswith("</r>") else text
