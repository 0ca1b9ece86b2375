"""Taking a submission's zip apart and putting it together in ways no program would."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterable

from desktop.exchange.writing.submission_sheets import Surroundings
from desktop.exchange.writing.writer import submission_bytes
from tests.core.exchange.submissions import PLAN, submission

Parts = dict[str, bytes]
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
TYPES = "[Content_Types].xml"


def honest() -> bytes:
    """A true submission."""
    return submission_bytes(submission(), PLAN, Surroundings({}, {}, ()))


def parts_of(content: bytes) -> Parts:
    """Its parts by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts | Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of parts; a list may hold a name twice."""
    target = io.BytesIO()
    pairs = parts.items() if isinstance(parts, dict) else parts
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in pairs:
            archive.NameToInfo.pop(name, None)  # a name may stand twice
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The submission with one part changed."""
    parts = parts_of(honest())
    parts[name] = change(parts.get(name, b""))
    return packed(parts)


def in_sheet(rows: bytes) -> bytes:
    """The submission with more rows below its own."""
    return with_part(SHEET, lambda part: part.replace(b"</sheetData>", rows + b"</sheetData>"))


def lying_about_size(content: bytes, name: str, size: int) -> bytes:
    """Both headers of a part say another size than it has."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo(name)
        start = archive.start_dir
    changed = bytearray(content)
    struct.pack_into("<I", changed, info.header_offset + 22, size)
    at = start
    while changed[at : at + 4] == b"PK\x01\x02":
        length = struct.unpack_from("<3H", changed, at + 28)
        if bytes(changed[at + 46 : at + 46 + length[0]]) == name.encode():
            struct.pack_into("<I", changed, at + 24, size)
        at += 46 + sum(length)
    return bytes(changed)
