"""Families of rules that the program generates from the plan, and what an office may set of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from enum import StrEnum

from desktop.model.finding import Severity
from desktop.values import dataclass


class Family(StrEnum):
    """The generated families; each makes one rule for every data element, list, item or target it fits."""

    REQUIRED = "required"
    DECIMALS = "decimals"
    SIGN = "sign"
    RANGE = "range"
    DEDUCTIONS = "deductions"
    SUBSET = "subset"
    ISSUED = "issued"
    LISTS = "lists"
    UNIT_SLIP = "unit_slip"
    FALL = "fall"
    JUMP = "jump"
    OUTLIER = "outlier"
    PEERS = "peers"
    TARGETS = "targets"
    ITEMS = "items"


FAMILY_PARAMETERS: Mapping[Family, Mapping[str, Decimal]] = {
    Family.UNIT_SLIP: {"margin": Decimal("0.3")},
    Family.FALL: {"minimum_change": Decimal(0)},
    Family.JUMP: {"percent": Decimal(50), "minimum_change": Decimal(10)},
    Family.OUTLIER: {
        "score": Decimal("3.5"),
        "periods": Decimal(4),
        "floor_percent": Decimal(5),
        "minimum_change": Decimal(10),
    },
    Family.PEERS: {
        "score": Decimal("3.5"),
        "units": Decimal(5),
        "floor_percent": Decimal(5),
        "minimum_change": Decimal(10),
    },
}
"""Family → its parameters with their defaults; a family that isn't here has none."""


@dataclass(frozen=True, slots=True)
class FamilySetting:
    """What a plan says of one family; what it leaves out is at its default.

    `severity` replaces that of the family's warnings (errors stay errors). `except_for` names data elements
    or indicators (an indicator stands for all data elements it is computed from) for which the family is off.
    A parameter keyed `<element id>.<name>` holds for that data element alone: ten is much for 个 and nothing
    for 万元.
    """

    family: Family
    enabled: bool = True
    severity: Severity | None = None
    except_for: tuple[str, ...] = ()
    parameters: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    note: str = ""

    def parameter(self, name: str, element: str = "") -> Decimal:
        """A parameter's value, an element's own before the family's; raises KeyError for one that the family
        doesn't have.
        """
        default = FAMILY_PARAMETERS[self.family][name]
        own = self.parameters.get(f"{element}.{name}") if element else None
        return self.parameters.get(name, default) if own is None else own
