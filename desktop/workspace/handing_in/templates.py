"""Blank workbooks for units that don't have the program: they come back filled in, as submissions."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from desktop.config import PROGRAM, VERSION
from desktop.consolidation import deadline
from desktop.errors import InputError
from desktop.exchange.template.template_guide import Round as SaidOfRound
from desktop.exchange.template.template_rows import Beside
from desktop.exchange.template.template_writer import write_template_workbook
from desktop.model.form import form_for
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import Coverage, Figure, Section, Submission
from desktop.model.unit import Unit
from desktop.store import Connection, inbox
from desktop.workspace.clock import Clock, system_clock
from desktop.workspace.desk import Desk
from desktop.workspace.desk.moving import earlier_sections
from desktop.workspace.desk.references import issued_to, stored_figures
from desktop.workspace.desk.rounds import stored_round, with_deadlines
from desktop.workspace.intake.inbox import accepted
from desktop.workspace.plans.named import plan_for_workspace


@dataclass(frozen=True, slots=True)
class _Known:
    """What a workspace knows beside the plan: earlier and issued figures, the round, earlier revisions."""

    beside: Beside = field(default_factory=Beside)
    round: SaidOfRound = field(default_factory=SaidOfRound)
    revision: int = 1
    parent: str | None = None
    synthetic: bool = False


def write_template(
    plan: str | None, unit: str, period: Period, out: Path, clock: Clock = system_clock
) -> Path:
    """Write the blank first revision of a unit's form; raises InputError for an unknown unit or period."""
    chosen = plan_for_workspace(plan).plan
    found = _asked(chosen, unit, period)
    said = SaidOfRound(deadline(chosen, found, period))
    return _write(chosen, found, period, out, clock, _Known(round=said))


def template_from(desk: Desk, unit: str, period: Period, out: Path, *, synthetic: bool) -> Path:
    """The same with what a workspace knows: last period's and issued figures, deadline, the next revision."""
    found = _asked(desk.plan, unit, period)
    return _write(desk.plan, found, period, out, desk.clock, _known(desk, found, period, synthetic=synthetic))


def _asked(plan: Plan, unit: str, period: Period) -> Unit:
    found = plan.find_unit(unit)
    if found is None or found.id == plan.district.id:
        raise InputError("template.unknown", f"方案中没有单位“{unit}”。", "请核对后重试。")
    if not plan.asks(period):
        raise InputError("template.unknown", f"方案中没有报告期“{period.label}”。", "请核对后重试。")
    return found


def _known(desk: Desk, unit: Unit, period: Period, *, synthetic: bool) -> _Known:
    today = desk.clock().date()
    previous = accepted(desk, period.previous, today).get(unit.id)

    def load(connection: Connection) -> _Known:
        own = earlier_sections(connection, desk.shelf, desk.plan, unit.id, period).get(period.previous)
        before = previous or own
        issued = issued_to(stored_figures(connection, desk.plan), unit.id, period)
        round_ = stored_round(connection, desk.plan.id)
        last = deadline(with_deadlines(desk.plan, round_, period), unit, period)
        heads = [head for head in inbox.heads(connection, desk.plan.id, str(period)) if head.unit == unit.id]
        newest = max(heads, key=lambda head: head.revision, default=None)
        return _Known(
            Beside(
                before.figures if before else {},
                {id_: Figure.number(value) for id_, value in issued.items()},
            ),
            SaidOfRound(last, round_.office, round_.contact, round_.note),
            newest.revision + 1 if newest else 1,
            newest.claimed if newest else None,
            synthetic,
        )

    return desk.store.run(load)


def _write(plan: Plan, unit: Unit, period: Period, out: Path, clock: Clock, known: _Known) -> Path:
    form = form_for(plan, unit, period)
    blank = Submission(
        plan=plan.id,
        plan_version=plan.version,
        plan_digest=plan.digest,
        unit=unit.id,
        period=period,
        revision=known.revision,
        parent=known.parent,
        sections=(Section(unit.id, period, coverage=Coverage(len(form.due_rows), 0)),),
        created=clock(),
        created_with=f"{PROGRAM} {VERSION}",
        synthetic=known.synthetic,
    )
    write_template_workbook(blank, plan, out, known.beside, known.round)
    return out
