"""The text of an expression as people type it: full-width signs made plain, and what can't stand in it.

Every sign is replaced by one sign, so that positions in the plain text are those of the typed one.
"""

from __future__ import annotations

from dataclasses import field

from desktop.values import dataclass

LONGEST = 2000
MOST_SIGNS = 200
"""Operators and brackets in one expression: bounds its depth too."""

_REPLACED = {
    "（": "(",
    "）": ")",
    "，": ",",
    "、": ",",
    "＋": "+",
    "－": "-",
    "−": "-",
    "–": "-",
    "＊": "*",
    "×": "*",
    "÷": "/",
    "／": "/",
    "．": ".",
    "＿": "_",
    "\u3000": " ",
    "\u00a0": " ",
    "\n": " ",
    "\r": " ",
    "\t": " ",
    **dict.fromkeys("“”„＂‘’＇'", '"'),
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)},
    **{chr(code): chr(code - 0xFEE0) for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))},
}
_PLAIN = str.maketrans(_REPLACED)
_SIGNS = frozenset('+-*/(),"')
_COMPARING = frozenset("=<>≥≤≠!＝＜＞≧≦")


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong in an expression: a code's last word, the place (from 1; 0: the whole), and details."""

    code: str
    position: int
    params: dict[str, str] = field(default_factory=dict, hash=False)


def plain(text: str) -> str:
    """The text with full-width signs as plain ones, of the same length."""
    return text.translate(_PLAIN)


def slip_of(text: str) -> Slip | None:
    """The first thing that can't stand in a plain text, whatever it means; None if there is none."""
    if not text.strip():
        return Slip("empty", 0)
    if len(text) > LONGEST:
        return Slip("too_long", 0, {"length": str(len(text)), "most": str(LONGEST)})
    if sum(sign in _SIGNS for sign in text) > MOST_SIGNS:
        return Slip("too_deep", 0, {"most": str(MOST_SIGNS)})
    for at, sign in enumerate(text):
        if sign in _COMPARING:
            return Slip("comparison", at + 1, {"found": sign})
        if not (sign.isalnum() or sign in _SIGNS or sign in "_. "):
            found = sign if sign.isprintable() else f"U+{ord(sign):04X}"
            return Slip("character", at + 1, {"found": found})
        if sign in "*/" and text[at + 1 : at + 2] == sign:
            return Slip("operator", at + 1, {"found": sign * 2})
    return _brackets(text)


def _brackets(text: str) -> Slip | None:
    opened: list[int] = []
    quoted = False
    for at, sign in enumerate(text):
        quoted ^= sign == '"'
        if quoted:
            continue
        if sign == "(":
            opened.append(at)
        elif sign == ")" and not opened:
            return Slip("bracket", at + 1, {"found": ")"})
        elif sign == ")":
            opened.pop()
    if quoted:
        return Slip("bracket", text.rindex('"') + 1, {"found": "“"})
    return Slip("bracket", opened[-1] + 1, {"found": "("}) if opened else None
