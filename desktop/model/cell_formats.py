"""What a cell's number format adds to its number: a unit behind it, digits left away, nothing shown."""

from __future__ import annotations

import re
from decimal import Decimal

from desktop.values import dataclass

_GENERAL = re.compile(r"general|g/通用格式", re.IGNORECASE)
_CONDITION = re.compile(r"\[[<>=]")
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|\[[^\]]*\]|[_*].|(?P<digit>[0#?])|(?P<plain>.)', re.DOTALL
)
_PLACEHOLDER = "\0"
_MINUS = re.compile("[-−(（]")
_AROUND = str.maketrans(dict.fromkeys("()（）-− "))


@dataclass(frozen=True, slots=True)
class Shape:
    """How a number is shown: with a unit behind it; cut to thousands; not at all; without its minus sign."""

    unit: str = ""
    scaled: bool = False
    hidden: bool = False
    unsigned: bool = False


def shape_of(number_format: str, value: Decimal) -> Shape:
    """What the format makes of the value; colours, signs, fillings and currency in front say nothing."""
    sections = _sections(number_format)
    if any(_CONDITION.search(section) for section in sections):
        # which section applies depends on conditions: only what all of them show alike is sure
        shapes = {_shape(section, signed=True) for section in sections}
        return shapes.pop() if len(shapes) == 1 else Shape(scaled=True)
    # a section for negative numbers shows a minus sign only if it says so
    return _shape(_chosen(sections, value), signed=value >= 0 or len(sections) == 1)


def _chosen(sections: list[str], value: Decimal) -> str:
    """The section for the value: positive; negative; zero."""
    if value < 0 and len(sections) > 1:
        return sections[1]
    if value == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


def _sections(number_format: str) -> list[str]:
    """The format's sections, split at semicolons outside quotes and escapes."""
    pieces = re.findall(r'"[^"]*"?|[\\!_*].|\[[^\]]*\]|;|[^;]', number_format, re.DOTALL)
    sections = [""]
    for piece in pieces:
        if piece == ";":
            sections.append("")
        else:
            sections[-1] += piece
    return sections


def _shape(section: str, *, signed: bool) -> Shape:
    shown = ""
    commas = 0
    for match in _PART.finditer(_GENERAL.sub("0", section)):
        if match["digit"]:
            shown += _PLACEHOLDER
            commas = 0
        elif match["plain"] == "," and shown.endswith(_PLACEHOLDER):
            commas += 1
        elif match["plain"] != "%":
            shown += match["quoted"] or match["escaped"] or match["plain"] or ""
    if _PLACEHOLDER not in shown and "@" not in shown:
        return Shape(hidden=True)
    behind = shown.rpartition(_PLACEHOLDER)[2] if _PLACEHOLDER in shown else ""
    return Shape(behind.translate(_AROUND), commas > 0, unsigned=not signed and not _MINUS.search(shown))
