"""Makes backups by itself: at start and every half hour of work, beside the GUI thread."""

from __future__ import annotations

from concurrent.futures import Future, wait
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.config import BACKUP_FOLDER
from desktop.errors import ZhibaoError
from desktop.values import dataclass
from desktop.workspace import Workspace
from ui.settings.live import LivePreferences
from ui.tasks import Task

if TYPE_CHECKING:
    from desktop.workspace import Progress

FIRST_MS = 5_000
"""Once the form is there and can be typed in."""

EVERY_MS = 30 * 60 * 1000

PATIENCE_S = 20.0
"""How long closing waits for a backup that is being made; a copy takes milliseconds, a sick disk doesn't."""


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that was made, or nothing new to keep."""

    path: Path | None


class BackupKeeper(QObject):
    """Works for the workspace that is open. `made` carries a BackupMade, `failed` the fault."""

    made = Signal(object)
    failed = Signal(object)

    def __init__(self, live: LivePreferences, parent: QObject) -> None:
        super().__init__(parent)
        self._live = live
        self._workspace: Workspace | None = None
        self._running: Future[None] | None = None
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._every = QTimer(self)
        for timer, interval in ((self._first, FIRST_MS), (self._every, EVERY_MS)):
            timer.setInterval(interval)
            timer.timeout.connect(self.back_up)

    @property
    def folder(self) -> Path:
        """Where backups go."""
        from desktop.workspace.safety.backing_up import backup_folder

        return backup_folder(self._live.get(BACKUP_FOLDER))

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Look after another workspace, or none; a backup that is being made is finished first."""
        self._first.stop()
        self._every.stop()
        if self._running is not None:
            wait([self._running], PATIENCE_S)
        self._running = None
        self._workspace = workspace
        if workspace is not None:
            self._first.start()
            self._every.start()

    @Slot()
    def back_up(self) -> None:
        """Make one now, unless one is being made."""
        workspace, folder = self._workspace, self.folder
        if workspace is None or (self._running is not None and not self._running.done()):
            return
        running: Future[None] = Future()
        self._running = running

        def work(_progress: Progress) -> BackupMade:
            try:
                return BackupMade(workspace.safety.back_up(folder))
            finally:
                running.set_result(None)

        task = Task(work, self)
        task.finished.connect(self._tell)
        task.finished.connect(task.deleteLater)
        task.start()

    @Slot(object)
    def _tell(self, done: Future[BackupMade]) -> None:
        fault = done.exception()
        if isinstance(fault, ZhibaoError):
            self.failed.emit(fault)
        else:
            self.made.emit(done.result())
