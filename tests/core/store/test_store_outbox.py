"""What the disk refuses is kept in order and written as soon as it can be; never into another file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.errors import EnvironmentFault, InputError
from desktop.store import Connection, audit, open_store
from tests.core.store.stores import NOW, new_store, number, section, typed


def test_edits_refused_while_the_file_is_away_are_written_when_it_is_back(tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    with new_store(path) as store:
        store.post(typed("e", number(1))).result()
        shutil.move(path, tmp_path / "pocket")
        for value in (2, 3):
            with pytest.raises(EnvironmentFault, match="移走"):
                store.post(typed("e", number(value))).result()
        assert store.unsaved == 2
        with pytest.raises(EnvironmentFault):
            store.retry().result()
        assert store.unsaved == 2
        shutil.move(tmp_path / "pocket", path)
        store.retry().result()
        assert store.unsaved == 0
        store.post(typed("f", number(4))).result()
        assert section(store) == {"figure/e": number(3), "figure/f": number(4)}
        assert [row.new for row in store.run(lambda c: list(audit.rows(c)))][-3:] == [
            number(2),
            number(3),
            number(4),
        ], "in the order in which they were typed"
    with open_store(path) as store:
        assert store.run(audit.verify).ok and store.run(audit.differences) == ()


def test_a_stick_that_comes_back_as_another_device_is_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    with new_store(path) as store:
        store.post(typed("e", number(1))).result()
        shutil.copy(path, tmp_path / "stick")
        path.unlink()
        with pytest.raises(EnvironmentFault):
            store.post(typed("e", number(2))).result()
        shutil.copy(tmp_path / "stick", path)  # the same content under another inode
        store.retry().result()
        assert store.unsaved == 0 and section(store) == {"figure/e": number(2)}


def test_an_older_copy_in_its_place_is_never_written_into(tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    with new_store(path) as store:
        shutil.copy(path, tmp_path / "old")
        store.post(typed("e", number(1))).result()
        path.unlink()
        with pytest.raises(EnvironmentFault):
            store.post(typed("e", number(2))).result()
        shutil.copy(tmp_path / "old", path)
        before = path.read_bytes()
        with pytest.raises(EnvironmentFault, match="另一个文件"):
            store.retry().result()
        assert store.unsaved == 1 and path.read_bytes() == before
        with pytest.raises(EnvironmentFault, match="移走"):
            store.post(typed("e", number(3))).result()
        assert store.unsaved == 2, "typing goes on"


def test_a_job_that_fails_by_itself_does_not_stand_in_the_way(tmp_path: Path) -> None:
    def wrong(_: Connection) -> None:
        raise InputError("form.outdated", "旧版")

    with new_store(tmp_path / "a.zhibao") as store:
        with pytest.raises(InputError):
            store.post(wrong).result()
        assert store.unsaved == 0
        store.post(typed("e", number(1))).result()
        assert section(store) == {"figure/e": number(1)}


def test_who_did_not_close_a_workspace_is_known_at_the_next_opening(tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    with new_store(path) as store:
        assert store.left_behind is None
        shutil.copy(path.with_name(path.name + ".lock"), tmp_path / "kept")
    with open_store(path, "乙", NOW) as store:
        assert store.left_behind is None, "it was closed"
    shutil.move(tmp_path / "kept", path.with_name(path.name + ".lock"))
    with open_store(path, "乙", NOW) as store:
        assert store.left_behind is not None
