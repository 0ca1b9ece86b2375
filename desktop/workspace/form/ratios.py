"""Ratio indicators from an open form's own figures: live as they are typed, and of earlier periods."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.model.decimals import canonical, display, places
from desktop.model.element import Mode
from desktop.model.indicator import Indicator
from desktop.model.submission import Section
from desktop.values import dataclass
from desktop.workspace.form.form_session import FormSession

if TYPE_CHECKING:
    from desktop.validation import CheckContext


@dataclass(frozen=True, slots=True)
class LiveRatio:
    """A ratio from the form's figures; the parts are (name, figure as shown), `factor` is empty for 1.

    `value` is empty while a part is missing; its figure is empty then.
    """

    name: str
    numerator: tuple[tuple[str, str], ...]
    denominator: tuple[tuple[str, str], ...]
    factor: str
    value: str
    unit: str

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the parts that aren't known yet."""
        return tuple(name for name, figure in (*self.numerator, *self.denominator) if not figure)


def live_ratios(session: FormSession, element: str) -> tuple[LiveRatio, ...]:
    """Ratios that an element is part of, where the unit supplies every part and all are known."""
    found = (
        ratio_of(session, indicator)
        for indicator in ratio_indicators(session)
        if element in (*indicator.numerator, *indicator.denominator)
    )
    return tuple(ratio for ratio in found if ratio.value)


def ratio_indicators(session: FormSession) -> tuple[Indicator, ...]:
    """The ratios whose numerator the unit supplies alone and that it may have: those to compute here."""
    return tuple(indicator for indicator in session.plan.indicators if _computed_here(session, indicator))


def ratio_of(session: FormSession, indicator: Indicator, section: Section | None = None) -> LiveRatio:
    """One of `ratio_indicators` from the form as it stands, or from an earlier section of the unit."""
    from desktop.progress.measures import indicator_value

    context = session.context
    amounts = _amounts(context, indicator, section or context.section)
    value = indicator_value(indicator, amounts)

    def named(ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
        return tuple((context.plan.element(id_).name, _plain(amounts[id_])) for id_ in ids)

    return LiveRatio(
        name=indicator.name,
        numerator=named(indicator.numerator),
        denominator=named(indicator.denominator),
        factor="" if indicator.factor == 1 else canonical(indicator.factor),
        value="" if value is None else _beside_target(context, indicator, value),
        unit=indicator.unit,
    )


def ratio_change(session: FormSession, indicator: Indicator) -> str:
    """How a ratio changed against the same period of last year, in 百分点 or its unit; empty if unknown."""
    from desktop.progress.changes import change_text
    from desktop.progress.measures import indicator_value

    context = session.context
    last = session.around.same_last_year
    now = indicator_value(indicator, _amounts(context, indicator, context.section))
    was = indicator_value(indicator, _amounts(context, indicator, last)) if last is not None else None
    if now is None or was is None:
        return ""
    return change_text(now, was, indicator.measure, indicator.unit, indicator.decimals, context.plan.rounding)


def _computed_here(session: FormSession, indicator: Indicator) -> bool:
    territorial = session.plan.is_territorial(session.form.unit)
    stated = indicator.main_source.stated is not None and not territorial
    if not indicator.is_ratio or stated or (territorial and not indicator.own_ratio):
        return False
    return all(_types(session, id_, territorial=territorial) for id_ in indicator.numerator)


def _amounts(context: CheckContext, indicator: Indicator, section: Section) -> dict[str, Decimal | None]:
    from desktop.validation.standing import amount_of

    own = context.plan.is_territorial(context.form.unit)
    parts = (*indicator.numerator, *indicator.denominator)
    return {id_: amount_of(context, section, id_, own=own) for id_ in parts}


def _types(session: FormSession, element: str, *, territorial: bool) -> bool:
    row = session.form.row(element)
    return row is not None and (row.mode is Mode.ENTERED or (territorial and row.mode is Mode.ISSUED))


def _plain(value: Decimal | None) -> str:
    return "" if value is None else display(value, places(value))


def _beside_target(context: CheckContext, indicator: Indicator, value: Decimal) -> str:
    """Rounded once; a ratio that misses the plan's target never prints equal to it."""
    from desktop.progress.changes import display_against

    plan = context.plan
    main = next((t.value for t in plan.targets if t.main and t.indicator == indicator.id), None)
    if main is None:
        return display(value, indicator.decimals, plan.rounding)
    return display_against(value, main, indicator.decimals, plan.rounding, indicator.better)
