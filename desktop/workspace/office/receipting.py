"""回执: telling units that their report counts, with what counts of the last periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.consolidation import BoardState, UnitState
from desktop.errors import from_os_error
from desktop.exchange.mail import write_draft
from desktop.exchange.office.receipt import receipt_file, write_receipt
from desktop.model.file_name import safe_part
from desktop.model.office_word import AcceptedContent, Receipt
from desktop.model.period import Period
from desktop.model.unit import Unit
from desktop.store import inbox
from desktop.workspace.desk import Desk
from desktop.workspace.desk.rounds import stored_round
from desktop.workspace.handing_in.letters import Due, receipt_letter
from desktop.workspace.intake.inbox import content, periods_received, states
from desktop.workspace.office.returning import Answering
from desktop.workspace.review.messages import note_message

PERIODS = 8
"""So many periods a receipt carries: a lost computer costs a morning."""

StatesByPeriod = Mapping[Period, Mapping[str, UnitState]]


@dataclass(frozen=True, slots=True)
class Receipted:
    """A receipt that was written, and its letter if one was asked for."""

    receipt: Receipt
    path: Path
    mail: Path | None = None


def write_receipts(
    desk: Desk, by: Answering, units: tuple[Unit, ...], period: Period, out: Path, *, mail: bool
) -> tuple[Receipted, ...]:
    """Write one receipt into the folder `out` for each of the units whose own report counts in the period.

    Raises InputError for a receipt that is there already, EnvironmentFault for the disk.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise from_os_error(error, "写入回执") from error
    known = _states(desk, period)
    done = (_receipted(desk, by, unit, period, out, known, mail=mail) for unit in units)
    return tuple(one for one in done if one is not None)


def _states(desk: Desk, period: Period) -> StatesByPeriod:
    """The states of all units in the period and those before it of which anything was received."""
    earlier = [p for p in periods_received(desk) if p.end <= period.end]
    today = desk.clock().date()
    return {p: {s.unit: s for s in states(desk, p, today)} for p in sorted(earlier, reverse=True)}


def _receipted(
    desk: Desk,
    by: Answering,
    unit: Unit,
    period: Period,
    out: Path,
    known: StatesByPeriod,
    *,
    mail: bool,
) -> Receipted | None:
    state = known.get(period, {}).get(unit.id)
    if state is None or state.state is not BoardState.ACCEPTED or state.via is not None:
        return None
    found = (of[unit.id] for of in known.values() if unit.id in of)
    counting = [s for s in found if s.accepted is not None and s.via is None]
    contents = tuple(_accepted(desk, one) for one in counting[:PERIODS])
    receipt = Receipt(by.office, desk.plan.id, unit.id, period, contents)
    file = receipt_file(receipt)
    if by.key is not None:
        file = file.signed(by.key.key, by.key.certificate)
    name = f"回执_{safe_part(unit.short_name)}_{period}_第{state.accepted_revision}版.xlsx"
    write_receipt(receipt, file, desk.plan, desk.clock(), out / name)
    desk.store.run(lambda conn: note_message(conn, desk, unit.id, period, "receipt", name))
    return Receipted(receipt, out / name, _letter(desk, receipt, unit, out / name) if mail else None)


def _accepted(desk: Desk, state: UnitState) -> AcceptedContent:
    assert state.accepted is not None  # counting ones only
    assert state.received_at is not None  # it came with a file
    digest = state.accepted
    head = desk.store.run(lambda connection: inbox.head(connection, digest))
    day = state.received_at.astimezone(desk.clock().tzinfo).date()
    return AcceptedContent(content(desk, digest), digest, head.claimed if head else "", day)


def _letter(desk: Desk, receipt: Receipt, unit: Unit, path: Path) -> Path:
    round_ = desk.store.run(lambda connection: stored_round(connection, desk.plan.id))
    due = Due(desk.plan.name, unit.name, receipt.period.label)
    letter = receipt_letter(due, receipt.contents[0].submission.revision, round_, path.name)
    return write_draft(path.with_suffix(".eml"), letter, desk.clock(), (path,))
