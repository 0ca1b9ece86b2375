"""What the consolidator says about totals, as the workspace keeps it: every change is audited, none is lost.

One setting per plan and period holds what stands; the audit trail holds what stood before and who said so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop.consolidation import (
    ALL_ELEMENTS,
    DeclaredOverlap,
    DifferenceNote,
    DifferenceState,
    DuplicateDecision,
    Notes,
    OfficeNotes,
    overlapping_pairs,
)
from desktop.errors import InputError
from desktop.model import plain
from desktop.model.canonical import Json, canonical_text
from desktop.model.decimals import canonical, parse_canonical
from desktop.model.period import Period
from desktop.store import Connection, audit, settings
from desktop.store.texts import kept
from desktop.workspace.desk import Desk

SETTING = "totals/"
"""Begins the setting's name; the plan's id and the period follow."""
TOLERANCES = "tolerances/"


@dataclass(frozen=True, slots=True)
class OverlapToDeclare:
    """What `unit` shares with `other` in an element (None for all), to be taken off `unit`'s figure."""

    unit: str
    other: str
    element: str | None
    value: Decimal
    reason: str


def stored_notes(connection: Connection, plan: str) -> Notes:
    """Everything said about the totals of a plan."""
    found = settings.settings_below(connection, f"{SETTING}{plan}/")
    return Notes(
        {Period.parse(period): kept(text, notes_from_json, "汇总说明") for period, text in found.items()},
        _tolerances(connection, plan),
    )


def declare_overlap(desk: Desk, period: Period, wanted: OverlapToDeclare) -> None:
    """Say what two units share; takes the place of what was said of them.

    Raises InputError without a reason, for units that the plan doesn't say overlap, an unknown element and a
    negative figure.
    """
    _require_reason(wanted.reason)
    pairs = [{one.id, two.id} for one, two in overlapping_pairs(desk.plan, period)]
    if {wanted.unit, wanted.other} not in pairs:
        raise InputError("overlap.pair", "方案没有说这两个单位有重叠。", "请核对单位，或在方案中写明重叠。")
    if wanted.element is not None and not desk.plan.has_element(wanted.element):
        raise InputError("overlap.element", f"方案中没有数据项“{wanted.element}”。", "请核对代码。")
    if wanted.value < 0 or (wanted.element is None and wanted.value):
        raise InputError(
            "overlap.value", "重叠数应为零或正数；对全部数据项只能声明“无重叠”。", "请逐个数据项填写重叠数。"
        )
    said = DeclaredOverlap(
        wanted.unit,
        wanted.other,
        wanted.element or ALL_ELEMENTS,
        wanted.value,
        wanted.reason.strip(),
        desk.person,
        desk.clock().isoformat(),
    )

    def put(notes: OfficeNotes) -> OfficeNotes:
        return replace(notes, overlaps=(*_other_overlaps(notes, said), said))

    _change(desk, period, "overlap", put)


def withdraw_overlap(desk: Desk, period: Period, pair: frozenset[str], element: str | None) -> None:
    """Take a declaration back; raises InputError if there is none."""
    one, two = sorted(pair)
    gone = DeclaredOverlap(one, two, element or ALL_ELEMENTS, Decimal(0), "")

    def take(notes: OfficeNotes) -> OfficeNotes:
        return replace(notes, overlaps=_other_overlaps(notes, gone))

    _change(desk, period, "overlap", take, must="没有这样的重叠声明。")


def decide_duplicate(desk: Desk, period: Period, key: str, keep: tuple[str, ...], reason: str) -> None:
    """Say which units keep an entry that several list; raises InputError without a reason or a unit."""
    _require_reason(reason)
    if not keep:
        raise InputError("duplicate.keep", "请指明由哪个单位列报。", "都保留时，写出全部单位。")
    said = DuplicateDecision(key, keep, reason.strip(), desk.person, desk.clock().isoformat())

    def put(notes: OfficeNotes) -> OfficeNotes:
        return replace(notes, duplicates=(*(d for d in notes.duplicates if d.key != key), said))

    _change(desk, period, "duplicate", put)


def undo_duplicate(desk: Desk, period: Period, key: str) -> None:
    """Take a decision back, in whichever period it was taken; raises InputError if none was."""
    notes = desk.store.run(lambda connection: stored_notes(connection, desk.plan.id))
    taken = [p for p in notes.periods if p <= period and any(d.key == key for d in notes.of(p).duplicates)]

    def take(said: OfficeNotes) -> OfficeNotes:
        return replace(said, duplicates=tuple(d for d in said.duplicates if d.key != key))

    for then in taken or [period]:
        _change(desk, then, "duplicate", take, must="这一条没有决定过。")


