"""What an export wrote: the workbook and the district's figures in it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from desktop.model.decimals import canonical


@dataclass(frozen=True, slots=True)
class IndicatorTotal:
    """One indicator's district figure as exported; `value` is unrounded, None where withheld or
    without data.
    """

    number: int
    indicator: str
    name: str
    unit: str
    value: Decimal | None
    shown: str
    verdict: str
    units_reporting: int
    units_expected: int

    def as_data(self) -> dict[str, object]:
        """As JSON; the value as canonical text."""
        return {
            "number": self.number,
            "indicator": self.indicator,
            "name": self.name,
            "unit": self.unit,
            "value": None if self.value is None else canonical(self.value),
            "shown": self.shown,
            "verdict": self.verdict,
            "units_reporting": self.units_reporting,
            "units_expected": self.units_expected,
        }


@dataclass(frozen=True, slots=True)
class Exported:
    """A merged workbook that was written; `number` counts the exports of its period."""

    path: Path
    totals: tuple[IndicatorTotal, ...]
    number: int = 0
