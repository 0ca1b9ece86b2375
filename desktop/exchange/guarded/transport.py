"""A file's reading as JSON: what the worker process says crosses to us as data, never as objects it makes."""

from __future__ import annotations

import datetime
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desktop.exchange.format.filereading import (
    ContentState,
    EditedCell,
    FileKind,
    FileReading,
    SignatureState,
)
from desktop.exchange.parsing.answers import refusal_from_json
from desktop.exchange.parsing.sources import Source, Walked
from desktop.model.canonical import Json
from desktop.model.content import (
    signature_from_json,
    signature_to_json,
    submission_from_json,
    submission_to_json,
)
from desktop.model.finding import Finding, Severity
from desktop.model.roster import PublicKey


def reading_to_bytes(reading: FileReading) -> bytes:
    """The reading as UTF-8 JSON."""
    data: Json = {
        "name": reading.name,
        "sha256": reading.sha256,
        "size": reading.size,
        "kind": reading.kind.value,
        "content": reading.content.value,
        "signature": reading.signature.value,
        "submission": submission_to_json(reading.submission) if reading.submission else None,
        "claimed_digest": reading.claimed_digest,
        "digest": reading.digest,
        "edited_cells": [asdict(cell) for cell in reading.edited_cells],
        "findings": [_finding_to_json(finding) for finding in reading.findings],
        "refusal": asdict(reading.refusal) if reading.refusal else None,
        "signer": asdict(reading.signer) if reading.signer else None,
        "certificate": signature_to_json(reading.certificate),
        "sealed": reading.sealed,
        "received": reading.received.isoformat() if reading.received else None,
    }
    # file names may hold bytes that are no text; escapes carry them
    return json.dumps(data, ensure_ascii=True).encode()


def reading_from_bytes(content: bytes) -> FileReading:
    """The reading of such JSON; raises one of NO_ANSWER if it isn't one."""
    data: Json = json.loads(content)
    refusal = data["refusal"]
    return FileReading(
        name=str(data["name"]),
        sha256=str(data["sha256"]),
        size=int(data["size"]),
        kind=FileKind(data["kind"]),
        content=ContentState(data["content"]),
        signature=SignatureState(data["signature"]),
        submission=submission_from_json(data["submission"]) if data["submission"] else None,
        claimed_digest=str(data["claimed_digest"]),
        digest=str(data["digest"]),
        edited_cells=tuple(EditedCell(**_texts(cell)) for cell in data["edited_cells"]),
        findings=tuple(_finding_from_json(finding) for finding in data["findings"]),
        refusal=refusal_from_json(refusal) if refusal else None,
        signer=PublicKey(**_texts(data["signer"])) if data["signer"] else None,
        certificate=signature_from_json(data["certificate"]),
        sealed=bool(data["sealed"]),
        received=_moment(data["received"]),
    )


def source_to_json(source: Source) -> Json:
    """Where a file comes from, as the worker is told it."""
    return {
        "path": os.fsencode(source.path.absolute()).hex(),
        "inside": list(source.inside),
        "name": source.name,
        "received": source.received.isoformat() if source.received else None,
        "sender": source.sender,
    }


def source_from_json(data: Json) -> Source:
    """The source of such JSON."""
    path = Path(os.fsdecode(bytes.fromhex(data["path"])))
    received = _moment(data["received"])
    return Source(path, tuple(data["inside"]), str(data["name"]), received, str(data["sender"]))


def walked_to_bytes(walked: Walked) -> bytes:
    """What an archive holds, as JSON."""
    data = {
        "sources": [source_to_json(source) for source in walked.sources],
        "refused": [[source_to_json(source), asdict(refusal)] for source, refusal in walked.refused],
    }
    return json.dumps(data).encode()


def walked_from_bytes(content: bytes) -> Walked:
    """What such JSON says; raises one of NO_ANSWER if it is something else."""
    data: Json = json.loads(content)
    return Walked(
        tuple(source_from_json(source) for source in data["sources"]),
        tuple((source_from_json(source), refusal_from_json(refusal)) for source, refusal in data["refused"]),
    )


def _moment(text: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(text) if text else None


def _finding_to_json(finding: Finding) -> Json:
    return asdict(finding) | {"severity": finding.severity.value, "params": dict(finding.params)}


def _finding_from_json(data: Json) -> Finding:
    rest = {key: value for key, value in data.items() if key not in ("severity", "params")}
    return Finding(severity=Severity(data["severity"]), params=_texts(data["params"]), **_texts(rest))


def _texts(data: dict[str, Any]) -> dict[str, str]:
    return {str(key): str(value) for key, value in data.items()}
