"""An open workspace: whose it is, what it holds, and what every use case works with."""

from __future__ import annotations

import datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from desktop.errors import InputError
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.unit import Unit
from desktop.store import settings
from desktop.workspace.clock import Clock
from desktop.workspace.desk import Desk
from desktop.workspace.desk.opened import Opened, unit_named
from desktop.workspace.desk.rounds import Round, stored_round
from desktop.workspace.people import choosing

if TYPE_CHECKING:
    from desktop.workspace.keys.own_keys import KeyDesk
    from desktop.workspace.keys.roster import Keys
    from desktop.workspace.people.names import Staff
    from desktop.workspace.people.period_states import PeriodStanding
    from desktop.workspace.safety.unsaved import Safety


class OpenWorkspace:
    """What is known while a workspace is open. Close it, or use it as a context manager."""

    def __init__(self, opened: Opened, person: str, clock: Clock) -> None:
        self._store = opened.store
        self.plan = opened.plan
        self.person = person
        self._own = opened.own
        self._synthetic = opened.synthetic
        self._clock = clock
        self._shelf = opened.shelf

    def close(self) -> None:
        """Finish what is being saved and release the file."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The workspace file."""
        return self._store.path

    @property
    def own_units(self) -> tuple[Unit, ...]:
        """The units this workspace reports for."""
        return tuple(self.plan.unit(own.unit) for own in self._own)

    @property
    def consolidates(self) -> bool:
        """Whether it takes in the files of others."""
        return any(own.consolidates for own in self._own)

    @property
    def synthetic(self) -> bool:
        """Whether its figures are 演示."""
        return self._synthetic

    def set_person(self, name: str) -> None:
        """Say who is working from now on; the name goes into the list of people."""
        from desktop.workspace.people.names import remember_person

        self.person = name.strip()
        remember_person(self._desk)

    @property
    def people(self) -> tuple[str, ...]:
        """The names of those who work here."""
        return self._store.run(settings.people)

    @property
    def asks_who(self) -> bool:
        """Whether it has to be asked who is working: several people are known, and nobody was named."""
        return not self.person and len(self.people) > 1

    def unit_or_only(self, name: str | None) -> str:
        """The id of an own unit by any of its names, or the only one; raises InputError."""
        own = self.own_units
        if name is None:
            if len(own) == 1:
                return own[0].id
            names = "、".join(unit.short_name for unit in own)
            raise InputError("unit.which", f"本工作区有多个单位（{names}）。", "请用 --unit 指明。")
        unit = unit_named(self.plan, name)
        if unit.id not in {u.id for u in own}:
            raise InputError(
                "unit.not_own", f"{unit.short_name}不是本工作区的单位。", "请打开该单位的工作区。"
            )
        return unit.id

    @property
    def today(self) -> datetime.date:
        """The day by this workspace's clock."""
        return self._clock().date()

    def any_unit(self, name: str) -> str:
        """The id of a unit of the plan by any of its names; raises InputError."""
        return unit_named(self.plan, name).id

    def periods(self) -> tuple[Period, ...]:
        """The plan's periods and, after its end, those up to today; newest last."""
        return choosing.periods(self.plan, self._clock().date())

    def standings(self, unit: str) -> tuple[PeriodStanding, ...]:
        """Where an own unit's report stands in each period; newest last."""
        from desktop.workspace.people.period_states import period_standings

        return period_standings(self._desk, self.plan.unit(unit), self.periods())

    def default_period(self) -> Period:
        """The open period with the nearest deadline not handed in yet, else the one that ended last."""
        return choosing.default_period(self._desk, self._own)

    @property
    def round(self) -> Round:
        """The open periods and deadlines, as last published or received."""
        return self._store.run(lambda connection: stored_round(connection, self.plan.id))

    def plans(self) -> tuple[Plan, ...]:
        """The plans kept here, each in its newest version, in the order in which they came."""
        return self._store.run(self._shelf.newest)

    def versions(self) -> tuple[Plan, ...]:
        """The versions of the plan worked by, in the order in which they came."""
        return self._store.run(lambda connection: self._shelf.versions(connection, self.plan.id))

    @cached_property
    def safety(self) -> Safety:
        """What keeps work safe: backups, what the disk refused, what a crash left."""
        from desktop.workspace.safety.unsaved import Safety

        return Safety(self._store, lambda: self._desk)

    @cached_property
    def staff(self) -> Staff:
        """The people who work here."""
        from desktop.workspace.people.names import Staff

        return Staff(lambda: self._desk)

    @property
    def keys(self) -> Keys:
        """Own keys and the roster."""
        from desktop.workspace.keys.roster import Keys

        return Keys(self._key_desk, [own.unit for own in self._own])

    def missing_keys_unsaid(self) -> bool:
        """Whether own units' keys aren't on this computer and nobody was told: true once on a computer."""
        from desktop.workspace.keys.own_keys import missing_unsaid

        return missing_unsaid(self._key_desk, [own.unit for own in self._own])

    @property
    def _key_desk(self) -> KeyDesk:
        from desktop.workspace.keys.own_keys import KeyDesk, key_ring

        ring = key_ring(synthetic=self._synthetic)
        return KeyDesk(self._store, self.plan, self.person, self._clock(), ring)

    def _prepare_keys(self) -> None:
        """Make the keys of own units at their first start; afterwards there is nothing to load."""
        units = [own.unit for own in self._own]
        if self._store.run(settings.units_with_own_keys).issuperset(units):
            return
        from desktop.workspace.keys.own_keys import prepare_keys

        prepare_keys(self._key_desk, units)

    @property
    def _desk(self) -> Desk:
        return Desk(self._store, self.plan, lambda: self.person, self._clock, self._shelf)

    def _settle(self) -> None:
        """Write what the disk refused, or raise EnvironmentFault: what comes next starts from the disk."""
        if self._store.unsaved:
            self._store.retry().result()

    def _require_period(self, period: Period) -> None:
        if not self.plan.asks(period):
            raise InputError("period.not_asked", f"方案不要求报送{period.label}。", "请核对报告期。")
        if period.year > self.plan.last_year and period.start > self._clock().date():
            raise InputError("period.not_begun", f"{period.label}尚未开始。", "请核对报告期。")
