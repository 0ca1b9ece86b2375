"""What an expression is made of once it was read."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from desktop.values import dataclass


class LeafKind(StrEnum):
    """Whose figure a name stands for; the functions that look elsewhere bear these names."""

    OWN = "own"
    PREVIOUS = "prev"
    SAME_LAST_YEAR = "same_period_last_year"
    BASELINE = "baseline"
    TARGET = "target"
    GROUP = "group_sum"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One figure that is looked up: a data element or an indicator by id; `group` is set for group_sum."""

    kind: LeafKind
    id: str
    group: str = ""

    @property
    def is_reported(self) -> bool:
        """Whether units report it; a baseline or target is the plan's."""
        return self.kind not in (LeafKind.BASELINE, LeafKind.TARGET)


@dataclass(frozen=True, slots=True)
class Constant:
    """A number of the text, exact."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Operation:
    """One of + - * / (two parts), negative, abs (one part), sum, min, max (one or more)."""

    name: str
    parts: tuple[Node, ...]


Node = Leaf | Constant | Operation


def leaves(node: Node) -> Iterator[Leaf]:
    """Every leaf in the order of the text; a leaf that stands twice comes twice."""
    if isinstance(node, Leaf):
        yield node
    elif isinstance(node, Operation):
        for part in node.parts:
            yield from leaves(part)


def operations(node: Node) -> Iterator[Operation]:
    """Every operation, inner ones after those around them."""
    if isinstance(node, Operation):
        yield node
        for part in node.parts:
            yield from operations(part)


def is_constant(node: Node) -> bool:
    """Whether no figure is looked up in it."""
    return next(leaves(node), None) is None


def is_reported(node: Node) -> bool:
    """Whether any of its figures is one that units report."""
    return any(leaf.is_reported for leaf in leaves(node))
