"""The plans a workspace used, as canonical JSON by id, version and digest: old figures stay readable."""

from __future__ import annotations

import sqlite3

from desktop.errors import InputError
from desktop.model import plain
from desktop.model.canonical import canonical_text, text_digest
from desktop.store import audit
from desktop.store.settings import set_setting, setting
from desktop.store.texts import damaged, kept, require_text
from desktop.values import dataclass

CURRENT = "current_plan"
"""The setting that names the plan which the workspace works by."""


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """One version of a plan; `content` is its canonical JSON text."""

    digest: str
    id: str
    version: str
    content: str


@dataclass(frozen=True, slots=True)
class PlanHead:
    """What names one version of a plan."""

    digest: str
    id: str
    version: str


def save_plan(connection: sqlite3.Connection, plan: StoredPlan, stamp: audit.Stamp) -> bool:
    """Keep a plan; false if that version (by digest) is already there."""
    require_text(plan.digest, plan.id, plan.version, plan.content)
    if plan_json(connection, plan.digest) is not None:
        return False
    connection.execute(
        "INSERT INTO plan (digest, id, version, content) VALUES (?, ?, ?, ?)",
        (plan.digest, plan.id, plan.version, plan.content),
    )
    draft = audit.Draft("plan", None, None, plan=plan.id, plan_digest=plan.digest)
    audit.event(connection, draft, stamp)
    return True


def plan_json(connection: sqlite3.Connection, digest: str) -> str | None:
    """The canonical JSON text of a plan; None if the workspace doesn't have it."""
    row = connection.execute("SELECT content FROM plan WHERE digest = ?", (digest,)).fetchone()
    return str(row[0]) if row else None


def plan_heads(connection: sqlite3.Connection) -> tuple[PlanHead, ...]:
    """All plans and versions, in the order in which they came."""
    rows = connection.execute("SELECT digest, id, version FROM plan ORDER BY position")
    return tuple(PlanHead(*row) for row in rows)


def require_sound_plans(connection: sqlite3.Connection) -> None:
    """Raise WorkspaceDamaged if a plan isn't the one that was stored: its digest is that of its text."""
    for plan, content in connection.execute("SELECT digest, content FROM plan"):
        if text_digest(content) != plan:
            raise damaged("方案")


def newest_digest(connection: sqlite3.Connection, plan: str) -> str:
    """The digest of the version that came last of the plan with this id.

    Raises InputError if the workspace has no such plan.
    """
    row = connection.execute(
        "SELECT digest FROM plan WHERE id = ? ORDER BY position DESC LIMIT 1", (plan,)
    ).fetchone()
    if row is None:
        raise InputError("workspace.no_plan", f"工作区里没有方案“{plan}”。", "请先导入该方案。")
    return str(row[0])


def stored_plan_of(connection: sqlite3.Connection, digest: str) -> StoredPlan | None:
    """A plan by its digest; None if the workspace doesn't have it."""
    row = connection.execute(
        "SELECT digest, id, version, content FROM plan WHERE digest = ?", (digest,)
    ).fetchone()
    return StoredPlan(*row) if row else None


def current_plan(connection: sqlite3.Connection, plan: str | None = None) -> StoredPlan | None:
    """The newest version of a plan (by id), or of the plan the workspace works by: the one chosen, else
    the one that came last.
    """
    wanted = plan or _chosen(connection)
    row = connection.execute(
        "SELECT digest, id, version, content FROM plan WHERE ? IS NULL OR id = ? "
        "ORDER BY position DESC LIMIT 1",
        (wanted, wanted),
    ).fetchone()
    return StoredPlan(*row) if row else None


def choose_plan(connection: sqlite3.Connection, plan: str, stamp: audit.Stamp) -> bool:
    """Work by the plan with this id from now on; false if it already was so.

    Raises InputError if the workspace has no such plan.
    """
    newest_digest(connection, plan)
    return set_setting(connection, CURRENT, canonical_text(plan), stamp)


def _chosen(connection: sqlite3.Connection) -> str | None:
    text = setting(connection, CURRENT)
    return kept(text, plain.text, "方案选择") if text else None
