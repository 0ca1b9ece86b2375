"""Earlier figures as they compare with those of a later period: under today's units and elements.

The district's figure of an earlier period stays what it was. What is restated is who brought it, and which
elements it was made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop.consolidation.indicators import IndicatorValue, Ledger
from desktop.migration import Note, comparison, element_lineage, succeeded
from desktop.model.decimals import total
from desktop.model.indicator import Indicator, Source
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import Section

_BREAKS = frozenset({"succession.definition_changed", "succession.measure_changed"})


@dataclass(frozen=True, slots=True)
class EarlierValue:
    """An indicator's figure of an earlier period, `by_unit` under today's units.

    `why` is set where the two periods aren't comparable at all, `left_out` names units split in between.
    """

    value: IndicatorValue
    why: Note | None = None
    left_out: tuple[Note, ...] = ()


def earlier_value(
    ledger: Ledger, indicator: Indicator, source: Source, then: Period, now: Period
) -> EarlierValue:
    """An indicator's figure at `then` to stand beside that of `now`."""
    value = value_then(ledger, indicator, source, then, now)
    parts = (source.stated,) if source.stated else (*indicator.numerator, *indicator.denominator)
    why = break_between(ledger.plan, parts, then, now)
    by_unit, left_out = _under_todays_units(ledger.plan, value, then, now)
    return EarlierValue(replace(value, by_unit=by_unit), why, left_out)


def break_between(plan: Plan, elements: Iterable[str], then: Period, now: Period) -> Note | None:
    """Why figures made of these elements aren't comparable between two periods; None where they are."""
    found = (element_lineage(plan, id_, then.end, now.end).why for id_ in elements)
    return next((why for why in found if why is not None and why.code in _BREAKS), None)


def value_then(
    ledger: Ledger, indicator: Indicator, source: Source, then: Period, now: Period
) -> IndicatorValue:
    """An indicator's figure at `then`, made of the elements that its own succeeded."""
    numerator = _all_then(ledger.plan, indicator.numerator, then, now)
    denominator = _all_then(ledger.plan, indicator.denominator, then, now)
    if (numerator, denominator) != (indicator.numerator, indicator.denominator):
        indicator = replace(indicator, numerator=numerator, denominator=denominator)
    stated = elements_then(ledger.plan, source.stated, then, now) if source.stated else ()
    if len(stated) == 1 and stated[0] != source.stated:
        source = replace(source, stated=stated[0])
    return ledger.value(indicator, source, then)


def elements_then(plan: Plan, element: str, then: Period, now: Period) -> tuple[str, ...]:
    """The elements of which an element's figure was made up at an earlier period; itself, if none were."""
    lineage = element_lineage(plan, element, then.end, now.end)
    return lineage.ids or (element,)


def section_then(ledger: Ledger, unit: str, then: Period, now: Period) -> Section | None:
    """The predecessors' figures of an earlier period where a unit succeeded them; None where it didn't."""
    lineage = succeeded(ledger.plan, unit, then.end, now.end)
    if lineage.ids in ((), (unit,)):
        return None
    return comparison(ledger.plan, unit, then, ledger.figures(then), now.end).section


def _all_then(plan: Plan, elements: tuple[str, ...], then: Period, now: Period) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(id_ for element in elements for id_ in elements_then(plan, element, then, now))
    )


def _under_todays_units(
    plan: Plan, value: IndicatorValue, then: Period, now: Period
) -> tuple[Mapping[str, Decimal], tuple[Note, ...]]:
    """What each unit of `now` brought through its predecessors: whole sums only, and split units named."""
    if not value.by_unit:
        return value.by_unit, ()
    due = frozenset(value.coverage.due)
    found: dict[str, Decimal] = {}
    left_out: list[Note] = []
    for unit in plan.units_on(now.end):
        lineage = succeeded(plan, unit.id, then.end, now.end)
        if lineage.why is not None and lineage.why.code == "succession.unit_split":
            left_out.append(lineage.why)
        owing = [id_ for id_ in lineage.ids if id_ in due or id_ in value.by_unit]
        if owing and all(id_ in value.by_unit for id_ in owing):
            found[unit.id] = total([value.by_unit[id_] for id_ in owing])
    return found, tuple(left_out)
