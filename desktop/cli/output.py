"""What the command line prints: sentences for people, or one JSON document with `--json`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

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
        print(json.dumps(answer.data, ensure_ascii=False, indent=1))
    else:
        for line in answer.lines:
            print(line)
    return answer.status


def complain(text: str, *, code: str, as_json: bool) -> None:
    """Say on stderr what went wrong; with `--json` stdout still gets one document."""
    print(f"zhibao：{text}", file=sys.stderr)
    if as_json:
        print(json.dumps({"error": {"code": code, "message": text}}, ensure_ascii=False))


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
