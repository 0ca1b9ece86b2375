"""Rules on what is there: required when due, readable, asked for at all."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.model.element import Mode
from desktop.model.finding import Finding, Severity
from desktop.model.form import FormRow
from desktop.model.submission import FigureState
from desktop.validation.context import CheckContext
from desktop.validation.finding_maker import Maker


def required(make: Maker, row: FormRow) -> Iterator[Finding]:
    """A due element needs a figure or nil; an issued one an answer, once it was issued."""
    if not row.due or make.figure.state is not FigureState.BLANK:
        return
    if row.mode is not Mode.ISSUED:
        yield make.error("value.required")
        return
    issued = make.context.reference.get(row.element.id)
    if issued is None:
        yield make.notice("value.not_issued")
    else:
        yield make.error("value.unanswered", issued=make.shown(issued))


def readable(make: Maker) -> Iterator[Finding]:
    """What couldn't be read stays as typed, and has to be put right."""
    if make.figure.state is FigureState.UNREADABLE:
        yield make.error("value.unreadable", typed=make.figure.typed[:40])


def not_asked(context: CheckContext) -> Iterator[Finding]:
    """Figures that this unit doesn't owe in this period: they don't count."""
    section = context.section
    asked = {row.element.id for row in context.form.due_rows}
    for element, figure in section.figures.items():
        if element not in asked and figure.state is not FigureState.BLANK:
            name = context.plan.element(element).name if context.plan.has_element(element) else element
            yield Finding(
                "value.not_asked",
                Severity.NOTICE,
                section.unit,
                str(section.period),
                element,
                params={"name": name},
            )
