"""Checks of the rules that a plan writes itself: each slip is a finding at its key."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from desktop.definition.places import Where, entry_of, plan_error, plan_finding
from desktop.definition.references import misshapen, repeated, unknown, unknown_ones
from desktop.definition.rule_measures import clashes
from desktop.model.catalogue.rule_messages import SIDE_WORDS, USAGES
from desktop.model.decimals import canonical
from desktop.model.finding import Finding, Severity
from desktop.model.plan import Plan
from desktop.model.rule import Rule, RuleOperator
from desktop.validation import (
    RULE_PAIRS,
    RULE_SIDES,
    is_indicator,
    knows,
    placeholders,
    targets_for,
    units_of,
)
from desktop.validation.expressions import (
    FUNCTIONS,
    Leaf,
    LeafKind,
    Node,
    Parsed,
    compile_tree,
    is_constant,
    is_reported,
    leaves,
    operations,
    parse,
)

_NO_TOLERANCE = frozenset({*RULE_PAIRS, RuleOperator.NOT_EQUAL_TO})


def check_rules(plan: Plan) -> Iterator[Finding]:
    """Findings on the plan's own rules, at rules.toml#rule.<id>."""
    ids = [rule.id for rule in plan.rules]
    yield from repeated("rules", ids)
    yield from misshapen("rules", ids)
    for rule in plan.rules:
        at = entry_of("rules", rule.id)
        yield from _sides(plan, rule, at)
        yield from _settings(plan, rule, at)
        yield from _text(plan, rule.text, at.at("text"))


def _sides(plan: Plan, rule: Rule, at: Where) -> Iterator[Finding]:
    sound: list[Node] = []
    for field, text in (("left", rule.left), ("right", rule.right)):
        parsed = parse(text)
        where = at.at(field)
        if parsed.tree is None:
            yield _slip(parsed, where)
            continue
        found = list(_names(plan, parsed.tree, where))
        yield from found
        yield from _divisions(parsed.tree, where)
        if not found:
            sound.append(parsed.tree)
    if len(sound) == 2:
        yield from _between(plan, rule, sound[0], sound[1], at)


def _slip(parsed: Parsed, where: Where) -> Finding:
    slip = parsed.slip
    assert slip is not None  # a text that has no tree has a slip
    function = slip.params.get("function", "")
    told = {"functions": "、".join(FUNCTIONS), "usage": USAGES.get(function, "")}
    return plan_error(f"plan.rule_{slip.code}", where, position=str(slip.position), **told, **slip.params)


def _names(plan: Plan, tree: Node, where: Where) -> Iterator[Finding]:
    for leaf in dict.fromkeys(leaves(tree)):
        if not plan.has_element(leaf.id) and not is_indicator(plan, leaf.id):
            yield _unknown_name(plan, leaf.id, where)
        elif leaf.kind is LeafKind.GROUP:
            yield from _group(plan, leaf, where)
        elif not leaf.is_reported and not targets_for(plan, leaf):
            name = _name_of(plan, leaf.id)
            yield plan_error("plan.rule_no_target", where, name=name, what=SIDE_WORDS[leaf.kind.value])


def _unknown_name(plan: Plan, id_: str, where: Where) -> Finding:
    kinds = {
        "unit": [unit.id for unit in (*plan.units, plan.district)],
        "group": [group.id for group in plan.groups],
        "kind": [kind.id for kind in plan.unit_kinds],
    }
    for kind, ids in kinds.items():
        if id_ in ids:
            return plan_error("plan.rule_not_a_figure", where, value=id_, what=SIDE_WORDS[kind])
    return plan_error("plan.rule_name", where, value=id_, hint=_hint(plan, id_))


