"""Reference figures: shared denominators, and figures that the bureau issues to units (下发核对)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal

from desktop.model.decimals import canonical
from desktop.model.period import Period, PeriodType
from desktop.model.plan import Plan, ReferenceFigure
from desktop.model.submission import Figure, Section
from desktop.store import Connection, audit, references
from desktop.workspace.desk.moving import in_plan
from desktop.workspace.desk.shelf import PlanShelf


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


def carry_figures(
    connection: Connection, shelf: PlanShelf, before: Plan, plan: Plan, stamp: audit.Stamp
) -> int:
    """Keep the figures issued under the version before under their new codes too; returns how many."""
    together: dict[tuple[str, str, str], list[references.Reference]] = {}
    for kept in references.references(connection, plan.id):
        if before.has_element(kept.element) and before.has_unit(kept.area):
            together.setdefault((kept.area, kept.date, kept.vintage), []).append(kept)
    carried = []
    for (area, date, vintage), found in together.items():
        day = datetime.date.fromisoformat(date)
        figures = {kept.element: Figure.number(Decimal(kept.value)) for kept in found}
        section = Section(area, Period(PeriodType.YEAR, day.year), figures)
        done = in_plan(connection, shelf, section, before, plan)
        moved = done.submission.sections[0] if done.submission else Section(area, section.period)
        same = moved.unit == area
        carried += [
            ReferenceFigure(id_, moved.unit, figure.value, day, vintage, found[0].source)
            for id_, figure in moved.figures.items()
            if figure.value is not None and not (same and figures.get(id_) == figure)
        ]
    return store_figures(connection, plan, carried, stamp)


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
