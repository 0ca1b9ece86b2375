"""Rules: one submission against twelve quarters of history, and one field while it is typed."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

from benchmarks.timing import in_turns, show
from desktop.model.element import ElementKind
from desktop.model.period import Period
from desktop.validation import check_section
from desktop.workspace import Workspace
from desktop.workspace.form.form_session import FormSession

ROUNDS = 100
UNIT = "scjg"
"""区市场监管局 fills in the largest form of the real plan."""
PERIOD = Period.parse("2024Q4")
HISTORY = 12
WHOLE_MARK = 50.0
FIELD_MARK = 5.0


def run() -> None:
    """Print the table, each line with its mark."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Workspace.create(Path(folder) / "b.zhibao", [UNIT]) as workspace,
    ):
        for number, period in enumerate(_quarters()):
            _fill(workspace.form(UNIT, period), number)
        session = workspace.form(UNIT, PERIOD)
        assert len(session.around.history) >= HISTORY, "the history is what is measured"
        numbers = itertools.count(4000)
        whole = f"all rules, one submission (≤ {WHOLE_MARK:.0f} ms)"
        field = f"one field typed, read and checked (≤ {FIELD_MARK:.0f} ms)"
        taken = in_turns(
            {
                whole: lambda: check_section(session.context),
                field: lambda: session.type_figure("training_visits", str(next(numbers))),
            },
            ROUNDS,
        )
        show(f"rules, {len(session.form.due_rows)} figures, {HISTORY} quarters of history", taken, whole)


def _quarters() -> list[Period]:
    """The quarters before the period, oldest first, and the period itself."""
    found = [PERIOD]
    for _ in range(HISTORY):
        found.append(found[-1].previous)
    return found[::-1]


def _fill(session: FormSession, number: int) -> None:
    """Figures that grow: flows within their year, stocks over all periods."""
    for place, row in enumerate(session.form.due_rows):
        if row.element.kind is ElementKind.NUMBER:
            within_year = session.form.period.number
            session.type_figure(row.element.id, str((100 + place) * within_year + number))
