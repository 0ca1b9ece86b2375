"""A verdict's figures as people read them: rounded once, and never looking like the limit they miss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from desktop.model.decimals import EXACT, Rounding, display, places, rounded
from desktop.model.indicator import Better, Measure
from desktop.model.period import PeriodType
from desktop.model.target import Binding, Operator, Target
from desktop.model.verdict import Verdict
from desktop.progress.changes import display_against
from desktop.progress.measures import GROWTH, Subject
from desktop.values import dataclass

BINDING_LABELS: Mapping[Binding, str] = {
    Binding.BINDING: "约束性",
    Binding.EXPECTED: "预期性",
    Binding.UNSTATED: "",
}
PACE_LABELS: Mapping[PeriodType, str] = {
    PeriodType.MONTH: "每月还需",
    PeriodType.QUARTER: "每季还需",
    PeriodType.YEAR: "每年还需",
}
_UPPER = frozenset({Operator.AT_MOST, Operator.WITHIN})
_MOST_OF_TARGET = 2
_MOST_DECIMALS = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """Texts without the unit of measure; empty where there is nothing to say.

    `goal` is the figure asked for at the end (for growth what it makes of the base). `completion` (完成率)
    and `progress` (目标进度) are per cents and never stand under one heading; `pace_label` says in which
    periods the pace is told; a fall that is needed says so.
    """

    goal: str = ""
    value: str = ""
    expected: str = ""
    gap: str = ""
    pace: str = ""
    pace_label: str = ""
    completion: str = ""
    progress: str = ""
    time_progress: str = ""


def shows_shares(measure: Measure, operator: Operator | None) -> bool:
    """Whether 完成率 and 目标进度 say anything: ratios, scores and upper limits show gap and verdict."""
    return measure in (Measure.COUNT, Measure.AMOUNT) and operator not in _UPPER


def show_verdict(target: Target, subject: Subject, verdict: Verdict, rounding: Rounding) -> Shown:
    """The figures of a verdict as texts, in the subject's unit."""
    decimals = verdict_decimals(target, subject, verdict, rounding)

    def text(value: Decimal | None) -> str:
        return "" if value is None else display(value, decimals, rounding)

    def share(value: Decimal | None) -> str:
        shares = shows_shares(subject.measure, target.operator)
        return display(value, 1, rounding) if value is not None and shares else ""

    missing = verdict.gap is not None and verdict.gap > 0
    completion = share(verdict.completion)
    gone = verdict.time_progress
    return Shown(
        goal=_goal_text(target, subject, verdict, decimals, rounding),
        value=text(verdict.value),
        expected=text(verdict.expected),
        gap=text(verdict.gap) if missing else "",
        pace=_pace_text(verdict, decimals, rounding),
        pace_label=PACE_LABELS[verdict.pace_per] if verdict.pace_per is not None else "",
        completion=completion,
        progress=share(verdict.progress),
        time_progress=display(gone, 1, rounding) if completion and gone is not None else "",
    )


def verdict_decimals(target: Target, subject: Subject, verdict: Verdict, rounding: Rounding) -> int:
    """Decimals of the judged figure, at least those of the target: more where it would print equal to a
    limit it misses, or to the path it is behind.
    """
    said = [value for value in (target.value, target.value_max) if value is not None]
    if target.operator in GROWTH:
        said = []
    decimals = max([subject.decimals, *(min(places(value), _MOST_OF_TARGET) for value in said)])
    if verdict.value is None:
        return decimals
    texts = [
        display_against(verdict.value, limit, decimals, rounding, better)
        for limit, better in _limits(target, subject, verdict)
    ]
    return max([decimals, *(len(text.partition(".")[2]) for text in texts)])


def pace_decimals(verdict: Verdict, decimals: int) -> int:
    """Decimals of the pace: one that isn't zero never prints as zero."""
    pace = verdict.pace
    while pace and rounded(pace, decimals) == 0 and decimals < _MOST_DECIMALS:
        decimals += 1
    return decimals


def goal_of(target: Target, subject: Subject, verdict: Verdict) -> Decimal | None:
    """The figure asked for: the target's own, for growth what it makes of the base."""
    if target.operator not in GROWTH:
        return target.value if target.value is not None else target.value_max
    if verdict.value is None or verdict.gap is None:
        return None
    add = EXACT.subtract if subject.better is Better.LOWER else EXACT.add
    return add(verdict.value, verdict.gap)


def _limits(target: Target, subject: Subject, verdict: Verdict) -> Iterator[tuple[Decimal, Better]]:
    """What the figure is compared with, and on which side of it it misses."""
    lower = target.operator is Operator.AT_MOST or (
        target.operator in (*GROWTH, Operator.IMPROVE) and subject.better is Better.LOWER
    )
    better = Better.LOWER if lower else Better.HIGHER
    goal = goal_of(target, subject, verdict)
    if goal is not None:
        yield goal, better
    if target.operator is Operator.WITHIN and target.value_max is not None:
        yield target.value_max, Better.LOWER
    if verdict.expected is not None:
        yield verdict.expected, better


def _goal_text(target: Target, subject: Subject, verdict: Verdict, decimals: int, rounding: Rounding) -> str:
    goal = goal_of(target, subject, verdict)
    if goal is None:
        return ""
    text = display(goal, decimals, rounding)
    if target.operator in (Operator.WITHIN, Operator.BUILD) and target.value_max is not None:
        return f"{text}～{display(target.value_max, decimals, rounding)}"
    return text


def _pace_text(verdict: Verdict, decimals: int, rounding: Rounding) -> str:
    if verdict.pace is None:
        return ""
    text = display(abs(verdict.pace), pace_decimals(verdict, decimals), rounding)
    return f"下降{text}" if verdict.pace < 0 else text
