"""What became of a file that was taken in, and how far the taking in is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.migration import MigrationLine
from desktop.model.catalogue import message
from desktop.model.finding import Finding
from desktop.workspace.intake.converting import CONVERTIBLE

Progress = Callable[[int, int, str], bool]
"""Called with how many are done, how many there are and a name; returns False to cancel."""


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
