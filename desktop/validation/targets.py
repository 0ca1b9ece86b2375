"""What owners of district figures are told of the plan's targets: behind the path, worse than the baseline.

Only for main targets whose figure this unit alone supplies; contradictions are not for clerks. Notices: a
figure that is true needs no excuse.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from desktop.model.decimals import display
from desktop.model.element import Mode
from desktop.model.finding import Finding
from desktop.model.indicator import Better, Indicator, SourceKind
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import Section
from desktop.model.target import Target
from desktop.model.verdict import Verdict, VerdictKind
from desktop.progress import display_against, indicator_value, judge
from desktop.validation.context import CheckContext
from desktop.validation.finding_maker import Maker

_CODES = {
    VerdictKind.BEHIND: "target.behind",
    VerdictKind.MISSED: "target.missed",
    VerdictKind.REGRESSED: "target.regressed",
}


def verdicts(context: CheckContext, about: str | None = None) -> Iterator[Finding]:
    """Main targets whose figure stands behind, missed or worse; with `about` only those it is a part of."""
    if context.plan.is_territorial(context.form.unit) and not context.district:
        return
    for target in context.plan.targets:
        if not target.main or target.indicator is None or target.unit_id is not None:
            continue
        indicator = context.plan.indicator(target.indicator)
        parts = (*indicator.numerator, *indicator.denominator, indicator.main_source.stated)
        if about is None or about in parts:
            yield from _judged(context, target, indicator)


def supplied(context: CheckContext, indicator: Indicator) -> tuple[str, ...]:
    """The elements by which this unit alone supplies an indicator; empty where others do too."""
    stated = indicator.main_source.stated
    if indicator.main_source.kind is SourceKind.UNITS:
        return ()
    elements = (stated,) if stated is not None else indicator.numerator
    return elements if all(_owned(context, element) for element in elements) else ()


def _owned(context: CheckContext, id_: str) -> bool:
    row = context.form.row(id_)
    if row is None or row.mode is not Mode.ENTERED:
        return False
    return context.district or [unit.id for unit in context.plan.owners(row.element)] == [
        context.form.unit.id
    ]


def _judged(context: CheckContext, target: Target, indicator: Indicator) -> Iterator[Finding]:
    elements = supplied(context, indicator)
    if not elements:
        return
    series = {
        period: value
        for period, section in context.sections().items()
        if (value := _value(context, indicator, section)) is not None
    }
    if context.period not in series:
        return
    verdict = judge(context.plan, target, context.period, series)[-1]
    code = _CODES.get(verdict.kind)
    if code is None or verdict.value is None:
        return
    if verdict.kind is VerdictKind.REGRESSED and _below_baseline(verdict, target, indicator):
        code = "baseline.worse"
    make = Maker(context, context.plan.element(elements[0]))
    yield make.notice(code, target.id, None, **_params(context.plan, indicator, target, verdict))


def _below_baseline(verdict: Verdict, target: Target, indicator: Indicator) -> bool:
    if verdict.value is None or target.baseline is None:
        return False
    if indicator.better is Better.LOWER:
        return verdict.value > target.baseline
    return verdict.value < target.baseline


def _params(plan: Plan, indicator: Indicator, target: Target, verdict: Verdict) -> dict[str, str]:
    """Figures as people read them; a value that misses never prints equal to what it misses."""

    def shown(value: Decimal | None) -> str:
        return "—" if value is None else display(value, indicator.decimals, plan.rounding)

    value = verdict.value or Decimal(0)
    against = verdict.expected if verdict.expected is not None else target.value
    if against is not None:
        text = display_against(value, against, indicator.decimals, plan.rounding, indicator.better)
    else:
        text = shown(value)
    return {
        "indicator": indicator.name,
        "value": text,
        "measure": indicator.unit,
        "expected": shown(verdict.expected),
        "target": shown(target.value),
        "baseline": shown(target.baseline),
    }


def _value(context: CheckContext, indicator: Indicator, section: Section) -> Decimal | None:
    if indicator.main_source.stated is not None:
        return section.figure(indicator.main_source.stated).amount
    amounts = {
        element: _amount(context, section, element)
        for element in (*indicator.numerator, *indicator.denominator)
    }
    return indicator_value(indicator, amounts)


def _amount(context: CheckContext, section: Section, element: str) -> Decimal | None:
    """The unit's own figure, else the shared one that was published for the district."""
    own = section.figure(element).amount
    if own is not None or context.form.row(element) is not None:
        return own
    if section is context.section and element in context.reference:
        return context.reference[element]
    return _published(context.plan, element, section.period)


def _published(plan: Plan, element: str, period: Period) -> Decimal | None:
    known = [
        (reference.date, reference.value)
        for reference in plan.references
        if reference.element == element
        and reference.area == plan.district.id
        and reference.date <= period.end
    ]
    return max(known)[1] if known else None
