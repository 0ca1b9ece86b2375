"""What was received, as consolidation looks at it: contents, decisions, states, accepted sections."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from desktop.consolidation import Decision, DecisionKind, Received, UnitState, unit_states
from desktop.migration import MigratedSubmission, migrate_along
from desktop.model.canonical import Json
from desktop.model.content import explanation_name
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.roster import PublicKey, key_from_json, key_to_json
from desktop.model.submission import Section, Submission, SubmissionKind
from desktop.store import Connection, decisions, inbox
from desktop.store.inbox import ContentHead
from desktop.store.texts import kept
from desktop.workspace.desk import Desk
from desktop.workspace.desk.entries import kept_submission
from desktop.workspace.desk.moving import in_plan, unit_in_plan
from desktop.workspace.desk.rounds import stored_round, with_deadlines
from desktop.workspace.keys.trusting import remarks_on

MADE = "put_together"
"""The content state of what was put together here from several contents that came."""
KINDS = frozenset(kind.value for kind in DecisionKind)
"""The kinds of decisions that states follow from; others are kept beside them."""
_ACCEPT = DecisionKind.ACCEPT.value


@dataclass(frozen=True, slots=True)
class Intake:
    """What was worked out of a content when it came in: rule codes, the sections inside, who signed.

    `signed` are units and the keys that signed for them, the submitting unit first; None for a section whose
    signature fails, and for a submitting unit without a signature. `explained` are unit and name of each
    explanation, `made_of` the digests of those that a content was put together from here.
    """

    blocking: tuple[str, ...] = ()
    forced: tuple[str, ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    signed: tuple[tuple[str, PublicKey | None], ...] = ()
    explained: tuple[tuple[str, str], ...] = ()
    made_of: tuple[str, ...] = ()
    kind: str = ""
    """What the sender took the content for; empty for one that came before that was kept."""

    def to_text(self) -> str:
        """As the store keeps it."""
        signed = [[unit, key_to_json(key) if key else None] for unit, key in self.signed]
        return json.dumps(
            {
                "blocking": self.blocking,
                "forced": self.forced,
                "sections": self.sections,
                "signed": signed,
                "explained": self.explained,
                "made_of": self.made_of,
                "kind": self.kind,
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_text(cls, text: str) -> Intake:
        """Back from the store; raises WorkspaceDamaged."""
        return kept(text, cls._from_json, "收取结果")

    @classmethod
    def _from_json(cls, data: Json) -> Intake:
        return cls(
            tuple(data.get("blocking", ())),
            tuple(data.get("forced", ())),
            tuple((unit, digest) for unit, digest in data.get("sections", ())),
            tuple((unit, key_from_json(key) if key else None) for unit, key in data.get("signed", ())),
            tuple((unit, name) for unit, name in data.get("explained", ())),
            tuple(data.get("made_of", ())),
            data.get("kind", ""),
        )


def explained(sections: Iterable[Section]) -> tuple[tuple[str, str], ...]:
    """Unit and name of every explanation."""
    return tuple((s.unit, explanation_name(e)) for s in sections for e in s.explanations)


def received(
    connection: Connection, desk: Desk, period: Period, unit: str | None = None
) -> tuple[Received, ...]:
    """The contents of a period, each as often as it came; with a `unit` at least all that count for it."""
    if unit is not None and len(desk.shelf.versions(connection, desk.plan.id)) > 1:
        unit = None  # an older version may call it otherwise
    heads = inbox.heads(connection, desk.plan.id, str(period), unit)
    came = (
        as_received(connection, desk, head, file.received, file.name)
        for head in heads
        for file in inbox.files_of(connection, head.digest)
        if head.content_state != MADE
    )
    return (*came, *_made(connection, desk, period, heads))


def _made(
    connection: Connection, desk: Desk, period: Period, heads: tuple[ContentHead, ...]
) -> Iterator[Received]:
    """What was put together here, as long as the decision for it stands; it came when its last part did."""
    made = [head for head in heads if head.content_state == MADE]
    if not made:
        return
    taken = {
        d.chosen for d in decisions.decisions(connection, desk.plan.id, str(period)) if d.kind == _ACCEPT
    }
    for head in made:
        if head.digest in taken:
            parts = Intake.from_text(head.intake).made_of
            files = [file for digest in parts for file in inbox.files_of(connection, digest)]
            names = "、".join(dict.fromkeys(file.name for file in files))
            yield as_received(connection, desk, head, max(file.received for file in files), names)


def as_received(
    connection: Connection, desk: Desk, head: ContentHead, received_at: datetime.datetime, file: str
) -> Received:
    """A content as consolidation looks at it, as it came with one file, at the time of this place.

    One of an older version that is kept here counts as one of the current version, under today's units.
    """
    intake = Intake.from_text(head.intake)
    origin = older_version(connection, desk, head.plan_digest)
    return Received(
        digest=head.digest,
        claimed_digest=head.claimed,
        plan=head.plan,
        plan_version=head.plan_version if origin is None else desk.plan.version,
        unit=_unit_now(connection, desk, head.unit, origin),
        period=Period.parse(head.period),
        revision=head.revision,
        parent=head.parent,
        received_at=received_at.astimezone(desk.clock().tzinfo),
        content_state=head.content_state,
        blocking=intake.blocking,
        forced=intake.forced,
        sections=tuple((_unit_now(connection, desk, unit, origin), d) for unit, d in intake.sections),
        file=file,
        explained=intake.explained,
        kind=kind_of_content(connection, head.digest, intake),
    )


def kind_of_content(connection: Connection, digest: str, intake: Intake) -> SubmissionKind:
    """What the sender took a content for: 补报, 更正单, or a regular report."""
    if intake.kind:
        return SubmissionKind(intake.kind)
    text = inbox.content_json(connection, digest)
    return kept_submission(text).kind if text is not None else SubmissionKind.REGULAR


def older_version(connection: Connection, desk: Desk, digest: str) -> Plan | None:
    """The kept version of the plan with that digest, if it isn't the current one."""
    if digest == desk.plan.digest:
        return None
    found = desk.shelf.get(connection, digest)
    return found if found is not None and found.id == desk.plan.id else None


