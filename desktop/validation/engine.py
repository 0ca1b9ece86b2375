"""Running the rules over a section, or over what one field touches.

Whether a family of rules is on, and how severe its warnings are, is decided here and nowhere else: the rules
only say what they see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from desktop.model.family import Family
from desktop.model.finding import Finding, Severity
from desktop.model.form import FormRow
from desktop.model.plan import Plan
from desktop.validation.changes import CHANGE_RULES
from desktop.validation.context import CheckContext
from desktop.validation.finding_maker import Maker
from desktop.validation.items import item, statuses
from desktop.validation.lists import rows
from desktop.validation.numbers import decimals, deductions, plausible, sign
from desktop.validation.presence import not_asked, readable, required
from desktop.validation.relations import issued, subsets
from desktop.validation.targets import verdicts

RowRule = Callable[[CheckContext, FormRow], Iterator[Finding]]

ROW_RULES: tuple[tuple[Family, RowRule], ...] = (
    (Family.REQUIRED, required),
    (Family.DECIMALS, decimals),
    (Family.SIGN, sign),
    (Family.DEDUCTIONS, deductions),
    (Family.SUBSET, subsets),
    (Family.LISTS, rows),
    (Family.ISSUED, issued),
    (Family.RANGE, plausible),
)
"""The rules on one row by family; `CHANGE_RULES` are those that look back."""


def check_section(context: CheckContext) -> tuple[Finding, ...]:
    """All findings of a section: by row in the form's order, then of the section and its items."""
    by_row = [finding for row in context.form.due_rows for finding in _of_row(context, row)]
    return (*by_row, *_of_targets(context), *not_asked(context), *_of_items(context))


def check_field(context: CheckContext, element: str) -> tuple[Finding, ...]:
    """The findings of the rules that one element takes part in, for feedback while typing."""
    row = context.form.row(element)
    if row is None or not row.due:
        return ()
    parts = [part for part in context.form.due_rows if element in part.element.subset_of]
    as_whole = [
        finding
        for part in parts
        if context.plan.checks(Family.SUBSET, part.element.id)
        for finding in subsets(context, part)
        if finding.qualifier == element
    ]
    return (*_of_row(context, row), *as_whole, *_of_targets(context, element))


def _of_row(context: CheckContext, row: FormRow) -> Iterator[Finding]:
    # what can't be read is no figure at all: no plan switches that off
    yield from readable(context, row)
    for family, rule in ROW_RULES:
        if context.plan.checks(family, row.element.id):
            yield from as_set(context.plan, family, rule(context, row))
    yield from _of_changes(context, row)


def _of_changes(context: CheckContext, row: FormRow) -> Iterator[Finding]:
    """What the first of the rules on changes says that has something to say."""
    if not context.section.figure(row.element.id).reported:
        return
    make, series = Maker(context, row.element), context.series(row.element)
    for family, rule in CHANGE_RULES:
        if context.plan.checks(family, row.element.id):
            found = tuple(as_set(context.plan, family, rule(make, series)))
            if found:
                yield from found
                return


def _of_targets(context: CheckContext, about: str | None = None) -> Iterator[Finding]:
    if context.plan.checks(Family.TARGETS):
        told = (finding for finding in verdicts(context, about) if _target_on(context.plan, finding))
        yield from as_set(context.plan, Family.TARGETS, told)


def _target_on(plan: Plan, finding: Finding) -> bool:
    """Whether neither the element nor the indicator is excepted; a finding's qualifier is its target.

    Plan.checks would take an excepted indicator's elements out of other indicators too.
    """
    excepted = plan.family(Family.TARGETS).except_for
    about = {finding.address, finding.qualifier}
    for target in plan.targets:
        if target.id == finding.qualifier:
            about |= {target.indicator or "", target.element or ""}
    return about.isdisjoint(excepted)


def _of_items(context: CheckContext) -> Iterator[Finding]:
    if context.plan.checks(Family.ITEMS):
        yield from as_set(context.plan, Family.ITEMS, statuses(context))
        for entry in context.form.items:
            yield from as_set(context.plan, Family.ITEMS, item(context, entry))


def as_set(plan: Plan, family: Family, findings: Iterable[Finding]) -> Iterator[Finding]:
    """A family's findings with the severity that the plan sets for its warnings."""
    severity = plan.family(family).severity
    for finding in findings:
        if severity is not None and finding.severity is Severity.WARNING:
            yield replace(finding, severity=severity)
        else:
            yield finding
