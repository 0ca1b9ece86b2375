"""Runs the plan's own rules over one section."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from desktop.model.catalogue import RULE_CODE
from desktop.model.decimals import EXACT
from desktop.model.finding import Finding, Severity
from desktop.model.form import Form
from desktop.model.period import within
from desktop.model.plan import Plan
from desktop.model.rule import Missing, RuleOperator
from desktop.validation.context import CheckContext
from desktop.validation.finding_maker import Figures, Maker
from desktop.validation.rule_compiling import CompiledRule, Side, compiled_rules, elements_of
from desktop.validation.rule_figures import Found, Lookup
from desktop.validation.rule_sentences import sentence
from desktop.values import dataclass

PAIRS = frozenset({RuleOperator.COMPULSORY_PAIR, RuleOperator.EXCLUSIVE_PAIR})
"""Operators that ask whether the sides were reported, not how large they are."""

_COMPARE: Mapping[RuleOperator, Callable[[Decimal, Decimal], bool]] = {
    RuleOperator.EQUAL_TO: lambda left, right: left == right,
    RuleOperator.NOT_EQUAL_TO: lambda left, right: left != right,
    RuleOperator.GREATER_THAN: lambda left, right: left > right,
    RuleOperator.GREATER_THAN_OR_EQUAL_TO: lambda left, right: left >= right,
    RuleOperator.LESS_THAN: lambda left, right: left < right,
    RuleOperator.LESS_THAN_OR_EQUAL_TO: lambda left, right: left <= right,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a rule that could be judged; a pair has no figures."""

    holds: bool
    left: Decimal | None = None
    right: Decimal | None = None

    @property
    def distance(self) -> Decimal | None:
        """The left side less the right one."""
        if self.left is None or self.right is None:
            return None
        return EXACT.subtract(self.left, self.right)


def rules_of(plan: Plan, form: Form) -> tuple[CompiledRule, ...]:
    """The plan's own rules meant for a unit and period, of whose figures the unit is asked for any."""
    due = frozenset(row.element.id for row in form.due_rows)
    return tuple(
        rule for rule in compiled_rules(plan) if _meant_for(rule, form) and not due.isdisjoint(rule.elements)
    )


def rule_findings(context: CheckContext, compiled: CompiledRule) -> Iterator[Finding]:
    """The finding of a rule of `rules_of`, if it doesn't hold."""
    lookup = Lookup(context)
    judged = judge_rule(lookup, compiled)
    if judged is not None and not judged.holds:
        yield _finding(lookup, compiled, judged)


def judge_rule(lookup: Lookup, compiled: CompiledRule) -> Judged | None:
    """Whether a rule of `rules_of` holds; None where it is skipped or can't be computed."""
    found = [lookup.of(leaf) for leaf in compiled.leaves]
    if compiled.rule.operator in PAIRS:
        return _judge_pair(lookup, compiled, found)
    figures = _figures(compiled, found)
    if figures is None:
        return None
    try:
        left, right = compiled.left.run(figures), compiled.right.run(figures)
    except ZeroDivisionError:
        return None
    return Judged(_holds(compiled, left, right), left, right)


def _meant_for(compiled: CompiledRule, form: Form) -> bool:
    rule, day = compiled.rule, form.period.end
    if compiled.units is not None and form.unit.id not in compiled.units:
        return False
    if rule.slots and form.period.slot not in rule.slots:
        return False
    return within(day, rule.valid_from, rule.valid_to)


def _figures(compiled: CompiledRule, found: list[Found]) -> list[Decimal] | None:
    """The figures by the rule's strategy for missing ones; None where it is skipped.

    A baseline or target isn't reported by anybody: without it there is nothing to compare with.
    """
    reported = []
    for leaf, figure in zip(compiled.leaves, found, strict=True):
        if not figure.computable:
            return None
        if leaf.is_reported:
            reported.append(figure)
        elif figure.value is None:
            return None
    if not reported:
        return None
    strategy = compiled.rule.missing
    if strategy is Missing.SKIP_IF_ANY and any(f.value is None or not f.complete for f in reported):
        return None
    if strategy is Missing.SKIP_IF_ALL and all(f.value is None for f in reported):
        return None
    return [Decimal(0) if figure.value is None else figure.value for figure in found]


def _judge_pair(lookup: Lookup, compiled: CompiledRule, found: list[Found]) -> Judged | None:
    """A side is reported if any of its figures is; a side that the unit isn't asked for can't be judged."""

    def asked(side: Side) -> bool:
        leaves = (compiled.leaves[place] for place in side.places)
        named = (leaf.id for leaf in leaves if leaf.is_reported)
        return any(id_ in lookup.due for name in named for id_ in elements_of(lookup.context.plan, name))

    def reported(side: Side) -> bool:
        figures = (found[place] for place in side.places)
        return any(figure.value is not None or not figure.computable for figure in figures)

    left, right = compiled.left, compiled.right
    if not (asked(left) and asked(right)):
        return None
    if compiled.rule.operator is RuleOperator.COMPULSORY_PAIR:
        return Judged(reported(left) == reported(right))
    return Judged(not (reported(left) and reported(right)))


def _holds(compiled: CompiledRule, left: Decimal, right: Decimal) -> bool:
    rule = compiled.rule
    if _COMPARE[rule.operator](left, right):
        return True
    if rule.operator is RuleOperator.NOT_EQUAL_TO or rule.tolerance <= 0:
        return False
    return abs(EXACT.subtract(left, right)) <= rule.tolerance


def _finding(lookup: Lookup, compiled: CompiledRule, judged: Judged) -> Finding:
    rule, plan = compiled.rule, lookup.context.plan
    address = next(id_ for id_ in compiled.elements if id_ in lookup.due)
    spoken: Figures = {
        key: said
        for leaf in (*compiled.leaves, *compiled.named)
        for key, said in lookup.of(leaf).spoken.items()
    }
    make = Maker(lookup.context, plan.element(address))
    says = {Severity.ERROR: make.error, Severity.WARNING: make.warning, Severity.NOTICE: make.notice}
    params = sentence(lookup, compiled, judged.left, judged.right)
    return says[rule.severity](f"{RULE_CODE}{rule.id}", "", spoken, rule=rule.name, **params)
