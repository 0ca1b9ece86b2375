"""Totals of data elements: exact sums over the units that report, with their coverage beside them.

A section never includes its unit's children, so a total over a tree is a plain sum over its sections. Nothing
is imputed: who didn't report is missing, and named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.model.decimals import divide, total
from desktop.model.element import DataElement
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import Answer, Section
from desktop.model.unit import Unit

Figures = Mapping[str, Section]
"""Accepted sections of one period by unit id."""

Accepted = Mapping[Period, Figures]
"""Accepted sections of all periods."""

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class TotalCoverage:
    """Whose figures a total holds: ids of the units due and of those that reported, in the plan's order.

    `last_share` is the part, in per cent, that the missing units had in the totals they last reported to;
    None where nobody is missing or one of them never reported.
    """

    due: tuple[str, ...] = ()
    reported: tuple[str, ...] = ()
    last_share: Decimal | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Units due that said nothing."""
        there = frozenset(self.reported)
        return tuple(unit for unit in self.due if unit not in there)

    @property
    def complete(self) -> bool:
        """Whether all units due reported; false where none is due."""
        return bool(self.due) and len(self.reported) == len(self.due)


NO_COVERAGE = TotalCoverage()


@dataclass(frozen=True, slots=True)
class ElementTotal:
    """One element added up over units, in its typed unit: `net` = `gross` − `deductions`.

    `net` is None where there is nothing to add, and `reason` says why: not_due, not_additive, no_units,
    no_report. `by_unit` holds each unit's net figure, `disputed` the units that put their own figure in the
    place of the issued one. `vintages` are those of the figures added.
    """

    element: str
    period: Period
    gross: Decimal | None = None
    deductions: Decimal = Decimal(0)
    net: Decimal | None = None
    coverage: TotalCoverage = NO_COVERAGE
    by_unit: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    disputed: tuple[str, ...] = ()
    vintages: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DepartmentFigure:
    """What the departments that own an element say of the district, in its typed unit.

    Several owners are added where the element is declared disjoint; else they speak of one fact and `value`
    is what they agree on. `reason` where there is none: not_due, no_owner, no_report, owners_disagree.
    """

    element: str
    period: Period
    value: Decimal | None = None
    coverage: TotalCoverage = NO_COVERAGE
    by_owner: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    vintages: tuple[str, ...] = ()
    reason: str = ""


def element_total(
    plan: Plan,
    element: DataElement,
    period: Period,
    figures: Figures,
    *,
    earlier: Accepted | None = None,
    under: str | None = None,
) -> ElementTotal:
    """The total over the territorial units due; `under` keeps to one unit and those that report to it.

    `earlier` holds the sections of other periods: the missing units' share is looked up there.
    """
    due = due_units(plan, element, period)
    if under is not None:
        due = tuple(unit for unit in due if _reports_to(plan, unit, under))
    if not element.is_due(period.slot):
        return ElementTotal(element.id, period, reason="not_due")
    if not due:
        return ElementTotal(element.id, period, reason="no_units")
    amounts = _amounts(element, due, figures)
    coverage = TotalCoverage(tuple(unit.id for unit in due), tuple(amounts))
    if not element.additive or not amounts:
        reason = "no_report" if element.additive else "not_additive"
        return ElementTotal(element.id, period, coverage=coverage, by_unit=amounts, reason=reason)
    found = [(unit, figures[unit].figure(element.id)) for unit in amounts]
    gross = total([figure.value or Decimal(0) for _, figure in found])
    deductions = total([d.value for _, figure in found for d in figure.deductions])
    missing = coverage.missing
    share = _last_share(plan, element, period, missing, earlier or {})
    return ElementTotal(
        element=element.id,
        period=period,
        gross=gross,
        deductions=deductions,
        net=total([gross, -deductions]),
        coverage=TotalCoverage(coverage.due, coverage.reported, share),
        by_unit=amounts,
        disputed=tuple(unit for unit, figure in found if figure.answer is Answer.DISPUTED),
        vintages=_vintages(figure.vintage for _, figure in found),
    )


def subtotal(plan: Plan, element: DataElement, period: Period, figures: Figures, unit: str) -> ElementTotal:
    """The total of one unit and of all that report to it, directly or through others."""
    return element_total(plan, element, period, figures, under=unit)


def department_figure(plan: Plan, element: DataElement, period: Period, figures: Figures) -> DepartmentFigure:
    """The owners' figure of an element for the district."""
    if not exists(element, period) or not element.is_due(period.slot):
        return DepartmentFigure(element.id, period, reason="not_due")
    owners = tuple(unit for unit in plan.owners(element) if unit.exists_on(period.end))
    if not owners:
        return DepartmentFigure(element.id, period, reason="no_owner")
    amounts = _amounts(element, owners, figures)
    coverage = TotalCoverage(tuple(unit.id for unit in owners), tuple(amounts))
    values = list(amounts.values())
    agreed = element.disjoint or len(set(values)) <= 1
    reason = "no_report" if not values else "" if agreed else "owners_disagree"
    return DepartmentFigure(
        element=element.id,
        period=period,
        value=None if reason else total(values) if element.disjoint else values[0],
        coverage=coverage,
        by_owner=amounts,
        vintages=_vintages(figures[unit].figure(element.id).vintage for unit in amounts),
        reason=reason,
    )


def due_units(plan: Plan, element: DataElement, period: Period) -> tuple[Unit, ...]:
    """Territorial units that owe the element in that period, in the plan's order."""
    if not exists(element, period):
        return ()
    return tuple(unit for unit in plan.reporters(element, period) if plan.is_territorial(unit))


def exists(element: DataElement, period: Period) -> bool:
    """Whether the element's definition is in force at the period's end."""
    return element.valid_on(period.end)


def _amounts(element: DataElement, units: Iterable[Unit], figures: Figures) -> dict[str, Decimal]:
    found = {}
    for unit in units:
        section = figures.get(unit.id)
        amount = None if section is None else section.figure(element.id).amount
        if amount is not None:
            found[unit.id] = amount
    return found


def _last_share(
    plan: Plan, element: DataElement, period: Period, missing: tuple[str, ...], earlier: Accepted
) -> Decimal | None:
    """The missing units' shares, each in the last total it was part of, added up in per cent."""
    shares: list[Decimal] = []
    for unit in missing:
        share = _share_when_last_seen(plan, element, period, unit, earlier)
        if share is None:
            return None
        shares.append(share)
    return total(shares) if shares else None


def _share_when_last_seen(
    plan: Plan, element: DataElement, period: Period, unit: str, earlier: Accepted
) -> Decimal | None:
    for then in sorted((p for p in earlier if p < period), reverse=True):
        amounts = _amounts(element, due_units(plan, element, then), earlier[then])
        if unit in amounts:
            whole = total(list(amounts.values()))
            return divide(amounts[unit] * HUNDRED, whole) if whole else None
    return None


def _reports_to(plan: Plan, unit: Unit, root: str) -> bool:
    seen: set[str] = set()
    current: Unit | None = unit
    while current is not None and current.id not in seen:
        if current.id == root:
            return True
        seen.add(current.id)
        above = current.reports_to
        current = plan.unit(above) if above is not None and plan.has_unit(above) else None
    return False


def _vintages(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))