def _unit_now(connection: Connection, desk: Desk, unit: str, origin: Plan | None) -> str:
    if origin is None or not origin.has_unit(unit):
        return unit
    return unit_in_plan(connection, desk.shelf, unit, origin, desk.plan)[0] or unit


def decided(connection: Connection, desk: Desk, period: Period) -> tuple[Decision, ...]:
    """The decisions taken on a period that still stand, each under the unit its content counts for today."""
    found = decisions.decisions(connection, desk.plan.id, str(period))
    now = {
        (head.digest, head.unit): _unit_now(
            connection, desk, head.unit, older_version(connection, desk, head.plan_digest)
        )
        for chosen in {d.chosen for d in found if d.kind in KINDS}
        for head in inbox.heads_of(connection, chosen)
    }
    return tuple(
        Decision(
            now.get((d.chosen, d.unit), d.unit),
            period,
            DecisionKind(d.kind),
            d.chosen,
            d.id,
            rule=d.loser if d.kind == "release" else "",
            losers=() if d.kind == "release" else tuple(d.loser.split()),
        )
        for d in found
        if d.kind in KINDS
    )


def states(desk: Desk, period: Period, today: datetime.date) -> tuple[UnitState, ...]:
    """The state of every unit in a period."""

    def load(connection: Connection) -> tuple[UnitState, ...]:
        return unit_states(
            with_deadlines(desk.plan, stored_round(connection, desk.plan.id), period),
            period,
            received(connection, desk, period),
            decided(connection, desk, period),
            today=today,
        )

    return desk.store.run(load)


def content(desk: Desk, digest: str) -> Submission:
    """A received content; raises KeyError if there is none with that digest."""
    return desk.store.run(lambda connection: _content(connection, digest))


def _content(connection: Connection, digest: str) -> Submission:
    text = inbox.content_json(connection, digest)
    if text is None:
        raise KeyError(digest)
    return kept_submission(text)


