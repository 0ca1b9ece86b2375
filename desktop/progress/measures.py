"""What a target judges: an indicator or a data element, with what judging needs to know of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.model.indicator import Better, Indicator, Measure
from desktop.model.plan import Plan
from desktop.model.target import Target


@dataclass(frozen=True, slots=True)
class Subject:
    """What is judged. `accumulates`: the figure starts from zero each year (flows, and flows over a stock).

    `yearly`: it is a year's figure (any flow in it), so that it regresses against the same period of last year.
    `factor` turns a figure of the series into the unit of the target; `unit` is that unit (for growth
    targets the unit of the figures, not of the rate). `due` holds the slots in which it is asked for.
    """

    name: str
    unit: str
    measure: Measure
    better: Better
    decimals: int
    accumulates: bool
    yearly: bool
    monitor_only: bool = False
    factor: Decimal = Decimal(1)
    due: tuple[str, ...] = ()


def indicator_value(indicator: Indicator, amounts: Mapping[str, Decimal | None]) -> Decimal | None:
    """(sum of numerators) ÷ (sum of denominators) × factor; None while a part is missing or the divisor is zero."""
    raise NotImplementedError


def subject_of(plan: Plan, target: Target) -> Subject | None:
    """What a target judges; None where nothing in the plan counts it, or where it is a milestone."""
    raise NotImplementedError
