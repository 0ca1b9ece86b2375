"""Expression text → tree, by whitelisting the nodes of Python's own grammar. Nothing is run as code.

A name is the id of a data element or indicator; one that holds a hyphen stands in quotes.
"""

from __future__ import annotations

import ast
import difflib
import re
from decimal import Decimal

from desktop.validation.expressions.tree import Constant, Leaf, LeafKind, Node, Operation
from desktop.validation.expressions.typed import Slip, plain, slip_of
from desktop.values import dataclass

_NUMBER = re.compile(r"[0-9]{1,20}(\.[0-9]{0,12})?|\.[0-9]{1,12}")
_BINARY: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_LOOKING = {
    kind.value: kind
    for kind in (LeafKind.PREVIOUS, LeafKind.SAME_LAST_YEAR, LeafKind.BASELINE, LeafKind.TARGET)
}
_MANY = ("sum", "min", "max")
FUNCTIONS = (*_LOOKING, LeafKind.GROUP.value, *_MANY, "abs")
"""The functions an expression may call."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree of a text, or the slip because of which it has none."""

    tree: Node | None
    slip: Slip | None = None


class _RefusedError(Exception):
    def __init__(self, slip: Slip) -> None:
        super().__init__(slip.code)
        self.slip = slip


def parse(text: str) -> Parsed:
    """Read an expression; whatever the text is, the result is a tree or a slip."""
    typed = plain(text)
    slip = slip_of(typed)
    if slip is not None:
        return Parsed(None, slip)
    lead = len(typed) - len(typed.lstrip())
    source = typed.strip()
    try:
        body = ast.parse(source, mode="eval").body
        return Parsed(_Translation(source, lead).node(body))
    except _RefusedError as refused:
        return Parsed(None, refused.slip)
    except SyntaxError as error:
        return Parsed(None, Slip("syntax", min((error.offset or 1) + lead, len(typed))))
    except (ValueError, RecursionError, MemoryError):  # what the parser says to absurd numbers and nesting
        return Parsed(None, Slip("syntax", 1))


@dataclass(frozen=True, slots=True)
class _Translation:
    """From Python's nodes to ours; `lead` is how many signs were stripped before the source."""

    source: str
    lead: int

    def node(self, node: ast.expr) -> Node:
        match node:
            case ast.Constant(value=str()):
                return Leaf(LeafKind.OWN, self._name(node))
            case ast.Constant():
                return Constant(self._number(node))
            case ast.Name():
                return Leaf(LeafKind.OWN, self._name(node))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Operation("negative", (self.node(operand),))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.node(operand)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
                return Operation(_BINARY[type(op)], (self.node(left), self.node(right)))
            case ast.Call():
                return self._call(node)
        raise self._refused("construct", node, found=self._text(node))

    def _call(self, call: ast.Call) -> Node:
        if not isinstance(call.func, ast.Name):
            raise self._refused("construct", call, found=self._text(call.func))
        name = call.func.id
        if name not in FUNCTIONS:
            near = difflib.get_close_matches(name, FUNCTIONS, n=1)
            hint = f"，是否应为 {near[0]}" if near else ""
            raise self._refused("function", call, function=name, hint=hint)
        if call.keywords:
            raise self._refused("construct", call, found=self._text(call.keywords[0].value))
        if name in _LOOKING:
            return Leaf(_LOOKING[name], *self._names(call, name, 1))
        if name == LeafKind.GROUP.value:
            return Leaf(LeafKind.GROUP, *self._names(call, name, 2))
        if not call.args or (name == "abs" and len(call.args) != 1):
            raise self._refused("arguments", call, function=name)
        return Operation(name, tuple(self.node(arg) for arg in call.args))

    def _names(self, call: ast.Call, function: str, count: int) -> list[str]:
        """The arguments of a function that takes ids and nothing else."""
        if len(call.args) != count:
            raise self._refused("arguments", call, function=function)
        for arg in call.args:
            quoted = isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            if not quoted and not isinstance(arg, ast.Name):
                raise self._refused("arguments", arg, function=function)
        return [self._name(arg) for arg in call.args]

    def _name(self, node: ast.expr) -> str:
        """The id as typed: Python would fold look-alike letters."""
        return self._text(node).strip('" ')

    def _number(self, node: ast.Constant) -> Decimal:
        text = self._text(node)
        if not _NUMBER.fullmatch(text):
            raise self._refused("number", node, found=text)
        return Decimal(text)

    def _text(self, node: ast.expr) -> str:
        return ast.get_source_segment(self.source, node) or ""

    def _refused(self, code: str, node: ast.expr, **params: str) -> _RefusedError:
        # Python counts in bytes of UTF-8
        before = self.source.encode()[: node.col_offset].decode(errors="ignore")
        return _RefusedError(Slip(code, len(before) + self.lead + 1, params))
