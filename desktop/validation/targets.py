"""What a unit is told of the plan's targets: behind the path, missed, worse than before.

Two kinds: the unit's own targets, and main targets whose figure this unit alone supplies. Contradictions are
not for clerks. Notices: a figure that is true needs no excuse.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from desktop.model.decimals import display
from desktop.model.family import Family
from desktop.model.finding import Finding
from desktop.model.indicator import Better
from desktop.model.plan import Plan
from desktop.model.target import Target
from desktop.model.unit import Unit
from desktop.model.verdict import Verdict, VerdictKind
from desktop.progress import show_verdict, unit_of_change
from desktop.validation.context import CheckContext
from desktop.validation.finding_maker import Maker
from desktop.validation.standing import JudgedHere, judged_here

_CODES = {
    VerdictKind.BEHIND: "behind",
    VerdictKind.MISSED: "missed",
    VerdictKind.REGRESSED: "regressed",
}


def verdict_on(context: CheckContext, target: Target) -> Iterator[Finding]:
    """What one target says, if it is behind, missed or worse."""
    if not asked(context.plan, context.form.unit, target):
        return
    found = judged_here(context, target)
    if found is not None and found.verdict.kind in _CODES and found.verdict.value is not None:
        yield _notice(context, found)


def asked(plan: Plan, unit: Unit, target: Target) -> bool:
    """The unit's own targets, and the district's main ones; the family may be off for what they judge."""
    main = target.main and target.indicator is not None
    if target.unit_id != unit.id and not main:
        return False
    return plan.checks(Family.TARGETS, target.indicator or target.element or "")


def _notice(context: CheckContext, found: JudgedHere) -> Finding:
    kind = _CODES[found.verdict.kind]
    make = Maker(context, context.plan.element(found.elements[0]))
    if found.own:
        return make.notice(f"target.own_{kind}", found.target.id, None, **_own_params(context.plan, found))
    worse = found.verdict.kind is VerdictKind.REGRESSED and _below_baseline(found)
    code = "baseline.worse" if worse else f"target.{kind}"
    return make.notice(code, found.target.id, None, **_params(context.plan, found))


def _below_baseline(found: JudgedHere) -> bool:
    value, baseline = found.verdict.value, found.target.baseline
    if value is None or baseline is None:
        return False
    return value > baseline if found.subject.better is Better.LOWER else value < baseline


def _params(plan: Plan, found: JudgedHere) -> dict[str, str]:
    """Figures as people read them; a value that misses never prints equal to what it misses."""
    shown = show_verdict(found.target, found.subject, found.verdict, plan.rounding)
    return {
        "indicator": found.subject.name,
        "value": shown.value,
        "measure": found.subject.unit,
        "expected": shown.expected or "—",
        "target": shown.goal or "—",
        "baseline": _plain(plan, found.target.baseline, found.subject.decimals),
    }


def _own_params(plan: Plan, found: JudgedHere) -> dict[str, str]:
    shown = show_verdict(found.target, found.subject, found.verdict, plan.rounding)
    change = unit_of_change(found.subject.unit)
    pace = f"，{shown.pace_label}{shown.pace}{change}" if shown.pace else ""
    return {
        "target_name": found.target.name + _of_year(found.verdict),
        "indicator": found.subject.name,
        "value": shown.value,
        "measure": found.subject.unit,
        "expected": shown.expected or "—",
        "demand": shown.goal or "—",
        "gap": shown.gap or "0",
        "change": change,
        "pace": pace,
    }


def _of_year(verdict: Verdict) -> str:
    return f"（{verdict.year}年）" if verdict.year is not None else ""


def _plain(plan: Plan, value: Decimal | None, decimals: int) -> str:
    return "—" if value is None else display(value, decimals, plan.rounding)
