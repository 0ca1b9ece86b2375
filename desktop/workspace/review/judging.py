"""说明审核: the consolidator agrees to each explanation, or doesn't; both are decisions with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.consolidation import DecisionKind
from desktop.errors import InputError
from desktop.model.content import explanation_name
from desktop.model.office_word import ReturnComment
from desktop.model.period import Period
from desktop.model.place_name import place_name
from desktop.model.submission import Explanation, Section
from desktop.store import Connection, decisions, inbox
from desktop.workspace.desk import Desk
from desktop.workspace.intake.examining import judged_by_rules
from desktop.workspace.intake.inbox import content_now
from desktop.workspace.review.deciding import keep_decision

AGREE, DISAGREE = DecisionKind.AGREE.value, DecisionKind.DISAGREE.value


@dataclass(frozen=True, slots=True)
class ExplanationView:
    """An explanation in what a unit sent, with the finding it answers and what was said of it.

    `verdict` is True (认可), False (不予认可) or None while it waits; `said` is the reason of that decision.
    `asked` is the finding's sentence as it was at intake, or is now; empty where our rules don't find it,
    because our history is shorter than the unit's.
    """

    unit: str
    finding: str
    name: str
    address: str
    place: str
    reason: str
    text: str
    forced: bool
    asked: str = ""
    verdict: bool | None = None
    said: str = ""

    @property
    def comment(self) -> ReturnComment:
        """What goes into the return notice where the explanation wasn't agreed to."""
        return ReturnComment(self.unit, self.address, self.said or "说明不予认可，请补充。", self.finding)


def explanations_of(
    desk: Desk, period: Period, digest: str, unit: str | None = None
) -> tuple[ExplanationView, ...]:
    """The explanations in a content, or in one unit's section of it, in the form's order."""
    submission = content_now(desk, digest).submission
    if submission is None:
        return ()
    sections = [s for s in submission.sections if unit in (None, s.unit)]
    # by what is known now, where the files before it came later or in the same batch
    _, answered = judged_by_rules(desk, submission)
    now = {(row["unit"], row["key"]): row["message"] for row in answered}

    def load(connection: Connection) -> tuple[ExplanationView, ...]:
        asked = now | _asked(connection, digest)
        found = decisions.decisions(connection, desk.plan.id, str(period))
        said = {(d.unit, d.chosen): d for d in found if d.kind in (AGREE, DISAGREE)}
        return tuple(_view(desk, s, e, asked, said) for s in sections for e in s.explanations)

    return desk.store.run(load)


def judge_explanation(
    desk: Desk, period: Period, digest: str, view: ExplanationView, *, agree: bool, reason: str = ""
) -> None:
    """Say whether an explanation is agreed to. Raises InputError for one that isn't in the content, and
    without a reason where it isn't agreed to.
    """
    there = explanations_of(desk, period, digest, view.unit)
    if view.name not in {one.name for one in there}:
        raise InputError("decision.unknown", "这份内容里没有这条说明。", "请刷新后重新选择。")
    why = reason.strip() or ("说明合理" if agree else "")
    keep_decision(desk, view.unit, period, AGREE if agree else DISAGREE, (view.name, view.finding), why)


def waiting(views: tuple[ExplanationView, ...]) -> int:
    """How many of them nobody has looked at."""
    return sum(view.verdict is None for view in views)


def _asked(connection: Connection, digest: str) -> dict[tuple[str, str], str]:
    """Unit and finding → its sentence, as the first file that brought the content was weighed."""
    for file in inbox.files_of(connection, digest):
        rows = file.facts.get("answered", ())
        if rows:
            return {(row["unit"], row["key"]): row["message"] for row in rows}
    return {}


def _view(
    desk: Desk,
    section: Section,
    explanation: Explanation,
    asked: Mapping[tuple[str, str], str],
    said: Mapping[tuple[str, str], decisions.Decision],
) -> ExplanationView:
    address = [*explanation.finding.split("@"), ""][1]
    name = explanation_name(explanation)
    decision = said.get((section.unit, name))
    return ExplanationView(
        unit=section.unit,
        finding=explanation.finding,
        name=name,
        address=address,
        place=place_name(address, desk.plan) or "整份报表",
        reason=desk.plan.explanations.reasons.get(explanation.reason, explanation.reason),
        text=explanation.text,
        forced=explanation.forced,
        asked=asked.get((section.unit, explanation.finding), ""),
        verdict=decision.kind == AGREE if decision else None,
        said=decision.reason if decision else "",
    )
