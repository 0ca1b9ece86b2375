"""Verdicts: a series of figures against a target, at one period.

A figure that satisfies the target counts as achieved at once; from the due date on there is only achieved or
missed. Before it, regressed is said before the comparison with the path.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.target import Operator, Target, Window
from desktop.model.verdict import Verdict, VerdictKind
from desktop.progress.case import Case
from desktop.progress.known import Known
from desktop.progress.measures import subject_of
from desktop.progress.windows import at_date, once, over_plan
from desktop.progress.yearly import each_year, improving


def judge(
    plan: Plan,
    target: Target,
    period: Period,
    series: Mapping[Period, Decimal],
    *,
    incomplete: bool = False,
    incomplete_periods: Collection[Period] = (),
) -> tuple[Verdict, ...]:
    """The verdicts of a target at `period`: one, or one per year for each-year targets.

    `series` holds what is known: values in the indicator's unit, or in the element's typed unit; a year's
    own figure (年报) only once it is accepted. Periods later than `period` are not looked at, but for the
    year's own figure at its end. `incomplete` marks the figure of `period`, `incomplete_periods` others.
    The figures of a verdict are in `subject_of(plan, target).unit`. `pace` of a flow is what each period
    left of the year has to bring; at the end of a year before the due one there is none. At a year's own
    period (年报) it is told in periods of the plan's main type (`pace_per`).
    """
    subject = subject_of(plan, target)
    if subject is None:
        return (Verdict(target.id, VerdictKind.NO_DATA, reason="no_measure"),)
    known = Known(series, subject.factor)
    case = Case(plan, target, subject, period, known, incomplete, frozenset(incomplete_periods))
    if subject.monitor_only:
        return (case.unjudged(VerdictKind.MONITOR_ONLY, ""),)
    if target.operator is Operator.IMPROVE:
        return improving(case)
    if target.value is None and target.value_max is None:
        return (case.unjudged(VerdictKind.NO_TARGET, "no_value"),)
    if target.operator is Operator.GROWTH_EACH_YEAR or target.window is Window.EACH_YEAR:
        return each_year(case)
    if target.window is Window.OVER_PLAN and subject.accumulates:
        return (over_plan(case),)
    return (once(case) if target.window is Window.ONCE else at_date(case),)
