"""A plan as a workspace keeps it: it was checked before it was stored, so only its shape is looked at.

Start-up waits for this. What reads a record is put together once for its class; nothing is looked for that
only a person could have written, and no finding is prepared.
"""

from __future__ import annotations

import dataclasses
import datetime
import types
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from desktop.model.canonical import Json
from desktop.model.decimals import parse_canonical
from desktop.model.plain import SHAPE_FAULTS, listed
from desktop.model.plan import Plan

Raw = Any
"""What the JSON parser returned."""

Read = Callable[[Raw], Any]

_PLAIN = (str, int, bool)
"""Types that the parser returns as they are."""


def stored_plan(document: Json, digest_: str) -> Plan:
    """The plan of a document that `plan_to_document` made; raises ValueError if it has another shape.

    Whether it is the one that was stored its digest tells, which isn't computed here.
    """
    try:
        plan: Plan = _record(Plan)(document)
    except SHAPE_FAULTS as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error
    return dataclasses.replace(plan, digest=digest_)


@cache
def _reading(kind: Any) -> Read:
    """What makes a value of that annotation from plain data."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = _reading(next(part for part in get_args(kind) if part is not type(None)))
        return lambda data: None if data is None else inner(data)
    if origin is tuple:
        return _tuple(get_args(kind))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(get_args(kind)[1])
    if dataclasses.is_dataclass(kind):
        assert isinstance(kind, type)
        return _record(kind)
    if issubclass(kind, StrEnum):
        return {member.value: member for member in kind}.__getitem__
    return _plain(kind) if kind in _PLAIN else _LEAVES[kind]


@cache
def _record(cls: type) -> Read:
    """Fields at their defaults were left out; fields that may be None were so too."""
    hints = get_type_hints(cls)
    fields = dataclasses.fields(cls)
    plain = {field.name: hints[field.name] for field in fields if hints[field.name] in _PLAIN}
    readings = {field.name: _reading(hints[field.name]) for field in fields if field.name not in plain}
    absent = {
        field.name: None
        for field in fields
        if field.default is dataclasses.MISSING
        and field.default_factory is dataclasses.MISSING
        and type(None) in get_args(hints[field.name])
    }

    type_of = plain.get

    def read(data: Raw) -> Any:
        values = absent.copy()
        for name, value in data.items():
            if type(value) is not type_of(name):
                value = readings[name](value)  # noqa: PLW2901 - what is plain already stays
            values[name] = value
        return cls(**values)

    return read


def _plain(kind: type) -> Read:
    def read(data: Raw) -> Any:
        if type(data) is not kind:
            raise TypeError(f"{data!r} is no {kind.__name__}")
        return data

    return read


def _tuple(args: tuple[Any, ...]) -> Read:
    if args[-1] is Ellipsis:
        return _plain_tuple(args[0]) if args[0] in _PLAIN else _tuple_of(_reading(args[0]))
    readings = tuple(_reading(arg) for arg in args)
    return lambda data: tuple(read(part) for read, part in zip(readings, listed(data), strict=True))


def _tuple_of(inner: Read) -> Read:
    return lambda data: tuple(map(inner, listed(data)))


def _plain_tuple(kind: type) -> Read:
    def read(data: Raw) -> Any:
        if not {kind}.issuperset(map(type, listed(data))):
            raise TypeError(f"not all of {data!r} is {kind.__name__}")
        return tuple(data)

    return read


def _mapping(kind: Any) -> Read:
    """A list of pairs, which keeps the order."""
    inner = _reading(kind)

    def read(data: Raw) -> Any:
        found = {key: inner(value) for key, value in listed(data)}
        if not {str}.issuperset(map(type, found)):
            raise TypeError(f"not all keys of {data!r} are texts")
        return found

    return read


def _figure(data: Raw) -> Decimal:
    value = Decimal(data)
    # what Python writes so is the value's one text, unless it is none or has an exponent
    return value if str(value) == data and value.is_finite() else parse_canonical(data)


_LEAVES: dict[Any, Read] = {Decimal: _figure, datetime.date: datetime.date.fromisoformat}
