"""The sidecar `<file>.lock`: who holds a workspace. SQLite's lock decides, the sidecar gives the name."""

from __future__ import annotations

import datetime
import json
import os
import sys
from pathlib import Path

from desktop.errors import WorkspaceLocked, from_os_error
from desktop.model.canonical import canonical_text
from desktop.values import dataclass


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds it."""

    host: str
    pid: int
    person: str
    since: datetime.datetime

    @property
    def here(self) -> bool:
        """Whether it was written on this machine."""
        return self.host == host_name()

    @property
    def gone(self) -> bool:
        """Whether its process is known to have ended: the sidecar was left behind."""
        return self.here and not _runs(self.pid)


def host_name() -> str:
    """What this machine is called."""
    if sys.platform == "win32":
        import socket

        return socket.gethostname()
    return os.uname().nodename  # the same name, without the socket library


def sidecar(path: Path) -> Path:
    """Where the holder of a workspace is named."""
    return path.with_name(path.name + ".lock")


def write_holder(path: Path, person: str, now: datetime.datetime) -> None:
    """Name this process; call it only with SQLite's lock in hand. Raises EnvironmentFault."""
    text = canonical_text(
        {"host": host_name(), "pid": os.getpid(), "person": person, "since": now.isoformat()}
    )
    try:
        sidecar(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise from_os_error(error, "打开工作区") from error


def read_holder(path: Path) -> Holder | None:
    """Who is named; None if nobody, or the file can't be read as a sidecar."""
    try:
        data = json.loads(sidecar(path).read_text(encoding="utf-8"))
        since = datetime.datetime.fromisoformat(data["since"]).astimezone()
        return Holder(str(data["host"]), int(data["pid"]), str(data["person"]), since)
    except (OSError, ValueError, KeyError, TypeError, OverflowError):  # Windows has no times before 1970
        return None


def remove_holder(path: Path) -> None:
    """Remove the sidecar, still with SQLite's lock in hand. A stick that was pulled is no reason to fail."""
    try:
        sidecar(path).unlink(missing_ok=True)
    except OSError:
        return


def locked_by(path: Path, holder: Holder | None) -> WorkspaceLocked:
    """The fault that says who holds the file."""
    name = path.name
    if holder is None or holder.gone:
        return WorkspaceLocked(
            "workspace.locked", f"“{name}”正被另一个程序使用。", "请关闭已打开的窗口或那个程序后重试。"
        )
    person = f"{holder.person}，" if holder.person else ""
    since = f"{holder.since:%Y-%m-%d %H:%M}"
    where = "本机" if holder.here else f"计算机 {holder.host}"
    return WorkspaceLocked(
        "workspace.locked",
        f"“{name}”正被占用（{person}{where}，进程 {holder.pid}，{since} 起）。",
        "文件没有改动。请先在那边关闭，再重新打开。",
    )


def _runs(pid: int) -> bool:
    if sys.platform == "win32":
        return True  # signal 0 is Ctrl+C there, not a question
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
