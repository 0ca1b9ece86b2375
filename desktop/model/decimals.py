"""Exact decimals: their canonical text, and rounding once at display."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

PRECISION = 60
"""Digits kept in sums and products; figures have at most 20, so sums stay exact."""

EXACT = Context(prec=PRECISION)


class Rounding(StrEnum):
    """How a figure is rounded at display. Half-even is the option of GB/T 8170."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"


_MODES = {Rounding.HALF_UP: ROUND_HALF_UP, Rounding.HALF_EVEN: ROUND_HALF_EVEN}


def canonical(value: Decimal) -> str:
    """The one text of a value: plain digits, no exponent, no trailing zeros, no negative zero.

    Raises ValueError on NaN and infinities, which are never figures.
    """
    if not value.is_finite():
        raise ValueError(f"not a figure: {value}")
    if value == 0:
        return "0"
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text


def parse_canonical(text: str) -> Decimal:
    """The value of a canonical text; raises ValueError if the text isn't canonical."""
    value = Decimal(text) if _plain(text) else None
    if value is None or canonical(value) != text:
        raise ValueError(f"not canonical: {text!r}")
    return value


def _plain(text: str) -> bool:
    digits = text.removeprefix("-").replace(".", "", 1)
    return digits.isascii() and digits.isdigit()


def places(value: Decimal) -> int:
    """How many decimals the value really has (1.50 has one)."""
    text = canonical(value)
    return len(text.partition(".")[2])


def display_whole(value: Decimal, most: int = 8) -> str:
    """With all decimals that the value has; of an endless one the first, and dots."""
    if places(value) <= most:
        return display(value, places(value))
    cut = value.quantize(Decimal(1).scaleb(-most), rounding=ROUND_DOWN, context=EXACT)
    return display(cut, most) + "…"


def rounded(value: Decimal, decimals: int, rounding: Rounding = Rounding.HALF_UP) -> Decimal:
    """The value at `decimals` decimals, rounded once."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=_MODES[rounding], context=EXACT)


def display(value: Decimal, decimals: int, rounding: Rounding = Rounding.HALF_UP) -> str:
    """The value as shown to people: fixed decimals and thousands separators."""
    result = rounded(value, decimals, rounding)
    return format(abs(result) if result == 0 else result, ",f")


def divide(numerator: Decimal, denominator: Decimal) -> Decimal:
    """The quotient at the program's precision; raises ZeroDivisionError as division does."""
    if denominator == 0:
        raise ZeroDivisionError("denominator is zero")
    return EXACT.divide(numerator, denominator)


def total(values: list[Decimal]) -> Decimal:
    """The exact sum."""
    result = Decimal(0)
    for value in values:
        result = EXACT.add(result, value)
    return result
