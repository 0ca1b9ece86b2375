"""The office's comments on the revision before the one being filled in, pinned at their places."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.model.office_word import ReturnComment, ReturnNotice
from desktop.model.period import Period
from desktop.model.place_name import place_name
from desktop.model.plan import Plan
from desktop.model.submission import Section
from desktop.store import Connection, entries, submissions
from desktop.store.office_words import CAME
from desktop.validation import PinnedComment, content_at
from desktop.workspace.desk.entries import Life, entries_from, kept_submission
from desktop.workspace.desk.notices import notices


def pinned_comments(
    connection: Connection, plan: Plan, unit: str, period: Period
) -> tuple[PinnedComment, ...]:
    """The comments in the order of their notices, with what stood at each place when it was sent back."""
    kept = notices(connection, CAME, plan.id, unit, period)
    if not kept:
        return ()
    revision = life_of(connection, plan.id, unit, period).revision
    found: list[PinnedComment] = []
    for notice in kept:
        if notice.revision == revision - 1:
            before = frozen_section(connection, notice.digest, unit)
            found += _pins(plan, notice, unit, before)
    return tuple(found)


def life_of(connection: Connection, plan: str, unit: str, period: Period) -> Life:
    """Where a form is in its life."""
    return entries_from(unit, period, entries.section(connection, plan, unit, str(period))).life


def frozen_section(connection: Connection, digest: str, unit: str) -> Section | None:
    """A unit's own section in a revision that was handed in from here; None if there is none."""
    text = submissions.frozen_json(connection, digest)
    if text is None:
        return None
    sections = kept_submission(text).sections
    return next((section for section in sections if section.unit == unit), None)


def _office(plan: Plan, notice: ReturnNotice) -> str:
    """What the office is called where there is little room."""
    return (
        plan.unit(notice.office.unit).short_name if plan.has_unit(notice.office.unit) else notice.office.name
    )


def _pins(plan: Plan, notice: ReturnNotice, unit: str, before: Section | None) -> Iterator[PinnedComment]:
    """The comment on the whole, those on the unit's own places, and for a zone those on its streets'."""
    office = _office(plan, notice)
    whole = ReturnComment(unit, "", notice.comment)
    mine = (comment for comment in notice.comments if comment.unit == unit)
    for number, comment in enumerate((whole, *mine)):
        was = content_at(before, comment) if before is not None else ""
        yield PinnedComment(comment, f"{notice.number}.{number}", was, office)
    others = [comment for comment in notice.comments if comment.unit != unit]
    for number, comment in enumerate(others, 1):
        name = plan.unit(comment.unit).short_name if plan.has_unit(comment.unit) else comment.unit
        said = f"{name}　{place_name(comment.address, plan) or '整份报表'}：{comment.text}"
        yield PinnedComment(
            ReturnComment(unit, "", said), f"{notice.number}.{comment.unit}.{number}", "", office
        )
