"""Who typed what when in one field, from the audit trail."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.model.content import figure_from_json
from desktop.model.element import DataElement
from desktop.model.plan import Plan
from desktop.model.submission import Answer, Figure
from desktop.store.audit import AuditRow
from desktop.workspace.display import deducted_text, figure_text

_ANSWERS = {Answer.NONE: "", Answer.CONFIRMED: "（核对相符）", Answer.DISPUTED: "（有异议）"}


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One change of a field: `time` has a zone, `action` is the kind of edit (type, paste, undo …), `was`
    and `now` are figures as shown, empty for blank.
    """

    time: datetime.datetime
    actor: str
    action: str
    was: str
    now: str


def log_entries(rows: Iterable[AuditRow], element: DataElement, plan: Plan) -> tuple[LogEntry, ...]:
    """The entries of a field's audit rows, newest first."""
    found = [
        LogEntry(
            datetime.datetime.fromisoformat(row.time),
            row.actor,
            row.kind,
            _content_text(row.old, element, plan),
            _content_text(row.new, element, plan),
        )
        for row in rows
    ]
    return tuple(reversed(found))


def _content_text(content: str | None, element: DataElement, plan: Plan) -> str:
    if content is None:
        return ""
    figure: Figure = figure_from_json(json.loads(content))
    parts = deducted_text(figure, element, plan)
    return figure_text(figure, element) + _ANSWERS[figure.answer] + (f"（{parts}）" if parts else "")
