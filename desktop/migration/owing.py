"""Who owed what: whether a unit had to bring an element in a period."""

from __future__ import annotations

from desktop.model.element import Mode
from desktop.model.period import Period
from desktop.model.plan import Plan


def owes(plan: Plan, unit: str, element: str, period: Period) -> bool:
    """Whether the plan asked the unit for the element then; unknown units and elements owe nothing."""
    if not (plan.has_unit(unit) and plan.has_element(element)):
        return False
    asked = plan.element(element)
    in_force = asked.valid_on(period.end) and asked.is_due(period.slot)
    return in_force and plan.mode(asked, plan.unit(unit)) is not Mode.NONE
