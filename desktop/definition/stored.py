"""A plan as a workspace keeps it: it was checked before it was stored, so it is only read.

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
from desktop.model.plan import Plan

Raw = Any
"""What the JSON parser returned."""

Read = Callable[[Raw], Any]


def stored_plan(document: Json, digest_: str) -> Plan:
    """The plan of a document that `plan_to_document` made; raises ValueError if it isn't one.

    Neither the checks nor the digest are done again.
    """
    try:
        plan: Plan = _record(Plan)(document)
    except (ArithmeticError, AttributeError, KeyError, TypeError) as error:
        raise ValueError(str(error)) from error
    return dataclasses.replace(plan, digest=digest_)


@cache
def _reading(kind: Any) -> Read | None:
    """What makes a value of that annotation from plain data; None where the data is the value."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = _reading(next(part for part in get_args(kind) if part is not type(None)))
        return None if inner is None else _or_none(inner)
    if origin is tuple:
        return _tuple(get_args(kind))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(get_args(kind)[1])
    if dataclasses.is_dataclass(kind):
        assert isinstance(kind, type)
        return _record(kind)
    if issubclass(kind, StrEnum):
        member: Read = kind
        return member
    return _LEAVES[kind]


@cache
def _record(cls: type) -> Read:
    """Fields at their defaults were left out; fields that may be None were so too."""
    hints = get_type_hints(cls)
    fields = dataclasses.fields(cls)
    readings = {field.name: _reading(hints[field.name]) for field in fields}
    absent = {
        field.name: None
        for field in fields
        if field.default is dataclasses.MISSING
        and field.default_factory is dataclasses.MISSING
        and type(None) in get_args(hints[field.name])
    }

    def read(data: Raw) -> Any:
        values = dict(absent)
        for name, value in data.items():
            reading = readings[name]
            values[name] = value if reading is None else reading(value)
        return cls(**values)

    return read


def _or_none(inner: Read) -> Read:
    return lambda data: None if data is None else inner(data)


def _tuple(args: tuple[Any, ...]) -> Read:
    if args[-1] is Ellipsis:
        inner = _reading(args[0])
        return tuple if inner is None else lambda data: tuple(map(inner, data))
    readings = tuple(_reading(arg) or _same for arg in args)
    return lambda data: tuple(read(part) for read, part in zip(readings, data, strict=True))


def _mapping(kind: Any) -> Read:
    """A list of pairs, which keeps the order."""
    inner = _reading(kind) or _same
    return lambda data: {key: inner(value) for key, value in data}


def _same(data: Raw) -> Any:
    return data


_LEAVES: dict[Any, Read | None] = {
    str: None,
    bool: None,
    int: None,
    Decimal: Decimal,
    datetime.date: datetime.date.fromisoformat,
}
