"""The seal: a zip part of our own that signs the content and every other part of the file.

Re-saving drops it. While it verifies with a known key the workbook is as its unit wrote it, byte for byte, so
that the canonical content is taken as it is and no spreadsheet parser runs. Digests without a signature would
prove nothing: whoever changes a cell can compute them anew.
"""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, unescape

from desktop.exchange.signing import Purpose, SigningKey, verifies
from desktop.model.canonical import Json, canonical_text, digest
from desktop.model.content import signature_to_json
from desktop.model.submission import Signature

SEAL_PART = "zhibao/seal.xml"
CONTENT_PART = "zhibao/content.xml"
_VERSION = 1
_OPEN, _CLOSE = '<?xml version="1.0" encoding="UTF-8"?>\n<zhibao>', "</zhibao>"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_LOCAL = struct.Struct("<4s5H3I2H")
_LOCAL_MARK = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Seal:
    """What a sealed file says: its content's text, and the signature that holds over all of it."""

    content: str
    signature: Signature


def sealed(workbook: bytes, content: str, key: SigningKey) -> bytes:
    """The workbook with the canonical `content` and a seal over all its parts; equal input, equal bytes."""
    target = io.BytesIO(workbook)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, CONTENT_PART, content)
        parts = {info.filename: hashlib.sha256(archive.read(info)).hexdigest() for info in archive.infolist()}
        signature = key.sign(Purpose.SEAL, _name_of(parts))
        _add(archive, SEAL_PART, canonical_text(_seal_json(parts, signature)))
    return target.getvalue()


def read_seal(content: bytes, parts: Mapping[str, bytes]) -> Seal | None:
    """The seal of a file whose `parts` were inflated already; None if there is none that holds.

    It holds if its signature is that of the key it names over exactly these parts, each of them stands once,
    and the zip has nothing between, before or behind them. Whose key it is, the caller judges.
    """
    if SEAL_PART not in parts or CONTENT_PART not in parts or not _is_plain(content):
        return None
    try:
        data = json.loads(_unwrapped(parts[SEAL_PART]))
        stated = {str(name): str(value) for name, value in data["parts"].items()}
        said = data["signature"]
        signature = Signature(str(said["algorithm"]), str(said["key"]), str(said["value"]))
        text = _unwrapped(parts[CONTENT_PART])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    found = {name: hashlib.sha256(part).hexdigest() for name, part in parts.items() if name != SEAL_PART}
    if data.get("version") != _VERSION or stated != found:
        return None
    return Seal(text, signature) if verifies(signature, Purpose.SEAL, _name_of(found)) else None


def _name_of(parts: Mapping[str, str]) -> str:
    return digest({"version": _VERSION, "parts": dict(parts)})


def _seal_json(parts: Mapping[str, str], signature: Signature) -> Json:
    return {
        "version": _VERSION,
        "parts": dict(parts),
        "signature": signature_to_json(signature),
    }


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    """A part as XML, which every workbook declares as a type: programs open it without a question."""
    info = zipfile.ZipInfo(name, _FIRST_DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, f"{_OPEN}{escape(text)}{_CLOSE}".encode())


def _unwrapped(part: bytes) -> str:
    """The text in a part; raises ValueError if the part isn't exactly as it is written."""
    text = part.decode()
    if not text.startswith(_OPEN) or not text.endswith(_CLOSE):
        raise ValueError("not one of our parts")
    inner = text[len(_OPEN) : -len(_CLOSE)]
    if "<" in inner:
        raise ValueError("markup in one of our parts")
    return unescape(inner)


def _is_plain(content: bytes) -> bool:
    """Whether the zip's local headers agree with its directory, one after another without anything between.

    Readers differ in which of the two they believe; a file where it matters isn't taken by its seal.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
            start, comment = archive.start_dir, archive.comment
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    at = 0
    for info in infos:
        header = content[at : at + _LOCAL.size]
        if info.header_offset != at or len(header) < _LOCAL.size:
            return False
        mark, _, flags, method, _, _, crc, packed, size, name, extra = _LOCAL.unpack(header)
        stated = content[at + _LOCAL.size : at + _LOCAL.size + name]
        if (mark, flags, method, extra) != (
            _LOCAL_MARK,
            info.flag_bits,
            info.compress_type,
            0,
        ) or flags & ~0x800:
            return False
        if (crc, packed, size) != (info.CRC, info.compress_size, info.file_size):
            return False
        if stated != info.filename.encode("utf-8" if flags & 0x800 else "cp437"):
            return False
        at += _LOCAL.size + name + packed
    names = [info.filename for info in infos]
    return at == start and not comment and len(set(names)) == len(names)
