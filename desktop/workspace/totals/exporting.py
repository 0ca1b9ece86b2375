"""Putting a period together and writing the merged workbook."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.consolidation import (
    Accepted,
    Consolidated,
    FileVerdictKind,
    IndicatorResult,
    Notes,
    UnitState,
    consolidate,
)
from desktop.migration import earlier_figures, predecessors
from desktop.model.decimals import display
from desktop.model.finding import Finding
from desktop.model.form import form_for
from desktop.model.period import Period
from desktop.model.plan import Plan, ReferenceFigure
from desktop.model.submission import Section
from desktop.model.unit import Unit
from desktop.model.verdict import VERDICT_LABELS
from desktop.report import MergedWorkbook, Provenance, write_merged_workbook
from desktop.validation import CheckContext, check_section
from desktop.workspace.desk import Desk
from desktop.workspace.desk.moving import dated
from desktop.workspace.desk.references import stored_figures
from desktop.workspace.desk.rounds import stored_round
from desktop.workspace.intake.inbox import accepted, periods_received, states
from desktop.workspace.intake.seen_files import seen_files
from desktop.workspace.review.board import brought_along
from desktop.workspace.totals.exported import Exported, IndicatorTotal
from desktop.workspace.totals.office_notes import stored_notes
from desktop.workspace.totals.snapshots import (
    Snapshot,
    counted_contents,
    keep_snapshot,
    sections_of,
    then_desk,
)
from desktop.workspace.totals.tracing import Material, origins

WITHHELD = "未汇全"
NO_FIGURE = "—"


def consolidated_period(desk: Desk, units: tuple[Unit, ...], period: Period) -> Consolidated:
    """Everything that can be said of a period, from the accepted sections of the units that count here."""
    return material(desk, units, period).consolidated


def material(desk: Desk, units: tuple[Unit, ...], period: Period) -> Material:
    """A period put together, with what it is made of and where that came from."""
    today = desk.clock().date()
    sections = {}
    for then in periods_received(desk):
        found = accepted(desk, then, today)
        those = _counting(desk, units, then)
        sections[then] = {unit: section for unit, section in found.items() if unit in those}
    references, notes = _said(desk)
    consolidated = consolidate(desk.plan, period, sections, references, notes)
    wanted = _counting(desk, units, period)
    standing = tuple(s for s in states(desk, period, today) if s.unit in wanted)
    return Material(consolidated, sections, origins(desk, standing), standing)


def material_of(desk: Desk, of: Snapshot) -> Material:
    """What an export was made of, put together again; `desk` is that of its plan version."""
    sections = sections_of(desk, of.counted)
    beside = of.references[len(desk.plan.references) :]
    consolidated = consolidate(desk.plan, of.period, sections, beside, of.notes)
    return Material(consolidated, sections, origins(desk, of.states), of.states)


def _counting(desk: Desk, units: tuple[Unit, ...], period: Period) -> frozenset[str]:
    """The units, those of that period which they succeeded, and those that came along in their files."""
    before = (one.id for unit in units for one in predecessors(desk.plan, unit.id, period.end))
    wanted = frozenset((*(unit.id for unit in units), *before))
    return wanted | brought_along(states(desk, period, desk.clock().date()), wanted)


def _said(desk: Desk) -> tuple[tuple[ReferenceFigure, ...], Notes]:
    return desk.store.run(
        lambda connection: (stored_figures(connection, desk.plan), stored_notes(connection, desk.plan.id))
    )


def export(
    desk: Desk,
    office: Exporting,
    units: tuple[Unit, ...],
    period: Period,
    out: Path,
    *,
    overwrite: bool,
) -> Exported:
    """Write the merged workbook and keep what it was made of; raises InputError if the file exists and
    EnvironmentFault if it can't be written.
    """
    made = material(desk, units, period)
    created = _newest(made.states) or desk.clock()
    deadlines, extended, refused = beside(desk, period)
    content = _workbook(desk, office, made, created, (deadlines, extended, refused))
    path = write_merged_workbook(content, out, overwrite=overwrite)
    references, notes = _said(desk)
    wanted = {then: _counting(desk, units, then) for then in made.sections}
    kept = Snapshot(
        period=period,
        plan=desk.plan.digest,
        plan_version=desk.plan.version,
        created=created,
        actor=desk.person,
        file=path.name,
        counted={then: counted_contents(desk, then, those) for then, those in wanted.items()},
        states=made.states,
        references=references,
        notes=notes,
        deadlines=deadlines,
        extended=extended,
        refused=refused,
    )
    number = keep_snapshot(desk, kept)
    return Exported(path, indicator_totals(made.consolidated), number)


def export_again(desk: Desk, office: Exporting, of: Snapshot, out: Path, *, overwrite: bool) -> Path:
    """Write the merged workbook of an earlier export as it was; raises like `export`."""
    under = then_desk(desk, of)
    made = material_of(under, of)
    content = _workbook(under, office, made, of.created, (of.deadlines, of.extended, of.refused))
    return write_merged_workbook(content, out, overwrite=overwrite)


@dataclass(frozen=True, slots=True)
class Exporting:
    """In whose name is exported, and whether the figures are 演示."""

    unit: str
    synthetic: bool


Refused = tuple[tuple[str, str], ...]
"""Names of files with the reasons why they weren't taken in."""


