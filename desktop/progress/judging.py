"""Verdicts: a series of figures against a target, at one period."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.target import Target
from desktop.model.verdict import Verdict


def judge(
    plan: Plan,
    target: Target,
    period: Period,
    series: Mapping[Period, Decimal],
    *,
    incomplete: bool = False,
    incomplete_periods: Collection[Period] = (),
) -> tuple[Verdict, ...]:
    """The verdicts of a target at `period`: one, or one per year for each-year targets.

    `series` holds what is known: values in the indicator's unit, or in the element's typed unit; a year's
    own figure (年报) only once it is accepted. Later periods than `period` are not looked at, but for the
    year's own figure at its end. `incomplete` marks the figure of `period`, `incomplete_periods` earlier ones.
    """
    raise NotImplementedError
