"""Judging over the windows that end once: at a date, over the plan, once."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from desktop.model.target import Operator
from desktop.model.verdict import Verdict, VerdictKind
from desktop.progress.case import Case
from desktop.progress.expected import Expected, fraction_of
from desktop.progress.known import Reported
from desktop.progress.paths import Course
from desktop.progress.standing import Demand, Standing


def at_date(case: Case) -> Verdict:
    """A figure to be reached at the due date, along a path from the baseline."""
    start, demand = case.start(), case.demand()
    if case.target.operator is Operator.CAGR:
        if start is None or start <= 0:
            why = "no_baseline" if start is None else "base_not_positive"
            return case.unjudged(VerdictKind.NOT_COMPARABLE, why)
        demand = _grown(case, start)
    reported = case.reported()
    if reported is None:
        return case.no_figure(final=case.final)
    return _on_course(case, case.course(demand, start), demand, reported).verdict()


def _grown(case: Case, start: Fraction) -> Demand:
    """What yearly growth at the target's rate makes of the baseline by the due year."""
    rate = 1 + (fraction_of(case.target.value) or Fraction(0)) / 100
    return case.grown(start * rate ** (case.target.due.year - case.baseline_year))


def _on_course(case: Case, course: Course | None, demand: Demand, reported: Reported) -> Standing:
    """The figure beside its path; paths of a year's figures are set on year totals."""
    expected: Expected | None = None
    required: Fraction | None = None
    left = 0 if case.final else case.left_to_due()
    if course is not None and not case.final:
        expected = course.of_year(case.period.year) if case.subject.yearly else course.at(case.period)
        if case.subject.accumulates and expected is not None:
            required = expected.fraction()
            expected = expected.times(case.share())
    elif demand.is_range and case.period.year == case.target.due.year and not case.final:
        expected = case.floor(demand)
    if case.subject.accumulates:
        left = case.left_in_year()
    old = case.final and reported.basis.year != case.period.year
    return Standing(
        case.target,
        case.subject,
        reported,
        demand,
        expected,
        case.references(case.start()),
        final=case.final,
        partial=case.partial and not case.final,
        periods_left=left,
        pace_type=case.pace_type,
        required=required,
        baseline=case.baseline,
        time_progress=None if old else case.time_progress(),
        incomplete=case.incomplete_in(reported),
    )


def over_plan(case: Case) -> Verdict:
    """Year totals added up with the current year to date and with what was there before."""
    last = min(case.period.year, case.target.due.year)
    if last < case.first_year:
        return case.unjudged(VerdictKind.NO_TARGET, "before_start")
    parts: list[Reported] = []
    for year in range(case.first_year, last + 1):
        current = year == case.period.year and not case.final
        part = case.known.of(case.period) if current else case.known.of_year(year)
        if part is None and current:
            return case.no_figure(final=False)
        if part is None:
            return case.unjudged(VerdictKind.NO_DATA, "year_missing", year)
        parts.append(part)
    return _summed(case, parts).verdict()


def _summed(case: Case, parts: list[Reported]) -> Standing:
    opening, demand = fraction_of(case.target.opening) or Fraction(0), case.demand()
    value = Reported(opening + sum((part.value for part in parts), Fraction(0)), parts[-1].basis)
    expected = None
    if demand.goal is not None and not demand.is_range and not case.final:
        start = demand.goal if demand.downwards else opening
        since = case.first_year - 1
        course = Course(case.target.path, case.target.path.kind, start, demand.goal, case.target.due, since)
        expected = _cumulative(case, course)
    return Standing(
        case.target,
        case.subject,
        value,
        demand,
        expected,
        final=case.final,
        partial=True,
        periods_left=case.left_to_due(),
        pace_type=case.pace_type,
        incomplete=case.incomplete_in(*parts),
    )


def _cumulative(case: Case, course: Course) -> Expected | None:
    """Last year's end of the path, and this year's step in its in-year share."""
    before, after = course.of_year(case.period.year - 1), course.of_year(case.period.year)
    if before is None or after is None:
        return None
    step = after.fraction() - before.fraction()
    return Expected(before.fraction() + step * case.share())


def once(case: Case) -> Verdict:
    """Something to be set up once: any figure up to the due date that satisfies it settles it."""
    demand = case.demand()
    figures = case.known.until(min(case.period.end, case.target.due))
    if not figures:
        return case.no_figure(final=case.final)
    met = next((figure for figure in figures if demand.met(figure.value)), None)
    shown = met or figures[-1]
    settled = Standing(
        case.target, case.subject, shown, demand, final=True, incomplete=case.incomplete_in(shown)
    ).verdict()
    if met is None and not case.final:
        return replace(settled, kind=VerdictKind.ON_TRACK, reason="before_due")
    return settled
