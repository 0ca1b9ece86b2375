"""Backups as a person works with them: which there are, what is in each, and putting one back."""

from __future__ import annotations

import datetime
from pathlib import Path

from desktop.config import folders
from desktop.errors import ZhibaoError, from_os_error
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.store.backup import Backup, backups, check_copy, check_trail, restore
from desktop.store.backup_contents import Contents, contents_of
from desktop.store.connection import sqlite_version
from desktop.store.medium import medium_warnings
from desktop.store.plans import StoredPlan
from desktop.values import dataclass
from desktop.workspace.desk.shelf import plan_of

__all__ = [
    "Backup",
    "BackupContents",
    "BackupReader",
    "backup_folder",
    "backup_place_problem",
    "kept_backups",
    "place_warnings",
    "restore_backup",
    "sqlite_version",
]


@dataclass(frozen=True, slots=True)
class BackupContents:
    """Names of the units and periods with figures, how many figures, how many received files, and who
    entered the last of it when; `problem` says why nothing of that is known.
    """

    units: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    figures: int = 0
    received: int = 0
    person: str = ""
    last: datetime.datetime | None = None
    problem: str = ""


def backup_folder(chosen: str = "") -> Path:
    """Where backups go: the folder a person chose, else the program's own."""
    return Path(chosen) if chosen else folders().data / "backups"


def kept_backups(folder: Path, workspace: str | None = None) -> tuple[Backup, ...]:
    """The backups in a folder, newest first; of one workspace (by id) or of all."""
    return backups(folder, workspace)


class BackupReader:
    """Looks into backups; the plans in them are read once."""

    def __init__(self) -> None:
        self._plans: dict[str, Plan] = {}

    def read(self, backup: Path, *, thoroughly: bool = False) -> BackupContents:
        """What is in a backup; one that can't be read says so. Checking all of it takes longer."""
        try:
            if thoroughly:
                check_copy(backup, None)
                check_trail(backup)
            return self._named(contents_of(backup))
        except ZhibaoError as fault:
            return BackupContents(problem=fault.message)

    def _named(self, found: Contents) -> BackupContents:
        plan = self._plan(found.plan)
        return BackupContents(
            units=tuple(
                plan.unit(id_).short_name if plan is not None and plan.has_unit(id_) else id_
                for id_ in found.units
            ),
            periods=tuple(Period.parse(text).label for text in found.periods),
            figures=found.figures,
            received=found.received,
            person=found.last.actor if found.last else "",
            last=datetime.datetime.fromisoformat(found.last.time) if found.last else None,
        )

    def _plan(self, kept: StoredPlan | None) -> Plan | None:
        if kept is None:
            return None
        if kept.digest not in self._plans:
            self._plans[kept.digest] = plan_of(kept)
        return self._plans[kept.digest]


def restore_backup(backup: Path, target: Path) -> Path | None:
    """Put a backup in the place of a closed workspace; what was there is set aside, and where is returned.

    Raises InputError, WorkspaceDamaged, WorkspaceLocked and EnvironmentFault; nothing has changed then.
    """
    return restore(backup, target)


def place_warnings(path: Path) -> tuple[str, ...]:
    """Codes of what is risky about a place: workspace.on_network, .in_cloud_folder, .read_only_medium."""
    return medium_warnings(path)


def backup_place_problem(folder: Path) -> ZhibaoError | None:
    """Why backups can't be written into a folder; None if they can. The folder is made if it is missing."""
    probe = folder / ".zhibao-probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        return from_os_error(error, "写入备份文件夹")
    return None
