"""Decimals keep their value through their canonical text, and are rounded once, as said."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.decimals import (
    Rounding,
    canonical,
    display,
    display_whole,
    divide,
    parse_canonical,
    places,
    rounded,
    total,
)

FIGURES = st.tuples(st.integers(-(10**20) + 1, 10**20 - 1), st.integers(-20, 6)).map(
    lambda parts: Decimal(parts[0]).scaleb(parts[1])
)
DECIMALS = st.integers(0, 6)


@given(FIGURES)
def test_a_canonical_text_reads_back(value: Decimal) -> None:
    text = canonical(value)
    assert parse_canonical(text) == value
    assert canonical(parse_canonical(text)) == text
    assert "E" not in text
    assert not text.startswith("-0") or text.startswith("-0.")


@given(FIGURES, st.integers(0, 5))
def test_trailing_zeros_make_no_other_figure(value: Decimal, zeros: int) -> None:
    written = format(value, "f")
    more = written + ("" if "." in written else ".") + "0" * zeros
    assert canonical(Decimal(more)) == canonical(value)
    assert places(Decimal(more)) == places(value)


@pytest.mark.parametrize("text", ["", "-", "1.0", "01", "+1", "1e3", "NaN", "-0", ".5", "1,000", "１", "1."])
def test_what_is_not_canonical_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="canonical"):
        parse_canonical(text)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_what_is_no_figure_has_no_canonical_text(value: str) -> None:
    with pytest.raises(ValueError, match="figure"):
        canonical(Decimal(value))


@given(FIGURES, DECIMALS)
def test_half_goes_away_from_zero(value: Decimal, decimals: int) -> None:
    exact = abs(Fraction(value)) * 10**decimals
    expected = floor(exact + Fraction(1, 2))
    assert abs(Fraction(rounded(value, decimals))) * 10**decimals == expected


@given(FIGURES, DECIMALS)
def test_half_goes_to_the_even_digit_where_the_plan_says_so(value: Decimal, decimals: int) -> None:
    exact = Fraction(value) * 10**decimals
    assert Fraction(rounded(value, decimals, Rounding.HALF_EVEN)) * 10**decimals == round(exact)


def test_the_two_roundings_differ_at_the_half() -> None:
    assert display(Decimal("2.5"), 0) == "3"
    assert display(Decimal("2.5"), 0, Rounding.HALF_EVEN) == "2"
    assert display(Decimal("-0.04"), 1) == "0.0"
    assert display(Decimal("1234567.05"), 1) == "1,234,567.1"


def test_a_figure_is_shown_whole_and_one_without_end_with_dots() -> None:
    assert display_whole(Decimal("5986403.10")) == "5,986,403.1"
    assert display_whole(Decimal("0.12345678")) == "0.12345678"
    assert display_whole(Decimal("29.405672009864364981")) == "29.40567200…"
    assert display_whole(Decimal("-0.666666666666")) == "-0.66666666…", "cut, not rounded: it goes on"


@given(st.lists(FIGURES, max_size=60))
def test_sums_are_exact(values: list[Decimal]) -> None:
    assert Fraction(total(values)) == sum(map(Fraction, values))


@given(FIGURES, FIGURES.filter(bool))
def test_quotients_are_right_far_beyond_display(numerator: Decimal, denominator: Decimal) -> None:
    exact = Fraction(numerator) / Fraction(denominator)
    assert abs(Fraction(divide(numerator, denominator)) - exact) <= abs(exact) / 10**55
