"""Migrations: behind a verified copy, all or nothing, and never a trigger less."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.db import Table

from desktop.store import audit, inbox, open_store, sights
from desktop.store.backup import check_copy
from desktop.store.connection import connect, take_exclusively
from desktop.store.migrations import Goal, Step, migrate
from desktop.store.schema import SCHEMA_VERSION, STATEMENTS, current_schema, schema_of
from tests.core.store.stores import NOW, new_store, number, section, typed

LATER = SCHEMA_VERSION + 1
EXTRA = 'CREATE TABLE "extra" (\n   "name" TEXT\n)'


def later_schema() -> tuple[str, ...]:
    connection = sqlite3.connect(":memory:")
    for statement in (*STATEMENTS, EXTRA):
        connection.execute(statement)
    found = schema_of(connection)
    connection.close()
    return found


def add_extra(db: Database) -> None:
    db.execute(EXTRA)


def lose_triggers(db: Database) -> None:
    add_extra(db)
    table = db["received_file"]
    assert isinstance(table, Table)
    table.transform(types={"size": int})


def fail(db: Database) -> None:
    add_extra(db)
    raise ZeroDivisionError


def version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.zhibao"
    with new_store(path) as store:
        store.run(typed("e", number(1)))
    return path


def migrated(path: Path, step: Callable[[Database], None]) -> tuple[int, tuple[str, ...], Path]:
    connection = connect(path)
    take_exclusively(connection)
    try:
        copy = migrate(connection, path, NOW, Goal((Step(LATER, "extra", step),), LATER, later_schema()))
        return version(connection), schema_of(connection), copy
    finally:
        connection.close()


def test_a_migrated_file_has_the_schema_of_a_new_one_and_a_copy_beside_it(path: Path) -> None:
    reached, schema, copy = migrated(path, add_extra)
    assert (reached, schema) == (LATER, later_schema())
    check_copy(copy, None)
    with open_store(copy) as store:
        assert section(store) == {"figure/e": number(1)} and store.run(audit.verify).ok


@pytest.mark.parametrize(
    ("step", "error"), [(lose_triggers, RuntimeError), (fail, ZeroDivisionError)], ids=["triggers", "failure"]
)
def test_a_migration_that_goes_wrong_changes_nothing(
    path: Path, step: Callable[[Database], None], error: type[Exception]
) -> None:
    with pytest.raises(error):
        migrated(path, step)
    with open_store(path) as store:
        assert store.run(schema_of) == current_schema()
        assert section(store) == {"figure/e": number(1)}


def test_a_file_of_the_first_release_keeps_what_came_and_what_was_decided(tmp_path: Path) -> None:
    path = tmp_path / "old.zhibao"
    with new_store(path):
        pass
    connection = connect(path)
    for statement in ("DROP TABLE sight", "DROP TABLE received_origin", "PRAGMA user_version = 1"):
        connection.execute(statement)
    connection.execute(
        "INSERT INTO received_file (sha256, name, size, received, sender, verdict, reason, params) "
        "VALUES ('aa', '旧.xlsx', 1, '2024-10-05T04:00:00.000+00:00', '', 'rejected', 'exchange.rar', '{}')"
    )
    connection.commit()
    assert schema_of(connection) == _released(1)
    connection.close()
    with open_store(path) as store:
        (file,) = store.run(lambda c: tuple(inbox.files(c)))
        assert (file.name, file.verdict, file.place, file.facts) == ("旧.xlsx", "rejected", "", {})
        assert store.run(schema_of) == current_schema()
    assert list(tmp_path.glob("old.version-1-*.zhibao")), "a copy from before lies beside it"


def test_a_file_of_the_second_release_can_keep_a_sight(path: Path) -> None:
    connection = connect(path)
    for statement in ("DROP TABLE sight", "PRAGMA user_version = 2"):
        connection.execute(statement)
    connection.commit()
    assert schema_of(connection) == _released(2)
    connection.close()
    with open_store(path) as store:
        assert store.sight is None
        assert store.run(lambda c: sights.keep_sight(c, "{}"))
        assert section(store) == {"figure/e": number(1)}
    with open_store(path) as store:
        assert store.sight == "{}"


def _released(number: int) -> tuple[str, ...]:
    connection = sqlite3.connect(":memory:")
    folder = Path(__file__).parents[2] / "data" / "schema"
    connection.executescript((folder / f"{number:04d}.sql").read_text(encoding="utf-8"))
    found = schema_of(connection)
    connection.close()
    return found
