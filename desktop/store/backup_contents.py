"""What is in a backup, so that a person can tell one from another before it is put back."""

from __future__ import annotations

import contextlib
from pathlib import Path

from desktop.store import audit
from desktop.store.audit import AuditRow
from desktop.store.connection import connect
from desktop.store.entries import FIGURE
from desktop.store.faults import translated
from desktop.store.plans import StoredPlan, current_plan
from desktop.values import dataclass


@dataclass(frozen=True, slots=True)
class Contents:
    """Ids of the units and periods that have figures, how many figures there are, how many files of others
    were received, the newest edit, and the plan worked by.
    """

    units: tuple[str, ...]
    periods: tuple[str, ...]
    figures: int
    received: int
    last: AuditRow | None
    plan: StoredPlan | None


def contents_of(path: Path) -> Contents:
    """Look into a workspace file that nobody holds.

    Raises WorkspaceDamaged, WorkspaceLocked and EnvironmentFault.
    """
    with translated("读取备份"), contextlib.closing(connect(path, "ro")) as connection:
        entered = connection.execute(
            "SELECT unit, period, count(*) FROM entry WHERE address GLOB ? GROUP BY unit, period",
            (FIGURE + "*",),
        ).fetchall()
        received = connection.execute("SELECT count(*) FROM received_content").fetchone()[0]
        return Contents(
            units=tuple(dict.fromkeys(str(row[0]) for row in entered)),
            periods=tuple(sorted({str(row[1]) for row in entered})),
            figures=sum(int(row[2]) for row in entered),
            received=int(received),
            last=audit.last_entered(connection),
            plan=current_plan(connection),
        )
