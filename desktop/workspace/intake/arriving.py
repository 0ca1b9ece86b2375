"""Keeping that a file came, from where and what was said of it: refused ones too, none twice."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.consolidation import FileVerdict
from desktop.exchange import FileReading
from desktop.exchange.parsing.sources import Source
from desktop.model.canonical import Json
from desktop.model.catalogue import message
from desktop.model.finding import Finding
from desktop.store import Connection, audit, inbox
from desktop.store.inbox import ReceivedContent, ReceivedFile
from desktop.workspace.intake.outcome import FileOutcome

_NOON = datetime.time(12)


@dataclass(frozen=True, slots=True)
class Came:
    """A file that came: its reading, its place in words, and where it comes from.

    `answered` are the findings that its explanations answer, as `answered_finding` gives them. `converter`
    is the program that made it readable or could, `conversion` what is to be said of that. `told` is the day
    on which it came, as a person said: a stick that lay on the desk says nothing itself.
    """

    reading: FileReading
    place: str
    source: Source
    answered: tuple[Json, ...] = ()
    converter: str = ""
    conversion: str = ""
    told: datetime.date | None = None

    def arrived(self, now: datetime.datetime) -> datetime.datetime:
        """When: on time is judged by when the mail arrived, and no mail arrives after it is read."""
        mailed = self.reading.received or self.source.received
        if mailed is not None:
            return min(mailed.astimezone(now.tzinfo), now)
        return min(datetime.datetime.combine(self.told, _NOON, now.tzinfo), now) if self.told else now

    def file(self, verdict: FileVerdict, signature: str, now: datetime.datetime) -> ReceivedFile:
        """What is kept of a file that was taken in."""
        facts = self._facts() | {"signature": signature, "answered": list(self.answered)}
        return self._file(now, (verdict.kind.value, verdict.code), facts, verdict.params)

    def refused(self, outcome: FileOutcome, now: datetime.datetime) -> ReceivedFile:
        """What is kept of a file that was not: the sentence with its remedy, as it was said."""
        facts = self._facts() | {"sentence": outcome.reason}
        return self._file(now, (outcome.verdict, outcome.code), facts, {})

    def _file(
        self, now: datetime.datetime, verdict: tuple[str, str], facts: Json, params: Mapping[str, str]
    ) -> ReceivedFile:
        return ReceivedFile(
            sha256=self.reading.sha256,
            name=self.reading.name,
            size=self.reading.size,
            received=self.arrived(now),
            verdict=verdict[0],
            sender=self.source.sender,
            reason=verdict[1],
            params=params,
            place=self.place,
            facts=facts,
        )

    def _facts(self) -> Json:
        """What the file says of itself, and where it lies on the disk."""
        submission = self.reading.submission
        own: Json = {
            "path": str(self.source.path.absolute()),
            "kind": self.reading.kind.value,
            "content": self.reading.content.value,
            "edited": len(self.reading.edited_cells),
        }
        if self.told is not None:
            own["told"] = self.told.isoformat()
        if submission is None:
            return own
        return own | {
            "unit": submission.unit,
            "period": str(submission.period),
            "revision": submission.revision,
            "digest": self.reading.digest,
        }


def answered_finding(finding: Finding) -> Json:
    """A finding as it was when the explanation came: later it may not be found any more."""
    return {
        "unit": finding.unit,
        "key": finding.key,
        "severity": finding.severity.value,
        "message": message(finding),
    }


def record_arrival(
    connection: Connection, file: ReceivedFile, content: ReceivedContent | None, stamp: audit.Stamp
) -> None:
    """Keep one arrival, unless the same file was seen at the same place before and nothing else is said."""
    if not inbox.known(connection, file):
        inbox.record(connection, file, content, stamp)
