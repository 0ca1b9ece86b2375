"""What findings and explanations mean together: what blocks, what is unexplained, what is void."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from desktop.model.explaining import REMARK
from desktop.model.finding import Finding, Severity
from desktop.model.plan import Plan
from desktop.model.submission import Explanation
from desktop.validation.wording import address_name, letters, quoted, refusal
from desktop.values import dataclass

_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)
_TELLING = (
    "return.",
    "value.unit_slip",
    "flow.fell",
    "stock.fell",
    "value.outlier",
    "value.jump",
    "issued.changed",
    "issued.disputed",
    "range.above",
    "range.below",
    "list.no_rows",
    "list.duplicate",
    "list.credit_code",
    "item.",
)
"""Codes from the most telling down: the office's words, slips of the pen, changes, oddities."""
_NAMED = 5
"""Figures named one by one where the same text was pasted."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The state of a section before submission.

    `blocking`: errors that no forced explanation (带错上报) carries; `forced`: errors sent along;
    `unexplained` and `explained`: warnings; `answers`: the explanations that count; `void`: those whose
    figures changed or whose finding is gone; `refused`: findings (explanation.*) about texts that don't
    count, each with the address and, as qualifier, the key of the finding it tried to answer; `repeated`:
    notices (explanation.repeated) of the same text under different causes, the qualifier is the key of the
    first finding answered with it.
    """

    blocking: tuple[Finding, ...] = ()
    forced: tuple[Finding, ...] = ()
    unexplained: tuple[Finding, ...] = ()
    explained: tuple[Finding, ...] = ()
    answers: tuple[Explanation, ...] = ()
    void: tuple[Explanation, ...] = ()
    refused: tuple[Finding, ...] = ()
    repeated: tuple[Finding, ...] = ()

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
    answers: list[Explanation] = []
    void: list[Explanation] = []
    refused: list[Finding] = []
    for explanation in explanations:
        finding = by_key.get(explanation.finding)
        if finding is None or finding.figures != explanation.figures:
            void.append(explanation)
        elif fault := refusal(finding, explanation.reason, explanation.text, plan.explanations):
            refused.append(fault)
        else:
            answers.append(explanation)
    answered = {explanation.finding for explanation in answers}
    sent_along = {explanation.finding for explanation in answers if explanation.forced}
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    warnings = [finding for finding in found if finding.severity is Severity.WARNING]
    return Assessment(
        blocking=tuple(error for error in errors if error.key not in sent_along),
        forced=tuple(error for error in errors if error.key in sent_along),
        unexplained=tuple(warning for warning in warnings if warning.key not in answered),
        explained=tuple(warning for warning in warnings if warning.key in answered),
        answers=tuple(answers),
        void=tuple(void),
        refused=tuple(refused),
        repeated=tuple(_repeated(group, by_key, plan) for group in pasted(answers)),
    )


def answers_beside(explanations: Iterable[Explanation], findings: Iterable[Finding]) -> list[Explanation]:
    """Explanations from a file: one that a person wrote into the sheet explains the figures beside it.

    A remark beside a figure answers the findings there that nothing else answers; without any it stays alone.
    """
    found = {finding.key: finding for finding in findings}
    given = tuple(explanations)
    remarks = {e.finding: e for e in given if e.finding.startswith(f"{REMARK}@")}
    answered = {explanation.finding for explanation in given}
    answers = []
    used = set()
    for key, finding in found.items():
        remark = remarks.get(f"{REMARK}@{finding.address}")
        if remark is not None and key not in answered and finding.severity is not Severity.NOTICE:
            used.add(remark.finding)
            answers.append(replace(remark, finding=key, figures=finding.figures, cause=remark.finding))
    written = [explanation for explanation in given if explanation.finding not in used]
    return [*(_dated(explanation, found) for explanation in written), *answers]


def _dated(explanation: Explanation, found: Mapping[str, Finding]) -> Explanation:
    """An explanation with the figures that it explains, if the file doesn't say."""
    finding = found.get(explanation.finding)
    return (
        explanation if explanation.figures or not finding else replace(explanation, figures=finding.figures)
    )


def pasted(explanations: Iterable[Explanation]) -> tuple[tuple[Explanation, ...], ...]:
    """Explanations of the same text, spaces and punctuation aside, that don't all share one cause."""
    by_text: dict[str, list[Explanation]] = {}
    for explanation in explanations:
        by_text.setdefault(letters(explanation.text), []).append(explanation)
    return tuple(tuple(group) for group in by_text.values() if len({e.cause or e.finding for e in group}) > 1)


def _repeated(group: Sequence[Explanation], by_key: dict[str, Finding], plan: Plan) -> Finding:
    first = by_key[group[0].finding]
    names = list(dict.fromkeys(address_name(by_key[e.finding].address, plan) for e in group))
    more = f"等{len(names)}项" if len(names) > _NAMED else ""
    params = {"names": "、".join(names[:_NAMED]) + more, "said": quoted(group[0].text)}
    return Finding(
        "explanation.repeated", Severity.NOTICE, first.unit, first.period, first.address, first.key, params
    )


def _weight(finding: Finding) -> int:
    if finding.severity is not Severity.WARNING:
        return 0
    matching = (place for place, code in enumerate(_TELLING) if finding.code.startswith(code))
    return next(matching, len(_TELLING))
