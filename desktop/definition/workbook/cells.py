"""One value of a plan's document ↔ one cell.

Each kind of value has a form that people like to edit. Where that form wouldn't be read back as the same
value (an empty text, a text that holds the separator), the cell holds JSON instead.
"""

from __future__ import annotations

import datetime
import json
import math
import re
from collections.abc import Iterator, Mapping
from decimal import Context
from typing import Any, get_args, get_origin

from desktop.model.canonical import clean_text
from desktop.model.decimals import canonical
from desktop.model.listing import read_date

BLANK = object()
"""What an empty cell means: the field is left out."""

YES, NO = "是", "否"
_TRUTHS = {YES: True, NO: False, "true": True, "false": False}
_WHOLE = re.compile(r"-?[0-9]{1,16}")
_CELL_DIGITS = Context(prec=15)
"""Digits that spreadsheets keep; what a cell holds beyond them is binary noise."""
_ESCAPED = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What an xlsx file can't hold as it is."""


def to_cell(kind: Any, value: Any) -> str | int:
    """The text (or whole number) of a document's value of an annotation `kind`."""
    forms = (form for form in _forms(value) if isinstance(form, int) or not _ESCAPED.search(form))
    return next((form for form in forms if from_cell(kind, form) == value), _json(value))


def from_cell(kind: Any, cell: Any, *, percent: bool = False) -> Any:
    """The document's value of a cell, or BLANK; what can't be read stays, for the plan's reader to refuse.

    `percent` says that the cell's number is shown as per cent.
    """
    cell = _tidy(cell, percent=percent)
    if cell is None or cell == "":
        return BLANK
    origin = get_origin(kind)
    if origin is tuple:
        part, *others = get_args(kind)
        return _pairs(get_args(part), cell) if get_origin(part) is tuple else _list(part, others, cell)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _pairs(get_args(kind), cell)
    return _leaf(kind, cell)


def _forms(value: Any) -> Iterator[str | int]:
    match value:
        case bool():
            yield YES if value else NO
        case int() | str():
            yield value
        case [[_, _], *_]:
            yield "\n".join(f"{key}={part}" for key, part in value)
        case [int(one)]:
            yield one
        case [_, *_] if not isinstance(value[0], dict):
            parts = [str(part) for part in value]
            yield "、".join(parts)
            yield "\n".join(parts)


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _tidy(cell: Any, *, percent: bool) -> Any:
    """A cell's value as text, whole number or truth; figures as the text that stands in the cell."""
    match cell:
        case bool() | int() if not percent or isinstance(cell, bool):
            return cell
        case int() | float() if math.isfinite(cell):
            figure = canonical(_CELL_DIGITS.create_decimal(repr(cell)) * (100 if percent else 1))
            return f"{figure}%" if percent else int(figure) if _WHOLE.fullmatch(figure) else figure
        case datetime.datetime() if cell.time() == datetime.time():
            return cell.date().isoformat()
        case datetime.date():
            return cell.isoformat()
        case None:
            return None
        case _:
            return clean_text(str(cell)).strip()


def _leaf(kind: Any, cell: Any) -> Any:
    if isinstance(cell, str) and cell.startswith('"'):
        text = _parsed(cell)
        cell = text if isinstance(text, str) else cell
    if isinstance(cell, bool):
        return cell
    if kind is bool:
        return _TRUTHS.get(str(cell).lower(), cell)
    if kind is int:
        return int(cell) if _WHOLE.fullmatch(str(cell)) else cell
    if kind is datetime.date:
        day = read_date(str(cell))
        return day.isoformat() if day else cell
    return str(cell)


def _list(part: Any, others: list[Any], cell: Any) -> Any:
    if isinstance(cell, str) and cell.startswith("["):
        return _parsed(cell)
    if others != [Ellipsis] or hasattr(part, "__dataclass_fields__"):
        return cell
    parts = [text.strip() for text in re.split("\n" if "\n" in str(cell) else "、", str(cell))]
    return [_leaf(part, text) for text in parts if text]


def _pairs(kinds: tuple[Any, ...], cell: Any) -> Any:
    if isinstance(cell, str) and cell.startswith(("[", "{")):
        return _parsed(cell)
    pairs = []
    for line in re.split("\n" if "\n" in str(cell) else "、", str(cell)):
        key, equals, value = line.partition("=")
        if not equals:
            return cell
        pairs.append([_leaf(kind, text.strip()) for kind, text in zip(kinds, (key, value), strict=True)])
    return pairs


def _parsed(text: str) -> Any:
    """JSON in a cell, without floats; the text itself where it isn't JSON."""
    try:
        value = json.loads(text, parse_float=str, object_pairs_hook=_without_repetition)
    except (ValueError, RecursionError):
        return text
    return [] if value == {} else value


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        raise ValueError("a key stands twice")
    return result
