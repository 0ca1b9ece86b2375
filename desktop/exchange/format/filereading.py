"""What reading a file gives: a value for every file, whatever it is. None is skipped and none raises."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.errors import InputError
from desktop.model.catalogue import text
from desktop.model.content import CanonicalContent
from desktop.model.finding import Finding
from desktop.model.roster import PublicKey
from desktop.model.submission import Signature, Submission


class FileKind(StrEnum):
    """What a file is. A template is taken like a submission; what differs from the blank was filled in."""

    SUBMISSION = "submission"
    TEMPLATE = "template"
    UNKNOWN = "unknown"


class ContentState(StrEnum):
    """How the visible cells stand to the manifest; refused files have no content."""

    INTACT = "intact"
    EDITED = "edited"
    NO_MANIFEST = "no_manifest"
    REFUSED = "refused"


class SignatureState(StrEnum):
    """What the signature proves; without one a file is taken without fuss."""

    NONE = "none"
    VALID = "valid"
    UNKNOWN_KEY = "unknown_key"
    CHANGED_KEY = "changed_key"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class EditedCell:
    """One content cell that differs from the manifest.

    `element` is an element id, `item/12`, the key of an explained finding, or `sign_off`; `aspect` names the
    column where it isn't the figure itself. `was` and `now` are texts as people see them. `cell` is empty
    where the row or column is gone.
    """

    element: str
    unit: str
    was: str
    now: str
    sheet: str
    cell: str
    aspect: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file isn't read; the catalogue's text under `code` ends with what to do about it."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def message(self) -> str:
        """The sentence for people."""
        return text(self.code, self.params)

    def fault(self) -> InputError:
        """The same as an exception, for a file that was asked for by itself."""
        return InputError(self.code, self.message)


@dataclass(frozen=True, slots=True)
class FileReading:
    """What one file says.

    `submission` is what the visible cells say (the truth) and `digest` its content digest; `claimed_digest`
    is the one the file states for itself, under which later revisions name it as parent. `sha256` is of the
    file's bytes, empty where they weren't read. `refusal` is set exactly when the content is refused.
    `signer` is the key that signed, known or not; `certificate` is what a changed one brings, an earlier
    key's word for it. `sealed`: the file is as its unit's program wrote it, byte for byte, and no spreadsheet
    parser looked at it. `received`: when the mail that brought it arrived. `canonical` is the canonical
    content of `submission` where the reading made it anyhow; it doesn't travel from worker to supervisor.
    """

    name: str
    sha256: str
    size: int
    kind: FileKind
    content: ContentState
    signature: SignatureState = SignatureState.NONE
    submission: Submission | None = None
    claimed_digest: str = ""
    digest: str = ""
    edited_cells: tuple[EditedCell, ...] = ()
    findings: tuple[Finding, ...] = ()
    refusal: Refusal | None = None
    signer: PublicKey | None = None
    certificate: Signature = field(default_factory=Signature)
    sealed: bool = False
    received: datetime.datetime | None = None
    canonical: CanonicalContent | None = field(default=None, compare=False, repr=False)

    @property
    def reason(self) -> str:
        """The code of the refusal, or empty."""
        return self.refusal.code if self.refusal else ""


def refused(name: str, sha256: str, size: int, refusal: Refusal) -> FileReading:
    """The reading of a file that isn't taken."""
    return FileReading(name, sha256, size, FileKind.UNKNOWN, ContentState.REFUSED, refusal=refusal)
