"""SQLite's errors as faults that a person can act on; all others are bugs and pass as they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from desktop.errors import EnvironmentFault, WorkspaceDamaged, WorkspaceLocked, ZhibaoError


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Raise faults of disk, lock and damage met while doing `what` (Chinese) as EnvironmentFault."""
    try:
        yield
    except sqlite3.Error as error:
        fault = fault_of(error, what)
        if fault is None:
            raise
        raise fault from error


def fault_of(error: sqlite3.Error, what: str) -> ZhibaoError | None:
    """The fault of an error; None if it is a bug of ours."""
    if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_DBMOVED:
        return EnvironmentFault(  # SQLite won't write a journal beside another file
            "disk.missing",
            f"{what}失败：工作区文件已被移走或删除。",
            "请插回U盘或把文件放回原处，会自动接着保存；也可以另存到别处。",
        )
    match primary_code(error):
        case sqlite3.SQLITE_FULL:
            return EnvironmentFault(
                "disk.full", f"{what}失败：磁盘已满。", "请清理磁盘后重试，已保存的数据不受影响。"
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return EnvironmentFault(
                "disk.readonly",
                f"{what}失败：该位置只读或没有写入权限。",
                "请把工作区放到可以写入的文件夹后重试。",
            )
        case sqlite3.SQLITE_CANTOPEN:
            return EnvironmentFault(
                "disk.missing",
                f"{what}失败：文件打不开。",
                "请检查路径、U盘是否已拔出，以及所在文件夹能否写入。",
            )
        case sqlite3.SQLITE_IOERR:
            return EnvironmentFault(
                "disk.fault", f"{what}失败：磁盘读写出错。", "请检查磁盘或U盘后重试，已保存的数据不受影响。"
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return WorkspaceLocked(
                "workspace.locked", f"{what}失败：工作区正被另一个程序使用。", "请关闭那个程序后重试。"
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return WorkspaceDamaged(
                "workspace.damaged", f"{what}失败：工作区文件已损坏。", "请从备份恢复，不要继续使用该文件。"
            )
        case _:
            return None


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 if the error came from elsewhere."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
