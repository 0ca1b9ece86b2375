"""The clock, so that what depends on today can be told the day."""

from __future__ import annotations

import datetime
from collections.abc import Callable

Clock = Callable[[], datetime.datetime]
"""Gives the present moment with its time zone."""


def system_clock() -> datetime.datetime:
    """Now, in the local time zone."""
    return datetime.datetime.now().astimezone()
