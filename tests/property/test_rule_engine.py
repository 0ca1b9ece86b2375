"""The rule engine against a slow evaluation with fractions, written from the documents: random expressions,
operators, strategies and records, blanks included.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.model.form import form_for
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.rule import Missing, Rule, RuleOperator
from desktop.model.submission import NIL, Figure, Section
from desktop.validation import CheckContext, check_section
from tests.core.plans import small_plan, with_changes

PLAN = small_plan()
UNIT = PLAN.unit("zone-a")
DECIMALS = {"patents": 0, "geo_products": 0, "licences": 0, "talents": 0, "pledges": 2, "net_change": 0}
FLOWS = {"licences", "talents", "pledges", "net_change"}
SHOWN = {("target", "talents"): 50, ("target", "pledged"): 30, ("baseline", "pledged"): 17}
"""What the small plan states; pledges has neither."""

Tree = tuple[object, ...]
"""("number", text), ("leaf", function, id), or (operation, tree, …)."""
Record = dict[tuple[str, str], Decimal | str | None]
"""(when, element id) → what was reported: a number, nil or nothing."""
WHEN = {"own": "now", "prev": "before", "same_period_last_year": "last year"}


class _Uncomputable(Exception):
    pass


class _Shaky(Exception):
    """The exact result hangs on digits that decimals of 60 digits can't hold."""


@dataclass
class Slow:
    """Evaluates by the documents; `rough` once a step has no exact decimal of 60 digits."""

    leaf: Callable[[str, str], Fraction]
    rough: bool = False
    largest: Fraction = Fraction(1)

    def value(self, tree: Tree) -> Fraction:
        result = self._value(tree)
        self.rough = self.rough or not _fits(result)
        self.largest = max(self.largest, abs(result))
        return result

    def _value(self, tree: Tree) -> Fraction:
        name, *rest = tree
        if name == "number":
            return Fraction(str(rest[0]))
        if name == "leaf":
            return self.leaf(str(rest[0]), str(rest[1]))
        parts = [self.value(part) for part in rest]  # type: ignore[arg-type]
        if name == "/":
            return self._quotient(parts[0], parts[1])
        operate: dict[object, Callable[[], Fraction]] = {
            "+": lambda: parts[0] + parts[1],
            "-": lambda: parts[0] - parts[1],
            "*": lambda: parts[0] * parts[1],
            "negative": lambda: -parts[0],
            "abs": lambda: abs(parts[0]),
            "sum": lambda: sum(parts, Fraction(0)),
            "min": lambda: min(parts),
            "max": lambda: max(parts),
        }
        return operate[name]()

    def _quotient(self, above: Fraction, below: Fraction) -> Fraction:
        if self.rough and self.near(below, Fraction(0)):
            raise _Shaky
        if below == 0:
            raise _Uncomputable
        return above / below

    def near(self, left: Fraction, right: Fraction) -> bool:
        """Whether rounding in the 60th digit could change how the two compare."""
        return self.rough and abs(left - right) <= self.largest * Fraction(1, 10**40)


def _fits(value: Fraction) -> bool:
    below = value.denominator
    for prime in (2, 5):
        while below % prime == 0:
            below //= prime
    return below == 1 and abs(value.numerator) < 10**40 and value.denominator < 10**15


def reported(record: Record, when: str, id_: str, period: Period) -> Fraction | None:
    """A data element in one of the three periods; a flow has nothing before the year's first quarter."""
    if when == "before" and id_ in FLOWS and period.number == 1:
        return None
    said = record[when, id_]
    return None if said is None else Fraction(0) if said == "nil" else Fraction(str(said))


def figure(record: Record, function: str, id_: str, period: Period) -> Fraction | None:
    """What a leaf stands for; None where it is missing."""
    if function in ("baseline", "target"):
        stated = SHOWN.get((function, id_))
        return None if stated is None else Fraction(stated)
    when = WHEN[function]
    if id_ == "pledged":
        amount = reported(record, when, "pledges", period)
        return None if amount is None else amount / 10000
    if id_ == "licence_share":
        above = reported(record, when, "licences", period)
        below = reported(record, when, "patents", period)
        if above is None or below is None:
            return None
        if below == 0:
            raise _Uncomputable
        return above * 100 / below
    return reported(record, when, id_, period)


Known = dict[tuple[str, str], Fraction | None]


def is_stated(leaf: tuple[str, str]) -> bool:
    return leaf[0] in ("baseline", "target")


def pair_broken(rule: Rule, trees: tuple[Tree, Tree], known: Known) -> bool:
    """A side is reported if any of its names is; a side that nobody reports can't be judged."""
    if any(all(is_stated(leaf) for leaf in found(tree)) for tree in trees):
        return False
    left, right = (any(known[leaf] is not None for leaf in found(tree)) for tree in trees)
    return left != right if rule.operator is RuleOperator.COMPULSORY_PAIR else left and right


def skipped(rule: Rule, known: Known) -> bool:
    """Nothing to compare, or too much of it missing."""
    stated = [value for leaf, value in known.items() if is_stated(leaf)]
    told = [value for leaf, value in known.items() if not is_stated(leaf)]
    if not told or None in stated:
        return True
    if rule.missing is Missing.SKIP_IF_ANY:
        return None in told
    return rule.missing is Missing.SKIP_IF_ALL and all(value is None for value in told)


