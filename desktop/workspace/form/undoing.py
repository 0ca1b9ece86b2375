"""Undo and redo in an open form: what the audit trail says was done last is taken back, here and on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.errors import InputError
from desktop.model.finding import Finding
from desktop.model.submission import BLANK, Section, SignOff
from desktop.store.audit import AuditRow
from desktop.store.entries import EXPLANATION, FIGURE, ITEM, LIFE, SIGN_OFF
from desktop.values import dataclass
from desktop.workspace.desk.entries import (
    kept_explanation,
    kept_figure,
    kept_item,
    kept_item_number,
    kept_sign_off,
)
from desktop.workspace.desk.moving import MIGRATE
from desktop.workspace.form.explaining import ChangedEntry, addresses_of
from desktop.workspace.form.open_form import FormChange

if TYPE_CHECKING:
    from desktop.workspace.form.field_log import LogEntry


@dataclass(frozen=True, slots=True)
class Trail:
    """The door to a form's audit trail: `last` gives the rows of the action that undo (or redo) would take
    back, `reverse` takes that action back on disk, with the findings after it; `field` reads who typed what
    in one field or item.
    """

    last: Callable[[bool], tuple[AuditRow, ...]]
    reverse: Callable[[bool, int, tuple[Finding, ...]], Future[None]]
    field: Callable[[str], Future[tuple[LogEntry, ...]]]


@dataclass(frozen=True, slots=True)
class Reversal:
    """What undo or redo did: `action` is the kind of what was undone (type, paste, …), `changed` the figures,
    parts of items and explanations that now read otherwise.
    """

    change: FormChange
    action: str
    changed: tuple[ChangedEntry, ...]


def refuse_to_undo(rows: Iterable[AuditRow]) -> None:
    """Raise InputError for an action that other things hang on: 修订, a move to another plan version."""
    found = tuple(rows)
    if any(row.address == LIFE for row in found):
        raise InputError("undo.revision", "“修订”以前的改动已经报出，不能撤销。", "请直接录入更正后的数。")
    if any(row.kind == MIGRATE for row in found):
        raise InputError("undo.moved", "换版以前的改动不能撤销。", "对照见“换版记录”。")


def places_of(rows: Iterable[AuditRow]) -> tuple[str, ...]:
    """Where the findings of an action's places stand: element ids and items, each once."""
    found: list[str] = []
    for row in rows:
        if row.address.startswith(EXPLANATION):
            found.extend(addresses_of([row.address.removeprefix(EXPLANATION)]))
        elif row.address.startswith((FIGURE, ITEM)):
            found.append(row.address.removeprefix(FIGURE))
    return tuple(dict.fromkeys(found))


def with_contents_before(
    section: Section, sign_off: SignOff, rows: Iterable[AuditRow]
) -> tuple[Section, SignOff]:
    """A form's content with the places of an action as they were before it."""
    figures, items = dict(section.figures), dict(section.items)
    explanations = {e.finding: e for e in section.explanations}
    for row in rows:
        if row.address.startswith(FIGURE):
            figure, key = kept_figure(row.old), row.address.removeprefix(FIGURE)
            figures[key] = figure
            if figure == BLANK:
                del figures[key]
        elif row.address.startswith(ITEM):
            number = kept_item_number(row.address.removeprefix(ITEM))
            items[number] = kept_item(row.old)
            if items[number].blank:
                del items[number]
        elif row.address.startswith(EXPLANATION):
            key = row.address.removeprefix(EXPLANATION)
            explanations.pop(key, None)
            if row.old is not None:
                explanations[key] = kept_explanation(row.old)
        elif row.address == SIGN_OFF:
            sign_off = kept_sign_off(row.old)
    restored = replace(section, figures=figures, items=items, explanations=tuple(explanations.values()))
    return restored, sign_off
