"""What stands beside cells: notes that people pinned to them, merged ranges, struck-out text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})["']"""
)
_RELATIONS = re.compile(r"^(?P<folder>.*/)_rels/(?P<name>[^/]+)\.rels$")
_NOTES_TYPE = "/relationships/comments"
_LARGEST_PART = 4 << 20

Notes = Mapping[str, str]
"""Cell reference → the note's text."""


@dataclass(frozen=True, slots=True)
class MergedRange:
    """Cells merged into one, rows and columns from 1; `text` is the range as it is written, e.g. B5:B8."""

    text: str
    left: int
    top: int
    right: int
    bottom: int

    def covers(self, row: int, column: int) -> bool:
        """Whether a cell lies in the range and isn't its first one."""
        inside = self.top <= row <= self.bottom and self.left <= column <= self.right
        return inside and (row, column) != (self.top, self.left)


def merged_ranges(part: bytes) -> tuple[MergedRange, ...]:
    """The merged ranges of a worksheet part."""
    return tuple(
        MergedRange(
            f"{left}{top}:{right}{bottom}", column_number(left), int(top), column_number(right), int(bottom)
        )
        for left, top, right, bottom in (
            [piece.decode() for piece in found] for found in _MERGED.findall(part)
        )
    )


def keeps_notes(name: str, part: bytes) -> bool:
    """Whether a part has to do with notes: a sheet's relations, or notes themselves."""
    lower = name.lower()
    return len(part) <= _LARGEST_PART and ("comments" in lower or "/worksheets/_rels/" in lower)


def notes_by_sheet(parts: Mapping[str, bytes]) -> dict[str, Notes]:
    """Worksheet part → its notes; what isn't well-formed has none."""
    found: dict[str, Notes] = {}
    for name, part in parts.items():
        match = _RELATIONS.match(name)
        if match is None:
            continue
        targets = [
            posixpath.normpath(posixpath.join(match["folder"], relation.get("Target", ""))).lstrip("/")
            if not relation.get("Target", "").startswith("/")
            else relation.get("Target", "").lstrip("/")
            for relation in _children(part)
            if relation.get("Type", "").endswith(_NOTES_TYPE)
        ]
        notes = {
            ref: text
            for target in dict.fromkeys(targets)
            for ref, text in _notes(parts.get(target, b"")).items()
        }
        if notes:
            found[match["folder"] + match["name"]] = notes
    return found


def _notes(part: bytes) -> dict[str, str]:
    """Cell reference → text of a part of notes."""
    found = {}
    for element in _all(part):
        if element.tag.endswith("}comment") and element.get("ref"):
            text = "".join(run.text or "" for run in element.iter() if run.tag.endswith("}t"))
            found[str(element.get("ref"))] = text.strip()
    return found


def _children(part: bytes) -> list[Element]:
    root = _parsed(part)
    return [] if root is None else list(root)


def _all(part: bytes) -> list[Element]:
    root = _parsed(part)
    return [] if root is None else list(root.iter())


def _parsed(part: bytes) -> Element | None:
    """The root of a part; None where there is none to be had."""
    from defusedxml.ElementTree import ParseError, fromstring  # type: ignore[import-untyped]

    try:
        root: Element | None = fromstring(part) if part else None
    except ParseError:
        return None
    return root


def column_number(letters: str) -> int:
    """The number of a column from 1 by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
