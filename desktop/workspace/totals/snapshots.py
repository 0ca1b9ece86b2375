"""Every export is a frozen snapshot: which contents, decisions and figures it was made of, and by which plan.

It holds no figures but those of references: contents are kept for ever under their digests, and so an export
can be made again, byte for byte, whatever came in since.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from desktop.consolidation import Accepted, BoardState, Notes, UnitState
from desktop.errors import InputError
from desktop.model.canonical import Json, canonical_text
from desktop.model.decimals import canonical
from desktop.model.finding import Finding, Severity
from desktop.model.period import Period
from desktop.model.plan import Plan, ReferenceFigure
from desktop.model.submission import Section, SubmissionKind
from desktop.store import Connection, audit, settings
from desktop.store.texts import kept
from desktop.workspace.desk import Desk
from desktop.workspace.desk.moving import in_plan
from desktop.workspace.intake.inbox import content_now, states
from desktop.workspace.totals.office_notes import notes_from_json, notes_json

SETTING = "export/"
"""Begins the setting's name; the plan's id, the period and a number follow."""

Counted = Mapping[Period, tuple[str, Mapping[str, str]]]
"""Period → the plan under which its contents count, and unit id → digest of the content that counts."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one export was made of. `number` counts a period's exports from 1; `file` is where it went."""

    period: Period
    plan: str
    plan_version: str
    created: datetime.datetime
    actor: str
    file: str
    counted: Counted = field(hash=False)
    states: tuple[UnitState, ...]
    references: tuple[ReferenceFigure, ...]
    notes: Notes
    deadlines: Mapping[str, datetime.date] = field(default_factory=dict, hash=False)
    extended: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    number: int = 0

    @property
    def digests(self) -> Mapping[str, str]:
        """Unit id → the content that counted in the period itself."""
        return self.counted.get(self.period, ("", {}))[1]


def keep_snapshot(desk: Desk, snapshot: Snapshot) -> int:
    """Keep one; returns its number."""
    stamp = audit.Stamp("export", desk.person, desk.clock())
    prefix = _prefix(desk, snapshot.period)

    def keep(connection: Connection) -> int:
        number = 1 + len(settings.settings_below(connection, prefix))
        text = canonical_text(_to_json(snapshot))
        settings.set_setting(connection, f"{prefix}{number:06d}", text, stamp)
        return number

    return desk.store.run(keep)


def snapshots(desk: Desk, period: Period) -> tuple[Snapshot, ...]:
    """The exports of a period, oldest first."""
    found = desk.store.run(lambda connection: settings.settings_below(connection, _prefix(desk, period)))
    return tuple(_kept(number, text) for number, text in found.items())


def snapshot(desk: Desk, period: Period, number: int | None = None) -> Snapshot:
    """One export of a period, the last unless said; raises InputError if there is none."""
    found = [one for one in snapshots(desk, period) if number in (None, one.number)]
    if not found:
        raise InputError("export.none", f"{period.label}没有这样的导出。", "请先导出汇总表。")
    return found[-1]


def then_desk(desk: Desk, of: Snapshot) -> Desk:
    """The desk with the plan version of an export."""
    return replace(desk, plan=_kept_plan(desk, of.plan))


def counted_contents(desk: Desk, period: Period, wanted: frozenset[str]) -> tuple[str, Mapping[str, str]]:
    """The plan and the contents that count for a period, as `inbox.accepted` takes them."""
    today = desk.clock().date()
    digests = {s.unit: s.accepted for s in states(desk, period, today) if s.accepted is not None}
    if digests:
        return desk.plan.digest, {unit: digest for unit, digest in digests.items() if unit in wanted}
    ids = {row.from_plan for row in desk.plan.mapping} - {"", desk.plan.id}
    for other in desk.store.run(desk.shelf.newest):
        if other.id in ids:
            found = states(replace(desk, plan=other), period, today)
            digests |= {f"{other.digest}/{s.unit}": s.accepted for s in found if s.accepted is not None}
    return "", {name: d for name, d in digests.items() if wanted & _mapped(desk, name, d).keys()}


def sections_of(desk: Desk, counted: Counted) -> Accepted:
    """The sections that an export was made of."""
    found: dict[Period, Mapping[str, Section]] = {}
    for period, (plan, digests) in counted.items():
        sections: dict[str, Section] = {}
        for name, digest in digests.items():
            sections |= _section(desk, name, digest) if plan else _mapped(desk, name, digest)
        found[period] = sections
    return found


