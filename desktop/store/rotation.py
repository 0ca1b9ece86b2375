"""Which backups are kept: all of two days, then one a day, a week and a month."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable

ALL_FOR = datetime.timedelta(days=2)
DAILY, WEEKLY, MONTHLY = 12, 10, 9


def expired(times: Iterable[datetime.datetime], now: datetime.datetime) -> tuple[datetime.datetime, ...]:
    """The backups that may go, oldest first.

    Kept are all that are younger than two days (or from the future: a clock set back deletes nothing),
    and the newest of each of the last 12 days, 10 weeks and 9 months that have any: after a year's pause
    nothing goes at once. Times need a zone; days are those of UTC.
    """
    ordered = sorted(set(times), reverse=True)
    kept = {time for time in ordered if now - time < ALL_FOR}
    kept |= _newest_of(ordered, lambda time: time.date().toordinal(), DAILY)
    kept |= _newest_of(ordered, lambda time: time.isocalendar()[0] * 100 + time.isocalendar()[1], WEEKLY)
    kept |= _newest_of(ordered, lambda time: time.year * 100 + time.month, MONTHLY)
    return tuple(time for time in reversed(ordered) if time not in kept)


def _newest_of(
    newest_first: list[datetime.datetime], bucket: Callable[[datetime.datetime], int], count: int
) -> set[datetime.datetime]:
    chosen: dict[int, datetime.datetime] = {}
    for time in newest_first:
        chosen.setdefault(bucket(time.astimezone(datetime.UTC)), time)
    return set(list(chosen.values())[:count])
