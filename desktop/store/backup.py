"""Backups: copied between edits, each opened and checked before an old one goes, and the way back."""

from __future__ import annotations

import contextlib
import datetime
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from desktop.config.replacing import put_in_place
from desktop.errors import InputError, WorkspaceDamaged, from_os_error
from desktop.model.chain import ChainHead
from desktop.store import audit
from desktop.store.aside import journal_of, set_aside
from desktop.store.connection import connect
from desktop.store.faults import translated
from desktop.store.holder import locked_by, read_holder
from desktop.store.rotation import expired
from desktop.store.schema import APPLICATION_ID
from desktop.store.writer import Store
from desktop.values import dataclass

_NAME = re.compile(r"(?P<stem>.+)\.(?P<workspace>[0-9a-f]{8})\.(?P<time>20\d{6}T\d{9})Z\.zhibao")


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file, named by the workspace's file name, id and the time (UTC) it was made."""

    path: Path
    workspace: str
    time: datetime.datetime


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was made and checked, the chain's head in it, and the backups that went."""

    backup: Backup
    head: ChainHead
    removed: tuple[Path, ...]


def back_up(store: Store, folder: Path, now: datetime.datetime) -> BackedUp:
    """Copy the open workspace into `folder`, check the copy, and only then let old backups go.

    Waits for the copy, so it is called outside jobs and outside the GUI thread; edits go on meanwhile.
    Raises WorkspaceDamaged if the copy or its trail (that copy is kept) doesn't check out: nothing
    is removed then. Raises EnvironmentFault.
    """
    workspace = store.run(audit.workspace_id)
    backup = _named(folder, store.path.stem, workspace, now)
    with _os_faults("备份"):
        folder.mkdir(parents=True, exist_ok=True)
        head = _copied(store, backup.path)
        check_trail(backup.path)
        return BackedUp(backup, head, _rotate(folder, backup, now))


def copy_out(store: Store, target: Path) -> None:
    """Copy the open workspace to a new file and check the copy.

    Raises WorkspaceDamaged and EnvironmentFault; no copy is left then.
    """
    with _os_faults("另存"):
        _copied(store, target)


def _copied(store: Store, target: Path) -> ChainHead:
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        head = store.copy_to(part, audit.head).result()
        check_copy(part, head)
        _into_place(part, target)
    finally:
        part.unlink(missing_ok=True)
        journal_of(part).unlink(missing_ok=True)
    return head


def backups(folder: Path, workspace: str | None = None) -> tuple[Backup, ...]:
    """The backups in a folder, newest first, of one workspace (by id) or of all."""
    found = (_parsed(path) for path in folder.glob("*.zhibao"))
    wanted = workspace[:8] if workspace else None
    ours = [b for b in found if b is not None and wanted in (None, b.workspace)]
    return tuple(sorted(ours, key=lambda b: (b.time, b.path.name), reverse=True))


def restore(backup: Path, target: Path) -> Path | None:
    """Put a backup in the place of a closed workspace, after checking it.

    What was there is set aside first; returns where, or None if there was nothing.
    Raises InputError (the backup doesn't exist), WorkspaceDamaged (it doesn't check out), WorkspaceLocked
    (the workspace is open) and EnvironmentFault; the workspace is as it was then.
    """
    if not backup.is_file():
        raise InputError("backup.missing", f"没有这个备份：{backup}。", "请另选一个备份。")
    part = target.with_name(target.name + ".part")
    with _os_faults("恢复备份"):
        try:
            part.unlink(missing_ok=True)
            _copy_database(backup, part)
            check_copy(part, None)
            _require_free(target)
            aside = set_aside(target, "before-restore") if target.exists() else None
            # the old file's journal must not be played into the new one
            journal_of(target).unlink(missing_ok=True)
            _into_place(part, target)
        finally:
            part.unlink(missing_ok=True)
        return aside


