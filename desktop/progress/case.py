"""One target at one period, with the figures known: what the judgement of every window needs."""

from __future__ import annotations

from fractions import Fraction

from desktop.model.indicator import Better
from desktop.model.period import Period, PeriodType
from desktop.model.plan import Plan
from desktop.model.target import Operator, PathKind, Target
from desktop.model.verdict import Verdict, VerdictKind
from desktop.progress.expected import Expected, decimal_of, fraction_of
from desktop.progress.known import Known, Reported
from desktop.progress.measures import Subject
from desktop.progress.paths import Course
from desktop.progress.standing import Demand
from desktop.values import dataclass


def pace_type(plan: Plan, period: Period) -> PeriodType:
    """The periods in which a pace is told: the period's own, at a year (年报) the plan's main type."""
    if period.type is not PeriodType.YEAR:
        return period.type
    return next((type_ for type_ in plan.period_types if type_ is not PeriodType.YEAR), PeriodType.YEAR)


@dataclass(frozen=True, slots=True)
class Case:
    """One target at one period. `incomplete_periods` are those whose figures are 未汇全."""

    plan: Plan
    target: Target
    subject: Subject
    period: Period
    known: Known
    incomplete: bool
    incomplete_periods: frozenset[Period]

    @property
    def final(self) -> bool:
        """Whether the due date has come."""
        return self.period.end >= self.target.due

    @property
    def partial(self) -> bool:
        """Whether the period's figure is only part of its year's."""
        return self.subject.accumulates and not self.period.is_year_end

    @property
    def first_year(self) -> int:
        """The first year that each-year and over-plan targets count."""
        return self.target.starts.year if self.target.starts else self.plan.first_year

    @property
    def baseline_year(self) -> int:
        """The year at whose end the baseline stood."""
        own = self.target.path.baseline_year
        return self.plan.baseline_year if own is None else own

    @property
    def baseline(self) -> Fraction | None:
        """The target's baseline."""
        return fraction_of(self.target.baseline)

    def start(self) -> Fraction | None:
        """Where the path begins: the baseline, an opening balance, or zero for what is to be built."""
        if self.target.baseline is None and self.target.opening is not None:
            return fraction_of(self.target.opening)
        if self.target.baseline is None and self.target.operator is Operator.BUILD:
            return Fraction(0)
        return self.baseline

    def reported(self) -> Reported | None:
        """The figure that speaks: the period's before the due date, from then on the one at that date."""
        return self.known.at_due(self.target.due) if self.final else self.known.of(self.period)

    def demand(self) -> Demand:
        """What the target's own figures ask for."""
        low, high = fraction_of(self.target.value), fraction_of(self.target.value_max)
        match self.target.operator:
            case Operator.AT_MOST:
                return Demand(high=low if low is not None else high)
            case Operator.WITHIN:
                return Demand(low=low, high=high)
            case Operator.BUILD:
                return Demand(low=low, full=high if high is not None else low)
            case operator:
                return Demand(low=low, strict=operator is Operator.ABOVE)

    def course(self, demand: Demand, start: Fraction | None) -> Course | None:
        """The path to what is asked for; None for a range, to which no path leads."""
        if demand.goal is None or demand.is_range:
            return None
        kind = self.target.path.kind
        if self.target.operator is Operator.CAGR and kind is PathKind.LINEAR:
            kind = PathKind.COMPOUND  # a yearly growth is a compound path, whatever the plan's default
        if demand.downwards and start is None:
            start = demand.goal  # a limit without a baseline holds from the first day
        return Course(self.target.path, kind, start, demand.goal, self.target.due, self.baseline_year)

    def grown(self, goal: Fraction) -> Demand:
        """What growth asks for: where lower is better, the rate is a decline and its result a limit."""
        return Demand(high=goal) if self.subject.better is Better.LOWER else Demand(low=goal)

    def share(self) -> Fraction:
        """The in-year share at the period: last year's, unless someone was missing in it."""
        last = self.period.same_last_year
        found = (self.known.of(last), self.known.of_year(last.year))
        known = Known({}) if self.incomplete_in(*found, now=False) else self.known
        return known.share(self.period)

    def floor(self, demand: Demand) -> Expected | None:
        """What a year's figure should have of a range's lower limit by now; ranges have no other path."""
        if demand.low is None or not demand.is_range or not self.partial:
            return None
        return Expected(demand.low * self.share())

    def references(self, baseline: Fraction | None) -> tuple[Fraction, ...]:
        """Worse than one of these is regressed: the baseline for stocks; for figures of a year the same
        period of last year, and the baseline at year end only.
        """
        found = (
            [] if baseline is None or (self.subject.yearly and not self.period.is_year_end) else [baseline]
        )
        if self.subject.yearly and (last := self.known.of(self.period.same_last_year)) is not None:
            found.append(last.value)
        return tuple(found)

    def time_progress(self) -> Fraction | None:
        """时间进度, for figures of one year."""
        return Fraction(self.period.number, self.period.per_year) if self.subject.yearly else None

    def left_in_year(self) -> int:
        """Periods left until the year's end."""
        return self.period.per_year - self.period.number

    def left_to_due(self) -> int:
        """Periods of the pace's type left until the due date, begun ones counted."""
        due, at = self.target.due, self.period.end
        months = 12 * (due.year - at.year) + due.month - at.month
        return -(-months * Period(self.pace_type, at.year).per_year // 12)

    @property
    def pace_type(self) -> PeriodType:
        """The periods in which the pace is told."""
        return pace_type(self.plan, self.period)

    def incomplete_in(self, *reported: Reported | None, now: bool = True) -> bool:
        """Whether one of these figures is 未汇全; `now`: the period's own counts as one of them."""
        bases = {figure.basis for figure in reported if figure is not None}
        if not bases.isdisjoint(self.incomplete_periods):
            return True
        return now and self.incomplete and (not bases or any(basis.end == self.period.end for basis in bases))

    def unjudged(self, kind: VerdictKind, reason: str, year: int | None = None) -> Verdict:
        """A verdict without a comparison, with the figure where there is one."""
        reported = self.known.of(self.period) if year is None else self.known.of_year(year)
        return Verdict(
            self.target.id,
            kind,
            value=decimal_of(reported.value) if reported else None,
            year=year,
            incomplete=self.incomplete_in(reported),
            reason=reason,
            basis=str(reported.basis) if reported else "",
        )

    def no_figure(self, *, final: bool, year: int | None = None) -> Verdict:
        """No figure: missing at the due date, not asked for in this period, or not reported."""
        asked = not self.subject.due or self.period.slot in self.subject.due
        reason = "final_missing" if final else "not_reported" if asked else "not_due"
        return Verdict(
            self.target.id, VerdictKind.NO_DATA, year=year, incomplete=self.incomplete_in(None), reason=reason
        )
