"""What goes into columns: times as UTC text, contents checked to be text, long contents packed; and back.

What can't be read back is damage, told in a sentence with its remedy. Only what is read is checked, so that
opening waits for nothing else.
"""

from __future__ import annotations

import datetime
import json
import zlib
from collections.abc import Callable
from typing import Any, TypeVar

from desktop.errors import WorkspaceDamaged
from desktop.model.plain import SHAPE_FAULTS

Data = TypeVar("Data")
T = TypeVar("T")


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


def kept(text: str, read: Callable[[Any], T], what: str) -> T:
    """What `read` makes of a JSON text; raises WorkspaceDamaged, naming `what` (Chinese), if it can't.

    `read` raises one of SHAPE_FAULTS on data that it doesn't expect.
    """
    return shaped(text, lambda found: read(json.loads(found)), what)


def shaped(data: Data, read: Callable[[Data], T], what: str) -> T:
    """The same of data that was parsed already."""
    try:
        return read(data)
    except SHAPE_FAULTS as error:
        raise damaged(what) from error


def damaged(what: str) -> WorkspaceDamaged:
    """The fault of content that isn't what was stored."""
    return WorkspaceDamaged(
        "workspace.content_damaged",
        f"工作区里保存的{what}已损坏，不能使用。",
        "请从备份恢复；恢复前不要继续使用该文件。",
    )
