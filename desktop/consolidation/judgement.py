"""Verdicts on every target of the plan, from the accepted sections of all periods.

Every reading of a contradiction is judged; nobody picks one here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.consolidation.indicators import IndicatorValue, Ledger
from desktop.consolidation.over_time import break_between, elements_then, section_then, value_then
from desktop.model.decimals import total
from desktop.model.indicator import Indicator, Source
from desktop.model.period import Period, PeriodType
from desktop.model.plan import Plan
from desktop.model.submission import ItemReport, ItemStatus, Section
from desktop.model.target import Contradiction, Operator, Place, Target, Window
from desktop.model.unit import Unit
from desktop.model.verdict import Verdict, VerdictKind
from desktop.progress import indicator_value, judge, judge_milestone


@dataclass(frozen=True, slots=True)
class Series:
    """What is known of one figure over time; `incomplete` are the periods in which someone was missing."""

    values: Mapping[Period, Decimal]
    incomplete: frozenset[Period] = frozenset()


@dataclass(frozen=True, slots=True)
class JudgedTarget:
    """A target with its verdicts: one, or one per year for each-year targets. `value` is this period's
    figure.
    """

    target: Target
    verdicts: tuple[Verdict, ...]
    value: Decimal | None = None

    @property
    def verdict(self) -> Verdict:
        """The verdict that stands for the period."""
        return self.verdicts[-1]


@dataclass(frozen=True, slots=True)
class Reading:
    """One statement of a contradiction: its id, where the plan makes it, and the target judged for it."""

    statement: str
    place: Place
    judged: JudgedTarget


@dataclass(frozen=True, slots=True)
class JudgedContradiction:
    """A subject on which the plan contradicts itself, with all readings side by side."""

    contradiction: Contradiction
    readings: tuple[Reading, ...]


def indicator_series(ledger: Ledger, indicator: Indicator, source: Source, period: Period) -> Series:
    """The indicator's figures from one source up to the period, and the year's own that ends with it."""
    return _series(ledger, period, lambda then: _figure(value_then(ledger, indicator, source, then, period)))


def element_series(ledger: Ledger, element: str, period: Period, *, from_units: bool | None = None) -> Series:
    """A data element's figures in its typed unit: its owners' where it has any, else the units' sum."""
    return _series(ledger, period, lambda then: district_figure(ledger, element, then, from_units=from_units))


def district_figure(
    ledger: Ledger, element: str, period: Period, *, from_units: bool | None = None
) -> tuple[Decimal | None, bool]:
    """A data element for the district, and whether someone is missing in it."""
    owned = bool(ledger.plan.owners(ledger.plan.element(element)))
    if from_units if from_units is not None else not owned:
        total = ledger.total(element, period)
        return total.net, bool(total.coverage.missing)
    said = ledger.department(element, period)
    return said.value, bool(said.coverage.missing)


def judge_targets(ledger: Ledger, period: Period) -> tuple[JudgedTarget, ...]:
    """Every target of the plan that judges something in force at the period's end, in the plan's order."""
    return tuple(judge_target(ledger, target, period) for target in ledger.plan.targets_on(period.end))


def judge_target(ledger: Ledger, target: Target, period: Period) -> JudgedTarget:
    """One target, from the main source of what it judges."""
    if target.operator is Operator.COMPLETE and target.items:
        reports = latest_reports(ledger, target.items, period)
        return JudgedTarget(target, (judge_milestone(target, reports, period),))
    series = _comparable(ledger.plan, target, period, _series_of(ledger, target, period))
    return JudgedTarget(target, judged(ledger.plan, target, period, series), series.values.get(period))


def _comparable(plan: Plan, target: Target, period: Period, series: Series) -> Series:
    """Without last year's figure where a definition changed since: a fall from it wouldn't be one.

    Only where last year serves for comparison; what a target adds up or judges by itself stays.
    """
    then = period.same_last_year
    if target.window is not Window.AT_DATE or then.year == target.due.year or then not in series.values:
        return series
    indicator = plan.indicator(target.indicator) if target.indicator is not None else None
    parts = (*indicator.numerator, *indicator.denominator) if indicator else (target.element, *target.plus)
    if break_between(plan, [id_ for id_ in parts if id_ is not None], then, period) is None:
        return series
    values = {of: value for of, value in series.values.items() if of != then}
    return Series(values, series.incomplete - {then})


def judged(plan: Plan, target: Target, period: Period, series: Series) -> tuple[Verdict, ...]:
    """The verdicts of one target on a series."""
    found = judge(
        plan,
        target,
        period,
        series.values,
        incomplete=period in series.incomplete,
        incomplete_periods=series.incomplete,
    )
    return found or (Verdict(target.id, VerdictKind.NO_DATA),)


def judge_contradictions(plan: Plan, targets: tuple[JudgedTarget, ...]) -> tuple[JudgedContradiction, ...]:
    """The plan's contradictions with the verdicts of their readings."""
    readings = {
        statement: Reading(statement, place, entry)
        for entry in targets
        for statement, place in (
            (entry.target.id, entry.target.place),
            *((quoted.id, quoted.place) for quoted in entry.target.quotations),
        )
    }
    return tuple(
        JudgedContradiction(found, tuple(readings[id_] for id_ in found.statements if id_ in readings))
        for found in plan.contradictions
    )


