"""A plan → the folder of TOML files that a plan is kept in."""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args, get_origin

from desktop.config.replacing import put_in_place
from desktop.definition.annotations import hints_of
from desktop.definition.document import plan_to_document
from desktop.definition.folder import load_plan_folder
from desktop.definition.places import FRAME_FILE, HOMES, TABLES
from desktop.definition.workbook.columns import bare
from desktop.errors import InputError, from_os_error
from desktop.exchange.atomic import write_whole
from desktop.model.canonical import Json
from desktop.model.plan import Plan

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_WHAT = "写入方案文件夹"


def refuse_taken(folder: Path) -> None:
    """Raise InputError where a plan's folder can't be written because something is there already."""
    try:
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise from_os_error(error, _WHAT) from error
    if taken:
        raise InputError(
            "folder.taken", f"{folder}已存在，而且不是空文件夹。", "请换一个位置，或先移走原有内容。"
        )


def write_plan_folder(plan: Plan, folder: Path) -> None:
    """Write the plan's files whole or not at all.

    The folder may exist if it is empty. Raises InputError where it is taken, EnvironmentFault where the
    disk refuses.
    """
    refuse_taken(folder)
    temporary = folder.parent / f".zhibao-{secrets.token_hex(8)}.tmp"
    try:
        temporary.mkdir(parents=True)
        for name, text in plan_files(plan).items():
            write_whole(temporary / name, text.encode(), _WHAT)
        written = load_plan_folder(temporary).plan
        assert written is not None and written.digest == plan.digest, "the folder must hold the same plan"
        if folder.is_dir():
            folder.rmdir()  # Windows doesn't rename onto a folder, not even onto an empty one
        put_in_place(temporary, folder)
    except OSError as error:
        raise from_os_error(error, _WHAT) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def plan_files(plan: Plan) -> dict[str, str]:
    """File name → TOML text."""
    document = plan_to_document(plan)
    hints = hints_of(Plan)
    files = {}
    for name, tables in TABLES.items():
        present = {table: collection for table, collection in tables.items() if collection in document}
        # A key below a table's header would belong to that table: empty collections are said first.
        parts = [f"{table} = []" for table, collection in present.items() if not document[collection]]
        parts += _frame(document, hints) if name == FRAME_FILE else ()
        for table, collection in present.items():
            kind = get_args(hints[collection])[0]
            parts += [f"[[{table}]]\n{_lines(kind, entry)}" for entry in document[collection]]
        files[name] = "\n\n".join(parts) + "\n"
    return files


def _frame(document: Json, hints: Mapping[str, Any]) -> Iterator[str]:
    frame = {key: value for key, value in document.items() if key not in HOMES}
    tables = [key for key, value in frame.items() if isinstance(value, dict)]  # a set has no stable order
    plain = {key: value for key, value in frame.items() if key not in tables}
    yield _lines(Plan, plain)
    for key in tables:
        yield f"[{key}]\n{_lines(hints[key], frame[key])}"


def _lines(record: Any, data: Json) -> str:
    hints = hints_of(record)
    return "\n".join(f"{key} = {_value(hints[key], part)}" for key, part in data.items() if part is not None)


def _value(kind: Any, value: Any) -> str:
    kind = bare(kind)
    origin = get_origin(kind)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _inline((_key(key), _value(get_args(kind)[1], part)) for key, part in value)
    if origin is tuple:
        kinds = get_args(kind)
        inner = [kinds[0]] * len(value) if kinds[-1] is Ellipsis else kinds
        return "[" + ", ".join(_value(each, part) for each, part in zip(inner, value, strict=True)) + "]"
    if isinstance(value, dict):
        hints = hints_of(kind)
        pairs = ((key, part) for key, part in value.items() if part is not None)
        return _inline((key, _value(hints[key], part)) for key, part in pairs)
    return json.dumps(value, ensure_ascii=False)


def _inline(pairs: Iterator[tuple[str, str]]) -> str:
    text = ", ".join(f"{key} = {value}" for key, value in pairs)
    return f"{{ {text} }}" if text else "{}"


def _key(text: str) -> str:
    return text if _BARE_KEY.fullmatch(text) else json.dumps(text, ensure_ascii=False)
