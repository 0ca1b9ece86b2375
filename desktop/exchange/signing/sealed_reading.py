"""Reading an untouched file: its seal verifies with a known key, so its content is taken without a parser."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from desktop.exchange.format.filereading import ContentState, FileKind, FileReading, SignatureState
from desktop.exchange.parsing.safety import plainly_packed
from desktop.exchange.signing.seal import SEAL_PART, read_seal
from desktop.exchange.signing.signatures import signer
from desktop.exchange.signing.suitable import suitable_plan
from desktop.exchange.signing.trust import Trusted
from desktop.model.content import canonical_content, submission_from_json
from desktop.model.plan import Plan
from desktop.model.submission import Submission


def read_sealed(content: bytes, name: str, plans: Sequence[Plan], trusted: Trusted) -> FileReading | None:
    """The reading of a file whose seal holds with a known key of its unit; None for any other file.

    Raises Refused for what no route takes.
    """
    parts = plainly_packed(content, name, only_with=SEAL_PART)
    # whatever a stranger's content says, it isn't looked at
    seal = read_seal(parts, trusted.knows) if parts is not None else None
    if seal is None:
        return None
    submission = _content(seal.content)
    if submission is None or trusted.of_key(seal.signature, submission.unit) is not SignatureState.VALID:
        return None
    plan, findings = suitable_plan(submission, plans)
    canonical = canonical_content(submission)
    return FileReading(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        kind=FileKind.SUBMISSION,
        content=ContentState.INTACT,
        signature=SignatureState.VALID,
        submission=submission,
        claimed_digest=canonical.digest,
        digest=canonical.digest,
        findings=(*findings, *trusted.section_findings(plan, submission, own=False)),
        signer=signer(seal.signature),
        sealed=True,
        canonical=canonical,
    )


def _content(text: str) -> Submission | None:
    """The submission of canonical content, None if the text is anything else."""
    try:
        return submission_from_json(json.loads(text, parse_float=_refuse))
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return None


def _refuse(text: str) -> float:
    raise ValueError(f"not an exact figure: {text}")
