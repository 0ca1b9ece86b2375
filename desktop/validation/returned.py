"""Comments of the office on a report that was sent back: pinned until the place is changed or answered."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.model.canonical import canonical_text, digest
from desktop.model.content import explanation_to_json, figure_to_json, item_to_json
from desktop.model.finding import Finding, Severity, item_number
from desktop.model.office_word import ReturnComment
from desktop.model.submission import Explanation, ItemReport, Section
from desktop.values import dataclass

COMMENT = "return.comment"
_DONE, _EXPLANATION, _WHOLE = "return.done", "return.explanation", "return.whole"


@dataclass(frozen=True, slots=True)
class PinnedComment:
    """One comment with its place in the notices, and what stood there when the report was sent back.

    `was` is the text that `content_at` gave then; empty where nothing stood there.
    """

    comment: ReturnComment
    name: str
    was: str
    office: str = ""


def content_at(section: Section, comment: ReturnComment) -> str:
    """What stands at a comment's place, as one text that changes with it; empty for the report as a whole."""
    if comment.finding:
        found = next((e for e in section.explanations if e.finding == comment.finding), None)
        return _words(found) if found else ""
    number = item_number(comment.address)
    if number is not None:
        return canonical_text(item_to_json(section.items.get(number, ItemReport())))
    return canonical_text(figure_to_json(section.figure(comment.address))) if comment.address else ""


def comment_findings(section: Section, pinned: tuple[PinnedComment, ...]) -> Iterator[Finding]:
    """A finding for each comment: to be answered, or done because its place was changed meanwhile."""
    for pin in pinned:
        comment = pin.comment
        now = content_at(section, comment)
        if not comment.address and not comment.finding:
            code, severity = _WHOLE, Severity.NOTICE
        elif now != pin.was:
            code, severity = _DONE, Severity.NOTICE
        else:
            code = _EXPLANATION if comment.finding else COMMENT
            severity = Severity.WARNING
        yield Finding(
            code,
            severity,
            section.unit,
            str(section.period),
            comment.address,
            pin.name,
            {"said": comment.text, "office": pin.office or "汇总单位"},
            digest(now),
        )


def _words(explanation: Explanation) -> str:
    """Reason and text: an explanation that is only dated anew is the same one."""
    data = explanation_to_json(explanation)
    return canonical_text({"reason": data["reason"], "text": data["text"]})
