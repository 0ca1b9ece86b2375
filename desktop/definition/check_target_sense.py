"""Checks of single targets: windows, operators, paths and dates that mean nothing together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from desktop.definition.places import Where, entry_of, plan_error, plan_finding
from desktop.model.catalogue.target_messages import FIELD_LABELS, OPERATOR_LABELS, WHY, WINDOW_LABELS
from desktop.model.decimals import canonical
from desktop.model.finding import Finding, Severity
from desktop.model.indicator import Better
from desktop.model.plan import Plan
from desktop.model.target import Operator, PathKind, Target, Window
from desktop.progress import Subject, subject_of

_MEANINGLESS: dict[tuple[Operator, Window], str] = {
    (Operator.CAGR, Window.EACH_YEAR): "每年增长（growth_each_year）",
    (Operator.CAGR, Window.OVER_PLAN): "年末（at_date）",
    (Operator.CAGR, Window.ONCE): "年末（at_date）",
    (Operator.GROWTH_EACH_YEAR, Window.OVER_PLAN): "每年（each_year）",
    (Operator.GROWTH_EACH_YEAR, Window.ONCE): "每年（each_year）",
    (Operator.IMPROVE, Window.OVER_PLAN): "每年（each_year）",
    (Operator.IMPROVE, Window.ONCE): "每年（each_year）",
    (Operator.COMPLETE, Window.EACH_YEAR): "年末（at_date）",
    (Operator.COMPLETE, Window.OVER_PLAN): "年末（at_date）",
}
_WITH_MAXIMUM = frozenset({Operator.AT_MOST, Operator.WITHIN, Operator.BUILD})
_WITHOUT_PATH = frozenset({Operator.WITHIN, Operator.GROWTH_EACH_YEAR, Operator.IMPROVE, Operator.COMPLETE})
_YEARLY_WINDOWS = frozenset({Window.EACH_YEAR, Window.OVER_PLAN})
_UPWARDS = frozenset({Operator.AT_LEAST, Operator.ABOVE, Operator.BUILD})
_STEPPED = frozenset({PathKind.STEPS, PathKind.MILESTONES})
_BETTER = {Better.HIGHER: "越高越好", Better.LOWER: "越低越好"}


def check_sense(plan: Plan, target: Target) -> Iterator[Finding]:
    """What one target's own fields demand of each other; its references are known to lead somewhere."""
    subject = subject_of(plan, target)
    yield from _combination(target, subject)
    yield from _unused(target)
    yield from _dates(plan, target)
    if _follows(target):
        yield from _steps(plan, target)
    if subject is not None:
        yield from _baseline(target, subject)
        yield from _direction(plan, target)


def _combination(target: Target, subject: Subject | None) -> Iterator[Finding]:
    at = entry_of("targets", target.id, "window")
    instead = _MEANINGLESS.get((target.operator, target.window))
    if instead is not None:
        yield plan_error(
            "plan.target_combination",
            at,
            name=target.name,
            operator=OPERATOR_LABELS[target.operator.value],
            window=WINDOW_LABELS[target.window.value],
            instead=instead,
        )
    elif target.window is Window.OVER_PLAN and subject is not None and not subject.accumulates:
        yield plan_finding("plan.target_over_plan_stock", Severity.WARNING, at, name=target.name)


def _unused(target: Target) -> Iterator[Finding]:
    """Fields that were filled in and that this kind of target doesn't look at."""
    yearly = target.window in _YEARLY_WINDOWS or target.operator is Operator.GROWTH_EACH_YEAR
    unused = {
        "value_max": target.value_max is not None and target.operator not in _WITH_MAXIMUM,
        "opening": target.opening is not None and target.window is not Window.OVER_PLAN,
        "path": (target.path.kind is not PathKind.LINEAR or bool(target.path.steps)) and not _follows(target),
        "starts": target.starts is not None and not yearly,
    }
    for field in (name for name, is_unused in unused.items() if is_unused):
        where = entry_of("targets", target.id, field)
        yield plan_finding(
            "plan.target_unused", Severity.WARNING, where, name=target.name, field=FIELD_LABELS[field]
        )


