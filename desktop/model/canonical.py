"""Canonical JSON and digests: one text for one content, so that a digest outlives a re-save.

Keys sorted, no white space, NFC text, decimals as canonical text, dates as ISO 8601, never a float.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]
"""A JSON object of None, bool, int, str, list and dict."""

DIGEST_PREFIX = "sha256:"


def clean_text(text: str) -> str:
    """NFC, line feeds as line ends, no other control characters: what a text is before it is stored."""
    normal = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    # two code points are no characters, and XML has no room for them
    normal = normal.replace("\ufffe", "").replace("\uffff", "")
    return "".join(c for c in normal if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def canonical_text(value: object) -> str:
    """The canonical JSON text; raises TypeError on floats and on types JSON doesn't have."""
    _refuse_floats(value)
    return _text(value)


def digest(value: object) -> str:
    """`sha256:` and the hex digest of the canonical text in UTF-8; raises TypeError as that does."""
    _refuse_floats(value)
    return part_digest(value)


def part_digest(value: object) -> str:
    """The digest of a value that floats are refused in as a part of another one."""
    return text_digest(_text(value))


def text_digest(canonical: str) -> str:
    """The digest of the value whose canonical text that is."""
    import hashlib  # brings OpenSSL; a form is shown before its first digest is wanted

    return DIGEST_PREFIX + hashlib.sha256(canonical.encode()).hexdigest()


def short_digest(value: str) -> str:
    """Twelve hex digits of a digest in groups of four, for paper and telephone."""
    plain = value.removeprefix(DIGEST_PREFIX)[:12].upper()
    return "-".join(plain[i : i + 4] for i in range(0, len(plain), 4))


def _text(value: object) -> str:
    return unicodedata.normalize(
        "NFC", json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    )


def _refuse_floats(value: object) -> None:
    containers: list[dict[str, object] | Sequence[object]] = [[value]]
    while containers:
        container = containers.pop()
        for item in container.values() if isinstance(container, dict) else container:
            if isinstance(item, str):  # nearly all
                continue
            if isinstance(item, float):
                raise TypeError("figures travel as text, never as floats")
            if isinstance(item, dict | list | tuple):
                containers.append(item)
