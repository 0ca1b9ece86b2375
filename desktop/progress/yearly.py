"""Judging year by year: each-year targets, growth of each year, and 持续提高."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from desktop.model.indicator import Better
from desktop.model.period import Period, PeriodType
from desktop.model.target import Operator, Window
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
    base: Reported | None = None
    if case.target.operator is Operator.GROWTH_EACH_YEAR:
        base = _base(case, year)
        if base is None or base.value <= 0:
            why = "no_base" if base is None else "base_not_positive"
            return replace(
                case.unjudged(VerdictKind.NOT_COMPARABLE, why, None if current else year), year=year
            )
        demand = case.grown(base.value * (1 + (fraction_of(case.target.value) or Fraction(0)) / 100))
    if reported is None:
        return case.no_figure(final=not current, year=year)
    return _standing(case, year, demand, base, reported).verdict()


def _base(case: Case, year: int) -> Reported | None:
    """Last year's figure, for the first year the baseline."""
    last = case.known.of_year(year - 1)
    if last is not None or case.baseline is None or year - 1 != case.baseline_year:
        return last
    return Reported(case.baseline, Period(PeriodType.YEAR, year - 1))


def _standing(case: Case, year: int, demand: Demand, base: Reported | None, reported: Reported) -> Standing:
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
        pace_type=case.pace_type,
        baseline=base.value if base is not None else case.baseline,
        time_progress=case.time_progress() if year == case.period.year else None,
        year=year,
        incomplete=case.incomplete_in(reported) or case.incomplete_in(base, now=False),
    )


def _expected(case: Case, demand: Demand, base: Reported | None) -> Expected | None:
    """Inside a year: the year's figure in its in-year share; growth of a stock in a straight line."""
    if demand.goal is None or demand.is_range:
        return case.floor(demand)
    if case.subject.accumulates:
        return Expected(demand.goal * case.share())
    if base is None or case.subject.yearly:
        return Expected(demand.goal)
    gone = Fraction(case.period.number, case.period.per_year)
    return Expected(base.value + (demand.goal - base.value) * gone)


def improving(case: Case) -> tuple[Verdict, ...]:
    """Better than a year ago, or than the baseline where last year isn't known; each year where asked for."""
    if case.target.window is not Window.EACH_YEAR:
        return (_improvement(case, case.reported(), final=case.final),)
    last = min(case.period.year, case.target.due.year)
    if last < case.first_year:
        return (case.unjudged(VerdictKind.NO_TARGET, "before_start"),)
    return tuple(_improvement_of_year(case, year) for year in range(case.first_year, last + 1))


def _improvement_of_year(case: Case, year: int) -> Verdict:
    current = year == case.period.year and not case.period.is_year_end
    reported = case.known.of(case.period) if current else case.known.of_year(year)
    return replace(_improvement(case, reported, final=not current), year=year)


def _improvement(case: Case, reported: Reported | None, *, final: bool) -> Verdict:
    if reported is None:
        return case.no_figure(final=final)
    before = _year_ago(case, reported)
    if before is None:
        verdict = case.unjudged(VerdictKind.NOT_COMPARABLE, "no_base")
        return replace(verdict, value=decimal_of(reported.value), basis=str(reported.basis))
    change = reported.value - before.value
    if case.subject.better is Better.LOWER:
        change = -change
    return Verdict(
        case.target.id,
        _improved(change, final=final),
        value=decimal_of(reported.value),
        expected=decimal_of(before.value),
        gap=decimal_of(-change),
        incomplete=case.incomplete_in(reported) or case.incomplete_in(before, now=False),
        basis=str(reported.basis),
    )


def _year_ago(case: Case, reported: Reported) -> Reported | None:
    """The year before's figure; the baseline where that isn't known, and never for a part of a year."""
    last = case.known.of(reported.basis.same_last_year)
    if last is not None or case.baseline is None or (case.subject.yearly and not reported.basis.is_year_end):
        return last
    return Reported(case.baseline, Period(PeriodType.YEAR, case.baseline_year))


def _improved(change: Fraction, *, final: bool) -> VerdictKind:
    if final:
        return VerdictKind.ACHIEVED if change > 0 else VerdictKind.MISSED
    if change == 0:
        return VerdictKind.BEHIND
    return VerdictKind.ON_TRACK if change > 0 else VerdictKind.REGRESSED
