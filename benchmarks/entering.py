"""Entry: from a key to the disk against a bare commit."""

from __future__ import annotations

import itertools
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.timing import in_turns, show
from desktop.model.period import Period
from desktop.workspace import Workspace

ROUNDS = 60
MARK = 2
TYPED = "figure typed, read, checked, audited, saved"
_UPSERT = "INSERT INTO entry VALUES ('a', ?) ON CONFLICT DO UPDATE SET content = excluded.content"
PERIOD = Period.parse("2024Q3")


def run() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        _key_to_disk(Path(folder))


def _key_to_disk(folder: Path) -> None:
    bare = _bare(folder / "bare.db")
    with Workspace.create(folder / "street.zhibao", ["tanggu"]) as workspace:
        session = workspace.form("tanggu", PERIOD)
        numbers = itertools.count(1)

        def typed() -> None:
            session.type_figure("training_visits", str(next(numbers))).saved.result()

        taken = in_turns(
            {
                "bare upsert and commit, same journal": lambda: bare(next(numbers)),
                TYPED: typed,
            },
            ROUNDS,
        )
    show("key to disk", taken, "bare upsert and commit, same journal", {TYPED: MARK})


def _bare(path: Path) -> Callable[[int], None]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE entry (address TEXT PRIMARY KEY, content TEXT) STRICT")

    def put(number: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_UPSERT, [str(number)])
        connection.execute("COMMIT")

    return put
