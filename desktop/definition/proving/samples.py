"""Figures, periods and units of which records for proofs are made. They are invented, and never stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from functools import cached_property

from desktop.definition.proving.proof import Proof, Record
from desktop.model.decimals import EXACT, canonical, divide
from desktop.model.element import DataElement, Mode
from desktop.model.family import Family
from desktop.model.finding import Finding
from desktop.model.form import Form, form_for
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import Figure, FigureState, Section
from desktop.model.unit import Unit
from desktop.validation import CheckContext

USUAL = Decimal(100)


@dataclass(frozen=True)
class Workshop:
    """Makes contexts for one plan."""

    plan: Plan

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The plan's periods, the latest first."""
        return tuple(reversed(tuple(self.plan.periods())))

    def form(self, unit: Unit, period: Period) -> Form:
        """The form of a unit and period."""
        return form_for(self.plan, unit, period)

    def place(
        self, element: DataElement, *, wanted: Mode | None = None, beside: str = ""
    ) -> tuple[Unit, Period] | None:
        """A unit and the latest period in which it owes the element, and `beside` too."""
        for period in self.periods:
            for unit in self.plan.reporters(element, period):
                mode = self.plan.mode(element, unit)
                row = self.form(unit, period).row(element.id) if wanted in (None, mode) else None
                other = self.form(unit, period).row(beside) if beside and row is not None else row
                if row is not None and row.due and other is not None and other.due:
                    return unit, period
        return None

    def context(
        self,
        unit: Unit,
        period: Period,
        figures: Mapping[str, Figure],
        *,
        earlier: Iterable[Section] = (),
        reference: Mapping[str, Decimal] | None = None,
    ) -> CheckContext:
        """One section with these figures, and what it is compared to."""
        known = {section.period: section for section in earlier}
        return CheckContext(
            self.plan,
            self.form(unit, period),
            Section(unit.id, period, figures),
            previous=known.get(period.previous),
            same_last_year=known.get(period.same_last_year),
            history=tuple(known.values()),
            reference=reference or {},
        )


def usual(element: DataElement) -> Decimal:
    """A figure that nobody would doubt: within the range, with the element's decimals, not zero."""
    low, high = element.minimum, element.maximum
    if low is not None and high is not None:
        middle = divide(EXACT.add(low, high), Decimal(2))
    elif high is not None:
        middle = divide(high, Decimal(2))
    else:
        middle = USUAL if low is None else max(EXACT.add(low, USUAL), USUAL)
    return upwards(element, middle) or step(element)


def upwards(element: DataElement, value: Decimal) -> Decimal:
    """The value with the element's decimals, rounded up."""
    return value.quantize(step(element), rounding=ROUND_CEILING, context=EXACT)


def step(element: DataElement) -> Decimal:
    """The least amount by which two figures can differ."""
    return Decimal(1).scaleb(-element.decimals)


def number(value: Decimal) -> Figure:
    """A plain figure."""
    return Figure.number(value)


Run = Callable[[CheckContext], Iterable[Finding]]


def proof(
    family: Family,
    about: str,
    element: str,
    run: Run,
    passes: Iterable[CheckContext],
    fails: Iterable[CheckContext],
) -> Proof:
    """The first record that the rule lets pass and the first that it doesn't, by running it."""
    good = next((context for context in passes if not any(run(context))), None)
    bad = next((context for context in fails if any(run(context))), None)
    return Proof(
        rule=f"{family.value}:{about}",
        family=family.value,
        element=element,
        passes=None if good is None else record(good),
        fails=None if bad is None else record(bad),
        runs=bad is not None,
    )


def record(context: CheckContext) -> Record:
    """A context as a person reads it."""
    figures: dict[str, dict[str, str]] = {}
    for section in (*context.history, context.section):
        for element, figure in section.figures.items():
            figures.setdefault(element, {})[str(section.period)] = said(figure)
        for item, report in section.items.items():
            percent = "" if report.percent is None else f" {report.percent}%"
            figures.setdefault(f"item/{item}", {})[str(section.period)] = report.status.value + percent
    for element, value in context.reference.items():
        figures.setdefault(f"{element}/published", {})[str(context.period)] = canonical(value)
    for unit, section in context.others.items():
        for element, figure in section.figures.items():
            figures.setdefault(f"{element}/{unit}", {})[str(section.period)] = said(figure)
    return Record(context.section.unit, str(context.period), figures)


def said(figure: Figure) -> str:
    """A figure in a record, with what is deducted from it."""
    if figure.state is FigureState.NIL:
        return "nil"
    if figure.value is None:
        return figure.typed
    return "-".join((canonical(figure.value), *(canonical(d.value) for d in figure.deductions)))


def due_before(element: DataElement, period: Period, *, within_year: bool = False) -> Period | None:
    """The latest period of the same type before one in which the element is due."""
    earlier = period.previous
    for _ in range(period.per_year):
        if within_year and earlier.year != period.year:
            return None
        if element.is_due(earlier.slot):
            return earlier
        earlier = earlier.previous
    return None


def with_rows(figure: Figure, rows: tuple[Mapping[str, str], ...]) -> Figure:
    """The figure with the rows it counts."""
    return replace(figure, rows=rows)
