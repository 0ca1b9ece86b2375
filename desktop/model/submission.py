"""What a unit hands in: figures, item progress and explanations of one period, and the frozen revision."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from enum import StrEnum

from desktop.model.chain import ChainHead
from desktop.model.period import Period
from desktop.values import dataclass


class FigureState(StrEnum):
    """Blank, a number (zero is one), 无此项业务, or a text that couldn't be read and stays as typed."""

    BLANK = "blank"
    NUMBER = "number"
    NIL = "nil"
    UNREADABLE = "unreadable"


class Answer(StrEnum):
    """A unit's answer to an issued figure: confirmed as issued, or disputed with its own figure."""

    NONE = "none"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


class DeductionKind(StrEnum):
    """What an overlapping unit's figure holds that is not its own: 其中：与××重复, 其中：区外."""

    OVERLAP = "overlap"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Deduction:
    """A part of a figure that is subtracted visibly; `unit` is the other unit of an overlap."""

    kind: DeductionKind
    value: Decimal
    unit: str = ""

    @property
    def part(self) -> tuple[DeductionKind, str]:
        """What names it among the parts of a figure: only overlaps are told apart by their unit."""
        return (self.kind, self.unit if self.kind is DeductionKind.OVERLAP else "")


@dataclass(frozen=True, slots=True)
class Figure:
    """One data element's content for one unit and period, in the element's typed unit.

    `value` is set for NUMBER only; `typed` keeps what a person typed where it couldn't be read. List
    elements carry `rows` (column id → canonical text) and their count as value. `vintage` is preliminary,
    final or revised.
    """

    state: FigureState = FigureState.BLANK
    value: Decimal | None = None
    typed: str = ""
    answer: Answer = Answer.NONE
    deductions: tuple[Deduction, ...] = ()
    rows: tuple[Mapping[str, str], ...] = field(default=(), hash=False)
    vintage: str = "final"

    @classmethod
    def number(cls, value: Decimal) -> Figure:
        """A plain number."""
        return cls(FigureState.NUMBER, value)

    @property
    def reported(self) -> bool:
        """Whether the unit said something that counts: a number or nil."""
        return self.state in (FigureState.NUMBER, FigureState.NIL)

    @property
    def amount(self) -> Decimal | None:
        """What goes into sums: nil counts as zero, deductions are taken off; None if not reported."""
        if self.state is FigureState.NIL:
            return Decimal(0)
        if self.state is not FigureState.NUMBER or self.value is None:
            return None
        return self.value - sum((d.value for d in self.deductions), Decimal(0))


NIL = Figure(FigureState.NIL)
NIL_TEXT = "无此项业务"
BLANK = Figure()


class ItemStatus(StrEnum):
    """Where an item stands, as the leading body says."""

    NOT_SAID = "not_said"
    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    DONE = "done"
    DELAYED = "delayed"
    NO_NEWS = "no_news"


ITEM_STATUS_LABELS = {
    ItemStatus.NOT_STARTED: "未启动",
    ItemStatus.UNDER_WAY: "推进中",
    ItemStatus.DONE: "已完成",
    ItemStatus.DELAYED: "滞后",
    ItemStatus.NO_NEWS: "本期无新进展",
}
"""What is said of an item, in files and reports; nothing where nothing was said."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that proves progress: it stays where it is, its name, size and SHA-256 travel."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ItemReport:
    """Progress on one item: status and percentage by the leading body, one line by the others."""

    status: ItemStatus = ItemStatus.NOT_SAID
    percent: int | None = None
    narrative: str = ""
    finished: datetime.date | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether nothing was said."""
        return self == ItemReport()


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to one finding: a reason code of the plan and a text.

    `finding` is the finding's key; `figures` the digest of the figures it explains, so that it is void
    once one of them changes. An error sent along (带错上报) is an explanation with `forced`.
    Explanations given in one act for findings of one cause share `cause`, the key of the first of them.
    """

    finding: str
    reason: str
    text: str
    figures: str
    forced: bool = False
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many elements were due and how many of them were reported."""

    due: int
    reported: int


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature slot; empty until keys exist."""

    algorithm: str = ""
    key: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One reporting unit's content for one period; it never includes its children's figures.

    Keys are element ids and item numbers; blank entries are left out.
    """

    unit: str
    period: Period
    figures: Mapping[str, Figure] = field(default_factory=dict, hash=False)
    items: Mapping[int, ItemReport] = field(default_factory=dict, hash=False)
    explanations: tuple[Explanation, ...] = ()
    coverage: Coverage = Coverage(0, 0)
    signature: Signature = Signature()

    def figure(self, element: str) -> Figure:
        """The figure of an element; blank if nothing was entered."""
        return self.figures.get(element, BLANK)


class SubmissionKind(StrEnum):
    """A regular report, a numbered correction after acceptance (更正单), or a late first report (补报)."""

    REGULAR = "regular"
    CORRECTION = "correction"
    LATE = "late"


KIND_LABELS = {
    SubmissionKind.REGULAR: "",
    SubmissionKind.CORRECTION: "更正单",
    SubmissionKind.LATE: "补报",
}
"""What a report that isn't the regular one is called."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who answers for a report: 单位负责人, 审核人, 填表人, and the date of 报出."""

    responsible: str = ""
    reviewer: str = ""
    preparer: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """A frozen revision: what one unit hands in for one plan and period.

    Its identity is plan, unit, period and revision; `parent` is the digest of the revision before. A clerk's
    has one section, a zone's its own and its streets'.
    """

    plan: str
    plan_version: str
    plan_digest: str
    unit: str
    period: Period
    revision: int
    parent: str | None
    sections: tuple[Section, ...]
    kind: SubmissionKind = SubmissionKind.REGULAR
    sign_off: SignOff = SignOff()
    chain: ChainHead = ChainHead()
    created: datetime.datetime | None = None
    created_with: str = ""
    synthetic: bool = False

    @property
    def identity(self) -> tuple[str, str, str, int]:
        """Plan, unit, period and revision."""
        return (self.plan, self.unit, str(self.period), self.revision)
