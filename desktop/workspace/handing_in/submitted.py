"""What was handed in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.model.canonical import short_digest
from desktop.model.submission import SubmissionKind


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
