"""The plan's own rules, parsed and compiled once for each plan; broken ones are left out.

What is broken in a rule is the plan checker's to say.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping

from desktop.model.plan import Plan
from desktop.model.rule import Rule
from desktop.model.unit import Unit
from desktop.validation.expressions import Compiled, Leaf, LeafKind, compile_tree, leaves, parse
from desktop.values import dataclass

SIDES = ("left", "right", "difference")
"""What a rule's text may name beside data elements and indicators."""
_PLACEHOLDER = re.compile(r"[{｛]([^{}｛｝]*)[}｝]")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a rule: its function, and the places of its figures among the rule's."""

    run: Compiled
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule ready to run.

    `leaves` are the figures of both sides, `named` those that only the text names. `elements` are the data
    elements it is about, the best place of its finding first; `reads` are those with the text's. `units` are
    the ids it applies to; None is all.
    """

    rule: Rule
    leaves: tuple[Leaf, ...]
    named: tuple[Leaf, ...]
    left: Side
    right: Side
    elements: tuple[str, ...]
    reads: tuple[str, ...]
    units: frozenset[str] | None


def compiled_rules(plan: Plan) -> tuple[CompiledRule, ...]:
    """The plan's sound and enabled rules, compiled when first asked for."""
    return plan.made_once(_compile_all)


def placeholders(text: str) -> Iterator[str]:
    """What stands in braces in a rule's text."""
    for match in _PLACEHOLDER.finditer(text):
        yield match[1].strip()


def fill(text: str, shown: Mapping[str, str]) -> str:
    """A rule's text with its figures; braces that name nothing known stay as they are."""
    return _PLACEHOLDER.sub(lambda match: shown.get(match[1].strip(), match[0]), text)


def units_of(plan: Plan, body: str, day: datetime.date | None = None) -> tuple[Unit, ...]:
    """The units that a kind's, a group's or a unit's id stands for; empty where the plan knows none."""
    if any(kind.id == body for kind in plan.unit_kinds):
        found = tuple(unit for unit in plan.units if unit.kind == body)
        return found if day is None else tuple(unit for unit in found if unit.exists_on(day))
    if plan.has_unit(body) or any(group.id == body for group in plan.groups):
        return plan.members(body, day)
    return ()


def elements_of(plan: Plan, id_: str) -> tuple[str, ...]:
    """The data elements of a name: itself, or what the indicator is computed from."""
    if plan.has_element(id_):
        return (id_,)
    indicator = plan.indicator(id_)
    return (*indicator.numerator, *indicator.denominator)


def knows(plan: Plan, leaf: Leaf) -> bool:
    """Whether the plan has what a leaf names."""
    if leaf.kind is LeafKind.GROUP:
        return plan.has_element(leaf.id) and bool(units_of(plan, leaf.group))
    if plan.has_element(leaf.id):
        return True
    return is_indicator(plan, leaf.id) and all(plan.has_element(id_) for id_ in elements_of(plan, leaf.id))


def is_indicator(plan: Plan, id_: str) -> bool:
    """Whether the plan has an indicator with that id."""
    return any(indicator.id == id_ for indicator in plan.indicators)


def _compile_all(plan: Plan) -> tuple[CompiledRule, ...]:
    found = (compile_rule(plan, rule) for rule in plan.rules if rule.enabled)
    return tuple(rule for rule in found if rule is not None)


def compile_rule(plan: Plan, rule: Rule) -> CompiledRule | None:
    """One rule; None if a side can't be read or names what the plan doesn't have."""
    left, right = parse(rule.left).tree, parse(rule.right).tree
    if left is None or right is None:
        return None
    of_left, of_right = tuple(leaves(left)), tuple(leaves(right))
    both = tuple(dict.fromkeys((*of_left, *of_right)))
    if not all(knows(plan, leaf) for leaf in both):
        return None
    places = {leaf: place for place, leaf in enumerate(both)}
    elements, named = _elements(plan, rule, both), _named(plan, rule)
    return CompiledRule(
        rule,
        both,
        named,
        Side(compile_tree(left, places), tuple(places[leaf] for leaf in of_left)),
        Side(compile_tree(right, places), tuple(places[leaf] for leaf in of_right)),
        elements,
        (*elements, *(id_ for leaf in named for id_ in elements_of(plan, leaf.id))),
        _units(plan, rule),
    )


def _named(plan: Plan, rule: Rule) -> tuple[Leaf, ...]:
    ids = (id_ for id_ in placeholders(rule.text) if id_ not in SIDES)
    named = (Leaf(LeafKind.OWN, id_) for id_ in dict.fromkeys(ids))
    return tuple(leaf for leaf in named if knows(plan, leaf))


def _elements(plan: Plan, rule: Rule, both: tuple[Leaf, ...]) -> tuple[str, ...]:
    first = (rule.at,) if rule.at and plan.has_element(rule.at) else ()
    parts = (id_ for leaf in both for id_ in elements_of(plan, leaf.id) if leaf.kind is not LeafKind.GROUP)
    groups = (leaf.id for leaf in both if leaf.kind is LeafKind.GROUP)
    return tuple(dict.fromkeys((*first, *parts, *groups)))


def _units(plan: Plan, rule: Rule) -> frozenset[str] | None:
    if not rule.applies_to:
        return None
    return frozenset(unit.id for body in rule.applies_to for unit in units_of(plan, body))
