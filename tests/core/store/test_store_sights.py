"""What the window showed last is there at the next opening, until anything else is written."""

from __future__ import annotations

from pathlib import Path

from desktop.store import open_store, sights
from desktop.store.connection import connect
from tests.core.store.stores import new_store, number, typed


def test_a_sight_is_there_at_the_next_opening(tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    with new_store(path) as store:
        assert store.run(lambda c: sights.keep_sight(c, '{"n":1}'))
        assert not store.run(lambda c: sights.keep_sight(c, '{"n":1}')), "nothing new to write"
        assert store.run(lambda c: sights.keep_sight(c, '{"n":2}'))
    with open_store(path) as store:
        assert store.sight == '{"n":2}'


def test_whatever_is_written_makes_a_sight_an_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    with new_store(path) as store:
        store.run(lambda c: sights.keep_sight(c, "{}"))
        store.run(typed("e", number(1)))
    with open_store(path) as store:
        assert store.sight is None
        store.run(lambda c: sights.keep_sight(c, "{}"))
    with open_store(path) as store:
        assert store.sight == "{}"


def test_a_file_whose_sight_is_damaged_opens_without_it(tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    with new_store(path) as store:
        store.run(lambda c: sights.keep_sight(c, "{}"))
    connection = connect(path)
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sight'").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    with open_store(path) as store:
        assert store.sight is None
        assert store.run(typed("e", number(1))).sequence
