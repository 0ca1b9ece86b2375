"""The manifest: canonical content in a hidden sheet, identity and digest in document properties too.

Rows of the sheet are a name and a value. The canonical JSON stands in pieces that fit a cell, written so
that no spreadsheet program takes a part of it for one of its own escapes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from desktop.model.content import (
    FORMAT_VERSION,
    CanonicalContent,
    submission_digest,
    submission_from_json,
)
from desktop.model.submission import Signature, Submission

CHUNK = 15_000
"""Characters of a piece: at most 30,000 UTF-16 units, where a cell holds 32,767."""

PROPERTY_IDENTITY = "zhibao.identity"
PROPERTY_DIGEST = "zhibao.digest"
PROPERTY_SIGNATURE = "zhibao.signature"

SUBMISSION = "submission"
TEMPLATE = "template"
"""Kinds of files that hold a unit's content; a template holds a blank one, to be filled in by hand."""

TITLE = "zhibao"
NOTICE = "知报数据清单，请勿改动"
_CONTENT = "content/"


class ManifestError(ValueError):
    """The manifest can't be read as one."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a file says of itself; `properties` are the document properties of ours that are there.

    `digest` is the one it states, `computed` that of the content beside it. `certificate` is the word of an
    earlier key of the unit that the signing one is its successor.
    """

    submission: Submission
    digest: str
    computed: str
    signature: Signature
    properties: Mapping[str, str]
    certificate: Signature = field(default_factory=Signature)
    kind: str = SUBMISSION

    @property
    def altered(self) -> bool:
        """Whether the stated digest isn't that of the content beside it."""
        return self.computed != self.digest

    @property
    def contradicts_properties(self) -> bool:
        """Whether a document property says something else than the sheet."""
        said = document_properties(self.submission, self.digest, self.signature)
        return any(said.get(name, value) != value for name, value in self.properties.items())


def identity_text(submission: Submission) -> str:
    """Plan, unit, period and revision as one text."""
    return "/".join(str(part) for part in submission.identity)


def document_properties(submission: Submission, digest: str, signature: Signature) -> dict[str, str]:
    """The custom document properties: they survive re-saves that lose other parts."""
    return {
        PROPERTY_IDENTITY: identity_text(submission),
        PROPERTY_DIGEST: digest,
        PROPERTY_SIGNATURE: ":".join((signature.algorithm, signature.key, signature.value)),
    }


def manifest_rows(
    submission: Submission,
    content: CanonicalContent,
    signature: Signature,
    certificate: Signature | None = None,
    kind: str = SUBMISSION,
) -> list[tuple[str, str]]:
    """The rows of the manifest sheet; those of a certificate only where there is one."""
    text = shield(content.text)
    pieces = [text[start : start + CHUNK] for start in range(0, len(text), CHUNK)]
    return [
        (TITLE, NOTICE),
        ("kind", kind),
        ("format", str(FORMAT_VERSION)),
        ("plan", f"{submission.plan}/{submission.plan_version}"),
        ("identity", identity_text(submission)),
        ("parent", submission.parent or ""),
        ("digest", content.digest),
        *signature_rows("signature", signature),
        *(signature_rows("certificate", certificate) if certificate and certificate.value else ()),
        ("created_with", submission.created_with),
        ("pieces", str(len(pieces))),
        *((f"{_CONTENT}{index}", piece) for index, piece in enumerate(pieces, 1)),
    ]


def signature_rows(name: str, signature: Signature) -> list[tuple[str, str]]:
    """The rows of a signature."""
    return [
        (f"{name}.algorithm", signature.algorithm),
        (f"{name}.key", signature.key),
        (f"{name}.value", signature.value),
    ]


def stated_signature(name: str, stated: Mapping[str, str]) -> Signature:
    """The signature that such rows state; empty where there are none."""
    return Signature(*(stated.get(f"{name}.{part}", "") for part in ("algorithm", "key", "value")))


def manifest_kind(rows: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """The kind and format version that a manifest sheet states; empty where it doesn't."""
    stated = dict(rows)
    return (stated.get("kind", ""), stated.get("format", "")) if TITLE in stated else ("", "")


def read_manifest(rows: Iterable[tuple[str, str]], properties: Mapping[str, str]) -> Manifest:
    """The manifest of a sheet's rows; raises ManifestError if it is incomplete or isn't canonical content."""
    stated: dict[str, str] = {}
    for name, value in rows:
        if stated.setdefault(name, value) != value:
            raise ManifestError(f"{name} stands twice")
    try:
        pieces = [stated[f"{_CONTENT}{index}"] for index in range(1, int(stated["pieces"]) + 1)]
        submission = submission_from_json(json.loads("".join(pieces), parse_float=_refuse))
        digest = stated["digest"]
        computed = submission_digest(submission)
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ManifestError(str(error)) from error
    ours = (PROPERTY_IDENTITY, PROPERTY_DIGEST, PROPERTY_SIGNATURE)
    return Manifest(
        submission,
        digest,
        computed,
        stated_signature("signature", stated),
        {k: v for k, v in properties.items() if k in ours},
        stated_signature("certificate", stated),
        stated.get("kind", SUBMISSION),
    )


def shield(text: str) -> str:
    """The same JSON with `_xHHHH_` and rich-text tags broken up: programs differ in how they undo them."""
    return text.replace("x005F_", "\\u0078005F_").replace("_x", "\\u005fx").replace("<r>", "\\u003cr>")


def _refuse(text: str) -> float:
    raise ManifestError(f"not an exact figure: {text}")
