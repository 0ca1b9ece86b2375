"""Content of another plan version under the one worked by: read so on the fly, and drafts that move along."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.model import plain
from desktop.model.canonical import Json, canonical_text
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import Section, Submission
from desktop.store import Connection, audit, entries
from desktop.store.entries import Change, Edit, EnteredPlace
from desktop.store.plans import plan_heads
from desktop.store.texts import kept
from desktop.values import dataclass
from desktop.workspace.desk.entries import (
    Entries,
    entries_from,
    life_change,
    section_changes,
    sign_off_change,
)
from desktop.workspace.desk.shelf import PlanShelf

if TYPE_CHECKING:
    from desktop.migration import MigratedSection, MigratedSubmission, MigrationLine

MIGRATED = "migrated"
"""The name of the audit event that keeps a form's report."""

MIGRATE = "migrate"
"""The kind of the audit action that moves a form's entries."""

_CONTENT = (entries.FIGURE, entries.ITEM, entries.EXPLANATION)


@dataclass(frozen=True, slots=True)
class MovedForm:
    """A draft that moved to another plan version, or couldn't, with its report."""

    unit: str
    unit_name: str
    period: Period
    version_before: str
    version: str
    moved: bool
    summary: str
    lines: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The form in one line."""
        what = f"{self.unit_name} {self.period.label}"
        if not self.moved:
            return f"{what}的草稿没有转到第{self.version}版。"
        return f"{what}的草稿已由第{self.version_before}版转到第{self.version}版：{self.summary}"

    def as_data(self) -> Json:
        """As JSON."""
        return {
            "unit": self.unit,
            "name": self.unit_name,
            "period": str(self.period),
            "version_before": self.version_before,
            "version": self.version,
            "moved": self.moved,
            "summary": self.summary,
            "lines": list(self.lines),
        }


@dataclass(frozen=True, slots=True)
class Mover:
    """What moving needs: the plan to move to, the versions kept, who does it and when."""

    plan: Plan
    shelf: PlanShelf
    person: str
    now: datetime.datetime


def in_plan(
    connection: Connection, shelf: PlanShelf, section: Section, origin: Plan, target: Plan
) -> MigratedSubmission:
    """A section of one plan version under another, as a submission of that one section."""
    from desktop.migration import migrate_along

    content = Submission(
        plan=origin.id,
        plan_version=origin.version,
        plan_digest=origin.digest,
        unit=section.unit,
        period=section.period,
        revision=1,
        parent=None,
        sections=(section,),
    )
    return migrate_along(content, shelf.between(connection, origin, target))


def unit_in_plan(
    connection: Connection, shelf: PlanShelf, unit: str, origin: Plan, target: Plan
) -> tuple[str | None, bool]:
    """What a unit of one version is called in another (None: it has no one successor), and whether it was
    merged with others.
    """
    if origin.digest == target.digest:
        return unit, False
    from desktop.migration import Outcome
    from desktop.model.mapping import Mapped

    key = (origin.digest, target.digest, unit)
    if key not in shelf.units:
        blank = Section(unit, Period.parse(str(target.first_year)))
        done = in_plan(connection, shelf, blank, origin, target)
        merged = any(line.what is Mapped.UNIT and line.outcome is Outcome.MERGED for line in done.lines)
        shelf.units[key] = (done.submission.unit if done.submission else None, merged)
    return shelf.units[key]


def origin_of(connection: Connection, shelf: PlanShelf, place: EnteredPlace, target: Plan) -> Plan:
    """The plan version a place's entries belong to: the newest they name."""
    if place.plans == (target.digest,):
        return target
    named = [head.digest for head in plan_heads(connection) if head.digest in place.plans]
    origin = shelf.get(connection, named[-1])
    assert origin is not None  # entries refer to plans that are kept
    return origin


def find_place(
    connection: Connection, shelf: PlanShelf, plan: Plan, unit: str, period: Period
) -> EnteredPlace | None:
    """Where a unit's form of a period stands: under its own id, else under the one it had in an older
    version.
    """
    there = [place for place in entries.places(connection, plan.id) if place.period == str(period)]
    for place in there:
        if place.unit == unit:
            return place
    for place in there:
        origin = origin_of(connection, shelf, place, plan)
        if unit_in_plan(connection, shelf, place.unit, origin, plan) == (unit, False):
            return place
    return None


