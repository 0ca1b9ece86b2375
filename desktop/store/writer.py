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
from desktop.store.connection import in_transaction
from desktop.store.faults import translated
from desktop.store.holder import remove_holder

T = TypeVar("T")

Job = Callable[[sqlite3.Connection], T]
"""What is done in one transaction. It must not keep the connection, nor return an iterator over it."""

BACKUP_PAGES = 256
"""Pages copied between two looks at the queue: at 4 KiB a page about a millisecond."""

_WHAT = "保存"


class Store:
    """An open workspace file. Made by `open_store` and `create_store`; to be closed, or used with `with`.

    Jobs run one after the other in the order in which they were handed over, each as one transaction;
    when a job's result is there, it is on disk. A job that raises leaves no trace.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Take over a connection that holds the file exclusively."""
        self.path = path
        self._connection = connection
        self._file = _identity(path)
        self._tasks: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._copies: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name=f"store {path.name}", daemon=True)
        self._thread.start()

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

    def copy_to(self, target: Path, after: Callable[[sqlite3.Connection], T]) -> Future[T]:
        """Copy the database into the new file `target` by SQLite's backup API, a few pages at a time.

        Jobs are done between the steps and are in the copy as well. `after` runs right behind the last
        step, before any other job, and gives the future's result.
        """
        future: Future[T] = Future()

        def copy() -> T:
            with translated("备份"):
                self._copy_pages(target)
                return after(self._connection)

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

    def _serve(self) -> None:
        while (task := self._tasks.get()) is not None:
            task()
            while not self._copies.empty():
                self._copies.get()()
        remove_holder(self.path)
        self._connection.close()

    def _transaction(self, job: Job[T]) -> T:
        with translated(_WHAT):
            return in_transaction(self._connection, self._guarded(job))

    def _guarded(self, job: Job[T]) -> Job[T]:
        def guarded(connection: sqlite3.Connection) -> T:
            before = connection.total_changes
            result = job(connection)
            if isinstance(result, Iterator):
                raise TypeError("an iterator over the database must be consumed within its job")
            if connection.total_changes != before:
                self._require_file()
            return result

        return guarded

    def _require_file(self) -> None:
        """Under the exclusive lock SQLite itself doesn't see that its file was moved away or deleted."""
        if _identity(self.path) != self._file:
            raise EnvironmentFault(
                "disk.missing",
                f"{_WHAT}失败：工作区文件已被移走或删除（{self.path}）。",
                "请把文件放回原处或从备份恢复，再重新打开。",
            )

    def _copy_pages(self, target: Path) -> None:
        copy = sqlite3.connect(target, isolation_level=None)
        try:
            self._connection.backup(copy, pages=BACKUP_PAGES, progress=self._between_steps)
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


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino)
