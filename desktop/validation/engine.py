"""Running the rules over a section, or over a figure while it is typed.

Whether a family of rules is on, and how severe its warnings are, is decided here and nowhere else: the rules
only say what they see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TypeVar

from desktop.model.element import DataElement, ElementKind, Mode
from desktop.model.family import Family
from desktop.model.finding import Finding, Severity
from desktop.model.form import Form, FormRow
from desktop.model.plan import Plan
from desktop.model.submission import Section
from desktop.model.target import Target
from desktop.validation.changes import CHANGE_RULES, ChangeRule
from desktop.validation.context import CheckContext
from desktop.validation.finding_maker import Maker
from desktop.validation.items import item, statuses
from desktop.validation.lists import rows
from desktop.validation.numbers import decimals, deductions, plausible, sign
from desktop.validation.plan_rules import rule_findings, rules_of
from desktop.validation.presence import not_asked, readable, required
from desktop.validation.relations import issued, subsets
from desktop.validation.returned import comment_findings
from desktop.validation.targets import asked, verdict_on
from desktop.values import dataclass

T = TypeVar("T")


def _every(_element: DataElement) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class RowRule:
    """A rule on one row of a form, for the data elements that it `fits`."""

    family: Family
    run: Callable[[Maker, FormRow], Iterator[Finding]]
    fits: Callable[[DataElement], bool] = _every


ROW_RULES = (
    RowRule(Family.REQUIRED, required),
    RowRule(Family.DECIMALS, decimals),
    RowRule(Family.SIGN, sign, lambda element: not element.negative),
    RowRule(Family.DEDUCTIONS, deductions),
    RowRule(Family.SUBSET, subsets, lambda element: bool(element.subset_of)),
    RowRule(Family.LISTS, rows, lambda element: element.kind is ElementKind.LIST),
    RowRule(Family.ISSUED, issued, lambda element: Mode.ISSUED in element.mode.values()),
    RowRule(Family.RANGE, plausible, lambda element: (element.minimum, element.maximum) != (None, None)),
)
"""The rules on one row; `CHANGE_RULES` are those that look back."""

_SHAPE = (Family.DECIMALS, Family.SIGN)


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
    elements = plan.made_once(_elements_of_targets)
    rows_ = (
        Part(partial(_figures, (row.element.id, *row.element.subset_of)), partial(_of_row, row=row))
        for row in form.due_rows
    )
    targets = (
        Part(partial(_figures, elements[target.id]), partial(_of_target, target=target))
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


def _elements_of_targets(plan: Plan) -> dict[str, tuple[str, ...]]:
    return {target.id: _elements(plan, target) for target in plan.targets}


def _elements(plan: Plan, target: Target) -> tuple[str, ...]:
    """Every element that a target's figure may be made of."""
    named = [target.element, *target.plus]
    if target.indicator is not None:
        indicator = plan.indicator(target.indicator)
        named += [*indicator.numerator, *indicator.denominator, indicator.main_source.stated]
    return tuple(id_ for id_ in named if id_ is not None)


def check_shape(context: CheckContext, element: str) -> tuple[Finding, ...]:
    """What is wrong with a figure by itself, while it is being typed: its decimals, its sign."""
    row = context.form.row(element)
    if row is None or not row.due:
        return ()
    make = Maker(context, row.element)
    found: list[Finding] = []
    for rule in ROW_RULES:
        if rule.family in _SHAPE and rule.fits(row.element) and context.plan.checks(rule.family, element):
            found.extend(as_set(context.plan, rule.family, rule.run(make, row)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _ElementRules:
    """The rules that a plan has on for one element, each with the severity that it sets for its warnings."""

    row: tuple[tuple[Callable[[Maker, FormRow], Iterator[Finding]], Severity | None], ...]
    changes: tuple[tuple[ChangeRule, Severity | None], ...]


def _rules_by_element(plan: Plan) -> dict[str, _ElementRules]:
    def on(element: str, rules: Iterable[tuple[Family, T]]) -> tuple[tuple[T, Severity | None], ...]:
        return tuple(
            (rule, plan.family(family).severity) for family, rule in rules if plan.checks(family, element)
        )

    return {
        element.id: _ElementRules(
            on(element.id, ((rule.family, rule.run) for rule in ROW_RULES if rule.fits(element))),
            on(element.id, CHANGE_RULES),
        )
        for element in plan.elements
    }


def _of_row(context: CheckContext, row: FormRow) -> Iterator[Finding]:
    make = Maker(context, row.element)
    rules = context.plan.made_once(_rules_by_element)[row.element.id]
    # what can't be read is no figure at all: no plan switches that off
    yield from readable(make)
    for rule, severity in rules.row:
        yield from _raised(rule(make, row), severity)
    if make.figure.reported:
        yield from _of_changes(make, rules)


def _of_changes(make: Maker, rules: _ElementRules) -> Iterable[Finding]:
    """What the first of the rules on changes says that has something to say."""
    series = make.context.series(make.element)
    if not series.earlier:
        return ()
    said = (tuple(_raised(rule(make, series), severity)) for rule, severity in rules.changes)
    return next(filter(None, said), ())


def _of_target(context: CheckContext, target: Target) -> Iterable[Finding]:
    return _told(context.plan, verdict_on(context, target))


def _told(plan: Plan, findings: Iterable[Finding]) -> Iterable[Finding]:
    """Findings on targets as the plan sets them; whether the family is on is asked by target."""
    excepted = plan.family(Family.TARGETS).except_for
    return as_set(plan, Family.TARGETS, (f for f in findings if f.address not in excepted))


def _of_items(context: CheckContext) -> Iterator[Finding]:
    if context.plan.checks(Family.ITEMS):
        yield from as_set(context.plan, Family.ITEMS, statuses(context))
        for entry in context.form.items:
            yield from as_set(context.plan, Family.ITEMS, item(context, entry))


def as_set(plan: Plan, family: Family, findings: Iterable[Finding]) -> Iterable[Finding]:
    """A family's findings with the severity that the plan sets for its warnings."""
    return _raised(findings, plan.family(family).severity)


def _raised(findings: Iterable[Finding], severity: Severity | None) -> Iterable[Finding]:
    if severity is None:
        return findings
    return (replace(f, severity=severity) if f.severity is Severity.WARNING else f for f in findings)
