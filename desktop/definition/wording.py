"""The official wording of the items, read at run time from the office's own copy of the document.

The program carries short titles of its own only. The copy is a text (.txt, UTF-8 or GB18030) or a Word
file (.docx) whose annex has one table row per item: a cell that begins with the item's number in
brackets, then the cell of the responsible bodies.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.definition.places import Where, plan_error, plan_finding
from desktop.exchange.format.filereading import Refusal
from desktop.exchange.guarded.supervisor import FileReader
from desktop.exchange.parsing.sources import Source
from desktop.model.canonical import clean_text
from desktop.model.finding import Finding, Severity
from desktop.model.plan import Plan

_ITEM = re.compile(r"[（(]\s*(\d{1,3})\s*[）)]\s*(.*)", re.DOTALL)
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
_MOST_BYTES = 20 * 2**20
_ZIP = b"PK\x03\x04"
_OLD_WORD = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Wording:
    """Item number → official text, and what was found on reading."""

    texts: Mapping[int, str]
    findings: tuple[Finding, ...]


class _UnreadableError(Exception):
    pass


def read_wording(path: Path, plan: Plan) -> Wording:
    """The wording of the plan's items; items not found and unreadable files are findings.

    Raises EnvironmentFault if no worker can be started to read a Word file.
    """
    where = Where(path.name)
    try:
        entries = list(_entries(_text_of(path)))
    except _UnreadableError as error:
        return Wording({}, (plan_error("plan.wording_unreadable", where, detail=str(error)),))
    texts: dict[int, str] = {}
    findings: list[Finding] = []
    for number, text in entries:
        if not plan.has_item(number):
            continue
        if texts.setdefault(number, text) != text:
            repeated = plan_finding("plan.wording_repeated", Severity.NOTICE, where.at(str(number)))
            findings.append(repeated)
    findings += [
        plan_finding("plan.wording_missing", Severity.WARNING, where.at(str(item.number)))
        for item in plan.items
        if item.number not in texts
    ]
    return Wording(texts, tuple(findings))


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _UnreadableError("文件超过20 MB")
        data = path.read_bytes()
    except OSError as error:
        raise _UnreadableError(error.strerror or str(error)) from error
    if data.startswith(_OLD_WORD):
        raise _UnreadableError("这是旧版Word文件（.doc）")
    return _text_of_word(path) if data.startswith(_ZIP) else _decoded(data)


def _text_of_word(path: Path) -> str:
    with FileReader(()) as reader:
        found = reader.words(Source.on_disk(path))
    if isinstance(found, Refusal):
        raise _UnreadableError(found.message.partition("。")[0])
    return found


def _decoded(data: bytes) -> str:
    encodings = ("utf-16",) if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ()
    for encoding in (*encodings, "utf-8-sig", "gb18030"):
        try:
            return clean_text(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise _UnreadableError("认不出文字编码")


def _entries(text: str) -> Iterator[tuple[int, str]]:
    """(number, text) of each item: those in cells first, since running text may number its points too.

    A tab begins a cell, whose lines are wrapped until the next tab or empty line. Without tabs an item
    goes on until a line that ends in a full stop, since what follows is then the bodies' line.
    """
    head, *cells = _BOOKMARK.sub("", text).split("\t")
    loose = re.split(r"\n\s*\n", head)
    for cell in cells:
        paragraphs = re.split(r"\n\s*\n", cell.strip("\n"))
        if _ITEM.match(paragraphs[0].strip()):
            yield from _entry(paragraphs.pop(0).splitlines())
        loose += paragraphs
    yield from _loose_entries(loose)


def _loose_entries(paragraphs: list[str]) -> Iterator[tuple[int, str]]:
    for paragraph in paragraphs:
        open_lines: list[str] = []
        for line in paragraph.splitlines():
            if _ITEM.match(line.strip()):
                yield from _entry(open_lines)
                open_lines = [line]
            elif open_lines and not open_lines[-1].rstrip().endswith("。"):
                open_lines.append(line)
        yield from _entry(open_lines)


def _entry(lines: list[str]) -> Iterator[tuple[int, str]]:
    match = _ITEM.match(_joined(lines))
    if match and match[2]:
        yield int(match[1]), match[2]


def _joined(lines: list[str]) -> str:
    """Wrapped lines as one: Chinese runs on without a space, Latin words keep one between them."""
    result = ""
    for line in (line.strip() for line in lines):
        latin = result[-1:].isascii() and result[-1:].isalnum() and line[:1].isascii() and line[:1].isalnum()
        result += f" {line}" if latin else line
    return result
