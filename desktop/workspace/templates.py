"""Blank workbooks for units that don't have the program: they come back as submissions edited by hand."""

from __future__ import annotations

from pathlib import Path

from desktop.config import PROGRAM, VERSION
from desktop.errors import InputError
from desktop.exchange import write_submission
from desktop.model.form import form_for
from desktop.model.period import Period
from desktop.model.submission import Coverage, Section, Submission
from desktop.workspace.clock import Clock, system_clock
from desktop.workspace.plans import plan_for_workspace


def write_template(
    plan: str | None, unit: str, period: Period, out: Path, clock: Clock = system_clock
) -> Path:
    """Write the blank first revision of a unit's form; raises InputError for an unknown unit or period."""
    chosen = plan_for_workspace(plan).plan
    found = chosen.find_unit(unit)
    if found is None or not chosen.asks(period):
        what = f"单位“{unit}”" if found is None else f"报告期“{period.label}”"
        raise InputError("template.unknown", f"方案中没有{what}。", "请核对后重试。")
    form = form_for(chosen, found, period)
    blank = Submission(
        plan=chosen.id,
        plan_version=chosen.version,
        plan_digest=chosen.digest,
        unit=found.id,
        period=period,
        revision=1,
        parent=None,
        sections=(Section(found.id, period, coverage=Coverage(len(form.due_rows), 0)),),
        created=clock(),
        created_with=f"{PROGRAM} {VERSION}",
    )
    write_submission(blank, chosen, out)
    return out
