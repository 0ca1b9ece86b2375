"""One figure against one demand: the state, and the figures that stand beside it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from desktop.model.indicator import Measure
from desktop.model.period import PeriodType
from desktop.model.target import Operator, Target
from desktop.model.verdict import Verdict, VerdictKind
from desktop.progress.expected import Expected, decimal_of
from desktop.progress.known import Reported
from desktop.progress.measures import Subject
from desktop.values import dataclass

_COUNTED = frozenset({Operator.AT_LEAST, Operator.ABOVE, Operator.BUILD})
_MEASURED = frozenset({Measure.COUNT, Measure.AMOUNT})


@dataclass(frozen=True, slots=True)
class Demand:
    """What is asked of a figure: not below `low` (`strict`: above it), not above `high`.

    `full` is above what a build target counts as 超额.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    strict: bool = False
    full: Fraction | None = None

    @property
    def goal(self) -> Fraction | None:
        """The figure to which the path leads."""
        return self.low if self.low is not None else self.high

    @property
    def downwards(self) -> bool:
        """Whether lower is better."""
        return self.low is None

    @property
    def is_range(self) -> bool:
        """Whether it has two limits."""
        return self.low is not None and self.high is not None

    def aim(self, value: Fraction) -> Fraction | None:
        """The limit that a figure has to reach; None inside of a range."""
        if self.is_range and self.met(value):
            return None
        return self.high if self.high is not None and value > self.high else self.goal

    def met(self, value: Fraction) -> bool:
        """Whether a figure satisfies it."""
        if self.low is not None and (value <= self.low if self.strict else value < self.low):
            return False
        return self.high is None or value <= self.high

    def gap(self, value: Fraction) -> Fraction:
        """What is missing; negative where there is room."""
        missing = [] if self.low is None else [self.low - value]
        return max([*missing, *([] if self.high is None else [value - self.high])])


@dataclass(frozen=True, slots=True)
class Standing:
    """A figure, what is asked of it, and what it is compared to on the way.

    Worse than one of the `references` is regressed. `final`: the due date has come. `partial`: the figure
    may still grow before its year ends, so that an upper limit isn't kept yet. `periods_left` until the date
    to which `required` (else the demand) has to be reached, of type `pace_type`; None where no pace can be
    told.
    """

    target: Target
    subject: Subject
    reported: Reported
    demand: Demand
    expected: Expected | None = None
    references: tuple[Fraction, ...] = ()
    final: bool = False
    partial: bool = False
    periods_left: int | None = None
    pace_type: PeriodType | None = None
    required: Fraction | None = None
    baseline: Fraction | None = None
    time_progress: Fraction | None = None
    year: int | None = None
    incomplete: bool = False

    def verdict(self) -> Verdict:
        """The verdict, with its figures unrounded."""
        value = self.reported.value
        kind = self._kind()
        gap = self.demand.gap(value)
        show_way = not self.final and kind is not VerdictKind.ACHIEVED
        pace = self._pace() if show_way else None
        return Verdict(
            target=self.target.id,
            kind=kind,
            value=decimal_of(value),
            expected=self.expected.decimal() if self.expected is not None and not self.final else None,
            gap=decimal_of(gap),
            pace=pace,
            pace_per=self.pace_type if pace is not None else None,
            completion=self._completion(),
            progress=self._progress(),
            time_progress=None if self.time_progress is None else decimal_of(self.time_progress * 100),
            year=self.year,
            incomplete=self.incomplete,
            exceeded=self.demand.full is not None and value > self.demand.full,
            reason="no_baseline" if kind is VerdictKind.NOT_COMPARABLE else "",
            basis=str(self.reported.basis),
        )

    def _kind(self) -> VerdictKind:
        value = self.reported.value
        met = self.demand.met(value)
        if self.final:
            return VerdictKind.ACHIEVED if met else VerdictKind.MISSED
        if met and not (self.partial and self.demand.high is not None):
            return VerdictKind.ACHIEVED
        if any(self._worse(value, reference) for reference in self.references):
            return VerdictKind.REGRESSED
        return self._on_the_way(value)

    def _on_the_way(self, value: Fraction) -> VerdictKind:
        if self.demand.is_range:  # what still grows may end inside if it keeps step with the lower limit
            inside = self.partial and self.demand.high is not None and value <= self.demand.high
            slow = self.expected is not None and self.expected.order(value) < 0
            return VerdictKind.ON_TRACK if inside and not slow else VerdictKind.BEHIND
        if self.expected is None:
            return VerdictKind.NOT_COMPARABLE
        order = self.expected.order(value)
        behind = order > 0 if self.demand.downwards else order < 0
        return VerdictKind.BEHIND if behind else VerdictKind.ON_TRACK

    def _worse(self, value: Fraction, reference: Fraction) -> bool:
        if self.demand.is_range:
            return False  # neither side of it is the better one
        return value > reference if self.demand.downwards else value < reference

    def _pace(self) -> Decimal | None:
        """The signed change still needed in each period left."""
        value = self.reported.value
        aim = self.required if self.required is not None else self.demand.aim(value)
        if not self.periods_left or aim is None:
            return None
        change = aim - value
        needed = change < 0 if self.demand.downwards else change > 0
        return decimal_of(change / self.periods_left) if needed or self.demand.is_range else None

    def _completion(self) -> Decimal | None:
        """完成率: for ≥ targets on counts and amounts."""
        goal = self.demand.low
        if self.target.operator not in _COUNTED or self.subject.measure not in _MEASURED:
            return None
        return decimal_of(self.reported.value / goal * 100) if goal is not None and goal > 0 else None

    def _progress(self) -> Decimal | None:
        """目标进度: not for a figure that is still part of a year's."""
        goal = self.demand.goal
        if self.baseline is None or goal is None or goal == self.baseline or self.partial:
            return None
        return decimal_of((self.reported.value - self.baseline) / (goal - self.baseline) * 100)