def beside(desk: Desk, period: Period) -> tuple[Mapping[str, datetime.date], tuple[str, ...], Refused]:
    """Beside figures an export says last days by unit, the units whose day was put off, files refused."""
    round_ = desk.store.run(lambda connection: stored_round(connection, desk.plan.id))
    return round_.deadlines(period), tuple(round_.extended.get(period, ())), _refused(desk, period)


def _refused(desk: Desk, period: Period) -> Refused:
    """Names and reasons of files refused: for the period, or before the next one ended where none is said."""
    until = period.end + (period.end - period.start)
    found: dict[str, tuple[str, str]] = {}
    for file in seen_files(desk):
        then = period.end < file.received.date() <= until if not file.period else file.period == str(period)
        if file.verdict == FileVerdictKind.REJECTED.value and then:
            found[file.sha256] = (file.name, file.reason)
    return tuple(sorted(found.values()))


Beside = tuple[Mapping[str, datetime.date], Sequence[str], Sequence[tuple[str, str]]]
"""Unit id → the last day said to it; the units whose day was put off; files refused, with reasons."""


def _workbook(
    desk: Desk, office: Exporting, made: Material, created: datetime.datetime, said: Beside
) -> MergedWorkbook:
    days, extended, refused = said
    return MergedWorkbook(
        consolidated=made.consolidated,
        states=made.states,
        created=created,
        provenance={
            s.unit: Provenance(s.accepted or "", s.accepted_revision, s.file)
            for s in made.states
            if s.accepted
        },
        findings=_findings(made.consolidated, made.sections),
        office=desk.plan.unit(office.unit).name,
        synthetic=office.synthetic,
        deadlines=days,
        extended=frozenset(extended),
        refused=refused,
    )


def indicator_totals(consolidated: Consolidated) -> tuple[IndicatorTotal, ...]:
    """The indicators' district figures, for people and scripts."""
    return tuple(_total(consolidated, result) for result in consolidated.indicators)


def _total(consolidated: Consolidated, result: IndicatorResult) -> IndicatorTotal:
    indicator, main = result.indicator, result.main
    if main.value is None:
        shown = WITHHELD if main.incomplete else NO_FIGURE
    else:
        shown = display(main.value, indicator.decimals, consolidated.plan.rounding) + indicator.unit
    return IndicatorTotal(
        number=indicator.number,
        indicator=indicator.id,
        name=indicator.name,
        unit=indicator.unit,
        value=main.value,
        shown=shown,
        verdict=_verdict(result),
        units_reporting=len(main.coverage.reported),
        units_expected=len(main.coverage.due),
    )


def _verdict(result: IndicatorResult) -> str:
    """The verdict in words; one that rests on part of the units is marked where it says anything."""
    if result.judged is None:
        return ""
    verdict = result.judged.verdict
    marked = verdict.incomplete and verdict.value is not None
    return VERDICT_LABELS[verdict.kind] + (f"（{WITHHELD}）" if marked else "")


def _newest(found: tuple[UnitState, ...]) -> datetime.datetime | None:
    """The moment of the last receipt: the same contents give the same bytes."""
    return max((state.received_at for state in found if state.received_at), default=None)


def _findings(consolidated: Consolidated, sections: Accepted) -> Mapping[str, tuple[Finding, ...]]:
    """What the rules say of each accepted section, its history and its peers included, by unit id."""
    plan, period = consolidated.plan, consolidated.period
    found = {}
    for unit, section in consolidated.reported.items():
        known = _before(plan, unit, period, sections)
        checked = check_section(
            CheckContext(
                plan=plan,
                form=form_for(plan, plan.unit(unit), period),
                section=section,
                previous=known.get(period.previous),
                same_last_year=known.get(period.same_last_year),
                history=tuple(known.values()),
                others=consolidated.reported,
            )
        )
        found[unit] = (*checked, *consolidated.peers.get(unit, ()))
    return found


def _before(plan: Plan, unit: str, period: Period, sections: Accepted) -> dict[Period, Section]:
    """A unit's earlier sections as its form compares with them: predecessors' figures added up."""
    earlier = {then: of for then, of in sections.items() if then < period}
    if not dated(plan):
        return {then: of[unit] for then, of in earlier.items() if unit in of}
    joined = {then: earlier_figures(plan, unit, then, of, period.end) for then, of in earlier.items()}
    return {then: section for then, section in joined.items() if section is not None}
