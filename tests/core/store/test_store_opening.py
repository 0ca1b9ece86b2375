"""Whose file it is: created once, held by one, refused with one sentence where it can't be opened."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop.errors import EnvironmentFault, InputError, WorkspaceDamaged, WorkspaceLocked
from desktop.store import audit, medium, open_store, settings
from desktop.store.holder import sidecar
from desktop.store.schema import APPLICATION_ID, SCHEMA_VERSION, current_schema, schema_of
from tests.core.store.stores import NOW, PLAN, UNIT, new_store, number, section, typed

SCHEMAS = Path(__file__).parents[2] / "data" / "schema"

HOLDER = """
import sys
from pathlib import Path
from desktop.store import open_store
with open_store(Path(sys.argv[1]), person="演示乙"):
    print("held", flush=True)
    sys.stdin.read()
"""


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def hold_elsewhere(path: Path) -> subprocess.Popen[str]:
    """Another process that has the file open; it lets go when its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    return process


def test_a_new_workspace_knows_its_facts_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    with new_store(path) as store:
        workspace = store.run(audit.workspace_id)
    with open_store(path) as store:
        assert store.run(audit.workspace_id) == workspace
        assert [unit.unit for unit in store.run(lambda c: settings.own_units(c, PLAN))] == [UNIT]
        first = store.run(lambda c: next(audit.rows(c)))
        assert (first.address, first.kind) == ("event/init", "init")


def test_closing_leaves_the_file_alone_in_its_folder_and_no_thread(tmp_path: Path) -> None:
    threads = threading.active_count()
    with new_store(tmp_path / "a.zhibao") as store:
        store.run(typed("e", number(1)))
        assert sidecar(store.path).exists()
    store.close()
    assert [path.name for path in tmp_path.iterdir()] == ["a.zhibao"]
    assert threading.active_count() == threads
    with pytest.raises(RuntimeError, match="closed"):
        store.run(typed("e", number(2)))


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    path.write_text("mine")
    with pytest.raises(InputError, match="已存在"):
        new_store(path)
    assert path.read_text() == "mine"


