"""Opening a form: its entries, and what it is compared with."""

from __future__ import annotations

import datetime
from concurrent.futures import Future
from dataclasses import dataclass, replace

from desktop.model.canonical import canonical_text
from desktop.model.finding import Finding
from desktop.model.form import form_for
from desktop.model.period import Period, PeriodType
from desktop.model.plan import Plan
from desktop.model.submission import Section
from desktop.model.unit import Unit
from desktop.store import Connection, Store, audit, entries
from desktop.store.entries import Change, Edit
from desktop.workspace.clock import Clock
from desktop.workspace.entries import Entries, entries_from, section_changes
from desktop.workspace.explaining import Given, given_explanations
from desktop.workspace.form_session import FormSession, Surroundings
from desktop.workspace.references import issued_to, stored_figures


_WITHIN_YEAR = (PeriodType.QUARTER, PeriodType.MONTH)
"""What a year (年报) is prefilled from, the first that the plan has."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every use case works with: the store, the plan, who is working and the clock."""

    store: Store
    plan: Plan
    person: str
    clock: Clock


def open_form(desk: Desk, unit: Unit, period: Period) -> FormSession:
    """The form of a unit and period. A year's form that is still empty is prefilled from its last
    quarter or month.
    """
    entered = load_entries(desk, unit.id, period)
    section = entered.section
    if period.type is PeriodType.YEAR and not section.figures and not entered.life.locked:
        section = _prefilled(desk, unit, period, section)
    session = FormSession(
        plan=desk.plan,
        form=form_for(desk.plan, unit, period),
        section=section,
        around=_surroundings(desk, unit, period),
        life=entered.life,
        sign_off=entered.sign_off,
        save=lambda changes, action, findings: save(desk, unit.id, period, changes, action, findings),
        signature=lambda: (desk.person, desk.clock()),
        given=_given(desk, section),
    )
    if section is not entered.section:
        save(desk, unit.id, period, section_changes(section), "prefill", session.findings).result()
    return session


def load_entries(desk: Desk, unit: str, period: Period) -> Entries:
    """What was entered for a unit and period."""
    return desk.store.run(
        lambda connection: entries_from(
            unit, period, entries.section(connection, desk.plan.id, unit, str(period))
        )
    )


def _given(desk: Desk, section: Section) -> dict[str, Given]:
    """When the explanations of a section were given, from the audit trail."""
    if not section.explanations:
        return {}

    def load(connection: Connection) -> dict[str, Given]:
        rows = audit.newest_first(connection, desk.plan.id, section.unit, str(section.period))
        return given_explanations(rows, section)

    return desk.store.run(load)


def save(
    desk: Desk,
    unit: str,
    period: Period,
    changes: tuple[Change, ...],
    action: str,
    findings: tuple[Finding, ...],
) -> Future[None]:
    """Write one action with the findings after it; done when it is on disk."""
    now = desk.clock()
    edit = Edit(
        plan=desk.plan.id,
        unit=unit,
        period=str(period),
        changes=changes,
        actor=desk.person,
        action=action,
        findings=tuple(finding_text(finding) for finding in findings),
    )
    return desk.store.submit(lambda connection: _edit(connection, edit, now))


def finding_text(finding: Finding) -> str:
    """A finding as the store keeps it."""
    return canonical_text(
        {
            "code": finding.code,
            "severity": finding.severity.value,
            "address": finding.address,
            "qualifier": finding.qualifier,
            "params": dict(finding.params),
            "figures": finding.figures,
        }
    )


def _edit(connection: Connection, edit: Edit, now: datetime.datetime) -> None:
    entries.edit(connection, edit, now)


def _surroundings(desk: Desk, unit: Unit, period: Period) -> Surroundings:
    def load(connection: Connection) -> Surroundings:
        earlier = {
            found: entries_from(
                unit.id, found, entries.section(connection, desk.plan.id, unit.id, str(found))
            ).section
            for found in map(Period.parse, entries.periods(connection, desk.plan.id, unit.id))
            if found < period
        }
        return Surroundings(
            previous=earlier.get(period.previous),
            same_last_year=earlier.get(period.same_last_year),
            history=tuple(earlier[found] for found in sorted(earlier)),
            issued=issued_to(stored_figures(connection, desk.plan), unit.id, period),
        )

    return desk.store.run(load)


def _prefilled(desk: Desk, unit: Unit, period: Period, section: Section) -> Section:
    type_ = next((t for t in _WITHIN_YEAR if t in desk.plan.period_types), None)
    if type_ is None:
        return section
    last = load_entries(desk, unit.id, period.last_within(type_)).section
    form = form_for(desk.plan, unit, period)
    figures = {
        row.element.id: last.figures[row.element.id]
        for row in form.due_rows
        if row.element.id in last.figures
    }
    return replace(section, figures=figures) if figures else section
