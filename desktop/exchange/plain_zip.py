"""A zip that no two readers understand differently, and its parts, unpacked one by one when asked for.

Readers differ in whether they believe a part's own header or the zip's directory; in a plain zip both agree,
and the parts lie one behind another with nothing before, between or after them.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass

_LOCAL = struct.Struct("<4s5H3I2H")
_LOCAL_MARK = b"PK\x03\x04"
_UTF8_NAME = 0x800
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class NotPlain(ValueError):
    """A part isn't what its headers say."""


@dataclass(frozen=True, slots=True)
class PlainPart:
    """A part as it is packed, with what both of its headers say."""

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


def plain_parts(content: bytes, archive: zipfile.ZipFile) -> dict[str, PlainPart] | None:
    """The parts of a zip by name; `archive` has read its directory. None if the zip isn't plain."""
    parts: dict[str, PlainPart] = {}
    at = 0
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
        data = _data_of(content, at, info)
        if data is None or info.filename in parts:
            return None
        parts[info.filename] = PlainPart(
            content[data : data + info.compress_size], info.compress_type, info.file_size, info.CRC
        )
        at = data + info.compress_size
    return parts if at == archive.start_dir and not archive.comment else None


def _data_of(content: bytes, at: int, info: zipfile.ZipInfo) -> int | None:
    """Where a part's data begins, if its header stands at `at` and agrees with the directory."""
    end = at + _LOCAL.size
    if info.header_offset != at or len(content) < end:
        return None
    mark, _, flags, method, _, _, crc, packed, size, name, extra = _LOCAL.unpack_from(content, at)
    if mark != _LOCAL_MARK or extra or flags & ~_UTF8_NAME or method not in _METHODS:
        return None
    if (flags, method, crc, packed, size) != (
        info.flag_bits,
        info.compress_type,
        info.CRC,
        info.compress_size,
        info.file_size,
    ):
        return None
    coding = "utf-8" if flags & _UTF8_NAME else "cp437"
    return end + name if content[end : end + name] == info.filename.encode(coding) else None
