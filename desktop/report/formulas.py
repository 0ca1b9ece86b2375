"""District figures as formulas over sheet 数据, and the exact results stored beside them.

ROUND only takes away the dust of binary sums: the declared decimals hold every digit of the exact total.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop.consolidation import Consolidated, IndicatorValue
from desktop.model.decimals import canonical, places, total
from desktop.model.indicator import Indicator, SourceKind
from desktop.report.data_sheet import BY_DEPARTMENTS, BY_UNITS, DataRows


@dataclass(frozen=True, slots=True)
class Computed:
    """A formula with its result; `formula` is None where the figure stands as a plain value."""

    formula: str | None
    result: Decimal


class Formulas:
    """Formulas for the figures of one period."""

    def __init__(self, consolidated: Consolidated, rows: DataRows) -> None:
        self._consolidated = consolidated
        self._rows = rows

    def units_total(self, element: str) -> Computed | None:
        """The sum over units; None where there is none."""
        net = self._consolidated.elements[element].net
        if net is None:
            return None
        return self._rounded([self._term(element, BY_UNITS)], [element], net)

    def department_total(self, element: str) -> Computed | None:
        """The owners' figure; None where there is none."""
        said = self._consolidated.departments[element]
        return (
            None
            if said.value is None
            else self._rounded([self._term(element, BY_DEPARTMENTS)], [element], said.value)
        )

    def district_figure(self, elements: Sequence[str], factor: Decimal) -> Computed | None:
        """The sum of elements, each from its owners or else from the units, times `factor`; None while one
        is missing.
        """
        found = [self._district_element(element) for element in elements]
        known = [part for part in found if part is not None and part.formula is not None]
        if not known or len(known) < len(found):
            return None
        result = total([part.result for part in known])
        if len(known) == 1:
            return scaled(known[0], factor)
        terms = "+".join(str(part.formula).removeprefix("=") for part in known)
        digits = max(_digits(str(part.formula)) for part in known)
        return scaled(Computed(f"=ROUND({terms},{digits})", result), factor)

    def _district_element(self, element: str) -> Computed | None:
        plan = self._consolidated.plan
        owned = bool(plan.owners(plan.element(element)))
        return self.department_total(element) if owned else self.units_total(element)

    def stated(self, indicator: Indicator, value: IndicatorValue) -> Computed | None:
        """A ratio as its publisher states it."""
        return self.department_total(value.source.stated or indicator.numerator[0])

    def numerator(self, indicator: Indicator, value: IndicatorValue) -> Computed | None:
        """The sum above the line."""
        if value.numerator is None:
            return None
        if value.paired and not self._everyone_paired(indicator, value):
            return Computed(None, value.numerator)
        counted = BY_UNITS if value.source.kind is SourceKind.UNITS else BY_DEPARTMENTS
        terms = [self._term(element, counted) for element in indicator.numerator]
        return self._rounded(terms, indicator.numerator, value.numerator)

    def denominator(self, indicator: Indicator, value: IndicatorValue) -> Computed | None:
        """The sum below the line; figures of other periods and reference figures stand in it as numbers."""
        if value.denominator is None:
            return None
        if value.paired:
            if not self._everyone_paired(indicator, value):
                return Computed(None, value.denominator)
            terms = [self._term(element, BY_UNITS) for element in indicator.denominator]
        else:
            terms = [self._denominator_term(element, value) for element in indicator.denominator]
        if not any("SUMIFS" in term for term in terms):
            return Computed(None, value.denominator)
        return self._rounded(terms, indicator.denominator, value.denominator)

    def _everyone_paired(self, indicator: Indicator, value: IndicatorValue) -> bool:
        """Whether no unit brought only one of the parts, so that plain sums give the paired ones."""
        both = frozenset(value.by_unit)
        parts = (*indicator.numerator, *indicator.denominator)
        return all(frozenset(self._consolidated.elements[part].by_unit) == both for part in parts)

    def _denominator_term(self, element: str, value: IndicatorValue) -> str:
        known = next((shared for shared in value.denominators if shared.element == element), None)
        if known is not None and known.period != self._consolidated.period:
            return canonical(known.value)
        from_units = (
            known is None
            and value.source.kind is SourceKind.UNITS
            and bool(self._consolidated.elements[element].coverage.due)
        )
        return self._term(element, BY_UNITS if from_units else BY_DEPARTMENTS)

    def _term(self, element: str, counted: int) -> str:
        return self._rows.sum_formula(element, counted)

    def _rounded(self, terms: list[str], elements: Iterable[str], result: Decimal) -> Computed:
        declared = max(self._consolidated.plan.element(element).decimals for element in elements)
        return Computed(f"=ROUND({'+'.join(terms)},{max(declared, places(result))})", result)


def scaled(found: Computed, factor: Decimal) -> Computed:
    """A figure in another unit."""
    result = found.result * factor
    if factor == 1 or found.formula is None:
        return Computed(found.formula, result)
    inner = found.formula.removeprefix("=")
    return Computed(f"=ROUND({inner}*{canonical(factor)},{_digits(found.formula) + places(factor)})", result)


def _digits(formula: str) -> int:
    return int(formula.rpartition(",")[2].rstrip(")"))
