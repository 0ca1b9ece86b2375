"""Taking in files: every file gets a verdict, and one bad file never stops the batch."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import EnvironmentFault
from desktop.exchange import FileReader, FileReading
from desktop.exchange.format.filereading import refused
from desktop.model.period import Period
from desktop.workspace.desk import Desk
from desktop.workspace.intake.arriving import Came
from desktop.workspace.intake.examining import Earlier, Fit, Unfit, examined
from desktop.workspace.intake.keeping import keep
from desktop.workspace.intake.mailbox import Arrived, arrived
from desktop.workspace.intake.outcome import FileOutcome, Progress
from desktop.workspace.intake.rereading import reread
from desktop.workspace.keys.trusting import trusted

MOST_AT_ONCE = 64
AT_ONCE_SECONDS = 0.2
"""Files read within that time are kept in one transaction, but no more than that many."""


def take_in(
    desk: Desk,
    paths: Sequence[Path],
    progress: Progress | None = None,
    only: Period | None = None,
    *,
    convert: bool = False,
    received: datetime.date | None = None,
) -> tuple[FileOutcome, ...]:
    """Read files and keep what can be kept; raises EnvironmentFault if the workspace can't be written.

    Folders, archives and e-mails are looked into. With `convert`, .xls and .et files are converted first
    where this computer has a program for that. `received` is the day on which they came; mails say that
    themselves. When `progress` hears of a file, its verdict is on the disk.
    """
    how = _How(convert=convert, received=received)
    return tuple(_outcomes(desk, paths, progress, only, how))


@dataclass(frozen=True, slots=True)
class _How:
    """How files are taken in: converted first where need be, and on which day they came."""

    convert: bool
    received: datetime.date | None


def _outcomes(
    desk: Desk, paths: Sequence[Path], progress: Progress | None, only: Period | None, how: _How
) -> Iterator[FileOutcome]:
    earlier = Earlier(desk)
    versions = desk.store.run(lambda connection: desk.shelf.versions(connection, desk.plan.id))
    plans = [desk.plan, *(plan for plan in reversed(versions) if plan.digest != desk.plan.digest)]
    day = desk.clock().date()
    roster = desk.store.run(lambda connection: trusted(connection, day))
    with FileReader(plans, trusted=roster) as reader:
        files = tuple(arrived(paths, reader))
        came = (_came(file, reader, how) for file in files)
        number, going_on = 0, True
        for group in _groups(examined(desk, one, earlier, only) for one in came):
            for one, outcome in zip(group, keep(desk, group), strict=True):
                yield outcome
                number += 1
                if progress is not None and not progress(number, len(files), one.came.source.name):
                    going_on = False
            if not going_on:
                return


def _groups(files: Iterable[Fit | Unfit]) -> Iterator[list[Fit | Unfit]]:
    """The files in groups that are kept together; what was read before a fault is not lost."""
    group: list[Fit | Unfit] = []
    until = time.monotonic() + AT_ONCE_SECONDS
    try:
        for file in files:
            group.append(file)
            if len(group) == MOST_AT_ONCE or time.monotonic() > until:
                yield group
                group, until = [], time.monotonic() + AT_ONCE_SECONDS
    except EnvironmentFault:
        if group:
            yield group
        raise
    if group:
        yield group


def _came(file: Arrived, reader: FileReader, how: _How) -> Came:
    done = reread(_reading(file, reader), file.source, convert=how.convert, read=reader.read)
    return Came(
        done.reading,
        file.place,
        file.source,
        converter=done.converter,
        conversion=done.sentence,
        told=how.received,
    )


def _reading(file: Arrived, reader: FileReader) -> FileReading:
    if file.refusal is not None:
        return refused(file.source.name, "", 0, file.refusal)
    reading = reader.read(file.source)
    assert reading is not None  # nobody cancels it
    return reading
