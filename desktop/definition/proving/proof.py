"""Proof of life: for a rule, one record that it lets pass and one that it doesn't."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.model.canonical import Json

OWN_RULE = "rule"
"""The family of the rules that a plan writes itself; the others are values of `Family`."""


@dataclass(frozen=True, slots=True)
class Record:
    """The figures of one unit and period, with those of other periods that a rule looks at.

    `figures`: data element (or `<element>/<unit>`, `<element>/published`, `item/<number>`) → period →
    canonical figure, `nil`, or blank for a figure that wasn't reported.
    """

    unit: str
    period: str
    figures: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)

    @property
    def json(self) -> Json:
        """The record for scripts."""
        figures = {address: dict(by_period) for address, by_period in self.figures.items()}
        return {"unit": self.unit, "period": self.period, "figures": figures}


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found for one rule; None where no such record was found.

    `rule` is the rule's id (for a generated one its family and what it is about), `element` where its
    findings stand. `runs`: some record made the rule compare at all.
    """

    rule: str
    family: str
    element: str
    passes: Record | None
    fails: Record | None
    runs: bool = True

    @property
    def own(self) -> bool:
        """Whether the plan wrote the rule itself."""
        return self.family == OWN_RULE

    @property
    def proved(self) -> bool:
        """Whether the rule is alive."""
        return self.passes is not None and self.fails is not None

    @property
    def json(self) -> Json:
        """The proof for scripts."""
        return {
            "id": self.rule,
            "family": self.family,
            "element": self.element,
            "passes": None if self.passes is None else self.passes.json,
            "fails": None if self.fails is None else self.fails.json,
        }
