"""Long work beside the GUI thread: progress, cancelling, and results that arrive in the GUI thread.

Results travel as the finished `Future`: whatever the work raised is raised again in the GUI thread, where the
excepthook can show it; faults with a remedy go to `on_error`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.errors import ZhibaoError
from desktop.values import dataclass
from ui.error_reporting import show_fault

if TYPE_CHECKING:
    from desktop.workspace import Progress

T = TypeVar("T")

SHOW_AFTER_MS = 250
"""Shorter work shows no dialog: one that flashes up says nothing."""
LOOK_MS = 20
"""How often closing looks whether the work that it waits for has ended."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far the work is; `total` 0 while it isn't known."""

    done: int
    total: int
    name: str


class Task(QObject):
    """One piece of work. Signals arrive in the GUI thread; `finished` carries the Future."""

    progressed = Signal(object)
    finished = Signal(object)
    abandoned = Signal()

    def __init__(self, work: Callable[[Progress], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._cancelled = threading.Event()
        self._future: Future[Any] | None = None
        self.wanted = True
        """Whether anybody still asks for the result."""

    @property
    def running(self) -> bool:
        """Whether the work goes on."""
        return self._future is not None and not self._future.done()

    def start(self) -> None:
        """Begin, in a thread of its own that ends with the work."""
        executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="zhibao-task")
        self._future = executor.submit(self._work, self._report)
        self._future.add_done_callback(self.finished.emit)
        executor.shutdown(wait=False)

    def abandon(self) -> None:
        """Ask the work to stop, and drop its result: what it was for is being closed."""
        self.wanted = False
        self.cancel()
        self.abandoned.emit()

    @Slot()
    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled.set()

    def _report(self, done: int, total: int, name: str) -> bool:
        self.progressed.emit(Step(done, total, name))
        return not self._cancelled.is_set()


class ProgressDialog(QDialog):
    """Shows one task's steps. Closing it asks the task to stop; it goes when the task has ended."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(420)
        self._label = QLabel(title)
        self._label.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(title)
        self.cancel_button = QPushButton(self.tr("取消"))
        layout = QVBoxLayout(self)
        layout.addWidget(self._label)
        layout.addWidget(self._bar)
        layout.addWidget(self.cancel_button, alignment=Qt.AlignmentFlag.AlignRight)
        self._ended = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.open)

    cancelled = Signal()

    def follow(self, task: Task) -> None:
        """Show the task's steps until it ends."""
        self.cancel_button.clicked.connect(self.reject)
        self.cancelled.connect(task.cancel)
        task.abandoned.connect(self._say_stopping)
        task.progressed.connect(self._show_step)
        task.finished.connect(self._end)
        self._timer.start(SHOW_AFTER_MS)

    def reject(self) -> None:
        """Esc and 取消: ask to stop, but stay until the work has really stopped."""
        self._say_stopping()
        self.cancelled.emit()

    @Slot()
    def _say_stopping(self) -> None:
        self.cancel_button.setEnabled(False)
        self._label.setText(self.tr("正在停止…"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the dialog is asking to stop."""
        if not self._ended:
            event.ignore()
            self.reject()

    @Slot(object)
    def _show_step(self, step: Step) -> None:
        self._bar.setRange(0, step.total)
        self._bar.setValue(step.done)
        if self.cancel_button.isEnabled():
            self._label.setText(step.name or self.windowTitle())

    @Slot(object)
    def _end(self, _future: object) -> None:
        self._ended = True
        self._timer.stop()
        self.done(0)
        self.deleteLater()


def run_task(
    parent: QWidget,
    title: str,
    work: Callable[[Progress], T],
    on_done: Callable[[T], None],
    on_error: Callable[[ZhibaoError], None] | None = None,
) -> Task:
    """Do `work` beside the GUI thread with a progress dialog, then call `on_done` in the GUI thread.

    Faults with a remedy go to `on_error`, else they are shown; anything else is a bug and raises here.
    """
    task = Task(work, parent)
    ProgressDialog(title, parent).follow(task)

    def finish(future: Future[T]) -> None:
        task.deleteLater()
        fault = future.exception()
        if not task.wanted:
            if fault is not None and not isinstance(fault, ZhibaoError):
                raise fault
        elif isinstance(fault, ZhibaoError):
            (on_error or (lambda error: show_fault(parent, error)))(fault)
        else:
            on_done(future.result())

    # A bound method of a QObject makes the call arrive in the GUI thread; a bare function would run in the
    # thread that emits.
    receiver = _Receiver(finish, task)
    task.finished.connect(receiver.receive)
    task.start()
    return task


def stop_tasks(parent: QObject) -> None:
    """Ask all work begun below a widget to stop, and come back when it has; results are dropped.

    Meanwhile windows are painted and say so, but take no keys and no clicks.
    """
    tasks, loop, look = parent.findChildren(Task), QEventLoop(), QTimer()
    for task in tasks:
        task.abandon()
    # by looking: a word from the other thread may come before the loop listens, and would be lost
    look.timeout.connect(loop.quit)
    look.start(LOOK_MS)
    while any(task.running for task in tasks):
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


class _Receiver(QObject):
    def __init__(self, function: Callable[[Future[Any]], None], parent: QObject) -> None:
        super().__init__(parent)
        self._function = function

    @Slot(object)
    def receive(self, future: Future[Any]) -> None:
        """Hand the future on, in the thread this object lives in."""
        self._function(future)
