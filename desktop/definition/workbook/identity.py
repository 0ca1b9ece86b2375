"""Gives ids and numbers to entries that came without."""

from __future__ import annotations

from desktop.definition.workbook.draft import Draft

_PREFIXES = {
    "units": "u",
    "unit_kinds": "k",
    "groups": "g",
    "elements": "e",
    "indicators": "i",
    "targets": "t",
    "rules": "r",
    "contradictions": "c",
}
_NUMBERED = ("indicators", "actions", "tasks", "items")
_WHY = "按先后顺序编号"


def identify(draft: Draft) -> None:
    """Fill left-out numbers, then left-out ids from the numbers; each is said."""
    for collection in _NUMBERED:
        number_entries(draft, collection)
    for collection in _PREFIXES:
        name_entries(draft, collection)


def number_entries(draft: Draft, collection: str) -> None:
    """Numbers for entries that came without one, from the highest on."""
    numbers = [record.get("number") for record in draft.records(collection)]
    highest = max((number for number in numbers if isinstance(number, int)), default=0)
    for entry in draft.entries.get(collection, []):
        if "number" not in entry.record:
            highest += 1
            draft.default(collection, entry, "number", highest, _WHY)


def name_entries(draft: Draft, collection: str) -> None:
    """Ids for entries that came without one, e.g. i07 for indicator 7."""
    for place, entry in enumerate(draft.entries.get(collection, []), 1):
        if "id" not in entry.record:
            entry.drafted = True
            number = entry.record.get("number", place)
            first = number if isinstance(number, int) and 0 < number < 1000 else place
            id_ = draft.free_id(collection, _PREFIXES[collection], first)
            draft.default(collection, entry, "id", id_, _WHY)
