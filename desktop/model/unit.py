"""Reporting units, the groups that collectives name, and the tree by which they are added up."""

from __future__ import annotations

import datetime
from enum import StrEnum

from desktop.model.period import within
from desktop.values import dataclass


class UnitKind(StrEnum):
    """Kinds every plan may use; a plan names and labels its own in `Plan.unit_kinds`."""

    DEVELOPMENT_ZONE = "development_zone"
    STREET = "street"
    TOWN = "town"
    DEPARTMENT = "department"
    DISTRICT = "district"


@dataclass(frozen=True, slots=True)
class OfficialCode:
    """A code with its code system: two official systems give one number to different towns."""

    system: str
    code: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that the unit bore until a day."""

    name: str
    valid_to: datetime.date


@dataclass(frozen=True, slots=True)
class Unit:
    """One reporting unit.

    `kind` is a key of `Plan.unit_kinds`. Units are added up by `reports_to`, never by code prefix.
    `outside`: part of what it administers lies outside the district, so its figures may hold 区外.
    `valid_from` and `valid_to` are inclusive; None is unbounded. `initials` are for search.
    """

    id: str
    kind: str
    name: str
    short_name: str
    initials: str
    reports_to: str | None
    aliases: tuple[str, ...] = ()
    codes: tuple[OfficialCode, ...] = ()
    overlaps: tuple[str, ...] = ()
    outside: bool = False
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    successors: tuple[str, ...] = ()
    former_names: tuple[FormerName, ...] = ()
    confidence: str = "high"
    note: str = ""

    def exists_on(self, day: datetime.date) -> bool:
        """Whether the unit exists on that day; units due are those that exist at a period's end."""
        return within(day, self.valid_from, self.valid_to)

    def name_on(self, day: datetime.date) -> str:
        """The name it bore on that day."""
        borne = [former for former in self.former_names if day <= former.valid_to]
        return min(borne, key=lambda former: former.valid_to).name if borne else self.name

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which people may look for it."""
        return (self.name, self.short_name, *self.aliases, *(code.name for code in self.codes if code.name))


@dataclass(frozen=True, slots=True)
class Group:
    """A collective that the plan names as responsible, such as 各开发区.

    `kinds` expands to all units of these kinds; `members` names units one by one. A group with
    neither is undefined: it stays a finding until the office fills it. `lead` is the unit that
    the office names to lead for the collective.
    """

    id: str
    name: str
    kinds: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    lead: str | None = None
    note: str = ""

    @property
    def defined(self) -> bool:
        """Whether the office or the plan says who belongs to it."""
        return bool(self.kinds or self.members)
