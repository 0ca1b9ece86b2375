"""Going on with a workspace file that was away: only if it is the same one, as it was left."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from desktop.errors import EnvironmentFault
from desktop.model.chain import ChainHead
from desktop.store import audit
from desktop.store.connection import connect, take_exclusively
from desktop.store.faults import translated


def reconnected(path: Path, heads: Sequence[ChainHead | None]) -> sqlite3.Connection:
    """A connection that holds the file at `path`, whose audit chain must end with one of `heads`.

    Raises EnvironmentFault if it can't be opened, is held by another program, or was changed elsewhere.
    """
    with translated("重新打开工作区"):
        connection = connect(path)
        try:
            take_exclusively(connection)
            found = audit.head(connection)
        except BaseException:
            connection.close()
            raise
    if found not in heads:
        connection.close()
        raise EnvironmentFault(
            "workspace.other",
            f"“{path.name}”现在是另一个文件，或在别处改过，没有接着写入。",
            "请把原来的文件放回原处；没有原来的文件，请另存到别处。",
        )
    return connection
