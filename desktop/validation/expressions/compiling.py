"""Tree → a function of the figures of its leaves; exact decimals, only division rounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import reduce

from desktop.model.decimals import EXACT, divide, total
from desktop.validation.expressions.tree import Constant, Leaf, Node

Figures = Sequence[Decimal]
"""The figures of a rule's leaves, in the order in which they were numbered."""
Compiled = Callable[[Figures], Decimal]
"""Raises ZeroDivisionError where it can't be computed."""


def compile_tree(node: Node, places: Mapping[Leaf, int]) -> Compiled:
    """The function of a tree; `places` numbers its leaves."""
    if isinstance(node, Constant):
        value = node.value
        return lambda _figures: value
    if isinstance(node, Leaf):
        place = places[node]
        return lambda figures: figures[place]
    parts = tuple(compile_tree(part, places) for part in node.parts)
    if node.name in _TWO:
        return _of_two(_TWO[node.name], *parts)
    if node.name in _ONE:
        return _of_one(_ONE[node.name], *parts)
    return _of_many(_MANY[node.name], parts)


_TWO: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": EXACT.add,
    "-": EXACT.subtract,
    "*": EXACT.multiply,
    "/": divide,
}
_ONE: Mapping[str, Callable[[Decimal], Decimal]] = {
    "negative": EXACT.minus,
    "abs": EXACT.abs,
}
_MANY: Mapping[str, Callable[[list[Decimal]], Decimal]] = {
    "sum": total,
    "min": lambda values: reduce(min, values),
    "max": lambda values: reduce(max, values),
}


def _of_two(operate: Callable[[Decimal, Decimal], Decimal], left: Compiled, right: Compiled) -> Compiled:
    return lambda figures: operate(left(figures), right(figures))


def _of_one(operate: Callable[[Decimal], Decimal], part: Compiled) -> Compiled:
    return lambda figures: operate(part(figures))


def _of_many(operate: Callable[[list[Decimal]], Decimal], parts: tuple[Compiled, ...]) -> Compiled:
    return lambda figures: operate([part(figures) for part in parts])
