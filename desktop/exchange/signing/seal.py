"""The seal: a zip part of our own that signs the content and every other part of the file.

Re-saving drops it. While it verifies with a known key the workbook is as its unit wrote it, byte for byte, so
that the canonical content is taken as it is and no spreadsheet parser runs. Digests without a signature would
prove nothing: whoever changes a cell can compute them anew.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, unescape

from desktop.exchange.parsing.plain_zip import PlainPart, plain_parts
from desktop.exchange.signing.signatures import Purpose, SigningKey, verifies
from desktop.model.canonical import Json, canonical_text, digest
from desktop.model.content import signature_to_json
from desktop.model.submission import Signature

SEAL_PART = "zhibao/seal.xml"
CONTENT_PART = "zhibao/content.xml"
_VERSION = 1
_OPEN, _CLOSE = '<?xml version="1.0" encoding="UTF-8"?>\n<zhibao>', "</zhibao>"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_LARGEST_SEAL = 1 << 20
"""Bytes, unpacked; with as many parts as a workbook may have it stays below."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What a sealed file says: its content's text, and the signature that holds over all of it."""

    content: str
    signature: Signature


def sealed(workbook: bytes, content: str, key: SigningKey) -> bytes:
    """The workbook with the canonical `content` and a seal over all its parts; equal input, equal bytes."""
    written = {name: part.inflated() for name, part in plain_parts(workbook).items()}
    written[CONTENT_PART] = _wrapped(content)
    parts = {name: hashlib.sha256(part).hexdigest() for name, part in written.items()}
    signature = key.sign(Purpose.SEAL, _name_of(parts))
    target = io.BytesIO(workbook)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, CONTENT_PART, written[CONTENT_PART])
        _add(archive, SEAL_PART, _wrapped(canonical_text(_seal_json(parts, signature))))
    return target.getvalue()


def read_seal(parts: Mapping[str, PlainPart], known: Callable[[Signature], bool]) -> Seal | None:
    """The seal of a plain zip of these parts; None if there is none of a `known` key that holds.

    It holds if its signature is that of the key it names over exactly these parts. It is verified before
    any part but the seal itself is unpacked. Whether the key is the submitting unit's, the caller judges.
    """
    if SEAL_PART not in parts or CONTENT_PART not in parts or parts[SEAL_PART].size > _LARGEST_SEAL:
        return None
    try:
        data = json.loads(_unwrapped(parts[SEAL_PART].inflated()))
        stated = {str(name): str(value) for name, value in data["parts"].items()}
        said = data["signature"]
        signature = Signature(str(said["algorithm"]), str(said["key"]), str(said["value"]))
        if data.get("version") != _VERSION or stated.keys() != parts.keys() - {SEAL_PART}:
            return None
        if not known(signature) or not verifies(signature, Purpose.SEAL, _name_of(stated)):
            return None
        text = b""
        for name, value in stated.items():
            part = parts[name].inflated()
            if hashlib.sha256(part).hexdigest() != value:
                return None
            text = part if name == CONTENT_PART else text
        return Seal(_unwrapped(text), signature)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _name_of(parts: Mapping[str, str]) -> str:
    return digest({"version": _VERSION, "parts": dict(parts)})


def _seal_json(parts: Mapping[str, str], signature: Signature) -> Json:
    return {
        "version": _VERSION,
        "parts": dict(parts),
        "signature": signature_to_json(signature),
    }


def _wrapped(text: str) -> bytes:
    """A text as XML, which every workbook declares as a type: programs open it without a question."""
    return f"{_OPEN}{escape(text)}{_CLOSE}".encode()


def _add(archive: zipfile.ZipFile, name: str, part: bytes) -> None:
    info = zipfile.ZipInfo(name, _FIRST_DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, part)


def _unwrapped(part: bytes) -> str:
    """The text in a part; raises ValueError if the part isn't exactly as it is written."""
    text = part.decode()
    if not text.startswith(_OPEN) or not text.endswith(_CLOSE):
        raise ValueError("not one of our parts")
    inner = text[len(_OPEN) : -len(_CLOSE)]
    if "<" in inner:
        raise ValueError("markup in one of our parts")
    return unescape(inner)
