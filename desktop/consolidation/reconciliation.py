"""Where sources differ: a department's figure beside the sum of units, and what is known of the difference.

Both figures are kept and nothing is adjusted to anything; a tolerance only says what need not be explained.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop.consolidation.aggregation import TotalCoverage
from desktop.consolidation.indicators import IndicatorValue, Ledger
from desktop.consolidation.judgement import Series, element_series, indicator_series, judged
from desktop.consolidation.office_notes import NOTHING_SAID, DifferenceNote, DifferenceState, Notes
from desktop.model.decimals import EXACT, canonical
from desktop.model.element import DataElement
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
    tolerance: Decimal = Decimal(0)
    note: DifferenceNote | None = None

    @property
    def within(self) -> bool:
        """Whether the difference need not be explained; false where it isn't known."""
        return self.difference is not None and abs(self.difference) <= self.tolerance

    @property
    def state(self) -> DifferenceState | None:
        """Where a difference stands that has to be explained; None where there is none."""
        if self.difference is None or self.within:
            return None
        told = self.note is not None and self.note.difference == canonical(self.difference)
        return self.note.state if told and self.note is not None else DifferenceState.OPEN


@dataclass(frozen=True, slots=True)
class Check:
    """A check source of an indicator; `difference` = check − main, in the indicator's unit."""

    value: IndicatorValue
    difference: Decimal | None
    verdict_differs: bool | None


def reconcile(ledger: Ledger, period: Period, said: Notes = NOTHING_SAID) -> tuple[ReconciliationRow, ...]:
    """Elements that both departments and units owe in the period, with what is known of their differences."""
    return tuple(
        _row(ledger, element, period, said)
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


def _row(ledger: Ledger, element: DataElement, period: Period, notes: Notes) -> ReconciliationRow:
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
        tolerance=notes.tolerances.get(element.id, Decimal(0)),
        note=notes.of(period).differences.get(element.id),
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
