"""Expressions of validation rules: text → tree → function. They know no plan and no section."""

from __future__ import annotations

from desktop.validation.expressions.compiling import Compiled, compile_tree
from desktop.validation.expressions.parsing import FUNCTIONS, Parsed, parse
from desktop.validation.expressions.tree import (
    Constant,
    Leaf,
    LeafKind,
    Node,
    Operation,
    is_constant,
    is_reported,
    leaves,
    operations,
)
from desktop.validation.expressions.typed import LONGEST, MOST_SIGNS, Slip, plain

__all__ = [
    "FUNCTIONS",
    "LONGEST",
    "MOST_SIGNS",
    "Compiled",
    "Constant",
    "Leaf",
    "LeafKind",
    "Node",
    "Operation",
    "Parsed",
    "Slip",
    "compile_tree",
    "is_constant",
    "is_reported",
    "leaves",
    "operations",
    "parse",
    "plain",
]
