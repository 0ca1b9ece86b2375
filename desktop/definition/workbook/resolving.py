"""Puts ids in the place of names wherever a draft names an entry."""

from __future__ import annotations

from desktop.definition.workbook.columns import Column, collection_columns, frame_columns
from desktop.definition.workbook.draft import Draft, Entry
from desktop.definition.workbook.places import Cell
from desktop.definition.workbook.references import AmbiguousError, Names, resolved
from desktop.model.finding import Severity


def resolve(draft: Draft) -> None:
    """Replace names by ids; a name that means several entries is an error at its cell."""
    names = Names(draft.document())
    for column in frame_columns():
        _resolve(draft, draft.frame, column, names)
    for collection, entries in draft.entries.items():
        columns = [column for column in collection_columns(collection) if column.refers]
        for entry in entries:
            for column in columns:
                _resolve(draft, entry, column, names)


def _resolve(draft: Draft, entry: Entry, column: Column, names: Names) -> None:
    value = column.value_in(entry.record)
    if value is None or not column.refers:
        return
    try:
        column.put(entry.record, resolved(column, value, names))
    except AmbiguousError as error:
        say_ambiguous(draft, entry.cell(column), error)


def say_ambiguous(draft: Draft, cell: Cell, error: AmbiguousError) -> None:
    """Say at a cell which entries a name might mean."""
    draft.say(
        "plan.reference_ambiguous",
        Severity.ERROR,
        cell,
        value=error.text,
        candidates="、".join(error.candidates),
    )