def _group(plan: Plan, leaf: Leaf, where: Where) -> Iterator[Finding]:
    if not plan.has_element(leaf.id):
        yield plan_error("plan.rule_group_figure", where, value=leaf.id)
        return
    known = [
        *(group.id for group in plan.groups),
        *(kind.id for kind in plan.unit_kinds),
        *(unit.id for unit in plan.units),
    ]
    if leaf.group not in known:
        near = _near(leaf.group, known)
        yield plan_error("plan.rule_group", where, value=leaf.group, hint=near)
    elif not units_of(plan, leaf.group):
        yield plan_finding("plan.rule_group_empty", Severity.WARNING, where, value=leaf.group)


def _divisions(tree: Node, where: Where) -> Iterator[Finding]:
    """A divisor without any figure that comes to nothing; one that can't be computed holds another such."""
    for operation in operations(tree):
        if operation.name == "/" and is_constant(operation.parts[1]):
            try:
                divisor = compile_tree(operation.parts[1], {})(())
            except ZeroDivisionError:
                continue
            if divisor == 0:
                yield plan_error("plan.rule_divided_by_zero", where)
                return


def _between(plan: Plan, rule: Rule, left: Node, right: Node, at: Where) -> Iterator[Finding]:
    """What only both sides together can have wrong."""
    if rule.operator in RULE_PAIRS:
        for field, tree in (("left", left), ("right", right)):
            if not is_reported(tree):
                yield plan_error("plan.rule_no_figures", at.at(field))
    elif not is_reported(left) and not is_reported(right):
        yield plan_error("plan.rule_no_figures", at.at("left"))
    if left == right:
        yield plan_error("plan.rule_same_sides", at.at("right"))
    if rule.operator not in RULE_PAIRS and all(knows(plan, leaf) for leaf in (*leaves(left), *leaves(right))):
        for one, other in clashes(plan, left, right):
            yield plan_error("plan.rule_units", at, one=one, other=other)


def _settings(plan: Plan, rule: Rule, at: Where) -> Iterator[Finding]:
    if rule.at:
        yield from unknown("element", rule.at, [e.id for e in plan.elements], at.at("at"))
    bodies = [*(u.id for u in plan.units), *(g.id for g in plan.groups), *(k.id for k in plan.unit_kinds)]
    yield from unknown_ones("reporter", rule.applies_to, bodies, at.at("applies_to"))
    slots = sorted({period.slot for period in plan.periods()})
    yield from unknown_ones("slot", rule.slots, slots, at.at("slots"))
    if rule.tolerance < 0:
        yield plan_error("plan.rule_tolerance", at.at("tolerance"), value=canonical(rule.tolerance))
    elif rule.tolerance and rule.operator in _NO_TOLERANCE:
        yield plan_finding("plan.rule_tolerance_unused", Severity.WARNING, at.at("tolerance"))
    if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
        yield plan_error("plan.bad_validity", at.at("valid_to"))


def _text(plan: Plan, text: str, where: Where) -> Iterator[Finding]:
    named = list(placeholders(text))
    for name in dict.fromkeys(named):
        if name not in RULE_SIDES and not plan.has_element(name) and not is_indicator(plan, name):
            known = [*RULE_SIDES, *_ids(plan)]
            yield plan_error("plan.rule_placeholder", where, value=name, hint=_near(name, known))
    braces = sum(text.count(brace) for brace in "{}｛｝")
    if braces != 2 * len(named):
        yield plan_error("plan.rule_brace", where)


def _hint(plan: Plan, name: str) -> str:
    """The nearest id; the one that bears the name, where a name was written."""
    named = [id_ for id_ in _ids(plan) if _name_of(plan, id_) == name]
    return f"，是否应为 {named[0]}" if named else _near(name, _ids(plan))


def _near(value: str, known: list[str]) -> str:
    near = difflib.get_close_matches(value, known, n=1)
    return f"，是否应为 {near[0]}" if near else ""


def _ids(plan: Plan) -> list[str]:
    return [*(e.id for e in plan.elements), *(i.id for i in plan.indicators)]


def _name_of(plan: Plan, id_: str) -> str:
    return plan.element(id_).name if plan.has_element(id_) else plan.indicator(id_).name
