"""Data elements: what units type, confirm or don't report."""

from __future__ import annotations

import datetime
from dataclasses import field
from decimal import Decimal
from enum import StrEnum

from desktop.model.period import within
from desktop.values import dataclass


class Nature(StrEnum):
    """A stock is a figure at the period's end; a flow is the year to date."""

    STOCK = "stock"
    FLOW = "flow"


class ElementKind(StrEnum):
    """A number, or a list whose valid rows are counted."""

    NUMBER = "number"
    LIST = "list"


class Mode(StrEnum):
    """Who brings the figure: the unit types it (填报), it is issued and confirmed (下发核对), or
    neither (不报).
    """

    ENTERED = "entered"
    ISSUED = "issued"
    NONE = "none"


class Scope(StrEnum):
    """By what a unit owns a figure: 管理, 属地 or 注册地."""

    MANAGED = "managed"
    LOCATED = "located"
    REGISTERED = "registered"


class ColumnType(StrEnum):
    """The type of a list's column."""

    TEXT = "text"
    DATE = "date"
    CREDIT_CODE = "credit_code"


@dataclass(frozen=True, slots=True)
class Column:
    """One typed column of a list element; rows with a passed `expires` column don't count."""

    id: str
    name: str
    type: ColumnType = ColumnType.TEXT
    required: bool = False
    expires: bool = False


@dataclass(frozen=True, slots=True)
class ElementUnit:
    """How a figure is typed and how it is shown, e.g. typed in 万元, shown in 亿元 (`show_factor` 0.0001)."""

    typed: str
    shown: str = ""
    show_factor: Decimal = Decimal(1)

    @property
    def label(self) -> str:
        """The unit in which totals are shown."""
        return self.shown or self.typed


@dataclass(frozen=True, slots=True)
class EarlierDefinition:
    """A definition that held until a day; figures before and after it are compared only if `comparable`."""

    text: str
    valid_to: datetime.date
    comparable: bool = True


@dataclass(frozen=True, slots=True)
class DataElement:
    """One data element of a plan.

    `mode` maps a unit id, a group id or a kind of unit to a mode; the more particular wins and what is
    not named is not reported. `due` holds period slots (Q1–Q4, M01–M12, Y); outside them the element
    is 本期不报. `minimum` and `maximum` are the plausible range in the typed unit: they warn, never
    block. `subset_of` names the wholes that this figure can't exceed; `part_of` the one under which it is
    shown indented (其中). `cutoff_day` is the day of the last month at which the figure is taken
    (统计截止日).
    """

    id: str
    name: str
    category: str
    unit: ElementUnit
    nature: Nature
    decimals: int
    definition: str
    mode: dict[str, Mode] = field(hash=False)
    due: tuple[str, ...]
    kind: ElementKind = ElementKind.NUMBER
    initials: str = ""
    scope: Scope = Scope.MANAGED
    additive: bool = True
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    negative: bool = False
    subset_of: tuple[str, ...] = ()
    part_of: str | None = None
    shared: bool = False
    only_grows: bool = False
    stated_ratio: bool = False
    disjoint: bool = False
    cutoff_day: int | None = None
    vintages: tuple[str, ...] = ("final",)
    columns: tuple[Column, ...] = ()
    source: str = ""
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    successor: str | None = None
    earlier_definitions: tuple[EarlierDefinition, ...] = ()
    inferred: bool = False
    note: str = ""

    def is_due(self, slot: str) -> bool:
        """Whether the element is asked for in a period with that slot."""
        return slot in self.due

    def valid_on(self, day: datetime.date) -> bool:
        """Whether the element is in force on that day."""
        return within(day, self.valid_from, self.valid_to)

    def definition_on(self, day: datetime.date) -> str:
        """What was counted on that day."""
        held = [earlier for earlier in self.earlier_definitions if day <= earlier.valid_to]
        return min(held, key=lambda earlier: earlier.valid_to).text if held else self.definition

    def break_between(self, then: datetime.date, now: datetime.date) -> datetime.date | None:
        """The last day before a change of definition that makes figures of the two days not comparable."""
        breaks = [
            earlier.valid_to
            for earlier in self.earlier_definitions
            if not earlier.comparable and then <= earlier.valid_to < now
        ]
        return max(breaks, default=None)
