"""Undo and redo of one section: both append. What can be undone is read from the audit trail, so that it
survives a restart.

An action is undone if a later action that isn't itself undone names it in `undoes`. Undo takes the newest
edit that stands; redo takes the newest undo that stands, unless an edit came after it.
"""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator
from itertools import groupby

from desktop.store import audit
from desktop.store.audit import REDO, UNDO, AuditRow
from desktop.store.entries import Change, Edit, Edited, content, edit


def undo_last(
    connection: sqlite3.Connection, plan: str, unit: str, period: str, actor: str, now: datetime.datetime
) -> Edited | None:
    """Take back the section's newest edit that stands; None if there is nothing to undo.

    Findings are the caller's to set afterwards, in the same job.
    """
    rows = undoable(connection, plan, unit, period)
    return _reverse(connection, rows, UNDO, actor, now) if rows else None


def redo_last(
    connection: sqlite3.Connection, plan: str, unit: str, period: str, actor: str, now: datetime.datetime
) -> Edited | None:
    """Do again what was undone last; None if there is nothing, or an edit came after the undo."""
    rows = redoable(connection, plan, unit, period)
    return _reverse(connection, rows, REDO, actor, now) if rows else None


def undoable(connection: sqlite3.Connection, plan: str, unit: str, period: str) -> tuple[AuditRow, ...]:
    """The rows of the action that `undo_last` would take back; empty if there is none."""
    for rows in _standing(connection, plan, unit, period):
        if rows[0].undoes is None:
            return rows if _is_current(connection, rows) else ()
    return ()


def redoable(connection: sqlite3.Connection, plan: str, unit: str, period: str) -> tuple[AuditRow, ...]:
    """The rows of the undo that `redo_last` would take back; empty if there is none."""
    for rows in _standing(connection, plan, unit, period):
        if rows[0].undoes is None:
            return ()
        if rows[0].kind == UNDO:
            return rows if _is_current(connection, rows) else ()
    return ()


def _standing(
    connection: sqlite3.Connection, plan: str, unit: str, period: str
) -> Iterator[tuple[AuditRow, ...]]:
    """The section's undoable actions, newest first, without those that were undone."""
    undone: set[int] = set()
    newest = audit.newest_first(connection, plan, unit, period)
    for action, group in groupby(newest, key=lambda row: row.action):
        rows = tuple(group)
        if not rows[0].undoable or action in undone:
            continue
        if rows[0].undoes is not None:
            undone.add(rows[0].undoes)
        yield rows


def _is_current(connection: sqlite3.Connection, rows: tuple[AuditRow, ...]) -> bool:
    """Whether nothing that can't be undone changed these places since."""
    return all(content(connection, r.plan, r.unit, r.period, r.address) == r.new for r in rows)


def _reverse(
    connection: sqlite3.Connection, rows: tuple[AuditRow, ...], kind: str, actor: str, now: datetime.datetime
) -> Edited:
    first = rows[0]
    return edit(
        connection,
        Edit(
            plan=first.plan,
            unit=first.unit,
            period=first.period,
            changes=tuple(Change(row.address, row.old) for row in rows),
            actor=actor,
            action=kind,
            undoes=first.action,
        ),
        now,
    )
