"""What the office opened: the open periods, the deadlines by unit, and how to reach the office."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from desktop.errors import InputError
from desktop.model import plain
from desktop.model.canonical import Json, canonical_text
from desktop.model.period import OpenPeriod, Period
from desktop.model.plan import Plan
from desktop.store import Connection, audit, settings
from desktop.store.texts import kept
from desktop.values import dataclass
from desktop.workspace.desk.extensions import stored_extensions

SETTING = "round/"
"""Begins the setting's name; the plan's id follows."""


@dataclass(frozen=True, slots=True)
class Round:
    """The open periods of a plan, as last published or received."""

    periods: tuple[OpenPeriod, ...] = ()
    office: str = ""
    contact: str = ""
    note: str = ""
    extended: Mapping[Period, Mapping[str, datetime.date]] = field(default_factory=dict, hash=False)
    """Period → unit id → the later day that was granted (延期)."""

    def deadline(self, unit: str, period: Period) -> datetime.date | None:
        """The unit's last day in an open period; None where none was set or the period isn't open."""
        return self.deadlines(period).get(unit)

    def deadlines(self, period: Period) -> Mapping[str, datetime.date]:
        """Unit id → last day in a period."""
        said = next((open_.deadlines for open_ in self.periods if open_.period == period), {})
        return {**said, **self.extended.get(period, {})}

    def is_open(self, period: Period) -> bool:
        """Whether the office opened the period."""
        return any(open_.period == period for open_ in self.periods)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day for a unit or kind of unit (by id or name), in one period or in all that are opened."""

    who: str
    day: datetime.date
    period: Period | None = None


def stored_round(connection: Connection, plan: str) -> Round:
    """The round of a plan; an empty one if nothing was opened."""
    extended = stored_extensions(connection, plan)
    text = settings.setting(connection, SETTING + plan)
    if text is None:
        return Round(extended=extended)
    return replace(round_from_text(text), extended=extended)


def round_from_text(text: str) -> Round:
    """A round as it is kept, without what was extended; raises WorkspaceDamaged if it can't be read."""
    return kept(text, _round_from, "报告期和期限")


def _round_from(data: Json) -> Round:
    periods = tuple(
        OpenPeriod(
            Period.parse(row["period"]),
            {unit: datetime.date.fromisoformat(day) for unit, day in row["deadlines"].items()},
        )
        for row in data["periods"]
    )
    return Round(periods, plain.text(data["office"]), plain.text(data["contact"]), plain.text(data["note"]))


def keep_round(connection: Connection, plan: str, round_: Round, stamp: audit.Stamp) -> bool:
    """Replace the round of a plan; false if it already was so."""
    data = {
        "periods": [
            {
                "period": str(open_.period),
                "deadlines": {unit: day.isoformat() for unit, day in open_.deadlines.items()},
            }
            for open_ in round_.periods
        ],
        "office": round_.office,
        "contact": round_.contact,
        "note": round_.note,
    }
    return settings.set_setting(connection, SETTING + plan, canonical_text(data), stamp)


def with_deadlines(plan: Plan, round_: Round, period: Period) -> Plan:
    """The plan with the round's deadlines of that period by unit, beside its own by kind."""
    days = {unit: (day - period.end).days for unit, day in round_.deadlines(period).items()}
    return replace(plan, deadlines={**plan.deadlines, **days}) if days else plan


def chosen_deadlines(
    plan: Plan, wanted: Sequence[Deadline], periods: Sequence[Period]
) -> dict[Period, dict[str, datetime.date]]:
    """Period → unit id → day of the deadlines said; a unit's own goes before its kind's.

    Raises InputError for a unit or kind that the plan doesn't have, a period that isn't opened, and a day
    that lies before the period's end.
    """
    found: dict[Period, dict[str, datetime.date]] = {period: {} for period in periods}
    by_kind = [(deadline, _who(plan, deadline.who)) for deadline in wanted]
    for deadline, units in sorted(by_kind, key=lambda pair: -len(pair[1])):
        for period in periods if deadline.period is None else (deadline.period,):
            if period not in found:
                raise InputError("deadline.period", f"{period.label}不在这次开放的报告期之列。", "请核对。")
            if deadline.day <= period.end:
                raise InputError(
                    "deadline.early",
                    f"{deadline.who}的期限 {deadline.day} 早于{period.label}期末。",
                    "请核对日期；几个报告期的期限不同时，写成 报告期:单位=日期。",
                )
            found[period].update(dict.fromkeys(units, deadline.day))
    return found


def _who(plan: Plan, name: str) -> tuple[str, ...]:
    unit = plan.find_unit(name)
    if unit is not None and unit.id != plan.district.id:
        return (unit.id,)
    kinds = [kind.id for kind in plan.unit_kinds if name in (kind.id, kind.label)]
    if not kinds:
        raise InputError("deadline.who", f"方案中没有单位或单位种类“{name}”。", "请核对名称。")
    return tuple(unit.id for unit in plan.units if unit.kind in kinds)
