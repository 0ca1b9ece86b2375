"""Jobs that must not be lost: those that the disk refused wait here, in order, for the next try."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from typing import TypeVar

from desktop.errors import EnvironmentFault

T = TypeVar("T")

Work = Callable[[sqlite3.Connection], object]


class Waiting:
    """A job on its way to the disk; `refused` once a try has failed."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.refused = False


class Outbox:
    """What was handed over and isn't on disk yet. A later job is never written before an earlier one.

    Jobs are added from any thread and written by one.
    """

    def __init__(self) -> None:
        self._waiting: list[Waiting] = []
        self._gate = threading.Lock()

    @property
    def refused(self) -> int:
        """How many jobs the disk has refused so far."""
        with self._gate:
            return sum(waiting.refused for waiting in self._waiting)

    def works(self) -> tuple[Work, ...]:
        """What waits, in order, to be done on another file."""
        with self._gate:
            return tuple(waiting.work for waiting in self._waiting)

    def add(self, work: Work) -> Waiting:
        """Queue a job behind the others."""
        waiting = Waiting(work)
        with self._gate:
            self._waiting.append(waiting)
        return waiting

    def clear(self) -> None:
        """Forget what waits: it has been written elsewhere, or a person gave it up."""
        with self._gate:
            self._waiting.clear()

    def write(self, upto: Waiting | None, transaction: Callable[[Work], object]) -> None:
        """Write everything up to one job, or all, in one `transaction`.

        Raises what the transaction raises. After an EnvironmentFault all of it goes on waiting; a job that
        fails by itself is dropped, so that it doesn't stand in the way of others.
        """
        batch = self._upto(upto)
        at: list[Waiting] = []

        def work(connection: sqlite3.Connection) -> None:
            for waiting in batch:
                at[:] = [waiting]
                waiting.work(connection)

        try:
            transaction(work)
        except EnvironmentFault:
            for waiting in batch:
                waiting.refused = True
            raise
        except BaseException:
            self._remove(at or batch)
            raise
        self._remove(batch)

    def _upto(self, last: Waiting | None) -> list[Waiting]:
        with self._gate:
            if last is None:
                return list(self._waiting)
            return self._waiting[: self._waiting.index(last) + 1] if last in self._waiting else []

    def _remove(self, gone: list[Waiting]) -> None:
        with self._gate:
            self._waiting = [waiting for waiting in self._waiting if waiting not in gone]
