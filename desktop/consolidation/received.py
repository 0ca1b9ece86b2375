"""Contents that came in and decisions taken about them; neither has an order beyond what stands in it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from desktop.model.period import Period


@dataclass(frozen=True, slots=True)
class Received:
    """One content that came in, as the store keeps it.

    `digest` is that of the content as read, `claimed_digest` what its manifest says: they differ in a file
    edited outside. `blocking` are codes of error findings sent without a reason, `forced` those sent along
    with one (带错上报). `sections` are unit id and section digest of every section inside; empty stands for
    the unit's own alone.
    """

    digest: str
    claimed_digest: str
    plan: str
    plan_version: str
    unit: str
    period: Period
    revision: int
    parent: str | None
    received_at: datetime.datetime
    content_state: str = "intact"
    blocking: tuple[str, ...] = ()
    forced: tuple[str, ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    file: str = ""

    @property
    def names(self) -> frozenset[str]:
        """The digests by which a later revision may call this one its parent."""
        return frozenset((self.digest, self.claimed_digest))


class DecisionKind(StrEnum):
    """接收 (of a conflict's contents), 退回, and 放行 of one error that was sent along with a reason."""

    ACCEPT = "accept"
    REJECT = "reject"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about one content; the highest `sequence` that isn't undone holds.

    `rule` is the code of the error that a release lets pass.
    """

    unit: str
    period: Period
    kind: DecisionKind
    digest: str
    sequence: int
    rule: str = ""
    undone: bool = False


class Decided:
    """The decisions about one unit's contents that hold."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._mine = sorted(decisions, key=lambda d: (d.sequence, d.kind.value, d.digest, d.rule))

    def about(self, content: Received) -> DecisionKind | None:
        """Whether the content was taken or sent back, if anyone said."""
        last = [
            d.kind for d in self._mine if d.digest == content.digest and d.kind is not DecisionKind.RELEASE
        ]
        return last[-1] if last else None

    def released(self, content: Received) -> frozenset[str]:
        """Codes of the errors let pass."""
        kinds = (DecisionKind.RELEASE,)
        return frozenset(d.rule for d in self._mine if d.digest == content.digest and d.kind in kinds)

    def chosen(self, rivals: tuple[Received, ...]) -> Received | None:
        """The one of several contents that stands: the last taken, or the only one not sent back."""
        by_digest = {content.digest: content for content in rivals}
        taken = [
            by_digest[d.digest] for d in self._mine if d.kind is DecisionKind.ACCEPT and d.digest in by_digest
        ]
        standing = [content for content in taken if self.about(content) is DecisionKind.ACCEPT]
        if standing:
            return standing[-1]
        left = [content for content in rivals if self.about(content) is not DecisionKind.REJECT]
        return left[0] if len(left) == 1 else None


def distinct(contents: Iterable[Received]) -> tuple[Received, ...]:
    """One of each digest, the one that came first; ordered by revision."""
    first: dict[str, Received] = {}
    for content in sorted(contents, key=arrival):
        first.setdefault(content.digest, content)
    return tuple(sorted(first.values(), key=lambda content: (content.revision, content.digest)))


def arrival(content: Received) -> tuple[object, ...]:
    """By time of receipt; the rest only so that equal times never leave the order to chance."""
    return (
        content.received_at,
        content.digest,
        content.claimed_digest,
        content.file,
        content.content_state,
        content.revision,
        content.parent or "",
        content.plan_version,
        content.blocking,
        content.forced,
        content.sections,
    )
