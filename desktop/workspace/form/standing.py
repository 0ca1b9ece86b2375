"""Where a form's figures stand against the targets that bear on them."""

from __future__ import annotations

from dataclasses import field

from desktop.model.indicator import Indicator
from desktop.model.period import Period
from desktop.model.target import Binding, Target
from desktop.model.verdict import VERDICT_LABELS
from desktop.progress import (
    BINDING_LABELS,
    Shown,
    show_verdict,
    subject_of,
    unit_of_change,
)
from desktop.validation import CheckContext, disputed, judged_here
from desktop.values import dataclass
from desktop.workspace.form.form_session import FormSession


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """A target as a unit sees it. `own`: the unit's own, not the district's.

    `shown` holds figures in `unit`, gap and pace in `change_unit`; it is empty like `verdict` where this unit
    alone doesn't supply what is judged. `basis` names the period whose figure was judged where that isn't the
    form's own, and at a year's end, where 年报 takes the place of the last quarter.
    """

    target: Target
    own: bool
    unit: str
    change_unit: str
    binding: str
    verdict: str = ""
    basis: str = ""
    year: int | None = None
    shown: Shown = field(default_factory=Shown)


def target_standings(session: FormSession, element: str) -> tuple[TargetStanding, ...]:
    """Targets that bear on an element, the unit's own first; readings that contradict each other are the
    consolidator's matter.
    """
    plan, unit = session.plan, session.form.unit.id
    measures = {element, *(indicator.id for indicator in _of_element(session, element))}
    doubted = disputed(plan)
    bearing = [
        target
        for target in plan.targets_on(session.form.period.end)
        if not measures.isdisjoint((target.indicator, target.element, *target.plus))
        and target.unit_id in (None, plan.district.id, unit)
        and (target.main or target.id not in doubted)
    ]
    context = session.context
    own_first = sorted(bearing, key=lambda target: target.unit_id != unit)
    return tuple(_standing(context, target) for target in own_first)


def _of_element(session: FormSession, element: str) -> list[Indicator]:
    """Indicators of which an element is a part, or which it states."""
    return [
        indicator
        for indicator in session.plan.indicators
        if element in (*indicator.numerator, *indicator.denominator, indicator.main_source.stated)
    ]


def _standing(context: CheckContext, target: Target) -> TargetStanding:
    own = target.unit_id == context.form.unit.id
    subject = subject_of(context.plan, target)
    binding = BINDING_LABELS[target.binding] if target.binding is not Binding.UNSTATED else ""
    judged = judged_here(context, target)
    if judged is None:
        unit = subject.unit if subject else target.unit
        return TargetStanding(target, own, unit, unit_of_change(unit), binding)
    verdict = judged.verdict
    said = bool(verdict.basis) and (verdict.basis != str(context.period) or context.period.is_year_end)
    return TargetStanding(
        target,
        own,
        judged.subject.unit,
        unit_of_change(judged.subject.unit),
        binding,
        VERDICT_LABELS[verdict.kind] + ("（超额）" if verdict.exceeded else ""),
        Period.parse(verdict.basis).label if said else "",
        verdict.year,
        show_verdict(target, judged.subject, verdict, context.plan.rounding),
    )
