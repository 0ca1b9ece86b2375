"""What the rules look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.model.form import Form
from desktop.model.plan import Plan
from desktop.model.submission import Section


@dataclass(frozen=True, slots=True)
class CheckContext:
    """One section with what it is compared to.

    `previous` is the section of the period before, `same_last_year` that of the same period last year,
    `history` all earlier sections of the unit that are at hand, in any order (they may repeat the two).
    `reference` holds the figures issued to this unit (element id → value in the typed unit). `district` says that
    the section's figures stand for the whole district; departments' always do.
    """

    plan: Plan
    form: Form
    section: Section
    previous: Section | None = None
    same_last_year: Section | None = None
    history: tuple[Section, ...] = ()
    reference: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    district: bool = False