def _section(desk: Desk, unit: str, digest: str) -> dict[str, Section]:
    moved = content_now(desk, digest).submission
    return {section.unit: section for section in (moved.sections if moved else ()) if section.unit == unit}


def _mapped(desk: Desk, name: str, digest: str) -> dict[str, Section]:
    """A content that counts under another plan, in this one."""
    origin, _, unit = name.partition("/")
    other = _kept_plan(desk, origin)
    sections = _section(replace(desk, plan=other), unit, digest).values()

    def move(connection: Connection) -> dict[str, Section]:
        moved = (in_plan(connection, desk.shelf, s, other, desk.plan).submission for s in sections)
        return {done.sections[0].unit: done.sections[0] for done in moved if done is not None}

    return desk.store.run(move)


def _kept_plan(desk: Desk, digest: str) -> Plan:
    plan = desk.store.run(lambda connection: desk.shelf.get(connection, digest))
    assert plan is not None, "the plan versions a workspace used stay in it"
    return plan


def _prefix(desk: Desk, period: Period) -> str:
    return f"{SETTING}{desk.plan.id}/{period}/"


def _to_json(of: Snapshot) -> Json:
    return {
        "period": str(of.period),
        "plan": of.plan,
        "plan_version": of.plan_version,
        "created": of.created.isoformat(),
        "actor": of.actor,
        "file": of.file,
        "counted": {str(period): [plan, dict(found)] for period, (plan, found) in of.counted.items()},
        "states": [_state_json(state) for state in of.states],
        "references": [
            [r.element, r.area, canonical(r.value), r.date.isoformat(), r.vintage, r.source]
            for r in of.references
        ],
        "notes": {str(period): notes_json(said) for period, said in of.notes.periods.items()},
        "deadlines": {unit: day.isoformat() for unit, day in of.deadlines.items()},
        "extended": list(of.extended),
        "refused": [list(file) for file in of.refused],
        "tolerances": {element: canonical(value) for element, value in of.notes.tolerances.items()},
    }


def _kept(number: str, text: str) -> Snapshot:
    return kept(text, lambda data: _from_json(data, int(number)), "导出记录")


def _from_json(data: Json, number: int) -> Snapshot:
    period = Period.parse(data["period"])
    return Snapshot(
        period=period,
        plan=data["plan"],
        plan_version=data["plan_version"],
        created=datetime.datetime.fromisoformat(data["created"]),
        actor=data["actor"],
        file=data["file"],
        counted={Period.parse(text): (plan, found) for text, (plan, found) in data["counted"].items()},
        states=tuple(_state(state, period) for state in data["states"]),
        references=tuple(
            ReferenceFigure(element, area, Decimal(value), datetime.date.fromisoformat(day), *rest)
            for element, area, value, day, *rest in data["references"]
        ),
        notes=Notes(
            {Period.parse(text): notes_from_json(said) for text, said in data["notes"].items()},
            {element: Decimal(value) for element, value in data["tolerances"].items()},
        ),
        deadlines={unit: datetime.date.fromisoformat(day) for unit, day in data.get("deadlines", {}).items()},
        extended=tuple(data.get("extended", ())),
        refused=tuple((name, reason) for name, reason in data.get("refused", ())),
        number=number,
    )


def _state_json(state: UnitState) -> Json:
    return {
        "unit": state.unit,
        "state": state.state.value,
        "accepted": state.accepted,
        "head": state.head,
        "revision": state.revision,
        "accepted_revision": state.accepted_revision,
        "received_at": state.received_at.isoformat() if state.received_at else None,
        "on_time": state.on_time,
        "via": state.via,
        "file": state.file,
        "findings": [
            [f.code, f.severity.value, f.unit, f.period, f.address, f.qualifier, dict(f.params)]
            for f in state.findings
        ],
        "conflicts": list(state.conflicts),
        "superseded": list(state.superseded),
        "kind": state.kind.value,
        "corrections": state.corrections,
    }


def _state(data: Json, period: Period) -> UnitState:
    received = data.pop("received_at")
    findings = tuple(
        Finding(code, Severity(severity), *rest) for code, severity, *rest in data.pop("findings")
    )
    return UnitState(
        period=period,
        state=BoardState(data.pop("state")),
        received_at=datetime.datetime.fromisoformat(received) if received else None,
        findings=findings,
        conflicts=tuple(data.pop("conflicts")),
        superseded=tuple(data.pop("superseded")),
        kind=SubmissionKind(data.pop("kind", SubmissionKind.REGULAR)),
        **data,
    )
