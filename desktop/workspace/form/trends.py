"""How a figure came about over time: growth against last year, and its course beside the target's path."""

from __future__ import annotations

from decimal import Decimal

from desktop.model.decimals import display, places
from desktop.model.element import DataElement
from desktop.model.indicator import Measure
from desktop.model.period import Period
from desktop.model.target import Operator, Target
from desktop.progress import change_text, subject_of
from desktop.validation import disputed, judged_over_time
from desktop.values import dataclass
from desktop.workspace.form.form_session import FormSession

MOST_POINTS = 12
NOT_COMPARABLE = "不可比"
_MEASURES = {"%": Measure.RATIO, "‰": Measure.RATIO, "分": Measure.SCORE}
_WITHOUT_PATH = (Operator.IMPROVE, Operator.COMPLETE)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A figure at one period as number and text; `expected` is what the target's path asks for there."""

    period: Period
    value: Decimal
    text: str
    expected: Decimal | None = None
    expected_text: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """The latest points of one data element, oldest first, in `unit`; `target` names whose path it is."""

    unit: str
    points: tuple[TrendPoint, ...]
    target: str = ""


def growth_text(session: FormSession, element: DataElement) -> str:
    """同比 of an element as it stands: per cent, 百分点 or 分; 不可比 over a changed definition; empty while
    one of the two figures isn't known.
    """
    last = session.around.same_last_year
    now = session.section.figure(element.id).amount
    was = last.figure(element.id).amount if last is not None else None
    if last is None or now is None or was is None:
        return ""
    if element.break_between(last.period.end, session.form.period.end) is not None:
        return NOT_COMPARABLE
    measure = _MEASURES.get(element.unit.typed, Measure.COUNT)
    decimals = max(element.decimals, 1 if measure is not Measure.COUNT else 0)
    return change_text(now, was, measure, element.unit.typed, decimals, session.plan.rounding)


def trend(session: FormSession, element: str) -> Trend:
    """The course of an element up to the form's period, with the path of the unit's target where there is one
    that this element alone is judged by.
    """
    for target in _targets(session, element):
        judged = judged_over_time(session.context, target)
        subject = subject_of(session.plan, target)
        points = tuple(
            _point(period, verdict.value, verdict.expected, subject.decimals)
            for period, verdict in judged
            if subject is not None and verdict.value is not None
        )
        if subject is not None and any(point.expected is not None for point in points):
            return Trend(subject.unit, points[-MOST_POINTS:], target.name)
    return _figures(session, session.plan.element(element))


def _targets(session: FormSession, element: str) -> list[Target]:
    """Targets judged by this element alone, the unit's own first."""
    plan, unit = session.plan, session.form.unit.id
    alone = {
        indicator.id
        for indicator in plan.indicators
        if indicator.numerator == (element,) and not indicator.is_ratio
    }
    doubted = disputed(plan)
    found = [
        target
        for target in plan.targets_on(session.form.period.end)
        if target.operator not in _WITHOUT_PATH
        and target.unit_id in (None, plan.district.id, unit)
        and (target.main or target.id not in doubted)
        and ((target.element == element and not target.plus) or target.indicator in alone)
    ]
    return sorted(found, key=lambda target: target.unit_id != unit)


def _figures(session: FormSession, element: DataElement) -> Trend:
    type_ = session.form.period.type
    sections = session.context.sections()
    points = tuple(
        _point(period, amount)
        for period in sorted(sections)
        if period.type is type_ and (amount := sections[period].figure(element.id).amount) is not None
    )
    return Trend(element.unit.typed, points[-MOST_POINTS:])


def _point(period: Period, value: Decimal, expected: Decimal | None = None, decimals: int = 0) -> TrendPoint:
    asked = "" if expected is None else display(expected, min(places(expected), decimals))
    return TrendPoint(period, value, display(value, min(places(value), 4)), expected, asked)
