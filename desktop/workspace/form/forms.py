"""Opening a form: its entries, and what it is compared with."""

from __future__ import annotations

import datetime
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.errors import InputError
from desktop.model.canonical import canonical_text
from desktop.model.finding import Finding
from desktop.model.form import form_for
from desktop.model.period import Period, PeriodType
from desktop.model.plan import Plan
from desktop.model.submission import Section
from desktop.model.unit import Unit
from desktop.store import Connection, audit, entries, office_words, plans
from desktop.store.audit import AuditRow
from desktop.store.entries import Change, Edit
from desktop.workspace.desk import Desk
from desktop.workspace.desk.entries import (
    Entries,
    entries_from,
    kept_submission,
    life_change,
    section_changes,
    sign_off_change,
)
from desktop.workspace.desk.moving import Mover, earlier_sections, find_place, in_plan, move_form, origin_of
from desktop.workspace.desk.references import issued_to, stored_figures
from desktop.workspace.form.explaining import Given, given_explanations
from desktop.workspace.form.form_session import FormSession
from desktop.workspace.form.open_form import Surroundings
from desktop.workspace.form.undoing import Trail

if TYPE_CHECKING:
    from desktop.validation import PinnedComment
    from desktop.workspace.form.field_log import LogEntry

_WITHIN_YEAR = (PeriodType.QUARTER, PeriodType.MONTH)
"""What a year (年报) is prefilled from, the first that the plan has."""


def open_form(desk: Desk, unit: Unit, period: Period) -> FormSession:
    """The form of a unit and period. A year's form that is still empty is prefilled from its last
    quarter or month.

    A form that was handed in under an older version of the plan is shown under that version.
    """
    now = desk.plan
    desk, unit = _where_it_stands(desk, unit, period)
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
        present=lambda: (desk.person, desk.clock()),
        given=_given(desk, section),
    )
    session.follow(_trail(desk, unit.id, period))
    session.newer_version = now.version if now.digest != desk.plan.digest else ""
    session.frozen = _frozen(desk, entered)
    if section is not entered.section:
        save(desk, unit.id, period, section_changes(section), "prefill", session.findings).result()
    return session


def _trail(desk: Desk, unit: str, period: Period) -> Trail:
    """Undo and redo of a form in the store."""

    def last(redo: bool) -> tuple[AuditRow, ...]:
        from desktop.store import undo

        if desk.store.unsaved:  # the trail on the disk isn't all that was done
            desk.store.retry().result()
        find = undo.redoable if redo else undo.undoable
        return desk.store.run(lambda connection: find(connection, desk.plan.id, unit, str(period)))

    def reverse(redo: bool, action: int, findings: tuple[Finding, ...]) -> Future[None]:
        from desktop.store import undo

        now = desk.clock()
        texts = tuple(finding_text(finding) for finding in findings)

        def work(connection: Connection) -> None:
            place = (desk.plan.id, unit, str(period))
            found = (undo.redoable if redo else undo.undoable)(connection, *place)
            if not found or found[0].action != action:
                raise InputError("undo.changed", "这份报表在别处改过，没有撤销。", "请重新打开报表。")
            (undo.redo_last if redo else undo.undo_last)(connection, *place, desk.person, now)
            entries.set_findings(connection, *place, texts)

        return desk.store.post(work)

    def field_log(address: str) -> Future[tuple[LogEntry, ...]]:
        from desktop.workspace.form.field_log import log_entries, patterns_of

        place = (desk.plan.id, unit, str(period), *patterns_of(address))
        return desk.store.submit(
            lambda connection: log_entries(audit.history(connection, *place), address, desk.plan)
        )

    return Trail(last, reverse, field_log)


