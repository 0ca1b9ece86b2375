"""What an office answers to a report: a return notice with comments at places, or a receipt."""

from __future__ import annotations

import datetime

from desktop.model.period import Period
from desktop.model.submission import Submission
from desktop.values import dataclass


@dataclass(frozen=True, slots=True)
class Office:
    """Who answers: the unit's id, what the office is called, how to reach it; whether figures are 演示."""

    unit: str = ""
    name: str = ""
    contact: str = ""
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class ReturnComment:
    """What an office says of one place in a section of `unit`.

    `address` is an element id, `item/12`, or empty for the report as a whole. `finding` is the key of the
    finding whose explanation isn't accepted, else empty.
    """

    unit: str
    address: str
    text: str
    finding: str = ""


@dataclass(frozen=True, slots=True)
class ReturnNotice:
    """退回通知: the report `to` a unit's period and revision has to be put right.

    `digest` is the one that the unit's program gave the revision, `number` counts the returns of a unit and
    period from 1, `deadline` is the last day for the next revision, if one was set.
    """

    office: Office
    plan: str
    plan_version: str
    to: str
    period: Period
    revision: int
    digest: str
    number: int
    comment: str
    comments: tuple[ReturnComment, ...] = ()
    deadline: datetime.date | None = None

    @property
    def heading(self) -> str:
        """The notice in one sentence."""
        until = f"，请于 {self.deadline.isoformat()} 前重新报送" if self.deadline else ""
        return f"{self.period.label}第{self.revision}版退回修改（第{self.number}号）{until}。"


@dataclass(frozen=True, slots=True)
class AcceptedContent:
    """A content that counts, as it was taken in; `claimed` is the digest its unit's program gave it.

    They differ where the file was edited outside the program. `received` is the day of receipt.
    """

    submission: Submission
    digest: str
    claimed: str
    received: datetime.date


@dataclass(frozen=True, slots=True)
class Receipt:
    """回执: what counts of a unit for a period, and what counted in the periods before it, newest first."""

    office: Office
    plan: str
    to: str
    period: Period
    contents: tuple[AcceptedContent, ...]

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods of the contents, newest first."""
        return tuple(content.submission.period for content in self.contents)

    @property
    def heading(self) -> str:
        """The receipt in one sentence."""
        now = next((c for c in self.contents if c.submission.period == self.period), None)
        revision = f"第{now.submission.revision}版" if now else ""
        return f"{self.period.label}{revision}报表已接收的回执，附 {len(self.contents)} 期已采用的内容。"
