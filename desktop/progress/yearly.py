"""Judging year by year: each-year targets, growth of each year, and 持续提高."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from desktop.model.indicator import Better
from desktop.model.target import Operator
from desktop.model.verdict import Verdict, VerdictKind
from desktop.progress.case import Case
from desktop.progress.expected import Expected, decimal_of, fraction_of
from desktop.progress.known import Reported
from desktop.progress.standing import Demand, Standing


def each_year(case: Case) -> tuple[Verdict, ...]:
    """A verdict per year up to the period's; a missed year stays missed."""
    last = min(case.period.year, case.target.due.year)
    if last < case.first_year:
        return (case.unjudged(VerdictKind.NO_TARGET, "before_start"),)
    return tuple(_one_year(case, year) for year in range(case.first_year, last + 1))


def _one_year(case: Case, year: int) -> Verdict:
    current = year == case.period.year and not case.period.is_year_end
    reported = case.known.of(case.period) if current else case.known.of_year(year)
    demand = case.demand()
    base: Fraction | None = None
    if case.target.operator is Operator.GROWTH_EACH_YEAR:
        base = _base(case, year)
        if base is None or base <= 0:
            why = "no_base" if base is None else "base_not_positive"
            return replace(
                case.unjudged(VerdictKind.NOT_COMPARABLE, why, None if current else year), year=year
            )
        demand = Demand(low=base * (1 + (fraction_of(case.target.value) or Fraction(0)) / 100))
    if reported is None:
        return case.no_figure(final=not current, year=year)
    return _standing(case, year, demand, base, reported).verdict()


def _base(case: Case, year: int) -> Fraction | None:
    """Last year's figure, for the first year the baseline."""
    last = case.known.of_year(year - 1)
    if last is not None:
        return last.value
    return case.baseline if year - 1 == case.baseline_year else None


def _standing(case: Case, year: int, demand: Demand, base: Fraction | None, reported: Reported) -> Standing:
    current = year == case.period.year and not case.period.is_year_end
    return Standing(
        case.target,
        case.subject,
        reported,
        demand,
        _expected(case, demand, base) if current else None,
        case.references(case.baseline) if current else (),
        final=not current,
        partial=current and case.subject.accumulates,
        periods_left=case.left_in_year() if current else 0,
        baseline=case.baseline,
        time_progress=case.time_progress() if year == case.period.year else None,
        year=year,
        incomplete=case.incomplete_in(reported),
    )


def _expected(case: Case, demand: Demand, base: Fraction | None) -> Expected | None:
    """Inside a year: the year's figure in its in-year share; growth of a stock in a straight line."""
    if demand.goal is None or demand.is_range:
        return None
    if case.subject.accumulates:
        return Expected(demand.goal * case.known.share(case.period))
    if base is None or case.subject.yearly:
        return Expected(demand.goal)
    return Expected(base + (demand.goal - base) * Fraction(case.period.number, case.period.per_year))


def improving(case: Case) -> Verdict:
    """Better than a year ago, or than the baseline where last year isn't known."""
    reported = case.reported()
    if reported is None:
        return case.no_figure(final=case.final)
    before = _year_ago(case, reported)
    if before is None:
        return case.unjudged(VerdictKind.NOT_COMPARABLE, "no_base")
    change = reported.value - before
    if case.subject.better is Better.LOWER:
        change = -change
    return Verdict(
        case.target.id,
        _improved(change, final=case.final),
        value=decimal_of(reported.value),
        expected=decimal_of(before),
        gap=decimal_of(-change),
        incomplete=case.incomplete_in(reported),
        basis=str(reported.basis),
    )


def _year_ago(case: Case, reported: Reported) -> Fraction | None:
    last = case.known.of(reported.basis.same_last_year)
    if last is not None:
        return last.value
    return None if case.subject.yearly and not reported.basis.is_year_end else case.baseline


def _improved(change: Fraction, *, final: bool) -> VerdictKind:
    if final:
        return VerdictKind.ACHIEVED if change > 0 else VerdictKind.MISSED
    if change == 0:
        return VerdictKind.BEHIND
    return VerdictKind.ON_TRACK if change > 0 else VerdictKind.REGRESSED