def latest_reports(ledger: Ledger, items: tuple[int, ...], period: Period) -> dict[int, ItemReport]:
    """Each item's last report by its leading unit up to the period; 本期无新进展 leaves the one before
    standing.
    """
    found = {}
    for number in items:
        lead = ledger.plan.lead(ledger.plan.item(number)) if ledger.plan.has_item(number) else None
        report = _latest_report(ledger, lead, number, period) if lead is not None else None
        if report is not None:
            found[number] = report
    return found


def _latest_report(ledger: Ledger, lead: str, number: int, period: Period) -> ItemReport | None:
    without_news: ItemReport | None = None
    for then in sorted((p for p in ledger.accepted if p <= period), reverse=True):
        section = ledger.accepted[then].get(lead)
        report = section.items.get(number) if section is not None else None
        if report is None or report.status is ItemStatus.NOT_SAID:
            continue
        if report.status is not ItemStatus.NO_NEWS:
            return report
        without_news = without_news or report
    return without_news


def _series_of(ledger: Ledger, target: Target, period: Period) -> Series:
    plan = ledger.plan
    if target.unit_id is not None and target.unit_id != plan.district.id:
        return _series_of_unit(ledger, target, target.unit_id, period)
    if target.indicator is not None:
        indicator = plan.indicator(target.indicator)
        return indicator_series(ledger, indicator, indicator.main_source, period)
    if target.element is not None:
        parts = (target.element, *target.plus)
        return _series(
            ledger,
            period,
            lambda then: _sum_of(
                district_figure(ledger, id_, then)
                for part in parts
                for id_ in elements_then(plan, part, then, period)
            ),
        )
    return Series({})


def _sum_of(parts: Iterable[tuple[Decimal | None, bool]]) -> tuple[Decimal | None, bool]:
    """The sum of several figures; None while one is missing."""
    found = tuple(parts)
    known = [value for value, _ in found if value is not None]
    partial = any(partial for _, partial in found)
    return (total(known) if len(known) == len(found) else None), partial


def _series_of_unit(ledger: Ledger, target: Target, unit_id: str, period: Period) -> Series:
    """One unit's own figures: it alone reports them, so none is 未汇全."""
    unit = ledger.plan.unit(unit_id)

    def figure(then: Period) -> tuple[Decimal | None, bool]:
        before = section_then(ledger, unit.id, then, period)
        if target.indicator is not None:
            return _own_value(ledger, ledger.plan.indicator(target.indicator), unit, then, before), False
        section = before or ledger.figures(then).get(unit.id)
        if section is None or target.element is None:
            return None, False
        parts = (target.element, *target.plus)
        return _sum_of((section.figure(id_).amount, False) for id_ in parts)

    return _series(ledger, period, figure)


def _own_value(
    ledger: Ledger, indicator: Indicator, unit: Unit, then: Period, before: Section | None
) -> Decimal | None:
    """A unit's own figure of an indicator; a department's from what it enters and from shared figures.

    `before` holds its predecessors' figures, where it had some then.
    """
    if ledger.plan.is_territorial(unit):
        return ledger.own_value(indicator, unit, then, before).value
    section = before or ledger.figures(then).get(unit.id)
    if section is None:
        return None
    if indicator.main_source.stated is not None:
        return section.figure(indicator.main_source.stated).amount
    amounts = {id_: section.figure(id_).amount for id_ in (*indicator.numerator, *indicator.denominator)}
    for element in indicator.denominator:
        if amounts[element] is None and (known := ledger.shared(element, then)) is not None:
            amounts[element] = known.value
    return indicator_value(indicator, amounts)


def _series(
    ledger: Ledger, period: Period, figure: Callable[[Period], tuple[Decimal | None, bool]]
) -> Series:
    """Figures up to the period. A year's own (年报) counts before it is asked for, and in the place of a
    complete one of the year's last quarter or month, only when nobody is missing in it: until then it isn't
    accepted.
    """
    values: dict[Period, Decimal] = {}
    incomplete: set[Period] = set()
    for then in sorted(ledger.accepted):
        if then.end > period.end:
            continue
        value, partial = figure(then)
        if value is None or (partial and (then > period or _whole_without(then, values, incomplete, period))):
            continue
        values[then] = value
        if partial:
            incomplete.add(then)
    return Series(values, frozenset(incomplete))


def _whole_without(
    then: Period, values: Mapping[Period, Decimal], incomplete: Collection[Period], period: Period
) -> bool:
    """Whether a past year is known whole from its last quarter or month."""
    if then.type is not PeriodType.YEAR or then == period:
        return False
    last = (then.last_within(type_) for type_ in (PeriodType.QUARTER, PeriodType.MONTH))
    return any(before in values and before not in incomplete for before in last)


def _figure(value: IndicatorValue) -> tuple[Decimal | None, bool]:
    return value.value, value.incomplete
