"""What a target judges: an indicator or a data element, with what judging needs to know of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from desktop.model.decimals import EXACT, divide, total
from desktop.model.element import DataElement, Nature
from desktop.model.indicator import Better, Indicator, Measure
from desktop.model.plan import Plan
from desktop.model.target import Operator, Target
from desktop.values import dataclass

GROWTH = frozenset({Operator.CAGR, Operator.GROWTH_EACH_YEAR})
"""Operators whose value is a rate in per cent a year."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is judged. `accumulates`: it starts from zero each year (flows, and flows over a stock).

    `yearly`: it is a year's figure (any flow in it), so that it regresses against the same period of last
    year. `factor` turns a figure of the series into `unit`, in which verdicts are (for growth targets
    the unit of the figures, not of the rate). `due` holds the slots in which it is asked for.
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
    """Sum of numerators ÷ sum of denominators × factor.

    `amounts` maps element ids to amounts in typed units. None while a part is missing, or if the divisor
    is zero.
    """
    numerator = _sum(indicator.numerator, amounts)
    if numerator is None:
        return None
    scaled = EXACT.multiply(numerator, indicator.factor)
    if not indicator.denominator:
        return scaled
    denominator = _sum(indicator.denominator, amounts)
    return divide(scaled, denominator) if denominator else None


def subject_of(plan: Plan, target: Target) -> Subject | None:
    """What a target judges; None where nothing in the plan counts it, or where it is a milestone."""
    if target.indicator is not None:
        return _of_indicator(plan, plan.indicator(target.indicator))
    if target.element is not None:
        return _of_element(plan.element(target.element), target)
    return None


def _of_indicator(plan: Plan, indicator: Indicator) -> Subject:
    above = [plan.element(id_) for id_ in indicator.numerator]
    below = [plan.element(id_) for id_ in indicator.denominator]
    return Subject(
        name=indicator.name,
        unit=indicator.unit,
        measure=indicator.measure,
        better=indicator.better,
        decimals=indicator.decimals,
        accumulates=_flows(above) and not _flows(below),
        yearly=indicator.over_flow or _flows(above) or _flows(below),
        monitor_only=indicator.monitor_only,
        due=tuple(slot for slot in above[0].due if all(part.is_due(slot) for part in above)) if above else (),
    )


def _of_element(element: DataElement, target: Target) -> Subject:
    shown = element.unit.shown
    in_shown = bool(shown) and (target.operator in GROWTH or target.unit.removesuffix("/年") == shown)
    measure = _measure(element.unit.typed)
    flow = element.nature is Nature.FLOW
    return Subject(
        name=element.name,
        unit=shown if in_shown else element.unit.typed,
        measure=measure,
        better=Better.LOWER if target.operator is Operator.AT_MOST else Better.HIGHER,
        decimals=element.decimals,
        accumulates=flow and measure in (Measure.COUNT, Measure.AMOUNT),
        yearly=flow,
        factor=element.unit.show_factor if in_shown else Decimal(1),
        due=element.due,
    )


def _measure(unit: str) -> Measure:
    """What a unit of measure tells about the quantity."""
    if unit == "%" or "/" in unit:
        return Measure.RATIO
    if unit == "分":
        return Measure.SCORE
    return Measure.AMOUNT if unit.endswith("元") else Measure.COUNT


def _flows(elements: Iterable[DataElement]) -> bool:
    return any(element.nature is Nature.FLOW for element in elements)


def _sum(ids: Iterable[str], amounts: Mapping[str, Decimal | None]) -> Decimal | None:
    parts = [amounts.get(id_) for id_ in ids]
    known = [part for part in parts if part is not None]
    return total(known) if len(known) == len(parts) else None
