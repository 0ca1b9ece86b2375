"""How long a plan would have the texts on its items."""

from __future__ import annotations

from desktop.values import dataclass


@dataclass(frozen=True, slots=True)
class NarrativeAdvice:
    """Characters, blanks not counted, that a text has best: of the body that leads, and of the others.

    It is said while typing; nothing is refused for its length.
    """

    lead_least: int = 30
    lead_most: int = 150
    other_least: int = 10
    other_most: int = 60

    def range_for(self, *, leads: bool) -> tuple[int, int]:
        """The least and the most."""
        return (self.lead_least, self.lead_most) if leads else (self.other_least, self.other_most)
