"""延期: a unit gets longer for one period, with reason and approver; it goes out in the next package.

Each is a decision, and taken back like any other; then the one before it holds again, if there was one.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field

from desktop.errors import InputError
from desktop.model import plain
from desktop.model.canonical import canonical_text
from desktop.model.period import Period
from desktop.store import Connection, audit, decisions, settings
from desktop.store.texts import kept
from desktop.values import dataclass

KIND = "extension"
SETTING = "extensions/"
"""Begins the name of the setting that held them before they were decisions; the plan's id follows."""


@dataclass(frozen=True, slots=True)
class Extension:
    """A later last day of one unit and period; `decision` is the number of the decision, 0 for an old one."""

    unit: str
    period: Period
    day: datetime.date
    reason: str
    approver: str
    decision: int = field(default=0, compare=False)


def stored_extensions(connection: Connection, plan: str) -> Mapping[Period, Mapping[str, datetime.date]]:
    """Period → unit id → the later day."""
    found: dict[Period, dict[str, datetime.date]] = {}
    for one in all_extensions(connection, plan):
        found.setdefault(one.period, {})[one.unit] = one.day
    return found


def all_extensions(connection: Connection, plan: str) -> tuple[Extension, ...]:
    """What holds, one for a unit and period, in the order in which it was granted."""
    found: dict[tuple[str, Period], Extension] = {}
    decided = (
        Extension(
            d.unit, Period.parse(d.period), datetime.date.fromisoformat(d.chosen), d.reason, d.loser, d.id
        )
        for d in decisions.decisions_of_kind(connection, plan, KIND)
    )
    for one in (*_undecided(connection, plan), *decided):
        found.pop((one.unit, one.period), None)
        found[one.unit, one.period] = one
    return tuple(found.values())


def extend(connection: Connection, plan: str, wanted: Extension, stamp: audit.Stamp) -> bool:
    """Grant one, in place of an earlier one; false if that was so already.

    Raises InputError without a reason or an approver, and for a day that doesn't lie after the period.
    """
    if not wanted.reason.strip() or not wanted.approver.strip():
        raise InputError("extension.reason", "延期要写明理由和批准人。", "请补充。")
    if wanted.day <= wanted.period.end:
        raise InputError(
            "extension.early", f"{wanted.day} 不晚于{wanted.period.label}期末。", "请核对延期后的日期。"
        )
    row = _decision(plan, wanted)
    said = Extension(wanted.unit, wanted.period, wanted.day, row.reason, row.loser)
    if said in all_extensions(connection, plan):
        return False
    decisions.decide(connection, row, stamp)
    return True


def withdraw(
    connection: Connection, plan: str, place: tuple[str, Period], why: str, stamp: audit.Stamp
) -> None:
    """Take back what was granted to a unit in a period, the last of it. Raises InputError if nothing was."""
    granted = next((one for one in all_extensions(connection, plan) if (one.unit, one.period) == place), None)
    if granted is None:
        raise InputError("extension.none", "该单位这一期没有延期。", "请核对单位和报告期。")
    number = granted.decision
    if not number:  # what was granted before becomes a decision, so that the trail shows both
        rest = [_row(one) for one in _undecided(connection, plan) if one != granted]
        settings.set_setting(connection, SETTING + plan, canonical_text(rest), stamp)
        number = decisions.decide(connection, _decision(plan, granted), stamp)
    decisions.undo_decision(connection, number, stamp, why)


def _decision(plan: str, of: Extension) -> decisions.Decision:
    day, approver = of.day.isoformat(), of.approver.strip()
    return decisions.Decision(plan, of.unit, str(of.period), KIND, day, approver, of.reason.strip())


def _undecided(connection: Connection, plan: str) -> tuple[Extension, ...]:
    text = settings.setting(connection, SETTING + plan)
    return kept(text, _undecided_from, "延期记录") if text else ()


def _undecided_from(data: list[list[str]]) -> tuple[Extension, ...]:
    return tuple(
        Extension(unit, Period.parse(period), datetime.date.fromisoformat(day), reason, approver)
        for unit, period, day, reason, approver in map(plain.texts, data)
    )


def _row(one: Extension) -> list[str]:
    return [one.unit, str(one.period), one.day.isoformat(), one.reason, one.approver]
