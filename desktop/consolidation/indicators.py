"""Values of indicators by source: ratios are made from totals, never added or averaged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from desktop.consolidation.aggregation import (
    NO_COVERAGE,
    Accepted,
    DepartmentFigure,
    ElementTotal,
    Figures,
    TotalCoverage,
    department_figure,
    due_units,
    element_total,
)
from desktop.consolidation.denominators import SharedFigure, reference_figure, shared_figure
from desktop.model.decimals import EXACT, total
from desktop.model.indicator import Indicator, Source, SourceKind
from desktop.model.period import Period
from desktop.model.plan import Plan, ReferenceFigure
from desktop.model.submission import Section
from desktop.model.unit import Unit
from desktop.progress import indicator_value


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """An indicator's figure from one source, unrounded, in the indicator's unit.

    `numerator` and `denominator` are sums in typed units. `value` is None where `reason` says why: not_due,
    no_owner, no_report, owners_disagree, not_additive, no_units, no_denominator, zero_denominator, incomplete
    (withheld: a part of the numerator would be put over a whole denominator). `incomplete` is the mark
    未汇全, `stated` the mark 直报值. `by_unit` holds what each unit or department brought to the numerator;
    `paired` says that both sums were kept to the units that brought both.
    """

    indicator: str
    source: Source
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    coverage: TotalCoverage = NO_COVERAGE
    by_unit: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    denominators: tuple[SharedFigure, ...] = ()
    disputed: tuple[str, ...] = ()
    vintages: tuple[str, ...] = ()
    incomplete: bool = False
    stated: bool = False
    paired: bool = False
    reason: str = ""


class Ledger:
    """The accepted figures of a plan, asked for totals, shared figures and indicators; answers are kept."""

    def __init__(self, plan: Plan, accepted: Accepted, references: Iterable[ReferenceFigure] = ()) -> None:
        self.plan = plan
        self.accepted = accepted
        self.references = (*plan.references, *references)
        self._totals: dict[tuple[str, Period], ElementTotal] = {}
        self._departments: dict[tuple[str, Period], DepartmentFigure] = {}
        self._shared: dict[tuple[str, Period], SharedFigure | None] = {}
        self._values: dict[tuple[Indicator, Source, Period], IndicatorValue] = {}
        self._due: dict[tuple[str, Period], frozenset[str]] = {}

    def figures(self, period: Period) -> Figures:
        """Accepted sections of a period."""
        return self.accepted.get(period, {})

    def total(self, element: str, period: Period) -> ElementTotal:
        """An element over the units."""
        key = (element, period)
        if key not in self._totals:
            self._totals[key] = element_total(
                self.plan, self.plan.element(element), period, self.figures(period), earlier=self.accepted
            )
        return self._totals[key]

    def due(self, element: str, period: Period) -> frozenset[str]:
        """The territorial units that owe an element."""
        key = (element, period)
        if key not in self._due:
            found = due_units(self.plan, self.plan.element(element), period)
            self._due[key] = frozenset(unit.id for unit in found)
        return self._due[key]

    def department(self, element: str, period: Period) -> DepartmentFigure:
        """An element as its owners say it."""
        key = (element, period)
        if key not in self._departments:
            self._departments[key] = department_figure(
                self.plan, self.plan.element(element), period, self.figures(period)
            )
        return self._departments[key]

    def shared(self, element: str, period: Period) -> SharedFigure | None:
        """A shared figure of the district."""
        key = (element, period)
        if key not in self._shared:
            self._shared[key] = shared_figure(
                self.plan, self.plan.element(element), period, self.accepted, self.references
            )
        return self._shared[key]

    def value(self, indicator: Indicator, source: Source, period: Period) -> IndicatorValue:
        """An indicator's figure from one of its sources."""
        key = (indicator, source, period)
        if key not in self._values:
            self._values[key] = self._compute(indicator, source, period)
        return self._values[key]

    def own_value(
        self, indicator: Indicator, unit: Unit, period: Period, predecessors: Section | None = None
    ) -> IndicatorValue:
        """A unit's own figure; a ratio only where the plan allows it.

        `predecessors` holds what those brought whom the unit has succeeded since.
        """
        source = Source(SourceKind.UNITS, unit.short_name)
        section = predecessors or self.figures(period).get(unit.id)
        if indicator.is_ratio and not indicator.own_ratio:
            return IndicatorValue(indicator.id, source, reason="no_own_ratio")
        due = predecessors is not None or all(unit.id in self.due(e, period) for e in indicator.numerator)
        if not indicator.by_unit or not due:
            return IndicatorValue(indicator.id, source, reason="not_due")
        if section is None:
            return IndicatorValue(indicator.id, source, reason="no_report")
        amounts = {e: section.figure(e).amount for e in (*indicator.numerator, *indicator.denominator)}
        for element in indicator.denominator:
            if amounts[element] is None:
                known = reference_figure(element, unit.id, period, self.references)
                amounts[element] = known.value if known else None
        return _from_amounts(indicator, source, amounts, TotalCoverage((unit.id,), (unit.id,)))

    def _compute(self, indicator: Indicator, source: Source, period: Period) -> IndicatorValue:
        match source.kind:
            case SourceKind.STATED:
                return self._stated(indicator, source, period)
            case SourceKind.DEPARTMENTS:
                return self._over(
                    indicator, source, period, [self.department(e, period) for e in indicator.numerator]
                )
            case SourceKind.UNITS:
                if indicator.is_ratio and self._units_own_both(indicator, period):
                    return self._paired(indicator, source, period)
                return self._over(
                    indicator, source, period, [self.total(e, period) for e in indicator.numerator]
                )

    def _stated(self, indicator: Indicator, source: Source, period: Period) -> IndicatorValue:
        said = self.department(source.stated or indicator.numerator[0], period)
        return IndicatorValue(
            indicator=indicator.id,
            source=source,
            value=said.value,
            coverage=said.coverage,
            vintages=said.vintages,
            stated=True,
            reason=said.reason,
        )

    def _over(
        self,
        indicator: Indicator,
        source: Source,
        period: Period,
        parts: Sequence[ElementTotal | DepartmentFigure],
    ) -> IndicatorValue:
        """Sums of the numerator over the district's denominator."""
        amounts = {part.element: _amount(part) for part in parts}
        coverage = _joint(parts)
        result = IndicatorValue(
            indicator=indicator.id,
            source=source,
            coverage=coverage,
            by_unit=_by_unit(parts),
            disputed=_disputed(parts),
            vintages=tuple(sorted({vintage for part in parts for vintage in part.vintages})),
            incomplete=bool(coverage.due) and not coverage.complete,
        )
        reason = next((part.reason for part in parts if part.reason), "")
        if reason:
            return replace(result, reason=reason)
        shared = []
        for element in indicator.denominator:
            amounts[element], known = self._denominator(element, source, period)
            shared += [known] if known else []
        made = _from_amounts(indicator, source, amounts, coverage)
        withheld = indicator.is_ratio and result.incomplete and not made.reason
        return replace(
            result,
            value=None if withheld else made.value,
            numerator=made.numerator,
            denominator=made.denominator,
            denominators=tuple(shared),
            reason="incomplete" if withheld else made.reason,
        )

    def _denominator(
        self, element: str, source: Source, period: Period
    ) -> tuple[Decimal | None, SharedFigure | None]:
        if self.plan.element(element).shared:
            known = self.shared(element, period)
            return (known.value, known) if known else (None, None)
        if source.kind is SourceKind.UNITS and self.total(element, period).coverage.due:
            return self.total(element, period).net, None
        return self.department(element, period).value, None

    def _units_own_both(self, indicator: Indicator, period: Period) -> bool:
        parts = (*indicator.numerator, *indicator.denominator)
        return all(self.due(element, period) for element in parts)

    def _paired(self, indicator: Indicator, source: Source, period: Period) -> IndicatorValue:
        """Σ/Σ over the units that brought every part."""
        parts = [self.total(e, period) for e in (*indicator.numerator, *indicator.denominator)]
        reason = next((part.reason for part in parts if part.reason), "")
        due = [unit for unit in parts[0].coverage.due if all(unit in part.coverage.due for part in parts)]
        both = [unit for unit in due if all(unit in part.by_unit for part in parts)]
        coverage = TotalCoverage(tuple(due), tuple(both))
        amounts = {part.element: total([part.by_unit[u] for u in both]) if both else None for part in parts}
        made = _from_amounts(indicator, source, amounts, coverage)
        return replace(
            made,
            by_unit={u: total([p.by_unit[u] for p in parts[: len(indicator.numerator)]]) for u in both},
            disputed=_disputed(parts),
            vintages=tuple(sorted({vintage for part in parts for vintage in part.vintages})),
            incomplete=bool(coverage.due) and not coverage.complete,
            paired=True,
            reason=reason or made.reason,
            value=None if reason else made.value,
        )


