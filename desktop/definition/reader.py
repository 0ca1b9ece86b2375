"""Plain data (of TOML or JSON) → typed records, driven by the dataclasses' own annotations.

Whatever doesn't fit becomes a finding at its key; nothing raises. Figures are text or whole numbers,
because a float has lost its decimals before anybody can look at it.
"""

from __future__ import annotations

import dataclasses
import datetime
import difflib
import re
import types
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, Union, get_args, get_origin

from desktop.definition.annotations import hints_of
from desktop.definition.places import Where, plan_error
from desktop.model.canonical import clean_text
from desktop.model.catalogue.plan_messages import TYPES
from desktop.model.decimals import canonical
from desktop.model.finding import Finding

_FIGURE = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,12})?")
_LONGEST_WHOLE_NUMBER = 10**15

Raw = Any
"""What a TOML or JSON parser returned: its type is what has to be found out."""


class _Broken:
    """Stands for a part that couldn't be read and already has its finding."""


BROKEN = _Broken()


class _RefusedError(Exception):
    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Reader:
    """Reads records and gathers what is wrong with them in `findings`."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def read(self, kind: Any, data: Raw, where: Where) -> Any:
        """The value of `data` as `kind` (an annotation), or BROKEN after noting why."""
        try:
            return self._read(kind, data, where)
        except _RefusedError as refused:
            self.findings.append(plan_error(refused.code, where, **refused.params))
            return BROKEN

    def record(self, cls: type, data: Raw, place: Callable[[str], Where], where: Where) -> Any:
        """A dataclass `cls` of a table; `place` says where each of its fields stands."""
        if not isinstance(data, dict):
            raise _wrong_type("table", data)
        hints = hints_of(cls)
        for key in data.keys() - hints.keys():
            self.findings.append(unknown_key(where.at(str(key)), str(key), hints))
        values: dict[str, Any] = {}
        for field in dataclasses.fields(cls):
            if field.name in data:
                values[field.name] = self.read(hints[field.name], data[field.name], place(field.name))
            elif _required(field) and _may_be_none(hints[field.name]):
                values[field.name] = None  # TOML has no null: left out means none
            elif _required(field):
                self.findings.append(plan_error("plan.missing_key", place(field.name)))
                values[field.name] = BROKEN
        return BROKEN if BROKEN in values.values() else cls(**values)

    def _read(self, kind: Any, data: Raw, where: Where) -> Any:
        origin = get_origin(kind)
        if origin in (Union, types.UnionType):
            inner = next(part for part in get_args(kind) if part is not type(None))
            return None if data is None else self._read(inner, data, where)
        if origin is tuple:
            return self._tuple(get_args(kind), data, where)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return self._mapping(get_args(kind), data, where)
        if dataclasses.is_dataclass(kind):
            return self.record(_as_class(kind), data, where.at, where)
        if issubclass(kind, StrEnum):
            return _choice(kind, data)
        return _LEAVES[kind](data)

    def _tuple(self, args: tuple[Any, ...], data: Raw, where: Where) -> Any:
        if not isinstance(data, list):
            raise _wrong_type("list", data)
        kinds = (args[0],) * len(data) if args[-1] is Ellipsis else args
        if len(kinds) != len(data):
            raise _wrong_type("list", data)
        parts = tuple(
            self.read(kind, part, where.at(name_of(part, number)))
            for number, (kind, part) in enumerate(zip(kinds, data, strict=True), start=1)
        )
        return BROKEN if BROKEN in parts else parts

    def _mapping(self, args: tuple[Any, ...], data: Raw, where: Where) -> Any:
        """A table, or a list of pairs, which is how a document keeps the order of a table."""
        pairs = list(data.items()) if isinstance(data, dict) else data
        if not isinstance(pairs, list) or not all(_is_pair(pair) for pair in pairs):
            raise _wrong_type("table", data)
        result = {key: self.read(args[1], value, where.at(key)) for key, value in pairs}
        if len(result) < len(pairs):
            raise _wrong_type("table", data)
        return BROKEN if BROKEN in result.values() else result


def unknown_key(where: Where, key: str, known: Mapping[str, Any]) -> Finding:
    """A key that the plan doesn't have: mostly a slip of the pen, so the nearest known one is named."""
    near = difflib.get_close_matches(key, known, n=1)
    return plan_error("plan.unknown_key", where, hint=f"，是否应为 {near[0]}" if near else "")


def _as_class(kind: Any) -> type:
    assert isinstance(kind, type)
    return kind


def _required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _may_be_none(kind: Any) -> bool:
    return type(None) in get_args(kind)


def _is_pair(pair: Raw) -> bool:
    return isinstance(pair, list | tuple) and len(pair) == 2 and isinstance(pair[0], str)


def name_of(part: Raw, number: int) -> str:
    """An entry's id or number, or its place in the list where it has neither."""
    for key in ("id", "number", "family"):
        if isinstance(part, dict) and isinstance(part.get(key), str | int):
            return str(part[key])
    return f"[{number}]"


def _wrong_type(expected: str, data: Raw) -> _RefusedError:
    return _RefusedError("plan.wrong_type", expected=TYPES[expected], found=_shown(data))


def _shown(data: Raw) -> str:
    text = clean_text(str(data))
    return text if len(text) <= 40 else f"{text[:40]}…"


def _choice(kind: type[StrEnum], data: Raw) -> StrEnum:
    allowed = [member.value for member in kind]
    if not isinstance(data, str) or data not in allowed:
        raise _RefusedError("plan.bad_choice", found=_shown(data), allowed="、".join(allowed))
    return kind(data)


def _text(data: Raw) -> str:
    if not isinstance(data, str):
        raise _wrong_type("text", data)
    plain = data.isprintable() and unicodedata.is_normalized("NFC", data)
    return data if plain else clean_text(data)


def _truth(data: Raw) -> bool:
    if not isinstance(data, bool):
        raise _wrong_type("truth", data)
    return data


def _whole_number(data: Raw) -> int:
    if not isinstance(data, int) or isinstance(data, bool) or abs(data) > _LONGEST_WHOLE_NUMBER:
        raise _wrong_type("whole", data)
    return data


def _figure(data: Raw) -> Decimal:
    if isinstance(data, float):
        raise _RefusedError("plan.float_figure", found=_shown(data))
    text = str(data) if isinstance(data, int) and not isinstance(data, bool) else data
    if not isinstance(text, str) or not _FIGURE.fullmatch(text):
        raise _RefusedError("plan.bad_number", found=_shown(data))
    return Decimal(canonical(Decimal(text)))


def _date(data: Raw) -> datetime.date:
    if isinstance(data, datetime.date) and not isinstance(data, datetime.datetime):
        return data
    try:
        return datetime.date.fromisoformat(_text(data))
    except ValueError as error:
        raise _RefusedError("plan.bad_date", found=_shown(data)) from error


_LEAVES: dict[Any, Callable[[Raw], Any]] = {
    str: _text,
    bool: _truth,
    int: _whole_number,
    Decimal: _figure,
    datetime.date: _date,
}
