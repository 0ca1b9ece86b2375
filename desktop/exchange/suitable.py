"""Which of the plans at hand a submission is read with."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.exchange.safety import Refused
from desktop.model.finding import Finding, Severity
from desktop.model.plan import Plan
from desktop.model.submission import Submission


def suitable_plan(claimed: Submission, plans: Sequence[Plan]) -> tuple[Plan, list[Finding]]:
    """The plan by digest, else by version, else by id, with a finding where it isn't the very same.

    Raises Refused for a plan or a unit that isn't there.
    """
    plan = _plan_for(claimed, plans)
    for unit in (*(section.unit for section in claimed.sections), claimed.unit):
        if not plan.has_unit(unit):
            raise Refused("exchange.unknown_unit", unit=unit)
    if plan.digest == claimed.plan_digest:
        return plan, []
    params = {"claimed": claimed.plan_version, "used": plan.version}
    return plan, [Finding("exchange.other_plan_version", Severity.WARNING, params=params)]


def _plan_for(claimed: Submission, plans: Sequence[Plan]) -> Plan:
    same = [plan for plan in plans if plan.id == claimed.plan]
    if not same:
        raise Refused("exchange.other_plan", plan=claimed.plan)
    for plan in same:
        if plan.digest == claimed.plan_digest:
            return plan
    return next((plan for plan in same if plan.version == claimed.plan_version), same[-1])