def note_difference(desk: Desk, period: Period, element: str, note: DifferenceNote) -> None:
    """Keep why a department's figure differs from the units' sum; raises InputError without a text."""
    if note.state is not DifferenceState.OPEN and not note.text.strip():
        raise InputError("difference.no_text", "请写明差异的原因。", "写明是口径、时点还是漏报、重报。")
    said = replace(note, text=note.text.strip(), actor=desk.person, time=desk.clock().isoformat())

    def put(notes: OfficeNotes) -> OfficeNotes:
        return replace(notes, differences={**notes.differences, element: said})

    _change(desk, period, "difference", put)


def clear_difference(desk: Desk, period: Period, element: str) -> None:
    """Take back what was said of a difference: the trail keeps it. Raises InputError if nothing was said."""

    def take(notes: OfficeNotes) -> OfficeNotes:
        return replace(notes, differences={e: n for e, n in notes.differences.items() if e != element})

    _change(desk, period, "difference", take, must="这个数据项的差异没有说明可以清除。")


def set_tolerance(desk: Desk, element: str, amount: Decimal) -> bool:
    """Say up to which amount an element's difference need not be explained; false if that was so already.

    Raises InputError for an unknown element and a negative amount.
    """
    if not desk.plan.has_element(element) or amount < 0:
        raise InputError("difference.tolerance", "容差应为零或正数，数据项应在方案中。", "请核对。")
    stamp = audit.Stamp("tolerance", desk.person, desk.clock())

    def keep(connection: Connection) -> bool:
        known = {**_tolerances(connection, desk.plan.id), element: amount}
        text = canonical_text({id_: canonical(value) for id_, value in known.items() if value})
        return settings.set_setting(connection, TOLERANCES + desk.plan.id, text, stamp)

    return desk.store.run(keep)


def _change(
    desk: Desk, period: Period, kind: str, change: Callable[[OfficeNotes], OfficeNotes], must: str = ""
) -> None:
    stamp = audit.Stamp(kind, desk.person, desk.clock())
    name = f"{SETTING}{desk.plan.id}/{period}"

    def keep(connection: Connection) -> bool:
        before = stored_notes(connection, desk.plan.id).of(period)
        return settings.set_setting(connection, name, canonical_text(notes_json(change(before))), stamp)

    if not desk.store.run(keep) and must:
        raise InputError("totals.nothing", must, "请刷新后重新选择。")


def _other_overlaps(notes: OfficeNotes, said: DeclaredOverlap) -> tuple[DeclaredOverlap, ...]:
    return tuple(o for o in notes.overlaps if (o.pair, o.element) != (said.pair, said.element))


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise InputError("decision.no_reason", "请写明理由。", "决定和理由会留在记录里。")


def _tolerances(connection: Connection, plan: str) -> dict[str, Decimal]:
    text = settings.setting(connection, TOLERANCES + plan)
    return kept(text, _amounts_from, "容差") if text else {}


def _amounts_from(data: Json) -> dict[str, Decimal]:
    return {element: parse_canonical(value) for element, value in data.items()}


def notes_json(notes: OfficeNotes) -> Json:
    """As the store keeps them."""
    return {
        "overlaps": [
            [o.unit, o.other, o.element, canonical(o.value), o.reason, o.actor, o.time]
            for o in notes.overlaps
        ],
        "duplicates": [[d.key, list(d.keep), d.reason, d.actor, d.time] for d in notes.duplicates],
        "differences": [
            [n.element, n.text, n.state.value, n.difference, n.actor, n.time]
            for n in notes.differences.values()
        ],
    }


def notes_from_json(data: Json) -> OfficeNotes:
    """Back from the store."""
    return OfficeNotes(
        tuple(
            DeclaredOverlap(unit, other, element, parse_canonical(value), *rest)
            for unit, other, element, value, *rest in map(plain.texts, data["overlaps"])
        ),
        tuple(
            DuplicateDecision(plain.text(key), plain.texts(keep), *plain.texts(rest))
            for key, keep, *rest in data["duplicates"]
        ),
        {
            element: DifferenceNote(element, text, DifferenceState(state), *rest)
            for element, text, state, *rest in map(plain.texts, data["differences"])
        },
    )
