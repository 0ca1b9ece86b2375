"""The chain: nothing in it can be changed unseen, and what is done beside entries is in it too."""

from __future__ import annotations

import datetime
import sqlite3
from pathlib import Path

import pytest

from desktop.model.chain import ChainHead
from desktop.store import Store, audit, open_store
from desktop.store.audit import AuditReport, Draft, Stamp
from tests.core.store.stores import ACTOR, NOW, PERIOD, PLAN, UNIT, new_store, number, stamp, typed


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed workspace with ten edits."""
    path = tmp_path / "a.zhibao"
    with new_store(path) as store:
        for value in range(10):
            store.run(typed("e", number(value)))
    return path


def tampered(path: Path, *statements: str) -> None:
    """Change the closed file behind the program's back, triggers dropped and put back."""
    connection = sqlite3.connect(path, isolation_level=None)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        assert connection.execute(statement).rowcount > 0
    for _, sql in triggers:
        connection.execute(sql)
    connection.close()


def report(path: Path, remembered: ChainHead | None = None) -> AuditReport:
    with open_store(path) as store:
        return store.run(lambda c: audit.verify(c, remembered))


def head(path: Path) -> ChainHead:
    with open_store(path) as store:
        return store.run(audit.head)


def test_a_sound_chain_is_sound(path: Path) -> None:
    found = report(path)
    assert found.ok and found.head == head(path) and found.head.sequence > 10
    with open_store(path) as store:
        store.run(typed("e", number(99)))
        assert store.run(audit.differences) == ()
    assert report(path, found.head).ok


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET new = '{}' WHERE sequence = 8",
        "UPDATE audit SET actor = 'x' WHERE sequence = 8",
        "UPDATE audit SET time = '2020-01-01' WHERE sequence = 8",
        "UPDATE audit SET unit = 'x' WHERE sequence = 8",
        "UPDATE audit SET undoes = 3 WHERE sequence = 8",
        "UPDATE audit SET undoable = 1 - undoable WHERE sequence = 8",
    ],
)
def test_a_changed_row_is_found(path: Path, statement: str) -> None:
    tampered(path, statement)
    found = report(path)
    assert (found.ok, found.problem, found.sequence) == (False, "changed_row", 8)


def test_a_missing_row_is_found(path: Path) -> None:
    tampered(path, "DELETE FROM audit WHERE sequence = 8")
    found = report(path)
    assert (found.ok, found.problem, found.sequence) == (False, "gap", 9)


def test_a_cut_tail_is_found_by_a_remembered_head_only(path: Path) -> None:
    remembered = head(path)
    tampered(path, f"DELETE FROM audit WHERE sequence > {remembered.sequence - 2}")
    assert report(path).ok
    found = report(path, remembered)
    assert (found.ok, found.problem) == (False, "cut")


def test_a_tail_made_again_is_found_by_a_remembered_head(path: Path) -> None:
    remembered = head(path)
    tampered(path, f"DELETE FROM audit WHERE sequence > {remembered.sequence - 2}")
    with open_store(path) as store:
        for value in (70, 71, 72):
            store.run(typed("e", number(value)))
    assert report(path).ok
    found = report(path, remembered)
    assert (found.ok, found.problem, found.sequence) == (False, "remade", remembered.sequence)


def test_an_entry_changed_behind_the_trail_is_found(path: Path) -> None:
    tampered(path, """UPDATE entry SET content = '{"state":"number","value":"1000"}'""")
    with open_store(path) as store:
        assert store.run(audit.differences) == ((PLAN, UNIT, PERIOD, "figure/e"),)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit",
        "UPDATE audit SET actor = 'x'",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit",
        "DELETE FROM plan",
        "UPDATE plan SET content = '{}'",
        "INSERT OR REPLACE INTO plan SELECT * FROM plan",
        "UPDATE workspace SET id = 'x'",
    ],
)
def test_the_database_refuses_to_change_the_past(path: Path, statement: str) -> None:
    with (
        open_store(path) as store,
        pytest.raises(sqlite3.IntegrityError, match=r"append-only|one after the other"),
    ):
        store.run(lambda c: c.execute(statement).rowcount)
    assert report(path).ok


def test_rows_come_one_after_the_other(path: Path) -> None:
    columns = (
        "action, undoes, kind, undoable, time, actor, plan, plan_digest, unit, period, address, old, new"
    )

    def insert(connection: sqlite3.Connection) -> None:
        connection.execute(
            "INSERT INTO audit "
            f"SELECT workspace, sequence + 50, {columns}, previous, digest FROM audit LIMIT 1"
        )

    with open_store(path) as store, pytest.raises(sqlite3.IntegrityError, match="one after the other"):
        store.run(insert)


def test_events_stand_in_the_chain_of_their_unit_and_period(path: Path) -> None:
    draft = Draft("accepted", None, '{"digest":"d"}', PLAN, "", UNIT, PERIOD)
    with open_store(path) as store:
        sequence = store.run(lambda c: audit.event(c, draft, stamp("accept")))
        (row,) = store.run(lambda c: audit.events(c, UNIT, PERIOD))
        assert (row.sequence, row.address, row.kind, row.actor) == (
            sequence,
            "event/accepted",
            "accept",
            ACTOR,
        )
        assert store.run(audit.differences) == ()


def test_a_clock_set_back_changes_nothing_about_the_order(path: Path) -> None:
    early = NOW - datetime.timedelta(days=400)

    def append(store: Store, moment: datetime.datetime) -> int:
        return store.run(lambda c: audit.event(c, Draft("tick", None, None), Stamp("tick", ACTOR, moment)))

    with open_store(path) as store:
        assert append(store, early) + 1 == append(store, NOW)
        assert store.run(audit.verify).ok


def test_times_without_a_zone_are_refused(path: Path) -> None:
    naive = Stamp("tick", ACTOR, NOW.replace(tzinfo=None))
    with open_store(path) as store, pytest.raises(ValueError, match="zone"):
        store.run(lambda c: audit.event(c, Draft("tick", None, None), naive))
