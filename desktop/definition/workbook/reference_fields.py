"""Which fields name entries of which collections, so that a name can stand for an id."""

from __future__ import annotations

DISTRICT = "district"
"""Stands among the collections for the district itself."""

_UNITS, _BODIES = ("units",), ("units", "groups")
_REPORTERS = ("units", "groups", "unit_kinds")
_AREAS = ("units", DISTRICT)

_REFERS: dict[tuple[str, str], tuple[str, ...]] = {
    ("", "consolidator"): _UNITS,
    ("", "deadlines"): ("unit_kinds",),
    ("indicators", "numerator"): ("elements",),
    ("indicators", "denominator"): ("elements",),
    ("indicators", "main_source.stated"): ("elements",),
    ("indicators", "check_sources"): ("elements",),
    ("indicators", "successor"): ("indicators",),
    ("elements", "mode"): _REPORTERS,
    ("elements", "subset_of"): ("elements",),
    ("elements", "part_of"): ("elements",),
    ("elements", "successor"): ("elements",),
    ("targets", "indicator"): ("indicators",),
    ("targets", "element"): ("elements",),
    ("targets", "plus"): ("elements",),
    ("targets", "unit_id"): _UNITS,
    ("targets", "items"): ("items",),
    ("contradictions", "statements"): ("targets",),
    ("tasks", "action"): ("actions",),
    ("tasks", "bodies"): _BODIES,
    ("items", "task"): ("tasks",),
    ("items", "bodies"): _BODIES,
    ("items", "lead"): _UNITS,
    ("items", "targets"): ("targets",),
    ("units", "kind"): ("unit_kinds",),
    ("units", "reports_to"): _AREAS,
    ("units", "overlaps"): _UNITS,
    ("units", "successors"): _UNITS,
    ("groups", "kinds"): ("unit_kinds",),
    ("groups", "members"): _UNITS,
    ("groups", "lead"): _UNITS,
    ("references", "element"): ("elements",),
    ("references", "area"): _AREAS,
    ("rules", "applies_to"): _REPORTERS,
    ("rules", "at"): ("elements",),
    ("families", "except_for"): ("elements", "indicators"),
    ("mapping", "new"): ("units", "elements"),
}


def refers_to(collection: str, key: str) -> tuple[str, ...]:
    """The collections that a field of a collection (of the frame: an empty name) names; empty for others."""
    return _REFERS.get((collection, key), ())
