"""What became of one thing when content moved to another plan version: the lines of the report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.model.canonical import Json
from desktop.model.catalogue import text
from desktop.model.catalogue.migration_messages import WHAT
from desktop.model.mapping import Mapped
from desktop.model.submission import Section, Submission


class Outcome(StrEnum):
    """What became of it."""

    KEPT = "kept"
    RENAMED = "renamed"
    CONVERTED = "converted"
    MERGED = "merged"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Note:
    """A code of the catalogue with its parameters: why, or what is to be known."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def text(self) -> str:
        """In Chinese, without a full stop."""
        return text(self.code, self.params)


@dataclass(frozen=True, slots=True)
class MigrationLine:
    """One thing of the old version and what became of it.

    `old` and `new` are ids (numbers for items), `was` and `now` canonical texts. `part` is empty for the
    thing itself, else explanation, columns, rows or deduction. `unit` is the section's unit in the old
    version, `said` the reason that the plan's mapping gives.
    """

    what: Mapped
    old: str
    new: tuple[str, ...]
    outcome: Outcome
    was: str = ""
    now: str = ""
    unit: str = ""
    part: str = ""
    old_name: str = ""
    new_name: str = ""
    said: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def reason(self) -> str:
        """Why, in Chinese: what the plan says of it, and what the program found; empty where all is plain."""
        return "；".join(part for part in (self.said, *(note.text for note in self.notes)) if part)

    @property
    def sentence(self) -> str:
        """The whole line for people."""
        dwindles = not self.was and self.outcome in (Outcome.MERGED, Outcome.DROPPED)
        params = {
            "what": WHAT[self.part or self.what.value],
            "name": self.old_name or self.old,
            "new_name": self.new_name or "、".join(self.new),
            "was": self.was,
            "now": self.now,
        }
        told = text(f"migration.{self.outcome.value}{'_empty' if dwindles else ''}", params)
        return f"{told[:-1]}：{self.reason}。" if self.reason else told

    def as_data(self) -> Json:
        """As JSON."""
        return {
            "unit": self.unit,
            "what": self.what.value,
            "part": self.part,
            "old": self.old,
            "new": list(self.new),
            "outcome": self.outcome.value,
            "was": self.was,
            "now": self.now,
            "codes": [note.code for note in self.notes],
            "reason": self.reason,
            "message": self.sentence,
        }


@dataclass(frozen=True, slots=True)
class MigratedSection:
    """A section under the new plan, or None where its unit has no single successor, with every line of it."""

    section: Section | None
    lines: tuple[MigrationLine, ...] = ()


@dataclass(frozen=True, slots=True)
class MigratedSubmission:
    """A submission under the new plan; None where the whole can't be moved, and `refusal` says why."""

    submission: Submission | None
    lines: tuple[MigrationLine, ...] = ()
    refusal: Note | None = None

    @property
    def code(self) -> str:
        """The code of the refusal, e.g. migration.unit_split; empty if it was moved."""
        return self.refusal.code if self.refusal else ""

    @property
    def reason(self) -> str:
        """Why it can't be moved, in Chinese; empty if it was."""
        return self.refusal.text if self.refusal else ""


def changes(lines: Iterable[MigrationLine]) -> tuple[MigrationLine, ...]:
    """The lines a person has to see: all but what was kept without a remark."""
    return tuple(line for line in lines if line.outcome is not Outcome.KEPT or line.reason)


def sentences(lines: Iterable[MigrationLine]) -> tuple[str, ...]:
    """What changed, line by line, in Chinese."""
    return tuple(line.sentence for line in changes(lines))


def summary(lines: Iterable[MigrationLine]) -> str:
    """How many things were kept, renamed, converted, merged and dropped, in one Chinese sentence."""
    counted = dict.fromkeys(Outcome, 0)
    for line in lines:
        counted[line.outcome] += 1
    return text("migration.summary", {outcome.value: str(times) for outcome, times in counted.items()})
