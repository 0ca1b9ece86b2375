"""Rotation of backups: what may go never includes what a person would look for."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from desktop.store.rotation import expired

NOW = datetime.datetime(2024, 10, 8, 9, 30, tzinfo=datetime.UTC)
times = st.lists(
    st.integers(-3 * 24 * 60, 800 * 24 * 60).map(lambda minutes: NOW - datetime.timedelta(minutes=minutes)),
    max_size=120,
)


@given(times)
def test_what_is_young_newest_or_from_the_future_stays(made: list[datetime.datetime]) -> None:
    gone = expired(made, NOW)
    assert set(gone) <= set(made)
    assert all(NOW - time >= datetime.timedelta(days=2) for time in gone)
    assert not made or max(made) not in gone


@given(times)
def test_what_was_kept_stays_until_time_goes_on(made: list[datetime.datetime]) -> None:
    kept = [time for time in made if time not in expired(made, NOW)]
    assert expired(kept, NOW) == ()


@given(times)
def test_few_days_keep_their_newest_whatever_their_age(made: list[datetime.datetime]) -> None:
    days = sorted({time.date() for time in made}, reverse=True)[:12]
    newest = {max(time for time in made if time.date() == day) for day in days}
    assert not newest & set(expired(made, NOW))


def test_a_year_of_backups_every_half_hour_comes_down_to_the_rule() -> None:
    start = NOW - datetime.timedelta(days=365)
    made = [start + datetime.timedelta(minutes=30 * step) for step in range(365 * 48 + 1)]
    kept = sorted(set(made) - set(expired(made, NOW)), reverse=True)
    young = [time for time in kept if NOW - time < datetime.timedelta(days=2)]
    older = [time for time in kept if time not in young]
    assert len(young) == 96
    assert len({time.date() for time in kept}) == len(older) + len({time.date() for time in young})
    assert older[-1].date() == datetime.date(2024, 2, 29)  # the ninth month back, by its newest
    assert 18 <= len(older) <= 12 + 10 + 9
