"""What the use cases return: plain values for the window and the command line."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from desktop.consolidation import BOARD_LABELS, BoardState
from desktop.definition.proving import Proof
from desktop.migration import MigrationLine
from desktop.model.canonical import short_digest
from desktop.model.catalogue import message
from desktop.model.decimals import canonical
from desktop.model.finding import Finding
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import KIND_LABELS, SubmissionKind
from desktop.model.unit import Unit
from desktop.workspace.intake.converting import CONVERTIBLE
from desktop.workspace.review.stamped_paper import StampedPaper

Progress = Callable[[int, int, str], bool]
"""Called with how many are done, how many there are and a name; returns False to cancel."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """A revision that was handed in: its file, number, content digest and, if asked for, the e-mail draft.

    `fingerprint` is of the key that signed it, empty where this computer has none. `as_reviewed` says that
    it has the check code printed for the leader, None where nothing was sent for review.
    """

    path: Path
    revision: int
    digest: str
    mail: Path | None = None
    fingerprint: str = ""
    kind: SubmissionKind = SubmissionKind.REGULAR
    as_reviewed: bool | None = None

    @property
    def check_code(self) -> str:
        """The short digest that stands on the paper."""
        return short_digest(self.digest)


@dataclass(frozen=True, slots=True)
class Filled:
    """What `fill` changed; `trouble` says whether some text couldn't be read."""

    changed: tuple[str, ...]
    notes: tuple[Finding, ...]
    trouble: bool


@dataclass(frozen=True, slots=True)
class EditedCellView:
    """A cell changed outside the program, with the old and the new figure."""

    unit: str
    element: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """One file that was taken in, with its verdict.

    `verdict` is accepted, duplicate, superseded, rejected or conflict; `code` is stable, `reason` the
    Chinese sentence
    with its remedy. `unit` and `period` are empty where the file doesn't say. `questioned` marks an accepted
    file in which something needs a person.
    """

    path: str
    verdict: str
    unit: str = ""
    period: str = ""
    revision: int | None = None
    code: str = ""
    reason: str = ""
    content: str = ""
    signature: str = ""
    edited: tuple[EditedCellView, ...] = ()
    questioned: bool = False
    digest: str = ""
    converter: str = ""
    """The program that converted the file, or could convert it if that is why it was rejected."""
    kind: str = ""
    """What the file is: a submission, or a template that was filled in by hand."""
    fingerprint: str = ""
    said: tuple[str, ...] = ()
    """Sentences on the signatures, where there is something to say."""
    findings: tuple[Finding, ...] = ()
    """How cells were read that don't speak for themselves: guesses, notes, merged or struck-out cells."""
    migration: tuple[MigrationLine, ...] = ()
    """What became of a content of an older plan version, as far as it isn't simply kept."""

    @property
    def noticed(self) -> tuple[str, ...]:
        """What is to be said of cells, in sentences, each once and none that the signatures say already."""
        sentences = dict.fromkeys(message(finding) for finding in self.findings)
        return tuple(sentence for sentence in sentences if sentence not in self.said)

    @property
    def convertible(self) -> bool:
        """Whether the file may be tried again with `convert`."""
        return bool(self.converter) and self.code == CONVERTIBLE

    def as_data(self) -> dict[str, object]:
        """As JSON."""
        return {
            "path": self.path,
            "kind": self.kind,
            "converter": self.converter,
            "verdict": self.verdict,
            "unit": self.unit,
            "period": self.period,
            "revision": self.revision,
            "code": self.code,
            "reason": self.reason,
            "content": self.content,
            "signature": self.signature,
            "fingerprint": self.fingerprint,
            "remarks": list(self.said),
            "edited_cells": [
                {"unit": c.unit, "element": c.element, "was": c.was, "now": c.now} for c in self.edited
            ],
            "migration": [line.as_data() for line in self.migration],
            "findings": [
                {
                    "code": finding.code,
                    "severity": finding.severity.value,
                    "unit": finding.unit,
                    "element": finding.address,
                    "where": finding.params.get("where", ""),
                    "message": message(finding),
                }
                for finding in self.findings
            ],
        }