def expected(rule: Rule, trees: tuple[Tree, Tree], record: Record, period: Period) -> bool | None:
    """Whether the rule is broken; None where rounding decides."""
    known: Known = {}
    computable = True
    for leaf in (*found(trees[0]), *found(trees[1])):
        try:
            known[leaf] = figure(record, *leaf, period)
        except _Uncomputable:  # every part of it was reported
            known[leaf], computable = Fraction(0), False
    if rule.operator in (RuleOperator.COMPULSORY_PAIR, RuleOperator.EXCLUSIVE_PAIR):
        return pair_broken(rule, trees, known)
    if skipped(rule, known) or not computable:
        return False
    slow = Slow(lambda function, id_: known[function, id_] or Fraction(0))
    slow.rough = any(value is not None and not _fits(value) for value in known.values())
    try:
        left, right = slow.value(trees[0]), slow.value(trees[1])
    except (_Uncomputable, _Shaky) as reason:
        return False if isinstance(reason, _Uncomputable) else None
    tolerance = Fraction(rule.tolerance)
    if slow.near(left, right) or slow.near(abs(left - right), tolerance):
        return None
    holds = {
        RuleOperator.EQUAL_TO: left == right,
        RuleOperator.NOT_EQUAL_TO: left != right,
        RuleOperator.GREATER_THAN: left > right,
        RuleOperator.GREATER_THAN_OR_EQUAL_TO: left >= right,
        RuleOperator.LESS_THAN: left < right,
        RuleOperator.LESS_THAN_OR_EQUAL_TO: left <= right,
    }[rule.operator]
    if rule.operator is not RuleOperator.NOT_EQUAL_TO and tolerance > 0:
        holds = holds or abs(left - right) <= tolerance
    return not holds


def found(tree: Tree) -> list[tuple[str, str]]:
    """The (function, id) of every leaf."""
    if tree[0] == "leaf":
        return [(str(tree[1]), str(tree[2]))]
    return [leaf for part in tree[1:] if isinstance(part, tuple) for leaf in found(part)]


def text(tree: Tree, wide: bool) -> str:
    """A tree as a person types it, with every bracket; `wide` as an input method does."""
    name, *rest = tree
    if name == "number":
        return str(rest[0])
    if name == "leaf":
        return str(rest[1]) if rest[0] == "own" else f"{rest[0]}({rest[1]})"
    parts = [text(part, wide) for part in rest]  # type: ignore[arg-type]
    if name == "negative":
        typed = f"(-{parts[0]})"
    elif name in ("+", "-", "*", "/"):
        typed = f"({parts[0]} {name} {parts[1]})"
    else:
        typed = f"{name}({', '.join(parts)})"
    return typed.translate(str.maketrans("()+-*/,", "（）＋－×÷，")) if wide else typed


NUMBERS = st.decimals(0, 999, places=2).map(str)
LEAVES = st.one_of(
    st.tuples(st.just("leaf"), st.sampled_from(sorted(WHEN)), st.sampled_from(sorted(DECIMALS))),
    st.tuples(st.just("leaf"), st.sampled_from(sorted(WHEN)), st.sampled_from(["pledged", "licence_share"])),
    st.sampled_from(sorted(SHOWN)).map(lambda stated: ("leaf", *stated)),
    st.tuples(st.just("number"), NUMBERS),
)


def _larger(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    two = st.tuples(st.sampled_from(["+", "-", "*", "/"]), inner, inner)
    one = st.tuples(st.sampled_from(["negative", "abs"]), inner)
    many = st.tuples(st.sampled_from(["sum", "min", "max"]), st.lists(inner, min_size=1, max_size=3)).map(
        lambda pair: (pair[0], *pair[1])
    )
    return st.one_of(two, one, many)


TREES: st.SearchStrategy[Tree] = st.recursive(LEAVES, _larger, max_leaves=7)
AMOUNTS = st.one_of(
    st.none(), st.just("nil"), st.integers(0, 12).map(Decimal), st.integers(0, 10**9).map(Decimal)
)
RECORDS: st.SearchStrategy[Record] = st.fixed_dictionaries(
    {(when, id_): AMOUNTS for when in WHEN.values() for id_ in DECIMALS}
)
RULES = st.builds(
    Rule,
    id=st.just("r"),
    name=st.just("演示"),
    left=st.just(""),
    operator=st.sampled_from(RuleOperator),
    missing=st.sampled_from(Missing),
    tolerance=st.sampled_from([Decimal(0), Decimal("0.5"), Decimal(100)]),
)


def context(plan: Plan, record: Record, period: Period) -> CheckContext:
    def section(when: str, of: Period) -> Section:
        said = {id_: record[when, id_] for id_ in DECIMALS}
        figures = {
            id_: NIL if value == "nil" else Figure.number(Decimal(value))
            for id_, value in said.items()
            if value is not None
        }
        return Section(UNIT.id, of, figures)

    return CheckContext(
        plan,
        form_for(plan, UNIT, period),
        section("now", period),
        previous=section("before", period.previous),
        same_last_year=section("last year", period.same_last_year),
    )


@settings(max_examples=2000, deadline=None)
@given(RULES, TREES, TREES, RECORDS, st.sampled_from(["2024Q1", "2024Q3"]), st.booleans())
def test_the_engine_agrees_with_a_slow_evaluation(
    rule: Rule, left: Tree, right: Tree, record: Record, at: str, wide: bool
) -> None:
    values = {name: getattr(rule, name) for name in Rule.__dataclass_fields__}
    rule = Rule(**{**values, "left": text(left, wide), "right": text(right, wide)})
    period = Period.parse(at)
    broken = expected(rule, (left, right), record, period)
    checked = context(with_changes(PLAN, rules=(rule,), families=()), record, period)
    told = [finding for finding in check_section(checked) if finding.code == "rule.r"]
    assert len(told) <= 1
    if broken is not None:
        assert bool(told) == broken
    for finding in told:
        assert "{" not in finding.params["text"]
