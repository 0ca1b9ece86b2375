"""Contents that came in and decisions taken about them; neither has an order beyond what stands in it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from desktop.model.period import Period
from desktop.model.submission import SubmissionKind


@dataclass(frozen=True, slots=True)
class Received:
    """One content that came in, as the store keeps it.

    `digest` is that of the content as read, `claimed_digest` what its manifest says: they differ in a file
    edited outside. `blocking` are codes of error findings sent without a reason, `forced` those sent along
    with one (带错上报). `sections` are unit id and section digest of every section inside; empty stands for
    the unit's own alone. `explained` are unit id and name of every explanation inside, `kind` is what the
    sender took the report for.
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
    explained: tuple[tuple[str, str], ...] = ()
    kind: SubmissionKind = SubmissionKind.REGULAR

    @property
    def names(self) -> frozenset[str]:
        """The digests by which a later revision may call this one its parent."""
        return frozenset((self.digest, self.claimed_digest))


class DecisionKind(StrEnum):
    """接收 (of a conflict's contents), 退回, 撤销接收 (as if it hadn't come), 放行 of one error that was sent
    along with a reason, and what is said of one explanation: 认可, 不予认可.
    """

    ACCEPT = "accept"
    REJECT = "reject"
    SET_ASIDE = "set_aside"
    RELEASE = "release"
    AGREE = "explanation_accepted"
    DISAGREE = "explanation_rejected"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about one content; the highest `sequence` that isn't undone holds.

    `rule` is the code of the error that a release lets pass. `losers` are the contents that were put beside
    the one taken: against one that came later nothing was decided. For an explanation `digest` is its name.
    """

    unit: str
    period: Period
    kind: DecisionKind
    digest: str
    sequence: int
    rule: str = ""
    undone: bool = False
    losers: tuple[str, ...] = ()


_ABOUT = (DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.SET_ASIDE)
_ABOUT_EXPLANATIONS = (DecisionKind.AGREE, DecisionKind.DISAGREE)


class Decided:
    """The decisions about one unit's contents that hold."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._mine = sorted(decisions, key=lambda d: (d.sequence, d.kind.value, d.digest, d.rule))

    def about(self, content: Received) -> DecisionKind | None:
        """Whether the content was taken or sent back, if anyone said."""
        last = [d.kind for d in self._mine if d.digest == content.digest and d.kind in _ABOUT]
        return last[-1] if last else None

    def disagreed(self, unit: str, content: Received) -> tuple[str, ...]:
        """The names of the explanations in a unit's section that were not agreed to."""
        said = {d.digest: d.kind for d in self._mine if d.kind in _ABOUT_EXPLANATIONS}
        mine = (name for whose, name in content.explained if whose == unit)
        return tuple(name for name in mine if said.get(name) is DecisionKind.DISAGREE)

    def released(self, content: Received) -> frozenset[str]:
        """Codes of the errors let pass."""
        kinds = (DecisionKind.RELEASE,)
        return frozenset(d.rule for d in self._mine if d.digest == content.digest and d.kind in kinds)

    def chosen(self, rivals: tuple[Received, ...]) -> Received | None:
        """The one of several contents that stands: the last taken with all others beside it, or the only
        one not sent back.
        """
        left = {c.digest: c for c in rivals if self.about(c) is not DecisionKind.REJECT}
        if len(left) == 1:
            return next(iter(left.values()))
        taken = [d for d in self._mine if d.kind is DecisionKind.ACCEPT and d.digest in left]
        if taken and {taken[-1].digest, *taken[-1].losers} >= left.keys():
            return left[taken[-1].digest]
        return None


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
        content.explained,
    )