def _from_amounts(
    indicator: Indicator, source: Source, amounts: Mapping[str, Decimal | None], coverage: TotalCoverage
) -> IndicatorValue:
    top = _sum(amounts[e] for e in indicator.numerator)
    bottom = _sum(amounts[e] for e in indicator.denominator) if indicator.is_ratio else None
    reason = ""
    if top is None:
        reason = "no_report"
    elif indicator.is_ratio and bottom is None:
        reason = "no_denominator"
    elif indicator.is_ratio and bottom == 0:
        reason = "zero_denominator"
    return IndicatorValue(
        indicator=indicator.id,
        source=source,
        value=None if reason else indicator_value(indicator, amounts),
        numerator=top,
        denominator=bottom,
        coverage=coverage,
        reason=reason,
    )


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    result = Decimal(0)
    for value in values:
        if value is None:
            return None
        result = EXACT.add(result, value)
    return result


def _amount(part: ElementTotal | DepartmentFigure) -> Decimal | None:
    return part.net if isinstance(part, ElementTotal) else part.value


def _joint(parts: Sequence[ElementTotal | DepartmentFigure]) -> TotalCoverage:
    """Whoever owes any part is due; whoever brought all the parts they owe has reported."""
    due = list(dict.fromkeys(unit for part in parts for unit in part.coverage.due))
    reported = [
        unit
        for unit in due
        if all(unit in part.coverage.reported for part in parts if unit in part.coverage.due)
    ]
    share = parts[0].coverage.last_share if len(parts) == 1 else None
    return TotalCoverage(tuple(due), tuple(reported), share)


def _by_unit(parts: Sequence[ElementTotal | DepartmentFigure]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for part in parts:
        for unit, amount in (part.by_unit if isinstance(part, ElementTotal) else part.by_owner).items():
            found[unit] = EXACT.add(found.get(unit, Decimal(0)), amount)
    return found


def _disputed(parts: Sequence[ElementTotal | DepartmentFigure]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(u for part in parts if isinstance(part, ElementTotal) for u in part.disputed))
