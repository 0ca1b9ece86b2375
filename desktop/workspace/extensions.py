"""延期: a unit gets longer for one period, with reason and approver; it goes out in the next package."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.errors import InputError
from desktop.model.canonical import canonical_text
from desktop.model.period import Period
from desktop.store import Connection, audit, settings

SETTING = "extensions/"
"""Begins the setting's name; the plan's id follows."""


@dataclass(frozen=True, slots=True)
class Extension:
    """A later last day of one unit and period."""

    unit: str
    period: Period
    day: datetime.date
    reason: str
    approver: str


def stored_extensions(connection: Connection, plan: str) -> Mapping[Period, Mapping[str, datetime.date]]:
    """Period → unit id → the later day."""
    found: dict[Period, dict[str, datetime.date]] = {}
    for one in all_extensions(connection, plan):
        found.setdefault(one.period, {})[one.unit] = one.day
    return found


def all_extensions(connection: Connection, plan: str) -> tuple[Extension, ...]:
    """What was granted, in the order in which it was."""
    text = settings.setting(connection, SETTING + plan)
    return tuple(
        Extension(unit, Period.parse(period), datetime.date.fromisoformat(day), reason, approver)
        for unit, period, day, reason, approver in json.loads(text or "[]")
    )


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
    known = all_extensions(connection, plan)
    others = [one for one in known if (one.unit, one.period) != (wanted.unit, wanted.period)]
    rows = [
        [one.unit, str(one.period), one.day.isoformat(), one.reason.strip(), one.approver.strip()]
        for one in (*others, wanted)
    ]
    return settings.set_setting(connection, SETTING + plan, canonical_text(rows), stamp)