def _frozen(desk: Desk, entered: Entries) -> Section | None:
    """What was handed in last, under the desk's plan; None where nothing was, or nothing of it is left."""
    parent = entered.life.parent
    if parent is None:
        return None
    from desktop.store import submissions

    def load(connection: Connection) -> Section | None:
        text = submissions.frozen_json(connection, parent)
        if text is None:
            return None
        frozen = kept_submission(text)
        own = next(section for section in frozen.sections if section.unit == frozen.unit)
        origin = desk.shelf.get(connection, frozen.plan_digest)
        if origin is None or origin.digest == desk.plan.digest:
            return own
        moved = in_plan(connection, desk.shelf, own, origin, desk.plan).submission
        return moved.sections[0] if moved is not None else None

    return desk.store.run(load)


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
    return desk.store.post(lambda connection: _edit(connection, edit, desk.plan.digest, now))


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


def _edit(connection: Connection, edit: Edit, plan_digest: str, now: datetime.datetime) -> None:
    if plans.newest_digest(connection, edit.plan) != plan_digest:
        raise InputError("form.outdated", "方案已换版，这份报表还是旧版的。", "请重新打开报表后再填。")
    entries.edit(connection, edit, now)


def reopen(desk: Desk, unit: str, period: Period) -> str:
    """修订: unlock a form for its next revision and bring it to the plan version worked by, in one go.

    `unit` is what the unit was called when the form was handed in; returns what it is called now.
    """
    return desk.store.run(lambda connection: reopen_in(connection, desk, unit, period))


def reopen_in(connection: Connection, desk: Desk, unit: str, period: Period) -> str:
    """`reopen` as a part of another transaction."""
    there = entries.places(connection, desk.plan.id)
    place = next(p for p in there if (p.unit, p.period) == (unit, str(period)))
    entered = entries_from(
        place.unit, period, entries.section(connection, desk.plan.id, place.unit, place.period)
    )
    changes = (life_change(entered.life.reopened()), sign_off_change(replace(entered.sign_off, date=None)))
    edit = Edit(desk.plan.id, place.unit, place.period, changes, desk.person, "revise")
    entries.edit(connection, edit, desk.clock())
    moved = move_form(connection, Mover(desk.plan, desk.shelf, desk.person, desk.clock()), place)
    if moved is not None and not moved.moved:
        raise InputError("life.unit_gone", moved.sentence, "".join(moved.lines))
    return moved.unit if moved else unit


def _where_it_stands(desk: Desk, unit: Unit, period: Period) -> tuple[Desk, Unit]:
    """The desk with the plan version of a form, and the form's unit there.

    A draft that still stands under an older version moves along first.
    """

    def look(connection: Connection) -> tuple[Plan, str]:
        place = find_place(connection, desk.shelf, desk.plan, unit.id, period)
        if place is None:
            return desk.plan, unit.id
        origin = origin_of(connection, desk.shelf, place, desk.plan)
        if origin.digest == desk.plan.digest:
            return origin, place.unit
        kept = entries.section(connection, desk.plan.id, place.unit, place.period)
        if entries_from(place.unit, period, kept).life.locked:
            return origin, place.unit
        moved = move_form(connection, Mover(desk.plan, desk.shelf, desk.person, desk.clock()), place)
        return (desk.plan, unit.id) if moved is not None and moved.moved else (origin, place.unit)

    plan, id_ = desk.store.run(look)
    return (desk if plan is desk.plan else replace(desk, plan=plan)), plan.unit(id_)


def _surroundings(desk: Desk, unit: Unit, period: Period) -> Surroundings:
    def load(connection: Connection) -> Surroundings:
        earlier = earlier_sections(connection, desk.shelf, desk.plan, unit.id, period)
        return Surroundings(
            previous=earlier.get(period.previous),
            same_last_year=earlier.get(period.same_last_year),
            history=tuple(earlier[found] for found in sorted(earlier)),
            issued=issued_to(stored_figures(connection, desk.plan), unit.id, period),
            pinned=_pinned(connection, desk, unit, period),
        )

    return desk.store.run(load)


def _pinned(connection: Connection, desk: Desk, unit: Unit, period: Period) -> tuple[PinnedComment, ...]:
    if not office_words.notices(connection, office_words.CAME, desk.plan.id, unit.id, str(period)):
        return ()
    from desktop.workspace.form.pinned import pinned_comments

    return pinned_comments(connection, desk.plan, unit.id, period)


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
