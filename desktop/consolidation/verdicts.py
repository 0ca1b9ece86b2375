"""The verdict on one file that has just arrived."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.consolidation.received import Decision, DecisionKind, Received
from desktop.model.plan import Plan


class FileVerdictKind(StrEnum):
    """How a file ended: none is skipped silently."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    SUPERSEDED = "superseded"
    REJECTED = "rejected"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """A file's verdict; `code` and `params` are those of a message in the catalogue."""

    kind: FileVerdictKind
    code: str
    params: Mapping[str, str] = field(default_factory=dict, hash=False)


def verdict_for(
    new: Received,
    received: Iterable[Received],
    decisions: Iterable[Decision],
    plan: Plan,
    *,
    known_versions: Collection[str] = (),
) -> FileVerdict:
    """What becomes of `new`, given what was there before it.

    Rejected: another plan, a unit or period the plan doesn't know, errors sent without a reason. Conflict: a
    person decides (same revision twice, unknown plan version, a unit that didn't exist, errors to be let
    pass). `known_versions` are versions of the plan, beside its own, that the workspace can read.
    """
    refusal = _refusal(new, plan)
    if refusal:
        return _verdict(FileVerdictKind.REJECTED, refusal, new, plan)
    there = [c for c in received if c.unit == new.unit and c.period == new.period]
    if any(content.digest == new.digest for content in there):
        return _verdict(FileVerdictKind.DUPLICATE, "consolidation.duplicate", new, plan)
    if new.blocking:
        return _verdict(FileVerdictKind.REJECTED, "consolidation.blocking_errors", new, plan)
    question = _question(new, there, tuple(decisions), plan, known_versions)
    if question:
        return _verdict(FileVerdictKind.CONFLICT, question, new, plan)
    newest = max((content.revision for content in there), default=0)
    if newest > new.revision:
        return _verdict(
            FileVerdictKind.SUPERSEDED, "consolidation.older_revision", new, plan, newest=str(newest)
        )
    return _verdict(FileVerdictKind.ACCEPTED, _welcome(new, there), new, plan, newest=str(newest))


def _refusal(new: Received, plan: Plan) -> str:
    if new.plan != plan.id:
        return "consolidation.other_plan"
    if not plan.has_unit(new.unit) or new.unit == plan.district.id:
        return "consolidation.unknown_unit"
    if not plan.asks(new.period):
        return "consolidation.wrong_period"
    return ""


def _question(
    new: Received,
    there: list[Received],
    decisions: tuple[Decision, ...],
    plan: Plan,
    known_versions: Collection[str],
) -> str:
    if new.plan_version != plan.version and new.plan_version not in known_versions:
        return "consolidation.unknown_plan_version"
    if not plan.unit(new.unit).exists_on(new.period.end):
        return "consolidation.unit_not_valid"
    out = (DecisionKind.REJECT, DecisionKind.SET_ASIDE)
    sent_back = {d.digest for d in decisions if d.kind in out and not d.undone}
    newest = max((content.revision for content in there), default=0)
    rivals = [c for c in there if c.revision == new.revision and c.digest not in sent_back]
    if rivals and newest == new.revision:
        return "consolidation.same_revision"
    return "consolidation.needs_release" if new.forced else ""


def _welcome(new: Received, there: list[Received]) -> str:
    known = {name for content in there for name in content.names}
    if (new.revision > 1 or new.parent is not None) and new.parent not in known:
        return "consolidation.parent_missing"
    if any(content.revision < new.revision for content in there):
        return "consolidation.supersedes"
    return "consolidation.edited_outside" if new.digest != new.claimed_digest else "consolidation.accepted"


def _verdict(kind: FileVerdictKind, code: str, new: Received, plan: Plan, **more: str) -> FileVerdict:
    params = {
        "unit": plan.unit(new.unit).short_name if plan.has_unit(new.unit) else new.unit,
        "period": new.period.label,
        "revision": str(new.revision),
        "codes": "、".join(new.blocking or new.forced),
        "plan": new.plan,
        "expected_plan": plan.name,
        "version": new.plan_version,
    }
    return FileVerdict(kind, code, params | more)
