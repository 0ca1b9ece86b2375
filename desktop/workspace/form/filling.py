"""Filling a form from a list of codes and values: the command line's arguments, a .csv or an .xlsx."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.errors import InputError, from_os_error
from desktop.exchange import read_two_columns
from desktop.exchange.format.layout import NOT_DUE
from desktop.model.finding import Finding, Severity
from desktop.model.submission import ItemReport, ItemStatus
from desktop.workspace.form.form_session import FormSession
from desktop.workspace.form.open_form import FormChange

ITEM_PREFIX = "item/"
NIL_WORD = "nil"


@dataclass(frozen=True, slots=True)
class Filled:
    """What `fill` changed; `trouble` says whether some text couldn't be read."""

    changed: tuple[str, ...]
    notes: tuple[Finding, ...]
    trouble: bool


def fill_values(session: FormSession, values: Sequence[str]) -> Filled:
    """Type `code=value` texts; raises InputError, with nothing changed, if a code isn't in the form."""
    return _fill(session, [_split(value) for value in values])


def fill_from_file(session: FormSession, path: Path) -> Filled:
    """Type a file's rows of code and value; raises InputError if it can't be read or a code is unknown."""
    if path.suffix.lower() == ".xlsx":
        return _fill(session, read_two_columns(path))
    return _fill(session, _rows_of_csv(text_of_file(path)))


def text_of_file(path: Path) -> str:
    """A text file in UTF-8 or GB 18030; raises InputError for another encoding, EnvironmentFault."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise from_os_error(error, "读取录入文件") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(
        "fill.encoding", f"不能读取{path.name}：文字编码无法识别。", "请另存为 UTF-8 编码的 .csv。"
    )


def _rows_of_csv(text: str) -> list[tuple[str, str]]:
    rows = [row for row in csv.reader(io.StringIO(text)) if row and row[0].strip()]
    return [
        (row[0].strip(), row[1] if len(row) > 1 else "")
        for row in rows
        if row[0].strip() not in ("代码", "code")
    ]


def _split(text: str) -> tuple[str, str]:
    code, separator, value = text.partition("=")
    if not separator or not code.strip():
        raise InputError("fill.form", f"“{text}”不是 代码=数值 的形式。", "例如 patents_valid=1,234。")
    return code.strip(), value


def _fill(session: FormSession, pairs: Iterable[tuple[str, str]]) -> Filled:
    wanted = [(code, value) for code, value in pairs if not _says_nothing(session, code, value)]
    for code, _ in wanted:
        _check_code(session, code)
    changed: list[str] = []
    notes: list[Finding] = []
    last: FormChange | None = None
    for code, value in wanted:
        before = _content(session, code)
        last = _put(session, code, value)
        notes.extend(last.notes)
        if _content(session, code) != before:
            changed.append(code)
    if last is not None:
        last.saved.result()
    trouble = any(note.severity is Severity.ERROR for note in notes)
    return Filled(tuple(changed), tuple(notes), trouble)


def _says_nothing(session: FormSession, code: str, value: str) -> bool:
    """A row that a form shows but that isn't due."""
    row = session.form.row(code)
    return row is not None and not row.due and value.strip() in ("", NOT_DUE)


def _check_code(session: FormSession, code: str) -> None:
    unit, period = session.form.unit.short_name, session.form.period.label
    if code.startswith(ITEM_PREFIX):
        number = code.removeprefix(ITEM_PREFIX)
        if not (
            number.isascii()
            and number.isdigit()
            and any(i.item.number == int(number) for i in session.form.items)
        ):
            raise InputError("fill.item", f"{unit}的任务进展中没有“{code}”。", "请核对序号。")
        return
    row = session.form.row(code)
    if row is None:
        raise InputError("element.not_in_form", f"{unit}的报表中没有数据项“{code}”。", "请核对代码。")
    if not row.due:
        raise InputError("element.not_due", f"“{row.element.name}”{period}不报。", "请核对报告期。")


def _content(session: FormSession, code: str) -> object:
    if code.startswith(ITEM_PREFIX):
        return session.section.items.get(int(code.removeprefix(ITEM_PREFIX)))
    return session.section.figure(code)


def _put(session: FormSession, code: str, value: str) -> FormChange:
    if code.startswith(ITEM_PREFIX):
        return _put_item(session, int(code.removeprefix(ITEM_PREFIX)), value)
    if value.strip().lower() == NIL_WORD:
        return session.set_nil(code)
    return session.type_figure(code, value)


def _put_item(session: FormSession, number: int, value: str) -> FormChange:
    """Text is the narrative; `done:`, `under_way:` and the like before it set the status."""
    report = session.section.items.get(number, ItemReport())
    head, separator, rest = value.partition(":")
    if separator and head in set(ItemStatus):
        return session.set_item(number, replace(report, status=ItemStatus(head), narrative=rest))
    return session.set_item(number, replace(report, narrative=value))
