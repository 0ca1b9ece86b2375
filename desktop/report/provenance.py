"""Where the figures of a unit come from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provenance:
    """A unit's accepted content: its digest, its revision and the file that brought it."""

    digest: str = ""
    revision: int | None = None
    file: str = ""
