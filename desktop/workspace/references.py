"""Reference figures: shared denominators, and figures that the bureau issues to units (下发核对)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal

from desktop.model.decimals import canonical
from desktop.model.period import Period
from desktop.model.plan import Plan, ReferenceFigure
from desktop.store import Connection, audit, references


def store_figures(
    connection: Connection, plan: Plan, figures: Iterable[ReferenceFigure], stamp: audit.Stamp
) -> int:
    """Keep figures; returns how many are new or changed."""
    return sum(
        references.save_reference(
            connection,
            references.Reference(
                plan=plan.id,
                element=figure.element,
                area=figure.area,
                date=figure.date.isoformat(),
                vintage=figure.vintage,
                value=canonical(figure.value),
                source=figure.source,
            ),
            stamp,
        )
        for figure in figures
    )


def stored_figures(connection: Connection, plan: Plan) -> tuple[ReferenceFigure, ...]:
    """The plan's own figures and those taken in, which stand beside and after them."""
    kept = (
        ReferenceFigure(
            r.element, r.area, Decimal(r.value), datetime.date.fromisoformat(r.date), r.vintage, r.source
        )
        for r in references.references(connection, plan.id)
    )
    return (*plan.references, *kept)


def issued_to(figures: Iterable[ReferenceFigure], unit: str, period: Period) -> dict[str, Decimal]:
    """Element id → figure issued to a unit for the end of a period."""
    return {
        figure.element: figure.value
        for figure in figures
        if figure.area == unit and figure.date == period.end
    }
