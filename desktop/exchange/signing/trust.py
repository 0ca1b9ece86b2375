"""What a signature proves: the state of a file's signature under the roster at hand."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from desktop.exchange.format.filereading import SignatureState
from desktop.exchange.signing.signatures import Purpose, section_verifies, signer, verifies
from desktop.model.finding import Finding, Severity
from desktop.model.plan import Plan
from desktop.model.roster import Roster, Trust
from desktop.model.submission import Signature, Submission

STATES = {
    Trust.CONFIRMED: SignatureState.VALID,
    Trust.SEEN: SignatureState.VALID,
    Trust.CHANGED: SignatureState.CHANGED_KEY,
    Trust.UNKNOWN: SignatureState.UNKNOWN_KEY,
}
"""What a signature that verifies is, by what the roster says of its key."""

SECTION_FINDINGS = ("exchange.section_invalid", "exchange.section_changed_key")
"""The codes of what may be wrong with a section's own signature."""


@dataclass(frozen=True, slots=True)
class Trusted:
    """The roster, and the day on which files are judged by it."""

    roster: Roster = field(default_factory=Roster)
    day: datetime.date = field(default=datetime.date.max)

    def state(self, signature: Signature, purpose: Purpose, digest: str, unit: str) -> SignatureState:
        """What a signature of a unit over a digest proves."""
        if not signature.value:
            return SignatureState.NONE
        return (
            self.of_key(signature, unit) if verifies(signature, purpose, digest) else SignatureState.INVALID
        )

    def section_findings(self, plan: Plan, submission: Submission, *, own: bool) -> list[Finding]:
        """What is wrong with the signatures of the units under their sections.

        The submitting unit's is looked at if `own` says so: usually the file's own signature speaks for it.
        """
        findings = []
        for section in submission.sections:
            if not section.signature.value or (section.unit == submission.unit and not own):
                continue
            holds = section_verifies(submission.plan, section)
            state = self.of_key(section.signature, section.unit) if holds else SignatureState.INVALID
            if state in (SignatureState.INVALID, SignatureState.CHANGED_KEY):
                name = plan.unit(section.unit).short_name
                code = f"exchange.section_{state.value}"
                findings.append(Finding(code, Severity.WARNING, section.unit, params={"unit": name}))
        return findings

    def knows(self, signature: Signature) -> bool:
        """Whether the key of a signature stands in the roster at all."""
        return self.roster.lists(signer(signature))

    def of_key(self, signature: Signature, unit: str) -> SignatureState:
        """What the key of a signature that verifies is worth for a unit."""
        return STATES[self.roster.trust(unit, signer(signature), self.day)]
