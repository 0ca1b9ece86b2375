"""The sidecar `<file>.lock`: who holds a workspace. SQLite's lock decides, the sidecar gives the name."""

from __future__ import annotations

import datetime
import json
import os
import socket
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import WorkspaceLocked, from_os_error
from desktop.model.canonical import canonical_text


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds it; `since` is ISO 8601 with its zone."""

    host: str
    pid: int
    person: str
    since: str

    @property
    def here(self) -> bool:
        """Whether it was written on this machine."""
        return self.host == socket.gethostname()


def sidecar(path: Path) -> Path:
    """Where the holder of a workspace is named."""
    return path.with_name(path.name + ".lock")


def write_holder(path: Path, person: str, now: datetime.datetime) -> None:
    """Name this process; call it only with SQLite's lock in hand. Raises EnvironmentFault."""
    text = canonical_text(
        {"host": socket.gethostname(), "pid": os.getpid(), "person": person, "since": now.isoformat()}
    )
    try:
        sidecar(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise from_os_error(error, "打开工作簿") from error


def read_holder(path: Path) -> Holder | None:
    """Who is named; None if nobody, or the file can't be read as a sidecar."""
    try:
        data = json.loads(sidecar(path).read_text(encoding="utf-8"))
        return Holder(str(data["host"]), int(data["pid"]), str(data["person"]), str(data["since"]))
    except (OSError, ValueError, KeyError, TypeError):
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
    if holder is None:
        return WorkspaceLocked(
            "workspace.locked", f"“{name}”正被另一个程序使用。", "请关闭已打开的窗口或那个程序后重试。"
        )
    person = f"{holder.person}，" if holder.person else ""
    where = "本机" if holder.here else f"计算机 {holder.host}"
    return WorkspaceLocked(
        "workspace.locked",
        f"“{name}”正被占用（{person}{where}，进程 {holder.pid}，{_minute(holder.since)} 起）。",
        "请先在那边关闭，再重新打开。",
    )


def _minute(since: str) -> str:
    return since[:16].replace("T", " ")
