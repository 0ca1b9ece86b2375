"""The store: one connection owned by one thread, to which jobs hand closures."""

from __future__ import annotations

import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from desktop.errors import EnvironmentFault
from desktop.model.chain import ChainHead
from desktop.store import audit, sights
from desktop.store.connection import in_transaction
from desktop.store.faults import translated
from desktop.store.holder import Holder, remove_holder
from desktop.store.outbox import Outbox, Work

T = TypeVar("T")

Job = Callable[[sqlite3.Connection], T]
"""What is done in one transaction. It must not keep the connection, nor return an iterator over it."""

BACKUP_PAGES = 256
"""Pages copied between two looks at the queue: at 4 KiB a page about a millisecond."""

_WHAT = "保存"

_FILE_IS_GONE = ("disk.missing", "disk.fault")


class Store:
    """An open workspace file. Made by `open_store` and `create_store`; to be closed, or used with `with`.

    Jobs run one after the other in the order in which they were handed over, each as one transaction;
    when a job's result is there, it is on disk. A job that raises leaves no trace.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Take over a connection that holds the file exclusively."""
        self.path = path
        self.left_behind: Holder | None = None
        """Who held the file before and didn't close it: a crash, a power cut."""
        self.sight = _sight(connection)
        """What the window showed last, if nothing was written after it."""
        self._connection: sqlite3.Connection | None = connection
        self._written = self._tried = _head(connection)
        self._file = _identity(path)
        self._outbox = Outbox()
        self._tasks: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._copies: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False
        self._thread: threading.Thread | None = None

    def run(self, job: Job[T]) -> T:
        """Do a job and wait for it. Raises what the job raises, and EnvironmentFault for disk and lock."""
        if threading.current_thread() is self._thread:
            raise RuntimeError("a job that waits for another job would wait for ever")
        return self.submit(job).result()

    def submit(self, job: Job[T]) -> Future[T]:
        """Hand over a job; the future has its result once it is on disk. Raises RuntimeError after close."""
        future: Future[T] = Future()
        self._hand_over(lambda: _settle(future, lambda: self._transaction(job)))
        return future

    def post(self, job: Work) -> Future[None]:
        """Hand over a job that must not be lost: if the disk refuses it, the future fails with the fault, and
        the job is tried again before every later one and by `retry`.
        """
        waiting = self._outbox.add(job)
        future: Future[None] = Future()
        self._hand_over(lambda: _settle(future, lambda: self._outbox.write(waiting, self._transaction)))
        return future

    def retry(self) -> Future[None]:
        """Write what the disk has refused so far, into the file that lies there now if it is the same one.

        The future fails with EnvironmentFault while that isn't possible.
        """
        future: Future[None] = Future()
        self._hand_over(lambda: _settle(future, self._write_refused))
        return future

    @property
    def unsaved(self) -> int:
        """How many posted jobs the disk has refused; they wait in memory."""
        return self._outbox.refused

    def waiting_works(self) -> tuple[Work, ...]:
        """The posted jobs that aren't on disk, in order: what a copy of this workspace still needs."""
        return self._outbox.works()

    def give_up_waiting(self) -> None:
        """Forget the posted jobs that aren't on disk."""
        self._outbox.clear()

    def copy_to(self, target: Path, after: Callable[[sqlite3.Connection], T]) -> Future[T]:
        """Copy the database into the new file `target` by SQLite's backup API, a few pages at a time.

        Jobs are done between the steps and are in the copy as well. `after` runs right behind the last
        step, before any other job, and gives the future's result.
        """
        future: Future[T] = Future()

        def copy() -> T:
            with translated("备份"):
                self._copy_pages(target)
                return after(self._opened)

        self._hand_over(lambda: self._copies.put(lambda: _settle(future, copy)))
        return future

    def close(self) -> None:
        """Finish what was handed over, release the file and end the thread. Closing twice does nothing."""
        if threading.current_thread() is self._thread:
            raise RuntimeError("a job can't close the store it runs in")
        with self._gate:
            if not self._closed:
                self._closed = True
                self._tasks.put(None)
                if self._thread is None:
                    self._serve()
        if self._thread is not None:
            self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _hand_over(self, task: Callable[[], None]) -> None:
        with self._gate:
            if self._closed:
                raise RuntimeError(f"the store is closed: {self.path}")
            self._tasks.put(task)
            if self._thread is None:  # the first sight of a form needs none
                self._thread = threading.Thread(
                    target=self._serve, name=f"store {self.path.name}", daemon=True
                )
                self._thread.start()

    def _serve(self) -> None:
        while (task := self._tasks.get()) is not None:
            task()
            while not self._copies.empty():
                self._copies.get()()
        remove_holder(self.path)
        if self._connection is not None:
            self._connection.close()

    @property
    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise _gone(self.path)
        return self._connection

    def _transaction(self, job: Job[T]) -> T:
        with translated(_WHAT):
            result = in_transaction(self._opened, self._guarded(job))
        self._written = self._tried
        return result

    def _write_refused(self) -> None:
        try:
            self._outbox.write(None, self._transaction)
        except EnvironmentFault as fault:
            if fault.code not in _FILE_IS_GONE or _identity(self.path) is None:
                raise
            self._reconnect()
            self._outbox.write(None, self._transaction)

    def _reconnect(self) -> None:
        """Go on with the file that lies there now: a stick that was pulled and is back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        from desktop.store.reconnecting import reconnected

        # whether a COMMIT that failed half-way counts is known only now
        self._connection = reconnected(self.path, (self._written, self._tried))
        self._file = _identity(self.path)

    def _guarded(self, job: Job[T]) -> Job[T]:
        def guarded(connection: sqlite3.Connection) -> T:
            before = connection.total_changes
            result = job(connection)
            if isinstance(result, Iterator):
                raise TypeError("an iterator over the database must be consumed within its job")
            if connection.total_changes != before:
                self._require_file()
                self._tried = audit.head(connection)
            return result

        return guarded

    def _require_file(self) -> None:
        """Under the exclusive lock SQLite itself doesn't see that its file was moved away or deleted."""
        if _identity(self.path) != self._file:
            raise _gone(self.path)

    def _copy_pages(self, target: Path) -> None:
        copy = sqlite3.connect(target, isolation_level=None)
        try:
            self._opened.backup(copy, pages=BACKUP_PAGES, progress=self._between_steps)
        finally:
            copy.close()

    def _between_steps(self, status: int, _remaining: int, _total: int) -> None:
        """Do the jobs that are waiting, but none after the last step: it would not be in the copy.

        Those that come meanwhile wait for the next step, so that the copy ends however fast they come.
        The end of work is left for `_serve`; copies only queue up.
        """
        if status == sqlite3.SQLITE_DONE:
            return
        for _ in range(self._tasks.qsize()):
            task = self._tasks.get()
            if task is None:
                self._tasks.put(None)
                return
            task()


def _settle(future: Future[T], work: Callable[[], T]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - whatever it is belongs to whoever waits for it
        future.set_exception(error)
    else:
        future.set_result(result)


def _head(connection: sqlite3.Connection) -> ChainHead | None:
    """Where the chain ends; None in a file that is damaged there, which can still be read elsewhere."""
    try:
        return audit.head(connection)
    except sqlite3.DatabaseError:
        return None


def _sight(connection: sqlite3.Connection) -> str | None:
    try:
        return sights.sight(connection)
    except sqlite3.DatabaseError:
        return None


def _gone(path: Path) -> EnvironmentFault:
    return EnvironmentFault(
        "disk.missing",
        f"{_WHAT}失败：工作区文件已被移走或删除（{path}）。",
        "请插回U盘或把文件放回原处，会自动接着保存；也可以另存到别处。",
    )


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino)