@dataclass(frozen=True, slots=True)
class InspectedFile:
    """What a travelling file is; `exit_status` 0 intact or a filled template, 1 edited, 2 refused.

    It is 1 too where a person must look at the signatures; `said` are sentences on those of sections inside.
    """

    path: str
    kind: str
    content: str
    signature: str
    unit: str
    period: str
    revision: int | None
    digest: str
    edited: tuple[EditedCellView, ...]
    code: str
    reason: str
    fingerprint: str = ""
    said: tuple[str, ...] = ()

    @property
    def exit_status(self) -> int:
        """The command line's exit status."""
        doubtful = self.signature in ("invalid", "changed_key") or bool(self.said)
        if doubtful and self.content != "refused":
            return 1
        if self.content == "edited" and self.kind == "template":
            return 0
        return {"intact": 0, "edited": 1, "no_manifest": 1}.get(self.content, 2)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit on the board: its state for a period and the newest revision received.

    `digest` names the newest content, `choices` the contents between which a person has to decide,
    `accepted` what counts, `via` the unit in whose file it came if not its own. `deadline` is the last day,
    `extended` if that was granted to it alone.
    """

    unit: Unit
    state: BoardState
    revision: int | None
    digest: str = ""
    file: str = ""
    remarks: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    on_time: bool | None = None
    accepted: str = ""
    via: str = ""
    deadline: datetime.date | None = None
    extended: bool = False
    waiting: int = 0
    """How many explanations nobody has looked at."""
    kind: SubmissionKind = SubmissionKind.REGULAR
    kind_label: str = ""
    """补报 or 第1号更正单, as its sender took the newest content for; empty for a regular report."""
    paper: StampedPaper | None = None
    """Where its stamped sheet is; None where none is to come."""

    @property
    def paper_label(self) -> str:
        """Where the stamped sheet is: 未收, 相符, 不符; empty where none is to come."""
        return self.paper.beside(self.revision) if self.paper is not None else ""

    @property
    def label(self) -> str:
        """The state in Chinese; where the last day was moved and nothing came yet, that too."""
        open_ = self.state in (BoardState.MISSING, BoardState.OVERDUE)
        return BOARD_LABELS[self.state] + ("（已延期）" if self.extended and open_ else "")


@dataclass(frozen=True, slots=True)
class Board:
    """All units due in a period by state, and the last day on which they report, by kind of unit."""

    period: Period
    rows: tuple[BoardRow, ...]
    deadlines: Mapping[str, datetime.date]

    def count(self, state: BoardState) -> int:
        """How many units are in a state."""
        return sum(1 for row in self.rows if row.state == state)

    def next_deadline(self, today: datetime.date) -> datetime.date | None:
        """The next last day on which somebody still has to report; None where nobody has."""
        missing = (BoardState.MISSING, BoardState.OVERDUE)
        days = [row.deadline for row in self.rows if row.state in missing and row.deadline]
        return min((day for day in days if day >= today), default=None)

    @property
    def kinds(self) -> str:
        """How many of the reports are 补报 and 更正单, in words; empty where all are regular."""
        found = [row.kind for row in self.rows]
        said = [
            f"{label} {found.count(kind)}" for kind, label in KIND_LABELS.items() if label and kind in found
        ]
        return f"其中 {'，'.join(said)}" if said else ""

    def counts(self) -> tuple[tuple[BoardState, str, int], ...]:
        """States that occur, with label and count, in the board's order."""
        return tuple((s, label, self.count(s)) for s, label in BOARD_LABELS.items() if self.count(s))


@dataclass(frozen=True, slots=True)
class IndicatorTotal:
    """One indicator's district figure as exported; `value` is unrounded, None where withheld or
    without data.
    """

    number: int
    indicator: str
    name: str
    unit: str
    value: Decimal | None
    shown: str
    verdict: str
    units_reporting: int
    units_expected: int

    def as_data(self) -> dict[str, object]:
        """As JSON; the value as canonical text."""
        return {
            "number": self.number,
            "indicator": self.indicator,
            "name": self.name,
            "unit": self.unit,
            "value": None if self.value is None else canonical(self.value),
            "shown": self.shown,
            "verdict": self.verdict,
            "units_reporting": self.units_reporting,
            "units_expected": self.units_expected,
        }


@dataclass(frozen=True, slots=True)
class Exported:
    """A merged workbook that was written; `number` counts the exports of its period."""

    path: Path
    totals: tuple[IndicatorTotal, ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class CheckedPlan:
    """A plan (None if it can't be read) with what is wrong in it."""

    plan: Plan | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ProvedPlan:
    """A plan (None if it can't be read) with what is wrong in it and the proofs that its rules are alive.

    A plan with errors has no proofs.
    """

    plan: Plan | None
    findings: tuple[Finding, ...]
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedPlan:
    """A plan folder that was written (None if the workbook has errors) and what was found."""

    path: Path | None
    findings: tuple[Finding, ...]
