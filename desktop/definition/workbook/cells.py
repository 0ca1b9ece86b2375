"""One value of a plan's document ↔ one cell.

Each kind of value has a form that people like to edit. Where that form wouldn't be read back as the same
value (an empty text, a text that holds the separator), the cell holds JSON instead.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from decimal import Decimal
from typing import Any, get_args, get_origin

from desktop.definition.workbook.choices import Words, words_of
from desktop.definition.workbook.columns import LIKE_NOTHING, Like, line_columns
from desktop.model.canonical import Json, clean_text
from desktop.model.decimals import canonical
from desktop.model.listing import read_date

BLANK = object()
"""What an empty cell means: the field is left out."""

YES, NO = "是", "否"
_TRUTHS = {YES: True, NO: False, "true": True, "false": False, "√": True, "×": False}
_WHOLE = re.compile(r"-?[0-9]{1,16}")
_ESCAPED = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What an xlsx file can't hold as it is."""
_SEPARATORS = re.compile("[\n、；;，,]")
_EQUALS = re.compile("[=＝：:]")
PART = "|"
"""Between the parts of a line that stands for a record."""
_PARTS = re.compile(r"[|｜]")


def to_cell(kind: Any, value: Any, like: Like = LIKE_NOTHING) -> str | int:
    """The text (or whole number) of a document's value of an annotation `kind`."""
    forms = (form for form in _forms(kind, value, like) if isinstance(form, int) or not _ESCAPED.search(form))
    return next((form for form in forms if from_cell(kind, form, like) == value), _json(value))


def from_cell(kind: Any, cell: Any, like: Like = LIKE_NOTHING, *, percent: bool = False) -> Any:
    """The document's value of a cell, or BLANK; what can't be read stays, for the plan's reader to refuse.

    `percent` says that the cell's number is shown as per cent.
    """
    cell = _tidy(cell, percent=percent)
    if cell is None or cell == "":
        return BLANK
    origin = get_origin(kind)
    if origin is tuple:
        part, *others = get_args(kind)
        if get_origin(part) is tuple:
            return _pairs(get_args(part), cell, like)
        return _records(part, cell) if is_dataclass(part) else _list(part, others, cell, like)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _pairs(get_args(kind), cell, like)
    return _leaf(kind, cell, like.words)


def _forms(kind: Any, value: Any, like: Like) -> Iterator[str | int]:
    match value:
        case bool():
            yield YES if value else NO
        case int():
            yield value
        case str():
            yield from dict.fromkeys((_word(kind, value, like.words), value))
        case [[_, _], *_]:
            of = get_args(kind)[-1] if isinstance(get_origin(kind), type) else str
            yield "\n".join(
                f"{like.keys.word(str(key))}={_word(of, part, like.words)}" for key, part in value
            )
        case [int(one)]:
            yield one
        case [dict(), *_]:
            yield "\n".join(_line(get_args(kind)[0], part) for part in value)
        case [_, *_]:
            parts = [_word(get_args(kind)[0], part, like.words) for part in value]
            yield "、".join(parts)
            yield "\n".join(parts)


def _word(kind: Any, value: Any, words: Words) -> str:
    return (words_of(kind) if words_of(kind).shown else words).word(str(value))


def _line(record: Any, value: Json) -> str:
    """A record as one line, e.g. 名称|文字|是; parts that are left out at the end need no bar."""
    parts = []
    for column in line_columns(record):
        part = column.value_in(value)
        parts.append("" if part is None else str(to_cell(column.kind, part, column.like)))
    return PART.join(parts).rstrip(PART)


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _tidy(cell: Any, *, percent: bool) -> Any:
    """A cell's value as text, whole number or truth; figures as the text that stands in the cell."""
    match cell:
        case bool():
            return cell
        case int() | Decimal():
            figure = canonical(Decimal(cell) * (100 if percent else 1))
            return f"{figure}%" if percent else int(figure) if _WHOLE.fullmatch(figure) else figure
        case None:
            return None
        case _:
            return clean_text(str(cell)).strip()


def _leaf(kind: Any, cell: Any, words: Words) -> Any:
    if isinstance(cell, str) and cell.startswith('"'):
        text = _parsed(cell)
        if isinstance(text, str):
            return text
    if isinstance(cell, bool):
        return cell
    if kind is bool:
        return _TRUTHS.get(str(cell).lower(), cell)
    if kind is int:
        return int(cell) if _WHOLE.fullmatch(str(cell)) else cell
    if kind is datetime.date:
        day = read_date(str(cell))
        return day.isoformat() if day else cell
    return (words_of(kind) if words_of(kind).shown else words).code(str(cell))


def _list(part: Any, others: list[Any], cell: Any, like: Like) -> Any:
    if isinstance(cell, str) and cell.startswith("["):
        return _parsed(cell)
    if others != [Ellipsis]:
        return cell
    if part is not str or like.codes or like.words.shown:
        parts = _SEPARATORS.split(str(cell))
    else:
        parts = re.split("\n" if "\n" in str(cell) else "、", str(cell))
    return [_leaf(part, text.strip(), like.words) for text in parts if text.strip()]


def _records(record: Any, cell: Any) -> Any:
    """Lines of parts → records; the cell itself where a line has too many parts."""
    if isinstance(cell, str) and cell.startswith("["):
        return _parsed(cell)
    columns = line_columns(record)
    records = []
    for line in str(cell).split("\n"):
        parts = _PARTS.split(line)
        if len(parts) > len(columns):
            return cell
        entry: Json = {}
        for column, part in zip(columns, parts, strict=False):
            value = from_cell(column.kind, part, column.like)
            if value is not BLANK:
                column.put(entry, value)
        if entry:
            records.append(entry)
    return records


def _pairs(kinds: Sequence[Any], cell: Any, like: Like) -> Any:
    if isinstance(cell, str) and cell.startswith(("[", "{")):
        return _parsed(cell)
    pairs = []
    for line in _pair_lines(str(cell), free=kinds[1] is str):
        parts = _EQUALS.split(line, maxsplit=1)
        if len(parts) < 2:
            return cell
        key, value = (text.strip() for text in parts)
        pairs.append([_leaf(kinds[0], key, like.keys), _leaf(kinds[1], value, like.words)])
    return pairs


def _pair_lines(text: str, *, free: bool) -> list[str]:
    """One “键=值” each. A value that is free text may hold the separators itself."""
    lines = re.split("\n", text) if free else _SEPARATORS.split(text)
    if free and len(lines) == 1:
        parts = re.split("[、；]", text)
        lines = parts if all(_EQUALS.search(part) for part in parts) else lines
    return [line for line in lines if line.strip()]


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
