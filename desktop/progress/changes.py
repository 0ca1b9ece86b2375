"""Changes between periods, and how a figure is shown beside a target."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from desktop.model.decimals import EXACT, Rounding, display, divide, rounded, total
from desktop.model.indicator import Better, Measure
from desktop.values import dataclass

NOTHING = "—"
"""What is printed where a rate can't be told."""
_MOST_DECIMALS = 12


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
    """Growth over the units that both mappings (unit id → amount) hold, in the order of `current`."""
    common = tuple(unit for unit in current if unit in previous)
    if not common:
        return Growth(None, None, ())
    now, base = total([current[unit] for unit in common]), total([previous[unit] for unit in common])
    return Growth(growth_rate(now, base), EXACT.subtract(now, base), common)


def growth_rate(current: Decimal, base: Decimal | None) -> Decimal | None:
    """Growth in per cent; None where the base is blank, zero or negative."""
    if base is None or base <= 0:
        return None
    return divide(EXACT.multiply(EXACT.subtract(current, base), Decimal(100)), base)


def change_text(
    current: Decimal,
    previous: Decimal | None,
    measure: Measure,
    unit: str,
    decimals: int,
    rounding: Rounding = Rounding.HALF_UP,
) -> str:
    """A change for people: percentages in 百分点, scores and other ratios in their unit, the rest in %.

    Where growth can't be told it is — with 增减额; — alone without a previous figure.
    """
    if previous is None:
        return NOTHING
    difference = EXACT.subtract(current, previous)
    if measure in (Measure.RATIO, Measure.SCORE):
        return f"{_signed(difference, decimals, rounding)}{unit_of_change(unit)}"
    rate = growth_rate(current, previous)
    if rate is None:
        return f"{NOTHING}（增减额{_signed(difference, decimals, rounding)}{unit}）"
    return f"{_signed(rate, 1, rounding)}%"


def unit_of_change(unit: str) -> str:
    """In what a difference of figures is told: percentages differ by 个百分点."""
    return "个百分点" if unit == "%" else unit


def display_against(
    value: Decimal,
    target: Decimal,
    decimals: int,
    rounding: Rounding = Rounding.HALF_UP,
    better: Better = Better.HIGHER,
) -> str:
    """The value as shown; one that would print equal to the target it misses shows more decimals."""
    missed = value < target if better is Better.HIGHER else value > target
    shown = decimals
    if missed:
        while shown < decimals + _MOST_DECIMALS and rounded(value, shown, rounding) == rounded(
            target, shown, rounding
        ):
            shown += 1
    return display(value, shown, rounding)


def _signed(value: Decimal, decimals: int, rounding: Rounding) -> str:
    shown = display(value, decimals, rounding)
    return f"+{shown}" if rounded(value, decimals, rounding) > 0 else shown
