"""Workspace files for tests: one plan, one own unit, and edits of figures in one line."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

from desktop.store import Facts, Store, create_store, entries
from desktop.store.audit import Stamp
from desktop.store.entries import Change, Edit, Edited
from desktop.store.plans import StoredPlan
from desktop.store.settings import OwnUnit

NOW = datetime.datetime(2024, 10, 8, 9, 30, tzinfo=datetime.UTC)
PLAN, UNIT, PERIOD = "demo", "teda", "2024Q3"
PLACE = (PLAN, UNIT, PERIOD)
STORED_PLAN = StoredPlan("sha256:one", PLAN, "1", '{"id":"demo"}')
ACTOR = "演示甲"


def stamp(kind: str = "test") -> Stamp:
    """Who does it and when."""
    return Stamp(kind, ACTOR, NOW)


def new_store(path: Path) -> Store:
    """A new workspace file with one own unit."""
    return create_store(path, Facts(STORED_PLAN, (OwnUnit(PLAN, UNIT),), ACTOR, NOW))


def number(value: int | str) -> str:
    """The content of a figure that is a number."""
    return json.dumps({"state": "number", "value": str(value)})


def typed(
    element: str, content: str | None, unit: str = UNIT, period: str = PERIOD
) -> Callable[[sqlite3.Connection], Edited]:
    """The job that types one figure."""
    change = Change(entries.FIGURE + element, content)
    return lambda connection: entries.edit(connection, Edit(PLAN, unit, period, (change,), ACTOR), NOW)


def section(store: Store, unit: str = UNIT, period: str = PERIOD) -> dict[str, str]:
    """What is entered for a unit and period."""
    return store.run(lambda connection: entries.section(connection, PLAN, unit, period))
