"""Workspaces on the real plan for tests, with a clock that stands where a test needs it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from desktop.model.period import Period
from desktop.workspace import FormSession, Workspace

Q3 = Period.parse("2024Q3")
Q4 = Period.parse("2024Q4")
REASON = "other"


def at(text: str) -> Callable[[], datetime.datetime]:
    """A clock that stands at noon of a day."""
    moment = datetime.datetime.fromisoformat(f"{text}T12:00:00+08:00")
    return lambda: moment


def make(folder: Path, *units: str, consolidates: bool = False, today: str = "2024-10-05") -> Workspace:
    """A new workspace."""
    return Workspace.create(
        folder / f"{'-'.join(units)}.zhibao",
        units,
        consolidates=consolidates,
        person="演示员",
        clock=at(today),
    )


def fill_everything(session: FormSession, value: str = "1") -> None:
    """Type one value into every due field, say something on every led item, explain what is odd."""
    for row in session.form.due_rows:
        session.type_figure(row.element.id, value)
    explain_all(session)


def explain_all(session: FormSession) -> None:
    """Answer every warning and send every error along, so that the form can be handed in."""
    for finding in session.errors:
        session.explain(finding.key, REASON, f"演示：带错上报说明 {finding.address}", forced=True)
    for finding in session.assessment.unexplained:
        session.explain(finding.key, REASON, f"演示：核对后如实填报 {finding.address}")


def blank_to_nil(session: FormSession) -> None:
    """Say 无此项业务 wherever a due field is still blank."""
    for row in session.form.due_rows:
        if not session.section.figure(row.element.id).reported:
            session.set_nil(row.element.id)


def first_report(folder: Path) -> Path:
    """The file with 塘沽街道's first revision, which its own workspace writes into the folder `1`."""
    clerk = make(folder, "tanggu")
    session = clerk.form("tanggu", Q3)
    fill_everything(session)
    (folder / "1").mkdir()
    path = clerk.submit_form(session, folder / "1").path
    clerk.close()
    return path
