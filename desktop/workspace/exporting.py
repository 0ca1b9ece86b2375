"""Putting a period together and writing the merged workbook."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from desktop.consolidation import Accepted, Consolidated, IndicatorResult, UnitState, consolidate
from desktop.migration import earlier_figures, predecessors
from desktop.model.decimals import display
from desktop.model.finding import Finding
from desktop.model.form import form_for
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import Section
from desktop.model.unit import Unit
from desktop.model.verdict import VERDICT_LABELS
from desktop.report import MergedWorkbook, Provenance, write_merged_workbook
from desktop.validation import CheckContext, check_section
from desktop.workspace.forms import Desk
from desktop.workspace.inbox import accepted, periods_received, states
from desktop.workspace.moving import dated
from desktop.workspace.references import stored_figures
from desktop.workspace.results import Exported, IndicatorTotal

WITHHELD = "未汇全"
NO_FIGURE = "—"


def consolidated_period(desk: Desk, units: tuple[Unit, ...], period: Period) -> Consolidated:
    """Everything that can be said of a period, from the accepted sections of the units that count here."""
    return _consolidated(desk, _sections(desk, units), period)


def _sections(desk: Desk, units: tuple[Unit, ...]) -> Accepted:
    today = desk.clock().date()
    found = {}
    for period in periods_received(desk):
        wanted = _counting(desk.plan, units, period)
        sections = accepted(desk, period, today)
        found[period] = {unit: section for unit, section in sections.items() if unit in wanted}
    return found


def _counting(plan: Plan, units: tuple[Unit, ...], period: Period) -> frozenset[str]:
    """The units, and those of that period which they succeeded."""
    before = (one.id for unit in units for one in predecessors(plan, unit.id, period.end))
    return frozenset((*(unit.id for unit in units), *before))


def _consolidated(desk: Desk, sections: Accepted, period: Period) -> Consolidated:
    references = desk.store.run(lambda connection: stored_figures(connection, desk.plan))
    return consolidate(desk.plan, period, sections, references)


def export(
    desk: Desk,
    office: str,
    units: tuple[Unit, ...],
    period: Period,
    out: Path,
    *,
    synthetic: bool,
    overwrite: bool,
) -> Exported:
    """Write the merged workbook of the consolidating unit `office`; raises InputError if the file
    exists and EnvironmentFault if it can't be written.
    """
    sections = _sections(desk, units)
    consolidated = _consolidated(desk, sections, period)
    wanted = {unit.id for unit in units}
    found = tuple(s for s in states(desk, period, desk.clock().date()) if s.unit in wanted)
    content = MergedWorkbook(
        consolidated=consolidated,
        states=found,
        created=_newest(found) or desk.clock(),
        provenance={
            s.unit: Provenance(s.accepted or "", s.accepted_revision, s.file) for s in found if s.accepted
        },
        findings=_findings(consolidated, sections),
        office=desk.plan.unit(office).name,
        synthetic=synthetic,
    )
    path = write_merged_workbook(content, out, overwrite=overwrite)
    return Exported(path, indicator_totals(consolidated))


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
    for unit, section in consolidated.figures.items():
        known = _before(plan, unit, period, sections)
        checked = check_section(
            CheckContext(
                plan=plan,
                form=form_for(plan, plan.unit(unit), period),
                section=section,
                previous=known.get(period.previous),
                same_last_year=known.get(period.same_last_year),
                history=tuple(known.values()),
                others=consolidated.figures,
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
