"""Exact quotients and powers: what a path asks for, compared without rounding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from desktop.model.decimals import EXACT
from desktop.values import dataclass


def decimal_of(value: Fraction) -> Decimal:
    """The decimal of a quotient at the program's precision; comparisons are made before, on the quotient."""
    return EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))


def fraction_of(value: Decimal | None) -> Fraction | None:
    """The exact quotient of a decimal, None of None."""
    return None if value is None else Fraction(value)


@dataclass(frozen=True, slots=True)
class Expected:
    """base × ratio ^ exponent; a broken exponent is compared by whole powers, never by roots."""

    base: Fraction
    ratio: Fraction = Fraction(1)
    exponent: Fraction = Fraction(0)

    def times(self, factor: Fraction) -> Expected:
        """The same, multiplied."""
        return Expected(self.base * factor, self.ratio, self.exponent)

    def order(self, value: Fraction) -> int:
        """Negative, zero or positive as `value` is below, at or above it."""
        whole = self._whole()
        if whole is not None:
            return _sign(value - whole)
        if value <= 0:
            return -1
        root, power = self.exponent.denominator, self.exponent.numerator
        return _sign((value / self.base) ** root - self.ratio**power)

    def decimal(self) -> Decimal:
        """Its value at the program's precision."""
        whole = self._whole()
        if whole is not None:
            return decimal_of(whole)
        power = EXACT.power(decimal_of(self.ratio), decimal_of(self.exponent))
        return EXACT.multiply(decimal_of(self.base), power)

    def fraction(self) -> Fraction:
        """Its value as a quotient, for sums; rounded at the program's precision where it is none."""
        whole = self._whole()
        return Fraction(self.decimal()) if whole is None else whole

    def _whole(self) -> Fraction | None:
        if self.exponent.denominator == 1:
            return self.base * self.ratio**self.exponent.numerator
        return None


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)
