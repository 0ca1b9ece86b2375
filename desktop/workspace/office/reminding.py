"""催报: a draft for every unit whose report is missing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.consolidation import BoardState, deadline
from desktop.errors import from_os_error
from desktop.exchange.mail import write_draft
from desktop.model.file_name import safe_part
from desktop.model.period import Period
from desktop.model.unit import Unit
from desktop.workspace.desk import Desk
from desktop.workspace.desk.rounds import stored_round, with_deadlines
from desktop.workspace.handing_in.letters import Due, reminder
from desktop.workspace.handing_in.templates import template_from
from desktop.workspace.review.board import board
from desktop.workspace.review.messages import note_message

MISSING = (BoardState.MISSING, BoardState.OVERDUE)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A draft that was written for a unit, and the blank workbook that goes with it, if any."""

    unit: Unit
    path: Path
    template: Path | None = None


def remind(
    desk: Desk,
    units: tuple[Unit, ...],
    period: Period,
    out: Path,
    *,
    templates: bool,
    synthetic: bool,
) -> tuple[Reminder, ...]:
    """Write one draft per missing unit into the folder `out`.

    Drafts of an earlier call are replaced, templates of an earlier day stay. Raises EnvironmentFault for the
    disk.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise from_os_error(error, "写入催报邮件") from error
    rows = board(desk, units, period).rows
    missing = [row.unit for row in rows if row.state in MISSING]
    return tuple(
        _reminder(desk, unit, period, out, templates=templates, synthetic=synthetic) for unit in missing
    )


def _template(desk: Desk, unit: Unit, period: Period, path: Path, *, synthetic: bool) -> Path:
    """A blank workbook that goes with a reminder; beside an earlier one it bears the day in its name."""
    if path.exists():
        path = path.with_stem(f"{path.stem}_{desk.clock():%Y%m%d}")
    return path if path.exists() else template_from(desk, unit.id, period, path, synthetic=synthetic)


def _reminder(
    desk: Desk, unit: Unit, period: Period, out: Path, *, templates: bool, synthetic: bool
) -> Reminder:
    round_ = desk.store.run(lambda connection: stored_round(connection, desk.plan.id))
    last = deadline(with_deadlines(desk.plan, round_, period), unit, period)
    name = f"{safe_part(unit.short_name)}_{period}"
    template = None
    if templates:
        template = _template(desk, unit, period, out / f"空白报表_{name}.xlsx", synthetic=synthetic)
    now = desk.clock()
    letter = reminder(
        Due(desk.plan.name, unit.name, period.label, last),
        now.date(),
        round_,
        template.name if template else "",
    )
    path = write_draft(out / f"催报_{name}.eml", letter, now, (template,) if template else ())
    desk.store.run(lambda conn: note_message(conn, desk, unit.id, period, "reminder", path.name))
    return Reminder(unit, path, template)
