"""Units of measure in a rule: what an expression's figure is counted in, and what doesn't go together.

Things that are counted (件, 个, 家 …) go with each other: a plan may count parts and wholes by different
words. A number fits anything, and so does whatever is multiplied or divided by a power of ten, which is how
units are converted. Per cent has no unit of measure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from desktop.model.plan import Plan
from desktop.validation.expressions import Constant, Leaf, Node, Operation

Measure = frozenset[tuple[str, int]] | None
"""Unit of measure → its power; None goes with anything."""

_COUNTED = frozenset("件个家次户人份项宗起处台套名所辆批座条场期例间只头")
_COUNT = "计数"
_PERCENT = frozenset({"%", "％", "百分点", "个百分点", "‰"})
Clash = tuple[str, str]
"""Two units of measure, in words, that can't be added or compared."""


def clashes(plan: Plan, left: Node, right: Node) -> Iterator[Clash]:
    """Where units of measure don't fit, in both sides and between them."""
    found: list[Clash] = []
    sides = [_measure(plan, left, found), _measure(plan, right, found)]
    yield from found
    if not found:
        yield from _differing(sides)


def _measure(plan: Plan, node: Node, found: list[Clash]) -> Measure:
    if isinstance(node, Constant):
        return None
    if isinstance(node, Leaf):
        return _of_text(_unit(plan, node.id))
    parts = [_measure(plan, part, found) for part in node.parts]
    if node.name in ("*", "/"):
        return None if _converts(node) else _combined(node.name, parts)
    found.extend(_differing(parts))
    return next((part for part in parts if part is not None), None)


def _differing(measures: list[Measure]) -> Iterator[Clash]:
    known = [measure for measure in measures if measure is not None]
    for measure in known[1:]:
        if measure != known[0]:
            yield words(known[0]), words(measure)
            return


def _converts(node: Operation) -> bool:
    """Whether it multiplies or divides by a power of ten other than one."""
    return any(
        isinstance(part, Constant) and part.value not in (0, 1) and _is_power_of_ten(part.value)
        for part in node.parts
    )


def _is_power_of_ten(value: Decimal) -> bool:
    return value.normalize().as_tuple().digits == (1,)


def _combined(name: str, parts: list[Measure]) -> Measure:
    powers: Counter[str] = Counter()
    for measure, sign in zip(parts, (1, -1 if name == "/" else 1), strict=True):
        for unit, power in measure or ():
            powers[unit] += sign * power
    return frozenset((unit, power) for unit, power in powers.items() if power)


def _unit(plan: Plan, id_: str) -> str:
    return plan.element(id_).unit.typed if plan.has_element(id_) else plan.indicator(id_).unit


def _of_text(text: str) -> Measure:
    if text in _PERCENT:
        return frozenset()
    above, _, below = text.partition("/")
    parts: list[Measure] = [frozenset({(_one(above), 1)})]
    return _combined("/", [*parts, frozenset({(_one(below), 1)}) if below else frozenset()])


def _one(unit: str) -> str:
    return _COUNT if unit in _COUNTED or unit in ("人次", "户次", "家次", "件次") else unit


def words(measure: Measure) -> str:
    """A unit of measure as people write it."""
    above = [_power(unit, power) for unit, power in sorted(measure or ()) if power > 0]
    below = [_power(unit, -power) for unit, power in sorted(measure or ()) if power < 0]
    if not above and not below:
        return "百分数或比值"
    return "·".join(above or ["1"]) + ("/" + "·".join(below) if below else "")


def _power(unit: str, power: int) -> str:
    name = "件数" if unit == _COUNT else unit
    return name if power == 1 else f"{name}^{power}"
