"""What the command line prints: sentences for people, or one JSON document with `--json`."""

from __future__ import annotations

import codecs
import io
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TextIO

from desktop.model.canonical import Json
from desktop.model.catalogue import message
from desktop.model.finding import Finding, Severity

SEVERITY_LABELS = {Severity.ERROR: "错误", Severity.WARNING: "待说明", Severity.NOTICE: "提示"}

DONE, NEEDS_A_PERSON = 0, 1


@dataclass(frozen=True, slots=True)
class Answer:
    """A command's result: lines for people, the same as JSON, and the exit status."""

    lines: tuple[str, ...]
    data: dict[str, Any]
    status: int = DONE


def show(answer: Answer, *, as_json: bool) -> int:
    """Print an answer; stdout holds nothing else. Returns the exit status."""
    if as_json:
        print(_document(answer.data, indent=1))
    else:
        for line in answer.lines:
            print(line)
    return answer.status


def complain(text: str, *, code: str, as_json: bool) -> None:
    """Say on stderr what went wrong; with `--json` stdout still gets one document."""
    print(f"zhibao：{text}", file=sys.stderr)
    if as_json:
        print(_document({"error": {"code": code, "message": text}}))


def speak_chinese(stream: TextIO | None) -> None:
    """Keep a stream's encoding if it has Chinese, else take UTF-8; what it doesn't have becomes a mark.

    On a Chinese Windows pipes and files are GBK, and so is whatever reads them. A program without a console
    has no streams.
    """
    if isinstance(stream, io.TextIOWrapper):
        encoding = None if _has_chinese(stream.encoding) else "utf-8"
        stream.reconfigure(encoding=encoding, errors="replace")


def _has_chinese(encoding: str) -> bool:
    try:
        "报送".encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _document(data: Json, indent: int | None = None) -> str:
    """JSON that is right in the encoding of stdout: everything can be said in ASCII."""
    plain = codecs.lookup(getattr(sys.stdout, "encoding", None) or "utf-8").name != "utf-8"
    return json.dumps(data, ensure_ascii=plain, indent=indent)


def finding_line(finding: Finding) -> str:
    """One finding as one line."""
    return f"[{SEVERITY_LABELS[finding.severity]}] {finding.key}：{message(finding)}"


def finding_data(finding: Finding) -> dict[str, str]:
    """One finding as JSON."""
    return {
        "key": finding.key,
        "code": finding.code,
        "severity": finding.severity.value,
        "element": finding.address,
        "unit": finding.unit,
        "period": finding.period,
        "message": message(finding),
    }


def findings_data(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Findings as JSON, in their order."""
    return [finding_data(finding) for finding in findings]
