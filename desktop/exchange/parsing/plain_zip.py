"""A zip that no two readers understand differently, and its parts, unpacked one by one when asked for.

Readers differ in whether they believe a part's own header or the zip's directory. In a plain zip both say the
same, parts and entries stand in one order, each behind the one before, and there is nothing else in the file:
no comments, no extra fields, no further disks, no encryption.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass

_HEADER = struct.Struct("<4s5H3I2H")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_HEADER_MARK, _ENTRY_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_SAME = 24
"""Bytes that a header (from its 4th byte) and its entry (from its 6th) have in common: version needed, flags,
method, time, checksum, both sizes and the length of the name."""

_UTF8_NAME = 0x800
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class NotPlain(ValueError):
    """A zip or a part isn't what a plain zip has."""


@dataclass(frozen=True, slots=True)
class PlainPart:
    """A part as it is packed, with what its headers say of it."""

    packed: bytes
    method: int
    size: int
    crc: int

    def inflated(self) -> bytes:
        """The part; no more than its stated size is unpacked. Raises NotPlain if size or checksum lie."""
        part = self.packed
        if self.method == zipfile.ZIP_DEFLATED:
            engine = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                part = engine.decompress(part, self.size + 1)  # one more shows that there would be more
            except zlib.error as error:
                raise NotPlain(str(error)) from error
            if not engine.eof or engine.unused_data:
                raise NotPlain("the packed part ends elsewhere")
        if len(part) != self.size or zlib.crc32(part) != self.crc:
            raise NotPlain("size or checksum")
        return part


def plain_parts(content: bytes) -> dict[str, PlainPart]:
    """The parts of a plain zip by name; raises NotPlain for any other file."""
    end = len(content) - _END.size
    if end < 0:
        raise NotPlain("too short")
    mark, disk, first_disk, here, number, length, start, comment = _END.unpack_from(content, end)
    if (mark, disk, first_disk, comment) != (_END_MARK, 0, 0, 0) or here != number or start + length != end:
        raise NotPlain("end of the directory")
    parts: dict[str, PlainPart] = {}
    at, entry = 0, start
    for _ in range(number):
        if entry + _ENTRY.size > end:
            raise NotPlain("directory")
        name, part = _part(content, at, entry)
        if name in parts:
            raise NotPlain("a name stands twice")
        parts[name] = part
        named = len(name.encode())
        at += _HEADER.size + named + len(part.packed)
        entry += _ENTRY.size + named
    if (at, entry) != (start, end):
        raise NotPlain("something between")
    return parts


def _part(content: bytes, at: int, entry: int) -> tuple[str, PlainPart]:
    """The part whose header stands at `at` and whose entry in the directory at `entry`."""
    fields = _ENTRY.unpack_from(content, entry)
    mark, _, _, flags, method, _, _, crc, packed, size, named, extra, comment, disk, _, _, offset = fields
    header = content[at : at + _HEADER.size]
    if (mark, header[:4], offset) != (_ENTRY_MARK, _HEADER_MARK, at):
        raise NotPlain("header or entry elsewhere")
    if header[4 : 4 + _SAME] != content[entry + 6 : entry + 6 + _SAME]:
        raise NotPlain("header and entry differ")
    # what remains of the header is the length of its extra field
    if header[-2:] != b"\0\0" or extra or comment or disk or flags & ~_UTF8_NAME or method not in _METHODS:
        raise NotPlain("more than is plain")
    data = at + _HEADER.size + named
    name = content[data - named : data]
    if name != content[entry + _ENTRY.size : entry + _ENTRY.size + named] or b"\0" in name:
        raise NotPlain("names differ")
    coding = "utf-8" if flags & _UTF8_NAME else "ascii"
    return name.decode(coding), PlainPart(content[data : data + packed], method, size, crc)