def content_in(connection: Connection, desk: Desk, digest: str) -> MigratedSubmission:
    """`content_now` as a part of another job."""
    return submission_now(connection, desk, _content(connection, digest))


def content_now(desk: Desk, digest: str) -> MigratedSubmission:
    """A received content under the current plan version, with the lines of what became of it.

    Raises KeyError if there is none with that digest.
    """
    return desk.store.run(lambda connection: content_in(connection, desk, digest))


def submission_now(connection: Connection, desk: Desk, submission: Submission) -> MigratedSubmission:
    """A submission under the current plan version; one of an unknown version is taken as it is."""
    origin = older_version(connection, desk, submission.plan_digest)
    if origin is None:
        return MigratedSubmission(submission)
    return migrate_along(submission, desk.shelf.between(connection, origin, desk.plan))


def signature_remarks(desk: Desk, period: Period) -> dict[str, tuple[str, ...]]:
    """Digest → what is to be said, by today's roster, of the signatures on a content of a period."""

    def load(connection: Connection) -> dict[str, tuple[str, ...]]:
        found = {}
        for head in inbox.heads(connection, desk.plan.id, str(period)):
            signed = Intake.from_text(head.intake).signed
            came = inbox.files_of(connection, head.digest) if signed else ()
            if came:
                day = came[0].received.astimezone(desk.clock().tzinfo).date()
                found[head.digest] = remarks_on(connection, desk.plan, head.signature_state, signed, day)
        return found

    return desk.store.run(load)


def other_versions(desk: Desk, period: Period) -> dict[str, tuple[str, bool]]:
    """Digest → plan version of the contents of a period that came under another version than the current one,
    and whether that is kept here, so that they can be converted.
    """

    def load(connection: Connection) -> dict[str, tuple[str, bool]]:
        return {
            head.digest: (
                head.plan_version,
                older_version(connection, desk, head.plan_digest) is not None,
            )
            for head in inbox.heads(connection, desk.plan.id, str(period))
            if head.plan_digest != desk.plan.digest
        }

    return desk.store.run(load)


def accepted(desk: Desk, period: Period, today: datetime.date) -> Mapping[str, Section]:
    """Unit id → the accepted section of a period, under the current plan version.

    Where nothing counts under this plan, what counted under an earlier plan that it maps stands in.
    """
    chosen = [(state.unit, state.accepted) for state in states(desk, period, today) if state.accepted]

    def load(connection: Connection) -> dict[str, Section]:
        moved = ((unit, content_in(connection, desk, digest).submission) for unit, digest in chosen)
        return {
            section.unit: section
            for unit, submission in moved
            for section in (submission.sections if submission else ())
            if section.unit == unit
        }

    found = desk.store.run(load)
    if found:
        return found
    for other in _mapped_plans(desk):
        earlier = accepted(replace(desk, plan=other), period, today)
        found |= _in_current_plan(desk, other, earlier)
    return found


def _in_current_plan(desk: Desk, other: Plan, sections: Mapping[str, Section]) -> dict[str, Section]:
    def move(connection: Connection) -> dict[str, Section]:
        moved = (in_plan(connection, desk.shelf, s, other, desk.plan).submission for s in sections.values())
        return {done.sections[0].unit: done.sections[0] for done in moved if done is not None}

    return desk.store.run(move)


def _mapped_plans(desk: Desk) -> tuple[Plan, ...]:
    """Other plans kept here whose content this plan maps, in their newest version."""
    ids = {row.from_plan for row in desk.plan.mapping} - {"", desk.plan.id}
    if not ids:
        return ()
    return tuple(plan for plan in desk.store.run(desk.shelf.newest) if plan.id in ids)


def periods_received(desk: Desk) -> tuple[Period, ...]:
    """The periods for which anything was received, in order."""
    ids = [desk.plan.id, *(plan.id for plan in _mapped_plans(desk))]
    texts = desk.store.run(lambda connection: [t for id_ in ids for t in inbox.periods(connection, id_)])
    return tuple(sorted({Period.parse(text) for text in texts}))
