"""Running the rules over a section, or over what one field touches.

Whether a family of rules is on, and how severe its warnings are, is decided here and nowhere else: the rules
only say what they see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from desktop.model.family import Family
from desktop.model.finding import Finding, Severity
from desktop.model.form import Form, FormRow
from desktop.model.plan import Plan
from desktop.model.submission import Section
from desktop.model.target import Target
from desktop.validation.changes import CHANGE_RULES
from desktop.validation.context import CheckContext
from desktop.validation.finding_maker import Maker
from desktop.validation.items import item, statuses
from desktop.validation.lists import rows
from desktop.validation.numbers import decimals, deductions, plausible, sign
from desktop.validation.plan_rules import rule_findings, rules_about, rules_of
from desktop.validation.presence import not_asked, readable, required
from desktop.validation.relations import issued, subsets
from desktop.validation.returned import comment_findings
from desktop.validation.targets import asked, verdict_on, verdicts

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


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the rules on a section, and what of the section they look at."""

    reads: Callable[[Section], object]
    run: Callable[[CheckContext], Iterable[Finding]]


def check_section(context: CheckContext) -> tuple[Finding, ...]:
    """All findings of a section: by row in the form's order, then of the section and its items."""
    parts = parts_of(context.plan, context.form)
    return tuple(finding for part in parts for finding in part.run(context))


def parts_of(plan: Plan, form: Form) -> tuple[Part, ...]:
    """The rules on a form in parts that can be run again one by one, in the order of their findings."""
    rows_ = (
        Part(partial(_figures, (row.element.id, *row.element.subset_of)), partial(_of_row, row=row))
        for row in form.due_rows
    )
    targets = (
        Part(partial(_figures, _elements(plan, target)), partial(_of_target, target=target))
        for target in plan.targets
        if asked(plan, form.unit, target)
    )
    own = (
        Part(partial(_figures, rule.reads), partial(rule_findings, compiled=rule))
        for rule in rules_of(plan, form)
    )
    return (
        *rows_,
        *own,
        *targets,
        Part(_all_figures, not_asked),
        Part(_items, _of_items),
        Part(_everything, _of_comments),
    )


def _figures(elements: tuple[str, ...], section: Section) -> object:
    return tuple(section.figures.get(element) for element in elements)


def _all_figures(section: Section) -> object:
    return section.figures


def _items(section: Section) -> object:
    return section.items


def _everything(section: Section) -> object:
    return section.figures, section.items, section.explanations


def _of_comments(context: CheckContext) -> Iterator[Finding]:
    return comment_findings(context.section, context.pinned)


def _elements(plan: Plan, target: Target) -> tuple[str, ...]:
    """Every element that a target's figure may be made of."""
    named = [target.element, *target.plus]
    if target.indicator is not None:
        indicator = plan.indicator(target.indicator)
        named += [*indicator.numerator, *indicator.denominator, indicator.main_source.stated]
    return tuple(id_ for id_ in named if id_ is not None)


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
    told = _told(context.plan, verdicts(context, element))
    return (*_of_row(context, row), *as_whole, *rules_about(context, element), *told)


def check_shape(context: CheckContext, element: str) -> tuple[Finding, ...]:
    """What is wrong with a figure by itself, while it is being typed: its decimals, its sign."""
    row = context.form.row(element)
    if row is None or not row.due:
        return ()
    found: list[Finding] = []
    for family, rule in ((Family.DECIMALS, decimals), (Family.SIGN, sign)):
        if context.plan.checks(family, element):
            found.extend(as_set(context.plan, family, rule(context, row)))
    return tuple(found)


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


def _of_target(context: CheckContext, target: Target) -> Iterator[Finding]:
    return _told(context.plan, verdict_on(context, target))


def _told(plan: Plan, findings: Iterator[Finding]) -> Iterator[Finding]:
    """Findings on targets as the plan sets them; whether the family is on is asked by target."""
    excepted = plan.family(Family.TARGETS).except_for
    return as_set(plan, Family.TARGETS, (f for f in findings if f.address not in excepted))


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
