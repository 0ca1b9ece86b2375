"""A plan as a workspace keeps it: it was checked before it was stored, so only its shape is looked at.

Start-up waits for this. What reads a record is put together once for its class; nothing is looked for that
only a person could have written, no finding is prepared, and what a form shows later is read later.
"""

from __future__ import annotations

import datetime
import sys
import types
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache, partial
from typing import Any, Union, get_args, get_origin, get_type_hints

from desktop.definition.annotations import hints_of
from desktop.model.canonical import Json
from desktop.model.decimals import parse_canonical
from desktop.model.plain import SHAPE_FAULTS, listed
from desktop.model.plan import Plan
from desktop.values import always_given

Raw = Any
"""What the JSON parser returned."""

Read = Callable[[Raw], Any]

_PLAIN = (str, int, bool)
"""Types that the parser returns as they are."""


_LATER = (
    *("actions", "contradictions", "explanations", "families", "mapping", "narratives", "references"),
    *("rules", "targets", "tasks"),
)
"""Parts that the first sight of a form doesn't need."""


def stored_plan(document: Json, digest_: str) -> Plan:
    """The plan of a document that `plan_to_document` made; raises ValueError if it has another shape.

    Whether it is the one that was stored its digest tells, which isn't computed here. Some parts are read
    when they are asked for, and raise ValueError then.
    """
    later = {name: partial(_part, name, document[name]) for name in _LATER if name in document}
    known = {name: _part(name, data) for name, data in document.items() if name not in later}
    try:
        return Plan.in_parts({**known, "digest": digest_}, later)
    except TypeError as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


def _part(name: str, data: Raw) -> Any:
    try:
        reading = _reading(hints_of(Plan)[name]) if name in _LATER else _reading_of(Plan, name)
        return reading(data)
    except SHAPE_FAULTS as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


def _reading_of(cls: type, name: str) -> Read:
    """What reads a field. Most annotations are simple, and evaluating one takes longer than reading data."""
    text = cls.__annotations__[name]
    return _SIMPLE[text] if text in _SIMPLE else _evaluated(text, cls.__module__)


@cache
def _evaluated(text: str, module: str) -> Read:
    holder = types.SimpleNamespace(__annotations__={"it": text})
    return _reading(get_type_hints(holder, vars(sys.modules[module]))["it"])


@cache
def _reading(kind: Any) -> Read:
    """What makes a value of that annotation from plain data."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _or_none(_reading(next(part for part in get_args(kind) if part is not type(None))))
    if origin is tuple:
        return _tuple(get_args(kind))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(get_args(kind)[1])
    if hasattr(kind, "__match_args__"):
        return _record(kind)
    if issubclass(kind, StrEnum):
        return {member.value: member for member in kind}.__getitem__
    return _plain(kind) if kind in _PLAIN else _LEAVES[kind]


@cache
def _record(cls: type) -> Read:
    """Fields at their defaults were left out; fields that may be None were so too."""
    texts: dict[str, str] = cls.__annotations__
    plain = {name: _PLAIN_TEXTS[text] for name, text in texts.items() if text in _PLAIN_TEXTS}
    readings = {name: _reading_of(cls, name) for name in texts if name not in plain}
    absent = {name: None for name in always_given(cls) if texts[name].endswith("| None")}

    type_of = plain.get

    def read(data: Raw) -> Any:
        values = absent.copy()
        for name, value in data.items():
            if type(value) is not type_of(name):
                value = readings[name](value)  # noqa: PLW2901 - what is plain already stays
            values[name] = value
        return cls(**values)

    return read


def _or_none(inner: Read) -> Read:
    return lambda data: None if data is None else inner(data)


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

_PLAIN_TEXTS = {kind.__name__: kind for kind in _PLAIN}

_SIMPLE: dict[str, Read] = {
    **{text: _plain(kind) for text, kind in _PLAIN_TEXTS.items()},
    "str | None": _or_none(_plain(str)),
    "int | None": _or_none(_plain(int)),
    "Decimal | None": _or_none(_figure),
    "datetime.date | None": _or_none(datetime.date.fromisoformat),
    "tuple[str, ...]": _plain_tuple(str),
}
"""The commonest annotations as they are written."""
