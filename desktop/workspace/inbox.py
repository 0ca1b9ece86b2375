"""What was received, as consolidation looks at it: contents, decisions, states, accepted sections."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.consolidation import Decision, DecisionKind, Received, UnitState, unit_states
from desktop.model.content import submission_from_json
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import Section, Submission
from desktop.store import Connection, decisions, inbox
from desktop.store.inbox import ContentHead
from desktop.workspace.forms import Desk


@dataclass(frozen=True, slots=True)
class Intake:
    """What was worked out of a content when it came in: rule codes and the sections inside."""

    blocking: tuple[str, ...] = ()
    forced: tuple[str, ...] = ()
    sections: tuple[tuple[str, str], ...] = ()

    def to_text(self) -> str:
        """As the store keeps it."""
        return json.dumps(
            {"blocking": self.blocking, "forced": self.forced, "sections": self.sections}, ensure_ascii=False
        )

    @classmethod
    def from_text(cls, text: str) -> Intake:
        """Back from the store."""
        data = json.loads(text)
        return cls(
            tuple(data.get("blocking", ())),
            tuple(data.get("forced", ())),
            tuple((unit, digest) for unit, digest in data.get("sections", ())),
        )


def received(connection: Connection, plan: Plan, period: Period) -> tuple[Received, ...]:
    """The contents of a period, each as often as it came."""
    return tuple(
        as_received(head, file.received, file.name)
        for head in inbox.heads(connection, plan.id, str(period))
        for file in inbox.files_of(connection, head.digest)
    )


def as_received(head: ContentHead, received_at: datetime.datetime, file: str) -> Received:
    """A content as consolidation looks at it, as it came with one file."""
    intake = Intake.from_text(head.intake)
    return Received(
        digest=head.digest,
        claimed_digest=head.claimed,
        plan=head.plan,
        plan_version=head.plan_version,
        unit=head.unit,
        period=Period.parse(head.period),
        revision=head.revision,
        parent=head.parent,
        received_at=received_at,
        content_state=head.content_state,
        blocking=intake.blocking,
        forced=intake.forced,
        sections=intake.sections,
        file=file,
    )


def decided(connection: Connection, plan: Plan, period: Period) -> tuple[Decision, ...]:
    """The decisions taken on a period that still stand."""
    return tuple(
        Decision(
            d.unit, period, DecisionKind(d.kind), d.chosen, d.id, rule=d.loser if d.kind == "release" else ""
        )
        for d in decisions.decisions(connection, plan.id, str(period))
    )


def states(desk: Desk, period: Period, today: datetime.date) -> tuple[UnitState, ...]:
    """The state of every unit in a period."""

    def load(connection: Connection) -> tuple[UnitState, ...]:
        return unit_states(
            desk.plan,
            period,
            received(connection, desk.plan, period),
            decided(connection, desk.plan, period),
            today=today,
        )

    return desk.store.run(load)


def content(desk: Desk, digest: str) -> Submission:
    """A received content; raises KeyError if there is none with that digest."""
    text = desk.store.run(lambda connection: inbox.content_json(connection, digest))
    if text is None:
        raise KeyError(digest)
    return submission_from_json(json.loads(text))


def accepted(desk: Desk, period: Period, today: datetime.date) -> Mapping[str, Section]:
    """Unit id → the accepted section of a period."""
    found: dict[str, Section] = {}
    for state in states(desk, period, today):
        if state.accepted is None:
            continue
        sections = content(desk, state.accepted).sections
        found.update({s.unit: s for s in sections if s.unit == state.unit})
    return found


def periods_received(desk: Desk) -> tuple[Period, ...]:
    """The periods for which anything was received, in order."""
    texts = desk.store.run(lambda connection: inbox.periods(connection, desk.plan.id))
    return tuple(sorted(Period.parse(text) for text in texts))
