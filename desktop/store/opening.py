"""Creating and opening a workspace file: whose it is, whether it is one, and whether it is current."""

from __future__ import annotations

import datetime
import os
import sqlite3
from pathlib import Path

from desktop.errors import EnvironmentFault, InputError, WorkspaceDamaged, from_os_error
from desktop.store import audit, plans, settings
from desktop.store.connection import connect, in_transaction, take_exclusively
from desktop.store.faults import fault_of, primary_code, translated
from desktop.store.holder import locked_by, read_holder, remove_holder, write_holder
from desktop.store.plans import StoredPlan
from desktop.store.schema import APPLICATION_ID, SCHEMA_VERSION, create_schema
from desktop.store.settings import OwnUnit
from desktop.store.texts import utc_text
from desktop.store.writer import Store
from desktop.values import dataclass

_OPENING = "打开工作区"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a new workspace starts with: its plan, own units, people, and who makes it when."""

    plan: StoredPlan
    own_units: tuple[OwnUnit, ...]
    actor: str
    now: datetime.datetime
    people: tuple[str, ...] = ()
    workspace: str = ""
    """The workspace's id; a random one if empty."""


def create_store(path: Path, facts: Facts) -> Store:
    """Make a new workspace file and open it.

    Raises InputError if the file exists, EnvironmentFault for disk and permission; nothing is left
    behind then.
    """
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        raise InputError(
            "workspace.exists", f"文件已存在，不会覆盖：{path}。", "请换一个文件名，或直接打开它。"
        ) from None
    except OSError as error:
        raise from_os_error(error, "新建工作区") from error
    connection = connect(path)
    try:
        with translated("新建工作区"):
            take_exclusively(connection)
            in_transaction(connection, lambda c: _fill(c, facts))
        write_holder(path, facts.actor, facts.now)
    except BaseException:
        connection.close()
        path.unlink(missing_ok=True)
        raise
    return Store(path, connection)


def open_store(
    path: Path, person: str = "", now: datetime.datetime | None = None, *, take_over: bool = False
) -> Store:
    """Open a workspace file and hold it until closed; an older schema is brought up to date.

    Raises InputError (missing, no workspace, made by a newer program), WorkspaceLocked (names the holder),
    WorkspaceDamaged (a copy was set aside), EnvironmentFault. `take_over` opens a file on a network
    drive although another machine is named as its holder: locks aren't reliable there.
    """
    moment = now or datetime.datetime.now(datetime.UTC)
    _require_writable(path)
    connection = connect(path)
    try:
        _take(connection, path, take_over=take_over)
        left_behind = read_holder(path)
        write_holder(path, person, moment)
        try:
            _bring_up_to_date(connection, path, moment)
        except BaseException:
            remove_holder(path)
            raise
    except WorkspaceDamaged as error:
        connection.close()
        raise _damaged(path) from error
    except BaseException:
        connection.close()
        raise
    store = Store(path, connection)
    store.left_behind = left_behind
    return store


def _fill(connection: sqlite3.Connection, facts: Facts) -> None:
    create_schema(connection)
    workspace = facts.workspace or os.urandom(16).hex()
    connection.execute("INSERT INTO workspace (id, created) VALUES (?, ?)", (workspace, utc_text(facts.now)))
    stamp = audit.Stamp("init", facts.actor, facts.now)
    audit.event(connection, audit.Draft("init", None, None, facts.plan.id, facts.plan.digest), stamp)
    plans.save_plan(connection, facts.plan, stamp)
    settings.set_own_units(connection, facts.plan.id, facts.own_units, stamp)
    if facts.people:
        settings.set_people(connection, facts.people, stamp)


def _require_writable(path: Path) -> None:
    if not path.is_file():
        raise InputError("workspace.missing", f"没有这个工作区：{path}。", "请检查路径，或新建一个工作区。")
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise EnvironmentFault(
            "disk.readonly",
            f"{_OPENING}失败：文件或所在文件夹只读（{path}）。",
            "请把它复制到可以写入的文件夹后再打开。",
        )


def _take(connection: sqlite3.Connection, path: Path, *, take_over: bool) -> None:
    """Make sure it is a workspace that this program may open, and lock it."""
    holder = read_holder(path)
    if holder and not holder.here and not take_over:
        from desktop.store.medium import on_network

        if on_network(path):
            raise locked_by(path, holder)
    try:
        application, version = _header(connection)
        _require_workspace(path, application, version)
        take_exclusively(connection)
    except sqlite3.Error as error:
        match primary_code(error):
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                raise locked_by(path, read_holder(path)) from error
            case sqlite3.SQLITE_NOTADB:
                raise _no_workspace(path) from error
        fault = fault_of(error, _OPENING)
        if fault is None:
            raise
        raise fault from error


def _header(connection: sqlite3.Connection) -> tuple[int, int]:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    return int(application), int(connection.execute("PRAGMA user_version").fetchone()[0])


def _require_workspace(path: Path, application: int, version: int) -> None:
    if application != APPLICATION_ID or version < 1:
        raise _no_workspace(path)
    if version > SCHEMA_VERSION:
        raise InputError(
            "workspace.newer",
            f"“{path.name}”是用更新版本的程序建立的（格式 {version}，本程序支持到 {SCHEMA_VERSION}）。",
            "请先升级本程序，再打开它。",
        )


def _no_workspace(path: Path) -> InputError:
    return InputError(
        "workspace.not_one",
        f"“{path.name}”不是知报的工作区，或者已经损坏。",
        "请选对文件；如果以前能打开，请从备份恢复。",
    )


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, now: datetime.datetime) -> None:
    with translated(_OPENING):
        version = _header(connection)[1]
        connection.execute("SELECT count(*) FROM workspace").fetchone()
    if version < SCHEMA_VERSION:
        # sqlite-utils takes 90 ms to import, and is seldom needed
        from desktop.store.migrations import migrate

        migrate(connection, path, now)


def _damaged(path: Path) -> WorkspaceDamaged:
    from desktop.store.aside import set_aside

    copy = set_aside(path)
    return WorkspaceDamaged(
        "workspace.damaged",
        f"工作区“{path.name}”已损坏，已另存一份：{copy}。",
        "请从备份恢复，不要继续使用原文件。",
    )
