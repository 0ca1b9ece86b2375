"""How far a district target is split over units: what is assigned to them, and what is left."""

from __future__ import annotations

import datetime
from decimal import Decimal

from desktop.model.decimals import EXACT, divide, total
from desktop.model.indicator import Measure
from desktop.model.plan import Plan
from desktop.model.target import Operator, Target, Window
from desktop.progress.measures import subject_of
from desktop.values import dataclass

_ADDED = frozenset({Operator.AT_LEAST, Operator.ABOVE, Operator.BUILD, Operator.AT_MOST})
_Key = tuple[str | None, str | None, tuple[str, ...], Window, datetime.date, bool]


@dataclass(frozen=True, slots=True)
class Allocation:
    """A district target beside the unit targets of the same measure, window and due date.

    Figures are in the district target's unit. `assigned` is 已分解, `remainder` (未分解余数) what no unit
    has yet: negative where the units were given more than the district's.
    """

    target: Target
    parts: tuple[Target, ...]
    assigned: Decimal
    remainder: Decimal


def allocations(plan: Plan) -> tuple[Allocation, ...]:
    """Every additive district target of which units have a part, in the plan's order.

    Only counts and amounts add up; ratios and scores of units are judged, never summed. Where several
    readings of one target stand, the main one is split, else each of them.
    """
    whole: dict[_Key, list[Target]] = {}
    parts: dict[_Key, list[Target]] = {}
    for target in plan.targets:
        if additive(plan, target):
            found = whole if of_district(plan, target) else parts
            found.setdefault(_key(target), []).append(target)
    return tuple(
        _allocation(plan, target, tuple(parts[key]))
        for key, targets in whole.items()
        if key in parts
        for target in [one for one in targets if one.main] or targets
    )


def of_district(plan: Plan, target: Target) -> bool:
    """Whether a target is the district's, not one unit's."""
    return target.unit_id in (None, plan.district.id)


def additive(plan: Plan, target: Target) -> bool:
    """Whether units' targets of this kind add up to the district's."""
    if target.value is None or target.operator not in _ADDED:
        return False
    subject = subject_of(plan, target)
    return subject is not None and subject.measure in (Measure.COUNT, Measure.AMOUNT)


def _key(target: Target) -> _Key:
    downwards = target.operator is Operator.AT_MOST
    return target.indicator, target.element, target.plus, target.window, target.due, downwards


def _allocation(plan: Plan, target: Target, parts: tuple[Target, ...]) -> Allocation:
    factor = _factor(plan, target)
    assigned = total(
        [EXACT.multiply(part.value or Decimal(0), divide(factor, _factor(plan, part))) for part in parts]
    )
    return Allocation(target, parts, assigned, EXACT.subtract(target.value or Decimal(0), assigned))


def _factor(plan: Plan, target: Target) -> Decimal:
    """From typed units to those of the target: the district's may be in 亿元, a unit's in 万元."""
    subject = subject_of(plan, target)
    return Decimal(1) if subject is None else subject.factor
