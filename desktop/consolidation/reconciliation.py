"""Where sources differ: a department's figure beside the sum of units, and rows that two units both list.

Both figures are kept, there is no tolerance, and nothing is adjusted to anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.consolidation.aggregation import Figures, TotalCoverage, due_units
from desktop.consolidation.indicators import IndicatorValue, Ledger
from desktop.consolidation.judgement import Series, element_series, indicator_series, judged
from desktop.model.decimals import EXACT
from desktop.model.element import ColumnType, DataElement, ElementKind
from desktop.model.indicator import Indicator
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.target import Target


@dataclass(frozen=True, slots=True)
class ReconciliationRow:
    """One element said by departments and by units, in its typed unit; `difference` = units − departments.

    `verdict_differs` is None where nothing judges the element or a figure is missing.
    """

    element: str
    department: Decimal | None
    owners: tuple[str, ...]
    units: Decimal | None
    coverage: TotalCoverage
    difference: Decimal | None
    verdict_differs: bool | None
    disputed: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A check source of an indicator; `difference` = check − main, in the indicator's unit."""

    value: IndicatorValue
    difference: Decimal | None
    verdict_differs: bool | None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """One entry that several units list: a person decides whose it is."""

    element: str
    name: str
    units: tuple[str, ...]


def reconcile(ledger: Ledger, period: Period) -> tuple[ReconciliationRow, ...]:
    """Elements that both departments and units owe in the period."""
    return tuple(
        _row(ledger, element, period)
        for element in ledger.plan.elements
        if ledger.total(element.id, period).coverage.due
        and ledger.department(element.id, period).coverage.due
    )


def checks_of(ledger: Ledger, indicator: Indicator, period: Period) -> tuple[Check, ...]:
    """The check sources of an indicator against its main one."""
    main = ledger.value(indicator, indicator.main_source, period)
    found = []
    for source in indicator.check_sources:
        value = ledger.value(indicator, source, period)
        known = main.value is not None and value.value is not None
        found.append(
            Check(
                value,
                _minus(value.value, main.value),
                _differs(
                    ledger.plan,
                    [t for t in ledger.plan.targets if t.indicator == indicator.id and t.unit_id is None],
                    period,
                    indicator_series(ledger, indicator, indicator.main_source, period),
                    indicator_series(ledger, indicator, source, period),
                )
                if known
                else None,
            )
        )
    return tuple(found)


def duplicates(plan: Plan, period: Period, figures: Figures) -> tuple[Duplicate, ...]:
    """Rows of list elements that stand in more than one unit's list."""
    found = []
    for element in plan.elements:
        if element.kind is ElementKind.LIST:
            due = due_units(plan, element, period)
            seen: dict[str, list[str]] = {}
            names: dict[str, str] = {}
            for unit in due:
                rows = figures[unit.id].figure(element.id).rows if unit.id in figures else ()
                for row in rows:
                    key = _row_key(element, row)
                    names.setdefault(key, _row_name(element, row))
                    seen.setdefault(key, [])
                    seen[key] += [unit.id] if unit.id not in seen[key] else []
            found += [
                Duplicate(element.id, names[key], tuple(units))
                for key, units in seen.items()
                if len(units) > 1
            ]
    return tuple(found)


def _row(ledger: Ledger, element: DataElement, period: Period) -> ReconciliationRow:
    total, said = ledger.total(element.id, period), ledger.department(element.id, period)
    known = total.net is not None and said.value is not None
    return ReconciliationRow(
        element=element.id,
        department=said.value,
        owners=said.coverage.due,
        units=total.net,
        coverage=total.coverage,
        difference=_minus(total.net, said.value),
        verdict_differs=_element_verdicts_differ(ledger, element, period) if known else None,
        disputed=total.disputed,
        reason=said.reason or total.reason,
    )


def _element_verdicts_differ(ledger: Ledger, element: DataElement, period: Period) -> bool | None:
    targets = [t for t in ledger.plan.targets if t.element == element.id and t.unit_id is None]
    own = _differs(
        ledger.plan,
        targets,
        period,
        element_series(ledger, element.id, period, from_units=False),
        element_series(ledger, element.id, period, from_units=True),
    )
    through = [
        check.verdict_differs
        for indicator in ledger.plan.indicators
        if indicator.numerator == (element.id,) and indicator.valid_on(period.end)
        for check in checks_of(ledger, indicator, period)
        if check.verdict_differs is not None
    ]
    said = [answer for answer in (own, *through) if answer is not None]
    return any(said) if said else None


def _differs(plan: Plan, targets: list[Target], period: Period, main: Series, check: Series) -> bool | None:
    if not targets:
        return None
    return any(
        judged(plan, target, period, main)[-1].kind is not judged(plan, target, period, check)[-1].kind
        for target in targets
    )


def _minus(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else EXACT.subtract(left, right)


def _row_key(element: DataElement, row: Mapping[str, str]) -> str:
    codes = [row.get(c.id, "") for c in element.columns if c.type is ColumnType.CREDIT_CODE]
    code = next((text for text in codes if text), "")
    return f"#{code}" if code else _row_name(element, row)


def _row_name(element: DataElement, row: Mapping[str, str]) -> str:
    return row.get(element.columns[0].id, "") if element.columns else ""
