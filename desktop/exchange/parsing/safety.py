"""What is looked at before any spreadsheet parser runs: files come from untrusted mailboxes.

Sizes are counted while inflating and never believed. Nothing is written to disk.
"""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from desktop.errors import from_os_error
from desktop.exchange.format.filereading import Refusal
from desktop.exchange.parsing.notes import Notes, keeps_notes, notes_by_sheet
from desktop.exchange.parsing.plain_zip import PlainPart, plain_parts
from desktop.exchange.parsing.sheet_scan import Disordered, SheetScan, is_worksheet, scan_sheet

LARGEST_FILE = 20 << 20
LARGEST_UNPACKED = 200 << 20
MOST_PARTS = 2_000
MOST_CELLS = 1_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_MACRO_SUFFIXES = (".xlsm", ".xltm", ".xlam")
_XML_SUFFIXES = (".xml", ".rels", ".vml")
_CONTENT_TYPES = "[content_types].xml"
_LINKS = "externallinks/"
_CHUNK = 1 << 16
_LONGEST = 60
LONG_TAG = "exchange.long_tag"
"""The code for a part with a tag that is no tag any more."""
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']*)["']""")
_ENCODINGS = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_STRICT = b"purl.oclc.org/ooxml"
_LONG_TAG = re.compile(rb"<[^<>]{100000}")
"""The parser takes quadratic time over the length of one tag."""


_TEXTS = "sharedstrings.xml"
_MOST_TAGS = 200_000
_LONG_FORMAT = re.compile(rb"""formatCode\s*=\s*(?:"[^"]{1000}|'[^']{1000})""")
"""Whether it is one of dates takes quadratic time over its length."""

_NUMBERS = (
    ("workbook.xml", re.compile(rb"<(?:\w+:)?sheet\s"), 2_000, "exchange.too_many_sheets"),
    (_TEXTS, re.compile(rb"<(?:\w+:)?si\b"), 400_000, "exchange.too_many_texts"),
    ("", re.compile(rb"<(?:\w+:)?(?:r|rPh)\b"), 400_000, "exchange.too_many_texts"),
    ("styles.xml", re.compile(rb"<(?:\w+:)?xf\b"), 200_000, "exchange.too_many_styles"),
    ("", re.compile(rb"<(?:\w+:)?mergeCell\s"), 100_000, "exchange.too_many_merges"),
)
"""End of a part's name, a tag in it, how often it may stand there, and the refusal."""


