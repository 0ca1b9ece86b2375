"""Whether the text of an explanation says anything; if not, the sentence that says what to write."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from desktop.model.catalogue import message
from desktop.model.explaining import ExplanationPolicy
from desktop.model.finding import Finding, Severity
from desktop.model.plan import Plan

_LEAST_LETTERS = 3
"""Different characters that must be left beside empty phrases for a text to say anything."""
_SAID = 24
"""Characters of a text that a sentence about it quotes."""
_REASONS_NAMED = 4
_ITEM = "item/"
_HINT = "什么变了、为什么变、涉及多少"


def refusal(finding: Finding, reason: str, text: str, policy: ExplanationPolicy) -> Finding | None:
    """Why an explanation of a finding would not count; None if its reason is the plan's and its text tells.

    The result has the finding's address and, as qualifier, its key.
    """
    code, said = _fault(finding, reason, text, policy)
    if not code:
        return None
    return Finding(
        code,
        Severity.WARNING,
        finding.unit,
        finding.period,
        finding.address,
        finding.key,
        {
            "said": quoted(said),
            "length": str(policy.least_length),
            "missing": str(max(policy.least_length - len(letters(text)), 0)),
            "hint": hint(reason, policy),
            "reasons": _some(policy.reasons.values()),
        },
    )


def hint(reason: str, policy: ExplanationPolicy) -> str:
    """What to write for a reason, without a full stop."""
    return policy.hints.get(reason, "").strip().rstrip("。；，.") or _HINT


def letters(text: str) -> str:
    """A text without spaces, punctuation and signs, full-width and capital letters made plain."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in plain if unicodedata.category(c)[0] in "LN")


def quoted(text: str) -> str:
    """A text as a sentence quotes it: one line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= _SAID else line[: _SAID - 1] + "…"


def address_name(address: str, plan: Plan) -> str:
    """An element's name, or an item's number, in a sentence."""
    if plan.has_element(address):
        return plan.element(address).name
    return f"第{address.removeprefix(_ITEM)}项任务" if address.startswith(_ITEM) else address


def _fault(finding: Finding, reason: str, text: str, policy: ExplanationPolicy) -> tuple[str, str]:
    """The code of what is wrong and the words it is about; blank if nothing is."""
    if policy.reasons and reason not in policy.reasons:
        return "explanation.no_reason", ""
    said = letters(text)
    if not said:
        return "explanation.too_short", ""
    if _says_nothing(said, policy):
        return "explanation.empty_phrase", text
    if _repeats_reason(said, policy):
        return "explanation.repeats_reason", policy.reasons[reason]
    if _only_figures(said, finding):
        return "explanation.repeats_figures", text
    if _repeats_finding(said, finding, policy):
        return "explanation.repeats_finding", text
    return ("explanation.too_short", text) if len(said) < policy.least_length else ("", "")


def _says_nothing(said: str, policy: ExplanationPolicy) -> bool:
    left = _beside(said, policy.empty_phrases)
    if len(set(left)) >= _LEAST_LETTERS:
        return False
    # a short beginning of a text is too short, not empty
    return left != said or len(said) >= policy.least_length


def _repeats_reason(said: str, policy: ExplanationPolicy) -> bool:
    labels = tuple(policy.reasons.values())
    if not any(letters(label) in said for label in labels):
        return False
    return len(_beside(said, (*labels, *policy.empty_phrases))) < _LEAST_LETTERS


def _only_figures(said: str, finding: Finding) -> bool:
    """Nothing beside digits, the element's name and its unit of measure."""
    named = (finding.params.get("name", ""), finding.params.get("unit", ""))
    left = "".join(c for c in _beside(said, named) if not c.isnumeric())
    return left != said and len(left) < 2


def _repeats_finding(said: str, finding: Finding, policy: ExplanationPolicy) -> bool:
    sentence = message(finding)
    plain = letters(sentence)
    if len(said) >= policy.least_length and said in plain:
        return True
    return plain in said and len(set(_beside(said, (sentence, *policy.empty_phrases)))) < _LEAST_LETTERS


def _beside(said: str, phrases: tuple[str, ...]) -> str:
    """The letters of a text that phrases don't cover, laid so that they cover as many as they can."""
    starting = _by_first_letter(phrases)
    end = len(said)
    left = [0] * (end + 1)  # letters not covered from a place on
    step = [1] * end
    for place in range(end - 1, -1, -1):
        left[place] = left[place + 1] + 1
        for phrase in starting.get(said[place], ()):
            if said.startswith(phrase, place) and left[place + len(phrase)] < left[place]:
                left[place], step[place] = left[place + len(phrase)], len(phrase)
    kept, place = [], 0
    while place < end:
        if left[place] != left[place + step[place]]:
            kept.append(said[place])
        place += step[place]
    return "".join(kept)


@lru_cache(maxsize=256)
def _by_first_letter(phrases: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for phrase in {letters(phrase) for phrase in phrases} - {""}:
        found.setdefault(phrase[0], []).append(phrase)
    return {letter: tuple(sorted(group)) for letter, group in found.items()}


def _some(labels: Iterable[str]) -> str:
    known = tuple(labels)
    return "、".join(known[:_REASONS_NAMED]) + ("等" if len(known) > _REASONS_NAMED else "")
