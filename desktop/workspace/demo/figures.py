"""Synthetic figures for the demonstration: a plan's `demo.toml` split over its units, always the same.

They are invented (演示) and marked so wherever they appear.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from functools import cached_property
from pathlib import Path

from desktop.model.decimals import EXACT
from desktop.model.element import DataElement, ElementKind, Mode
from desktop.model.period import Period
from desktop.model.plan import Plan, ReferenceFigure
from desktop.model.unit import Unit

PREFIX = "演示"
DEMO_FILE = "demo.toml"
_USUAL_WEIGHT = 3


@dataclass(frozen=True)
class DemoFigures:
    """The demonstration's figures.

    `district` holds element id → one canonical text per period, or empty; `sums` element id → the elements
    that make it up in every unit; `kind_weights` how large a unit of each territorial kind is.
    """

    plan: Plan
    periods: tuple[Period, ...]
    district: Mapping[str, tuple[str, ...]]
    references: tuple[ReferenceFigure, ...] = ()
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kind_weights: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def weights(self) -> dict[str, int]:
        """How large each territorial unit is; a figure is split by the weights of those that report it."""
        units = [unit for unit in self.plan.units if self.plan.is_territorial(unit)]
        return {u.id: self.kind_weights.get(u.kind, _USUAL_WEIGHT) * (7 + i % 5) for i, u in enumerate(units)}

    def value(self, element: DataElement, unit: Unit, period: Period) -> Decimal | None:
        """The figure a unit reports; None where the demonstration has none."""
        if element.id in self.sums:
            parts = [self.value(self.plan.element(part), unit, period) for part in self.sums[element.id]]
            return sum((part for part in parts if part is not None), Decimal(0))
        text = self.district.get(element.id, ("",) * len(self.periods))[self.periods.index(period)]
        if not text:
            return None
        whole = Decimal(text)
        if not self.plan.is_territorial(unit):
            return whole
        sharing = [u for u in self.plan.reporters(element, period) if self.plan.is_territorial(u)]
        if not sharing or sharing[0].id == unit.id:
            return whole - sum((self._share(element, whole, u, sharing) for u in sharing[1:]), Decimal(0))
        return self._share(element, whole, unit, sharing)

    def rows(self, element: DataElement, unit: Unit, count: int) -> tuple[dict[str, str], ...]:
        """Rows of a list element, named 演示."""
        return tuple(
            {column.id: f"{PREFIX}{unit.short_name}{element.name}{n:03d}" for column in element.columns[:1]}
            for n in range(1, count + 1)
        )

    def issued(self, unit: Unit, period: Period) -> dict[str, Decimal]:
        """The figures that the bureau issues to a unit for confirmation."""
        return {
            element.id: value
            for element in self.plan.elements
            if self.plan.mode(element, unit) is Mode.ISSUED
            and element.is_due(period.slot)
            and (value := self.value(element, unit, period)) is not None
        }

    def _share(self, element: DataElement, whole: Decimal, unit: Unit, sharing: list[Unit]) -> Decimal:
        weight = EXACT.divide(self.weights[unit.id], sum(self.weights[u.id] for u in sharing))
        step = Decimal(1).scaleb(-element.decimals)
        return EXACT.multiply(whole, weight).quantize(step, rounding=ROUND_FLOOR)


def load_demo_figures(plan: Plan, folder: Path) -> DemoFigures:
    """The figures of a plan folder's `demo.toml`."""
    data = tomllib.loads((folder / DEMO_FILE).read_text(encoding="utf-8"))
    return DemoFigures(
        plan=plan,
        periods=tuple(Period.parse(text) for text in data["periods"]),
        district={
            key: tuple(texts) for key, texts in (data["figures"] | data.get("unit_figures", {})).items()
        },
        references=tuple(
            ReferenceFigure(
                element=row["element"],
                area=plan.district.id,
                value=Decimal(row["value"]),
                date=_date(row["date"]),
                source=data["note"],
            )
            for row in data.get("reference", ())
        ),
        sums={key: tuple(parts) for key, parts in data.get("sums", {}).items()},
        kind_weights=data.get("weights", {}),
    )


def is_list(element: DataElement) -> bool:
    """Whether the element's figure is a count of rows."""
    return element.kind is ElementKind.LIST


def _date(value: object) -> datetime.date:
    if not isinstance(value, datetime.date):
        raise TypeError(f"not a date: {value!r}")
    return value
