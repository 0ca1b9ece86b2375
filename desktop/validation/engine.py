"""Running the rules over a section, or over what one field touches."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from desktop.model.finding import Finding
from desktop.model.form import FormRow
from desktop.validation.changes import flow_fell, stock_fell, unit_slip
from desktop.validation.context import CheckContext
from desktop.validation.items import item, statuses
from desktop.validation.lists import rows
from desktop.validation.numbers import decimals, deductions, plausible, sign
from desktop.validation.presence import not_asked, readable, required
from desktop.validation.relations import issued, subsets
from desktop.validation.targets import verdicts

RowRule = Callable[[CheckContext, FormRow], Iterator[Finding]]
SectionRule = Callable[[CheckContext], Iterator[Finding]]

ROW_RULES: tuple[RowRule, ...] = (
    required,
    readable,
    decimals,
    sign,
    deductions,
    subsets,
    rows,
    unit_slip,
    flow_fell,
    stock_fell,
    issued,
    plausible,
)
SECTION_RULES: tuple[SectionRule, ...] = (verdicts, not_asked, statuses)


def check_section(context: CheckContext) -> tuple[Finding, ...]:
    """All findings of a section: by row in the form's order, then of the section and its items."""
    by_row = [finding for row in context.form.due_rows for finding in _of_row(context, row)]
    by_section = [finding for rule in SECTION_RULES for finding in rule(context)]
    by_item = [finding for entry in context.form.items for finding in item(context, entry)]
    return (*by_row, *by_section, *by_item)


def check_field(context: CheckContext, element: str) -> tuple[Finding, ...]:
    """The findings of the rules that one element takes part in, for feedback while typing."""
    row = context.form.row(element)
    if row is None or not row.due:
        return ()
    parts = [part for part in context.form.due_rows if element in part.element.subset_of]
    as_whole = [
        finding for part in parts for finding in subsets(context, part) if finding.qualifier == element
    ]
    return (*_of_row(context, row), *as_whole, *verdicts(context, element))


def _of_row(context: CheckContext, row: FormRow) -> list[Finding]:
    return [finding for rule in ROW_RULES for finding in rule(context, row)]
