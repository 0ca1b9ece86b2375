"""Changes between periods and how figures are shown beside a target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.model.decimals import Rounding
from desktop.model.indicator import Better, Measure


@dataclass(frozen=True, slots=True)
class Growth:
    """Growth of a total over the units present in both periods.

    `rate` in per cent, None where the base is blank, zero or negative; `difference` (增减额) is None where no
    unit is common.
    """

    rate: Decimal | None
    difference: Decimal | None
    units: tuple[str, ...]


def growth_over_common(current: Mapping[str, Decimal], previous: Mapping[str, Decimal]) -> Growth:
    """Growth over the units that both mappings (unit id → figure) hold."""
    raise NotImplementedError


def change_text(
    current: Decimal,
    previous: Decimal | None,
    measure: Measure,
    unit: str,
    decimals: int,
    rounding: Rounding = Rounding.HALF_UP,
) -> str:
    """A change for people: percentages change in 百分点, scores in 分, counts and amounts in per cent."""
    raise NotImplementedError


def display_against(
    value: Decimal,
    target: Decimal,
    decimals: int,
    rounding: Rounding = Rounding.HALF_UP,
    better: Better = Better.HIGHER,
) -> str:
    """The value as shown; one that would print equal to the target it misses shows more decimals."""
    raise NotImplementedError
