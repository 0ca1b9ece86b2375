"""The sentence of a finding of the plan's own rules: its text with the figures that disagree."""

from __future__ import annotations

from decimal import Decimal

from desktop.model.catalogue.rule_messages import SENTENCES
from desktop.model.decimals import EXACT, display, places
from desktop.model.plan import Plan
from desktop.validation.rule_compiling import CompiledRule, fill, is_indicator
from desktop.validation.rule_figures import Lookup

_MISSING = "（未报）"
_MORE = 2
"""Decimals beside those of the figures named that a computed figure may show."""
_MOST = 20
_LONGEST = 30
"""Digits before the point beyond which a product of figures is shown by its power of ten."""


def sentence(
    lookup: Lookup, compiled: CompiledRule, left: Decimal | None, right: Decimal | None
) -> dict[str, str]:
    """The parameters of a finding: `text`, `left`, `right` and `difference`, as people read them."""
    rule, plan = compiled.rule, lookup.context.plan
    shown = {leaf.id: _figure(plan, leaf.id, lookup.of(leaf).value) for leaf in compiled.named}
    sides = {"left": _MISSING, "right": _MISSING, "difference": _MISSING}
    if left is not None and right is not None:
        sides = _sides(_usual(plan, compiled), left, right)
    text = rule.text or SENTENCES[rule.operator.value]
    return {**sides, "text": fill(text, {**shown, **sides, "name": rule.name})}


def _sides(usual: int, left: Decimal, right: Decimal) -> dict[str, str]:
    """Both sides and how far they are apart; sides that differ never print equal."""
    most = usual + _MORE
    while left != right and most < _MOST and _shown(left, usual, most) == _shown(right, usual, most):
        most += 1
    shown = {"left": left, "right": right, "difference": abs(EXACT.subtract(left, right))}
    return {name: _shown(value, usual, most) for name, value in shown.items()}


def _shown(value: Decimal, usual: int, most: int) -> str:
    """With all the decimals it has, up to `most`, and at least the usual ones where it has any."""
    if value.adjusted() > _LONGEST:
        return f"{value:.6E}"
    own = places(value)
    return display(value, min(max(own, usual), most) if own else usual)


def _usual(plan: Plan, compiled: CompiledRule) -> int:
    """The decimals of the figures that a rule names."""
    return max((_decimals(plan, leaf.id) for leaf in compiled.leaves), default=0)


def _decimals(plan: Plan, id_: str) -> int:
    return plan.element(id_).decimals if plan.has_element(id_) else plan.indicator(id_).decimals


def _figure(plan: Plan, id_: str, value: Decimal | None) -> str:
    if value is None:
        return _MISSING
    usual = _decimals(plan, id_)
    exact = not is_indicator(plan, id_)
    return _shown(value, usual, _MOST if exact else usual + _MORE)
