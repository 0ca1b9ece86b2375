"""Which of the plans at hand a submission is read with."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.exchange.parsing.safety import Refused
from desktop.model.finding import Finding, Severity
from desktop.model.plan import Plan
from desktop.model.submission import Submission
from desktop.model.versions import version_key


def suitable_plan(claimed: Submission, plans: Sequence[Plan]) -> tuple[Plan, list[Finding]]:
    """The plan by digest, else by version, else the first with its id; a finding says if it isn't the same.

    Raises Refused for a plan or a unit that isn't there, and for a version newer than all at hand.
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
    if all(version_key(claimed.plan_version) > version_key(plan.version) for plan in same):
        raise Refused("exchange.newer_plan_version", version=claimed.plan_version, known=same[0].version)
    return next((plan for plan in same if plan.version == claimed.plan_version), same[0])
