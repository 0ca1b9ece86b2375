"""Indicators: what the plan judges, computed from data elements."""

from __future__ import annotations

import datetime
from decimal import Decimal
from enum import StrEnum

from desktop.model.period import within
from desktop.values import dataclass


class SourceKind(StrEnum):
    """Where the district's figure comes from.

    departments: the figure of the departments that enter the element (several only where the element is
    declared disjoint); units: the sum over zones, streets and towns; stated: the ratio as its
    publisher states it (直报值).
    """

    DEPARTMENTS = "departments"
    UNITS = "units"
    STATED = "stated"


class Measure(StrEnum):
    """What kind of quantity the indicator is; it decides how changes are named and what may be computed."""

    COUNT = "count"
    AMOUNT = "amount"
    RATIO = "ratio"
    SCORE = "score"


class Better(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Source:
    """A main or check source; `stated` names the data element that holds a stated ratio.

    `label` names it for people, e.g. 区市场监管局 or 各单位合计.
    """

    kind: SourceKind
    label: str
    stated: str | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the plan.

    value = (sum of `numerator` elements) / (sum of `denominator` elements) × `factor`; without a
    denominator the sum of the numerator × `factor`. `factor` carries per cent, per hundred and
    万元 → 亿元. `own_ratio` says whether the plan allows a unit's own ratio; `by_unit` whether the
    indicator is shown by unit at all. `monitor_only` indicators get no judgement. `initials` are for search.
    """

    id: str
    number: int
    name: str
    short_name: str
    category: str
    national: bool
    unit: str
    measure: Measure
    better: Better
    decimals: int
    numerator: tuple[str, ...]
    main_source: Source
    denominator: tuple[str, ...] = ()
    factor: Decimal = Decimal(1)
    check_sources: tuple[Source, ...] = ()
    baseline: Decimal | None = None
    target: Decimal | None = None
    definition: str = ""
    own_ratio: bool = False
    by_unit: bool = True
    monitor_only: bool = False
    over_flow: bool = False
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    successor: str | None = None
    note: str = ""
    initials: str = ""

    def valid_on(self, day: datetime.date) -> bool:
        """Whether the plan judges by it on that day."""
        return within(day, self.valid_from, self.valid_to)

    @property
    def is_ratio(self) -> bool:
        """Whether it is computed as a quotient: such figures are never added or averaged."""
        return bool(self.denominator)
