"""Backups: made between edits, checked before an old one goes, and the way back."""

from __future__ import annotations

import contextlib
import datetime
import itertools
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest

from desktop.errors import InputError, WorkspaceDamaged, WorkspaceLocked
from desktop.store import Store, audit, open_store, writer
from desktop.store.aside import journal_of
from desktop.store.backup import back_up, backups, check_copy, check_trail, head_of, restore
from tests.core.store.stores import NOW, new_store, number, section, typed


def edited(path: Path, count: int = 200) -> Store:
    store = new_store(path)
    for value in range(count):
        store.submit(typed(f"e{value}", number(value)))
    return store


def scribble(path: Path, size: int | None = None) -> None:
    """Overwrite the end of a closed file, half of it if not said otherwise."""
    wanted = size or path.stat().st_size // 2
    with path.open("rb+") as file:
        file.seek(-wanted, 2)
        file.write(b"\xa5" * wanted)


def test_a_backup_opens_as_the_workspace_it_was(tmp_path: Path) -> None:
    with edited(tmp_path / "区局.zhibao") as store:
        made = back_up(store, tmp_path / "备份", NOW)
        expected, head = section(store), store.run(audit.head)
        store.run(typed("later", number(1)))
    assert made.head == head
    assert [b.path for b in backups(tmp_path / "备份")] == [made.backup.path]
    assert [path.name for path in (tmp_path / "备份").iterdir()] == [made.backup.path.name]
    with open_store(made.backup.path) as copy:
        assert section(copy) == expected
        assert copy.run(audit.verify).ok


def test_edits_go_on_between_the_steps_and_are_in_the_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "BACKUP_PAGES", 1)
    gate = threading.Event()
    target = tmp_path / "copy.zhibao"
    with edited(tmp_path / "a.zhibao") as store:
        blocker = store.submit(lambda _: gate.wait(30))
        head = store.copy_to(target, audit.head)
        edits = [store.submit(typed(f"e{value}", number(-value))) for value in range(1, 200)]
        failing = store.submit(lambda c: c.execute("DELETE FROM audit").rowcount)
        gate.set()
        assert blocker.result()
        copied = head.result()
        assert copied.sequence == edits[-1].result().sequence[-1]
        assert failing.exception() is not None
        expected = section(store)
    check_copy(target, copied)
    with open_store(target) as copy:
        assert section(copy) == expected
        assert copy.run(audit.verify).ok and copy.run(audit.differences) == ()


def test_a_copy_ends_and_is_whole_although_edits_never_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "BACKUP_PAGES", 1)
    target = tmp_path / "copy.zhibao"
    with edited(tmp_path / "a.zhibao", 50) as store:
        head = store.copy_to(target, audit.head)
        values = itertools.count()

        def next_edit(_: object) -> None:
            if not head.done():
                store.submit(typed("e", number(next(values)))).add_done_callback(next_edit)

        next_edit(None)
        check_copy(target, head.result(timeout=60))
        assert next(values) > 10
    with open_store(target) as copy:
        assert copy.run(audit.verify).ok and copy.run(audit.differences) == ()


def test_closing_waits_for_a_copy_that_was_asked_for(tmp_path: Path) -> None:
    with edited(tmp_path / "a.zhibao", 20) as store:
        head = store.copy_to(tmp_path / "copy.zhibao", audit.head)
    check_copy(tmp_path / "copy.zhibao", head.result(timeout=0))


