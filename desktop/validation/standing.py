"""Where one unit's own figures stand against a target, from the sections at hand."""

from __future__ import annotations

from decimal import Decimal

from desktop.model.decimals import total
from desktop.model.element import Mode
from desktop.model.indicator import Indicator, SourceKind
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import Section
from desktop.model.target import Target
from desktop.model.verdict import Verdict
from desktop.progress import Subject, indicator_value, judge, subject_of
from desktop.validation.context import CheckContext
from desktop.values import dataclass


@dataclass(frozen=True, slots=True)
class JudgedHere:
    """A target judged by what one unit reports; `own`: it is the unit's target, not the district's.

    `elements` are the data elements whose figures it is made of.
    """

    target: Target
    subject: Subject
    verdict: Verdict
    elements: tuple[str, ...]
    own: bool


def judged_here(context: CheckContext, target: Target) -> JudgedHere | None:
    """The verdict of a target at the section's period; None where its figure isn't this unit's alone, isn't
    known yet, or where the plan contradicts itself about it (of several years the last verdict stands).
    """
    own = target.unit_id == context.form.unit.id
    if not (own or target.unit_id in (None, context.plan.district.id)):
        return None
    if not target.main and target.id in context.plan.made_once(disputed):
        return None
    elements = supplied(context, target, own=own)
    subject = subject_of(context.plan, target) if elements else None
    if subject is None:
        return None
    series = _series(context, target, own=own)
    if context.period not in series:
        return None
    return JudgedHere(target, subject, judge(context.plan, target, context.period, series)[-1], elements, own)


def judged_over_time(context: CheckContext, target: Target) -> tuple[tuple[Period, Verdict], ...]:
    """The verdicts of a target at each period with a figure, oldest first, in periods of the section's type;
    empty where the figure isn't this unit's alone or the plan contradicts itself about it.
    """
    own = target.unit_id == context.form.unit.id
    if subject_of(context.plan, target) is None or (
        not target.main and target.id in context.plan.made_once(disputed)
    ):
        return ()
    if not (own or target.unit_id in (None, context.plan.district.id)):
        return ()
    if not supplied(context, target, own=own):
        return ()
    series = _series(context, target, own=own)
    wanted = sorted(period for period in series if period.type is context.period.type)
    return tuple((period, judge(context.plan, target, period, series)[-1]) for period in wanted)


def _series(context: CheckContext, target: Target, *, own: bool) -> dict[Period, Decimal]:
    return {
        period: value
        for period, section in context.sections().items()
        if (value := figure_of(context, target, section, own=own)) is not None
    }


def disputed(plan: Plan) -> frozenset[str]:
    """Targets in which the plan contradicts itself, by their own statement or by a quotation of them."""
    said = {statement for contradiction in plan.contradictions for statement in contradiction.statements}
    return frozenset(
        target.id
        for target in plan.targets
        if not said.isdisjoint((target.id, *(quotation.id for quotation in target.quotations)))
    )


def supplied(context: CheckContext, target: Target, *, own: bool) -> tuple[str, ...]:
    """The elements by which this unit alone supplies the figure; empty where others do too."""
    if target.indicator is None:
        elements = (target.element, *target.plus) if target.element is not None else ()
    else:
        elements = _of_indicator(context, context.plan.indicator(target.indicator), own=own)
    known = all(_brings(context, id_) if own else _owns(context, id_) for id_ in elements)
    return elements if known else ()


def figure_of(context: CheckContext, target: Target, section: Section, *, own: bool) -> Decimal | None:
    """What a section says of the target's figure, in typed units for elements; None while a part is
    missing.
    """
    if target.indicator is not None:
        return _indicator_figure(context, context.plan.indicator(target.indicator), section, own=own)
    parts = [section.figure(id_).amount for id_ in (target.element, *target.plus) if id_ is not None]
    known = [part for part in parts if part is not None]
    return total(known) if known and len(known) == len(parts) else None


def amount_of(context: CheckContext, section: Section, element: str, *, own: bool) -> Decimal | None:
    """The unit's own figure, else the shared one that was published for the unit (`own`) or the district."""
    said = section.figure(element).amount
    if said is not None or context.form.row(element) is not None:
        return said
    if section is context.section and element in context.reference:
        return context.reference[element]
    return _published(context.plan, element, section.period, context.form.unit.id if own else "")


def is_stated(context: CheckContext, indicator: Indicator) -> bool:
    """Whether the unit's figure is the stated ratio (直报值) itself."""
    return indicator.main_source.stated is not None and not context.plan.is_territorial(context.form.unit)


def _of_indicator(context: CheckContext, indicator: Indicator, *, own: bool) -> tuple[str, ...]:
    plan, stated = context.plan, indicator.main_source.stated
    territorial = plan.is_territorial(context.form.unit)
    if own:
        if territorial and (not indicator.by_unit or (indicator.is_ratio and not indicator.own_ratio)):
            return ()
        return (stated,) if stated is not None and not territorial else indicator.numerator
    if indicator.main_source.kind is SourceKind.UNITS or (territorial and not context.district):
        return ()
    return (stated,) if stated is not None else indicator.numerator


def _brings(context: CheckContext, id_: str) -> bool:
    row = context.form.row(id_)
    return row is not None and row.mode is not Mode.NONE


def _owns(context: CheckContext, id_: str) -> bool:
    row = context.form.row(id_)
    if row is None or row.mode is not Mode.ENTERED:
        return False
    unit = context.form.unit
    return context.district or [owner.id for owner in context.plan.owners(row.element)] == [unit.id]


def _indicator_figure(
    context: CheckContext, indicator: Indicator, section: Section, *, own: bool
) -> Decimal | None:
    stated = indicator.main_source.stated
    if stated is not None and (not own or is_stated(context, indicator)):
        return section.figure(stated).amount
    parts = (*indicator.numerator, *indicator.denominator)
    return indicator_value(indicator, {id_: amount_of(context, section, id_, own=own) for id_ in parts})


def _published(plan: Plan, element: str, period: Period, unit: str) -> Decimal | None:
    area = unit if unit and plan.is_territorial(plan.unit(unit)) else plan.district.id
    known = [
        (reference.date, reference.value)
        for reference in plan.references
        if reference.element == element and reference.area == area and reference.date <= period.end
    ]
    return max(known)[1] if known else None
