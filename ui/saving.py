"""Tells the window when edits are on disk: the writer thread finishes futures, signals bring that over."""

from __future__ import annotations

from concurrent.futures import Future

from PySide6.QtCore import QObject, Signal, Slot

from desktop.errors import ZhibaoError


class SaveWatcher(QObject):
    """Counts edits on their way to disk. `all_saved` when none is left, `failed` with the fault of one."""

    saving = Signal()
    all_saved = Signal()
    failed = Signal(object)
    _done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pending = 0
        self._done.connect(self._take)

    @property
    def pending(self) -> int:
        """How many edits aren't on disk yet."""
        return self._pending

    def watch(self, saved: Future[None]) -> None:
        """Follow one edit."""
        self._pending += 1
        self.saving.emit()
        saved.add_done_callback(self._done.emit)

    @Slot(object)
    def _take(self, saved: Future[None]) -> None:
        self._pending -= 1
        fault = saved.exception()
        if isinstance(fault, ZhibaoError):
            self.failed.emit(fault)
        elif fault is not None:
            raise fault
        elif self._pending == 0:
            self.all_saved.emit()