def test_old_backups_go_once_the_new_one_is_checked(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    with edited(tmp_path / "a.zhibao", 3) as store:
        removed = [
            back_up(store, folder, NOW + datetime.timedelta(hours=hours)).removed for hours in (0, 1, 2, 100)
        ]
        kept = backups(folder, store.run(audit.workspace_id))
    assert [b.time - NOW for b in kept] == [datetime.timedelta(hours=h) for h in (100, 2)]
    assert [len(paths) for paths in removed] == [0, 0, 0, 2]


def test_backups_of_another_workspace_are_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    for name in ("a", "b"):
        with edited(tmp_path / f"{name}.zhibao", 2) as store:
            for days in (0, 400):
                back_up(store, folder, NOW + datetime.timedelta(days=days, minutes=5))
                back_up(store, folder, NOW + datetime.timedelta(days=days))
    assert len(backups(folder)) == 6


def test_a_damaged_source_stops_rotation(tmp_path: Path) -> None:
    path, folder = tmp_path / "a.zhibao", tmp_path / "backups"
    with edited(path) as store:
        for minutes in range(3):
            back_up(store, folder, NOW + datetime.timedelta(minutes=minutes))
    scribble(path, 8192)  # it still opens
    before = sorted(folder.iterdir())
    with open_store(path) as store, pytest.raises(WorkspaceDamaged):
        back_up(store, folder, NOW + datetime.timedelta(days=500))
    assert sorted(folder.iterdir()) == before


def test_a_copy_that_ends_elsewhere_is_no_backup(tmp_path: Path) -> None:
    with edited(tmp_path / "a.zhibao", 3) as store:
        made = back_up(store, tmp_path, NOW)
        store.run(typed("e", number(9)))
        with pytest.raises(WorkspaceDamaged, match="没有通过检查"):
            check_copy(made.backup.path, store.run(audit.head))


def test_restoring_sets_the_present_file_aside(tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    with edited(path, 5) as store:
        made = back_up(store, tmp_path / "backups", NOW)
        expected = section(store)
        store.run(typed("e", number(9)))
        later = section(store)
        with pytest.raises(WorkspaceLocked):
            restore(made.backup.path, path)
        store.run(typed("f", None))
    aside = restore(made.backup.path, path)
    assert aside is not None
    with open_store(path) as store:
        assert section(store) == expected
        store.run(typed("g", number(1)))
    with open_store(aside) as store:
        assert section(store) == later
    assert made.backup.path.exists()


def test_a_damaged_file_is_replaced_by_its_backup(tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    with edited(path, 50) as store:
        made = back_up(store, tmp_path / "backups", NOW)
        expected = section(store)
        store.run(typed("e", number(9)))
    scribble(path)
    damaged = path.read_bytes()
    aside = restore(made.backup.path, path)
    assert aside is not None and aside.read_bytes() == damaged
    with open_store(path) as store:
        assert section(store) == expected and store.run(audit.verify).ok


def journal_in_use(store: Store) -> bytes:
    """The rollback journal as it lies on the disk in the middle of a transaction that changes many pages."""
    found = b""

    def job(connection: sqlite3.Connection) -> None:
        nonlocal found
        connection.execute("PRAGMA cache_size = 5")
        connection.execute("UPDATE entry SET content = '{}'")
        found = journal_of(store.path).read_bytes()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.run(job)
    return found


def test_the_journal_of_a_lost_file_is_not_played_into_its_backup(tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    with edited(path, 500) as store:
        journal = journal_in_use(store)
        for value in range(500):
            store.submit(typed(f"e{value}", number("1234567890" * 4)))
        made = back_up(store, tmp_path / "backups", NOW)
        expected = section(store)
    path.unlink()
    journal_of(path).write_bytes(journal)
    restore(made.backup.path, path)
    with open_store(path) as store:
        assert section(store) == expected and store.run(audit.verify).ok
    assert head_of(made.backup.path) == made.head


def test_a_damaged_backup_replaces_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    with edited(path) as store:
        made = back_up(store, tmp_path / "backups", NOW)
    scribble(made.backup.path)
    before = path.read_bytes()
    with pytest.raises(WorkspaceDamaged):
        restore(made.backup.path, path)
    with pytest.raises(InputError, match="没有这个备份"):
        restore(tmp_path / "none.zhibao", path)
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zhibao", "backups"]


def test_a_lost_workspace_comes_back_from_its_backup(tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    with edited(path, 5) as store:
        made = back_up(store, tmp_path / "backups", NOW)
        expected = section(store)
    path.unlink()
    shutil.copy(made.backup.path, tmp_path / "stick.zhibao")
    assert restore(tmp_path / "stick.zhibao", path) is None
    with open_store(path) as store:
        assert section(store) == expected


def test_names_that_only_look_like_backups_are_none(tmp_path: Path) -> None:
    for time in ("20241399T250000000", "19000101T000000000", "00010101T000000000"):
        (tmp_path / f"a.12345678.{time}Z.zhibao").write_bytes(b"")
    assert backups(tmp_path) == ()


def test_what_went_past_the_trail_is_said_and_no_older_backup_goes(tmp_path: Path) -> None:
    workspace, folder = tmp_path / "a.zhibao", tmp_path / "备份"
    with edited(workspace, 3) as store:
        first = back_up(store, folder, NOW).backup.path
    with contextlib.closing(sqlite3.connect(workspace, isolation_level=None)) as other_program:
        other_program.execute("UPDATE entry SET content = replace(content, '2', '7')")
    later = NOW + datetime.timedelta(days=400)
    with open_store(workspace) as store:
        with pytest.raises(WorkspaceDamaged, match="修改记录对不上"):
            back_up(store, folder, later)
        assert section(store)  # what is there can still be used
    kept = [backup.path for backup in backups(folder)]
    assert first in kept and len(kept) == 2


def test_a_trail_that_was_made_up_is_said_by_its_row(tmp_path: Path) -> None:
    workspace = tmp_path / "a.zhibao"
    edited(workspace, 5).close()
    with contextlib.closing(sqlite3.connect(workspace, isolation_level=None)) as other_program:
        other_program.execute("DROP TRIGGER audit_refuses_update")
        other_program.execute("UPDATE audit SET actor = '演示他人' WHERE sequence = 3")
    with pytest.raises(WorkspaceDamaged, match="第3条"):
        check_trail(workspace)
