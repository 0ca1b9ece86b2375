"""Rules between figures of one section: declared subsets, and figures that were issued."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.model.decimals import EXACT
from desktop.model.element import Mode
from desktop.model.finding import Finding
from desktop.model.form import FormRow
from desktop.model.submission import Answer
from desktop.validation.context import reported_value
from desktop.validation.finding_maker import Maker


def subsets(make: Maker, row: FormRow) -> Iterator[Finding]:
    """A declared subset is not above its whole; compared only where both are reported."""
    context, value = make.context, reported_value(make.figure)
    for id_ in row.element.subset_of:
        whole_figure = context.section.figure(id_)
        whole = reported_value(whole_figure)
        if value is None or whole is None or value <= whole or not context.plan.has_element(id_):
            continue
        yield make.error(
            "subset.exceeds",
            id_,
            {(id_, context.period): whole_figure},
            value=make.shown(value),
            whole=context.plan.element(id_).name,
            limit=make.shown(whole),
            difference=make.shown(EXACT.subtract(value, whole)),
        )


def issued(make: Maker, row: FormRow) -> Iterator[Finding]:
    """A figure that differs from the issued one is disputed, or was confirmed before it was issued anew."""
    context = make.context
    value, known = reported_value(make.figure), context.reference.get(row.element.id)
    if row.mode is not Mode.ISSUED or value is None or known is None:
        return
    answer = make.figure.answer
    if value == known:
        if answer is Answer.DISPUTED:
            yield make.notice("issued.same", value=make.shown(value))
        return
    yield make.warning(
        "issued.changed" if answer is Answer.CONFIRMED else "issued.disputed",
        about={(f"{row.element.id}/issued", context.period): known},
        value=make.shown(value),
        issued=make.shown(known),
        difference=make.shown(abs(EXACT.subtract(value, known))),
    )
