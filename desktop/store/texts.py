"""What goes into columns: times as UTC text, contents checked to be text, long contents packed."""

from __future__ import annotations

import datetime
import zlib


def utc_text(moment: datetime.datetime) -> str:
    """ISO 8601 in UTC with milliseconds, so that texts sort as times; refuses times without a zone."""
    if moment.tzinfo is None:
        raise ValueError("times are stored with their zone")
    return moment.astimezone(datetime.UTC).isoformat(timespec="milliseconds")


def require_text(*values: object) -> None:
    """Refuse anything but text: SQLite would turn a float into a rounded text without a word."""
    for value in values:
        if not isinstance(value, str):
            raise TypeError(f"text wanted, not {type(value).__name__}: {value!r}")


def pack(content: str) -> bytes:
    """A long text as a compressed blob: at this level in half the usual time, for 3 % more room."""
    return zlib.compress(content.encode(), level=3)


def unpack(blob: bytes) -> str:
    """The text of `pack`."""
    return zlib.decompress(blob).decode()
