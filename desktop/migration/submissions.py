"""Moving a whole submission to another plan version, directly or along the versions between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.migration.crosswalk import Crosswalk, rows_between
from desktop.migration.lines import MigratedSubmission, MigrationLine, Note, Outcome
from desktop.migration.sections import merge_sections, migrate_section, unit_line
from desktop.model.plan import Plan
from desktop.model.submission import Section, Submission


def migrate_submission(submission: Submission, old: Plan, new: Plan) -> MigratedSubmission:
    """A submission of the old plan under the new one, with the new plan's id, version and digest.

    Sections whose units were merged are put together. Where units outside the submission went into the same
    successor, the unit's line says merged: the caller puts their sections together.
    """
    refusal = _unrelated(old, new)
    if refusal is not None:
        return MigratedSubmission(None, refusal=refusal)
    crosswalk = Crosswalk(old, new)
    way = crosswalk.unit(submission.unit)
    if way.new is None:
        line = unit_line(crosswalk, submission.unit, way)
        return MigratedSubmission(None, (line,), _unit_refusal(line, new))
    sections, lines = _sections(submission, old, new)
    if submission.sections and not sections:
        return MigratedSubmission(None, lines, Note("migration.nothing_left"))
    moved = replace(
        submission,
        plan=new.id,
        plan_version=new.version,
        plan_digest=new.digest,
        unit=way.new,
        sections=sections,
    )
    return MigratedSubmission(moved, lines)


def migrate_along(submission: Submission, plans: Sequence[Plan]) -> MigratedSubmission:
    """A submission moved to the last of `plans` (oldest first): at once where that plan's mapping reaches
    back to the submission's version, else through the versions between.
    """
    at = _position(submission, plans)
    if at is None:
        missing = {"plan": submission.plan, "version": submission.plan_version}
        return MigratedSubmission(None, refusal=Note("migration.unknown_version", missing))
    result = MigratedSubmission(submission)
    while at < len(plans) - 1 and result.submission is not None:
        following = _farthest(plans, at)
        step = migrate_submission(result.submission, plans[at], plans[following])
        earlier = tuple(line for line in result.lines if line.outcome is not Outcome.KEPT or line.reason)
        result = replace(step, lines=(*earlier, *step.lines))
        at = following
    return result


def _sections(
    submission: Submission, old: Plan, new: Plan
) -> tuple[tuple[Section, ...], tuple[MigrationLine, ...]]:
    lines: list[MigrationLine] = []
    by_unit: dict[str, list[Section]] = {}
    for section in submission.sections:
        moved = migrate_section(section, old, new)
        lines += moved.lines
        if moved.section is not None:
            by_unit.setdefault(moved.section.unit, []).append(moved.section)
    sections: list[Section] = []
    for found in by_unit.values():
        whole = merge_sections(found, new)
        lines += whole.lines
        assert whole.section is not None  # merging never loses the unit
        sections.append(whole.section)
    return tuple(sections), tuple(lines)


def _unrelated(old: Plan, new: Plan) -> Note | None:
    """Why no content of the old plan can be moved: another plan without rows for it, or a newer version."""
    if rows_between(old, new):
        return None
    if old.id != new.id:
        return Note("migration.other_plan", {"plan": old.id, "version": old.version})
    if old.version != new.version and rows_between(new, old):
        return Note("migration.backwards", {"version": old.version, "now": new.version})
    return None


def _unit_refusal(line: MigrationLine, new: Plan) -> Note:
    split = next((note for note in line.notes if note.code == "migration.split"), None)
    if split is None:
        return Note("migration.unit_gone", {"unit": line.old_name})
    ids = split.params["targets"].split("、")
    names = "、".join(new.unit(id_).name if new.has_unit(id_) else id_ for id_ in ids)
    return Note("migration.unit_split", {"unit": line.old_name, "targets": names})


def _position(submission: Submission, plans: Sequence[Plan]) -> int | None:
    """Where the submission's plan stands: the one with its digest, else the last with its id and version."""
    named = [
        index
        for index, plan in enumerate(plans)
        if (plan.id, plan.version) == (submission.plan, submission.plan_version)
    ]
    same = [index for index in named if plans[index].digest == submission.plan_digest]
    return max(same or named, default=None)


def _farthest(plans: Sequence[Plan], at: int) -> int:
    """The newest plan whose mapping speaks of this one, else the next."""
    reaching = [index for index in range(at + 1, len(plans)) if rows_between(plans[at], plans[index])]
    return max(reaching, default=at + 1)
