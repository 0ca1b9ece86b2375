"""What findings and explanations mean together: what blocks, what is unexplained, what is void."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.model.explaining import ExplanationPolicy
from desktop.model.finding import Finding, Severity
from desktop.model.plan import Plan
from desktop.model.submission import Explanation

_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)
_TELLING = (
    "value.unit_slip",
    "flow.fell",
    "stock.fell",
    "issued.changed",
    "issued.disputed",
    "range.above",
    "range.below",
    "list.no_rows",
    "list.duplicate",
    "list.credit_code",
    "item.",
)
"""Codes from the most telling down: slips of the pen before changes, changes before oddities."""
_LEAST_LETTERS = 3
"""Different characters that a text needs to say anything."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The state of a section before submission.

    `blocking`: errors that no forced explanation (带错上报) carries; `forced`: errors sent along;
    `unexplained` and `explained`: warnings; `void`: explanations whose figures changed or whose finding is
    gone; `refused`: findings (explanation.*) about explanations that don't count, each with the address and,
    as qualifier, the key of the finding it tried to answer.
    """

    blocking: tuple[Finding, ...] = ()
    forced: tuple[Finding, ...] = ()
    unexplained: tuple[Finding, ...] = ()
    explained: tuple[Finding, ...] = ()
    void: tuple[Explanation, ...] = ()
    refused: tuple[Finding, ...] = ()

    @property
    def may_submit(self) -> bool:
        """Whether nothing stands against submission."""
        return not self.blocking and not self.unexplained


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors first, then warnings, the most telling first, then notices; otherwise in their order."""
    return tuple(sorted(findings, key=lambda found: (_SEVERITIES.index(found.severity), _weight(found))))


def open_findings(findings: Iterable[Finding], explanations: Iterable[Explanation], plan: Plan) -> Assessment:
    """Weigh findings against explanations.

    An explanation counts for the finding of its key while the figures are those it explains, if its reason is
    one of the plan's and its text says something. Errors need one that is `forced`.
    """
    found = ranked(findings)
    by_key = {finding.key: finding for finding in found if finding.severity is not Severity.NOTICE}
    answered: set[str] = set()
    sent_along: set[str] = set()
    void: list[Explanation] = []
    refused: list[Finding] = []
    for explanation in explanations:
        finding = by_key.get(explanation.finding)
        if finding is None or finding.figures != explanation.figures:
            void.append(explanation)
        elif (code := _refusal(explanation, plan.explanations)) is not None:
            refused.append(_refused(finding, code, plan.explanations))
        else:
            answered.add(finding.key)
            if explanation.forced:
                sent_along.add(finding.key)
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    warnings = [finding for finding in found if finding.severity is Severity.WARNING]
    return Assessment(
        blocking=tuple(error for error in errors if error.key not in sent_along),
        forced=tuple(error for error in errors if error.key in sent_along),
        unexplained=tuple(warning for warning in warnings if warning.key not in answered),
        explained=tuple(warning for warning in warnings if warning.key in answered),
        void=tuple(void),
        refused=tuple(refused),
    )


def _weight(finding: Finding) -> int:
    if finding.severity is not Severity.WARNING:
        return 0
    matching = (place for place, code in enumerate(_TELLING) if finding.code.startswith(code))
    return next(matching, len(_TELLING))


def _refusal(explanation: Explanation, policy: ExplanationPolicy) -> str | None:
    """Why an explanation doesn't count, None if it does."""
    if policy.reasons and explanation.reason not in policy.reasons:
        return "explanation.no_reason"
    said = _letters(explanation.text)
    left = said
    for phrase in sorted(map(_letters, policy.empty_phrases), key=len, reverse=True):
        left = left.replace(phrase, "") if phrase else left
    if said and (len(left) < 2 or len(set(said)) < _LEAST_LETTERS):
        return "explanation.empty_phrase"
    return "explanation.too_short" if len(said) < policy.least_length else None


def _letters(text: str) -> str:
    """A text without spaces, punctuation and signs."""
    return "".join(c for c in text if unicodedata.category(c)[0] in "LN")


def _refused(finding: Finding, code: str, policy: ExplanationPolicy) -> Finding:
    params = {"length": str(policy.least_length)}
    return Finding(code, Severity.WARNING, finding.unit, finding.period, finding.address, finding.key, params)
