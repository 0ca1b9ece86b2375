"""Shared denominators: typed once by their owner, used by every ratio, always said with their date."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from desktop.consolidation.aggregation import Accepted, department_figure
from desktop.model.element import DataElement
from desktop.model.period import Period
from desktop.model.plan import Plan, ReferenceFigure


@dataclass(frozen=True, slots=True)
class SharedFigure:
    """A shared figure of an area with the day it stands for; `period` is set where its owner reported it."""

    element: str
    area: str
    value: Decimal
    date: datetime.date
    vintage: str
    period: Period | None = None
    source: str = ""


def shared_figure(
    plan: Plan,
    element: DataElement,
    period: Period,
    accepted: Accepted,
    references: Iterable[ReferenceFigure],
) -> SharedFigure | None:
    """The district's figure: the owner's of this period, else its latest earlier one, else a reference
    figure.
    """
    for then in sorted((p for p in accepted if p <= period), reverse=True):
        said = department_figure(plan, element, then, accepted[then])
        if said.value is not None:
            names = "、".join(plan.unit(owner).short_name for owner in said.by_owner)
            vintage = said.vintages[0] if len(said.vintages) == 1 else "final"
            return SharedFigure(element.id, plan.district.id, said.value, then.end, vintage, then, names)
    return reference_figure(element.id, plan.district.id, period, references)


def reference_figure(
    element: str, area: str, period: Period, references: Iterable[ReferenceFigure]
) -> SharedFigure | None:
    """The latest reference figure of an area that doesn't lie after the period."""
    found = [r for r in references if r.element == element and r.area == area and r.date <= period.end]
    if not found:
        return None
    last = max(found, key=lambda r: (r.date, _RANK.get(r.vintage, 0)))
    return SharedFigure(element, area, last.value, last.date, last.vintage, None, last.source)


_RANK = {"preliminary": 1, "final": 2, "revised": 3}
