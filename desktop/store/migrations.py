"""Bringing an older file to the current schema, behind a verified copy, in one transaction.

Each step takes a file from the version before to its own. No step may use sqlite-utils' `transform()` on
a table with triggers: it drops them without a word. The comparison at the end would see it.
"""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database, Migrations

from desktop.store.backup import verified_copy
from desktop.store.connection import roll_back
from desktop.store.faults import translated
from desktop.store.schema import (
    ORIGIN_REFUSALS,
    ORIGIN_TABLE,
    SCHEMA_VERSION,
    SIGHT_TABLE,
    current_schema,
    schema_of,
)


@dataclass(frozen=True, slots=True)
class Step:
    """What makes a file of version `version` − 1 one of `version`."""

    version: int
    name: str
    apply: Callable[[Database], None]


def _origins(db: Database) -> None:
    for statement in (ORIGIN_TABLE, *ORIGIN_REFUSALS):
        db.execute(statement)


def _sights(db: Database) -> None:
    db.execute(SIGHT_TABLE)


STEPS: tuple[Step, ...] = (Step(2, "received_origin", _origins), Step(3, "sight", _sights))
"""Version 1 is the first that was released."""


@dataclass(frozen=True, slots=True)
class Goal:
    """Where a migration leads: the steps there are, the version and the schema at their end."""

    steps: Sequence[Step]
    version: int
    schema: tuple[str, ...]


def migrate(
    connection: sqlite3.Connection, path: Path, now: datetime.datetime, goal: Goal | None = None
) -> Path:
    """Migrate the open, exclusively held file; returns where the copy from before lies.

    Raises WorkspaceDamaged if the copy doesn't check out, EnvironmentFault, and RuntimeError if the schema at
    the end isn't the current one, which is a bug; the file is as it was then.
    """
    wanted = goal or Goal(STEPS, SCHEMA_VERSION, current_schema())
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    copy = path.with_name(f"{path.stem}.version-{version}-{now:%Y%m%dT%H%M%S%f}{path.suffix}")
    verified_copy(connection, copy)
    with translated("升级工作区"):
        connection.execute("PRAGMA foreign_keys = OFF")
        try:
            connection.execute("BEGIN IMMEDIATE")
            _apply(connection, [step for step in wanted.steps if step.version > version])
            if schema_of(connection) != wanted.schema:
                raise RuntimeError("the migrated schema differs from the current one")
            connection.execute(f"PRAGMA user_version = {wanted.version}")
            connection.execute("COMMIT")
        except BaseException:
            roll_back(connection)
            raise
        finally:
            connection.execute("PRAGMA foreign_keys = ON")
    return copy


def _apply(connection: sqlite3.Connection, steps: Sequence[Step]) -> None:
    migrations = Migrations("workspace")
    for step in steps:
        migrations(name=step.name)(step.apply)
    migrations.apply(Database(connection))