def earlier_sections(
    connection: Connection, shelf: PlanShelf, plan: Plan, unit: str, before: Period | None = None
) -> dict[Period, Section]:
    """What a unit entered in the periods before one (or in all), as the given plan version reads it.

    Predecessors' figures are added up. Sections of other plans come in where this plan maps them; what is
    newer than the plan is left out.
    """
    found: dict[Period, dict[str, Section]] = {}
    ids = dict.fromkeys(kept.id for kept in plan_heads(connection) if kept.id != plan.id)
    for id_ in (*ids, plan.id):  # the plan's own sections go before those of other plans
        for place in entries.places(connection, id_):
            period = Period.parse(place.period)
            if before is None or period < before:
                section = _read_in(connection, shelf, plan, place)
                if section is not None:
                    found.setdefault(period, {})[section.unit] = section
    if not dated(plan):
        return {period: units[unit] for period, units in found.items() if unit in units}
    until = before.end if before else None
    from desktop.migration import earlier_figures

    joined = {period: earlier_figures(plan, unit, period, units, until) for period, units in found.items()}
    return {period: section for period, section in joined.items() if section is not None}


def dated(plan: Plan) -> bool:
    """Whether units or elements of the plan change over time: then figures have predecessors."""
    return plan.made_once(_dated)


def _dated(plan: Plan) -> bool:
    units = any(unit.successors or unit.valid_from or unit.valid_to for unit in plan.units)
    return units or any(
        e.successor or e.valid_from or e.valid_to or e.earlier_definitions for e in plan.elements
    )


def _read_in(connection: Connection, shelf: PlanShelf, plan: Plan, place: EnteredPlace) -> Section | None:
    origin = origin_of(connection, shelf, place, plan)
    kept = entries.section(connection, origin.id, place.unit, place.period)
    section = entries_from(place.unit, Period.parse(place.period), kept).section
    if origin.digest == plan.digest:
        return section
    if origin.id == plan.id and shelf.is_newer(connection, origin, plan):
        return None
    done = in_plan(connection, shelf, section, origin, plan)
    return done.submission.sections[0] if done.submission else None


def move_drafts(connection: Connection, mover: Mover) -> tuple[MovedForm, ...]:
    """Move every draft of the plan that still stands under an older version."""
    waiting = [p for p in entries.places(connection, mover.plan.id) if p.plans != (mover.plan.digest,)]
    # a unit that stays goes before those that are merged into it
    ordered = sorted(waiting, key=lambda place: not _stays(connection, mover, place))
    found = (move_form(connection, mover, place) for place in ordered)
    return tuple(moved for moved in found if moved is not None)


def _stays(connection: Connection, mover: Mover, place: EnteredPlace) -> bool:
    origin = origin_of(connection, mover.shelf, place, mover.plan)
    return unit_in_plan(connection, mover.shelf, place.unit, origin, mover.plan)[0] == place.unit


def move_form(connection: Connection, mover: Mover, place: EnteredPlace) -> MovedForm | None:
    """Move one form that isn't locked as one action that can be undone; None if it stays as it is.

    The audit trail keeps every old content, and the report as an event.
    """
    from desktop.migration import fit_to_form

    kept = entries.section(connection, mover.plan.id, place.unit, place.period)
    entered = entries_from(place.unit, Period.parse(place.period), kept)
    origin = origin_of(connection, mover.shelf, place, mover.plan)
    if entered.life.locked or origin.digest == mover.plan.digest:
        return None
    done = in_plan(connection, mover.shelf, entered.section, origin, mover.plan)
    lines = done.lines
    if done.submission is None:
        lines = lines or (_refused(entered.section, done.reason),)
        return _report(connection, mover, place, origin, None, lines)
    fitted = fit_to_form(done.submission.sections[0], mover.plan)
    assert fitted.section is not None  # the form only takes away
    lines = (*lines, *fitted.lines)
    whole = _with_what_is_there(connection, mover, place, fitted.section)
    if whole is None:
        why = f"{entered.section.period.label}已由接续的单位报出"
        return _report(connection, mover, place, origin, None, (*lines, _refused(entered.section, why)))
    assert whole.section is not None  # putting together never loses the unit
    _write(connection, mover, place, replace(entered, section=whole.section), tuple(kept))
    return _report(connection, mover, place, origin, whole.section.unit, (*lines, *whole.lines))


