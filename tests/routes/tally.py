"""What came of the files of one way, counted; a long run leaves its counts in docs/routes.md."""

from __future__ import annotations

import datetime
import json
import os
import platform
import subprocess
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
_ROOT = Path(__file__).parents[2]
_COUNTS = _ROOT / ".work" / "routes"
_REPORT = _ROOT / "docs" / "routes.md"
_HEAD = """\
# Files over six ways

Written by `make test-long`; don't edit. Random submissions of the small plan of the tests (演示), signed, go
over each way and read back. *Intact*: content identical, signature valid, nothing named. *Named*: of one
changed figure in each file exactly that one is listed, and everything else is as it was. *False alarm*:
something is named that nobody changed. *Lost*: content differs and nothing says so. *Wrong state*: the
state of content or signature is another one. A way with fewer than 1,000 files was cut short. The ways are
in `tests/routes/ways.py`.
"""


class Outcome(StrEnum):
    """What came of one file."""

    RIGHT = "right"
    FALSE_ALARM = "false alarm"
    LOST = "lost"
    WRONG_STATE = "wrong state"


@dataclass(slots=True)
class Tally:
    """The files of one way, as they were or with one changed figure each; `faults` tells which went wrong."""

    way: str
    changed: bool
    counts: Counter[Outcome] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    _began: float = field(default_factory=time.monotonic)

    def add(self, at: int, outcome: Outcome, about: object) -> None:
        """Count one file; what isn't right is kept with a word about it."""
        self.counts[outcome] += 1
        if outcome is not Outcome.RIGHT:
            self.faults.append(f"file {at}: {outcome}: {about}")

    def keep(self) -> None:
        """In a long run, write down what was counted so far, and the report anew."""
        if not LONG:
            return
        row = {
            "way": self.way,
            "changed": self.changed,
            "counts": {outcome.value: self.counts[outcome] for outcome in Outcome},
            "seconds": round(time.monotonic() - self._began),
            "day": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "versions": list(_versions()),
        }
        _COUNTS.mkdir(parents=True, exist_ok=True)
        name = f"{self.way} {'changed' if self.changed else 'unchanged'}.json"
        _put(_COUNTS / name, json.dumps(row, ensure_ascii=False))
        while True:  # the other half may have been counted by another process meanwhile
            rows = _rows()
            _put(_REPORT, _report(rows))
            if _rows() == rows:
                return


@cache
def _versions() -> tuple[str, ...]:
    said = subprocess.run(["soffice", "--version"], check=True, capture_output=True, text=True).stdout.split()
    return (" ".join(said[:2]), f"openpyxl {openpyxl.__version__}", f"Python {platform.python_version()}")


def _put(path: Path, content: str) -> None:
    other = path.with_name(f"{path.name}.{os.getpid()}")
    other.write_text(content, encoding="utf-8")
    other.replace(path)


def _rows() -> list[dict[str, Any]]:
    found = [json.loads(path.read_text(encoding="utf-8")) for path in _COUNTS.glob("*.json")]
    return sorted(found, key=lambda row: (row["changed"], row["way"]))


def _report(rows: Sequence[dict[str, Any]]) -> str:
    lines = []
    for changed, title, right in (
        (False, "Nothing changed", "intact"),
        (True, "One changed figure in each file", "named"),
    ):
        lines += [
            f"## {title}",
            "",
            f"| way | files | {right} | false alarms | lost | wrong states | seconds |",
            "| --- | --: | --: | --: | --: | --: | --: |",
        ]
        for row in (row for row in rows if row["changed"] is changed):
            counts = row["counts"]
            figures = (sum(counts.values()), *(counts[outcome] for outcome in Outcome), row["seconds"])
            lines.append(f"| {row['way']} | {' | '.join(f'{figure:,}' for figure in figures)} |")
        lines.append("")
    days = " to ".join(sorted({row["day"] for row in rows}))
    versions = sorted({version for row in rows for version in row["versions"]})
    return "\n".join([_HEAD, *lines, f"Run on {days} with {', '.join(versions)}.", ""])
