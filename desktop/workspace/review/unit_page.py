"""Everything about one unit in one period, on one page."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from desktop.errors import InputError
from desktop.model.period import Period
from desktop.model.unit import Unit
from desktop.store import Connection, inbox
from desktop.workspace.desk import Desk
from desktop.workspace.desk.extensions import Extension, all_extensions
from desktop.workspace.intake.seen_files import SeenFile, refused_by_name, seen_files
from desktop.workspace.review.board import board
from desktop.workspace.review.board_rows import BoardRow
from desktop.workspace.review.comparing import ComparedCell, Side, changes, side_of
from desktop.workspace.review.deciding import DecisionView, decision_log
from desktop.workspace.review.judging import ExplanationView, explanations_of
from desktop.workspace.review.messages import Message, messages
from desktop.workspace.review.stamped_paper import StampedPaper, papers


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit in a period: where it stands, what came, what was said, decided and sent.

    `changed` are the cells in which the newest revision differs from the one before it: was and now.
    """

    unit: Unit
    period: Period
    row: BoardRow
    revisions: tuple[Side, ...]
    files: tuple[SeenFile, ...]
    explanations: tuple[ExplanationView, ...]
    messages: tuple[Message, ...]
    decisions: tuple[DecisionView, ...]
    paper: StampedPaper
    deadline: datetime.date | None = None
    extension: Extension | None = None
    changed: tuple[ComparedCell, ...] = ()


def unit_page(desk: Desk, unit: Unit, period: Period) -> UnitPage:
    """The page of a unit; raises InputError for a unit of which nothing is asked and nothing came."""
    row = next(iter(board(desk, (unit,), period).rows), None)
    if row is None:
        raise InputError("unit.not_there", f"{unit.name}在{period.label}不存在。", "请换一个报告期。")

    def load(
        connection: Connection,
    ) -> tuple[tuple[Side, ...], StampedPaper, Extension | None, tuple[SeenFile, ...]]:
        heads = inbox.heads(connection, desk.plan.id, str(period), unit.id)
        distinct = {head.digest: head for head in heads}
        return (
            tuple(side_of(connection, desk, head, row.accepted) for head in distinct.values()),
            papers(connection, desk.plan.id, period).get(unit.id, StampedPaper()),
            _extension(connection, desk, unit, period),
            refused_by_name(connection, desk, period).get(unit.id, ()),
        )

    revisions, paper, extension, unread = desk.store.run(load)
    newest = row.digest or row.accepted
    return UnitPage(
        unit=unit,
        period=period,
        row=row,
        revisions=revisions,
        files=(*(f for f in seen_files(desk) if (f.unit, f.period) == (unit.id, str(period))), *unread),
        explanations=explanations_of(desk, period, newest, unit.id) if newest else (),
        messages=messages(desk, unit.id, period, newest or None),
        decisions=decision_log(desk, period, unit.id),
        paper=paper,
        deadline=row.deadline,
        extension=extension,
        changed=_changed(desk, revisions, newest),
    )


def _changed(desk: Desk, revisions: tuple[Side, ...], newest: str) -> tuple[ComparedCell, ...]:
    """What differs between the newest revision and the one before it that came."""
    now = next((side for side in revisions if side.digest == newest), None)
    if now is None:
        return ()
    earlier = [side for side in revisions if side.revision < now.revision]
    return changes(desk, max(earlier, key=lambda side: side.revision).digest, newest) if earlier else ()


def _extension(connection: Connection, desk: Desk, unit: Unit, period: Period) -> Extension | None:
    granted = all_extensions(connection, desk.plan.id)
    return next((one for one in granted if (one.unit, one.period) == (unit.id, period)), None)