def _with_what_is_there(
    connection: Connection, mover: Mover, place: EnteredPlace, section: Section
) -> MigratedSection | None:
    """The section added to what its unit's form holds already, where units were merged; None if that form
    was handed in.
    """
    from desktop.migration import MigratedSection, merge_sections

    if section.unit == place.unit:
        return MigratedSection(section)
    there = entries.section(connection, mover.plan.id, section.unit, place.period)
    if not there:
        return MigratedSection(section)
    other = entries_from(section.unit, section.period, there)
    return None if other.life.locked else merge_sections((other.section, section), mover.plan)


def stored_reports(connection: Connection, plan: Plan) -> tuple[MovedForm, ...]:
    """The reports of all forms of a plan that moved, the last first."""
    rows = [row for row in audit.events_named(connection, MIGRATED) if row.plan == plan.id]
    return tuple(kept(row.new or "{}", _from_data, "报表转入记录") for row in reversed(rows))


def _write(
    connection: Connection, mover: Mover, place: EnteredPlace, entered: Entries, old: Sequence[str]
) -> None:
    """Put the moved content in the place of the old; a renamed unit's goes to its new place."""
    section = entered.section
    changes = section_changes(section)
    same = section.unit == place.unit
    there = {change.address for change in changes}
    gone = tuple(
        Change(address, None)
        for address in old
        if not same or (address.startswith(_CONTENT) and address not in there)
    )
    if not same:
        _edit(connection, mover, place.unit, place.period, gone)
        gone = ()
        if not entries.section(connection, mover.plan.id, section.unit, place.period):
            changes = (*changes, sign_off_change(entered.sign_off), life_change(entered.life))
    _edit(connection, mover, section.unit, place.period, (*gone, *changes))
    entries.set_plan_digest(connection, mover.plan.id, section.unit, place.period, mover.plan.digest)


def _edit(connection: Connection, mover: Mover, unit: str, period: str, changes: tuple[Change, ...]) -> None:
    edit = Edit(mover.plan.id, unit, period, changes, mover.person, MIGRATE, findings=())
    entries.edit(connection, edit, mover.now)


def _refused(section: Section, reason: str) -> MigrationLine:
    from desktop.migration import MigrationLine, Outcome
    from desktop.model.mapping import Mapped

    return MigrationLine(Mapped.UNIT, section.unit, (), Outcome.DROPPED, unit=section.unit, said=reason)


def _report(
    connection: Connection,
    mover: Mover,
    place: EnteredPlace,
    origin: Plan,
    unit: str | None,
    lines: Sequence[MigrationLine],
) -> MovedForm:
    from desktop.migration import sentences, summary
    from desktop.model.mapping import Mapped

    id_ = unit or place.unit
    named = mover.plan if mover.plan.has_unit(id_) else origin
    moved = MovedForm(
        unit=id_,
        unit_name=named.unit(id_).short_name if named.has_unit(id_) else id_,
        period=Period.parse(place.period),
        version_before=origin.version,
        version=mover.plan.version,
        moved=unit is not None,
        summary=summary(line for line in lines if line.what is not Mapped.UNIT),
        lines=sentences(lines),
    )
    data = moved.as_data() | {"details": [line.as_data() for line in lines]}
    draft = audit.Draft(
        MIGRATED, None, canonical_text(data), mover.plan.id, mover.plan.digest, id_, place.period
    )
    if unit is not None or not _told(connection, mover, draft):
        audit.event(connection, draft, audit.Stamp(MIGRATE, mover.person, mover.now))
    return moved


def _told(connection: Connection, mover: Mover, draft: audit.Draft) -> bool:
    """Whether the trail says already that a form couldn't be moved."""
    rows = audit.events_named(connection, MIGRATED)
    return any((row.new, row.plan_digest) == (draft.new, mover.plan.digest) for row in rows)


def _from_data(data: Json) -> MovedForm:
    return MovedForm(
        unit=plain.text(data["unit"]),
        unit_name=plain.text(data["name"]),
        period=Period.parse(data["period"]),
        version_before=plain.text(data["version_before"]),
        version=plain.text(data["version"]),
        moved=plain.truth(data["moved"]),
        summary=plain.text(data["summary"]),
        lines=plain.texts(data["lines"]),
    )
