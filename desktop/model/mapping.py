"""How content reported under an older plan version reads under this one (版本对应)."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from desktop.values import dataclass


class Mapped(StrEnum):
    """What a row of the mapping speaks of."""

    UNIT = "unit"
    ELEMENT = "element"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class MappingRow:
    """One thing of an older version and what became of it.

    Only changes need a row: what has none keeps its id, and is dropped with a reason where the new version
    doesn't know it. Empty `new` drops it. Several old elements with one new one are added up (merged); a unit
    with several new ones was split, which no figure survives. `factor` turns the old figure into the new
    unit of measure. `from_plan` is set where the older version belongs to a plan with another id.
    """

    from_version: str
    what: Mapped
    old: str
    new: tuple[str, ...] = ()
    factor: Decimal = Decimal(1)
    reason: str = ""
    from_plan: str = ""