def verified_copy(connection: sqlite3.Connection, target: Path) -> None:
    """Copy an open database to `target` and check the copy; for use before migrations.

    Raises WorkspaceDamaged and EnvironmentFault; no copy is left then.
    """
    part = target.with_name(target.name + ".part")
    with _os_faults("备份"):
        try:
            part.unlink(missing_ok=True)
            with translated("备份"), contextlib.closing(sqlite3.connect(part, isolation_level=None)) as copy:
                connection.backup(copy)
            check_copy(part, audit.head(connection))
            _into_place(part, target)
        finally:
            part.unlink(missing_ok=True)


def head_of(backup: Path) -> ChainHead:
    """Where the chain in a backup ends: a head to remember when verifying the workspace's own chain.

    Raises WorkspaceDamaged and EnvironmentFault.
    """
    with translated("读取备份"), contextlib.closing(connect(backup, "ro")) as connection:
        return audit.head(connection)


def check_copy(path: Path, head: ChainHead | None) -> None:
    """Open a copy and check it: a sound workspace, whose chain ends where `head` says if one is given.

    Raises WorkspaceDamaged.
    """
    with translated("检查备份"), contextlib.closing(connect(path, "ro")) as connection:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        sound = application == APPLICATION_ID and answer == "ok"
        if not sound or (head is not None and audit.head(connection) != head):
            raise WorkspaceDamaged(
                "backup.damaged",
                f"备份没有通过检查：{path.name}。",
                "原文件可能已损坏；旧的备份都已保留，请从较早的备份恢复。",
            )


def check_trail(path: Path) -> None:
    """Walk the audit trail of a copy: each row follows from the one before, and the entries from all of them.

    Raises WorkspaceDamaged if somebody went past it with another program.
    """
    with translated("检查备份"), contextlib.closing(connect(path, "ro")) as connection:
        found = audit.verify(connection)
        if found.ok and not audit.differences(connection):
            return
        where = f"第{found.sequence}条" if not found.ok else "有的数据没有对应的记录"
        raise WorkspaceDamaged(
            "workspace.trail_broken",
            f"工作区文件的修改记录对不上（{where}），可能被别的程序改过。",
            "请与维护人员联系，或从较早的备份恢复。",
        )


def _rotate(folder: Path, made: Backup, now: datetime.datetime) -> tuple[Path, ...]:
    ours = backups(folder, made.workspace)
    gone = set(expired([b.time for b in ours], now))
    removed = tuple(b.path for b in ours if b.time in gone and b.path != made.path)
    for path in removed:
        path.unlink(missing_ok=True)
    return removed


def _named(folder: Path, stem: str, workspace: str, now: datetime.datetime) -> Backup:
    time = now.astimezone(datetime.UTC)
    text = f"{time:%Y%m%dT%H%M%S}{time.microsecond // 1000:03d}"
    return Backup(folder / f"{stem}.{workspace[:8]}.{text}Z.zhibao", workspace[:8], time)


def _parsed(path: Path) -> Backup | None:
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    try:
        time = datetime.datetime.strptime(match["time"] + "000Z", "%Y%m%dT%H%M%S%f%z")
    except ValueError:  # a name that only looks like one
        return None
    return Backup(path, match["workspace"], time)


def _copy_database(source: Path, target: Path) -> None:
    with (
        translated("恢复备份"),
        contextlib.closing(connect(source, "ro")) as old,
        contextlib.closing(sqlite3.connect(target, isolation_level=None)) as new,
    ):
        old.backup(new)


def _require_free(path: Path) -> None:
    """Refuse to replace a file that is open; a damaged one may be replaced."""
    if not path.exists():
        return
    with contextlib.closing(connect(path)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            raise locked_by(path, read_holder(path)) from error
        except sqlite3.DatabaseError:
            return


def _into_place(part: Path, target: Path) -> None:
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    put_in_place(part, target)


@contextlib.contextmanager
def _os_faults(what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise from_os_error(error, what) from error