def test_nothing_is_left_where_no_workspace_could_be_made(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        new_store(tmp_path / "missing" / "a.zhibao")
    assert list(tmp_path.iterdir()) == []


def test_a_copy_of_the_open_file_holds_everything(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.zhibao", tmp_path / "copy.zhibao"
    with new_store(path) as store:
        for value in range(20):
            store.run(typed(f"e{value}", number(value)))
        subprocess.run(["cp", str(path), str(copy)], check=True)
        expected = section(store)
    with open_store(copy) as store:
        assert section(store) == expected and store.run(audit.verify).ok


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a database " * 300, b"SQLite format 3\0"])
def test_a_foreign_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.zhibao"
    path.write_bytes(content)
    with pytest.raises(InputError, match="不是知报的工作区"):
        open_store(path)
    assert path.read_bytes() == content and list(tmp_path.iterdir()) == [path]


def test_a_foreign_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE mine (a)")
    connection.close()
    before = sha256(path)
    with pytest.raises(InputError, match="不是知报的工作区"):
        open_store(path)
    assert sha256(path) == before and list(tmp_path.iterdir()) == [path]


def test_a_missing_file_is_not_created(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有这个工作区"):
        open_store(tmp_path / "a.zhibao")
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    new_store(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    with pytest.raises(InputError, match="请先升级本程序"):
        open_store(path)


def test_a_second_window_is_told_who_holds_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    with new_store(path) as store:
        with pytest.raises(WorkspaceLocked, match=f"本机，进程 {os.getpid()}"):
            open_store(path)
        store.run(typed("e", number(1)))


def test_another_process_is_named_and_its_end_frees_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    new_store(path).close()
    with hold_elsewhere(path) as process:
        with pytest.raises(WorkspaceLocked, match=f"演示乙，本机，进程 {process.pid}"):
            open_store(path)
        process.communicate()
    open_store(path).close()


def test_the_sidecar_of_a_killed_process_keeps_nobody_out(tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    new_store(path).close()
    with hold_elsewhere(path) as process:
        process.kill()
    assert json.loads(sidecar(path).read_text())["pid"] == process.pid
    with open_store(path, person="演示丙"):
        holder = json.loads(sidecar(path).read_text())
        assert (holder["pid"], holder["host"], holder["person"]) == (
            os.getpid(),
            socket.gethostname(),
            "演示丙",
        )


def test_a_program_without_a_name_is_not_given_that_of_a_dead_one(tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    new_store(path).close()
    with hold_elsewhere(path) as process:
        process.kill()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(WorkspaceLocked, match="正被另一个程序使用"):
        open_store(path)
    other.close()


@pytest.mark.parametrize("name", ["a b#c?d%20.zhibao", "滨海 新区（二）.zhibao"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    with new_store(tmp_path / name) as store:
        store.run(typed("e", number(1)))
    open_store(tmp_path / name).close()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_on_a_network_drive_another_machines_name_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.zhibao"
    new_store(path).close()
    sidecar(path).write_text(
        json.dumps({"host": "office-2", "pid": 7, "person": "演示乙", "since": NOW.isoformat()})
    )
    monkeypatch.setattr(medium, "on_network", lambda _: True)
    with pytest.raises(WorkspaceLocked, match="office-2"):
        open_store(path)
    open_store(path, take_over=True).close()


def test_a_truncated_file_is_set_aside_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.zhibao"
    new_store(path).close()
    with path.open("rb+") as file:
        file.truncate(path.stat().st_size // 2)
    before = sha256(path)
    for _ in range(2):
        with pytest.raises(WorkspaceDamaged, match="已另存一份"):
            open_store(path)
    assert sha256(path) == before
    (copy,) = (other for other in tmp_path.iterdir() if other != path)
    assert sha256(copy) == before


def test_a_file_that_is_moved_away_while_open_is_missed_at_the_next_edit(tmp_path: Path) -> None:
    path, moved = tmp_path / "a.zhibao", tmp_path / "moved.zhibao"
    with new_store(path) as store:
        store.run(typed("e", number(1)))
        path.rename(moved)
        with pytest.raises(EnvironmentFault, match="已被移走或删除"):
            store.run(typed("e", number(2)))
        moved.rename(path)
        store.run(typed("e", number(3)))
        assert section(store) == {"figure/e": number(3)}


def test_a_file_that_is_moved_away_before_the_first_edit_is_missed_too(tmp_path: Path) -> None:
    path, moved = tmp_path / "a.zhibao", tmp_path / "moved.zhibao"
    with new_store(path) as store:
        store.run(typed("e", number(1)))
    with open_store(path) as store:
        path.rename(moved)
        with pytest.raises(EnvironmentFault, match="已被移走或删除") as refused:
            store.run(typed("e", number(2)))
        assert refused.value.code == "disk.missing"
        moved.rename(path)
        store.run(typed("e", number(3)))
        assert section(store) == {"figure/e": number(3)}


def test_an_iterator_never_leaves_its_job(tmp_path: Path) -> None:
    with new_store(tmp_path / "a.zhibao") as store, pytest.raises(TypeError, match="within its job"):
        store.run(audit.rows)


def test_jobs_are_done_in_order_and_before_closing(tmp_path: Path) -> None:
    with new_store(tmp_path / "a.zhibao") as store:
        futures = [store.submit(typed("e", number(value))) for value in range(50)]
    assert all(future.done() for future in futures)
    assert [future.result().changed[0].new for future in futures] == [number(value) for value in range(50)]


def test_a_cancelled_job_is_not_done(tmp_path: Path) -> None:
    gate = threading.Event()
    with new_store(tmp_path / "a.zhibao") as store:
        blocker = store.submit(lambda _: gate.wait(30))
        cancelled = store.submit(typed("e", number(1)))
        assert cancelled.cancel()
        gate.set()
        assert blocker.result()
        assert section(store) == {}


def test_a_job_cannot_wait_for_a_job(tmp_path: Path) -> None:
    with new_store(tmp_path / "a.zhibao") as store, pytest.raises(RuntimeError, match="for ever"):
        store.run(lambda _: store.run(audit.head))


def test_the_schema_is_the_released_one(tmp_path: Path) -> None:
    released = (SCHEMAS / f"{SCHEMA_VERSION:04d}.sql").read_text(encoding="utf-8")
    connection = sqlite3.connect(":memory:")
    connection.executescript(released)
    expected = schema_of(connection)
    connection.close()
    assert current_schema() == expected
    with new_store(tmp_path / "a.zhibao") as store:
        assert store.run(schema_of) == expected
        pragmas = {
            name: store.run(lambda c, name=name: c.execute(f"PRAGMA {name}").fetchone()[0])  # type: ignore[misc]
            for name in ("application_id", "journal_mode", "synchronous", "foreign_keys", "locking_mode")
        }
    assert pragmas == {
        "application_id": APPLICATION_ID,
        "journal_mode": "delete",
        "synchronous": 2,
        "foreign_keys": 1,
        "locking_mode": "exclusive",
    }
