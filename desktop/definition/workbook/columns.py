"""Which columns and lines a plan workbook has: they follow the fields of the plan's records."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin

from desktop.definition.annotations import hints_of
from desktop.definition.places import HOMES
from desktop.definition.workbook.choices import NO_WORDS, Words, field_words, key_words
from desktop.definition.workbook.reference_fields import refers_to
from desktop.definition.workbook.words import COLLECTION_SHEETS, column_label, frame_label, line_label
from desktop.model.canonical import Json
from desktop.model.element import Column as ListColumn
from desktop.model.plan import Plan

NOTED = ("elements", "indicators")
"""Collections whose definitions stand on the sheet of their own."""
NOTE_KEYS = ("definition", "source", "note")


_LINE_ORDER: dict[Any, tuple[str, ...]] = {ListColumn: ("name", "type", "required", "expires", "id")}
"""The order of a line's parts where it isn't that of the record's fields."""


@dataclass(frozen=True, slots=True)
class Like:
    """How a field's texts are read: words for its values and its left sides; whether it lists codes."""

    words: Words = NO_WORDS
    keys: Words = NO_WORDS
    codes: bool = False


LIKE_NOTHING = Like()


@dataclass(frozen=True, slots=True)
class Column:
    """One field: its path in the record and its annotation. A record within a record has several columns.

    `refers` are the collections whose entries the field names.
    """

    path: tuple[str, ...]
    kind: Any
    label: str
    like: Like = LIKE_NOTHING
    refers: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What stands in the second header row."""
        return ".".join(self.path)

    def value_in(self, record: Json) -> Any:
        """The field's value in a record's document; None where it is left out."""
        value: Any = record
        for name in self.path:
            value = value.get(name) if isinstance(value, dict) else None
        return value

    def put(self, record: Json, value: Any) -> None:
        """Set the field in a record's document."""
        for name in self.path[:-1]:
            record = record.setdefault(name, {})
        record[self.path[-1]] = value


@cache
def collection_columns(collection: str) -> tuple[Column, ...]:
    """The columns of a collection's entries, in the record's order."""
    record = get_args(hints_of(Plan)[collection])[0]
    return tuple(
        dataclasses.replace(column, like=_like(collection, column), refers=refers_to(collection, column.key))
        for column in _columns(record, lambda key: column_label(collection, key))
    )


@cache
def sheet_columns(collection: str) -> tuple[Column, ...]:
    """The columns that are written on the collection's own sheet."""
    columns = collection_columns(collection)
    return tuple(c for c in columns if not (collection in NOTED and c.key in NOTE_KEYS))


@cache
def frame_columns() -> tuple[Column, ...]:
    """The lines of the plan's frame: all that stands in no collection."""
    columns = _columns(Plan, frame_label, leave_out=(*HOMES, "digest"))
    return tuple(dataclasses.replace(column, refers=refers_to("", column.key)) for column in columns)


@cache
def line_columns(record: Any) -> tuple[Column, ...]:
    """The parts of the line that stands for a record within a cell."""
    columns = tuple(_columns(record, line_label))
    order = _LINE_ORDER.get(record)
    return tuple(sorted(columns, key=lambda column: order.index(column.key))) if order else columns


def required_collections() -> tuple[str, ...]:
    """Collections without which a plan can't be read."""
    fields = {field.name: field for field in dataclasses.fields(Plan)}
    return tuple(name for name in COLLECTION_SHEETS if fields[name].default is dataclasses.MISSING)


def bare(kind: Any) -> Any:
    """An annotation without `| None`."""
    if get_origin(kind) in (Union, types.UnionType):
        return next(part for part in get_args(kind) if part is not type(None))
    return kind


def _like(collection: str, column: Column) -> Like:
    words, keys = field_words(collection, column.key), key_words(collection, column.key)
    return Like(words, keys, codes=bool(refers_to(collection, column.key)))


def _columns(
    record: Any, label: Callable[[str], str], above: tuple[str, ...] = (), leave_out: tuple[str, ...] = ()
) -> Iterator[Column]:
    hints = hints_of(record)
    for field in dataclasses.fields(record):
        if field.name in leave_out:
            continue
        path, kind = (*above, field.name), bare(hints[field.name])
        if dataclasses.is_dataclass(kind):
            yield from _columns(kind, label, path)
        else:
            yield Column(path, kind, label(".".join(path)))