def _follows(target: Target) -> bool:
    """Whether a path leads to the target, and one of this kind."""
    if target.operator in _WITHOUT_PATH or target.window in (Window.EACH_YEAR, Window.ONCE):
        return False
    if target.operator is Operator.CAGR and target.path.kind in _STEPPED:
        return False
    return target.path.kind in _STEPPED or not target.path.steps


def _dates(plan: Plan, target: Target) -> Iterator[Finding]:
    at, date = entry_of("targets", target.id, "due"), target.due.isoformat()
    if not plan.first_year <= target.due.year <= plan.last_year:
        years = f"{plan.first_year}—{plan.last_year}"
        yield plan_finding(
            "plan.target_due_outside", Severity.WARNING, at, name=target.name, date=date, years=years
        )
    growing = target.operator in (Operator.CAGR, Operator.GROWTH_EACH_YEAR)
    if growing and (target.due.month, target.due.day) != (12, 31):
        yield plan_finding("plan.target_growth_due", Severity.WARNING, at, name=target.name, date=date)


def _steps(plan: Plan, target: Target) -> Iterator[Finding]:
    at = entry_of("targets", target.id).at("path").at("steps")
    since = target.path.baseline_year if target.path.baseline_year is not None else plan.baseline_year
    years = [year for year, _ in target.path.steps]
    for year in sorted({year for year in years if years.count(year) > 1}):
        yield plan_error("plan.target_step_repeated", at, name=target.name, year=str(year))
    for year in (year for year in years if not since < year <= target.due.year):
        yield plan_finding(
            "plan.target_step_outside",
            Severity.WARNING,
            at,
            name=target.name,
            year=str(year),
            first=str(since + 1),
            last=str(target.due.year),
        )
    yield from _turns(target, at)


def _turns(target: Target, at: Where) -> Iterator[Finding]:
    """The first step that goes against the way from the path's start to its goal."""
    goal = target.value if target.value is not None else target.value_max
    steps = sorted(target.path.steps)
    if goal is None or not steps:
        return
    first = target.baseline if target.baseline is not None else target.opening
    way = [*([] if first is None else [(0, first)]), *steps, (target.due.year, goal)]
    down = way[-1][1] < way[0][1]
    for (_, before), (year, value) in pairwise(way):
        if (value > before) if down else (value < before):
            yield plan_finding(
                "plan.target_steps_turn",
                Severity.WARNING,
                at,
                name=target.name,
                year=str(year),
                value=canonical(value),
                before=canonical(before),
            )
            return


def _baseline(target: Target, subject: Subject) -> Iterator[Finding]:
    """Growth can't be judged without a baseline; a path needs one to be compared with before its end."""
    if target.baseline is not None or target.window is not Window.AT_DATE:
        return
    at = entry_of("targets", target.id, "baseline")
    if target.operator is Operator.CAGR:
        severity, effect = Severity.WARNING, WHY["cagr"]
    elif target.operator in (Operator.AT_LEAST, Operator.ABOVE) and target.path.kind not in _STEPPED:
        severity, effect = Severity.NOTICE, WHY["path"]
    else:
        return
    if target.operator is Operator.CAGR or (target.opening is None and not subject.monitor_only):
        yield plan_finding("plan.target_no_baseline", severity, at, name=target.name, effect=effect)


def _direction(plan: Plan, target: Target) -> Iterator[Finding]:
    if target.indicator is None:
        return
    better = plan.indicator(target.indicator).better
    against = target.operator in _UPWARDS if better is Better.LOWER else target.operator is Operator.AT_MOST
    if against:
        yield plan_finding(
            "plan.target_direction",
            Severity.WARNING,
            entry_of("targets", target.id, "operator"),
            name=plan.indicator(target.indicator).name,
            better=_BETTER[better],
            operator=OPERATOR_LABELS[target.operator.value],
        )