class Refused(Exception):
    """A file isn't taken; `refusal` says why and what to do."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.refusal = Refusal(code, {name: value[:_LONGEST] for name, value in params.items()})


@dataclass(frozen=True, slots=True)
class Package:
    """A workbook that may be parsed: its bytes, and by part name its worksheets' scans and notes.

    `odd` are parts that no parser may see, with the code of the refusal if one has to; `recoded` are parts
    that are UTF-16, in UTF-8. With either, the bytes as they are aren't for a parser.
    `linked`: some cells take their results from other workbooks, which nobody here ever opens.
    """

    content: bytes
    sheets: dict[str, SheetScan]
    notes: dict[str, Notes] = field(default_factory=dict)
    odd: dict[str, str] = field(default_factory=dict)
    recoded: dict[str, bytes] = field(default_factory=dict)
    laden: bool = False
    linked: bool = False

    @property
    def as_it_is(self) -> bool:
        """Whether a parser may see the whole file."""
        return not (self.odd or self.recoded or self.laden)


def read_limited(path: Path, limit: int | None = None) -> bytes:
    """A file's bytes; raises Refused if it is too large, EnvironmentFault if it can't be read."""
    most = LARGEST_FILE if limit is None else limit
    try:
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            # an ordinary file is read in one go; what is none may never end
            whole = stat.S_ISREG(about.st_mode) and about.st_size <= most
            content = file.read() if whole else file.read(most + 1)
    except OSError as error:
        raise from_os_error(error, "读取文件") from error
    if len(content) > most:
        raise Refused("exchange.too_large", limit=str(most >> 20))
    return content


def plainly_packed(content: bytes, name: str, only_with: str) -> dict[str, PlainPart] | None:
    """The parts of a workbook by name, still packed and within the limits by what they state.

    None if it has no part `only_with`, or if it isn't a plain zip. Raises Refused for what is no workbook.
    """
    _check_kind(content, name)
    try:
        parts = plain_parts(content)
    except ValueError:
        return None
    if only_with not in parts or sum(part.size for part in parts.values()) > LARGEST_UNPACKED:
        return None
    _check_names([part.lower() for part in parts])
    return parts


def check(content: bytes, name: str) -> Package:
    """Whether the bytes are a workbook that may be parsed; raises Refused otherwise."""
    _check_kind(content, name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if any(info.flag_bits & 1 for info in archive.infolist()):
                raise Refused("exchange.encrypted")
            names = [info.filename.lower() for info in archive.infolist()]
            _check_names(names)
            seen = _check_parts(archive)
    except _ZIP_FAULTS as error:
        raise Refused("exchange.damaged") from error
    return Package(
        content,
        seen.sheets,
        notes_by_sheet(seen.beside),
        seen.odd,
        seen.recoded,
        laden=seen.laden,
        linked=any(_LINKS in name for name in names),
    )


def _check_kind(content: bytes, name: str) -> None:
    """The kind of file by its first bytes, and macros by its name."""
    if not content:
        raise Refused("exchange.empty")
    if content.startswith(_OLE):
        raise Refused("exchange.encrypted" if _ENCRYPTED_STREAM in content else "exchange.xls")
    if not content.startswith(_ZIP):
        raise Refused("exchange.not_xlsx")
    if PurePath(name).suffix.lower() in _MACRO_SUFFIXES:
        raise Refused("exchange.macros")


def _check_names(names: Sequence[str]) -> None:
    """What the names of the parts alone tell; they are in lower case."""
    if len(names) > MOST_PARTS:
        raise Refused("exchange.too_many_parts", limit=str(MOST_PARTS))
    if len(set(names)) != len(names):
        raise Refused("exchange.duplicate_parts")
    if "mimetype" in names:
        raise Refused("exchange.ods")
    if _CONTENT_TYPES not in names:
        raise Refused("exchange.not_xlsx")
    if any(name.endswith("workbook.bin") for name in names):
        raise Refused("exchange.xlsb")
    if any("vbaproject" in name for name in names):
        raise Refused("exchange.macros")


@dataclass(slots=True)
class _Seen:
    """What the parts hold: scans of worksheets, parts with notes, parts not to be parsed, parts recoded."""

    sheets: dict[str, SheetScan] = field(default_factory=dict)
    beside: dict[str, bytes] = field(default_factory=dict)
    odd: dict[str, str] = field(default_factory=dict)
    recoded: dict[str, bytes] = field(default_factory=dict)
    laden: bool = False
    cells: int = 0


def _check_parts(archive: zipfile.ZipFile) -> _Seen:
    """Inflate every part, with its checksum, and look at what is XML."""
    left = LARGEST_UNPACKED
    seen = _Seen()
    for info in archive.infolist():
        part = _inflate(archive, info, left)
        left -= len(part)
        if info.filename.lower().endswith(_XML_SUFFIXES):
            _look_at(info.filename, part, seen)
    return seen


def _look_at(name: str, part: bytes, seen: _Seen) -> None:
    """Look at one part that is XML by its name; raises Refused for what no file may have."""
    if part.startswith(_UTF16_MARKS):
        part = _recoded(part)
        seen.recoded[name] = part
    odd = _check_xml(part, name.lower())
    if odd:
        seen.odd[name] = odd
        if odd != LONG_TAG:
            return
    if keeps_notes(name, part) and not odd:
        seen.beside[name] = part
    if not is_worksheet(part):
        seen.laden |= _is_laden(part, name.lower())
    else:
        try:
            seen.sheets[name] = scan_sheet(part)
        except Disordered as error:
            raise Refused("exchange.disordered", part=str(error)) from error
        seen.cells += seen.sheets[name].cells
        if seen.cells > MOST_CELLS:
            raise Refused("exchange.too_many_cells", limit=str(MOST_CELLS))


def _is_laden(part: bytes, name: str) -> bool:
    """Whether there is more in a part than a parser should make objects of; texts are counted elsewhere."""
    texts = name.endswith(_TEXTS)
    return (part.count(b"<") > _MOST_TAGS and not texts) or _LONG_FORMAT.search(part) is not None


def _recoded(part: bytes) -> bytes:
    """A part in UTF-16, which the standard allows, in UTF-8; what isn't that as it is."""
    try:
        return _DECLARATION.sub("", part.decode("utf-16"), count=1).encode()
    except ValueError:
        return part


def _inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    pieces = []
    for piece in _pieces(archive, info):
        left -= len(piece)
        if left < 0:
            raise Refused("exchange.too_large_unpacked", limit=str(LARGEST_UNPACKED >> 20))
        pieces.append(piece)
    return b"".join(pieces)


def _pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(info) as part:
        while piece := part.read(_CHUNK):
            yield piece


def _check_xml(part: bytes, name: str) -> str:
    """The code under which a part isn't to be parsed, or empty.

    Such parts may stand beside the cells without harm. Raises Refused for document types and entities, which
    no spreadsheet program writes, and for a part that has to be parsed.
    """
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise Refused("exchange.doctype")
    code = _oddness(part)
    if name == _CONTENT_TYPES:
        if code:
            raise Refused(code)
        _check_content_types(part)
    elif name.endswith("workbook.xml") and _STRICT in part:
        raise Refused("exchange.strict")
    if not code:
        _check_numbers(part, name)
    return code


def _oddness(part: bytes) -> str:
    """What keeps a parser from a part: no XML in UTF-8, or a long tag."""
    text = part.removeprefix(_UTF8_MARK).lstrip()
    # parsers take "<" and a zero for UTF-16, in which no document type would be found here
    if text and (not text.startswith(b"<") or b"\0" in text):
        return "exchange.encoding"
    declared = _ENCODING.match(text)
    if declared and declared[1].lower() not in _ENCODINGS:
        return "exchange.encoding"
    return LONG_TAG if has_long_tag(part) else ""


def has_long_tag(part: bytes) -> bool:
    """Whether a part has a tag that a parser fed piece by piece would spend minutes on."""
    return _LONG_TAG.search(part) is not None


def _check_numbers(part: bytes, name: str) -> None:
    """What a parser would spend minutes on, counted by the tags."""
    for suffix, tag, limit, code in _NUMBERS:
        if name.endswith(suffix) and len(tag.findall(part)) > limit:
            raise Refused(code, limit=str(limit))


def _check_content_types(part: bytes) -> None:
    if b"macroEnabled" in part or b"vbaProject" in part:
        raise Refused("exchange.macros")
    if b"sheet.binary" in part:
        raise Refused("exchange.xlsb")
    if b"spreadsheetml" not in part:
        raise Refused("exchange.not_xlsx")
