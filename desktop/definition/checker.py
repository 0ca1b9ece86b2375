"""Checks of a whole plan: what the types alone can't say. Each check is a generator of findings."""

from __future__ import annotations

from desktop.definition.check_families import check_families
from desktop.definition.check_frame import check_frame
from desktop.definition.check_mapping import check_mapping
from desktop.definition.check_measures import check_elements, check_indicators
from desktop.definition.check_rules import check_rules
from desktop.definition.check_targets import check_contradictions, check_targets
from desktop.definition.check_tasks import check_groups, check_tasks
from desktop.definition.check_units import check_units
from desktop.definition.check_validity import check_validity
from desktop.model.finding import Finding, Severity
from desktop.model.plan import Plan

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}


def check_plan(plan: Plan) -> tuple[Finding, ...]:
    """Everything wrong, doubtful or worth knowing about a plan: errors first, then in the plan's order."""
    found = [
        *check_frame(plan),
        *check_units(plan),
        *check_elements(plan),
        *check_indicators(plan),
        *check_targets(plan),
        *check_contradictions(plan),
        *check_groups(plan),
        *check_tasks(plan),
        *check_families(plan),
        *check_rules(plan),
        *check_mapping(plan),
        *check_validity(plan),
    ]
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.severity]))
