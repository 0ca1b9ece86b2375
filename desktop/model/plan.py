"""A plan: indicators, data elements, targets, tasks, items, units and rules of one planning period."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from desktop.model.decimals import Rounding
from desktop.model.element import DataElement, Mode
from desktop.model.indicator import Indicator
from desktop.model.period import Period, PeriodType
from desktop.model.task import Action, Item, Task
from desktop.model.unit import Group, Unit, UnitKind
from desktop.values import dataclass

if TYPE_CHECKING:
    from desktop.model.explaining import ExplanationPolicy
    from desktop.model.family import Family, FamilySetting
    from desktop.model.mapping import MappingRow
    from desktop.model.narrative import NarrativeAdvice
    from desktop.model.rule import Rule
    from desktop.model.target import Contradiction, Target

Made = TypeVar("Made")


def _usual_explanations() -> ExplanationPolicy:
    from desktop.model.explaining import ExplanationPolicy

    return ExplanationPolicy()


def _usual_narratives() -> NarrativeAdvice:
    from desktop.model.narrative import NarrativeAdvice

    return NarrativeAdvice()


@dataclass(frozen=True, slots=True)
class KindOfUnit:
    """A kind of unit with its label; `territorial` kinds are added up, departments are not."""

    id: str
    label: str
    territorial: bool


@dataclass(frozen=True, slots=True)
class ReferenceFigure:
    """A shared denominator or an issued figure, known before anyone reports it.

    `area` is a unit id, or the id of the district. `source` says where it comes from.
    """

    element: str
    area: str
    value: Decimal
    date: datetime.date
    vintage: str = "final"
    source: str = ""


@dataclass(frozen=True)
class Plan:
    """One plan. Collections keep the plan's order; look-ups go by id.

    `digest` is that of the canonical JSON of all the rest.
    """

    id: str
    name: str
    version: str
    first_year: int
    last_year: int
    baseline_year: int
    period_types: tuple[PeriodType, ...]
    district: Unit
    unit_kinds: tuple[KindOfUnit, ...]
    units: tuple[Unit, ...]
    groups: tuple[Group, ...]
    categories: tuple[str, ...]
    elements: tuple[DataElement, ...]
    indicators: tuple[Indicator, ...]
    targets: tuple[Target, ...]
    contradictions: tuple[Contradiction, ...]
    actions: tuple[Action, ...]
    tasks: tuple[Task, ...]
    items: tuple[Item, ...]
    references: tuple[ReferenceFigure, ...] = ()
    families: tuple[FamilySetting, ...] = ()
    rules: tuple[Rule, ...] = ()
    mapping: tuple[MappingRow, ...] = ()
    explanations: ExplanationPolicy = field(default_factory=_usual_explanations)
    narratives: NarrativeAdvice = field(default_factory=_usual_narratives)
    rounding: Rounding = Rounding.HALF_UP
    consolidator: str = ""
    title_before_overlaps: str = "汇总数"
    deadlines: Mapping[str, int] = field(default_factory=dict)
    """Days after a period's end by which units of a kind report."""
    digest: str = ""

    @classmethod
    def in_parts(cls, known: Mapping[str, Any], later: Mapping[str, Callable[[], object]]) -> Plan:
        """A plan that reads some of its parts when they are first asked for; `known` are all the others."""
        unread: dict[str, Any] = dict.fromkeys(later)
        plan = cls(**known, **unread)
        for name in later:
            del plan.__dict__[name]
        plan.__dict__["_later"] = later
        return plan

    def read_rest(self) -> None:
        """Read what nobody has asked for yet; raises ValueError where a part can't be read."""
        for name in self.__dict__.get("_later", {}):
            getattr(self, name)
        self.__dict__.pop("_later", None)  # and with it what they were read from

    if not TYPE_CHECKING:  # type checkers know the fields

        def __getattr__(self, name: str) -> object:
            """A part that is asked for the first time."""
            later = self.__dict__.get("_later", {})
            if name not in later:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            return self.__dict__.setdefault(name, later[name]())

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {unit.id: unit for unit in (*self.units, self.district)}

    @cached_property
    def _elements(self) -> dict[str, DataElement]:
        return {element.id: element for element in self.elements}

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def _items(self) -> dict[int, Item]:
        return {item.number: item for item in self.items}

    @cached_property
    def _tasks(self) -> dict[int, Task]:
        return {task.number: task for task in self.tasks}

    @cached_property
    def _groups(self) -> dict[str, Group]:
        return {group.id: group for group in self.groups}

    @cached_property
    def _kinds(self) -> dict[str, KindOfUnit]:
        return {kind.id: kind for kind in self.unit_kinds}

    @cached_property
    def _families(self) -> dict[Family, FamilySetting]:
        from desktop.model.family import Family, FamilySetting

        said = {setting.family: setting for setting in self.families}
        return {family: said.get(family, FamilySetting(family)) for family in Family}

    @cached_property
    def _switched_off(self) -> dict[Family, frozenset[str]]:
        return {
            family: frozenset(part for id_ in setting.except_for for part in self._parts_of(id_))
            for family, setting in self._families.items()
        }

    @cached_property
    def _former_units(self) -> dict[str, list[Unit]]:
        found: dict[str, list[Unit]] = {}
        for unit in self.units:
            for successor in dict.fromkeys(unit.successors):
                found.setdefault(successor, []).append(unit)
        return found

    @cached_property
    def _former_elements(self) -> dict[str, list[DataElement]]:
        found: dict[str, list[DataElement]] = {}
        for element in self.elements:
            if element.successor is not None:
                found.setdefault(element.successor, []).append(element)
        return found

    @cached_property
    def _owners(self) -> dict[str, tuple[Unit, ...]]:
        departments = [unit for unit in self.units if not self.is_territorial(unit)]
        return {
            element.id: tuple(unit for unit in departments if self.mode(element, unit) is Mode.ENTERED)
            for element in self.elements
        }

    def _parts_of(self, id_: str) -> tuple[str, ...]:
        """The id itself and, where it is an indicator's, the elements it is computed from."""
        indicator = self._indicators.get(id_)
        return (id_,) if indicator is None else (id_, *indicator.numerator, *indicator.denominator)

    @cached_property
    def _made(self) -> dict[Callable[[Plan], object], object]:
        return {}

    def made_once(self, make: Callable[[Plan], Made]) -> Made:
        """What a function makes of this plan, such as its compiled rules: once for each plan object."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast("Made", self._made[make])

    def family(self, family: Family) -> FamilySetting:
        """What the plan says of a generated family of rules, at its defaults where it says nothing."""
        return self._families[family]

    def checks(self, family: Family, id_: str = "") -> bool:
        """Whether a family is on, and for an element or indicator id on for that one."""
        return self._families[family].enabled and id_ not in self._switched_off[family]

    def unit(self, id_: str) -> Unit:
        """The unit (or the district) with that id; raises KeyError."""
        return self._units[id_]

    def has_unit(self, id_: str) -> bool:
        """Whether the plan knows that unit."""
        return id_ in self._units

    def find_unit(self, text: str) -> Unit | None:
        """The one reporting unit that an id, a name, an alias or an official code means, else None."""
        wanted = text.strip()
        if wanted in self._units:
            return self._units[wanted]
        found = [unit for unit in self.units if wanted in unit.names]
        return found[0] if len(found) == 1 else None

    def former_units(self, id_: str) -> tuple[Unit, ...]:
        """The units that name this one among their successors."""
        return tuple(self._former_units.get(id_, ()))

    def former_elements(self, id_: str) -> tuple[DataElement, ...]:
        """The data elements that name this one as their successor."""
        return tuple(self._former_elements.get(id_, ()))

    def element(self, id_: str) -> DataElement:
        """The data element with that id; raises KeyError."""
        return self._elements[id_]

    def has_element(self, id_: str) -> bool:
        """Whether the plan knows that data element."""
        return id_ in self._elements

    def indicator(self, id_: str) -> Indicator:
        """The indicator with that id; raises KeyError."""
        return self._indicators[id_]

    def item(self, number: int) -> Item:
        """The item with that number; raises KeyError."""
        return self._items[number]

    def has_item(self, number: int) -> bool:
        """Whether the plan has that item."""
        return number in self._items

    def task(self, number: int) -> Task:
        """The task with that number; raises KeyError."""
        return self._tasks[number]

    def kind_label(self, kind: str) -> str:
        """The label of a kind of unit."""
        return self._kinds[kind].label if kind in self._kinds else kind

    def is_territorial(self, unit: Unit) -> bool:
        """Whether the unit's figures are added up to district totals."""
        kind = self._kinds.get(unit.kind)
        return kind is not None and kind.territorial

    def units_on(self, day: datetime.date) -> tuple[Unit, ...]:
        """Reporting units that exist on that day."""
        return tuple(unit for unit in self.units if unit.exists_on(day))

    def members(self, body: str, day: datetime.date | None = None) -> tuple[Unit, ...]:
        """The units a body (a unit's or a group's id) stands for; empty for an undefined group."""
        if body in self._units:
            found: tuple[Unit, ...] = (self._units[body],)
        else:
            group = self._groups[body]
            found = tuple(u for u in self.units if u.kind in group.kinds or u.id in group.members)
        return found if day is None else tuple(unit for unit in found if unit.exists_on(day))

    def stands_for(self, body: str, unit: Unit) -> bool:
        """Whether a unit is among those a body (a unit's or a group's id) stands for."""
        if body in self._units:
            return body == unit.id
        group = self._groups[body]
        return unit.kind in group.kinds or unit.id in group.members

    def body_name(self, body: str) -> str:
        """The name by which the plan calls a responsible body."""
        return self._units[body].short_name if body in self._units else self._groups[body].name

    def lead(self, item: Item) -> str | None:
        """The unit that leads an item: named, else the first body, else the group's named lead."""
        first = item.lead or (item.bodies[0] if item.bodies else None)
        if first is None or first in self._units:
            return first
        return self._groups[first].lead

    def mode(self, element: DataElement, unit: Unit) -> Mode:
        """How that unit brings that element: by unit id, else by group, else by kind, else not at all."""
        if unit.id in element.mode:
            return element.mode[unit.id]
        for key, mode in element.mode.items():
            group = self._groups.get(key)
            if group is not None and any(member.id == unit.id for member in self.members(group.id)):
                return mode
        return element.mode.get(unit.kind, Mode.NONE)

    def reporters(self, element: DataElement, period: Period) -> tuple[Unit, ...]:
        """Units that owe that element in that period; empty where it is 本期不报."""
        if not element.is_due(period.slot):
            return ()
        return tuple(u for u in self.units_on(period.end) if self.mode(element, u) is not Mode.NONE)

    def owners(self, element: DataElement) -> tuple[Unit, ...]:
        """Units outside the territorial tree that type the element: departments."""
        return self._owners[element.id]

    def periods(self) -> Iterator[Period]:
        """Every period of the plan's types within its years, in order."""
        for year in range(self.first_year, self.last_year + 1):
            for type_ in self.period_types:
                first = Period(type_, year)
                for number in range(1, first.per_year + 1):
                    yield Period(type_, year, number)

    def asks(self, period: Period) -> bool:
        """Whether the plan has periods of that type; years after its end can be reported too."""
        return period.type in self.period_types and period.year >= self.baseline_year

    def last_day(self, unit: Unit, period: Period) -> datetime.date | None:
        """The last day on which a unit's report is on time; None where the plan sets none."""
        days = self.deadlines.get(unit.id, self.deadlines.get(unit.kind))
        return None if days is None else period.end + datetime.timedelta(days=days)

    def targets_on(self, day: datetime.date) -> tuple[Target, ...]:
        """Targets but those of indicators that aren't in force on that day."""
        return tuple(
            target
            for target in self.targets
            if target.indicator not in self._indicators or self._indicators[target.indicator].valid_on(day)
        )

    def targets_of(self, measure: str) -> tuple[Target, ...]:
        """Targets that judge an indicator or element id."""
        return tuple(t for t in self.targets if measure in (t.indicator, t.element))


DISTRICT_KIND = UnitKind.DISTRICT.value
